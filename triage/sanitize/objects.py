"""What the fields of an object say of each other: whose name it is, and what a `value` or a `text` is of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

from triage.sanitize.company import PARTS, SOMEBODYS, is_somebodys
from triage.sanitize.keys import holds_a_person, in_company, in_object, kind_of_field, kind_of_key
from triage.sanitize.people import is_given, is_login
from triage.sanitize.positional import VALUES as TEMPLATED
from triage.sanitize.recent import Recent
from triage.sanitize.rules.things import is_thing

_MOST = 1000  # fields
_MAX_NAME = 200  # characters
LABELS = (
    "key",
    "name",
    "label",
    "field",
    "attribute",
    "header",
    "question",
    "prompt",
    "fieldName",
    "field_name",
    "property",
)
SYSTEMS = ("system", "type", "kind", "code")
VALUES = frozenset(
    ("value", "val", "content", "valueString", "answer", "fieldValue", "rejectedValue", "rejected_value")
)
# What a number, a place or a name is made of, where that has an object of its own.
_PARTS = frozenset(
    "text value formatted raw number display full line given family first last unstructured".split()
)
_IN_PARTS = frozenset(
    "person name address phone email national-id passport licence account card health".split()
)
# What only a person has; a shop has an address and a telephone as well.
_OF_PEOPLE = frozenset("email passport national-id birth-date licence health".split())
_SOMEBODY = frozenset((*_OF_PEOPLE, "person", "name", "phone"))
# What an event has of a request, a frame or a process is nobody's record.
NO_RECORDS = frozenset("vars extra tags contexts headers env cookies environ params".split())
# Numbers of these are an application's own.
_OWN = frozenset(
    """id ids uid uuid control order ticket ref reference invoice transaction txn trace span request session time date at on ts timestamp
    created updated modified version count amount total price balance sku product item tracking shipment parcel sequence seq code
    hash batch build release barcode ean gtin isbn case claim lot quantity qty slot start end from until expires exp iat nbf
    booking reservation pnr room serial policy contract job payment cart basket revision delivery awb waybill pallet container vessel flight voyage meter asset line index offset size length limit""".split()
)
_OF_CARDS = frozenset(("card", "pin"))
_EXPIRES = frozenset(
    "expiry exp expires expiration expiration_date exp_date expirydate expdate validto valid_to".split()
)
CARD_EXPIRY = "card_expiry"
FULL_NAME = "full_name"
LOGIN = "username"
_LOGINS = frozenset(("uid", "id", "account"))  # where a login may stand of a person
_PAPER = "id_number"


@dataclass(frozen=True, slots=True)
class Fields:
    """Under which names the values of one object are judged."""

    name: str  # of the object
    label: str = ""  # what `VALUES` hold
    of_a_person: bool = False
    a_record: bool = False  # of somebody: what has no telling name there may be a number of his
    of_a_card: bool = False
    company: bool = False  # whether something else there is somebody's
    aliases: Mapping[str, str] = field(default_factory=dict)  # of locals

    def naming(self, key: str, shown: str, value: Any) -> str:
        """The name by which `value` is judged, that has the name `key`, and `shown` in what comes out."""
        named = self.label if self.label and key in VALUES else shown
        if key in _PARTS and (kind := kind_of_key(self.name)) in _IN_PARTS:
            named = FULL_NAME if kind in ("person", "name") else self.name
        named = self.aliases.get(key, named)
        named = in_object(self.name, named) or named
        if self.company and (told := in_company(named)) and kind_of_key(named) in PARTS:
            named = told
        if self.of_a_card and key.lower() in _EXPIRES:
            return CARD_EXPIRY
        kind = kind_of_key(named)
        if self.may_hold_login(key) and is_account(value):
            return LOGIN
        if kind == "person" and self.of_a_person and _is_full(value):
            return FULL_NAME
        return _PAPER if kind is None and self.a_record and _is_paper(named, value) else named

    def may_hold_login(self, key: str) -> bool:
        """Whether a value that is an account's name is judged as `LOGIN` under `key`."""
        return self.of_a_person and key in _LOGINS

    def asks(self, key: str) -> bool:
        """Whether a value tells, itself, by which name it is judged under `key`."""
        kind = kind_of_key(key)
        if self.of_a_person and (kind == "person" or key in _PARTS):
            return True
        return self.a_record and kind is None


def fields_of(
    name: str,
    mapping: Mapping[Any, Any],
    label: str = "",
    aliases: Mapping[str, str] | None = None,
    *,
    company: bool = False,
) -> Fields:
    kinds = {kind_of_key(key) for key in islice(mapping, _MOST) if type(key) is str}
    told = "person" in kinds and not _OF_PEOPLE.isdisjoint(kinds)
    of_a_person = told or holds_a_person(name)
    return Fields(
        name,
        label,
        of_a_person=of_a_person,
        of_a_card="card" in mapping or not _OF_CARDS.isdisjoint(kinds),
        a_record=name not in NO_RECORDS and not _is_own(name) and len(kinds & _SOMEBODY) > 1,
        company=company or of_a_person or kind_of_key(name) == "address" or _is_record(mapping, kinds),
        aliases=aliases or {},
    )


