"""Whether what stands beside the name of something personal is that: a number, a name, a place, a login."""

from __future__ import annotations

from unicodedata import category
from urllib.parse import unquote_to_bytes

from triage.sanitize.keys import POSTCODES, holds_a_person
from triage.sanitize.people import is_person
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import bytes_pattern
from triage.sanitize.rules.things import is_given_to_a_device, is_said_of_fields, is_thing
from triage.sanitize.sensitive import tells
from triage.sanitize.validators import digits, is_documented_peer
from triage.sanitize.value import (
    Value,
    is_code,
    is_prose,
)

DIGITS_NEEDED = {
    "card": 12, "account": 5, "national-id": 5, "passport": 5, "licence": 5, "phone": 6, "birth-date": 4,
    "pin": 3, "address": 1, "health": 4,
}  # fmt: skip
_STRANGERS = frozenset(
    b"sin nie ein tin rut nir nik npi mbi abn pan cc acc".split()
)  # words of other languages, too
_SHORT_CODES = ([b"bsb"], [b"BSB"], [b"code"], [b"Code"])
_PEOPLE = (
    b"recipient",
    b"patient",
    b"passenger",
    b"guest",
    b"employee",
    b"attendee",
    b"payee",
    b"beneficiary",
)
# Whoever did or does something is most often a person, and sometimes a service.
_DOERS = tuple(
    b"by person applicant approver reporter assignee author sender receiver recipient manager contact".split()
)
_SYSTEM_USERS = frozenset(
    b"root admin postgres mysql sa ubuntu app www-data nobody system guest default user test none".split()
)


def stated(found: Value, value: bytes) -> bool:
    """A number after its name, with no sign between."""
    count = len(digits(value))
    name = found.data[max(0, found.start - 24) : found.start].translate(_LETTERS).split()
    if name and (
        (name[-1] in _STRANGERS and count < 15) or (name[-1].lower() == b"rfc" and not value[:3].isalpha())
    ):
        return False
    if found.kind != "birth-date" and value[4:5] + value[7:8] == b"--" and value[:2] in (b"19", b"20"):
        return False
    if found.kind == "phone":
        return 7 + 2 * value.isdigit() <= count <= 15 and value[4:5] + value[7:8] != b"--"
    if found.kind == "account":
        return count >= 8 or value.count(b"-") == 2 or (count == 6 and name[-1:] in _SHORT_CODES)
    if (
        found.kind == "national-id"
        and len(value) >= 9
        and count >= 4
        and value.replace(b"-", b"").isalnum()
        and value.isupper()
    ):
        return True
    return (
        count >= _STATED.get(found.kind, 3)
        and not value.replace(b".", b"", 1 + (value.count(b".") != 1)).isalpha()
    )


_STATED = {"national-id": 6, "passport": 6, "card": 12, "birth-date": 4, "pin": 3, "health": 6, "address": 1}


def numbered(found: Value, value: bytes) -> bool:
    needed = DIGITS_NEEDED[found.kind]
    count = len(digits(value))
    if found.kind == "card" and _field(found).endswith(_EXPIRES):
        return _MONTH.fullmatch(value) is not None
    if found.kind == "card" and _INDIAN.fullmatch(value):
        return True  # `pan` is a number of taxpayers, too
    if found.kind == "licence" and _field(found).endswith(_REGISTERED):
        return _plate(value)
    if found.kind == "account" and _field(found).endswith(b"vat") and not value[:2].isalpha():
        return False  # an amount
    if found.kind == "pin":
        return value.rstrip(b"#*").isdigit() and 3 <= count <= 8
    if found.kind == "address":
        return _address(found, value)
    if found.kind == "birth-date":
        return count >= needed and len(value) <= 40
    if found.kind == "phone":
        return (
            needed <= count <= 15
            and not any(
                chr(byte).isalpha() and byte < 128
                for byte in value.replace(b"ext", b"").replace(b"x", b"").replace(b"%2B", b"")
            )
            and b":" not in value
        )
    if (
        found.kind == "licence"
        and count >= 2
        and value.upper() == value
        and 5 <= len(value) <= 20
        and b":" not in value
    ):
        return True
    if (
        found.kind == "passport"
        and count > 1
        and 7 <= len(value) <= 10
        and value.isalnum()
        and value.isupper()
    ):
        return True
    if (
        found.kind == "national-id"
        and count >= 4
        and 8 <= len(value) <= 20
        and value.isalnum()
        and value.isupper()
    ):
        return True
    if count == 4 == len(value) and b"last" in found.data[max(0, found.start - 16) : found.start].lower():
        return True
    if count < needed or len(value) > 48 or (b"." in value and value.replace(b".", b"", 1).isdigit()):
        return False
    return found.kind not in ("card",) or not any(chr(byte).isalpha() and byte < 128 for byte in value)


