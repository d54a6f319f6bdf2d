"""Papers, plates, names and telephones by a form of their own, or by their form and a word near them."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

from triage.sanitize.identities import alone, by_luhn, czech, european_trader, irish, portuguese
from triage.sanitize.people import FULL, WORD, introduced, is_common, is_given, is_person, is_surname
from triage.sanitize.rule import CAPITALS, NUMBER, Found, Rule
from triage.sanitize.rules.naming import NO_KOREANS
from triage.sanitize.rules.scripts import CHINESE_SURNAMES
from triage.sanitize.rules.speech import SERVICE_USERS, person_login
from triage.sanitize.rules.streets import CITIES
from triage.sanitize.rules.things import is_said_of_fields, is_thing
from triage.sanitize.validators import digits, luhn, stands_alone

# As countries stamp them.
_PLATES = "|".join((
    r"[A-Z]{2}[ \-]?[0-9]{1,2}[ \-]?[A-Z]{1,3}[ \-]?[0-9]{4}",  # India
    r"[A-Z]{2}[0-9]{2} ?[A-Z]{3}",  # United Kingdom
    r"[A-Z]{2}[ \-]?[0-9]{3}[ \-]?[A-Z]{2}",  # France, Italy
    r"[0-9]{4}[ \-]?[BCDFGHJKLMNPRSTVWXYZ]{3}",  # Spain
    r"[A-Z]{3}[ \-]?[0-9][A-Z0-9][0-9]{2}",  # Brazil, Argentina, Sweden
    r"[A-Z]{1,3}[ \-][A-Z]{1,2} ?[0-9]{1,4}",  # Germany
    r"[A-Z]{1,2}-[0-9]{2,3}-[A-Z]{1,3}",  # Netherlands
    r"[A-Z]{1,2} [0-9]{1,4} [A-Z]{1,3}",  # Indonesia
    r"[0-9]{2} ?[A-Z]{1,3} ?[0-9]{2,4}",  # Türkiye
    r"[0-9]{1,4} ?[A-Z]{2} ?[0-9]{2}",  # Côte d'Ivoire, and more of West Africa
))  # fmt: skip
_HELD_BY = "employee customer client patient person user member student teacher guest passenger driver tenant contact applicant".split()
# A mark alone would wake a rule at each byte of what is hidden already.
_CELL_BEFORE = tuple(
    f"{sign}{blank}{quote}\x1a" for sign in ",;|\t" for blank in ("", " ") for quote in ("", "'", '"')
)
_CELL_AFTER = tuple(f"\x1a{quote}{sign}" for sign in ",;|\t" for quote in ("", "'", '"'))
NAMED = rf"(?:{FULL}|\xea[\xb0-\xbf][\x80-\xbf](?:[\xea-\xed][\x80-\xbf]{{2}}){{2}}|[\xeb-\xec][\x80-\xbf]{{2}}(?:[\xea-\xed][\x80-\xbf]{{2}}){{2}}|(?:[\xe4-\xe9][\x80-\xbf]{{2}}){{1,3}} (?:[\xe3-\xe9][\x80-\xbf]{{2}}){{1,3}}|(?:[\xe4-\xe9][\x80-\xbf]{{2}}){{2,4}})"
_OF_VEHICLES = "anpr|plate|vrm|barrier|parking|vehicle|fastag|challan|fahrzeug|véhicule|vehículo|veículo|veicolo|voertuig|pojazd|kendaraan|araç"
_NUMBERED_PEOPLE = """kunde kunden customer customers client clients cliente clientes patient patients patienten paciente pacientes
    pazienti member members mitglied mitglieder abonne abonné abonnés versicherte medlem"""
_CARDS = "card|pan|bin|luhn|unionpay|visa|maestro|mastercard|karte|carte|tarjeta|cartao|cartão|carta"


_AFTER_HIDDEN = tuple(
    f"\x1a{sign} {to} " for sign in ("", "'", '"') for to in ("to", "an", "til", "till", "para")
)


def _plate(found: Found) -> bool:
    return stands_alone(found) and found.before() != b"-" and found.after() != b"-"


def _long_card(found: Found) -> bool:
    number = digits(found.value)
    return alone(found) and luhn(number) and number[:1] in b"3456"


def _listed_name(found: Found) -> bool:
    """`HOLT^MARIA^J`, the way health messages part a name."""
    words = found.value.replace(b"^", b" ").split()
    return len(words) > 1 and (is_given(words[1]) or is_surname(words[0]) or found.value.count(b"^") > 1)


def is_cell_of_a_name(found: Found) -> bool:
    """A person's name in a cell of its own, beside one in which something of somebody is hidden."""
    value = found.value
    if not value.isascii() and (eastern := _eastern(value.decode("utf-8", "ignore"))) is not None:
        return eastern
    words = value.replace(b"-", b" ").split()
    return (
        is_person(value, known=False)
        and not any(is_thing(word) or is_common(word.decode("utf-8", "ignore")) for word in words)
        and not any(word.decode("utf-8", "ignore") in CITIES for word in (*value.split(), value))
    )