def _is_record(mapping: Mapping[Any, Any], kinds: Collection[str | None]) -> bool:
    """Whether a field is somebody's; a street alone is no company to itself."""
    if SOMEBODYS.intersection(kinds) != {"address"}:
        return is_somebodys(kinds)
    places = [key for key in islice(mapping, _MOST) if type(key) is str and _is_of_a_place(key)]
    return len(places) > 1


def _is_of_a_place(key: str) -> bool:
    return kind_of_key(key) == "address" or in_company(key) in ("home_town", "zip_code")


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of an object's fields tell, whatever these hold."""

    silent: bool  # none of them anything
    texts: Mapping[str, None]
    size: int = 0  # characters
    local: bool = False  # whether there are local variables
    fills: bool = False  # whether values for a template may be there


@lru_cache(maxsize=4096)
def tells_inside(name: str, fields: tuple[Any, ...]) -> bool:
    """Whether one of the names tells something in an object called `name` that it does not tell alone."""
    return any(type(inner) is str and in_object(name, inner) for inner in fields)


_NAMES = Recent[tuple[Any, ...], Names](5_000)
_TELLING = Names(False, {})


def names_of(mapping: Mapping[Any, Any]) -> Names:
    """Objects come with the same names again and again: frames, breadcrumbs, spans."""
    if len(mapping) > _MOST:
        return _TELLING
    fields = tuple(mapping)
    if (found := _NAMES[fields]) is None:
        found = _NAMES[fields] = _named(fields)
    return found


def _named(fields: tuple[Any, ...]) -> Names:
    for name in fields:
        if type(name) is not str or len(name) > _MAX_NAME or "[" in name or name in VALUES:
            return _TELLING
        if kind_of_field(name) is not None:
            return _TELLING
    fills = "data" in fields or not TEMPLATED.isdisjoint(fields)
    return Names(True, dict.fromkeys(fields), sum(map(len, fields)), "vars" in fields, fills)


def label_of(mapping: Mapping[Any, Any]) -> str:
    """The name in `{"key": name, "value": …}`, as tags, headers and contacts may be written."""
    if VALUES.isdisjoint(mapping):
        return ""
    names = [mapping[key] for key in LABELS if isinstance(mapping.get(key), str)]
    if names:
        return str(names[0])
    kinds = [name for key in SYSTEMS if isinstance(name := mapping.get(key), str)]
    return next((kind for kind in kinds if kind_of_key(kind) in _IN_PARTS), "")


def are_somebodys(entries: Sequence[Any]) -> bool:
    """Whether pairs, or objects with a label and a value, have what only a person has among them."""
    return is_somebodys([kind_of_key(name) for entry in islice(entries, _MOST) if (name := _labelled(entry))])


def _labelled(entry: Any) -> str:
    if isinstance(entry, dict):
        return label_of(entry)
    if isinstance(entry, (list, tuple)) and len(entry) == 2 and isinstance(entry[0], str):
        return entry[0]
    return ""


def of_a_pair(name: str, company: bool) -> str:
    """The name by which the second of a pair is judged."""
    told = in_company(name) if company and kind_of_key(name) in PARTS else None
    return told or name


def tells_whose(key: str, value: str) -> bool:
    """Whether a field's name says whose `name` it is that stands in an object which is written as a text."""
    return value[:1] in "{[(" and value[1:2] in "'\"{" and "ame" in value and holds_a_person(key)


def _is_full(name: Any) -> bool:
    """Of several words or in another script: a service may be an owner, and a group a customer."""
    if not isinstance(name, str):
        return False
    words = name.strip("'\"").encode("utf-8", "replace").split()
    if not words or not (first := words[0].decode()[:1]).isalpha() or first.islower():
        return False
    return (len(words) > 1 or not name.isascii()) and (is_given(words[0]) or not any(map(is_thing, words)))


def is_account(value: Any) -> bool:
    """Whether a text is a login made of a name."""
    return type(value) is str and is_login(value.strip("'\"").encode("utf-8", "replace"))


def _is_paper(name: str, value: Any) -> bool:
    """Eight digits or more, with a few capitals: no date, and no number that an application gave."""
    if not isinstance(value, str) or len(value) > 32:
        return False
    bare = value.strip("b'\"")
    plain = bare.translate(_JOINTS)
    if _DOCUMENTS.intersection(name.replace("-", "_").lower().split("_")) or name in _PAPERS:
        return (
            6 < len(plain) < 13
            and plain.isalnum()
            and plain.upper() == plain
            and sum(map(str.isdecimal, plain)) > 2
        )
    numerals = sum(map(str.isdecimal, plain)) if len(set(plain)) > 3 else 0
    if not (plain.isalnum() and plain.isascii() and 7 < numerals <= len(plain) <= min(numerals + 4, 18)):
        return False
    if bare[4:5] + bare[7:8] == "--" or plain != plain.upper() or bare.count(".") == 1:
        return False
    return not _is_own(name) and not name.endswith(("Id", "ID", "At", "No"))


def _is_own(name: str) -> bool:
    return not _OWN.isdisjoint(name.replace("-", "_").lower().split("_"))


_DOCUMENTS = frozenset("document doc dokument ausweis documento paper".split())
_PAPERS = frozenset("documentNumber documentNo docNumber documentId idNumber ausweisNr".split())
_JOINTS = str.maketrans("", "", " -./")
