"""Postal addresses by how each country writes its streets, houses and quarters."""

from __future__ import annotations

from triage.sanitize.people import WORD
from triage.sanitize.rule import CAPITALS, Found, Rule
from triage.sanitize.rules.things import is_thing

# Digits of the scripts that addresses are written in.
DIGIT = r"(?:[0-9]|\xd9[\xa0-\xa9]|\xdb[\xb0-\xb9]|\xef\xbc[\x90-\x99]|\xe0[\xa5\xa7][\xa6-\xaf]|\xe0\xb9[\x90-\x99])"
_CJK = r"(?:[\xe3-\xe9][\x80-\xbf]{2})"
_ARABIC = r"(?:[\xd8-\xdb][\x80-\xbf]|\xe2\x80\x8c){2,16}"
_HEBREW = r"(?:\xd7[\x80-\xbf]|[\"'\-]){2,14}"
_THAI = r"(?:\xe0[\xb8\xb9][\x80-\xbf])"
_CYRILLIC = r"(?:[\xd0-\xd2][\x80-\xbf]|-){2,24}"
_OF = r"(?:(?:de|del|da|do|dos|das|di|della|dei|la|las|los|el|lo|le|les|des|du|y|e|et|von|van|der|den|zur|zum|am|im|bana|kneza|sv\.?|św\.?|gen\.?) ){0,2}"
_NAME = rf"(?:{_OF}(?:{WORD}|[0-9]{{1,3}}[A-Za-z]?(?:-?[a-z]{{1,2}})?)\.?,? ){{1,5}}"
_NUMBER = r"(?:(?:#|No\.?:?|Nr\.?|nr\.?|N(?:º|°|o)\.?|n(?:º|°|o)\.?|[Nn](?:ú|u)m(?:ero)?\.?|[Nn]ro\.?|№|[Kk]m\.?|Kav\.?|Blok|Lote|s/n)[ :]?)?#?[0-9]{1,5}(?: ?[A-Za-z]\b)?(?: ?[\-/] ?[0-9]{1,4}[A-Z]?)?"
# What stands first; a name follows, then a number.
_FIRST = """Calle Cll Cl Carrera Cra Kra Cr Avenida Av Avda Diagonal Dg Transversal Tv Jir(?:ó|o)n Jr Pasaje Psje Pje Bv Bvar Bulevar Boulevard Blvd Camino Carretera Ctra Calzada Callej(?:ó|o)n
    Prolongaci(?:ó|o)n Privada Priv Cerrada Circuito Andador Ronda Rambla Paseo P(?:º|°) Plaza Pza C/ Urb Urbanizaci(?:ó|o)n Mz Manzana Conjunto Edificio Edif
    Rua R Alameda Travessa Largo Pra(?:ç|c)a P(?:ç|c)a Rodovia Rod Estrada Quadra Qd Setor SQN SQS SQSW SHIS SHIN CLN CLS QNM QNN Beco Ladeira Viela Vila
    Via Viale V\\.le Piazza P\\.(?:z)?za Piazzale Corso C\\.so Vicolo Lungomare Lungotevere Strada Contrada Borgo Salita Largo
    Rue Quartier Cit(?:é|e) R(?:é|e)sidence Immeuble Lotissement Route Cours Passage Square Hameau All(?:é|e)e Impasse Chemin
    Str Strada Bd Bdul B-dul Bulevardul Calea Aleea (?:Ș|S)os (?:Ș|S)oseaua Pia(?:ț|t)a Intrarea
    [Uu]l [Aa]l [Oo]s [Pp]l Plac Aleja Osiedle [Uu]lica
    Rruga Triq Bulevar Kneza Mz Manzana Urb Col Jir(?:ó|o)n Sector Barrio Cdla Ciudadela Condominio Bloque
    Jl Jln Jalan Lorong Lrg Lebuh Persiaran Gg Gang Taman Tmn Kampung Kg Komplek Perumahan Perum Dusun Desa
    Trg Ulica Cesta Obala Setali(?:š|s)te N(?:á|a)m(?:ě|e)st(?:í|i)"""
# What stands behind the name.
_LAST = """Caddesi Cad Sokak Soka(?:ğ|g)(?:ı|i) Sok Sk Bulvar(?:ı|i) Blv Mahallesi Mah Meydan(?:ı|i) Cd
    utca u út útja tér tere körút krt köz sétány rakpart sor dűlő
    n(?:á|a)m(?:ě|e)st(?:í|i) n(?:á|a)m t(?:ř|r)(?:í|i)da t(?:ř|r) ulice ul cesta ulica trg obala ulica put prilaz iela gatvė gatve g pr prospektas prospekts tn tänav mnt maantee pst vegur gata stræti braut"""
