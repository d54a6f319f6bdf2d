"""Whether what stands beside a telling name is a value to hide, or code, prose, a type or a placeholder."""

from __future__ import annotations

from triage.sanitize.encoded import unescaped
from triage.sanitize.keys import kind_of_key
from triage.sanitize.personal import DIGITS_NEEDED, PERSONAL, numbered, stated
from triage.sanitize.placeholders import MASK
from triage.sanitize.rule import AROUND
from triage.sanitize.rules.things import is_said_of_fields
from triage.sanitize.validators import digits, entropy
from triage.sanitize.value import (
    NO_CAPITALS,
    Value,
    has_digit,
    is_class_name,
    is_code,
    is_contract,
    is_prose,
    is_setting,
    reads_like_a_name,
    scrambled,
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
) | frozenset(
    """valor valeur wert värde værdi verdi vrednost wartość hodnota érték valoare değer valore arvo значение
    значення 값 值 値 قيمة""".encode().split()
)
_LEFT_OUT = b"*x.-X_ " + "…".encode()  # stands where a value was
_MASKS = (
    b"[filtered", b"[redacted", b"[masked", b"[hidden", b"<redacted", b"***", b"\xe2\x80\xa2", b"${", b"{{",
    b"%(", b"$(", b"...", b"<", b"xxxx", b"your_", b"your-", b"%s", b"%v", b"%d", b"%r", b"#{",
)  # fmt: skip
_GENERATED = frozenset(["token", "key", "credential", "session", "secret", "cookie"])
_SCHEMES = (b"bearer", b"basic", b"token", b"apikey")
_SYMBOLS = b"+/=!$%^*~#"
_SHORTEST = {"cookie": 4}


def worth_hiding(found: Value) -> bool:
    """True for a value that its name, its form and what stands around it say is one."""
    value = found.value.strip().removesuffix(b"...")
    low = value.lower()
    if len(value) < 2 or low in _EXCUSED or low.startswith(_MASKS) or low.rstrip(b".,!:") in _EXCUSED:
        return False
    if value.endswith(b"}") and low.partition(b"#{" if b"#{" in low else b"${")[0].rstrip() in _SCHEMES:
        return False  # "Bearer #{token}"
    if value[:1] == b"{" and not _sealed(value):
        return False
    if value[:1] == b"?" and b"${" in found.data[max(0, found.start - 64) : found.start]:
        return False  # what a shell says where a variable is not set
    if not value.strip(MASK) or not value.strip(_LEFT_OUT):
        return False
    if found.style == "beside" and not _surely_generated(value):
        return False
    if found.kind == "generated":
        return _drawn(found, value) or (_of_a_secret(found) and _chosen(value))
    if found.kind == "chosen":
        return found.style in ("assign", "pair") and _chosen(value)
    if found.style == "number":
        return stated(found, value)
    if found.kind in DIGITS_NEEDED:
        return numbered(found, value)
    if found.kind in PERSONAL and (b"\\u" in value or b"\\x" in value):
        value = unescaped(value)
    if found.kind in PERSONAL:
        return PERSONAL[found.kind](found, value)
    if found.kind in _GENERATED and len(value) < _SHORTEST.get(found.kind, 6):
        return False
    if is_prose(value) or is_code(found, value) or _names_itself(found, value):
        return False
    if found.style in ("call", "sql") and not (
        has_digit(value)
        or scrambled(value)
        or (found.kind == "password" and _mixed(value) and not is_class_name(value))
        or found.data[found.start - 10 : found.start - 2] == b"PASSWORD"
    ):
        return False
    return _generated(found, value) if found.kind in _GENERATED else _password(found, value)