_EXPIRES = (b"expiry", b"exp", b"expiration", b"thru")
_MONTH = bytes_pattern(r"(?:0?[1-9]|1[0-2]) ?[/\-.] ?(?:20)?[2-4][0-9]", captures=False)
_INDIAN = bytes_pattern(r"[A-Z]{3}[ABCFGHJLPT][A-Z][0-9]{4}[A-Z]", captures=False)
_REGISTERED = (b"registration", b"reg", b"regnr", b"rego")  # of a vehicle, and of much else


def _plate(value: bytes) -> bool:
    """Capitals and digits in two or three groups; no date and no number of a case."""
    value = unquote_to_bytes(value)
    plain = value.replace(b" ", b"").replace(b"-", b"")
    return (
        5 <= len(plain) <= 8
        and plain.isalnum()
        and plain.isupper()
        and len(digits(plain)) > 1
        and value.count(b" ") + value.count(b"-") < 3
    )


_POSTCODES = (b"zip", b"post", b"plz", b"cep")
_TOWN, _OWN_NAME = b"home_town", b"own_name"  # of `keys.in_company`


def _address(found: Value, value: bytes) -> bool:
    """A postal one: a memory or a network address is what debugging needs."""
    name = found.data[max(0, found.start - 24) : found.start].lower()
    if found.tight:
        value = unquote_to_bytes(value.replace(b"+", b" "))
    count = len(digits(value))
    if any(word in name for word in _POSTCODES) or _field(found).translate(None, b"_-").endswith(POSTCODES):
        return (
            (count >= 2 or not value.isascii())
            and len(value) <= (12 if value.isascii() else 24)
            and b"." not in value
        )
    if _field(found) == _TOWN and _is_place(value):
        return True
    return (
        (b" " in value.strip() or not value.isascii())
        and count >= 1
        and not (found.separator[-1:] == b" " and is_prose(value))
        and any(word[:1].isdigit() or word[-1:].isdigit() for word in value.replace(b",", b" ").split())
        and len(value) >= 8
        and b":" not in value
        and b"0x" not in value
        and value.count(b".") < 3
    )


def _is_place(value: bytes) -> bool:
    """As a town or a street is written; no code, no address of a machine."""
    text = value.decode("utf-8", "ignore").strip()
    words = text.split()
    return (
        1 < len(text) <= 80
        and (
            text[0].isupper() or text[0].isdigit() or not text[0].isascii() or words[0].lower() in _OF_PLACES
        )
        and any(map(str.isalpha, text))
        and not set(text) & set('<>{}[]=@:;_\\|*"')
        and text[:2] != "0x"
        and not (text.isascii() and text.isupper() and len(text) < 4)
        and not is_prose(value)
    )


_OF_PLACES = frozenset(
    ("ul.", "str.", "via", "rue", "calle", "av.", "de", "la", "le", "den", "jl.", "ул.", "вул.", "г.")
)


def _name(found: Value, value: bytes) -> bool:
    if _field(found) == _OWN_NAME and (value[:1].islower() or is_thing(value.split()[0])):
        return False
    if not found.quoted and found.following in (b"[", b"("):
        return False  # `name=row["name"]`
    if found.style == "said" and (value[:1].islower() or any(map(is_thing, value.split()))):
        return False  # `surname "foo" is too short`
    if not found.quoted and value.startswith(MASK):
        return False  # the name is hidden, and what follows tells of something else
    if found.quoted and b"-" in value and value.isupper() and b" " not in value:
        return False  # `OTHER-ACCOUNTS`
    if b" " not in value and found.quoted and _field(found).endswith(_SHOWN):
        return _username(found, value)
    if b"%" in value:
        value = unquote_to_bytes(value)
    if found.style == "assign" and not found.quoted and all(map(is_thing, value.split()[:1])):
        return False  # `driver name: Microsoft Wi-Fi Direct`
    if len(value) > 60 or any(byte in b"0123456789_/\\(){}[]<>=$@:" for byte in value) or is_prose(value):
        return False
    if b"." in value.replace(b". ", b"").rstrip(b".") or (
        not value.isascii() and is_said_of_fields(_bare_of_article(found, value))
    ):
        return False
    return found.quoted or found.tight or found.style == "xml" or value[:1].isupper() or not value.isascii()


def _bare_of_article(found: Value, value: bytes) -> bytes:
    """In quotes, an Arabic word with its article is a family's name; in a sentence, the next word of it."""
    return value.removeprefix(_ARTICLE) if found.quoted else value


_ARTICLE = "ال".encode()
_SHOWN = (
    b"display",
    b"displayname",
    b"display_name",
    b"player_name",
    b"playername",
    b"nick_name",
    b"character_name",
)