_ROADS = "Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Marg|Nagar|Colony|Way|Close|Crescent|Drive|Dr|Cross|Main|Layout|Salai|Path|Sarani|Chowk|Bazaar|Bazar|Enclave|Vihar|Puram|Garden|Gardens|Estate|Extension|Residency|Heights|Towers?|Apartments?|Society|Complex|Park|Quarters|Boulevard|Blvd|Highway|Circle|Terrace|Grove|Hills?|Phase|Sector|Block|Street [0-9]+|Road (?:No\\. ?)?[0-9]+"
_HOUSES = "H\\.? ?No|Hs\\.? ?No|House(?: No| Number)?|Plot(?: No)?|Flat(?: No)?|Door No|D\\. ?No|Shop(?: No)?|Villa|Erf|Stand|Unit|Blk|Block|Apt|Apartment|Suite|Room|Rm|Kothi(?: No)?|Qtr(?: No)?|Holding(?: No)?|Building|Bldg|Makan|Lot"
_RUSSIAN = "ул|улица|улице|пр-т|просп|проспект|проспекте|пр|пер|переулок|наб|набережная|бул|бульвар|б-р|ш|шоссе|пл|площадь|мкр|микрорайон|проезд|вул|вулиця|пров|провулок|бульв|просп|пл|площа|вуліца|ул\\.|көшесі|даңғылы|бул\\.|ж\\.к\\."


_CITIES = """London Paris Berlin Madrid Rome Roma Milano Napoli Torino Firenze Lisboa Lisbon Porto Wien Vienna Graz Zürich Zurich Genève Geneva Bern Basel Bruxelles Brussels Antwerpen Gent Amsterdam Rotterdam Utrecht Eindhoven
    København Copenhagen Aarhus Odense Oslo Bergen Trondheim Stavanger Stockholm Göteborg Malmö Uppsala Helsinki Tampere Turku Espoo Reykjavík Tallinn Tartu Rīga Riga Vilnius Kaunas Warszawa Kraków Wrocław Poznań Gdańsk Łódź
    Praha Brno Ostrava Bratislava Košice Budapest Debrecen Szeged București Bucuresti Cluj-Napoca Timișoara Iași Sofia Plovdiv Varna Beograd Belgrade Zagreb Split Ljubljana Maribor Sarajevo Skopje Tirana Tiranë Podgorica Prishtina
    Athens Athina Thessaloniki Istanbul İstanbul Ankara İzmir Bursa Antalya Nicosia Valletta Dublin Cork Galway Edinburgh Glasgow Manchester Birmingham Leeds Liverpool Bristol Cardiff Belfast
    Barcelona Valencia Sevilla Bilbao Zaragoza Málaga Lyon Marseille Toulouse Bordeaux Nantes Lille Strasbourg Hamburg München Köln Frankfurt Stuttgart Düsseldorf Leipzig Dresden Hannover Bremen Nürnberg
    Bogotá Medellín Cali Lima Quito Guayaquil Santiago Valparaíso Montevideo Asunción Caracas Panamá Managua Guadalajara Monterrey Puebla Córdoba Rosario Mendoza Salvador Recife Fortaleza Curitiba Brasília
    Cairo Nairobi Mombasa Lagos Abuja Accra Kumasi Dakar Abidjan Kampala Kigali Lusaka Harare Johannesburg Durban Pretoria Casablanca Rabat Tunis Algiers Dubai Doha Riyadh Jeddah Kuwait Manama Muscat Amman Beirut
    Mumbai Delhi Bengaluru Bangalore Hyderabad Chennai Kolkata Pune Ahmedabad Jaipur Lucknow Karachi Lahore Islamabad Rawalpindi Dhaka Chittagong Colombo Kathmandu Singapore Jakarta Bandung Surabaya Manila Makati Cebu Hanoi Bangkok
    Sydney Melbourne Brisbane Perth Adelaide Auckland Wellington Christchurch Toronto Montréal Vancouver Ottawa Calgary Chicago Boston Seattle Austin Houston Dallas Miami"""


def _ascii_lowered(word: str) -> str:
    """As texts are lower-cased for anchors."""
    return "".join(char.lower() if char.isascii() else char for char in word)