class Quoted:
    """`worth_hiding` of quoted values of one text, asked once about equal ones in equal surroundings."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._known: dict[tuple[str, int, int, bytes], bool] = {}

    def is_hidden(self, kind: str, start: int, end: int) -> bool:
        left = max(0, start - AROUND)
        around = (kind, start - left, end - start, self._data[left : end + AROUND])
        hidden = self._known.get(around)
        if hidden is None:
            hidden = self._known[around] = worth_hiding(Value(kind, self._data, start, end))
        return hidden


def _names_itself(found: Value, value: bytes) -> bool:
    """`session id: 'session_id'`, `["Inválido."]`, `--cookies=FICHIER`: what is to stand there."""
    text = value.decode("utf-8", "ignore")
    if text.strip("\"'").endswith(".") and text.strip("\"'.").isalpha():
        return found.kind in _GENERATED
    before = found.data[max(0, found.start - 40) : found.start].rpartition(b" ")[2]
    if before[:2] == b"--" and text.isalpha() and (text.isupper() or not text.isascii()):
        return text.isupper() or kind_of_key(text) == found.kind
    return (
        found.kind in _GENERATED
        and text.replace("_", "").isalpha()
        and text.islower()
        and kind_of_key(text) == found.kind
    )


def _sealed(value: bytes) -> bool:
    """`{AQAAABAAAA…}`, as Jenkins keeps it; `{name}` is a template."""
    return len(value) > 20 and len(digits(value)) > 2


def _generated(found: Value, value: bytes) -> bool:
    size = len(value)
    numerals = len(digits(value))
    if found.style in ("pair", "spoken") and not numerals and reads_like_a_name(value.replace(b"-", b"_")):
        return False
    if not found.quoted and is_class_name(value):
        return False  # `session: RealtimeSessionParam`
    if found.separator.strip()[:2] == b"==" and value.isalpha() and value.islower():
        return False  # `token == "variation"` compares a word
    if found.kind == "cookie":
        if found.style == "flag" and b"=" not in value:
            return False
        if b" | None" in value:
            return False  # an annotation
        if found.style == "spoken" or (b"`" in found.separator and not found.quoted):
            return b"=" in value
        return found.quoted or b"=" in value or not (b"(" in value or value[:1] in b"[{|" or b" | " in value)
    if (value[:2] == b"0x" and (size <= 18 or is_contract(value))) or (
        found.style == "spoken" and value[:1] in b"v0123456789" and value.count(b".") == 2
    ):
        return False  # an address in memory (of 64 bits at most) or of a contract, a version
    if found.style == "spoken" and (b"[" in value or b"(" in value):
        return False
    if found.style == "sql" and b":" in value and not _surely_generated(value):
        return False  # the key of a store: `localStorage key "cart:v4"`
    if value.islower() and b":" in value and all(map(_is_part_of_a_key, value.split(b":"))):
        return False  # and of another: `key session:index:v2`
    if value[:2] == b"X-" and not numerals and value.replace(b"-", b"").isalpha():
        return False  # the header that carries it
    if (value[:1] in (b"/", b".") and b"/" in value[1:] and size < 40) or b"://" in value:
        return False
    if value.count(b"/") > 1 and not numerals and value.islower():
        return False  # where it is kept: `projects/shop/secrets/db-url`
    if value.isalpha() and value.islower() and found.separator[:1] == b":" and found.separator[-1:] == b" ":
        return False  # unexpected token: 'identifier'
    if value.isdigit():
        return size >= 8 or (found.kind == "token" and size >= 6 and _is_one_time(found))
    if _is_phrase(found, value):
        return True
    if found.quoted or found.tight:
        return numerals > 0 or _mixed(value) or (found.style != "spoken" and size >= 8 and b" " not in value)
    return (numerals > 0 and (size >= 8 or numerals >= 2) and b"(" not in value) or (
        size >= 12 and _mixed(value)
    )


def _is_part_of_a_key(part: bytes) -> bool:
    return part.isalpha() or (part[:1] == b"v" and part[1:].isdigit())


_SHORT_WORDS = frozenset(
    b"the and for not with from this that was are has had but you your our its all any".split()
)


def _is_phrase(found: Value, value: bytes) -> bool:
    """`secret: 'pebble glacier lantern'`: plain words of no sentence, as passphrases are made of."""
    words = value.split()
    return (
        found.quoted
        and found.kind in ("secret", "password")
        and 2 < len(words) < 25
        and all(word.isalpha() and word.islower() and len(word) > 2 for word in words)
        and not any(word in _EXCUSED or word in _SHORT_WORDS for word in words)
    )


def _of_a_secret(found: Value) -> bool:
    """`secret_part` may hold what a person chose, as well."""
    name = found.data[max(0, found.start - 32) : found.start].lower()
    return found.style in ("assign", "pair") and b"secret" in name


def _chosen(value: bytes) -> bool:
    """As people choose passwords: small letters, capitals and digits, or letters, digits and a sign."""
    if not 8 <= len(value) <= 64 or set(value) & _NOT_CHOSEN or not has_digit(value) or is_class_name(value):
        return False
    cased = value.lower() != value != value.upper()
    return (cased and not value[:1].isdigit()) or bool(
        _SIGNS.intersection(value) and value.lower() != value.upper()
    )


_NOT_CHOSEN = frozenset(b" /\\(){}[]<>|,;:=\"'`")
_SIGNS = frozenset(b"!#$%&*+?@^~")


def _drawn(found: Value, value: bytes) -> bool:
    """Drawn at random: letters of both cases and digits, or a long hex number."""
    plain = value.translate(None, b"+/=_-.:")
    if len(value) == 36 and value.count(b"-") == 4:
        return (
            found.data[max(0, found.start - 16) : found.start]
            .lower()
            .rstrip(b"\"'=: \t")
            .endswith(b"secret_id")
        )
    if len(plain) < 16 or not plain.isalnum() or b"//" in value or found.following == b"(":
        return False
    if b"/" in value and value.rpartition(b".")[2].isalpha() and b"." in value:
        return False  # a file's place in a store: `exports/2025/05/stock.parquet`
    if any(len(part) > 3 and part.isalpha() and part.islower() for part in value.split(b"/")[:-1]):
        return False  # or the key of a form: `views/forms/w4:20240901`
    numerals = len(digits(plain))
    if plain.strip(b"0123456789abcdefABCDEF") == b"":
        return plain == value and len(plain) in (32, 40, 48, 64, 128) and 0 < numerals < len(plain)
    cased = plain.lower() != plain and plain.upper() != plain
    lettered = b"".join(value.translate(None, b"+/=").split(b"-")).split(b"_")
    longest = max(0 if part.isdigit() else len(part) for part in lettered)
    return (
        numerals > 1 and entropy(value) > (3.2 if cased else 3.5) and longest >= 12 and numerals < len(plain)
    )


_LETTERS = bytes(byte if chr(byte).isalnum() and byte < 128 else 0x20 for byte in range(256))


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


def _mixed(value: bytes) -> bool:
    """Both cases inside, or symbols: more than a word, and not CamelCase."""
    capitals = len(value.translate(None, NO_CAPITALS))
    symbols = len(value.translate(None, _SYMBOLS)) < len(value)
    return (2 < capitals < len(value) - 2 or symbols) and entropy(value) > 2.5


def _password(found: Value, value: bytes) -> bool:
    name = found.data[max(0, found.start - 16) : found.start].lower()
    if found.style == "spoken" and b"to pass" in name:
        return False  # "the id to pass to `GET /users`"
    if (found.separator == b" :" and not found.quoted) or (found.style == "pair" and value[:1] == b"-"):
        return False  # "you may pass :data:`x`"
    if (
        (
            value[:1] in (b"/", b"~", b".")
            and b"/" in value[1:]
            and name.rstrip(b"\"'=: \t").endswith((b"file", b"path", b"dir"))
        )
        or (value[:1] in (b"/", b"~") and b"pwd" in name)
        or value[1:3] in (b":\\", b":/")
    ):
        return False
    if found.quoted or found.style in ("xml", "sql", "flag"):
        return found.style != "flag" or (
            value.isascii()
            and not value.startswith(b"-")
            and not value.isupper()
            and (not value.isalpha() or scrambled(value))
        )
    if value.isdigit():
        return len(value) >= 4 and not name.rstrip(b"=: \t").endswith((b"pass", b" pw"))
    if value.isalpha() and value.isascii():
        return (
            scrambled(value)
            or is_setting(found, value)
            or (
                found.tight
                and len(value) >= 4
                and not value.isupper()
                and found.following in (b"", b"&", b";", b"\n", b" ", b"\r", b"\\", b'"', b"'")
            )
        )
    if found.style in ("assign", "pair") and _is_said_of_it(found, value):
        return False
    return found.style != "spoken" or has_digit(value)


def _is_said_of_it(found: Value, value: bytes) -> bool:
    """`Пароль: обязательное поле`, `密码：必填项`: what a form says of a field, in letters beyond ASCII."""
    text = value.decode("utf-8", "ignore")
    after = found.data[found.end : found.end + 4].decode("utf-8", "ignore")
    goes_on = after[:1] == " " and after[1:2].isalpha() and b"=" not in found.separator
    return text.isalpha() and (goes_on or is_said_of_fields(value))