def _field(found: Value) -> bytes:
    """The last word before a value."""
    return (
        found.data[max(0, found.start - 32) : found.start]
        .lower()
        .translate(_LETTERS)
        .strip()
        .rpartition(b" ")[2]
    )


def _answer(found: Value, value: bytes) -> bool:
    return len(value) <= 80 and found.following not in (b"(", b"[")


def _trait(found: Value, value: bytes) -> bool:
    told = _field(found).startswith((b"diagnos", b"symptom", b"medical", b"allerg")) and found.quoted
    if found.quoted and tells(value.decode("utf-8", "ignore")):
        return True
    return (
        found.style != "pair"
        and len(value) <= (80 if told else 40)
        and (told or not is_prose(value))
        and not set(value) & set(b"=.()_[]{}")
    )


def _geo(found: Value, value: bytes) -> bool:
    whole, _, fraction = value.strip(b"()[] ").partition(b".")
    return len(digits(fraction)) >= 3 and len(digits(whole)) <= 3 and digits(whole) != b""


def _is_login(found: Value, value: bytes) -> bool:
    """`username: mpetrov`, alone on its line or first in a list."""
    name = found.data[max(0, found.start - 16) : found.start].lower().rstrip(b": ")
    told = name.endswith((b"username", b"nickname", b"login", b"user_name"))
    return (
        told
        and value.isalpha()
        and value.islower()
        and len(value) > 3
        and found.following in (b"", b"\n", b"\r", b",")
    )


def _username(found: Value, value: bytes) -> bool:
    value = value.removeprefix(b"@")
    if found.quoted and (b" " in value or not value.isascii()):
        return _is_a_name(value)
    return (
        (
            found.quoted
            or found.tight
            or (value.isalnum() and len(digits(value)) > 1 and not value.isdigit())
            or _is_login(found, value)
            or (
                b"_" in value.strip(b"_")
                and value.replace(b"_", b"").isalnum()
                and b" " not in found.separator[:-1]
            )
        )
        and len(value) <= 64
        and (not value.isupper() or (len(value) > 11 and value.isalnum() and len(digits(value)) > 1))
        and value.lower() not in _SYSTEM_USERS
        and not value.startswith(b"0x")
        and (not _is_bare_handle(found) or value.strip(b"@._") != value or not value.isalpha())
        and (_is_login(found, value) or not is_code(found, value))
        and not set(value) & set(b" =:")
    )


def _is_a_name(value: bytes) -> bool:
    """Of somebody: words with capitals, none of a thing's, or in a script without capitals."""
    if _in_another_script(value):
        return not is_said_of_fields(value)
    return is_person(value, known=False) and not any(map(is_thing, value.split()))


def _mailbox(found: Value, value: bytes) -> bool:
    """Also one that is not valid, which is often what the error is about: `ann@example`."""
    return b"@" in value[1:-1] and not set(value) & set(b" ()[]{}=:/") and len(value) <= 254


def _is_bare_handle(found: Value) -> bool:
    """`handle` alone is also what a hand or a window has."""
    lead = found.data[max(0, found.start - 24) : found.start].lower().rstrip(b"\"': =@")
    return lead.endswith(b"handle") and not lead[:-6].endswith((b"_", b"-"))


def _internet_address(found: Value, value: bytes) -> bool:
    """By its own form, but for one that no client has."""
    name = found.data[max(0, found.start - 32) : found.start].rstrip(b"\"'`:= ")
    return is_documented_peer(name.rpartition(b" ")[2], value)


def _person(found: Value, value: bytes) -> bool:
    """A known name; or any, where what stands around tells that it is a person's and no word is a thing's."""
    plain = value.translate(None, b" ()-./")
    if plain.lstrip(b"+").isdigit():
        field = _field(found)
        return 9 <= len(plain) <= 14 and (
            field.endswith(_REACHED)
            or (field == b"to" and (len(plain) > 10 or (plain != value and plain[:1] in b"0+")))
        )
    if not value[:1].isupper() and value[:1].isascii():
        return False
    if b"%" in value:
        value = unquote_to_bytes(value)
    field = found.data[max(0, found.start - 24) : found.start].lower()
    if b" " not in value and _field(found).endswith(_PARTS) and _held_by_a_person(found):
        return is_person(b"An " + value, known=False) and not is_thing(value)
    if any(word in field for word in _PEOPLE) or _among_people(found):
        return is_person(value, known=False) or _in_another_script(value)
    if is_person(value, known=True):
        return True
    return (
        (is_person(value, known=False) or _in_another_script(value))
        and not any(map(is_thing, value.split()))
        and (_is_of_a_person(found, _field(found)) or _beside_hidden(found))
    )