TOWN = (
    r"(?:[A-Z]{1,2}-)?[0-9]{2}[0-9 \-]{1,5}[0-9](?: [A-Z]{2})? "
    r"(?:[A-Z]|[\xc3-\xd3][\x80-\xbf])[A-Za-z\x80-\xff .'\-]{2,40}[0-9]?"
)
_FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류홍전고문손양배백허유남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)


_CHINESE = tuple(CHINESE_SURNAMES.split())


def _eastern(text: str) -> bool | None:
    """Of Korea by a family name and two syllables, of Japan by a blank that nothing but a name has there."""
    if "\uac00" <= text[0] <= "\ud7a3":
        return len(text) == 3 and text[0] in _FAMILIES and not text.startswith(NO_KOREANS)
    if "\u4e00" <= text[0] <= "\u9fff":
        if " " not in text:
            return len(text) < 5 and text.startswith(_CHINESE) and not is_said_of_fields(text.encode())
        family, _, given = text.partition(" ")
        return 0 < len(given) < 4 and len(family) < 4 and text[-1] not in "都道府県市区町村駅店社部課"
    return None


def _cells(found: Found) -> bool:
    """A first and a last name in a row, before what else is hidden of somebody."""
    first, last = found.value.translate(_WORDS).split()
    return (is_given(first) or is_surname(last)) and not is_thing(first) and not is_thing(last)


def _eastern_name(found: Found) -> bool:
    return not is_said_of_fields(found.value)


_WORDS = bytes(0x20 if byte in b",;|\t\"' " else byte for byte in range(256))


def _no_time(found: Found) -> bool:
    """No seconds or milliseconds of these years."""
    return not (len(found.value) in (10, 13) and found.value[:2] in (b"15", b"16", b"17", b"18"))


def _tagged(found: Found) -> bool:
    """With a sign or digits, and capitals: no name of a variable."""
    value = found.value
    return (b"_" in value or len(digits(value)) > 1) and value.lower() != value != value.upper()


def _dialled(found: Found) -> bool:
    return stands_alone(found) and len(digits(found.value)) > 8


def _equipment(found: Found) -> bool:
    return by_luhn(found) and len(set(found.value)) > 4


def _login(found: Found) -> bool:
    return found.value not in SERVICE_USERS and found.after() not in (b"\\", b"(")


def _turned(found: Found) -> bool:
    last, _, first = found.value.partition(b", ")
    return is_given(first.split()[0]) and not is_thing(last)


def _entry(found: Found) -> bool:
    """Of a directory: a person's, where no word is a service's."""
    if b" " not in found.value:
        return False
    return not any(map(is_thing, found.value.split()))


# Of languages that capitalise names only, or nearly so; German, French and Spanish logs have things with accents.
_RARE_LETTERS = frozenset("øåæðþłśźżńęąčřžšďťňěůğşıőűțșăđŁØÅÆÐÞŚŹŻČŘŽŠĎŤĞŞİŐŰȚȘĂĐ")


