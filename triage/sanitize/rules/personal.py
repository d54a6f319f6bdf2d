"""Personal data with a recognisable form. What has a check digit must pass it; what has none needs more shape."""

from __future__ import annotations

from triage.sanitize.identities import (
    alone,
    belgian,
    brazilian_company,
    brazilian_person,
    british_health,
    by_luhn,
    chilean,
    chinese,
    finnish,
    french,
    indian,
    italian,
    singaporean,
    spanish,
    swedish,
    swiss,
    us_social_security,
)
from triage.sanitize.people import WORD
from triage.sanitize.rule import FISCAL, NUMBER, POSTCODE, Found, Rule
from triage.sanitize.validators import digits, email, iban, ipv4, ipv6, payment_card, stands_alone


def _international(found: Found) -> bool:
    value = found.value
    if (value.startswith(b"00") and found.before() == b".") or value[-2:-1] == b".":
        return False  # a decimal
    if value.startswith(b"00") and (b"(" in value.replace(b"(0)", b"") or _is_serial(value)):
        return False
    return 8 <= len(digits(value)) <= 15 and not found.before().isalnum() and not found.after().isalnum()


def _is_serial(value: bytes) -> bool:
    """Nobody dials a zero behind 00 and a country's two digits, but in Italy: `00340434161094` is of a parcel."""
    return value.isdigit() and value[4:5] == b"0" and value[2:4] != b"39" and value[2:3] in b"2345689"


def _labelled(found: Found) -> bool:
    size = len(digits(found.value))
    led = found.value.lstrip(b"(").startswith(b"0")
    value = found.value
    if value.count(b".") == 3 or (value[4:8:3] == b"--" and value[:2] in (b"19", b"20")):  # a version, a date
        return False
    return (7 <= size <= 15 if led else 10 <= size <= 12) and not found.after().isalnum()


def _mac(found: Found) -> bool:
    """Six pairs, and no more: a fingerprint has sixteen or twenty."""
    pairs = set(found.value.lower().translate(None, b":-"))
    return (
        alone(found)
        and found.before() != b":"
        and found.after() != b":"
        and pairs not in (set(b"0"), set(b"f"))
    )


def _encoded_phone(found: Found) -> bool:
    return 8 <= len(digits(found.value.lower().replace(b"%2b", b"").replace(b"%20", b""))) <= 15


def _dashed_address(found: Found) -> bool:
    """An address as providers write it into a name; those of a cloud's own network stay."""
    dotted = found.value.replace(b"-", b".")
    return ipv4(Found(dotted, 0, len(dotted)))


def _long_enough(found: Found) -> bool:
    return 8 <= len(digits(found.value)) <= 15 and not found.after().isalnum()


def _of_a_holder(found: Found) -> bool:
    """The address of a program on a chain is published; nobody's account."""
    return stands_alone(found) and not found.before(12).lower().rstrip(b" :=#@'\"").endswith(_PROGRAMS)


_PROGRAMS = (b"contract", b"token", b"proxy", b"factory", b"router")

# Formats of national telephone numbers that nothing else is written in.
PHONES = "|".join((
    r"(?:\+?1[ .\-])?\([2-9][0-9]{2}\) ?[0-9]{3}[ .\-][0-9]{4}",  # US, Canada
    r"(?:1[ .\-])?[2-9][0-9]{2}[.\-][2-9][0-9]{2}[.\-][0-9]{4}",
    r"0[1-9](?:[ .\-][0-9]{2}){4}",  # France, Belgium
    r"020[ \-][378][0-9]{3}[ \-][0-9]{4}|07[0-9]{3}[ \-][0-9]{3}[ ]?[0-9]{3}|0[12][0-9]{2,3}[ \-][0-9]{3}[ \-]?[0-9]{3,4}",  # United Kingdom
    r"\([1-9][0-9]\) ?9?[0-9]{4}-[0-9]{4}",  # Brazil
    r"01[567][0-9][ /\-][0-9]{4,8}|\(?0[1-9][0-9]{1,3}\)?[ ]?[/\-][ ]?[0-9]{5,8}",  # Germany
    r"8 ?\([0-9]{3,5}\) ?[0-9]{1,3}-[0-9]{2}-[0-9]{2}|8-[0-9]{3}-[0-9]{3}-[0-9]{2}-[0-9]{2}",  # Russia
    r"0[1-9]0?-[0-9]{3,4}-[0-9]{4}|0[1-9][0-9]{1,2}-[0-9]{2,4}-[0-9]{4}",  # Japan, Korea
    r"04[0-9]{2} [0-9]{3} [0-9]{3}|\(0[2378]\) ?[0-9]{4} [0-9]{4}",  # Australia
    r"0[1-9][0-9]{2} [0-9]{3} ?[0-9]{4}",  # Nigeria, Austria, and more
    r"07[0-9]{2} [0-9]{3} [0-9]{3}",  # Kenya, Tanzania, Romania, Uganda
    r"06[ \-][0-9]{8}|06(?:[ \-][0-9]{2}){4}",  # Netherlands
    r"0[5-9][0-9]{2} [0-9]{3} [0-9]{2} [0-9]{2}|\(0[2-5][0-9]{2}\) ?[0-9]{3} [0-9]{2} [0-9]{2}",  # Turkey
))  # fmt: skip