def _is_of_a_person(found: Value, word: bytes) -> bool:
    """By who is named there, or whose name it is: `approver: …`, `"child": {"name": …`, `Tenant(name=…`."""
    if word.endswith((b"name", b"first", b"last")):
        return _held_by_a_person(found) or _names_a_doer(word)
    return word.endswith(_DOERS) or (
        word not in _ALSO_THINGS and holds_a_person(word.decode("utf-8", "ignore"))
    )


def _names_a_doer(word: bytes) -> bool:
    """`courier_name`, `signer_name`, `receptionist_name`; a server or a vendor is no person."""
    doer = word.removesuffix(b"name").rstrip(b"_-").rpartition(b"_")[2]
    return len(doer) > 4 and doer.endswith((b"er", b"or", b"ist", b"eur", b"ier")) and doer not in _NO_DOERS


_NO_DOERS = frozenset(
    b"""adapter advertiser adviser broker buffer carrier center chapter character cluster color
    compiler computer connector consumer container controller counter cover dealer distributer
    distributor docker driver error exporter filter folder footer handler header helper importer
    layer loader manufacturer marker master monitor newsletter number offer operator order paper
    parameter parser partner pointer poster power printer processor producer provider publisher
    quarter register render renderer reseller retailer router sampler scanner scheduler seller
    sender sensor server sticker supplier theater tier timer tracker transfer trigger user vector
    vendor worker""".split()
)
_PARTS = (b"first", b"last", b"given", b"family", b"middle")


def _held_by_a_person(found: Value) -> bool:
    return holds_a_person(_holder(found.data[max(0, found.start - _HELD) : found.start]))


def _holder(lead: bytes) -> str:
    """The word before the bracket that is open where `lead` ends."""
    end = len(lead)
    while (at := max(lead.rfind(bracket, 0, end) for bracket in _BRACKETS)) >= 0:
        inside = lead[at + 1 :]
        if sum(map(inside.count, _CLOSED)) <= sum(map(inside.count, _BRACKETS)):
            return lead[:at].translate(_LETTERS).rstrip().rpartition(b" ")[2].decode("utf-8", "ignore")
        end = at
    return ""


_REACHED = (b"contact", b"contacto", b"contatto", b"kontakt", b"contato", b"caller")  # often by telephone
_HELD = 160  # bytes
_BRACKETS = (b"(", b"[", b"{", b"<")
_CLOSED = (b")", b"]", b"}", b">")
_LETTERS = bytes(
    byte if (chr(byte).isalnum() and byte < 128) or byte in b"_.-" or byte > 127 else 0x20
    for byte in range(256)
)
_ALSO_THINGS = frozenset(
    b"""to customer client contact owner patient recipient agent host member
    reservation booking appointment registration ride claim""".split()
)


def _in_another_script(value: bytes) -> bool:
    """A few letters of a script without capitals, as a name has: `藤本 海斗`, `خالد المنصوري`."""
    text = value.decode("utf-8", "ignore").strip()
    letters = "".join(text.replace("・", "").split())
    if not 1 < len(letters) < 25 or letters.lower() != letters.upper():
        return False
    return letters.isalpha() or all(char.isalpha() or category(char)[0] == "M" for char in letters)


_NEIGHBOURS = (
    b"mail",
    b"phone",
    b"birth",
    b"ssn",
    b"dob",
    b"passport",
    b"address",
    b"customer",
    b"patient",
    b"mobile",
    b"cardholder",
)
_AROUND = 120  # bytes


def _among_people(found: Value) -> bool:
    """What else a person has stands around, on the same line."""
    before = found.data[max(0, found.start - _AROUND) : found.start].rpartition(b"\n")[2]
    after = found.data[found.end : found.end + _AROUND].partition(b"\n")[0]
    around = (before + after).lower()
    return any(word in around for word in _NEIGHBOURS)


def _beside_hidden(found: Value) -> bool:
    """In the object, on the line where something else of somebody is hidden."""
    before = found.data[max(0, found.start - _AROUND) : found.start].rpartition(b"\n")[2]
    after = found.data[found.end : found.end + _AROUND].partition(b"\n")[0]
    return MASK in after.partition(b"}")[0] or MASK in before.rpartition(b"{")[2]


def _device(found: Value, value: bytes) -> bool:
    if _field(found).endswith(b"name"):
        return is_given_to_a_device(value.decode("utf-8", "ignore"))
    return (
        len(value) >= 10
        and len(digits(value)) >= 4
        and len(value) <= 48
        and value.replace(b"-", b"").replace(b" ", b"").isalnum()
    )


PERSONAL = {
    "name": _name,
    "person": _person,
    "device": _device,
    "answer": _answer,
    "trait": _trait,
    "geo": _geo,
    "user": _username,
    "email": _mailbox,
    "ip": _internet_address,
}
