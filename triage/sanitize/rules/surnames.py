"""Family names that are rarely anything else: the most common ones of each country, as its statistics office counts.

Names that are also everyday words or names of software (Green, King, Walker, Jenkins) are left out.
"""

SURNAMES = frozenset(
    """smith johnson williams jones miller davis wilson anderson taylor thompson harris clark robinson lewis wright allen
    adams nelson campbell mitchell roberts phillips evans edwards collins stewart morris murphy morgan cooper peterson bailey
    richardson watson brooks bennett hughes sanders myers ross foster powell perry russell sullivan coleman henderson patterson
    hamilton graham reynolds griffin wallace hayes bryant gibson ellis stevens murray marshall owens mcdonald kennedy harrison
    simpson wagner ferguson cunningham armstrong elliott spencer gardner stephens payne hawkins dunn perkins hudson arnold
    matthews hansen fernandez hoffman lawson weaver burke carlson larson howell carr vaughn watkins barrett obrien jensen
    jacobs oconnor o'brien o'connor o'neill o'sullivan fitzgerald gallagher doyle byrne walsh kelly ryan mccarthy doherty
    kavanagh lynch quinn mcgrath mckenzie mackenzie macdonald mclean mcleod sinclair fraser robertson davies hopkins
    griffiths llewellyn pritchard bowen gareth winslow pemberton whitaker whitfield thornton langley holloway hargreaves
    hutchinson atkinson jefferson lincoln roosevelt washington lovelace winfrey vance sterling
    garcia rodriguez martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz reyes morales
    gutierrez ortiz ramos chavez mendoza ruiz alvarez castillo jimenez vasquez moreno herrera medina aguilar vargas romero
    fernández fernandes muñoz munoz navarro dominguez gil molina suarez delgado ortega marin rubio nuñez nunez iglesias
    santos santana silva souza sousa oliveira pereira ferreira almeida ribeiro carvalho lima barbosa rocha dias cardoso
    teixeira moreira correia pinto lopes marques martins araujo mendes cavalcanti figueiredo quispe mamani huaman salazar
    espinoza contreras sepulveda fuentes bravo guerrero cabrera acosta benitez villalobos zapata restrepo cardenas
    rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti deluca costa giordano mancini
    rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso ferrara galli martini leone longo gentile
    martin bernard dubois durand dupont moreau laurent lefebvre leroy roux fournier girard bonnet lambert fontaine rousseau
    vincent muller lefevre faure mercier blanchard garnier chevalier francois gauthier perrin robin clement morin nicolas
    tremblay gagnon bouchard gagne pelletier belanger lavoie fortin lapointe beaulieu desjardins ouellet
    muller müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer schaefer koch bauer richter klein
    wolf schröder schroeder neumann schwarz zimmermann krüger krueger hofmann hartmann lange schmitt werner schmitz krause
    meier lehmann schmid schulze maier köhler koehler herrmann könig mayer huber kaiser fuchs peters scholz möller moeller
    weiß weiss jung hahn schubert vogel friedrich keller günther guenther frank berger winkler roth beck lorenz baumann franke
    albrecht schuster simon ludwig böhm winter kraus martens schumacher krämer vogt stein jäger otto sommer gross seidel heinrich
    brandt haas schreiber graf dietrich ziegler kuhn pohl engel horn busch bergmann voigt sauer arnold pfeiffer lindner gruber
    hofer steiner leitner egger brunner moser ammann frei gerber zürcher baumgartner bachmann
    jansen janssen devries vries bakker visser smit meijer mulder bos peeters hendriks dekker dijkstra vermeulen brouwer
    willems claes goossens mertens wouters jacobs desmet maes
    hansen johansen olsen larsen andersen pedersen nilsen kristiansen jensen karlsen johnsen pettersen eriksen berg haugen
    hagen johannessen andreassen jacobsen dahl halvorsen henriksen lund sorensen sørensen rasmussen petersen madsen
    kristensen christensen thomsen poulsen mortensen østergaard ostergaard johansson andersson karlsson nilsson eriksson
    larsson olsson persson svensson gustafsson pettersson jonsson jansson hansson bengtsson lindberg lindstrom lindström
    lindqvist lundberg bergstrom bergström holmberg korhonen virtanen mäkinen makinen nieminen mäkelä hämäläinen laine
    heikkinen koskinen järvinen jarvinen lehtonen saarinen niemi heikkila tamm saar kask ozols berzins kazlauskas
    nowak kowalski kowalska wisniewski wiśniewski wiśniewska wojcik wójcik kowalczyk kaminski kamiński kamińska lewandowski
    lewandowska zielinski zieliński szymanski szymański wozniak woźniak dabrowski dąbrowski kozlowski kozłowski jankowski
    mazur kwiatkowski krawczyk piotrowski grabowski pawlowski michalski nowicki adamczyk dudek wieczorek brzęczyszczykiewicz
    novak novák nováková novotny novotný dvorak dvořák svoboda cerny černý prochazka procházka kucera kučera vesely veselý
    horak horák nemec němec pokorny hajek hájek jelinek kral král ruzicka horvath horváth kovac kováč varga toth tóth nagy
    kovacs kovács szabo szabó kiss molnar molnár nemeth németh farkas balogh papp takacs juhasz
    popescu ionescu popa pop dumitru stan stoica gheorghe rusu munteanu matei marin ivanov petrov dimitrov georgiev nikolov
    hristov stoyanov todorov ivanova petrova sidorov sidorova smirnov smirnova kuznetsov kuznetsova popov popova vasiliev sokolov
    mikhailov novikov fedorov morozov volkov alekseev lebedev semenov egorov pavlov kozlov stepanov nikolaev orlov andreev
    makarov zakharov shevchenko kovalenko bondarenko tkachenko kravchenko oliynyk melnyk boyko koval jovanovic jovanović
    petrovic petrović nikolic nikolić markovic marković djordjevic stojanovic ilic horvat kovacevic kovačević babic babić maric
    zupancic krasniqi gashi hoxha berisha papadopoulos papadopoulou georgiou dimitriou nikolaou ioannou economou
    yilmaz yılmaz kaya demir çelik celik sahin şahin yildiz yıldız yildirim öztürk ozturk aydin aydın özdemir ozdemir arslan
    dogan doğan kilic kılıç aslan cetin çetin kara koc koç kurt ozkan şimşek simsek
    cohen levy mizrahi peretz biton dahan friedman katz goldberg goldstein rosenberg shapiro bergman weinstein feldman
    mohamed mohammed ahmed ali hassan hussein ibrahim khan abdullah abdallah mahmoud salah mostafa elsayed el-sayed farouk
    mansour khalil haddad khoury nasser saleh aziz rahman hossain akhtar begum chowdhury siddiqui qureshi malik sheikh hashemi
    ahmadi hosseini karimi rezaei moradi jafari benali bouazza diallo traore traoré keita coulibaly ndiaye diop sow
    okafor okonkwo okoye adeyemi adebayo ogunleye eze nwosu balogun abubakar musa mensah owusu boateng asante osei appiah
    kamau mwangi njoroge otieno odhiambo wanjiku kipchoge mutua nkosi dlamini ndlovu khumalo mokoena mthembu naidoo pillay
    botha venter pretorius bekele tesfaye haile moyo banda phiri chanda
    patel sharma singh kumar gupta verma mehta shah reddy rao nair iyer menon pillai chatterjee banerjee mukherjee
    bhattacharya chakraborty sengupta bose ghosh agarwal aggarwal jain kapoor khanna malhotra chopra bhatia saxena mishra
    tiwari pandey dubey trivedi joshi desai deshmukh kulkarni patil jadhav naik hegde raghunathan subramanian krishnan venkatesh
    iyengar srinivasan ramanujan raman perera fernando silva jayawardena bandara rajapaksa
    nguyen nguyễn tran trần pham phạm huynh huỳnh hoang hoàng phan vu vũ dang đặng bui bùi duong dương santoso wijaya
    setiawan hidayat kurniawan susanto siregar nasution bautista delacruz villanueva dimaculangan magsaysay
    wang zhang chen liu zhao huang zhou wu xu sun zhu guo lin luo gao zheng liang xie tang deng feng zeng peng xiao tian dong
    pan yuan cai jiang du yu cheng wei ye lü ren shen yao lu fu zhong cui liao fan shi jin jia qiu hou zou xiong hao qin
    wong chan cheung leung chow kwok kwong lau ng chu yeung tsang tam chiu hui woo tsui
    sato suzuki takahashi tanaka watanabe ito itō yamamoto nakamura kobayashi kato yoshida yamada sasaki yamaguchi matsumoto
    inoue kimura shimizu hayashi saito saitō mori abe ikeda hashimoto yamashita ishikawa nakajima maeda fujita ogawa goto okada
    hasegawa murakami kondo ishii sakamoto endo aoki fujii nishimura fukuda miura okamoto matsuda nakagawa nakano harada
    kim lee park choi jung kang cho yoon jang lim han oh seo shin kwon hwang ahn song hong jeong kwak
    doe roe""".split()
)

