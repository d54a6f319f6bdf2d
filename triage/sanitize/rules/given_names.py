"""Given names that are rarely anything else, of many languages: they tell a person from a product or a place."""

GIVEN_NAMES = frozenset(
    b"""aaron abdul abdullah abigail adam adele adrian agnes ahmed ahmad aisha aiko akira alan albert alberto alejandro
    alejandra aleksander aleksandra alessandro alessandra alex alexander alexandra alexandre alexei alexey alfonso alfred ali alice
    alicia alina alison allison alvaro amanda amelia amelie amina amir amit amy ana anastasia anders andre andrea andreas
    andreea andrei andrew andrey andrzej angela angelica angelika angelo anita anja ankit ann anna anne anneke annika antoine
    anton antonio antonia anya aoife arjun armando arnaud arthur arturo ashley astrid audrey aurelie axel ayse barbara bartosz
    beatrice beatriz ben benjamin benoit bernard bernd bianca bjorn bob bogdan boris brandon brenda brian bridget britta bruno camila
    camille carla carlo carlos carmen carol carolina caroline catherine cecilia cedric celine chandra charles charlotte chen
    chiara chloe chris christian christina christine christoph christopher ciaran cindy claire clara claudia claudio clement
    conor corinne cristian cristina cynthia daisuke damien daniel daniela danielle dariusz dave david deborah deepak denis dennis derek
    diana diane diego dieter dimitri dmitri dmitry dominik dominique donald donna dorothy douglas dylan eduardo edward edwin
    eileen ekaterina elena eleanor elias elisa elise elizabeth ella ellen elliot emeka emil emilia emilie emily emma emmanuel enrique
    eric erica erik erika erin ernesto esther ethan eugene eva evelyn fabian fabio fatima fatma federico felipe felix fernanda fernando
    fiona florence florian francesca francesco francis francisco francois frank franz frederic frederik fredrik friedrich gabriel
    gabriela gabriele gary geoffrey georg george georges gerald gerard gerhard giancarlo gianni giorgio giovanni giulia giuseppe gloria
    gonzalo graham greg gregory greta guillaume gunter gustav gustavo hakan hamza hana hannah hans harald harold harry haruki hassan heather
    hector heike heinz helen helena helga henri henrik henry hiroshi holger hugo hussein ian ibrahim ida ignacio igor imran
    ines ingrid irene irina isaac isabel isabella isabelle ivan ivana jack jacek jacob jacqueline jacques jaime jakob jakub james jamal jan jane
    janet janine jason javier jean jeff jeffrey jennifer jens jeremy jerome jessica jesus jill jim joan joanna joao joaquin joe joel johan johann
    johanna johannes john jon jonas jonathan jorge jose josef joseph joshua josephine juan juana juanita judith julien juliette julie
    jun jurgen justin justyna karen karim karin karl karolina katarina katarzyna kate katharina katherine kathleen kathryn kathy katja
    kavita kazuo keith kelly ken kenji kenneth kerstin kevin khalid kim kirsten klaus konrad kristina kristof krzysztof kumar kurt kwame
    kyle lakshmi lars larry laura lauren laurent leila lena leonardo leonie liam liang liisa lina linda lisa liz lorena lorenzo louis
    louise luca lucas lucia lucie lucy ludwig luigi luis luisa lukas luke lydia magda magdalena magnus mahmoud maja malgorzata manfred
    manuel manuela marc marcel marcelo marcin marco marcos marcus margaret margarita maria mariam marian mariana marianne marie marina mario
    marion marjorie mark marko markus marta martha martin martina mary maryam mateo mateus mateusz mathias mathieu matteo matthew
    matthias maureen maurice mauricio megan mehmet mei melanie melissa mercedes michael michaela michal michel michele michelle
    miguel mikael mike mikhail milan milos min miriam mohamed mohammad mohammed monica monika monique muhammad mustafa nadia nadine nancy
    naomi natalia natalie natasha nathan nathalie neha neil nelson nicholas nick nicola nicolas nicole nikhil nikita niklas nikolai nikos
    nils nina noah noel noemi nora norbert nuno olaf ole oleg olena olga oliver olivia olivier omar oscar otto owen pablo paolo pascal patricia
    patricio patrick patrik paul paula paulo pavel pawel pedro peggy peter petr petra philip philipp philippe pierre piotr priya rachel
    rafael rafal rahul raj rajesh ralf ramon ramona raquel ravi raymond rebecca renata renate rene ricardo riccardo richard rita rob
    robert roberto robin rodrigo roger roland rolf romain roman ronald rosa rosie ruben rudolf russell ruth ryan sabine sabrina
    sakura salma sam samantha samir samuel sandra sandrine sanjay santiago sara sarah sasha satoshi scott sean sebastian sergei sergey sergio seungmin
    shannon sharon shirley silke silvia simon simone siobhan sofia sofie sonia sonja sophia sophie stefan stefania stefanie stefano stella stephan
    stephanie stephen steve steven stuart sunil suresh susan susana susanne svetlana sven sylvia sylvie tadeusz takashi takeshi tamara tanja tanya
    tatiana teresa terry theo theodore theresa therese thi thiago thierry thomas tiffany tim timothy tina tobias todd tom tomas
    tomasz toni tony tracy tuan ulrich ulrike ursula uwe valentina valeria valerie vanessa vera veronica veronika vicente vijay vikram viktor
    vincent vincenzo virginie vladimir walter wanda wei wendy werner wilhelm william wojciech wolfgang xavier xiao yan yasmin
    yolanda yoko youssef yuki yuri yusuf yvette yvonne zainab zhang zeynep zoe zofia zsofia marek tunde kofi elif zuzanna agnieszka jerzy jaroslaw wiktor ewa kwabena chidi ngozi adebayo amara oluwaseun sipho thabo nomsa
    ebru emre burak selin deniz hye jisoo minjun haruto sota yui hinata ren aarav ananya deepika ishaan rohan pooja nguyen hung linh minh phuong siti budi putri agus
    ingrid sigrid bjarne astri tove kjell gunnar leif ulf lasse jari mikko matti pekka timo tuomas hanne jesper morten rasmus soren mette
    oksana bohdan taras andriy mykola yaroslav ludmila galina natalya tatyana lyudmila vasily stanislav rostislav georgi dimitar ivaylo radu ionut mihai
    javier itziar iker nerea xabier beatrix ottavio graziella salvatore vittoria alessio davide ilaria silvana rosario ramiro esteban joseluis gerardo raul mireya
    layla noor hadi reza mehdi farid leyla rania ziad tariq yasir bilal imane khadija aicha moussa mamadou aminata ousmane fatou
    abebe abena achieng ada aditi aditya aisling akosua akshay alastair albrecht alfie allen almudena alphonse alva amrita anand
    angus anil anjali ansel anthony apinya aram arlo arnold arvid arvind asbjorn asha ashok asma astor atticus augustus aurelia
    averil axelle ayesha ayodele babatunde balazs barack barry bartholomew basil bayu belinda bence benedict benjamim bennett
    bernice bertha bertrand beth betty beverly bhavna bilbo bjork blaise bonnie boyd bozena brad bradley brendan brett bronwyn bruce
    bryan bushra byron caitlin calvin candace carlotta cassandra cathy cecil celia cesar chandler chantal chelsea cheryl chetan
    chidinma chinua christa christie chukwuemeka cillian clarence clarissa clark clayton clifford clint clive colin colleen connie
    constance cormac cornelia cory craig curtis cyril cyrus dagmar damian dan dana daphne darcy darlene darrell darren deanna debbie
    debra declan deirdre delia della denise desmond dewi dexter dilip dilys dinesh divya dolores dominic dora doreen doris dragan
    duncan dwayne dwight eamon earnest ebony edgar edith edmund edna edsger edvard efrain egon einar elaine eleanora elijah ellie
    elliott elmer eloise elsa elsie elton elvis emanuel emiko emory enid enzo eoin erich ernest ernie errol estella estelle eszter
    ethel etienne eugenia eunice eunji evan evangeline everett ezra faisal farah farhan faye felicia felicity fern fidel finbar
    finley fionn fitri fletcher flora floyd folake foteini frances franklin fred freddie frederick freya frida fritz funmilayo
    gareth garry gaurav gavin gemma genevieve geoff georgina geraldine gergo gertrude gilbert gillian gina giselle gladys glen
    glenda glenn goran gordon grace gracie grainne gretchen griffin guadalupe gudrun guido gwen gwendolyn haakon haile hank halldor
    hamish harish harriet haruko harvey hattie hazel hedwig heidi hendra henrietta herbert herman hermione hilary hilda hina hiro
    hiroko homer honora horace horatio howard hubert humphrey huong hyunwoo ifeoma ignatius imani imogen indah indira ingeborg irma
    irving isaiah isha ishmael isidore isla ismael istvan itsuki ivar ivor jacinta jackie jackson jada jaden jagdish jared jaromir
    jarvis jasmine javed jaya jayden jeanette jeanne jeannie jed jefferson jelena jemima jenna jenny jeremiah jesse jethro jianguo
    jillian jimmy jiri jiwoo joachim joanne jocelyn jodie joey johnny joko jolene jordan josie joyce judah judy julia julian juliana
    juliet julio julius jun-jun justine kaitlyn kaito kamal kamala kamau kanye karina karla karthik kashif katalin katelyn katrina
    kayla kazuki keisha kelechi kelsey kendra kendrick kerry ketut keziah kieran kimberly kiran kirk kirsty knut krish krishna
    kristen kristian kurtis kwesi kylie lachlan lalit lana larissa laszlo latoya laurence laurie lavinia lawrence leah leander lee
    leigh leland lenka lenore leo leon leopold lerato leroy leslie lester lewis liana lila lillian lily lincoln lindsay linus lionel
    ljiljana lloyd lois lola loretta lorna lorraine lottie lou louie lourdes lucille lucinda luther lyle lynn lynne mabel mable
    mackenzie maddison madeline madhuri mae maeve maggie mahatma mahesh maisie malala malcolm malik mallory mamie mandy manish manoj
    marcella marcia margarethe margery margot marguerite mariah maribel marilyn marisol marissa marites marjory marlene marlon
    marsha marshall marvin mathilda mathilde matilda maud maude maura mavis maxine maxwell maya mayumi mckenzie meena meera meghan
    meiling melinda melvin meredith merlin mervyn micah michiko mick mildred milica millicent millie milton minerva minho minnie
    mitchell moana mohan moira molly mona montgomery morgan morris moses mpho mukesh muriel murray mwangi myra myriam myrtle nandini
    nanette naoko nasreen naveen neeraj nellie neville ngaire ngoc nhung niamh nigel nikola nikolas nisha nitin njeri nneka
    nokuthula nolan noreen noriko norma norman nurul obinna octavia odette odysseus oisin olafur olive olumide oprah orlando orson
    oswald otieno otis ottilie oystein padma padraig paige pamela pamella pankaj parvati parveen patsy paulette pauline pearl
    penelope penny percival percy perry peyton phil phoebe phyllis pippa polly pradeep prakash prasad preeti prerna preston
    priscilla pritam quang quentin quincy rachael ragnhild rajiv rakesh ralph ramesh randall randy rani rasheed reggie regina
    reginald rekha reuben rhoda rhonda rhys rick rickie ricky rikard riku rina rishi ritu rizal rizwan roderick rodney rohini rohit
    roisin ron ronan ronnie rory rosalie rosalind rosalyn rosamund roscoe roseanne rosemary ross rowan rowena roxanne roy ruby rudy
    rufus rupert sachin sadia sadie saima sakiko salim sally samira sampath sandeep sandhya sanford sanjeev saoirse sapna satish
    saul sawyer scarlett seema segun selam selena selma seojun serena shabnam shane shari shaun shauna shawn shazia sheila shelby
    sheldon shelley sheryl shilpa shinji shirin shivani shreya sibusiso sidney sigurdur silas silvester simeon simona slamet smita
    sneha snezana sohail solveig somchai somsak sonali sonny soyeon spencer sri stacey stacy stan stanley stewart subhash sudha
    sujata suman sumit sunita surendra suzanne suzette swati sybil sylvester tabitha tahir tamsin tara tarun taylor ted teguh
    temitope terence tereza terrence tess tessa tetsuya thaddeus thelma themba theodora thuy tigist tihomir tilda tilly timmy tobin
    tommy tomoko torbjorn trang travis trent trevor trisha tristan troy trudy tyler tyrone uche uday ulysses umberto umesh usha
    usman vaclav valentine valentino vance vandana varun vasant vaughan velma venkat vernon vesna vicki vicky victor victoria vidya
    vikas vinay vince vinod violet virginia vishal viv vivek vivian vivien vivienne wahyu waleed wallace wanida wanjiru waqar warren
    wayan wayne weiming wendell wesley wilbur wilfred wilfrid willa willard willie wilma winifred winston woodrow wyatt xiaoli
    xiaoming xinyi yaakov yanto yara yash yaw yehuda yetunde yifan yongsoo yuto yves yvon zach zachary zack zahra zane zanele zara
    zdenek zelda zihan zoltan zora zoran zubair jemma selina diana carol pepper scott natasha wanda
    ola kari ingunn torbjorn sindre eirik haavard synnove aslaug ragnar sverre trond geir oyvind vidar stig rune terje knud jeppe mads emilie freja
    laerke signe inga birgit birgitta gunilla agneta margareta kerstin lennart goran ake stellan viggo alva saga tuva tove linnea elsa wilma ebba nils-erik
    aino eero juhani kaisa tuula riitta pirjo anneli hannu ilkka jukka kalevi paavo reijo seppo tapio veikko maija liisa sirpa
    zuzana tereza jana petra lucie hana alena marketa jitka vlasta milos zdenka jindrich ladislav vojtech ondrej matej tomasek radek
    agata jadwiga halina danuta grazyna bozena elzbieta krystyna irena zbigniew ryszard slawomir miroslaw stanislaw kazimierz henryk bogumil dorota beata monika
    ildiko erzsebet ilona agnes attila sandor ferenc gyorgy tibor zsuzsanna balint
    ioana elena-maria raluca alexandru bogdana florin cosmin dragos razvan simona
    tsvetelina desislava radoslav plamen krasimir snezhana
    yiannis giorgos dimitris kostas eleni katerina vasilis panagiotis stavros spyros
    mirela senad amra edin emir lejla jasmina vesna dusan zeljko tihana hrvoje ante josip marija
    aigerim nursultan aibek dinara gulnara rustam timur ruslan farid zaur elchin nino giorgi lasha tamar
    hossein mohsen narges fatemeh zohreh shirin dariush behnam kaveh arash
    yaw efua abla kwabla ama kojo adwoa esi kofi-mensah tendai farai rudo chipo blessing-joy nyasha tatenda
    wambui njeri kipchoge achieng barasa wekesa chebet jepkemoi sifa baraka neema zawadi juma hamisi
    oluwaseun olumide folasade yewande oluwatobi ayomide ifeanyi chioma adaora nnamdi uchenna obiageli adaeze ngozi-ada emeka femi gbenga kehinde taiwo
    abdoulaye souleymane ibrahima oumar aissatou mariama bintou seydou
    haruna yusufu aminu sani zubaida
    gurpreet harpreet manpreet jaspreet sukhdev baldev kulwinder parminder amarjit
    lakshman sivakumar murugan senthil karthikeyan meenakshi revathi thirumalai
    shahid javaid tahira bushra-bibi farzana nasir saleem
    tharindu nuwan chaminda dilshan kasun
    somying kanya malee niran preecha sunisa
    nguyet quynh hoa lan-anh thanh duc khanh
    eko wulan dewi-sri bambang yudi agung ratna
    rodrigo-jose thiagoinho joaozinho caio murilo heitor davi rayssa larissa-maria
    guadalupe-ana ximena citlali itzel joaquina leticia yesenia
    yuto-ken hiromi tomomi naomi-k megumi shota daiki kenta ryota takuya shinya masashi hiroki
    jihoon minjung hyejin eunji seojun-k yejin donghyun sangwoo
    xiaohong xiaoyan jianming zhiwei weijun haoran yuxuan meiling lihua
    aapo aatu abdelaziz abdirahman abhishek abidemi abosede adama adanna adaobi adebola adedayo adekunle adela
    adelheid adelina aderonke adewale adil adnan adriana adunni afonso afua agatha aggeliki agnese agnetha aidan
    aileen aimee aina ainhoa ainsley aisulu aitana aitor ajay akanksha akihiro akinyi akua albane alberta aldona alejo
    aleksi aleta alexia alexios alexis alfonsina alhassan alicja aliya aliyu alois aloisia alwin amaia amalie amandine
    amaya ambrose amos anahit anais anaya andras andreia andreja andrius andro angele angeline angharad aniket anila
    anisa anka annabel annabelle annalena annelies annemarie annette annukka ansgar anssi antje antonella antonina
    antonino anup anuradha aoi apolonia aranka archana ariadna ariane arianna arkadiusz arlette arman armin arnau arne
    arno arpad arsen artem artemis arun arvo aslan asmaa assia asta aston athanasios aud augusta augustina avishai
    avraham awa ayana aydin aykut ayumi azadeh aziz azra bahar baldwin barbora baris barnabas bashir bastien batuhan
    bavo beate bela belen benedetta benedikt benigno benita berit bernadette bernardo berta bertil bettina bhaskar
    bhavesh bilge birgitte birte bjarke blanca blanka blerim bodil bojan bolanle borislav borja bosko bozidar bram
    branislav branka branko brigitte brita brygida burcu busisiwe caetano caleb calum camilla candida carina carine
    carlota carolin caterina cathal catharina cayetano cecile cecilie cecylia celestine celina celso cem cemal cezary
    chandan chanel charlene charlie chenoa chiamaka chibuike chika chinedu chinonso chizoba ciara claes clarisa
    claudette claudine clemens clementine clodagh colette concepcion concetta conchita consuelo cordelia corentin
    corina corrado cosimo costin csilla cyprian dacian dagny dalia dalibor dalila damir damla daniil danijel danil
    danila dario darja darko dauda davor dawid dejan delfina delphine demetrio derya despina devika dhruv didier
    diederik dietmar dietrich dilara dimitra dimitrios dipak dirk divyansh djamila dmytro dobromir domenica domenico
    dominga domingo donal donatella donnacha dorian dorina dorothea dorothee dorte dovile dragana drazen eberhard edda
    edita eduarda edwina efe egle eha eike eilidh eimear eino eivind ekaterini ekene elaheh eldar eleonora elettra
    elfriede eliana eliane elin elina elio elisabet elisabeth elisabetta elke ellinor elly elodie eloy elvira elwira
    emanuela emer emiliano emilio emine emmanuelle emmet eniko enrica enrico erdem ernestine ervin eryk esin esperanza
    esra estefania estela ester etelka eugen eugeniusz eulalia eun evandro evanthia evelien evelina evi evie ewan
    ewelina eylem ezequiel fabiana fabienne fabiola fabrice fabricio fabrizio fadi fadila faiza fanni fanny farida
    farouk farrukh fathi fatih fatoumata faustino fausto federica feliciano felicitas feliks felipa ferit fernande
    fiammetta filip filipa filippo filomena finn fintan firas firdaus flavia flavio flemming florencia franca
    franciele franciszek franjo franka franziska frederica frederique frieda fulvio furkan gabor gabriella gaetano
    gaja galia garance gaspard gaston gauthier geert gema gennadiy georgette georgiana georgios gerda gerlinde
    germaine germana gerrie gerrit gert gertraud geza ghislaine giacomo gianluca gianmarco gianna gianpaolo gideon
    gisela giuliana giuliano giuseppina gizem godfrey gordana gorka gotthard gracjan gregoire gregor grigor grzegorz
    guillem guillermo gulsen gunther gusti gwenaelle gwilym gwyneth gyula habib hadiza hafsa haidar halima halvor
    hanan hani hania hanneke hannelore hansjorg haralambos harri harsh hartmut harumi hasan hashim hatice hedda hege
    heikki heiko helene helge helmut hendrik henning heriberto hermann hermine herve hicham hideo hilal hilde
    hildegard hilma hisham hjalmar hlib hoda honorata horia horst hortense hristo hugues humberto huseyin hyacinth
    iacopo iago ianis ibolya ibtissam idoia idris ieva ignacy igone ihor iida ikechukwu ikenna ilhan ilias ilka ilker
    ilse ilya imelda imke imre inge ingo inka inmaculada inna ioannis iolanda ione iraklis iren iria irmgard irmina
    isabela isadora isak ishani ishita isidora isidro iskander ismail ismini isolde iulia iuliana ivanka iveta ivo
    ivonne iwan iwona iza izabela izumi jaakko jacinto jacobo jagoda janek janez janina janis janka janne jannik janos
    janusz jarek jarkko jarmila jasna jaume javiera jayesh jelle jendrik jerker jeroen jessie joaquim jochen joelle
    jolanda jolanta jonna joost jordi joris jorunn josefa josefina joselyn josephina josune jovan jovana jozef
    jozefina juha juho jules juliane julianna julita juliusz jurek jurgita justina justyn jusuf jutta jyoti jyri
    kacper kadri kaja kajetan kalina kalle kamil kamila kamran kaori karam karel kariem karola karoline karsten kasia
    kaspar kateryna kathrin katleen katrin katrine keiko kemal kemi kenan kerem keren kerttu keshav ketil khaled
    khalil kiana kilian kinga kirill kirsi kishore kjersti klara klaudia klement koen kohei konstantin konstantina
    konstantinos konstanze kornelia kosta kreszentia kristiina kristine kristoffer krystian ksenia kunal kyriaki
    kyriakos kyveli laetitia laila laisa lale lamine latifa laurens lauri laxmi lazar lea leandro leena leiv lenn
    leocadia leokadia leona leonel leonhard leonid leonida leonor leonora leontien leopoldo lera leszek letizia levan
    levente leyre lia lidia lidija liesbeth liesel lieselotte lieve ligia liina lilia liliana lilla lilli lilliana
    lilo lino lior lisbeth liselotte liv livia ljubica llorenc loic lorcan loredana lothar lotta lotte lovisa lubna
    lubos luc lucero luciana luciano lucilla lucio lucja lucrezia ludek ludger ludivine ludovic luigia luiz luiza
    lukasz lukman lupita lyubov lyudmyla maaike maarit maarja maarten macarena maciej madalena madalina maddalena
    madeleine madhavi mafalda magali magdolna mahalia maheen mahmut mahnoor maider maik maike maire mairead maite
    makena makoto maksim maksym malak malene malika malin malou malte mamoru manana mandla manoel manolis manon
    manoush marcela marceli marcelina marcellin marcio maren margarete margaux margherita margit margreet margret
    margriet margrit mariangela mariano marica mariela mariella marielle marietta mariette marijke marika mariko
    marilena marilia marilou marinela marinko marinos marisa marit marita marius mariusz marja marjan marjatta marjo
    marjolein marlen marlena marlies marten martijn martine martino marton martta marwan maryna marzena masahiro masha
    massimo mateja matias matilde matthieu mattia matyas maurizio maxence maxim maxime maximilian maximiliano mayra
    mayu mechthild megha mehmed mehran mehtap meike meinrad meirion melania melek meltem memduh menno merete meritxell
    merle merve meryem micaela micha michail michala micheline mickael mieczyslaw mihaela mihail mihaly mika mikaela
    miklos mikolaj mila milada milagros milana milena miloslav milosz mina mineko mira miranda mircea mireille mirella
    mirjam mirka mirko mirna miroslav miroslava mirta misaki mischa mitja mitsuko miwa mladen mohini mojca mordechai
    morgane moritz mourad mthunzi mubarak mulugeta munir murad murat muthoni myles myrna naama nabil nada nadezhda
    nadja nagore nahia naima najat najib nanako nani naoki narayan narcisa nasra nassim natalija natan natanael
    nathaniel naveed nazli ndidi neda nedim neelam neele nela nele nena nenad neringa neus neven nevena nicanor
    nicoleta nicolina nidhi niels nieves nihal niko nikolaos nikolaus nilgun nilofar nima nimrod ninfa niraj nkechi
    nkosana noelia noemie nolwenn nomvula nonso norah nour nuala nuria nushi nyambura nyokabi oana octavian oddbjorn
    oddvar odile odysseas ofelia oguz oktay olav olavi oldrich oleksandr oleksandra oleksii olesya oliwia olof olufemi
    omari omolara ondine onur oona ophelia orazio oriana oriol orla ornella orsolya ortrud ortwin osama osman ossian
    ottoline ovidiu owain oyelaran ozan ozge ozlem paivi palesa palmira paloma paolina paraskevi parisa pascale
    pasquale patrice patrycja patryk paulina paulius pavlina pavlos payal pearse pedram pelin perpetua perran persis
    pervin petar peteris petja petko petrina petrit petronella petros petter petya philippa philomena pia pieter
    pietro pilar pina pinar piroska pola poppy prabhu pranav prashant pratik praveen primoz prisca priyanka prudence
    przemyslaw qasim quirin rabia rachid rada radka radmila radomir radoslaw radovan rafaela raffaele raffaella rahel
    raimo raimund rainer raisa rajan rajeev ramazan ramla rana randi ranjit raoul rasa rashid rashmi rasmine raymonde
    raymund regine reiko reima reinhard reinhold reino remco remi remigiusz renato renaud renske resul reyhan reynaldo
    rhiannon riad ricarda rikke ritva rivka roald robbert roberta rocio rodica rodolfo rogelio rokas rolando romaine
    romana romane romeo romuald ronja roque rosalba rosalia rosana rosanna rosemarie roser roshan rosina rosita
    roswitha rotem roxana roxane rozalia ruchi rudiger ruggero rukhsana rumen ruxandra ryoko ryuji saara saba sabina
    sachiko safiya sagar sahar sahil saida sakari salome salvador salvatora samad sammy samu sanne santina saskia
    saskya satu saverio savina savita sebastiano sebastien sefa seija selim semra serafino seraphina serge serhiy
    serkan sevda severin severine sevgi sevil seyma shafiq shaima shakira shalini shamima shanice shankar shanthi
    shayla sherif shigeru shira shlomo shobha shruti shubham shun shweta siavash sidonie siegfried sieglinde siegmund
    sigrun sigurd siiri sikke silje sille silvano silvija silvio simonetta sinead sinem sisko siv slavica slavko
    slobodan soeren sofiya solange soledad sonal songul soraya sotirios spyridon srdjan sridhar srinivas staffan
    stanislava stefanos steffen steinar stela stelian steliana stevan stijn stine stojan sudhir suheyla sukhwinder
    suleiman suleyman sumathi supriya surekha suryakant susanna sushila suvi suzana svanhild svea svein svenja sylvain
    sylvana sylvi szabolcs szilvia szymon tadhg taina takumi talia talita tamas tamika tanel taneli tania taniya tanvi
    tapani tarek tarja tarmo taru tasneem tatjana tatsuya taylan tazeen tea tekla temidayo tenzin teodor teodora
    teodoro terezia terhi teuta thais thandeka thandiwe thea theodoros theresia thibault thibaut thora thorsten tiago
    tiberiu tigran tiina timea timofey timon tinashe tindra tirza tobiasz todor tolga tomislav tommaso tonje tordis
    torsten torunn toshiko traian trudi truls tsvetan tuba tugba tuulikki tymoteusz tyra ubaldo udo ugur ulla ulrika
    ulrikke umar urszula uta ute uwaoma vadim valdemar valentin valerija valerio valeriy valery valter valtteri vanda
    vanja vanya varsha varvara vasco vasile vasilica vasiliki vedran venla ventsislav verena verica veronique vibeke
    vicenta vicenzo vida viera vigdis viktoria viktoriya vilde vilhelm vilhelmina viljami ville vilma vilmos vincenza
    violeta violetta virgil virgilio virpi vitalie vitaly vitor vittorio viviana vlad vladan vladislav vladyslav volha
    volkan volker voula vratislav vuk vukasin vusi vuyo vyacheslav waclaw walburga waldemar walid waltraud wanjiku
    warsame warwick wassily wassim wenche wendelin wenzel wera wessel wiebke wieland wieslaw wieslawa wilbert wilfried
    wilhelmina wilhelmine willem willemijn winfried wioletta wiremu witold wlodzimierz wojtek wout wouter wubet xenia
    xiadani xochitl yagmur yair yaman yanick yanis yaniv yannick yannis yaprak yaroslava yasemin yasmina yasuko yavor
    yekaterina yelena yelizaveta yevgeny yevhen yigal yildiz ylva yohan yohannes yonas yosef yoshiko yosra yuliia
    yuliya yumi yuna yuriko yuriy yusra yuta yuval yvain zaid zaira zakaria zaki zala zaneta zarina zbynek zdravko
    zehra zeki zelma zenon zenta zeynab zhanna zhen zhenya zineb zivko zlata zlatan zlatko zofie zorica zoya zsolt
    zuleikha zulfiqar zvonimir zygmunt
    aurelio hakon bjarki yael jorgen oyvind oystein asmund havard kare arild inger solvi roar bengt goran hakan lennart ake sigurd asgeir bjorgvin eyjolfur gudmundur gudrun halldor hordur ingibjorg jokull katla kolbeinn magnea olafur sigridur snorri steinunn unnur valdis  eliezer noa shira talya yonatan tamar avi moshe yitzhak rivka dvora
    aada aafke aage aaltje aaro aarti aatos abbie abdel abdelhamid abdelkader abdelkarim abdellah abdelrahman abdou abdulaziz abdulhamid abdulkadir abdulkarim abdullahi abdulmalik abdulrahman abdulrazak abdurrahman abelardo
    abhijit abhinav abir abner abram abramo achmad adailton adalberto adalgisa adamo adarsh addison adelaide adelajda adeline adelmo adem adeola adesola adetokunbo adhira adile adina adnane adolfo adorjan adriaan adrianna adriano
    adrien advait aecio aeri aert afaf afnan afolabi agapi agapito agathe agnaldo agnete agostino agoston agustin agustina ahana ahti aida aikaterini aila ailton aimo ainara ainikki aishwarya aisyah ajit akane akari akemi akhil
    akihiko akiko akinwale akio akiyo akos akpan akram aksel alaa aladar alana alban alberico albertus albina albino alcide alcides alcione aldair aldemir alden aldo aldous alec aleisha aleixo alekos alessia alev alexandros alfio
    alfreda alfredo algernon alida alighiero alin alinne alisa alisha alissa alistair alix aliz alkistis allan allegra almir aloisio alojzy alok alonso alpay alper alperen alpo altair altan althea alton aluisio alvar alvin alyssa
    alzbeta alzira amabel amadeusz amaka amal amalia aman amani amany amar amarachi amauri amaury ambika ambra ambrogio ambroise amedeo amelio americo amilton amira amol amparo amrit amruta anacleta anacleto anant anass anastasios
    anastazja anasztazia anatole anca ancuta anderson andika andonis andor andrada andree andreina andrejka andressa andy andzelika aneta anett anette anezka anfisa angelina angelos anggraini anghel angiolina aniela aniko anindya
    aniruddha anirudh anis anisha anisio anjana anker ankita ankur ankush annabella annalisa annamaria annarita annegret annele anneliese annelise anneloes annemiek annemieke annet annikki annisa annmarie annunziata anouk ansa
    anselmo anshul antal antenor antia antigoni antoinette antonida antonietta antonin antonios antony antti anuoluwapo anupam anupama anurag anushka anwar anyango aparecida aparecido aparna aphra apolinar apolline apoloniusz
    apostolos arabella araceli araci araminta arantxa aranzazu arcangelo archibald archie arda arend aretha argyris ariana arie arief ariel arif arina arindam aris aristea aristeidis aristides aristotelis aritz ariyanti arja arjan
    arjen arkadiy arlene arlete arlindo armand armas armelle armida armindo arnab arnaldo arnost arnout arnulf aron arpita arrigo arsene arseniy artemiy arto arttu artur aruna arundhati arwa arzu asami asawari asger ashish
    ashleigh ashraf ashton ashutosh ashwin ashwini asier asim asimina asiye asko asli aslihan aspasia assunta astolfo astrogildo astuti asuka asuman ataide atakan ataturk atef athanasia athina atieno atila atilla atsuko atsushi
    atte attilio atul aubin aubrey aude audra audun augustin augusto augustyn auguszta aukje auli aulia aulis aune aura aurel aurelian aurelien aurelina aurica avdotya avelino avery avinash avni avram awad awino ayaka ayako ayame
    ayano aydan ayfer ayhan ayla aylin ayman aynur ayotunde ayoub aysegul aysel aysun ayten ayush azucena azza azzurra babette bader badr bagas bagus bahaa bahadir balaji balbina baldassarre baltasar baltazar balthasar bamidele
    bankole banu barbro barend barna barnaba barnabe barnaby barney bartel bartlomiej bartolome bartolomeo basak basem basilio basim basma bassam bastiaan bastian battista baturalp baudouin bautista becca becky bedia bedirhan
    bedrich begona begum behice bekir belarmino belgin belma beltran benedek benedetto benedicte benedikte benedita benedito bengta beni beniamino benilde benjy benno bent bente berat berber berenice berfin beril berk berkan
    berkay bernabe bernadett bernadetta bernarda bernardete bernie bernt bertalan bertan bertie bertram bertus bessie bethany betje bettye betul beulah beyza bhagyashree bhanu bharat bharati bhavana bhavya bhupendra bhushan biagio
    bich bijal bikram billie billy bimal birger birgul birol birthe bjarte bjorg bjornar blahoslav blanche blandine blazej blazena bobbie bobby boglarka boguslawa bohdana bohumil bohumila bohuslav bohuslava boldizsar boleslav
    boleslaw boleslawa bomi bonifacio bonifacy boram borbala borge borghild borje bosede bosse botolf botond bouchra boudewijn boutros bozydar bradford brahim brandi brandy braulio breanna brenna brent bret briana brianna bridie
    brieuc brigida brigitta brijesh brit britt britt-marie brittany brody brona bronislav bronislaw bronislawa bronte brooklynn brunella bryce bryony budiman bugra bukola bulcsu bulent burcak burcin burhan burkhard burt busola
    buthaina bystrik byungho cagatay cagla caglar cahit cahya cahyadi cahyono calin calixto callie callum calogero cameron camillo canan candela candelaria candice cansel cansu caoimhe capucine caridad carissa carl-johan carlijn
    carlton carme carmela carmelina carmelita carmella carmelo carole carrie carroll carsten casey casian casimiro caspar casper caspian cassia cassiano cassie cassio catalin catarina catherina cathleen catia catriona cavit
    cayetana celal celestin celestina celestyna cemil cemile cemre cenek cengiz cenk cesare cesareo cesira cevdet ceyda ceyhan ceyhun cezar chaewon chaitanya chandrakant chandrashekhar changmin chanwoo chanyeol charalampos charbel
    charikleia charley charline charmaine charu chas chau chauncey chelsey cheolsu cherie chesney chester chhaya chibueze chibuzo chidiebere chie chieko chigozie chihiro chijioke chima chimamanda chinatsu chinelo chinmay chinwe
    chirag chitra chiyo chrissie christabel christal christel christer christos chrysanthi chrysoula chuck chukwudi chukwuma cicera cicero cida cigdem cihan cihat cille cintia cinzia ciprian cipriano cira cirillo cirilo ciro citra
    clarabelle clare claretta claribel clarice clarisse claudemir claudete claudinei claudiu cleber cleide cleiton clelia clemente clementina cleo cleofe cleonice cleopatra cleusa cleveland clinton clorinda clotilde clyde codrin
    codruta cody coenraad colby coleen coline conceicao connor conny consolata constanca constantin constantine coralie corey corinna cornel cornelis cornelius corrie cosima coskun cosme cosmina cosmo costache costantino costanza
    costel courtney creighton cremilda crescencio cressida creusa crina crispin cristi cristiana cristiane cristiano cristobal cristoforo cristovao csaba csenge csongor ctibor ctirad cuauhtemoc cuneyt cuong cuthbert cybil cyprien
    cyrielle czeslaw czeslawa daciana daehyun dagfinn dagmara dagobert dahye daichi dalal dalma dalva damaso damiano damianos damiao damini damjan damon danai daniella danilo danladi danny dante dapo daria darina darius darla
    darleen darmawan darrel darrin darryl darshan darshana darya daryl davey dayna deana debashish debora deepa deepali deepti deidre deise deivid dejair delbert delfo delilah delores demelza demet demetra demetrius dena denes
    denholm denice denilson denisa denny denys denzel deolinda derrick desdemona desi desideria desiderio desiree despoina devansh devendra devon devrim dewey dezso dhananjay dhanraj dhara dharmendra dhiraj dhruvi diamante dianna
    dianne diarmuid dick didem diem dien dierdre dieuwke digvijay dilek dilsad dimas dimos dina dinah dinh dini dinis dino dione dionisio dionizy dionysios dionysis dipankar dipika dirce dirceu disha ditte dixie djalma dobroslav
    dobroslawa dobrynya dogan dogukan dohyun doina dolf domingos dominick dominika domitilla domonkos donat donata donato dondu dongha donghae dongwook donnie donovan doortje dorel doriana dorin dorival dorottya dorthe doug douwe
    doyle drahomir drahomira drahoslav driss drusilla duaa duarte duccio dudley dulce dulcie dumitra dumitru dunstan duong durga durmus duygu earline ebbe ebele ebenezer ebere ebubekir ebuka ecaterina ecem eckart eckhard eddie
    edelmira edeltraud edie edilson edimar edina edinaldo edir edison edmar edmilson edmond edmondo ednaldo edoardo edouard edson eduard edvin edyta eefje eelco eelke eerika eeva effie efim efisio efosa efrosinia efstathios
    efthymia egbert egemen egidio egil eglantine ehrenfried eigil eija eiji eiko eila eilif einride eirini eithne ejike ejnar ekin ekow ekrem ekta eladio elbert eldbjorg eleftheria eleftherios elek elemer elenice eleuterio eliete
    elifnur eligio eligiusz elisabeta elisabete elisangela elisenda elisha eliska elissavet eliza elizabete elizangela elizaveta ellery elli elling ellis elmo elna elnora elod elof eloi eloisa elroy elsebeth elselien elspeth elvio
    elwood elza emad eman embla emelie emeline emenike emeric emerita emerson emese emeterio emile emilian emiliana emin emirhan emke emmanouil emmeline emmett emmie emmy emoke emrah emrullah encarna encarnacion endang endre enea
    enes engin enguerrand enitan enoch enriqueta ensio enver enza ephraim epifanio eraldo erasmo erato eray ercan ercole erdal erdinc erdogan eren ergin ergun erhan erhard erivaldo erkan erkki erkut erland erlend erlina erling
    erma erman ermanno ermelinda ermenegildo erna ernesta ernestina erno erol ersan ersilia ersin ersoy ertan ertugrul erwan erwin eryn esben escolastica esen esha eskil esko esma esme esmeralda esmond esohe espen essam essi
    estanislao etelvina ethelbert etsuko etta ettore euclides eudora eufemia eugenie eugenio eunbi eunchae eunha eunhye eunseo eunsook eurico eusebia eusebio eustachy eustaquio evadne evaldo evander evangelia evangelina evangelos
    evariste evaristo evdokia evelin everaldo evert everton evgenia evgeniy evgeny evren evzen ewald ewen ewoud eylul eystein eyup ezechiel ezekiel ezgi ezio ezzat fabiano fabien fabrizia facundo fadekemi fadel fadey fadhil fadime
    fadli fadwa fahad fahd fahrettin fahri fajar fakhri falguni falko fanel fani faris farkas faron faruk fatiha fatmanur fausta faustine faustyna fauzan fauziah fawaz fawzi fayez fayrouz fedor felicie felicja felisa femke fenella
    fenna feodor ferah feras ferda ferdi ferdiansyah ferdinand ferdinando ferdynand fergal fergus ferhan ferhat feride fermin fernand fernao ferruccio fethi fevzi feyza fidela fidelia figen fikret fikri filiberto filipe filippa
    filiz filofteia fionnan fiorella fiorenza firat fitriani fitzgerald flaminia flaminio flaviano flavius florbela florea florencio florentin florentina florentine florentyna floriana florica floricel florina floris florrie
    flossie flynn fokke folke folkert folorunsho fortunato fosca fotini fotis fouad francine francisca franciszka franck frankie frans frantisek frantiska frauke frazer freddy frederikke fredrika freek frej fridolin friederike
    frigyes fritiof frits frode froilan fruzsina fryderyk fuad fulgencio fulop fulvia fumiko fumio funda funke furio fusun fyodor gabby gabe gael gaelle gaetan gaetana gail galih galileo galini galip gamze ganesh garfield garnet
    garrett garrick garth gaspar gastone gathoni gauri gautam gavino gavriil gavril gavrila gayatri gaye gaynor gbemisola geertje geertruida geeta gejza gellert gelu gena genaro geni genival genivaldo genki gennady gennaro
    genoveva genowefa geonwoo georgeta georgie georgiy geovana geraint geraldo gerasimos gerben gerd gerhild germain gernot gero gerold gerritje gerry gerson gersonita gertie gertrudis gerwazy getulio ghada ghadeer ghaith ghassan
    gheorghe gheorghita gherardo ghislain giacinta giacinto giacoma gianfranco giang gianluigi gianmaria giannis gianpiero giesela gijs gijsbert gilang gilberta gilberto gilda gildo giles gilles gilmar gilson gilvan gines ginette
    ginevra ginny gino gioacchino gioele giordana giorgia giosue giovana giovanna girish girolamo gisbert giselda gisele gislaine gisle gitta giuditta giulio giustina giusto gizella glafira glaucia gleb gleice gleison glenys
    glynis gniewomir goffredo gokay gokce gokhan gokmen goksel goldie gonca gontran gonul gopal gorkem goro gosta gottfried govind gozde graca graciela gracja grady graeme gratiela greger gregoria gregorio grete grethe grietje
    griff grigore grigoris grigoriy griselda grover gudbrand gudula guendalina guerrino guglielmo guilhem guilherme guillermina guinevere guiomar gulay gulbahar gulcan gulden guler gulhan gulizar gulnur gulsah gulsum gulsun gulten
    gumersindo gunay gunborg gundula gunhild gunjan gunnel guntur gunver gunvor guray gurli gursel gustaf gustava gustaw gusztav guus guven gwenda gwendolen gwendoline gyda gyongyi gyorgyi gyozo gyuri habiba habibe hacer hadil
    hadley hadrien haeun haico haitham hajar hajime hajnalka hakim hakki hala haldun haley halide halil halime hallie haluk halvard hamad hamdi hamed hamid hamide hanako hanane handan hande handoko haneen hanh hanife hanna hannele
    hannes haralambie hardik hari harini harjeet harlan harleen harley harmen haroun harris harsha harshad harshita harshvardhan hartono hartvig hartwig harue haruka haryanto hasanah hashem hasret hatem hatun haya hayat hayato
    haydar hayden haydn haydon hayley hayoon hayri hayriye hayrunnisa hazal hazem hedley hedvig hedvika heejin heena heesoo heidemarie heiner heini heinrich heleen heli helio heliodor hella helle helmer helmi helmuth heloisa
    heloise hemant hemanth hendri hendrika hendrikje henk henna hennie henriette henrique henryka heraclio herborg heri heribert herlina hermenegildo herminia hessel hester hesti hicran hidayet hidde hideaki hidehiko hideki hideko
    hideyuki hien hiep hieronim hieu higinio hikari hikaru hikmet hilario hildegund hildegunn hilja hilkka hilmi hiltrud himani himanshu hind hipolit hipolito hippolyte hiram hiroaki hironobu hiroto hiroyuki hisako hisashi hitesh
    hitomi hitoshi hjordis hoai hoan hoang hollis honoka honore honorine honorio horatiu hortensia hosam houda houssam howell hryhoriy hubertus huda hugh huib huibert hulda hulya hunor hurrem husam husamettin husniye huyen hyeon
    hyeonjun hyerin hyojin hyunjin hyunjoo hyunmin hyunseok hyunsoo iacob ianthe iara ibtisam icaro ichabod ichiro idalina idil idowu ifeoluwa ifunanya igino ignac ignazia ignazio ihsan iiris iivari ikhsan ikram ilario ilarion
    ilayda ilda ildebrando ildefonso ileana ilene ilie ilinca ilja ilkay ilknur ilmari ilpo ilta ilyas imam iman imanol immacolata imogene imrich inacia inacio inari inas inci indra indrajit indrani indri indu ineke inessa
    ingalill ingebjorg ingebrigt ingegerd ingela ingelise ingemar ingmar ingram ingvar ingvor inigo innocenza innokenty inocencia inocencio insa intan intisar ioan ioanna iole iona ionel ionela iordanis iosif ipek iphigenia
    ippolita ippolito iracema iracy irawan ireneusz irfan irineu irja irmak irmtraud irwin iryna isaias isamu isaque isaura isaure iselin isidoro isil isioma ismet isnaini isobel isotta issa isto itunu iulian iuliu iuri iustin
    ivani ivano ivete ivett ivica ivona ivone iyabo izabel izabella izydor izzet izzy jaana jaap jaber jabir jacenty jachym jaciara jacira jacklyn jaclyn jacoba jacobus jacqui jadir jaehoon jaehyun jaemin jaewon jagruti jailson
    jair jake jalal jalmari jamila janaina janaki jandira janelle janette jani janice janie janneke jannes jannie jantje jarbas jarema jaremi jarl jarmil jarmo jarno jaromira jaroslava jasim jatin jawad jayanta jayanti jaykumar
    jayne jayshree jeannette jeannine jebediah jedidiah jedrzej jeevan jelani jelmer jeltje jenaro jennie jeno jeonghoon jeremi jeremiasz jeri jermaine jeronimo jerri jerry jess jessika jetske jette jigar jignesh jihad jihan
    jihyun jimena jimin jimmie jindriska jinhee jinho jinhyuk jinseok jinwoo jirina jiro jitendra jiwon jiyeon joana joann joca jocelyne jochem jock jodi jody joep johana johnathan johnathon johnnie joice joke jolan jolana jolien
    jolyon jonah jonatan jonathon jongho jongmin joni jooa joohyun joowon jordana jorgina jorid jorma jorn jorrit josefin josefine josette josiah josiane josias josien jost jostein josue jotham joud jouko jouni jovelina jovita
    jowita jozefa jozsef juarez jucelino jude judi judie judit judita judyta juhee juhyun julianne juliano juliska jumana jumoke jungeun junghoon junghwa jungmin junho junhyuk junichi junko junseo junsu juraj jurema jurjen jurre
    juscelino jussara jussi jusztina juvenal juwita juyeon jyotsna jyrki jytte kaan kaarina kaarlo kabir kadir kadriye kaede kagan kaija kailash kaisu kaitlin kajal kajsa kalervo kalliopi kallirroi kalman kalpana kalyani kamaria
    kamel kamile kamilla kamlesh kamma kamuran kanae kanako kanchan kangmin kanika kapitolina kara karan kareem karima karishma karna karoly karri karstein kartik kartika kartini karyn kasey kasjan kasper kassandra kata katariina
    katharine kathe kathi kathie kati katia katie katri katrien katsumi katsuo katsuya katy kaua kauko kaushal kaushik kaveri kawthar kaylee kayo kayode kayoko kazim kazimiera kazuhiko kazuhiro kazuko kazuma kazumi kazuya kazuyuki
    keane kedar keegan keeley keerthana kees keiichi keiji keijo keira keisuke keita keld kelley kellie kenichi kennet kenny kentaro keri kerim kerri kerubo ketan keya kezia khadijat khai khairunnisa khalifa khang khawla khoa khoi
    khushboo kiara kien kikelomo kimberley kimiko kimmo kingsley kipkemboi kiprono kiptoo kirsti kirstine kirti kivanc kiyoko kiyoshi kjeld kjellaug kjerstin klaas klaasje klaudiusz klavdia klemens klementyna klim kobina koert
    koichi koji koloman kolos komal konstancja konstanty konstantyn koos koray kordian korhan kornel kosma kosuke kota kresten krishnan krisna krista krister kristie kristin kristopher kristy kristyna krisztian krisztina kriti
    kritika krystal krystyn ksawery kseniya kubilay kubra kumi kumiko kunegunda kunigunde kunihiko kurnia kursat kusum kusumawati kutay kuzma kveta kvetoslava kvetuse kwadwo kwaku kwasi kyllikki kyoko kyosti kyra kyrylo kyuhyun
    kyunghee kyungsoo lacey lada ladislava laercio laerte lage lahja lais lajos lakeisha lakshmipriya lalita lamar lamberto lambros lamia lammert lancelot landon landry lanfranco lanre lara laras larisa lassi lata latasha latifat
    latife latisha latonya laudelina laure laureano laurel laurene laurentiu lauretta laurids laurine laurits lautaro lavanya lavern laverne lavrentiy lawson laxman layton lazara lazaro lazaros leandre leann leanne lech lechoslaw
    leela lefteris lehel lekan lello leman lene lenie lenke lenora leonard leonce leoncio leonidas leonilda leontin leontina leos lesley lestari lesya letitia lettie letycia levent levi lexi libby libena libor liborio libuse
    licinia lidewij lidiya lidmila lieke lieneke lijsbeth lilian lilis liliya lilja lillemor lillie lilou lindalva lindomar lindsey linn linnet linton lisandro lisbet lise lise-lotte lisette livio liviu liwia liza lizzie llewellyn
    loes logan loke lonnie lorand lorant lorella lori loris lorne louane louella louisa louison loukas lourenco luana lubica lubomir lubomira lubor lucelia lucette lucian lucien luciene lucienne lucile lucimar lucineia lucjan
    lucrecia lucretia lucyna ludovica ludovico ludvig ludvik ludwika luella luigina luise luisella luitpold luminita lurdes lutfi lutfiye lutz luuk luyen luzia luzinete lynda lyndon lynette lysander lyubomyr maartje macario
    machteld macit mack madan maddie madge madhav madhu mael maelle maelys magdaleno magdalini magnhild maha mahaut mahdi mahendra maher mahir mahmood maiara maicon maiko mailis maj-britt majbritt majed majid makary makbule maki
    makiko makis maksymilian mala malachi malachy malati malini mallika malvina malwina maman mami manabu manal manasi mandar manfredo mangesh manik manisha manju manjula manlio manolo manos mansi mansour maram marceau marcelino
    marcell marcelle marcellina marcello marcellus marcial marcsi marcy mareike marfa margarida margie margo margono margrethe marharyta mari marianna mariapia mariarosa maricarmen maricica marieke mariel mariell marij marike
    marilda marilene marileuza marili marines marinus mariola mariolina marios maristela maritta maritza mariza marjaana marjolaine marjut markella markku marla marleen marli marloes marluce marnie marte martirio martti marty
    maruska marva marwa maryann maryla masaaki masahiko masaki masako masami masanori masao masaru masato masaya masayoshi masayuki massimiliana massimiliano masumi matei matheus mathis mathurin matous matthaios mattias mattie
    matus matvey matviy maulana mauno mauri maurits maurizia mauro maurycy maximino mayank mayara maysa mayuko mayur mazen mazhar meeri meghana meindert meinhard melahat melba melchiorre melchor meletis melih meliha melike melina
    melisande melquiades melusine melvyn menyhert meral merel meri merrick merrill merry mert mertcan mervan mervat mervi messias mesut mete metin metod mevlut michalina michalis michelangelo micheli mickey midori mieke mieko
    mihee mihir mihnea miho miia mijin mijntje mikako mikhaylo miki mikio mikkel milene milind milly milo miloslava miltiadis miluse mimmo minah minako minal mindy mingyu minhee minhyuk minjae minji minke minkyu minna minoru
    minseo minseok minsoo minsu minttu mirabel mirae miray mirco mirian mirja mirjami miro miron mirona miroslawa mirtill mirva misako miska mitali mitch mithat mitsuo mitsuru miyako miyoko miyu miyuki mizuki moacir modest modesta
    mogens mohanad mohit moises mojmir mokhtar mollie momoka momoko monali monia monifa monroe monserrat montague moraa morag morayo morena moreno mortimer morton motoko mouna mounir mridula mrinal mrunal mscislaw muammer muath
    muazzez mudiwa mugdha muge muhammed muhammet muhannad muharrem muhittin muhsin mujdat mujgan mukadder mukerrem mukhtar mukta mulyadi mulyani mumbi muna munawar munevver mungo murali mursel musa musab mustapha muzaffer mwikali
    mykhailo myron myroslav myrto myunghee nabila nachiket naci nadege nader nadezda nadide nadir nadya nadzieja nagesh nagisa nagwa nahit naim naina nair najla najwa naledi namik namita namrata nanami nandan nandita nandor
    nanjala nanna naoto naoya napoleon narcis narciso narendra naresh nashwa nastasia nataliia natalino natercia nathanael natsuki natsuko natsumi navin nawal nayef nayeon nazan nazih nazim nazmiye nazzareno neal nebahat necati
    necla necmettin necmiye neea neeltje neeta nefeli neide neiva nektarios nelia nell nella nelleke nello nelly nelma nelsina nelu nemesio nerina nermin nerys neslihan nesrin nesrine nessa nestor nettie neusa neuza nevin nevio
    nevzat nezahat ngan nghia ngoni nhat niall nicasio nicky nicla niclas nico nicodemo nicol nicolae nicolau nicoletta nicolette nicolo nicu nida nidal niek nienke nigar nihan nihat niilo niina nikhita nikiforos nikki nikodem
    nikolaj nikolett nikoletta nila nilay nilda nilesh nilo nilson nilton nilufer nilza nimet nimisha nining ninon niranjan nirmal nirmala nisanur nishant nisreen nistor nita nitesh nithya nivaldo nivedita nixon niyazi nizar nkem
    nobuko nobuo nobuyuki nodoka noella noelle noemia nola nonhlanhla noora norberto norio norris nouf noura nouran nourhan novella ntombi nugroho numan nunzia nunzio nuray nurcan nurettin nurgul nurhan nurhayati nuri nuriye
    nursel nursen nurten nuutti nwamaka nyaboke nyla nynke oanh obaid obdulia obioma oceane octavio odair odalys odessa odete odilon odon odunayo oghenekaro oguzhan oiva ojas okan okechukwu oktavia oktawia olabisi oladele olamide
    olanrewaju olaug olavo olawale olayinka olcay oldriska olegario oleksiy olimpia olindina olinto oliwier olle olli ollie olov oluchi oluf olusegun oluwadamilola oluwafemi olwen olympia omaima ombeline ombretta omer omkar omnia
    omotola onder ondreja onerva onni onofre onofrio onufry onyeka onyekachi onyinye opeyemi ophelie oralia orest oreste orestis orhan oriane orietta orjan orkun orlane orsola orville orvokki osagie osamu osaretin osbert oskar
    oskari osmar osmarina osmo osric ostap osvalda osvaldo oswin oszkar otacilio otakar otavio otello othman otmar otokar otso ottavia otylia otylie oussama outi ovidio oxana oyku ozcan ozden ozgen ozgur ozkan ozlenen paddy
    padmaja padmini paivikki paivio pakize pallavi palle panagiota panait pancracio pancrazio panna panos pantaleone pantelis paola parag paramita paramjit parascheva paraskevas parth parul pascaline pascoal pascuala pasqualina
    pastora patrizia patrizio patti patty pauli paulino pavan pavithra pavla pearce pearlie peder pekko pelageya pelagia pelayo pelinsu pelle pentti pepijn per-arne per-erik per-olof peregrine pericles perihan permana pernilla
    perrine persephone pertiwi pertti perttu petre petrica petronela petronila petru petruta phat philbert philibert philine philippine phillip phillipa phillis phineas photini phuc phung piedad piera pierangelo piergiorgio
    pierluigi piero pierpaolo pierrette piers piet pieternel piia pinja pinky pirkko placida polat policarpo polikarp polina poludnica polyana polyxeni pompeo ponciano pontus porfirio porzia poul prabowo pradoxi pragya prajakta
    prajwal pramod pramono pranali pranay prasanna prashanth pratama pratap prateek pratibha pratima pratiwi pravoslav preben prem premlata premysl prescott priamo priscila prithvi priti priyanshu procopio prodromos prokhor prokop
    prosper protazy prudencio prudencja prue puja pulkit puneet purnima purushottam puspita putra putu qais qasem quinn quintin quintino quinton quirijn quirino quiteria quiterio quitterie quoc qusay quyen quyet rachana rachele
    rachelle radha radhika radim radmil raed rafik raghad raghav raghda raghunath ragna rahaf rahayu rahime rahmat rahmawati rahmi raija raila raili raimunda raimundo raissa rajaa rajani rajat rajendra rajib rajkumar rajmund rajni
    raju rama ramadan ramakrishna raman ramira ramya ramzi randa randal randolph raneem ranjan ranjana ranjith ranomi ranveig raphael raphaelle rares rasha rashi rasim rastislav ratan ratih rauha rauno ravindra rawan raymundo
    razan reagan reba rebeca rebeka recai recep redouane reece reem reema reena reese refik refilwe regiane reginaldo regis rehab reham reid reidar reidun reinaldo reinhardt reinhild reinout reka relu remedios remo remus remzi
    remziye renae renan renee renu renuka renzo reshma resit reva rezso rhett rhodri richa richarda richie rickey rida ridvan riekje rieko rienk rifat rigmor rigoberto riham riho riikka riko rildo riley rima rimma rinaldo rini
    rinske ririn risa rishabh risto ritesh ritika rivaldo riza rizki rizky robbie robby roberval robyn rocco roch rochelle roddy roderich rodger rodion rodolfa rodolphe rodrigue roel roeland roelof rogelia rogerio roine roksana
    roksolana rola rolland rollo romaric romeu romilda romildo romina romolo romualda romualdo romulo romulus ronaldo ronda ronny roopa roope roos roosevelt rosalina rosalinda rosamaria rosamond rosangela rosanne rosaura roseli
    rosella rosemeire rosendo rosetta roshni rosilene rosimeire rosine rosineide roslyn rossana rossella rostislava rotimi roula rowland roxie royce ruba rubens ruchika rudi rudolph rudra rufino ruggiero ruhi rukiye rukmini runar
    rupa rupal rupali ruperto ruprecht rusdi rushikesh ruslana russ rute rutger ruthie ruud ruya ruzena ruzgar ryoichi ryosuke ryszarda ryunosuke saad saadet saartje sabah sabahat sabahattin sabas sabatino sabin sabino sabri
    sabriye sachie sadettin sadhana sadik sadiq sadiye safa safaa safiye safwan sagrario saif saija saime sait sajida saki sakina sakine sakis sakurako salah salaheddine salam salete salih saliha salla sallie salomea salustiano
    salvatrice salwa samah samanta samar samara sameer sameh sami samia samiksha sampada sampo samson samuele sana sanaa sanda sandalio sander sandi sandro sandu sanelma sangeeta sangho sanghoon sangmin sanika saniye sanjana
    sanjiv sankalp sanna santeri santosh saraswati sarika sarita sarka sarolta sarra sarthak sarvesh sascha sasikala satoko satomi satoru satria satsuki saturnino satya satyajit saulo saurabh savas saveta savino savitri savva
    saxon sayaka sayuri scipione scot scottie seamus sebastiana sebastiao sebnem seda sedat sedef sefer segismundo segolene seher seiichi seiji seiko sekai sekar selahattin selami selcan selcuk selda selene semih semiha semiramis
    semyon senem senol seohyun seoyeon septian serafima serafin serap seray serban sercan serdal serdar sergia sergiu sergiusz serhan serhat serhii serife serpil sertac servane servet seth setsuko settimio seulgi seungho seunghyun
    seval sevcan severiano severina severino severo sevgul sevket sevtap seweryn seweryna seyfi seyi seyit seymour sezen sezer sezgin shadi shahd shailaja shailesh shaimaa shakti shalaka shams shanna shantanu sharad sharda
    sharlene sharmila sharron shashank shashi shaunak shawna sheena sheetal shelia shelly shelton shereen sheri sherine sherman sherri sherrie sherry shigeki shigeko shigeo shikha shingo shinichi shinobu shintaro shiori shirlee
    shital shiv shivam shizuka shizuko shohei shoichi shoko shola shona shotaro shraddha shreyas shridhar shrikant shrinivas shriya shruthi shubhada shubhangi shubhra shuichi shuji shukri shunsuke sian sibel sibyl sibylle
    siddharth siddhi sidnei sidsel siebe siebren siegbert sietske sigit sigmar sigmund signhild sigvard siham sijbren silmara silvania silverio silvestre silvestro silviana silviu simao simina simran sinan sinclair sinesio sini
    sinikka sinziana siphiwe sira sirin sirkka sirkku siska siske siwoo sixten sixto sjaak sjef sjoerd sjoukje slavo slavomir slavomira smaragda smaranda smriti smruti snehal snorre soad sobieslaw socorro soha soham sohee soichiro
    soile soili soizic sojung sola soleh solene solenne solomiya somto sona sonam sondra soner songhee sonke sonnich sonsoles sonu sonya soohyun soojin soos sorin sorina sotiria sotiris souad soumia soumya sourav speranta spiros
    sreedhar sridevi srikanth srinath srishti staci stacie stamatia stamatis stanislao stanislawa stathis stavroula steen steffi stelios steluta stepan stepanka stephane sterian stevie stian stratos sture stylianos suad suat
    subagyo subash subhashree subodh subramanian sucheta suchitra sudarshan sudhakar sudheer sueli suely sugeng suha suhail suharto sujatha sujin sujit sukanya sukarno sukie sukran sukru sukumar sulaiman sulastri sule sulislaw
    sultan sumana sumarni sumeyye sumiko sumitra suna sunanda sundar sune sungho sunghoon sungmin sunhee sunitha sunmisola suong supriadi supriyanto surabhi suraj surbhi surya suryadi susann susanti sushant sushil sushma sushmita
    susie susilo susumu sutrisno suvarna suwarni suyanto suyash suzan suzy svante svatava svatopluk svend sverker svetozar svyatoslav swapna swapnil swara swarnali swathi syahrul syarifah sybren sylve sylvestre sylvette sylwester
    sylwia szabina szandra szczepan szczesny szebasztian szilard szilveszter szofia szonja taava tabatha tadao tadashi tadeas tadeo tadeu taeyang tage taha tahani tahsin taichi taimi tainara tais taisia taisiya taisto takafumi
    takahiro takako takanori takao takayuki takehiko takeo takis taku takuma takuro talal tales tallulah tamaki tamer tami tamiko tamila tamires tammi tammie tammy tamotsu tamunoba tancrede tancredi tanju tanmay tanuja tanushree
    tanvir taoufik tapiwa tarcisio tariro tarkan taro tasha tasos tatiane tatsuo tatsuro tatu tatum tauno tawfiq tayfun tayyar teemu teija tejal tejas tejaswini tekin telemaco telma telmo temel teodolinda teodosio teodozja teofil
    teofila teofilo teoman teppo teresina terez terezinha terho tero terrell terri terrie teruo tetsuo teun teunis tevfik thach thad thaddee thaina thaisa thales thalia thalita thamer thanasis thanos thao tharald thayna thembi
    themis theodosia theodule theofanis theologos theoni theophile therkel thibaud thien thijmen thijs thilo thinh thoa thoai thoko thomais thorbjorn thorkil thorkild thornton thuan thuc thulani thuong thuyet thyge thyra tianna
    tiburcio tien tihamer tiia tijen tijmen tika tilak tillie tilman tilo timoteo timotheos tineke tino tinuke tiphaine tisha titia titiana titilayo titouan titta tivadar tiziana tiziano tjeerd tjitske toader tobbe tochukwu togay
    toivo tokiko tolulope tolunay toluwalase toma tomasa tome tommi tommie tomohiro tomoya tonia tono tonya topi tor-arne torben torbjorg torborg tord torgny toribio torill torkel torleif tormod torstein torsti toru torvald tosca
    toshiaki toshie toshihiko toshihiro toshio toshiyuki tosin totok touko toussaint toyoko tracey traci tracie trandafir traude traute trenton tricia trijntje trina trine trinh tristram troels trude trung truong trupti truus
    tryfon trygve tsubasa tsukasa tsuneo tsutomu tsuyoshi tudor tudora tugay tugce tugrul tuija tuire tulay tulin tullia tullio tulsi tuncay tuomo tuong turan turgay turgut turid turkan turki tushar tuti tuuli tuyen tuyet twan
    tykhon tyko tymon tyrell tyson tytti uberto ubirajara ubiratan ubul udoka ufuk ugochi ugonna ugurcan ujjwal ulas ulisse ulisses ulker ulku ulli ulrik ulvi ulyana ulysse umair umberta umit umran umut unnati unni unto upasana
    upendra urbain urho urmila urpo ursel ursule urvashi utami utkarsh utku uttam uuno uyen uzoma vaclava vaggelis vahap vahit vaibhav vaidehi vaino vaios vaishali vaishnavi vajk valarie valborg valdeci valdecir valdemir valdir
    valdirene valdomiro valentyna valer valere valeriana valeriano valeriu valeriya valeska valma valmir valto vanderlei vanderson vanesa vania vanita vanni vappu vasanthi vasileios vasilisa vaso vassilis vasudha vasyl vatsal
    vazul vebjorn vedat veena veera vefa vegard vehbi veijo veit vellamo venancio venanzio vencel vendel vendela vendelin veniamin venkataraman venkatesh ventura verity verna verner vesa veta vetle veysel vianney vibe vibha
    vicencia vickie victoire victoriano victorien victorine victorita vidhi vieno viet viivi vijaya vijayalakshmi vikash vikrant viktorie viktoriia vildan vilem vilgot vilho viljo villads villy vilmar vilppu vimal vimala vinaya
    vincenc vincenzina vineet vineeta vinh vinicio vinicius vinita violaine viorel viorica vipin vipul virag viraj virendra virgile virgilia virginio viridiana visarion vishakha vishnu vishwanath vitalii vitaliy vitezslav vito
    vitoria vittore vittoriano vittorino vivaldo viveca viveka viviane vlada vladena vladimira vladlen vlado vladut vladyslava vlastimil vlastimila voichita voicu voitto volkhard volodymyr vratislava vrinda vrushali vsevolod vuong
    vyacheslava wacek wael wafa wafaa wagner wahid wahyuni wairimu waithera wakana walaa waldir walenty walentyna waleria walerian wally walmir walton waltraut wanderley wanderson wangari wangechi wati wawan wawrzyniec waylon
    wenceslao wenke weronika weslley weston whitney widad widodo widya wiebe wies wiktoria wilda wilfredo willeke willemien willian willis wilmer wiltrud winarno wincenty winfred winnie winona wioleta wira wiwik wladyslaw
    wladyslawa wobbe wonho wonjae woody woojin wulandari wybren wynne xanthe xanthi xaviere yagiz yago yahya yakov yakup yalcin yamini yana yann yannik yanti yasar yashoda yashwant yasin yasmine yassin yassine yasuhiko yasuhiro
    yasuo yasushi yasuyuki yatin yavuz yayuk yazan yefim yegor yehia yelda yelisey yeliz yemelyan yener yeonwoo yerim yesim yetkin yewon yfke yigit yilmaz ymke yngve yogesh yogi yogita yoichi yoji yolande yonca yoona yoonseo yoori
    yorgos yoshiaki yoshie yoshihiko yoshihiro yoshikazu yoshimi yoshinori yoshio yoshito yoshiyuki yosuke younes youngae younghee youngho youngjae youngmi youngsoo youri yousef yousra youssra yrjo yrsa yucel yudai yuichi yuichiro
    yuito yuji yujin yuka yukari yukie yukiko yukio yuko yuksel yulia yuliana yulianti yumiko yunho yuni yuniarti yunjin yunus yura yurdagul yurii yusaku yusuke yutaka yuuki yuzuki yvan zacarias zaccaria zachariah zacharias
    zacharie zafer zaheer zaher zahide zahir zahit zainal zakhar zakia zalan zamfir zamfira zander zbysek zbyslaw zdislava zdzislaw zdzislawa zeenat zeina zeinab zekai zekeriya zekiye zelia zelie zeliha zelmira zena zenaida
    zenaide zenilda zeno zenobia zerrin zeynel zigmund zikora zilda zinaida zinhle zinovia zita ziya zodwa zohra zoryana zouhair zsanett zsigmond zsofi zsombor zsuzsa zubeyde zuhair zuhal zulema zuleyha zulfikar zulkifli zulmira
    zumrut zuzka zygfryd zyta
    """.split()
)

