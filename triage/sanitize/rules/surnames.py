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