# Less common ones, in ASCII letters where they are Latin.
RARER_SURNAMES = frozenset(
    """aagaard aalbers aaltonen aarts aasen abad abate abbasi abdelaziz abdi abernathy abiodun abouzeid abrahamsen achebe achieng achterberg ackerman ackermann adamski adebisi adegoke adeleke ademola adeniyi adeola adesanya adiputra
    aerts afolabi agapiou aguado aguilera aguinaldo agyeman ahlberg ahlgren ahlstrom ahola ahonen aichinger aidoo ainsworth ajayi akande akar akbas akbulut akdogan akerblom akers akgul akinola akinyi akiyama akkaya akkerman akpan
    aksoy aktas akuffo akyol akyuz alami alaoui alarcon alawi albanese albrechtsen albu albuquerque alcantara aldana aldridge alexandrou alexiou alfano alford alfredsson alkan allard allred almasri almgren almqvist alonso alonzo
    alsaud alston altamirano altintas altmann alvarado amadi amano amato amico amoah amoako amponsah amrani amsler anagnostou anane anastasiou anaya anders anderton andrade andreasen andreoli andrzejewski angeli angelopoulos
    anggraini anghel angulo anokye ansah ansari antal antonelli antonescu antoniou antonopoulos anttila aoyama aparicio apostol apostolopoulos apostolou appel appelt applegate arai araki aranda arce archuleta ardiansyah arellano
    arendt arevalo argyropoulos arias arikan armendariz arnaud arora arrieta arrington arroyo arvidsson asai asamoah asano aschenbrenner ashcroft ashour ashworth asplund assmann assuncao atalay atas athanasiou attia atwood aubert
    auerbach auger augustyniak aune avci averill avila avram awad awasthi axelsson ayala aydemir ayers aygun ayodele ayoub aytac azikiwe baas babatunde bacani bachmeier backstrom badawi bader badr baena baert baez bagshaw bahr
    baier bainbridge bajaj bajwa bakema bakke bakken bakos bakri balagtas balakrishnan balan balaz balci balderas baldi baldini baldwin balint balla ballard ballarini baltazar balzer banas bancroft bansal banyai barahona barajas
    barakat baran baranowski barbe barbier barbu barclay barlow barna barnett baron barone barre barrera barrientos barrios barrow barta bartczak barthelemy bartholomew barton bartos bartosik bartsch basaran basile baskan basu
    bateman battaglia battersby battisti baudry baumeister baxter bayerl bayram bazin beardsley beasley beaumont becerra bech bechtel beckers beckham beckwith bedi bediako bednarczyk bednarek beek beekman behnke behrendt behrens
    bejan bektas bellamy bellini bello bellucci beltran benard benavides bendtsen benecke benedetti bennani benson bentley berardi berends berge bergkvist berglund bergqvist bergsma bergvall berki berkowitz bermudez bernal bernier
    berntsen berrada berrocal bertelsen berthelot berthelsen berthier berti bertin bertolini bertram besnard besson bethke bettini beukers bevilacqua bhagat bhalla bhandari bhardwaj bhargava bhasin bhat bhatt bhattacharjee
    bhattacharyya bielak bielecki bielik bierbaum bigot bijlsma biko bilde bilgin billard bingham bingol biondi birchall birkeland biro bissett biswas bjerke bjerre bjerregaard bjorklund bjorkman blaauw blackburn blackmore
    blackwell blackwood blaga blaha blakely blakemore blaszczyk blazek bledsoe blevins blom blomberg blomqvist blondel blum blythe boakye boatwright bobrowski bock bodin bodnar bodo boersma bogaard bogaert bogaerts bogdan bognar
    bogucki bohlen bohn bolton bonde bonetti bonfanti bonilla bonnema bonsu boogaard boon boothroyd borchert borkowski bornemann boros borowski borrego borst bosma bosman bosmans bostrom boswell bosworth boucher boukhari boulay
    bouma bourdon bourgeois boutin bouvier bouwman bouzid bowers bowles boyce boyer bozkurt braam brabec bradbury braddock bradford bradshaw braganca brambilla brandl brandon branson braswell bratu brauer braun breathnach
    breckenridge breivik brekke brennan breton breuer brewster briand bridgewater briggs brinkmann brodin broek broekhuizen bromley brompton broughton brownlee bruggeman bruhn bruijn bruin brun brunelli brunet brunetti bruni
    brunson bruun brychta brzezinski buchanan bucher buchholz buchner buckingham buckley bucur budiman buijs buisson bukowski bulbul bullard bundgaard bures burger burgess burkhardt burlacu burnett burnham burrell burroughs burton
    burzynski bustamante bustos butterfield buttner buurman byers caballero cabral cadwallader cahill cakir cakmak calabrese calderon caldwell calinescu callaghan callahan callens calloway calvi calvillo calvo camacho camara
    cameron camus canizares cano cantrell capek capistrano cappelletti carbajal carballo cardinali cardona carli carlier carlisle carlsen carlsson carmichael carmona carpentier carranza carraro carrasco carre carretero carrillo
    carrington carrion carstairs carstensen cartier cartwright carvalhal carver casares caselli castaneda castellanos castelli castro catalano catapang cattaneo cavalli cavallo cavanaugh cazares ceballos ceccarelli cechova cedillo
    celebi celis cerda cermak cerutti cervantes cevik ceylan chacon chadha chadwick chakravarty chamberlain chambon chandra chandran chapman charbonnier charles charpentier charrier chatham chatterji chattopadhyay chaturvedi
    chatzis chaudhary chauhan chauvet chauvin chawla cheever cherif cheruiyot chesterfield chhabra chiba chiluba chiriac chirila chisholm chmielewski chojnacki chovanec chowdhary chraibi chretien christiaens christiansen
    christodoulou christou churchill cichocki ciesielski cieslak cinar ciobanu cipriani cirillo cisneros cisse claassen claiborne clancy clausen clayton cleary clegg clements clemmensen clerc clifton coban coenen coffey cojocaru
    colas colbert colclough colin collado collet compton connolly conrad conroy constantinescu constantinou conway cools copeland coppens coppola cordero cordes cordier cornelissen cornu cornwell corradi corral correa cortes
    cortez cosentino coskun costello coulon courtney courtois covarrubias coyle crabtree craciun craddock cranston crawford crenshaw cristea cristiani crockett croitoru cromwell cros crosby csaki csonka cuellar cuevas cullen
    culpepper cunniffe curran custodio cuypers czajka czajkowski czarnecki czerwinski daalder dabbagh daems dagohoy dagostino daher dahlberg dahlgaard dahlgren dahlin dahlke dahlmann dahlqvist dahmani dalgaard dalton daly damen
    damgaard damian damiani damico danielewski daniels danielsen danielsson dankwa darko darlington darmawan darwish dasgupta daskalakis datta daum davenport davidsen davidson deak deangelis deaton deboeck decker declercq decoster
    deelen degen degroote dejonghe dekkers delacroix delahaye delaney delarosa delattre delgadillo dellacqua delmas delosreyes delossantos demarco demirci demirel demirkan demirtas dempsey dengler denham denk deol deprez derosa
    derossi desantis descamps deschamps deshpande desimone desmedt devaux devereaux devereux devine devlin devos dewan dewhurst dewulf dhar dhawan dhillon dhondt diaconu diana diarra diawara dickens dickerson dickinson dideriksen
    didier diehl dieng dierckx dietz dietze dijk dijkman dillard dillon dimaandal dimopoulos dincer dinler dinu diouf dirks dittmann dittrich dixit dixon dobos dobre dobrescu dobrowolski dobson doerr dolezal doll domanski domenech
    donahue donaldson donati donkor donnelly donoghue donovan doorn doshi dostal dougherty douglas dragan draghici dragomir drechsler dreher dreyer driessen driscoll dros drouet drozd drummond drzewiecki duarte duda dudas dudley
    duenas duffy dufour dugan duggan duijn dumas dumont dunbar duncan dunham dunlap dunlop dunne dupuis dupuy durak duran durmaz durmus dusek dutt dutta dutton duval dvorakova dwyer dziedzic eastwood eberhardt ebert ebina
    eccleston echeverria eckert economopoulos eder edlund edstrom edvardsen effiong egan egbe eguchi ehlers ehrlich eichhorn eichler eide eijk eisele ekberg eker ekici eklund ekman ekpo ekstrom elamrani eldin elgamal elhadj
    eliasson elizondo elkhatib ellingsen ellington ellsworth elmas elmasry elmore elnaggar elshazly elsworth elzinga emecheta emerson enache endicott engberg engdahl engelhardt engelmann engels engen englund engstrom enomoto
    enriquez epstein eraslan ercan erdelyi erdem erdogan eren ergin erickson erkan eroglu ersoy ertas ertekin escalante escamilla escobar escobedo esen eskildsen eskola esparza espinosa esposti esquivel esser esteban estevez
    estrada estrella etienne etxeberria evangelista evensen everett evers evrard ewing exposito ezeigbo fabbri faber fabian fabiani fabre fadel fagerlund fahmy fairbanks fairchild fairfax fairweather faivre falcone falk falkner
    falkowski farah fares farias farina farnham farnsworth farrell farrington fasano faulkner fauzi fawcett fawzi fayed fazekas fedor feeney feenstra feijen feldmann fenwick ferrandiz ferrante ferraro ferrer ferretti ferri ferro
    fiala fichtner fiedler figueroa filip filipek filipiak filippi filippou filser finlay finnegan finnerty fiorentini fioretti fiorini firmansyah fitzsimons fjeld flaherty flanagan fleury flohr florea flynn fodor fofana fogarty
    fojtik fokkema foley forsberg forslund forsman forster forsyth fossum fotheringham foucher franceschi franchi frandsen franken fransson franzen fratczak frazier frederiksen fredriksen fredriksson freitag frey freytag frias
    friberg friedrichs friel fritsch fritz frobisher froehlich frolich fucik fuhrmann fukui fukushima fulop fulton fumagalli funaki funke furst furukawa gaal gabler gabor gabrielli gabrielsson gaffney gaillard gaitan gajda gajdos
    gajewski galan galang galanis galazka galbiati galbraith galindo gallardo gallego gallegos galloway galvan galvez gamboa gandhi ganguly gannon ganter garay garg garofalo garrett garrido garza gascoigne gascon gaspar gatdula
    gatlin gatti gaudin gautier gavrila gawron gebauer gebhardt gebre gedik geerts geiger geisler gelderen gentili geoghegan georgakis georges georgescu georgiadis geraci gerard gerhardsson gerhardt gerlach germain germann gerrits
    gerritsen getachew geyer ghanem ghazali gherman ghezzi ghita gianni giannini giannopoulos gielis giese gijsbers gilbert gilchrist gill gillespie gillet gilliam gilmore giraldo giraud gitau githinji giuliani giusti gjerde
    gkikas gladstone glaser gloeckner glover glowacki godard godoy godwin goebel goedhart goetz gokce gokhale goksu goldmann golebiewska golebiewski gonthier gonzales goodman goodwin gopal gopalakrishnan gorecki gorman gorski
    goswami gottschalk gotz goyal graaf grabarczyk grabner grady grahn granados granberg grandjean granlund granstrom grantham grassi grasso grayson greenberg greenwood gregersen gregoire grenier gresham grewal griffith grigore
    grigorescu grijalva grillo grimaldi grimes grimm grimshaw grochowski grogan groothuis grosser grote groth grover gruenewald grunewald grzelak guarino guerin guevara guevarra guha guichard guidi guillaume guillen guillet
    guillon guillot guillou guimaraes guinto gulati gulbrandsen guler gultom gulyas gunawan gundersen gunduz gungor gunnarsson gunther gupton gurbuz gurrola gursoy gustavsson gutowski guven guyot guzman gyamfi haag haaland haan
    haase haberl habib habte hackett haddadi hadfield hafner hagedorn hagemeister hager haggerty haglund hakala hakansson hakimi halabi halim hallberg hallgren halliday halloran hallstrom halmosi hamada hamann hamdan hamdi hamel
    hamers hammad hammarstrom hammond hamon hampel hampton hamza hanafi hancock handa handayani handley hanke hanlon hanna hansmann hanson harahap harbi hardcastle hargrove hariri harju harlow harmsen haro harrington hartigan
    hartl hartley hartwig haruyama harwood haryanto hashim hasibuan hastings hatem hathaway hattori hauck haug haugaard hauge haugland hauser havel havlicek havranek hawthorne hayakawa haynes hayward healey healy heathcote hebert
    hecht hedberg hedegaard hedin hedlund hedman hedstrom heemskerk heffernan hegedus hegyi heider heijden heijmans heil heilmann heim hein heine heinemann heinonen heinz heinze heise helgesen helland hellberg heller hellmann
    hellstrom hellwig hemingway hempel hendrickx henkel hennessy hennig henriksson henry hensel herbert heredia hering hermanns hermans hermansen hermansson hermawan hermosillo herold herrington hertel herve herzog hesse heuer
    heuvel hewitt hickey hickman hidalgo higashi higginbotham higgins higuchi hijazi hildebrandt hille hilliard hiltunen hino hinojosa hinton hinz hirai hirano hirata hirose hirsch hirvonen hizli hjelm hjort hlavac hoarau hobbs
    hodges hodgson hoekstra hofbauer hoff hofman hofstra hogan hogberg hogenboom hohmann hojlund holbrook holcomb hollander hollingsworth hollis hollmann holm holman holmes holmgren holmqvist holmstrom holst holzer holzmann
    honeycutt hoogendoorn hoogeveen hoogland hooper hoppe horie horiguchi horiuchi horne horst horton hoshino hoskins hosni hosokawa houghton houlihan houtman howells hrubesova hruby hruska hubbard hubert hubner hudak huddleston
    hudec huerta huet huffman huisman huizinga hulst hultgren humbert hume hummel hurley hurtado hutapea hutchins hutchison huth huybrechts hyde hyvonen iacob iancu ibanez ibarra ichikawa idrissi igarashi ihde ihejirika iida
    iijima ikonen ikpe ilagan iliadis ilie illes imai imbert inagaki indrawan ingham ingram innocenti ioannidis iordache iordan iqbal irving irwin isaacs isaksen isaksson ishibashi ishida ishiguro ishihara iskandar isobe
    israelsson issa istrate iversen iwamoto iwasaki iwata izumi jabbar jaber jablonski jacinto jacob jacobsson jacquet jacquot jager jagielski jahn jaimes jaiswal jakab jakobs jakobsen jakobsson jakubowski jalloh jallow jamieson
    janda janiak janicki jankowska janousek janowski janzen jaramillo jaros jarosz jasinski jaskulski jasso javellana jaworski jayaraman jaziri jedrzejewski jeffries jennings jepsen jespersen jessop jindal jirak jiricek
    johannesson johannsen johar johnsrud johnston jokela jokinen joly jonasson jonker jonkers jorgensen jorritsma josefsson josephson jost jourdan jozwiak juarez juhl julien juma jumaa junker juntunen justesen kabbaj kabiru
    kaczmarczyk kaczmarek kaczor kadam kadar kadlec kagame kahl kahraman kalina kalinowski kalkan kallio kalogeropoulos kalra kamath kamble kamel kamphuis kanaan kane kaneko kangas kania kannan kapadia kaplan kapucu kapur
    karabulut karaca karadag karadeniz karagiannis karakas karakaya karakoc karam karaman karamanlis karanja karaosmanoglu karatas karg karhu kariuki karjalainen karlberg karnik karpinski karvonen kasahara kaspar kasper kasprzak
    kasprzyk kassem katayama katona katsaros katsura kaufmann kaul kauppinen kaur kavak kawabata kawaguchi kawai kawakami kawamoto kawamura kawano kazantzakis kazmierczak keane kearney kedzierski keegan keenan keil keizer kekkonen
    kelemen keles kellerman kempen kendrick kenny kerekes kershaw kersten keskin kessler kester kettunen khalifa khandelwal khatib khatri khattab kher kibaki kibet kikuchi kilgore kilinc killian kimani kincaid kingsley kinnunen
    kinoshita kinsella kiplagat kiprop kipruto kiraly kirby kirchner kirkland kirkpatrick kirkwood kirsch kitagawa kitamura kitano kivela kivinen kjaer kjaergaard kjeldsen kjellberg klaassen klaus klausen klemm klimek klinger
    klomp klooster kloosterman klose kneipp knol knoll knox knudsen knutsen knutsson kobayakawa kocak kocaman kocsis koech koelewijn koenen kofoed koga kohl kohli koike koivisto koizumi kojima kokkinos kokkonen koksal kolar kolb
    kollar kolodziej kolodziejczyk komatsu kondou konieczny koning konishi konrad konstantinidis kooistra koopman koopmans kopec kopecky kopp korkmaz koroma korpela kortelainen korver kose kosinski koskela kosta koster kostrzewa
    kothari kotsis koubek koudelka koutsoubas kovacik kovar kowalewski kowalik koyama kozak kozel kozma kraan kragh krajcovic krajewski krakowiak kramer kranenburg kranz kratochvil krebs krejci kreutzer krijgsman krishnamurthy
    krishnamurti kristoffersen kristoffersson kriz krizek krogh krol kroll kropacek kruger kruijff krupa kruse kruszewski krzeminski kubacki kubat kubes kubiak kubicek kubo kubota kucharski kuhlmann kuhne kuhnert kuijpers kuiper
    kuipers kujawa kukkonen kukreja kumagai kuno kunz kunze kurata kurek kuria kuroda kurokawa kurosawa kurowski kurtulus kusnadi kusuma kusumawati kuwabara kvapil kyriakidis kyriakou laakso laaksonen labbe lachmann lacombe
    lacroix lacson lafferty lagarde lagerqvist lagman laguna lahlou lahoud lahtinen laird laitinen lakatos lamb lamba lambrou lammers lampe lamy landin landry landwehr langdon langeland langford langlois laporte lappalainen lara
    larkin laskowski lassen lasserre lassiter laszlo latham latimer laugesen launay laurel lauridsen lauritsen laustsen lauwers laux lavelle lawal layton lazar lazaridis lazzari lazzarini leary leavitt leblanc lebreton lechner
    leclerc leclercq lecomte ledesma leduc leeuw leeuwen lefort legaspi legrand lehtinen lehto lehtovaara leighton leiva lejeune lelievre lemaire lemke lemmens lemoine lemonnier lems lemus lennon lenoir lenz leonard leonhardt
    leoni lerma leroux lestari leszczynski leveque levine levinson leysen leyva liebermann liebig limon linares lindahl lindblad lindblom lindemann linder lindgren lindh lindholm lindman lindroos lindsay lindsey lindvall linssen
    lipinski lippert liska lisowski litchfield litmanen ljung ljungberg ljunggren llamas llorente locatelli lockhart lockwood loeffler lofgren lofton logan lohmann lohr loikkanen lomax lombard lombardo lonergan longfellow longhi
    lorenc lorente lorentzen lorenzen lorusso losada loughran lovell lowery lozano lualhati lubis luca lucas lucero luciani luders ludlow luevano luijten lujan lukac lukacs lukasik lumibao lunde lundgren lundin lundkvist lundmark
    lundqvist lundstrom lupu lupulescu luthra lutz maalouf maas maassen mabrouk macapagal macaraeg macarthur macgregor machacek machida macias mackay mackintosh macleod macmillan madan madden madej madlangbayan madrigal magee
    maggi maggiore magnani magnusson maguire mahajan maharani maheshwari mahfouz mahieu mahjoub mahler mahoney maillard maina mainardi majchrzak majer majewski majumdar makai makela makena makitalo makki makori makowski makris
    malabanan malani maldonado malecki malinowski mallet malm malmberg malmgren malmstrom malone maloney manalastas manalo manansala mancuso mandal mandela manders manea manfredi mangano mangubat manna manninen manole manolis
    mansouri mantovani manzanares marasigan marchal marchese marchesi marchetti marcin marciniak marcinkowski marconi marcos marechal marek mares marie marik marinescu marini marion mariotti mariën markiewicz markkanen markou
    markowski marlowe marquardt marquez marra marroquin marsden marston martel martensson martinelli martinet martino martinsen marty maruyama marzano masek masi masika masri masse masson masuda matejka mateo mateos mathew mathews
    mathiasen mathiesen mathieu mathis mathisen mathur matias matousek matsubara matsui matsunaga matsuo matsuoka matsushima matsushita mattei matthes mattila mattsson matuszewski matyas maulana maurer mauri maury mavridis mavros
    maxwell mayfield mayorga mazurek mazurkiewicz mazza mazzoni mbeki mboya mbugua mcadams mcallister mcbride mccabe mccain mccall mccann mccartney mcclain mcclellan mcclure mcconnell mccormack mccormick mccoy mccracken mcculloch
    mccullough mcdaniel mcdermott mcdowell mcelroy mcfadden mcfarland mcgee mcgill mcginnis mcgovern mcgowan mcgregor mcguire mchugh mcintosh mcintyre mckay mckee mckenna mckinley mckinney mcknight mclaughlin mcloughlin mcmahon
    mcmillan mcnally mcnamara mcneil mcneill mcnulty mcpherson mcqueen meerman meeuwissen meijden meijers meireles mejia mekki meldgaard melendez melgar melin meloni melville mena menard menchaca mendel mendez menendez menzel
    mercer meredith merino merkel merlo merriweather merz meszaros metz metzger meulen meunier michaelis michailidis michalak michalopoulos michaud michel micheli michels michiels middleton miehe mielcarek mielke miettinen mihai
    mihaila mihailescu mihalache mihalik mihaly mikkelsen mikkola mikkonen mikolajczyk mikulas milani milburn milewski millan millard millet milligan millington miranda mireles miron mitcham mitra mitrea mitsotakis miyagi miyake
    miyamoto miyata miyazaki miyazawa mizuno mlynar moberg mocanu mochizuki moen moens moffat mohacsi mohanty mohr moilanen mojica moldovan molenaar moll moller molloy monaghan monahan monge monnier monrad monroe monroy montague
    montalvo montanari montano montefusco montemayor montero montes montgomery monti montiel montoya moonen mooney moorcroft morandi moraru moravec mordaunt morel morelli morera moriarty morimoto morioka morita moriyama moro
    morrison mortensson mortier mortimer motta moulin moussa moya mugabe mughrabi mugo muhlbauer muigai mukai mukasa mukherji mulcahy muldoon mulligan mullins mulvaney mulwa mulyono munch munguia munk munro munshi munyua murai
    muraoka murata murawski murdoch muresan muriithi murillo murithi muriuki murthy musgrave musil mustafa mustonen muszynski mutai muthee mutiso mwai mwale mwamba mwanza myhre myklebust nabulsi nadler naess nagai nagano nagao
    nagarajan nagata naggar nagpal nagtegaal najera najjar nakagami nakahara nakai nakamoto nakanishi nakao nakata nakatani nakayama nanda napitupulu narang narayan narayanan nardi narita narula nascimento nasrallah nassar
    natarajan naughton naumann nava navarrete navratil nawrocki nayak naylor nazari ncube ndegwa nderitu neacsu neagu nedelcu nedergaard negri nekola nelissen nemes neri neubauer neuman nevarez neveu neville newcomb newell newsome
    ngugi ngwenya nica nicholls nicholson nickel nickerson nicolae nicolescu nicoletti niedzwiecki nielsen niemann niemela niemiec nieto nieuwenhuis niewiadomski nigam niiranen nijhof nijland nikolaidis nilssen nishi nishida
    nishikawa nishioka nishiyama nishizawa niskanen nissen nistor nita nitsche nixon njenga nkomo nkrumah noack noda noguchi nolan noll nolte nomura nonaka noordhoek norberg nordby nordin nordlund nordstrom norgaard noriega
    norlander normand norris northcott norwood nosek nousiainen novoa novy nowacki nowakowski ntuli nugraha nugroho nurmi nurminen nuttall nwachukwu nyambura nyberg nyborg nyerere nygaard nygard nylander nylund nyman nystrom
    oakley obafemi obasanjo obeid oberg oberhofer obermuller oberoi obiora ocampo ocasio ochiai ochieng ochoa oconnell odegaard odeh odinga odonnell odonoghue odukoya oertel ofori ogasawara ogbonna ogilvie ogunbanjo ogundipe oguz
    ohara ohlsson ohman oikonomou oishi ojala ojeda ojha okamura okazaki okeefe okeke okello okocha okoro okpara oksanen okuda okumura okur oladipo olah olaniyan olatunji olausson olawale olayinka oleary olejniczak olejnik olesen
    oliva olivares olivas olivera olivier olivieri olivo ollivier olmedo olofsson olson olszewski oltean olvera omalley omondi omori oneal oneil ongun onishi onoda ontiveros onyango onyekwere oosterhout oosterveld oostrum oota
    opoku oprea oquendo oravec orban ordonez orellana orlandi orlowski oros orourke orozco orsini orta osawa osborn osborne oshea oshima osinski oskarsson osorio ostermann ostertag ostlund ostman ostrowski otahal otani otero
    othman otoole otsuka ottaviani otte otten ouwehand overbeek overgaard overton oviedo owczarczyk owczarek owino oxley oyama oyelowo oyinlola ozaki ozan ozawa ozbek ozcan ozer ozgur ozkaya ozmen ozsoy oztas ozyurt paananen
    pacheco pacini pacquiao paddington padgett padilla padmanabhan padron paez pagani pagano pagulayan paisley pala palacios palfi palmer palmieri palmqvist palomino paluch palumbo panagiotou panagopoulos panayiotou pandit pandya
    panganiban pangaribuan pangilinan panicker panico panjaitan panlilio pantoja paolini papachristou papadakis papadimitriou papageorgiou papakonstantinou papanikolaou pape pappas paraschiv paraskevopoulos pardo paredes parekh
    parikh parisi parodi parra parrish parsons partanen pasanen pascu pascual pasquali pasquier pastor pastore pasztor pataki pathak patrascu pattison pauli paulsen paulsson pauw pauwels pavan pavel pavelka pavesi pavlicek
    pavlidis pavlik pavlou pawar pawlak pawlik pawlowska paxton payton peabody pearce pearson pedraza pedroza pekkala pelayo pelkonen pellegrini peltier peltola peltonen penaloza pendleton pennington peralta pereda perlas permana
    perret perrier perrone perrot pesce pesek pesonen petcu petermann petersson petitjean petre petrescu petridis petrik petropoulos petrou pettigrew pfaff pfeifer phadke phelan phelps philippe piasecki picard pichler pichon
    pickett pieper pieters pietrzak pietrzyk pietsch pilarski pineau pineda pinedo pinkerton pinna pintea pinter piras pirvu pisani pisano pitkanen pizarro plank plomp plummer podgorski poel pohan poindexter poirier polacek
    polakova polanco polat poli polman pomeroy ponce poncet pons ponsonby popiolek popovici popp porras porterfield portillo posada pospisil postlethwaite postma potier poulain pozzi pradana pradhan prakash pranoto prasad prasetyo
    pratama prati preciado prendergast prescott preston preuss prevost priestley prieto prins pritchett probst proietti proost przybyla przybylski ptak puente puga pugliese puglisi pulkkinen purba purcell puri purnama purnomo
    purohit putra pytel qabbani qahtani qasem quaye quesada quezada quiambao quigley quimbo quinlan quinones quintana quintanilla quintero quiroga quiroz quizon raab rachidi rachman racz raczkowski radebe radke radomski radu
    radulescu raes rafferty raghavan rahal rahardjo rahmawati raina rainsford rajagopal rajagopalan rajan rajput raleigh ramachandran ramadan ramadhan ramakrishnan ramanathan ramaswamy ramesh ramsay ramsbottom ramsey randolph
    ranganathan rangel rankin rantala rantanen raptis rasanen rascon rashid rastogi rathore ratti rausch raut rautio ravenscroft ravn rawal rawat rawlings rayburn raymond raynaud recio reddi reeves rehm reichelt reichert reid
    reijnders reilly reimann reimer reinecke reinhardt reinhold remy renard renaud renault rendon renner renshaw renteria rentería requena reyna reynaud reynold reynoso reznicek rhodes riad richard richards riddell ridgeway riedel
    rieger rietveld riha riis rijken rijn riley rincon rinne rios ripley ritchie riva rivas rivero riviere rizki rizzi robbins roberson robledo robles robson rocca rocchi rodarte rodgers roebuck roeder rogalski roger rogowski
    rohde rojas roldan roldán rolland rollins roloff romney ronnberg rooij rooney roos rosales rosario rosati roselli rosen rosenbaum rosenbloom rosendahl rosengren rosenkilde rosenqvist rosenthal rosinski rosmalen rossignol
    rother rothschild rotich rottmann rousek rousset rowland rowley royer rozanski rudnicki rudolph rueda ruelas rugama ruggeri ruggiero ruotsalainen rupp ruppert rusli rutherford rutkowski ruto rutten ruud ryba rybak rybar
    rybicki rydberg ryden ryder rystrom rytkonen saadi saarela saari saarikivi saavedra sabbagh sabol sabri sachdev sachdeva sackey sadek sadowski saenz saether saez saglam sahinbas sahlin sahni sahu saiz sakaguchi sakai sakamaki
    sakurai salama salcedo salcido saldana salem salgado salinas salmela salminen salo salonen salonga salvi samaha samaniego samaras sambo sampath samson samuels samuelsen samuelsson sanabria sandberg sandell sander sanderson
    sandor sandoval sandqvist sandstrom sandu sandvik sanford sangiovanni sankar sankara sanmiguel sanna sanogo santacruz santamaria santhanam santillan santini saputra sarabia saragih sarin sarkar sarkozi sarmiento sarr sarris
    sartori sasa sathe sattler sauceda saunders sava savas savolainen savu sawada sawyer saxton sayed schaap schafer schaller scharf schaub scheepers schellekens schenk schepers scherer schick schiller schindler schipper schlegel
    schlosser schlueter schluter schmidbauer schmidtke schmied schnabel schneidewind schofield scholten schonfeld schott schou schouten schrader schramm schreiner schreuder schroder schroeter schuler schuller schultz schultze
    schumann schutte schwab schwabe schwartz schweizer scotti scully sebek sebti seck sedgwick sedlacek sedlak seeger segers seguin sehgal seifert seiler seitz seki sekiguchi selby sellin senft seppala serafini serban serna
    serrano seshadri seth sethi sevim seymour sezer sforza shaarawi shackleton shaheen shami shamsi shankar sharaf sharif shastri shaughnessy shehu sheldon shelton shenoy sheridan sherman sherwood shetty shibata shibuya shimada
    shimamura shimoda shinde shinohara shipley shirai shiraishi shroff shukla siahaan sianipar sibal sibanda sidebottom sidhu siebert sienkiewicz sievers sikora sikorski silalahi silitonga sillanpaa silvestri sima simacek
    simanjuntak simatupang simbolon simek simion simko simmonds simmons simonetti simons simonsen simunkova sinaga sinha sipos sirbu siroky sirvio sithole sitompul sitorus situmorang sivaraman sivertsen siwek sjoberg sjodin
    sjogren sjolander sjostrand sjostrom skaar skala skelton skiba skoglund skov skovgaard skovsgaard skowron skowronski skrzypczak slager slama slater slattery slavik slimani sloan slowik sluis smallwood smeets smejkal smet
    smeyers smid smits smolinski smythe snijders snyder soare sobczak sobczyk sobolewski sobotka socha soderberg soderlund soderqvist soderstrom sodhi soekarno soininen sokol solanki solberg solheim soliman somani somerville
    somogyi sondergaard sonmez sonnenberg sonoda soos sorensson sorlie sorrentino sosa sosnowski sotelo soto sottomayor soukup southgate soyinka soylu sozen spaans spacek spanos spath speight spence spijker spinelli spyrou späth
    srinivas srivastava staal stachowiak stadler stafford stam stamatiou stamford stanciu standish stanek stanescu stanhope stankiewicz stanley stansfield stanton stapleton starkey stasiak stavrou steadman steele steen stefan
    stefanescu stefani stefaniak stefanik stefanou stefanski steffen steffens steffensen steinbach steinmetz stelmach stenberg stene stenstrom stepanek stephan stephenson stepien stepney stiller stockl stockton stoddard stoian
    stolk stolz storch straten straub strauch strauss strickland strnad strobel stromberg stroud strzelecki stubbs stumpf subramaniam subramanyam suciu suda sudirman sugawara sugden sugimoto sugita sugiura sugiyama suharto
    suherman suhr sukarno suleiman sulistyo sumarno sumida sumner sumulong sundaram sundaresan sundberg sunde sundin sundqvist sundstrom suominen supriyadi suresh suri surma surya suryadi susilo sustr sutanto sutcliffe sutherland
    suto sutrisno sutton suwandi svanberg svedberg svendsen svenningsen svenningsson swaminathan swamy swann swart sweeney swiatek swiderski swinkels swinnen sykes sykora sylla syversen szafranski szalai szanto szczepaniak
    szczepanik szczepanski szczygiel szekely szekeres szentgyorgyi szewczyk szilagyi sznajder szostak szucs szulc szwed szydlowski szymczak tabata tachibana tadesse tafoya tagore taguchi taha tahiri tajima takada takagi takahara
    takano takayama takeda takemoto takemura takenaka takeshita taketa takeuchi takizawa talbi talbot talwar tamas tamayo tambo tambunan tamimi tampubolon tamura tanabe tanase tandon taneja tangen tanguy taniguchi tarantino tari
    tasci tashiro taskin tata tauber tawfik tazi teichmann tejada tejeda tekin tekinalp tellez tello templeton tennant tennyson teodorescu terada terasaki terpstra tesch teshome tessier tetteh teunissen texier thackeray thakkar
    thakur thapar thatcher theis theodoridis theodorou theroux theunissen thibault thiel thiele thieme thies thijssen thistlethwaite thoma thomassen thoresen thornbury thorne thorpe thorsen thorsson thuresson thurman thygesen thys
    tiedemann tierney tikkanen tillman timm timmerman timmermans timmons timonen todd toft toivonen tokunaga tolentino tolonen toma toman tomasek tomaszewski tomczak tomczyk tominaga tomita tomlinson topal tornqvist torok torrez
    tosi tosti tosun toure toussaint townsend toyoda tramontano trane trautmann travers treadwell trehan trejo tremaine trevelyan trevino trevisan triantafyllou tripathi trnka trommer tsakiris tsamis tsipras tsubaki tsuchiya tsuda
    tsuji tsukamoto tuazon tucek tudor tudose tuna tunc tuncer tuominen turan turco turek turkmen turunen tuttle tutu tveit twomey tyndall tyson uche uchida uchiyama ueda uehara uematsu ueno ugur uhlig ulbrich ulfsson ulloa
    ullrich ulrich ulusoy umali umeda umeh umehara unal underhill underwood ungureanu unsworth upadhyay upchurch upton urbanek urbaniak urbanski urbina urena uribe urquhart urrutia ursu uslu usman usta usui utama utami uysal
    vaananen vacek vadasz vaidya vainio vaisanen vajda valadez valdes valdez valdivia valek valenti valentin valentini valenzuela valko valladares vallee vallejo vallejos valles valmonte vamos vana vandamme vandenberg vandenberghe
    vandenbroeck vanderbilt vanderlinden vandevelde vandewalle vandyke vanek vaneyck vang vanhanen vanhoof varela varghese vargova varley varma vartiainen vasconcelos vasile vasileiou vasilescu vasiliadis vasseur vasudevan vaswani
    vauquelin vavra veen veenstra veit velasco velasquez velazquez velez velthuis venalainen venegas venkataraman venkatesan venturi venturini verbeek verbeke verbruggen verburg vercammen vercruysse verdi verdier verdugo verduin
    verduzco veres verghese verhaegen verhagen verhelst verheyen verhoeven verkerk verlinden vermeer vernacchia verschoor verschuren versteeg verstegen verstraete vervoort vestergaard vesterinen vetter vickers viera vigil vigneron
    villadsen villafuerte villagomez villalpando villani villareal villarreal villasenor villegas vincze vink vinther virk visan visscher viswanathan vitali vitek vitiello vlachos vlad vladescu vlasak vlasceanu vlcek vliet vodicka
    voelker vogl vohra voicu voigtlander volker vollmer volpe vonderheide vondracek vonk voogd vorosmarty voss vrba vroom vuorinen vyas wachira wachter wada waddell wadhwa wadsworth wagenaar wagenknecht wagh wahba wahlberg
    wahlgren wahlstrom wainwright wakabayashi wakefield walcott walczak waldmann waldron wallgren wallin walraven walton walz wanjala wanyama warburton wardani wardhana warmerdam warrington wasilewski waterhouse waterman waterston
    waweru wawrzyniak weatherby weatherford weerd weidner weigand weigel weijers weiland weinberg weiner weinmann weir weldu weller wendt wentworth wenzel wesley wesolowski wessel westberg westbrook westerberg westerlund westin
    westman westphal westra wetzel wharton wheatley wheeler whelan whitcomb whitehead whiteley whitlock whitman whitmore whittaker whitten whittington wiberg wibowo wichmann wickham wickstrom widjaja widodo wiedemann wiegand
    wieland wierenga wieringa wiersma wierzbicki wiggins wijk wijnands wijnen wijngaarden wikander wiklund wikstrom wilcox wilczek wilhelm wilk wilke wilkerson wilkes wilkins willard willett williamson willis willmann willoughby
    wilmot wilms winata winberg wingfield winterbourne winther winthrop wiranata wirth witkowski witt witte witteveen wittmann wlodarczyk wojciechowski wojtkowiak wolak wolfe wolff wolski wolstenholme woodhouse woodruff woodson
    woodward woolf woolley wortham worthington woude woudstra wrobel wroblewski wrona wulf wunderlich wuyts wyatt wynn wyns wysocki xenakis yadav yalcin yamagata yamagishi yamakawa yamamura yaman yamanaka yamane yamaoka yamasaki
    yamauchi yamazaki yanez yano yarborough yardley yassin yasuda yavuz ybarra yeager yeboah yener yigit ylonen yokota yokoyama yoneda yoshihara yoshikawa yoshimoto yoshimura yoshino yoshioka youngblood yousef youssef yuasa yucel
    yudhoyono yuksel yulianto yumul zaharia zahn zahradnik zahrani zaidi zajac zaki zakrzewski zaleski zalewski zambrano zamfir zamora zamudio zander zanella zanetti zani zanon zanten zappa zarate zaremba zarzycki zatta zavala
    zaveri zawadzki zdunek zeeuw zeidler zelaya zelenka zeleznik zeller zeman zengin zepeda zervas zidan zidane zidek zieba zielinska zijlstra zimmerman ziolkowski zito zobel zoller zolnierek zouaoui zsoldos zucca zuidema zuma
    zuniga zurawski zurita zwaan zwolinski zych
    αθανασίου αλεξίου αντωνίου βασιλείου γεωργίου δημητρίου ιωάννου καραγιάννης κωνσταντίνου μιχαηλίδης
    νικολάου οικονόμου πέτρου παπαδοπούλου παπαδόπουλος παπανδρέου παππάς σταματίου χριστοδούλου абрамов
    абрамова авдеев авдеева агафонов агафонова агеев агеева акимов акимова аксенов аксенова аксёнов
    александров александрова алексеев алексеева андреев андреева андрианов андрианова анисимов анисимова
    антипов антипова антонов антонова артамонов артамонова архипов архипова афанасьев афанасьева баженов
    баженова балашов балашова баранов баранова белов белова белоусов белоусова беляев беляева беляков белякова
    бережной березин березина бирюков бирюкова блинов блинова бобров боброва богданов богданова богомолов
    богомолова большаков большакова бондарев бондарева борисов борисова бородин бородина бочаров бочарова
    булгаков булгакова быков быкова васильев васильева виноградов виноградова винокуров винокурова владимиров
    владимирова власов власова волков волкова воробьев воробьева воробьёв воронин воронина воронов воронова
    воронцов воронцова гаврилов гаврилова галкин галкина герасимов герасимова гнатюк голованов голованова
    головин головина голубев голубева гончаров гончарова горбачев горбачева горбачёв горбунов горбунова
    гордеев гордеева горелов горелова горшков горшкова грачев грачева грачёв григорьев григорьева гришин
    гришина громов громова гуляев гуляева гусев гусева давыдов давыдова данилов данилова дементьев дементьева
    демидов демидова демин демина денисов денисова дмитриев дмитриева дорофеев дорофеева дроздов дроздова
    дьяконов дьяконова дёмин евдокимов евдокимова егоров егорова елисеев елисеева емельянов емельянова еремин
    еремина ермаков ермакова ермолаев ермолаева ерофеев ерофеева ершов ершова ефимов ефимова ефремов ефремова
    жданов жданова жуков жукова журавлев журавлева журавлёв заболотна заболотний завьялов завьялова зайцев
    зайцева захаров захарова зверев зверева зимин зимина зиновьев зиновьева золотарев золотарева золотарёв
    золотов золотова зорин зорина зотов зотова зубков зубкова зубов зубова зуев зуева иванов иванова игнатов
    игнатова игнатьев игнатьева ильин ильина исаев исаева исаков исакова казаков казакова калашников
    калашникова калинин калинина калмыков калмыкова карасев карасева карасёв карпов карпова кириллов кириллова
    киселев киселева киселёв климов климова князев князева ковалев ковалева ковалёв кожевников кожевникова
    козлов козлова козырев козырева колесников колесникова колесов колесова колосов колосова комаров комарова
    кондратьев кондратьева коновалов коновалова константинов константинова копылов копылова корнеев корнеева
    корнилов корнилова коровин коровина королев королева королёв коротков короткова костин костина котов
    котова коцюбинська кочетков кочеткова кравцов кравцова краснов краснова круглов круглова крылов крылова
    крюков крюкова кудрявцев кудрявцева кудряшов кудряшова кузин кузина кузнецов кузнецова кузьмин кузьмина
    кулаков кулакова кулешов кулешова куликов куликова куприянов куприянова лавров лаврова лазарев лазарева
    лапин лапина лаптев лаптева лапшин лапшина ларин ларина ларионов ларионова лебедев лебедева левин левина
    леонов леонова леонтьев леонтьева литвинов литвинова лобанов лобанова логинов логинова ломоносова лосев
    лосева лукин лукина лукьянов лукьянова львов львова любимов любимова майоров макаров макарова макеев
    макеева максимов максимова малышев малышева мальцев мальцева маркин маркина марков маркова мартынов
    мартынова масленников масленникова маслов маслова матвеев матвеева медведев медведева мельников мельникова
    мещеряков мещерякова миронов миронова митрофанов митрофанова михайлов михайлова михеев михеева моисеев
    моисеева молчанов молчанова морозов морозова муравьев муравьева муравьёв мухин мухина назаров назарова
    наумов наумова некрасов некрасова нестеров нестерова нефедов нефедова нефёдов нечаев нечаева никитин
    никитина никифоров никифорова николаев николаева никольская никольский никонов никонова никулин никулина
    новиков новикова носов носова овсянников овсянникова овчинников овчинникова огородникова орлов орлова
    осипов осипова павлов павлова панкратов панкратова панов панова панфилов панфилова парфенов парфенова
    пахомов пахомова петров петрова петровская петровский петухов петухова платонов платонова плотников
    плотникова поздняков позднякова покровская покровский поляков полякова пономарев пономарева пономарёв
    попов попова потапов потапова прокофьев прокофьева прохоров прохорова родин родина родионов родионова
    рожков рожкова романов романова ростов ростова румянцев румянцева русаков русакова рыбаков рыбакова рыжов
    рыжова рябов рябова савельев савельева савин савина сазонов сазонова самойлов самойлова самсонов самсонова
    сафонов сафонова сахаров сахарова свиридов свиридова седов седова селезнева селезнёв селиванов селиванова
    семенов семенова семёнов сергеев сергеева серов серова сидоренко сидоров сидорова симонов симонова
    скворцов скворцова смирнов смирнова соболев соболева соколов соколова соловьев соловьева соловьёв сорокин
    сорокина софронов спиридонов спиридонова старостин старостина степанов степанова столяров столярова
    субботин субботина суворов суворова суханов суханова тарасов тарасова терентьев терентьева терехов
    терехова тимофеев тимофеева титов титова тихомиров тихомирова тихонов тихонова ткачев ткачева ткачёв
    токарев токарева третьяков третьякова трифонов трифонова трофимов трофимова ульянов ульянова устинов
    устинова уткин уткина ушаков ушакова фадеев фадеева федоров федорова федосеев федосеева федотов федотова
    филатов филатова филимонов филимонова филиппов филиппова фирсов фирсова фокин фокина фомин фомина фролов
    фролова фёдоров харитонов харитонова хохлов хохлова цветков цветкова черкасов черкасова чернов чернова
    чернышев чернышева чистяков чистякова шаповалов шаповалова шестаков шестакова шилов шилова широков
    широкова шишкин шишкина шмелев шмелева шмелёв шубин шубина щербаков щербакова щукин щукина юдин юдина
    яворський яковлев яковлева""".split()
)