def _foreign_words(found: Found) -> bool:
    """With letters that few languages have, or a double family name; no word of a thing or a city."""
    words = found.value.split()
    told = words[-1].count(b"-") == 1 or not _RARE_LETTERS.isdisjoint(found.value.decode("utf-8", "ignore"))
    plain = found.value.replace(b"-", b" ").split()
    return (
        told
        and introduced(found)
        and all(len(word) > 2 for word in plain)
        and not any(is_thing(word) or is_common(word.decode("utf-8", "ignore")) for word in plain)
        and not any(word.decode("utf-8", "ignore") in CITIES for word in words)
        and found.after() not in (b"(", b"/", b"_", b"=")
    )


def _in_query(found: Found) -> bool:
    """Percent-encoded words of which the first is a given name."""
    return is_person(unquote_to_bytes(found.value.replace(b"+", b" ")), known=True)


FORMS: tuple[Rule, ...] = (
    Rule("national-id", NUMBER, r"[0-9]{2}(?:[05][1-9]|[1267][0-9]|[38][0-2])(?:0[1-9]|[12][0-9]|3[01])/[0-9]{4}", czech),
    Rule("national-id", NUMBER, r"784-(?:19|20)[0-9]{2}-[0-9]{7}-[0-9]", alone),  # United Arab Emirates
    Rule("national-id", NUMBER, r"[0-9]{7}[A-W][A-IW]?", irish),
    Rule("national-id", NUMBER, r"\xd0[\x90-\xaf](?:\xd0[\x90-\xaf]|\xd2[\xae\xa8]|\xd3\xa8)[0-9]{8}", alone),  # Mongolia
    Rule("national-id", ("(n)", "(e)", "(p)", "(naing)"), r"[0-9]{1,2}/[A-Za-z]{3,14}\((?:N|E|P|C|AC|NC|V|M|Naing)\)[0-9]{6}"),  # Myanmar
    Rule("national-id", NUMBER, r"[0-9]{8} ?[0-9] ?[A-Z]{2}[0-9]", portuguese),  # Portugal
    Rule("national-id", ("nhs-number|", "identifier=", "identifiers="), r"(?i)(?:nhs-number|identifiers?=)[^\s|]{0,120}\|([0-9]{8,12})\b"),
    Rule("national-id", ("identifica",), r"(?i)identificaci(?:o|ó)n(?: del?)?(?: [a-z]{3,14})?(?: n(?:o|º|ro)\.?)?[ :=]{1,3}([0-9]{8,13})\b"),
    Rule("licence", tuple(_OF_VEHICLES.split("|")), rf"\b(?i:{_OF_VEHICLES})(?:[^A-Za-z][^\n]{{0,40}}?)?[ :=\"'(\[]({_PLATES})\b", _plate),
    Rule("card", tuple(_CARDS.split("|")), rf"(?i:{_CARDS})[^\n]{{0,40}}?\b([3-6][0-9]{{12,18}})\b", _long_card),
    Rule("phone", ("手机", "手機", "电话", "電話", "휴대폰", "携帯", "联系"), r"(?:手机|手機|电话|電話|휴대폰|携帯|联系)[^\n0-9]{0,32}[:：= ](\+?[0-9][0-9\- ]{7,14}[0-9])\b"),
    Rule("phone", ("llamar", "llame", "chamar", "ligar", "appeler", "rappeler", "chiamare", "anrufen", "bellen", "call "),
         r"(?i)\b(?:llam(?:ar|e)|chamar|ligar|r?appeler|chiamare|anrufen|bellen|call)\b[^\n0-9]{1,40}? ?(\(?0[0-9]{1,4}\)? ?[0-9][0-9 \-]{5,12}[0-9])\b", stands_alone),
    Rule("phone", ("nummer ", "numero ", "número ", "numéro ", "number "), r"(?i)(?:nummer|n(?:u|ú)mero|num(?:e|é)ro|number) (?:ist|est|es|é|è|is)(?: die| the| el| le| il)?:? (\(?0[0-9]{1,4}\)?[ /\-]?[0-9]{3,9}(?:[ \-][0-9]{2,5}){0,3})\b", _dialled),
    Rule("address", ("city=", 'city"', "city'", "town=", 'town"', "town'", "ville=", 'ville"', "ville'"), rf"(?i:\b(?:city|ville|town))[\"']?(?:=|: ?)[\"']({TOWN}|[A-Z\x80-\xff][A-Za-z\x80-\xff .'\-]{{2,40}},? [0-9]{{5,6}})[\"']"),
    Rule("phone", ("call ", "ring ", "anrufen", "chamar", "appeler"), r"(?i)\b(?:call|ring|appeler|chamar|anrufen)(?: me| us| him| her| them)?(?: at| on| under)? (\(?[0-9]{2,4}\)?(?:[ \-.][0-9]{2,4}){2,4})\b", _dialled),
    Rule("phone", tuple(f"to={digit}" for digit in range(1, 10)), r"(?:^|[?& ])to=([1-9][0-9]{10,14})&(?:template|text|body|msg|message|from|sender)="),
    Rule("phone", ("sms", "whatsapp", "notify"), r"(?i)(?:sms|whatsapp|notify)[^\s?]{0,60}\?(?:[^\s]{0,60}&)?(?:to|dest|recipient|number|nr|mobile)=(\+?[0-9]{8,15})\b"),
    Rule("account", tuple(f"{who}{sign}" for who in _NUMBERED_PEOPLE.split() for sign in "/#="), r"(?i:/kunden?|customers?|clientes?|clients?|patient(?:en|s)?|pacientes?|pazienti|members?|mitglied(?:er)?|abonn[eé]s?|medlem)[/#=]([A-Z]{1,4}-[0-9]{6,10})\b"),
    Rule("card", _CELL_AFTER, r"\x1a[\"']?, ?[\"']?((?:0[1-9]|1[0-2])/(?:20)?[2-4][0-9][\"']?, ?[\"']?[0-9]{3,4})\b"),  # its end and its code
    Rule("phone", ('"ph"', "'ph'"), r"[\"'](?i:ph)[\"'] ?: ?[\"']?(\+?[0-9][0-9 \-]{7,14}[0-9])\b", _dialled),
    Rule("name", ("cn=",), r"(?i:\bcn)=\"?([^\":;,\n<>\x1a]{2,60})\"?[;:][^\n]{0,120}?mailto:"),
    Rule("name", ('to: "', 'cc: "', 'from: "', 'sender: "'), rf"(?i:\b(?:from|to|cc|bcc|reply-to|sender)): \"({WORD}(?:[ \-]{WORD})?, {WORD}(?:[ \-]{WORD})?)\" ?<"),
    Rule("name", ("this is ",), rf"\b(?:[Hh]i|[Hh]ello|[Hh]ey)[,.!]{{0,2}} [Tt]his is ({FULL})", introduced),
    Rule("user", ("\x1a (@", "\x1a' (@", '\x1a" (@'), r"\x1a[\"']? \((@[A-Za-z0-9_.]{3,32})\)"),
    Rule("user", ("gamertag",), r"(?i:gamertag)[ :=]{1,3}[\"']?([A-Za-z][A-Za-z0-9_]{2,20})\b", _tagged),
    Rule("licence", ("면허",), r"면허[^\n0-9]{0,24}([0-9]{2}-[0-9]{2}-[0-9]{6}-[0-9]{2})\b"),
    Rule("health", ("medicare", "beneficiary", "mbi"), r"\b([1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9][0-9]-?[AC-HJKMNP-RT-Y]{2}[0-9]{2})\b"),
    # of an Australian, beside the place in the family
    Rule("health", ("medicare",), r"(?i:medicare)[^\n]{0,48}?\b([2-6][0-9]{3} ?[0-9]{5} ?[0-9])\b"),
    Rule("health", ("diagnos", "rozpoznan"), r"(?i:diagnos[a-z]{1,4}|rozpoznanie)[: ]{1,2}([A-Z\xc3][^\n,;:]{2,60}? \(?[A-TV-Z][0-9]{2}(?:\.[0-9]{1,2})?\)?)(?:[\s,.;)]|$)"),
    Rule("national-id", ("last four", "last 4", "last4"), r"(?i)last[ _]?(?:four|4)(?: digits)?(?: of)?(?: the)? (?:ssn|social(?: security)?(?: number)?)[ :=#]{1,3}([0-9]{4})\b"),
    Rule("national-id", ("svnr", "versicherungsn", "sozialvers"), r"(?i:svnr|(?:sozial)?versicherungs(?:nummer|nr\.?))[ :=#.]{1,3}([0-9]{4} ?[0-3][0-9][0-1][0-9]{3})\b"),
    Rule("licence", ("fahrgestell", "fin ", "fin:", "vin", "telaio", "châssis", "chassis", "bastidor"), r"(?i:\bfin|fahrgestell(?:nummer|nr\.?)|telaio|ch(?:â|a)ssis|bastidor)(?i: (?:number|no\.?|nr\.?|n\.))?[ :=#\"']{1,4}([A-HJ-NPR-Z][A-HJ-NPR-Z0-9]{8}[A-HJ-NPR-Z0-9]{3,7}[0-9]{4})\b"),
    Rule("phone", NUMBER, r"\b07[02369][0-9]?-[0-9]{2,3} [0-9]{2} [0-9]{2}\b"),  # of a Swede
    Rule("user", ("username", "user name"), r"(?i)\buser ?name [\"'`]([a-z][a-z0-9._\-]{2,40})[\"'`]", person_login),
    Rule("user", ("comment by ", "post by ", "review by ", "reply by "), r"(?i)\b(?:comment|post|reply|review) by ([a-z][a-z0-9]{1,30}[_.][a-z0-9_.]{1,30}[a-z0-9])\b"),
    Rule("user", ("@",), r"(?i)\b(?:comment|post|reply|review|story|photo|video|tweet|message|mention)s? (?:by|from|of) @([a-z][a-z0-9.]{1,30}[0-9_][a-z0-9_.]{0,30})\b"),
    Rule("passport", ("visa",), r"(?i:\bvisa (?:grant |application )?(?:number|no\.?|nr\.?))[ :=#]{1,3}([A-Z]{0,2}[0-9]{7,13})\b"),
    Rule("recovery-code", ("recovery codes", "backup codes", "scratch codes"), r"(?i)(?:recovery|backup|scratch) codes[^\n\[]{0,60}\[[\"']([0-9a-z]{4,8}(?:-[0-9a-z]{4,8}){1,3})[\"']"),
    Rule("password", ("username_pw_set", "basicauth(", "set_credentials", "proxybasicauth"), r"(?i)(?:username_pw_set|\w{0,12}basicauth|set_credentials)\(\s?[bu]?[\"'][^\"'\n]{0,80}[\"'],\s?[bu]?[\"']([^\"'\n]{3,80})[\"']"),
    Rule("postmark-token", ("postmark",), r"(?i)postmark[^\n]{0,120}?\b([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\b"),
    Rule("geo", ("origin", "destination", "waypoint", "near=", "addr=", "location="), r"[?&](?:origins?|destinations?|waypoints?|near|[sd]addr|location)=(-?[0-9]{1,3}\.[0-9]{3,}(?:,|%2C)-?[0-9]{1,3}\.[0-9]{3,})"),
    Rule("mac", ("client", "interface", "dhcp", "lease", "switch", "dot1x", "supplicant", "host"), r"(?i)[ (\[=]([0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4})\b", lambda found: 2 < len(digits(found.value)) < 12),
    Rule("name", (" mr", " mrs", " ms", " mstr", " miss", " chd"), r"\b(?:[0-9]{1,2}\.)?([A-Z]{2,24}/[A-Z]{2,24}(?: [A-Z]{2,24}){0,2} (?:MR|MRS|MS|MISS|MSTR|CHD))\b"),
    Rule("name", ("^",), r"\b([A-Z][A-Za-z'\-]{1,24}\^[A-Z][A-Za-z'\-]{1,24}(?:\^[A-Z][A-Za-z]{0,24})?)\b", _listed_name),
    Rule("name", ("guest ", "patient ", "passenger ", "customer ", "client ", "student ", "member ", "employee ", "contact "),
         rf"(?i:guest|patient|passenger|customer|client|student|member|employee|contact) ({WORD}, {WORD})\b", _turned),
    Rule("name", ("cn=",), rf"(?i:\bcn)=({FULL})(?=[,+/]\s?(?i:ou|dc|o|c|uid|serialnumber)=)".replace("(?=", "(?:"), _entry),
    Rule("name", CAPITALS, rf"\b(?:for|by|from|of|with|für|von|de|para|pour|di|per|till|för|dla) ({FULL})", _foreign_words),
    Rule("name", ("%c3", "%c4", "%c5", "%20", "+"), r"[?&](?:q|query|search|term|s|keyword|[a-z]{1,12})=((?:[A-Za-z.'\-]|%[Cc][3-5]%[0-9A-Fa-f]{2}|\+|%20){5,60})(?:[&#\s\"']|$)", _in_query, also=("+", "%20")),
    Rule("phone", ("callback", "call back", "contact", "reach", "ring ", "dial", "text ", "mobile", "whatsapp"),
         r"(?i)(?:call ?back|contact|reach(?:able)?|ring|dial|text|mobile|whatsapp)[^\n0-9]{1,24}\b(0[0-9]{2,4}[ \-][0-9]{3,4}(?:[ \-][0-9]{3,4})?)\b", _dialled),
    Rule("name", _CELL_BEFORE, rf"[(,;|\t] ?[\"']?({WORD}[\"']?[,;|\t] ?[\"']?{WORD})[\"']?[,;|\t] ?[\"']?\x1a", _cells),
    Rule("name", _CELL_BEFORE, rf"[(,;|\t\[] ?[bu]?[\"']?({NAMED})[\"']?[,;|\t] ?[\"']?\x1a", is_cell_of_a_name),
    Rule("name", _CELL_AFTER, rf"\x1a[\"']?[,;|\t] ?[bu]?[\"']?({NAMED})(?:[\"']?[,;|\t)\]]|$)", is_cell_of_a_name),
    Rule("birth-date", _CELL_AFTER, r"\x1a[\"']?[,;|\t] ?[\"']?((?:19[2-9][0-9]|20[01][0-9])-[01][0-9]-[0-3][0-9]|[A-Z][a-z]{2} [ 0-9][0-9] (?:19[2-9]|20[01])[0-9] 12:00AM)(?:[\"']?[,;|\t)\]]|$)"),
    Rule("name", ('name "', "name '", 'named "', "named '", 'name: "'), rf"(?i:\bnamed?:?) [\"']((?:(?:van|von|de|der|den|la|le|del|da|dos) ){{0,3}}{WORD}(?:[ \-]{WORD})?, {WORD}(?:[ \-]{WORD})?)[\"']", _turned),
    Rule("phone", ("smpp", "submit_sm", "deliver_sm"), r"(?i)(?:dest|dst|source|src|to|from)(?:ination)?_?(?:addr|number)?[=: ]{1,2}\+?([1-9][0-9]{9,14})\b"),
    Rule("user", ("player ", "gamer ", "summoner ", "streamer "), r"\b(?i:player|gamer|summoner|streamer) [\"']?([A-Za-z][A-Za-z0-9_]{3,30})\b", _tagged),
    Rule("trait", ("diagnos", "icd"), r"(?i:diagnos[a-z]{1,4}|icd(?:-?10)?)[\"']?[=: ]{1,2}[\"']?([A-TV-Z][0-9]{2}(?:\.[0-9]{1,2})?(?: [a-z]{3,20}){0,5})\b"),
    Rule("name", ("dr ", "prof "), rf"\b(?:Dr|Prof) ({FULL})", _entry),
    Rule("phone", _AFTER_HIDDEN, r"\x1a[\"'”]? (?:to|an|til|till|para) \+?([1-9][0-9]{9,13})\b", _no_time),
    Rule("device", NUMBER, r"(?:35|86)[0-9]{13}", _equipment),  # IMEI
    Rule("device", ("device", "tracker", "handset", "terminal", "imei"), r"(?i)(?:device|tracker|handset|terminal|imei)[^\n0-9]{0,24}\b([0-9]{15})\b", by_luhn),
    Rule("phone", ("e164", "e.164", "msisdn", "phonenumber", "libphone", "phone"), r"(?i)(?:e\.?164|msisdn|phone ?numbers?|libphone[a-z]*|phone)[^\n0-9]{0,60}?[\"'=(:](0?[0-9]{9,13})\b", stands_alone),
    Rule("user", ("@",), r"(?:^|[\s\"'(\[])(@[a-z0-9._=\-]{2,64}:(?:[a-z0-9\-]{1,63}\.){1,5}[a-z]{2,24})\b"),  # Matrix
    Rule("user", ("sudo: ",), r"\bsudo: +([a-z][a-z0-9._\-]{2,31}) : "),
    Rule("national-id", NUMBER, r"BE[01][0-9]{9}|DE[0-9]{9}|FR[0-9]{11}|IT[0-9]{11}|NL[0-9]{9}B[0-9]{2}|PL[0-9]{10}", european_trader),
    Rule("user", ("\\",), r"(?i:\buser(?:name)?|account|login|principal)[ :=]{1,2}[\[\"'(]?[A-Z][A-Z0-9\-]{1,14}\\{1,4}([a-z][a-z0-9._\-]{2,24})\b", _login),
    Rule("user", ("user: ", "account: ", "profile: ", "member: "), r"<(?:[A-Z][A-Za-z]{0,24})?(?:User|Account|Profile|Member): ([A-Za-z][A-Za-z0-9._@+\-]{2,63})>", _login),
    Rule("name", tuple(f"<{role} " for role in _HELD_BY) + tuple(f"<{role}: " for role in _HELD_BY), rf"<(?i:{'|'.join(_HELD_BY)})(?: object)?(?:[: ]+#?[0-9]{{1,12}})?[: (]+[\"']?((?:[\xe4-\xe9][\x80-\xbf]{{2}}|々){{2,6}}(?: [\xe3-\xe9][\x80-\xbf]{{2}}){{0,3}}|(?:[\xea-\xed][\x80-\xbf]{{2}}){{2,4}})[\"')>]", _eastern_name),
    Rule("session", ("<cookie ",), r"<Cookie [A-Za-z0-9_.\-]{1,64}=([^\s<>]{16,}) for "),
    Rule("user", ("uid=",), r"\buid=[\"'](?:b')?([a-z][a-z.\-]{4,20}[0-9]{0,3})[\"'], ?[^()\n]{0,60}?mail="),
    Rule("name", CAPITALS, rf"<(?:[A-Z][a-z]+)?(?:Kind|Child|Kid|Kunde|Kundin|Mieter|Patientin|Pupil|Parent|Guest|Passenger|Tenant|Resident|Driver|Rider|Doctor|Nurse|Teacher|Cliente|Paciente|Alumn[oa]|Estudiante|Usuari[oa]|Titular|Huesped|Empleado|Aluno|Eleve|Locataire|Utente|Paziente|Studente|Ospite|Klant|Huurder|Pacjent|Klient|Asiakas|Potilas|Elev|Applicant|Candidate|Attendee|Donor|Volunteer|Staff|Worker|Recipient|Subscriber|Voter|Player|Lead)(?: object)?(?:[: ]+#?[0-9]{{1,12}})?[: (]+[\"']?({FULL})[\"')>\]]", _entry),
)  # fmt: skip
