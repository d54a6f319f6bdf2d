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
    สมชาย สมศรี สมหญิง ประเสริฐ วิชัย สุดา""".split()
)