CITIES = frozenset(_CITIES.split())
_CITY = "|".join(_CITIES.split())
_CITY_ANCHORS = tuple(_ascii_lowered(city) for city in _CITIES.split())


def _street(found: Found) -> bool:
    """No `Flight 12, London`: what stands before the number is no thing."""
    return _stands(found) and not any(
        is_thing(word) or word.lower() in _COUNTED for word in found.value.split()[:2]
    )


_COUNTED = frozenset(
    b"""flight room gate platform terminal table seat level zone area version release route line bus train tram stop station node server rack host error code step phase round week day page chapter
    section figure item order ticket case task job run batch shard replica worker process thread attempt try part unit slot lane group class grade year may june july march april august january
    february september october november december mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday""".split()
)


def _types(words: str) -> str:
    return "|".join(words.split())


def _stands(found: Found) -> bool:
    before = found.before()
    return not (before.isalnum() or before in (b"_", b"/", b".", b"-"))


STREETS: tuple[Rule, ...] = (
    Rule("address", CAPITALS, rf"\b(?:{_types(_FIRST)})\.? {_NAME}(?:Sur |Norte |Este |Oeste |Sul |[NSEO]\.? )?{_NUMBER}(?:,? (?:{WORD}|[A-Z0-9]{{1,6}})){{0,4}}", _stands),
    Rule("address", ("c/", "calle ", "carrera ", "cra", "kra", "cll", "diagonal ", "transversal ", "jl. ", "jalan ", "sqn ", "sqs ", "quadra "),
         rf"(?:\b(?:Calle|Carrera|Cra|Kra|Cll|Diagonal|Transversal|SQN|SQS|Quadra|Qd)\.?|C/) ?(?:[0-9]{{1,3}}[A-Za-z]?(?: (?:Norte|Sur|Bis|Sul))?|{WORD}(?: {WORD}){{0,3}}),? ?(?:#|No\.?|N(?:º|°)|Bloco|Lote|Casa)? ?(?:[0-9]{{1,4}}[A-Z]?|[A-Z] (?:Ap|Casa)[a-z]* [0-9]{{1,4}})(?: ?- ?[0-9]{{1,3}})?", _stands),
    Rule("address", CAPITALS, rf"(?:{WORD} ){{1,3}}(?:{_types(_LAST)})\.?,? (?:[Nn]o ?[:.]? ?|[Nn]r\.? ?)?[0-9]{{1,4}}(?:[./]? ?[0-9A-Za-z]{{1,3}}\b)?", _stands),
    Rule("address", ("h.no", "hs. no", "house ", "plot ", "flat ", "door no", "d.no", "shop ", "villa ", "erf ", "stand ", "unit ", "blk ", "block ", "holding ", "lot "),
         rf"\b(?:{_HOUSES})\.? ?#?[0-9][0-9A-Z\-/]{{0,14}},? (?:[A-Z0-9#][^\n\"'|;:(){{}}]{{0,40}}, ?)?(?:[A-Z0-9][A-Za-z0-9\-/.]{{0,18}} ){{0,4}}(?:{_ROADS})\b[^\n\"'|;:(){{}}]{{0,60}}", _stands),
    Rule("address", ("road", "street", "marg", "nagar", "avenue", "lane", "colony", "way,", "drive", "close"),
         rf"\b[0-9]{{1,5}}[A-Z]?(?:[/\-][0-9A-Z]{{1,4}})?, (?:{WORD}|[A-Z]{{1,3}})(?: (?:{WORD}|[A-Z0-9]{{1,3}})){{0,3}} ?(?:Road|Rd|Street|St|Marg|Nagar|Avenue|Ave|Lane|Colony|Way|Drive|Close)\b(?:, {WORD}(?: {WORD}){{0,2}}){{0,3}}(?: ?-? ?[0-9]{{4,6}})?", _stands),
    Rule("address", ("floor", "house,", "building", "tower", "plaza"), rf"{WORD}(?: {WORD}){{0,2}} (?:Avenue|Road|Street|Way|Drive|Lane|Highway|Close), {WORD}(?: {WORD}){{0,2}} (?:House|Building|Towers?|Plaza|Centre|Center|Court|Mall), [^\n\"'|;]{{2,60}}", _stands),
    Rule("address", ("quartier ", "cité ", "lotissement "), rf"\b(?:Quartier|Cité|Lotissement) {WORD}(?: [A-Z0-9]\w*){{0,3}}, (?:Villa|Lot|Rue|Maison|Immeuble|Porte|Bloc)(?: n(?:º|°|o))? ?[0-9A-Z]{{1,5}}"),
    Rule("address", ("no. ", "no "), r"\b[Nn]o\.? ?[0-9]{1,4}[A-Z]?(?:[\-/][0-9]{1,4})?, ?(?:Jalan|Jln|Jl|Lorong|Persiaran|Lebuh|Taman)\.? [A-Z0-9][^\n\"'|;:(){}]{2,70}"),
    Rule("address", ("jl.", "jalan ", "jln"), rf"\b(?:Jl|Jln|Jalan)\.? (?:{WORD}|[A-Z]{{2}})(?: {WORD}){{0,3}},? (?:(?:No|Kav|Blok|Km|Lot|RT)\.? ?)?[0-9][^\n\"'|;:(){{}}\xe2]{{0,80}}", _stands),
    Rule("address", ("tie ", "kuja ", "polku ", "kaari ", "väylä ", "vägen ", "vegen ", "gränd ", "stigen ", "backen ", "bakken ", "allé ", "plads ", "torg ", "singel ", "kade ", "dijk ", "steeg ", "dreef ", "hof ", "platz ", "markt ", "stieg ", "chaussee ", "steig ", "wall ", "graben ", "zeile ", "promenade "),
         r"\b[A-Z\xc3][A-Za-z\xc3-\xc5\x80-\xbf]{3,24}(?:n?tie|kuja|polku|kaari|väylä|vägen|vegen|gränd|stigen|backen|bakken|allé|plads|torg|singel|kade|dijk|steeg|dreef|stieg|chaussee|steig|wall|graben|zeile) [0-9]{1,3}(?: ?[A-Za-z]\b(?: [0-9]{1,3})?)?(?:, [0-9]{4,5} [A-Z]\w+)?", _stands),
    Rule("address", CAPITALS, rf"\b[0-9]{{1,5}}[A-Z]? {WORD}(?: {WORD}){{0,3}}, {WORD}(?: {WORD}){{0,2}},? [0-9]{{4,6}}\b", _stands),
    Rule("address", _CITY_ANCHORS, rf"{WORD}(?:[ .]{{1,2}}(?:{WORD}|[a-z]{{1,3}}\.?)){{0,3}} [0-9]{{1,4}} ?[A-Za-z]?(?:/[0-9]{{1,3}})?, (?:[A-Z]{{1,2}}-)?(?:[0-9]{{3,5}}(?: [0-9]{{2}})? )?(?:{_CITY})\b", _street),
    Rule("address", ("-chome", "-ku", "-shi", "tokyo", "osaka", "kyoto", "yokohama", "nagoya", "sapporo", "fukuoka", "kobe"),
         rf"(?:[0-9]{{1,2}}-chome-)?[0-9]{{1,2}}-[0-9]{{1,2}}(?:-[0-9]{{1,2}})? {WORD},? (?:[A-Z][a-z]{{2,14}}-(?:ku|shi|cho|gun|machi)|Tokyo|Osaka|Kyoto|Yokohama|Nagoya|Sapporo|Fukuoka|Kobe)\b"),
    Rule("address", ("zona ", "carretera", "sector ", "lt. ", "lote "), rf"\b(?:[0-9]{{1,2}}[aª]?\.? (?:Calle|Avenida|Av\.?) [A-Z]?-?[0-9]{{1,2}}-[0-9]{{1,3}},? [Zz]ona [0-9]{{1,2}}|Km\.? [0-9]{{1,3}}(?:\.[0-9])? (?:de la )?Carretera [^\n\"'|;]{{3,40}}|Sector [0-9]{{1,3}}(?:-?[A-Z])?,? {WORD} [0-9]{{6}}|Mz\.? ?[A-Z0-9]{{1,3}},? (?:Lt|Lote)\.? ?[0-9]{{1,3}})"),
    # scripts of their own
    Rule("address", tuple(f"{name}{end}" for name in _RUSSIAN.split("|") for end in (" ", ".", ". ")) + tuple(f"{name.capitalize()}{end}" for name in ("ул", "пр", "наб", "вул", "бул", "пер") for end in (". ",)),
         rf"(?:^|[^\x80-\xff])((?:(?:г|м|город|місто|с|пос|обл)\. ?{_CYRILLIC},? )?(?i:{_RUSSIAN})\.? ?(?:{_CYRILLIC}\.?,? ?){{1,4}}(?:(?:д|дом|буд|будинок|зд|№)\.? ?)?[0-9]{{1,4}}(?:[а-я]|/[0-9]{{1,4}})?(?:,? ?(?:к|корп|стр|кв|оф|під|эт|этаж|подъезд)\.? ?[0-9]{{1,4}}){{0,3}})"),
    Rule("address", ("οδός ", "οδ. ", "λεωφόρος ", "λεωφ. ", "πλατεία ", "λ. "), rf"(?:οδός|οδ\.|λεωφόρος|λεωφ\.|πλατεία|λ\.) {WORD}(?: {WORD}){{0,3}} [0-9]{{1,4}}"),
    Rule("address", CAPITALS, rf"{WORD}(?: {WORD})? [0-9]{{1,3}}[A-Za-z]?, {WORD}(?: {WORD})?,? [0-9]{{3}} ?[0-9]{{2}}\b", _stands),
    Rule("address", ("〒",), rf"〒 ?{DIGIT}{{3}}[\-－‐ー]{{1,3}}{DIGIT}{{4}}(?: |\xe3\x80\x80)?(?:{_CJK}|{DIGIT}|[\-]){{0,40}}".replace("[\\-－‐ー]", "(?:-|－|‐|ー|−)")),
    Rule("address", ("都", "道", "府", "県"), rf"(?:東京都|北海道|大阪府|京都府|{_CJK}{{2,3}}県){_CJK}{{1,8}}?(?:市|区|郡|町|村)(?:{_CJK}|{DIGIT}|-|－){{0,24}}{DIGIT}(?:{_CJK}|{DIGIT}|-|－){{0,24}}"),
    Rule("address", ("省", "市", "区", "區", "县", "縣"), rf"{_CJK}{{2,4}}(?:省|市|自治区|特别行政区)?{_CJK}{{1,5}}(?:市|区|區|县|縣|镇|鎮|乡|鄉){_CJK}{{1,12}}?{DIGIT}{{1,5}}(?:号|號|弄|巷|幢|栋|棟|单元|室|楼|樓|层|樓之)(?:{_CJK}|{DIGIT}|-){{0,20}}"),
    Rule("address", ("道", "街", "路"), rf"(?:香港|九龍|九龙|新界|澳門|澳门){_CJK}{{1,10}}(?:道|街|路|徑|里){DIGIT}{{1,4}}(?:號|号)?(?:{_CJK}|{DIGIT}){{0,20}}"),
    Rule("address", ("شارع", "طريق", "حي ", "مبنى", "عمارة", "خیابان", "کوچه", "بلوار", "پلاک"),
         rf"(?:(?:مبنى|عمارة|شقة|فيلا|برج|رقم) ?{DIGIT}{{0,5}}،? ?)?(?:شارع|طريق|حي|خیابان|بلوار|کوچه|میدان) {_ARABIC}(?:(?:،|,)? (?:{_ARABIC}|{DIGIT}{{1,6}})(?:،|,)?){{1,6}}"),
    Rule("address", ("רחוב", "רח'", "שדרות", "שד'", "דרך "), rf"(?:רחוב|רח'|שדרות|שד'|דרך) {_HEBREW}(?: {_HEBREW}){{0,2}} [0-9]{{1,4}}(?:, {_HEBREW}(?: {_HEBREW})?)?"),
    Rule("address", ("ซอย", "ถนน", "หมู่", "แขวง", "ตำบล", "ต.", "ม.", "ถ."), rf"{DIGIT}{{1,4}}(?:/{DIGIT}{{1,4}})? ?(?:หมู่ที่|หมู่|ม\.|ซอย|ซ\.|ถนน|ถ\.|แขวง|ตำบล|ต\.)(?:{_THAI}|{DIGIT}|[ .]){{2,60}}"),
    Rule("address", ("বাড়ি", "বাসা", "রোড", "ফ্ল্যাট", "मकान", "गली", "सेक्टर", "प्लॉट", "फ्लैट", "वार्ड"),
         rf"(?:বাড়ি|বাড়ি|বাসা|ফ্ল্যাট|मकान|गली|सेक्टर|प्लॉट|फ्लैट|वार्ड)(?: (?:নং|नं|नंबर|संख्या)\.?)? ?{DIGIT}{{1,5}}(?:(?:,| )+(?:\xe0[\xa4-\xa7][\x80-\xbf]|{DIGIT}){{2,18}}){{1,5}}"),
)  # fmt: skip
