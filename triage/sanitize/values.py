"""Whether what stands beside a telling name is a value to hide, or code, prose, a type or a placeholder."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import unquote_to_bytes

from triage.sanitize.people import is_person
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import bytes_pattern
from triage.sanitize.validators import digits, entropy


class Value(NamedTuple):
    """`style` says how name and value are joined: assign, pair, call, sql, flag, xml, spoken or beside."""

    kind: str
    data: bytes
    start: int
    end: int
    separator: bytes = b"="
    style: str = "assign"
    quoted: bool = True

    @property
    def value(self) -> bytes:
        return self.data[self.start : self.end]

    @property
    def following(self) -> bytes:
        return self.data[self.end : self.end + 1]

    @property
    def tight(self) -> bool:
        """Joined without a space, as in `a=b`, which is how machines write it."""
        return (
            not self.quoted
            and self.style == "assign"
            and not self.separator[-1:].isspace()
            and b":" not in self.separator
        )


_EXCUSED = frozenset(
    b"""none null nil true false undefined nan str string int integer number bool boolean bytes bytearray
    object required invalid missing expired incorrect wrong empty optional any self no yes not is must
    cannot was has redacted filtered hidden masked unknown unset failed error ok ko denied rejected
    revoked mismatch valid found disabled enabled default type the a an basic bearer digest token
    password secret key value text unauthorized forbidden anonymous guest n/a na nothing changeme-hidden
    reset changed updated accepted provided given set unchanged protected authenticated successful
    success todo tbd varchar char uuid json array list dict map set tuple float double date datetime
    file env auto manual public private internal external system local remote select insert update
    create delete function async await lambda return raise""".split()
)
_PROSE = frozenset(
    b"""is are was must should cannot can't not too required invalid field your the this that please enter
    may have has missing expired incorrect wrong characters least match does do failed for from with
    when than been be will already to of and or es ist muss nicht est doit pas debe requerido
    obbligatorio verplicht""".split()
)
_MASKS = (
    b"[filtered", b"[redacted", b"[masked", b"[hidden", b"<redacted", b"***", b"\xe2\x80\xa2", b"${", b"{{",
    b"%(", b"$(", b"...", b"<", b"xxxx", b"your_", b"your-", b"%s", b"%v", b"%d", b"%r", b"#{",
)  # fmt: skip
_DIGITS_NEEDED = {
    "card": 12, "account": 5, "national-id": 5, "passport": 5, "licence": 5, "phone": 6, "birth-date": 4,
    "pin": 3, "address": 1, "health": 4,
}  # fmt: skip
_GENERATED = frozenset(["token", "key", "credential", "session", "secret", "cookie"])
_STRANGERS = frozenset(
    b"sin nie ein tin rut nir nik npi mbi abn pan cc acc".split()
)  # words of other languages, too
_SHORT_CODES = ([b"bsb"], [b"BSB"], [b"code"], [b"Code"])
_NO_CAPITALS = bytes(byte for byte in range(256) if not 65 <= byte <= 90)
_SYMBOLS = b"+/=!$%^*~#"
_SHORTEST = {"cookie": 4}
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
_SYSTEM_USERS = frozenset(
    b"root admin postgres mysql sa ubuntu app www-data nobody system guest default user test none".split()
)


def worth_hiding(found: Value) -> bool:
    value = found.value.strip()
    low = value.lower()
    if len(value) < 2 or low in _EXCUSED or low.startswith(_MASKS) or low.rstrip(b".,!:") in _EXCUSED:
        return False
    if value[:1] == b"{" and not _sealed(value):
        return False
    if value[:1] == b"?" and b"${" in found.data[max(0, found.start - 64) : found.start]:
        return False  # what a shell says where a variable is not set
    if not value.strip(MASK) or set(value) <= set(b"*x.-X_ "):
        return False
    if found.style == "beside" and not _surely_generated(value):
        return False
    if found.kind == "generated":
        return _drawn(found, value)
    if found.style == "number":
        return _stated(found, value)
    if found.kind in _DIGITS_NEEDED:
        return _numbered(found, value)
    if found.kind in _PERSONAL:
        return _PERSONAL[found.kind](found, value)
    if found.kind in _GENERATED and len(value) < _SHORTEST.get(found.kind, 6):
        return False
    if _is_prose(value) or _is_code(found, value):
        return False
    if found.style in ("call", "sql") and not (
        _has_digit(value)
        or _scrambled(value)
        or found.data[found.start - 10 : found.start - 2] == b"PASSWORD"
    ):
        return False
    return _generated(found, value) if found.kind in _GENERATED else _password(found, value)


def _sealed(value: bytes) -> bool:
    """`{AQAAABAAAA…}`, as Jenkins keeps it; `{name}` is a template."""
    return len(value) > 20 and len(digits(value)) > 2


def _has_digit(value: bytes) -> bool:
    return bool(digits(value))


def _is_prose(value: bytes) -> bool:
    words = value.lower().split()
    return len(words) > 1 and any(word.strip(b".,:;!") in _PROSE for word in words)


def _is_code(found: Value, value: bytes) -> bool:
    """A name, an attribute path or a call, as in `token = request.headers.get(…)`."""
    if found.quoted or (found.kind == "password" and _is_setting(found, value)):
        return False
    if found.following in (b"(", b"[") or (value[:1] in (b"$", b"@", b"%") and not _has_digit(value)):
        return True
    called, bracket, _ = value.partition(b"(")
    if bracket and found.kind != "password" and called.replace(b".", b"").replace(b"_", b"").isalpha():
        return True
    if (
        value
        == found.data[found.start - len(value) - len(found.separator) : found.start - len(found.separator)]
    ):
        return True  # token=token
    plain = value.replace(b".", b"").replace(b"_", b"")
    if not plain.isalnum() or value[:1].isdigit():
        return False
    if (
        found.kind == "password"
        and found.following in (b"", b"\n", b"\r")
        and _has_digit(value)
        and found.separator[-1:].isspace()
    ):
        return False
    if found.following in (b")", b",", b".", b":", b"}", b"]") or not found.tight:
        return _reads_like_a_name(value)
    return b"." in value and not _has_digit(plain)


def _reads_like_a_name(value: bytes) -> bool:
    """Letters with at most a digit or two at the end, in one case or in words: `old_password`, `tokens2`."""
    if len(digits(value)) > 1:
        return False
    parts = [part for part in value.replace(b".", b"_").split(b"_") if part]
    return all(
        part.rstrip(b"0123456789").isalpha() and len(part) <= 20 and not _scrambled(part) for part in parts
    )


def _generated(found: Value, value: bytes) -> bool:
    size = len(value)
    numerals = len(digits(value))
    if found.style in ("pair", "spoken") and not numerals and _reads_like_a_name(value.replace(b"-", b"_")):
        return False
    if found.kind == "cookie":
        if found.style == "spoken" or (b"`" in found.separator and not found.quoted):
            return b"=" in value
        return found.quoted or b"=" in value or not (b"(" in value or value[:1] in b"[{|" or b" | " in value)
    if value[:2] == b"0x" or (
        found.style == "spoken" and value[:1] in b"v0123456789" and value.count(b".") == 2
    ):
        return False  # an address in memory, a version
    if found.style == "spoken" and (b"[" in value or b"(" in value):
        return False
    if (value[:1] in (b"/", b".") and b"/" in value[1:] and size < 40) or b"://" in value:
        return False
    if value.isalpha() and value.islower() and found.separator[:1] == b":" and found.separator[-1:] == b" ":
        return False  # unexpected token: 'identifier'
    if value.isdigit():
        return size >= 8 or (found.kind == "token" and size >= 6 and _is_one_time(found))
    if found.quoted or found.tight:
        return numerals > 0 or _mixed(value) or (found.style != "spoken" and size >= 8 and b" " not in value)
    return (numerals > 0 and (size >= 8 or numerals >= 2) and b"(" not in value) or (
        size >= 12 and _mixed(value)
    )


def _drawn(found: Value, value: bytes) -> bool:
    """Drawn at random: letters of both cases and digits, or a long hex number."""
    plain = value.translate(None, b"+/=_-.:")
    if len(plain) < 16 or not plain.isalnum() or b"//" in value or found.following == b"(":
        return False
    numerals = len(digits(plain))
    if plain.strip(b"0123456789abcdefABCDEF") == b"":
        return plain == value and len(plain) in (32, 40, 48, 64, 128) and 0 < numerals < len(plain)
    cased = plain.lower() != plain and plain.upper() != plain
    lettered = b"".join(value.translate(None, b"+/=").split(b"-")).split(b"_")
    longest = max(len(part) for part in lettered)
    return (
        numerals > 1 and entropy(value) > (3.2 if cased else 3.5) and longest >= 12 and numerals < len(plain)
    )


def _stated(found: Value, value: bytes) -> bool:
    """A number after its name, with no sign between."""
    count = len(digits(value))
    name = found.data[max(0, found.start - 24) : found.start].split()
    if name and (
        (name[-1] in _STRANGERS and count < 15) or (name[-1].lower() == b"rfc" and not value[:3].isalpha())
    ):
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


_LETTERS = bytes(byte if chr(byte).isalnum() and byte < 128 else 0x20 for byte in range(256))
_STATED = {"national-id": 6, "passport": 6, "card": 12, "birth-date": 4, "pin": 3, "health": 6, "address": 1}


def _surely_generated(value: bytes) -> bool:
    """Digits among letters, and many: `invalid api key 01ab…` has no separator to go by."""
    plain = value.translate(None, b"/+=_-.")
    numerals = len(digits(value))
    return (
        len(value) >= 16
        and max(map(len, value.translate(_LETTERS).split())) >= 12
        and (plain == value or entropy(value) > 3.5)
        and plain.isalnum()
        and (2 < numerals < len(value) - 2 or (numerals > 0 and _mixed(value)))
    )


def _is_one_time(found: Value) -> bool:
    lead = found.data[max(0, found.start - 32) : found.start].lower()
    return any(word in lead for word in (b"otp", b"code", b"mfa", b"2fa", b"token"))


def _scrambled(value: bytes) -> bool:
    """Letters in no order: more capitals than CamelCase has, or runs of them that nobody could say."""
    capitals = len(value.translate(None, _NO_CAPITALS))
    if not len(value) < 4 * capitals < 3 * len(value):
        return False
    if len(value) >= 12:
        return entropy(value) > 3
    return len(value) >= 8 and _UNSPEAKABLE.search(value) is not None


# Capitals that no word and no usual abbreviation has inside: `GLFthoiJFM`, `qBFOCTplA`.
_UNSPEAKABLE = bytes_pattern(
    r"[a-z][A-Z]{5}|^[A-Z]{2,}[a-z]+[A-Z]{2,}$|[a-z][B-DF-HJ-NP-TV-Z]{4}|[a-z][A-Z]{2,}[a-z]{1,2}[A-Z]|[a-z][A-Z][a-z][A-Z]|[A-Z][b-df-hj-np-tv-z]{4}",
    captures=False,
)


def _mixed(value: bytes) -> bool:
    """Both cases inside, or symbols: more than a word, and not CamelCase."""
    capitals = len(value.translate(None, _NO_CAPITALS))
    symbols = len(value.translate(None, _SYMBOLS)) < len(value)
    return (2 < capitals < len(value) - 2 or symbols) and entropy(value) > 2.5


def _password(found: Value, value: bytes) -> bool:
    name = found.data[max(0, found.start - 16) : found.start].lower()
    if found.separator == b" :" and not found.quoted:
        return False  # "you may pass :data:`x`"
    if (value[:1] in (b"/", b"~") and b"pwd" in name) or value[1:3] in (b":\\", b":/"):
        return False
    if found.quoted or found.style in ("xml", "sql", "flag"):
        return found.style != "flag" or (
            value.isascii()
            and not value.startswith(b"-")
            and not value.isupper()
            and (not value.isalpha() or _scrambled(value))
        )
    if value.isdigit():
        return len(value) >= 4 and not name.rstrip(b"=: \t").endswith((b"pass", b" pw"))
    if value.isalpha() and value.isascii():
        return (
            _scrambled(value)
            or _is_setting(found, value)
            or (
                found.tight
                and len(value) >= 4
                and not value.isupper()
                and found.following in (b"", b"&", b";", b"\n", b" ", b"\r", b"\\", b'"', b"'")
            )
        )
    return found.style != "spoken" or _has_digit(value)


def _is_setting(found: Value, value: bytes) -> bool:
    """`mail.password: …` or `DB_PASSWORD: …` alone on its line is a file of settings, not a sentence."""
    line = found.data[max(0, found.data.rfind(b"\n", 0, found.start)) : found.start].strip()
    name = line.rstrip(b":= \t")
    return (
        len(value) >= 8
        and value.isalnum()
        and found.style == "assign"
        and found.following in (b"", b"\n", b"\r")
        and (b"." in name or b"_" in name)
        and b" " not in name
    )


def _numbered(found: Value, value: bytes) -> bool:
    needed = _DIGITS_NEEDED[found.kind]
    count = len(digits(value))
    if found.kind == "pin":
        return value.isdigit() and 3 <= count <= 8
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


def _address(found: Value, value: bytes) -> bool:
    """A postal one: a memory or a network address is what debugging needs."""
    name = found.data[max(0, found.start - 24) : found.start].lower()
    count = len(digits(value))
    if any(word in name for word in (b"zip", b"post", b"plz", b"cep")):
        return count >= 2 and len(value) <= 12 and b"." not in value
    return (
        (b" " in value.strip() or b"+" in value or not value.isascii())
        and count >= 1
        and not (found.separator[-1:] == b" " and _is_prose(value))
        and any(word[:1].isdigit() or word[-1:].isdigit() for word in value.replace(b",", b" ").split())
        and len(value) >= 8
        and b":" not in value
        and b"0x" not in value
        and value.count(b".") < 3
    )


def _name(found: Value, value: bytes) -> bool:
    if b"%" in value:
        value = unquote_to_bytes(value)
    if len(value) > 60 or any(byte in b"0123456789_/\\(){}[]<>=$@:" for byte in value) or _is_prose(value):
        return False
    if b"." in value.replace(b". ", b"").rstrip(b"."):
        return False
    return found.quoted or found.tight or found.style == "xml" or value[:1].isupper() or not value.isascii()


def _answer(found: Value, value: bytes) -> bool:
    return len(value) <= 80 and found.following not in (b"(", b"[")


def _trait(found: Value, value: bytes) -> bool:
    return (
        found.style != "pair"
        and len(value) <= 40
        and not _is_prose(value)
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
        and not value.isupper()
        and value.lower() not in _SYSTEM_USERS
        and not value.startswith(b"0x")
        and (not _is_bare_handle(found) or value.strip(b"@._") != value or not value.isalpha())
        and (_is_login(found, value) or not _is_code(found, value))
        and not set(value) & set(b" =:")
    )


def _mailbox(found: Value, value: bytes) -> bool:
    """Also one that is not valid, which is often what the error is about: `ann@example`."""
    return b"@" in value[1:-1] and not set(value) & set(b" ()[]{}=:/") and len(value) <= 254


def _is_bare_handle(found: Value) -> bool:
    """`handle` alone is also what a hand or a window has."""
    lead = found.data[max(0, found.start - 24) : found.start].lower().rstrip(b"\"': =@")
    return lead.endswith(b"handle") and not lead[:-6].endswith((b"_", b"-"))


def _by_its_own_form(found: Value, value: bytes) -> bool:
    return False


def _person(found: Value, value: bytes) -> bool:
    if not value[:1].isupper() and value[:1].isascii():
        return False
    name = found.data[max(0, found.start - 24) : found.start].lower()
    if b"%" in value:
        value = unquote_to_bytes(value)
    return is_person(value, known=not any(word in name for word in _PEOPLE) and not _among_people(found))


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


def _device(found: Value, value: bytes) -> bool:
    return (
        len(value) >= 10
        and len(digits(value)) >= 4
        and len(value) <= 48
        and value.replace(b"-", b"").replace(b" ", b"").isalnum()
    )


_PERSONAL = {
    "name": _name,
    "person": _person,
    "device": _device,
    "answer": _answer,
    "trait": _trait,
    "geo": _geo,
    "user": _username,
    "email": _mailbox,
    "ip": _by_its_own_form,
}
