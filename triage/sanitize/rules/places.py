"""Where people live and are: postal addresses of many countries, and positions."""

from __future__ import annotations

from triage.sanitize.people import WORD, introduced
from triage.sanitize.rule import NUMBER, TOWN, Found, Rule
from triage.sanitize.validators import digits

_CAP = rf"(?:{WORD}|[0-9]{{1,3}}\.?)"
_US_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX"
    "|UT|VT|VA|WA|WV|WI|WY|DC|PR"
)


def _postal(found: Found) -> bool:
    return introduced(found) and not found.before().isalnum()


_MEASURES = (
    b"time", b"sec", b"ms", b"elapsed", b"score", b"loss", b"ratio", b"px", b"pixel", b"size", b"width", b"height", b"bbox", b"box", b"vector",
    b"range", b"interval", b"quantile", b"mean", b"std", b"shape", b"weight", b"color", b"colour", b"rgb", b"tensor", b"array", b"offset",
)  # fmt: skip


def _position(found: Found) -> bool:
    """A latitude and a longitude, alone: no two of many numbers, and no times or sizes."""
    first, _, second = found.value.replace(b" ", b",").partition(b",")
    latitude, longitude = abs(float(first)), abs(float(second.strip(b",")))
    if latitude > 90 or longitude > 180 or max(latitude, longitude) < 10:
        return False
    before, after = found.before(), found.after()
    if (
        after in (b",", b".", b"%")
        or found.before(2).rstrip()[-1:] in (b",", b"-")
        or found.before(3) == b", ("
    ):
        return False
    if before.strip() not in (b"", b"(", b"[", b"'", b'"', b":", b"=") or found.after(4)[:3] == b"), ":
        return False
    lead = found.before(24).lower()
    return not any(word in lead for word in _MEASURES)


def _numbered(found: Found) -> bool:
    return bool(digits(found.value)) and not found.before().isalnum()