# Postcode areas of the United Kingdom.
UK_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|HA|HD|HG|HP"
    "|HR|HS|HU|HX|IG|IP|IV|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG"
    "|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
EMAIL = r"[A-Za-z0-9_\x80-\xff][A-Za-z0-9._%+'\-\x80-\xff]{0,63}(?:@|%40|\\u0040|&#64;|&#x40;|\xef\xbc\xa0)(?:[A-Za-z0-9\x80-\xff][A-Za-z0-9\-\x80-\xff]{0,62}(?:\.|%2[Ee])){1,8}[A-Za-z\x80-\xff][A-Za-z0-9\-\x80-\xff]{1,23}"

PERSONAL: tuple[Rule, ...] = (
    Rule("email", ("@", "%40", "\\u0040", "&#64;", "&#x40;", "＠"), EMAIL, email),
    # Quoted-printable, and JSON that escapes more than it must.
    Rule(
        "email",
        ("=40",),
        r"(?:<|=3[Cc])((?:[A-Za-z0-9._%+'\-]|=2[Ee]){1,64}=40(?:[A-Za-z0-9\-]{1,63}(?:\.|=2[Ee])){1,6}[A-Za-z]{2,24})=?(?:>|3[Ee])",
    ),
    Rule(
        "email",
        ("=2e",),
        r"\b((?:[A-Za-z0-9._%+'\-]|=2[Ee]){1,64}@(?:[A-Za-z0-9\-]{1,63}(?:\.|=2[Ee])){1,6}[A-Za-z]{2,24})\b",
    ),
    Rule(
        "email",
        ("\\u002e",),
        r"\b((?:[A-Za-z0-9._%+'\-]|\\u002[Ee]){1,64}(?:@|\\u0040)(?:[A-Za-z0-9\-]{1,63}(?:\.|\\u002[Ee])){1,6}[A-Za-z]{2,24})\b",
    ),
    Rule(
        "email",
        ("[at]", "(at)", "{at}"),
        r"(?i)[a-z0-9._+\-]{1,64} ?[\[({]at[\])}] ?[a-z0-9\-]{1,63}(?: ?(?:[\[({]dot[\])}]|\.) ?[a-z0-9\-]{2,63}){1,5}",
    ),
    Rule("email", ('"@',), r"\"[^\"\\\n@<>]{1,64}\"@(?:[A-Za-z0-9\-]{1,63}\.){1,5}[A-Za-z]{2,24}"),
    Rule(
        "email",
        (" at ",),
        r"(?i)\b[a-z0-9._+\-]{2,64} at [a-z0-9\-]{2,63}(?: dot [a-z0-9\-]{2,63}){1,4}\b",
        also=(" dot ",),
    ),
    Rule("address", POSTCODE, rf"\b(?:{UK_AREAS})[0-9][0-9A-HJKPSTUW]? [0-9][ABD-HJLNP-UW-Z]{{2}}\b", alone),
    Rule(
        "card",
        ("exp",),
        r"(?i)\bexp(?:iry|ires|iration)?(?:[ _]date)?[\"']?[ :=]{1,3}[\"']?((?:0[1-9]|1[0-2])[/\-](?:20)?[2-4][0-9])\b",
    ),
    Rule("account", ("bc1",), r"\bbc1[a-z0-9]{25,59}\b", stands_alone),
    Rule("account", ("0x",), r"\b0x[0-9a-fA-F]{40}\b", _of_a_holder),
    Rule(
        "account",
        ("btc", "bitcoin", "wallet", "crypto"),
        r"(?i:btc|bitcoin|wallet|crypto)[^\n]{0,24}?[^A-Za-z0-9]([13][1-9A-HJ-NP-Za-km-z]{25,34})\b",
    ),
    Rule(
        "birth-date",
        ("born",),
        r"(?i)\bborn(?: on)?[ :]+([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})",
    ),
    Rule(
        "account",
        ("swift", "bic"),
        r"(?i:\b(?:swift|bic))(?i:[ _]?code)?[\"']?[ :=]{1,3}[\"']?([A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?)\b",
    ),
    Rule(
        "phone",
        (" to ",),
        r"(?i)\b(?:sms|mms|whatsapp|text|call|message)\b[^\n]{0,24}? to \+?([0-9]{10,15})\b",
        stands_alone,
    ),
    Rule(
        "address",
        (
            " street",
            " avenue",
            " ave",
            " road",
            " lane",
            " drive",
            " boulevard",
            " blvd",
            " terrace",
            " square",
            " court",
            " st.",
            " rd.",
        ),
        rf"\b[0-9]{{1,5}}[A-Za-z]? (?:{WORD} ){{1,3}}(?:Street|Avenue|Ave|Road|Lane|Drive|Boulevard|Blvd|Terrace|Square|Court|St\.|Rd\.)",
    ),
    Rule(
        "address",
        ("straße", "strasse", "platz ", "allee "),
        r"[A-Z\xc3][A-Za-z\x80-\xff\-]{2,30}(?:stra\xc3\x9fe|strasse|platz|allee) [0-9]{1,4}[a-z]?\b",
    ),
    Rule(
        "iban",
        NUMBER,
        r"[A-Z]{2}[0-9]{2}(?:[ \-]?[A-Z0-9]{4}){2,7}(?:[ \-]?[A-Z0-9]{1,4})?|[a-z]{2}[0-9]{2}(?:[ \-]?[a-z0-9]{4}){2,7}(?:[ \-]?[a-z0-9]{1,4})?",
        iban,
    ),
    Rule("card", NUMBER, r"[0-9](?:[ \-]?[0-9]){12,18}", payment_card),
    Rule("phone", NUMBER, r"(?:\+|\b00)[1-9](?:[ .\-/]{0,3}\(?[0-9]\)?){6,14}", _international),
    Rule("phone", NUMBER, PHONES, alone),
    Rule("phone", ("%2b",), r"(?i)%2B[1-9](?:%20|[0-9]|[ .\-+]){7,30}", _encoded_phone),
    Rule("ip", ("ip-",), r"\bip-([0-9]{1,3}(?:-[0-9]{1,3}){3})\.", _dashed_address),
    Rule("email", ("valid email",), r"valid email[^\n]{0,120}?input_value='([^'\n]{3,200})'"),
    Rule(
        "phone",
        (
            "tel",
            "phone",
            "call",
            "mobil",
            "fax",
            "handy",
            "whatsapp",
            "cell",
            "sms",
            "dial",
            "тел",
            "电话",
            "電話",
            "전화",
        ),
        r"(?i)(?:\b(?:tel|telephone|telefon[oe]?|t\xc3\xa9l(?:\xc3\xa9phone)?|phone|call(?:ed|er|ing)?|mobil[e]?|fax|handy|whatsapp|cell|sms(?: to)?|dial(?:led|ed)?)|\xd1\x82\xd0\xb5\xd0\xbb|\xe7\x94\xb5\xe8\xaf\x9d|\xe9\x9b\xbb\xe8\xa9\xb1|\xec\xa0\x84\xed\x99\x94)(?:[.:#]| no\.?| number| from| to| at| is|\xef\xbc\x9a){0,3}\s*(\(?[0-9][0-9 ()./\-]{6,18}[0-9])",
        _labelled,
    ),
    Rule(
        "phone",
        ("number ", "msisdn ", "caller ", "callee ", "number: ", "dst ", "called "),
        r"(?i)(?:number|msisdn|callee|called|caller|dst):? ([1-9][0-9]{0,2} [0-9]{3,4} [0-9]{3,4}(?: ?[0-9]{2,4})?)\b",
        stands_alone,
    ),
    Rule(
        "phone",
        (
            "rückruf",
            "destinatario",
            "marque al",
            "marquen al",
            "wa_id",
            "msisdn/",
            " số ",
            "رقم الهاتف",
            "ligar para",
            "phone number",
            "llamar al",
            "appeler le",
            "appelez le",
            "chiamare il",
            "no hp",
            "no. hp",
            "nomor hp",
            "nomor telepon",
        ),
        r"(?i)(?:r\xc3\xbcckruf[a-z ]{0,20}|destinatario|marquen? al|wa_id|msisdn/|\bs\xe1\xbb\x91(?: \xc4\x91i\xe1\xbb\x87n tho\xe1\xba\xa1i)?|رقم الهاتف|ligar para|phone number[^\n:0-9]{0,40}:|llamar al|appele[rz] le|chiamare il|no\.? hp|nomor (?:hp|telepon))[\"']?[ :=]{0,3}(\+?\(?[0-9][0-9 ()./\-]{6,18}[0-9])",
        _long_enough,
    ),
    Rule("national-id", NUMBER, r"[0-9]{3}-[0-9]{2}-[0-9]{4}|[0-9]{3} [0-9]{2} [0-9]{4}", us_social_security),
    Rule("national-id", NUMBER, r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", brazilian_person),
    Rule("national-id", NUMBER, r"[0-9]{2}\.[0-9]{3}\.[0-9]{3}/[0-9]{4}-[0-9]{2}", brazilian_company),
    Rule(
        "national-id",
        NUMBER,
        r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]",
        alone,
    ),
    Rule("national-id", NUMBER, r"[0-9XYZxyz][0-9]{7}[ \-]?[A-HJ-NP-TV-Z]", spanish),
    Rule(
        "national-id",
        NUMBER,
        r"[12] ?[0-9]{2} ?(?:0[1-9]|1[0-2]) ?(?:[0-9]{2}|2[AB]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}",
        french,
    ),
    Rule(
        "national-id",
        FISCAL,
        r"[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]",
        italian,
    ),
    Rule(
        "national-id",
        ("fisc", "c.f.", "cf"),
        r"(?i)[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z]",
        italian,
    ),
    Rule("national-id", NUMBER, r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9Kk]", chilean),
    Rule("national-id", NUMBER, r"[1-79][0-9]{2}[ \-][0-9]{3}[ \-][0-9]{3}", by_luhn),
    Rule("national-id", NUMBER, r"[2-9][0-9]{3}[ \-][0-9]{4}[ \-][0-9]{4}", indian),
    Rule(
        "national-id",
        NUMBER,
        r"[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]",
        chinese,
    ),
    Rule("national-id", NUMBER, r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])-[1-8][0-9]{6}", alone),
    Rule(
        "national-id",
        NUMBER,
        r"(?:19|20)?[0-9]{2}(?:0[1-9]|1[0-2])(?:[06][1-9]|[12789][0-9]|[39][01])[\-+][0-9]{4}",
        swedish,
    ),
    Rule(
        "national-id",
        NUMBER,
        r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{4}[01][89][0-9]",
        by_luhn,
    ),
    Rule("national-id", NUMBER, r"756\.[0-9]{4}\.[0-9]{4}\.[0-9]{2}", swiss),
    Rule("national-id", NUMBER, r"[0-9]{2}\.(?:0[0-9]|1[0-2])\.[0-3][0-9]-[0-9]{3}\.[0-9]{2}", belgian),
    Rule("national-id", NUMBER, r"[STFGM][0-9]{7}[A-Z]", singaporean),
    Rule("national-id", NUMBER, r"[0-9]{3} [0-9]{3} [0-9]{4}", british_health),
    Rule(
        "national-id",
        NUMBER,
        r"(?:0[1-9]|[12][0-9]|3[01])(?:0[1-9]|1[0-2])[0-9]{2}[+\-A][0-9]{3}[0-9A-Y]",
        finnish,
    ),
    Rule(
        "national-id",
        NUMBER,
        r"[A-Z][AEIOUX][A-Z]{2}[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][HM][A-Z]{5}[A-Z0-9][0-9]",
        alone,
    ),
    Rule("mac", NUMBER, r"(?i)[0-9a-f]{2}(?::[0-9a-f]{2}){5}|[0-9a-f]{2}(?:-[0-9a-f]{2}){5}", _mac),
    Rule("ip", NUMBER, r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", ipv4),
    Rule("ip", NUMBER, r"(?i)[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3})?", ipv6),
)