# The same in other scripts, in small letters.
GIVEN_NAMES_ELSEWHERE = frozenset(
    """иван мария анна елена ольга наталья татьяна ирина светлана екатерина юлия анастасия дарья алексей александр сергей дмитрий
    андрей михаил владимир николай павел виктор юрий олег игорь максим роман денис евгений антон артём артем кирилл илья егор никита
    пётр петр фёдор федор василий григорий борис константин людмила галина вера надежда любовь ксения полина виктория алина марина
    валентина оксана тарас богдан андрій олександр сергій микола володимир олена наталія ірина юрій петро георги димитър николай
    стефан јован марко милош никола ана јелена милица драган
    γιώργος γιάννης δημήτρης κώστας νίκος μαρία ελένη κατερίνα αικατερίνη βασιλική σοφία παναγιώτης χρήστος αλέξανδρος ιωάννης γεώργιος
    محمد أحمد احمد علي عمر حسن حسين خالد يوسف إبراهيم ابراهيم عبدالله عبد مصطفى محمود سعيد سالم فاطمة عائشة مريم زينب خديجة نور سارة ليلى هدى
    رضا مهدی مهدي فهد سلطان ناصر طارق كريم ياسر سمير سلمى رانيا هند
    דוד משה יוסף יעקב אברהם יצחק שרה רחל רבקה לאה מרים דניאל מיכאל נועה תמר יעל אורי איתן אבי
    राज राहुल अमित प्रिया अनिल सुनील विजय संजय नेहा पूजा रवि कुमार मोहन सुरेश रमेश गीता सीता अर्जुन दीपक अंजलि
    สมชาย สมศรี สมหญิง ประเสริฐ วิชัย สุดา
    αθανάσιος αναστάσιος αναστασία ανδρέας αντώνης αντώνιος απόστολος αργύρης αριστείδης βασίλειος βασίλης
    γεωργία γρηγόρης δέσποινα δήμητρα δημήτριος διονύσης ειρήνη ελευθέριος ελευθερία εμμανουήλ ευάγγελος
    ευαγγελία ευγενία ευστάθιος ζωή ηλίας θανάσης θεοδώρα θεόδωρος θωμάς ιωάννα καλλιόπη κυριάκος κυριακή
    κωνσταντίνα κωνσταντίνος λάμπρος λεωνίδας μάριος μαργαρίτα μιχάλης μιχαήλ νικόλαος νικόλας πέτρος
    παναγιώτα παρασκευή παύλος σπυρίδων σπύρος στέλιος στέφανος σταματία σταύρος στυλιανός σωτήρης σωτηρία
    φωτεινή φώτης χαράλαμπος χριστίνα χρυσούλα аглая аделина алена алла алёна анастасія анатолий ангел
    ангелина анжела антонина арина арсений артур богдана в'ячеслав вадим валерий валерия ваня варвара василиса
    василь вероника владислав всеволод вячеслав вікторія віталій ганна геннадий гергана глеб григорій даниил
    данила дарина десислава диана дмитро евгения евдокия жанна захар зинаида злата зоряна зоя ивайло инга инна
    калина карина катерина кирило клавдия красимир кристина лариса лев леонид леся лидия лилия любомир макар
    мар'яна маргарита марк марія мар’яна матвей матвій мелашка милана милена мирослав михайло надія назар
    назарій нина одарка олександра олексій олеся орися остап павло петър петя пламен платон прохор радка раиса
    регина римма родион росица ростислав руслан савелий святослав семен семён снежана соломія софия софья
    софія станислав степан стоян стоянка таисия тамара тетяна тимофей тимур тихон тодор ульяна уляна филипп
    фома христо цветан эдуард эльвира эмма юліан юлія яков яна ярослав євген євгенія іван ігор ілля آمنة أسامة
    أسماء أشرف أمل أمين أنس أيمن إسماعيل إيمان بسمة بلال بندر تركي جميلة حاتم حمزة حنان دعاء دينا رائد رامي
    رشيد رغد رنا رهف ريم زهرة زياد سامي سعود سلمان سلوى سميرة شيماء صالح صفاء صلاح طلال عادل عبدالرحمن
    عبدالعزيز عبدالكريم عبدالملك عبير عصام عماد غادة غسان فؤاد فارس فيصل قاسم كمال لؤي لمى لينا ماجد مازن مالك
    محسن مراد مشعل معاذ منال منصور منى منير مها نايف نبيل نجلاء نزار نسرين نوال نورة هالة هاني هيثم وائل وفاء
    وليد يارا ياسمين يحيى""".split()
)