PLACES: tuple[Rule, ...] = (
    Rule("geo", ("geo", "coord", "location", "point", "latlng", "lat", "gps", "position", "center"),
         r"(?i)(?:geo|coord(?:inate)?s?|location|point|lat_?l(?:o?ng|on)|gps|position|center|(?:near|at))[\"']?[ :=(\[{]{1,5}(?:SRID=[0-9]+;)?[\"']?(-?[0-9]{1,3}\.[0-9]{4,}[, ]+-?[0-9]{1,3}\.[0-9]{4,})"),
    Rule("address", ("calle ", "carrer ", "avenida ", "av. ", "via ", "viale ", "piazza ", "corso ", "rue ", "avenue ", "boulevard ", "place ", "rua ", "pra\u00e7a ", "travessa ", "ulica ", "ul. ", "aleja ", "al. ", "\u0443\u043b\u0438\u0446\u0430 ", "\u0443\u043b. ", "plaza ", "paseo ", "bulevardul ", "strada "),
         rf"(?:\b(?:Calle|Carrer|Avenida|Av\.|Via|Viale|Piazza|Corso|Rua|Pra\xc3\xa7a|Travessa|ulica|[Uu]l\.|Aleja|[Aa]l\.)|\xd1\x83\xd0\xbb(?:\xd0\xb8\xd1\x86\xd0\xb0|\.)|Plaza|Paseo|Strada|Bulevardul) (?:(?:de|del|della|da|do|dos|la|las|los|dei|di) ){{0,2}}(?:{_CAP} ?(?:de |del |da |la )?){{1,4}}(?:,| n\.?\xc2?[\xb0\xba]?)? ?[0-9]{{1,4}}[A-Za-z]?\b", None),
    Rule("address", ("rue ", "avenue ", "boulevard ", "place ", "chemin ", "all\u00e9e ", "impasse ", "quai "),
         rf"\b[0-9]{{1,4}}(?: ?(?:bis|ter))?,? (?i:rue|avenue|boulevard|place|chemin|all\xc3\xa9e|impasse|quai) (?:(?:de|du|des|la|le|les|d'|l') ?){{0,2}}{WORD}(?:[ \-]{WORD}){{0,3}}"),
    Rule("address", ("straat ", "str. ", "gracht ", "plein ", "laan ", "weg ", "gatan ", "gata ", "vej ", "gade ", "veien ", "katu ", "gasse ", "ring ", "damm ", "ufer "),
         r"(?:[A-Z]|\xc3[\x80-\x9e])[A-Za-z\x80-\xff\-]{2,30}(?:straat|str\.|gracht|plein|laan|weg|gatan|gata|vej|gade|veien|katu|gasse|ring|damm|ufer) [0-9]{1,4}[A-Za-z]?\b"),
    Rule("address", (" way", " st", " dr", " ln", " blvd", " pkwy", " hwy", " place", " close", " crescent", " circle", " parkway", " highway", " trail", " alley", " mews", " walk", " grove"),
         r"\b[0-9]{1,5}[A-Za-z]? (?:[NSEW]\.? )?(?:[A-Z0-9][A-Za-z0-9'\-]+ ){1,3}(?:Way|St|Dr|Ln|Blvd|Pkwy|Hwy|Place|Close|Crescent|Circle|Parkway|Highway|Trail|Alley|Mews|Walk|Grove)\b(?:[, ]+(?:Apt|Unit|Suite|Ste|#)\.? ?[0-9A-Z]+)?", _postal),
    Rule("address", ("box ", "postfach", "apartado", "bo\u00eete postale"), r"(?i:P\.? ?O\.? Box|Postfach|Apartado(?: de correos)?|bo\xc3\xaete postale) ([0-9][0-9 ]{1,8})"),
    Rule("address", ("\u53f7", "\u53f7", "\u756a\u5730", "\u4e01\u76ee", "\u865f"), r"(?:[\xe3-\xe9][\x80-\xbf]{2}){2,12}(?:\xe8\xb7\xaf|\xe8\xa1\x97|\xe9\x81\x93|\xe5\xb7\xb7|\xe7\x94\xba) ?[0-9]{1,5}(?:\xe5\x8f\xb7|\xe8\x99\x9f|\xe7\x95\xaa\xe5\x9c\xb0|\xe4\xb8\x81\xe7\x9b\xae)"),
    Rule("address", ("\ub85c ", "\uae38 "), r"(?:[\xea-\xed][\x80-\xbf]{2}){1,8}(?:\xeb\xa1\x9c|\xea\xb8\xb8) [0-9]{1,4}(?:-[0-9]{1,4})?"),
    Rule("address", ("\u0443\u043b. ", "\u0443\u043b\u0438\u0446\u0430 ", "\u043f\u0440. ", "\u043f\u0440\u043e\u0441\u043f\u0435\u043a\u0442 "), r"(?:\xd1\x83\xd0\xbb(?:\.|\xd0\xb8\xd1\x86\xd0\xb0)|\xd0\xbf\xd1\x80(?:\.|\xd0\xbe\xd1\x81\xd0\xbf\xd0\xb5\xd0\xba\xd1\x82)) (?:[\xd0\xd1][\x80-\xbf]| |-){3,40},? (?:\xd0\xb4\.? ?)?[0-9]{1,4}"),
    Rule("geo", ("pos=", "pos:", " @ ", "fused ", "[gps", "[network"), r"(?i)(?:\bpos[=:]| @|\[(?:fused|gps|network)) ?[(\[]?(-?[0-9]{1,2}\.[0-9]{4,}[, ] ?-?[0-9]{1,3}\.[0-9]{4,})\b"),
    Rule("geo", ("maps", "/@"), r"(?:[?&](?:q|ll|center|query)=|/@)(-?[0-9]{1,3}\.[0-9]{4,}(?:,|%2C)-?[0-9]{1,3}\.[0-9]{4,})"),
    Rule("geo", NUMBER, r"-?[0-9]{1,3}\.[0-9]{4,8},[ ]?-?[0-9]{1,3}\.[0-9]{4,8}", _position),
    Rule("geo", ("°", "º", "&deg;"), r"[0-9]{1,3}(?:\xc2\xb0|\xc2\xba|&deg;) ?[0-9]{1,2}(?:'|′|’) ?[0-9]{1,2}(?:\.[0-9]+)?(?:\"|″|''|”)? ?[NSEWO]?,? *(?:[A-Za-z]{3,16}[ :=]{1,2})?[0-9]{1,3}(?:\xc2\xb0|\xc2\xba|&deg;) ?[0-9]{1,2}(?:'|′|’) ?[0-9]{1,2}(?:\.[0-9]+)?(?:\"|″|''|”)? ?[NSEWO]?"),
    Rule("geo", ("°", "º"), r"[0-9]{1,3}\.[0-9]{3,}\xc2[\xb0\xba] ?[NSEWO][, ]+[0-9]{1,3}\.[0-9]{3,}\xc2[\xb0\xba] ?[NSEWO]"),
    # street, number, postcode and town, as most of Europe writes it
    Rule("address", TOWN, rf"{WORD}(?:[ \-](?:{WORD}|[a-z]{{2,4}})){{0,4}} [0-9]{{1,4}}[a-zA-Z]?(?:/[0-9]{{1,3}})?(?:,|,? )(?:[A-Z]{{1,2}}-)?(?:[0-9]{{4,5}}|[0-9]{{3}} [0-9]{{2}}|[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4}} [A-Z]{{2}}|[0-9]{{4}}-[0-9]{{3}}) {WORD}(?:[ \-]{WORD}){{0,2}}", _postal),
    Rule("address", TOWN, rf"{WORD}(?: {WORD}){{0,2}}, (?:{_US_STATES}),? [0-9]{{5}}(?:-[0-9]{{4}})?\b", _postal),
    Rule("address", tuple("区 市 町 村 省 县 縣 都 道 府 區".split()), r"(?:[\xe3-\xe9][\x80-\xbf]{2}){2,16}(?:区|市|町|村|郡|省|县|縣|路|街|巷|弄|區|里|号|號|丁目|番地|(?:の|ノ))(?:[\xe3-\xe9][\x80-\xbf]{2}){0,8}[0-9]{1,5}(?:(?:-|－|ー|丁目|番地|番|号|弄|室|单元|楼|棟|號|樓|之)[0-9]{0,5}){1,5}", _numbered),
    Rule("address", ("도 ", "시 ", "구 "), r"(?:(?:[\xea-\xed][\x80-\xbf]{2}){1,6}(?:특별시|광역시|도|시|군|구) ){1,3}(?:[\xea-\xed][\x80-\xbf]{2}){1,8}(?:로|길|동)(?:[0-9]{1,3}(?:번?길))? ?[0-9]{1,4}(?:-[0-9]{1,4})?"),
    Rule("geo", NUMBER, r"[0-9]{1,3}\.[0-9]{3,8} ?(?:°)? ?[NS],? {0,2}[0-9]{1,3}\.[0-9]{3,8} ?(?:°)? ?[EW]\b"),
    Rule("address", ("eircode",), r"(?i:eircode)[ :=\"']{1,3}([A-Z][0-9][0-9W] ?[0-9A-Z]{4})\b"),
    Rule("address", ("flat ", "apt ", "apt. ", "apartment "), rf"\b(?:Flat|Apt\.?|Apartment) [0-9]{{1,4}}[A-Z]?,? (?:[0-9]{{1,4}} )?{WORD}(?: {WORD}){{0,3}}", _postal),
    Rule("address", ("via ",), rf"\bvia {WORD}(?: {WORD}){{0,2}},? [0-9]{{1,4}}[a-z]?, {WORD}"),
    Rule("address", ("lives at", "resides at", "residing at", "located at", "home at", "address is", "moved to", "deliver to", "ship to", "pickup at", "wohnhaft", "habite", "domicilié", "vive en", "residente", "abita in", "mora na", "mora no"),
         r"(?i:lives at|resid(?:es|ing) at|located at|home at|address is|moved to|deliver to|ship to|pickup at|wohnhaft(?: in)?|habite(?: au)?|domicili\xc3\xa9e? (?:au|\xc3\xa0)|vive en|residente (?:en|in|na)|abita in|mora n[ao]) ([0-9]{1,5}[A-Za-z]? [A-Z\xc3][^\n,;:]{3,48}|[A-Z\xc3][^\n,;:]{2,40} [0-9]{1,5}[A-Za-z]?)\b"),
)  # fmt: skip
