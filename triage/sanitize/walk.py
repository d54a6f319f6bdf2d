"""The walk through an event: field by field, in whichever of Sentry's shapes it came.

It knows few fields by name (`policy`); everything else is judged by the names and texts it holds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from typing import Any

from triage.sanitize import cookies
from triage.sanitize.beside import (
    hidden_by,
    is_a_setting,
    names_next,
    silent,
    telling,
    unquoted,
)
from triage.sanitize.cells import cell_of, kind_of_cell, told_by
from triage.sanitize.characters import visible
from triage.sanitize.echoes import BY_FORM
from triage.sanitize.foresight import MAX_DEPTH, MAX_KEY, MAX_STRING, collect
from triage.sanitize.keys import kind_of_field, kind_of_key
from triage.sanitize.known import SHORT, foreknown, tells_nothing
from triage.sanitize.locals import called_elsewhere
from triage.sanitize.objects import (
    VALUES,
    are_somebodys,
    fields_of,
    label_of,
    names_of,
    of_a_pair,
    tells_inside,
    tells_whose,
)
from triage.sanitize.parts import Parts
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.policy import MAX_ITEMS, NO_NAMES, USER_KEPT, WHOLE, by_weight, in_order, is_foreign
from triage.sanitize.positional import filled, named_by_template
from triage.sanitize.recent import Recent
from triage.sanitize.text import Clean, clean

MAX_EVENT = 1_000_000  # characters of text in all
TOO_DEEP = "[cut: too deep]"

DROPPED: Any = object()
_HEADER = "Authorization: "
_OPENING = frozenset("-'\"")  # of a flag, which may be quoted


@dataclass(slots=True)
class Walk:
    names: Placeholders
    left: int = MAX_EVENT
    flags: set[str] = field(default_factory=set)
    redactions: Counter[str] = field(default_factory=Counter)
    seen: dict[str, Clean] = field(default_factory=dict)
    plain: set[str] = field(default_factory=set)  # those of `seen` that stay as they are
    hidden: dict[str, str] = field(default_factory=dict)  # what a name hid -> its kind
    texts: dict[str, str] = field(default_factory=dict)  # in which something was hidden -> what is left
    told: dict[tuple[str, str, str], bool] = field(default_factory=dict)  # what `hides` said
    aliases: dict[str, str] = field(default_factory=dict)  # of the frame's locals
    parts: Parts = field(default_factory=Parts)
    signs: int = 0  # how often something was hidden or flagged
    company: bool = False  # whether pairs, or labels with values, around are somebody's

    def whole(self, event: Mapping[str, Any]) -> dict[str, Any]:
        self.learn(event)
        sent = event if isinstance(event, dict) else {"value": event}
        cleaned = self.field("", {key: sent[key] for key in by_weight(sent)}, 0)
        return in_order(cleaned, sent) if isinstance(cleaned, dict) else {}

    def again(self, event: dict[str, Any]) -> dict[str, Any]:
        """What is left of a cleaned event in which more was hidden."""
        self.left = MAX_EVENT
        return self.whole(event)

    def learn(self, event: Any) -> None:
        """Most texts need no cleaning; telling them all at once is what makes a large event cheap."""
        texts: dict[str, None] = {}
        try:
            self.collect(event, 0, texts)
        except Exception:  # then each text is cleaned by itself
            texts = {}
        self.foresee(texts)

    def foresee(self, texts: Iterable[str]) -> None:
        """What cleaning makes of each of them, as far as that can be told of many at once: of as many as the
        event may show."""
        asked = list(texts)
        read = zip(asked, accumulate(map(len, asked)), strict=True)
        try:
            self.seen = foreknown([text for text, size in read if size <= MAX_EVENT], self.names)
            self.plain = {text for text, known in self.seen.items() if known.text == text and not known.flags}
        except Exception:  # then each text is cleaned by itself
            self.seen, self.plain = {}, set()

    def collect(self, value: Any, depth: int, texts: dict[str, None]) -> None:
        """Adds the texts of a part of an event to those that will be asked about."""
        collect(value, self.asked, texts, depth)

    def asked(self, name: str, value: Any) -> Any:
        """What is asked about a text beside its name: nothing where the name alone is enough to hide it."""
        kind = kind_of_field(name)
        if kind is None or type(value) is not str or len(value) > MAX_STRING:
            return value
        bare = unquoted(kind, value)[1]
        if not self.hides(kind, name, value, bare):
            return value
        if kind != "cookie" or "=" not in bare:
            return None
        found = cookies.pairs(value)
        return [str(pair) for pair in found if not self.told_by(pair)] if found else f"cookie: {value}"

    def text(self, text: str, limit: int = MAX_STRING) -> str:
        if self.left < 0:
            return ""
        known = self.seen.get(text)
        if known is None:
            known = self.seen[text] = clean(text, placeholders=self.names, limit=limit)
        if known.flags or known.redactions:
            self.signs += 1
            self.flags.update(known.flags)
            self.redactions.update(known.redactions)
            if not known.redactions.keys() <= BY_FORM:
                self.texts[text] = known.text
        self.left -= len(known.text)
        return known.text if self.left >= 0 else ""

    def enter(self, frame: Mapping[Any, Any], variables: Any) -> None:
        """Before the local variables of a frame, where they are cleaned apart from it."""
        self.aliases = called_elsewhere({**frame, "vars": variables})

    def key(self, key: str) -> str | None:
        try:
            return self.text(key, MAX_KEY)
        except Exception:  # never raw
            return None

    def field(self, key: str, value: Any, depth: int, under: str | None = None) -> Any:
        """The cleaned value of a field, or `DROPPED`. `under` is the kind that an outer name gave."""
        try:
            return self.value(key, value, depth, under)
        except Exception:  # a field that cannot be cleaned is dropped, never passed on
            return DROPPED

    def value(self, key: str, value: Any, depth: int, under: str | None) -> Any:
        if isinstance(value, str):
            return self.named(key, value, under)
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, (dict, list, tuple)):
            if depth >= MAX_DEPTH:
                return TOO_DEEP
            kind = under or kind_of_field(key)
            under = kind if kind in WHOLE else None
            return (
                self.mapping(key, value, depth, under)
                if isinstance(value, dict)
                else self.items(key, value, depth, under)
            )
        return self.number(key, value, under)

    def mapping(self, name: str, mapping: dict[Any, Any], depth: int, under: str | None) -> dict[str, Any]:
        signs = self.signs
        cleaned = self.entries(name, mapping, depth, under)
        if self.signs != signs:
            for part, key, kind in self.parts.private(name, cleaned):
                part[key] = self.hide(kind, *unquoted("name", str(part[key])))
        return cleaned

    def entries(self, name: str, mapping: dict[Any, Any], depth: int, under: str | None) -> dict[str, Any]:
        if under is None and self.is_silent(name, mapping):
            return self.values(mapping, depth)
        if under is None and self.is_plain(name, mapping):
            return dict(mapping)
        cleaned: dict[str, Any] = {}
        skipped = "vars" if "vars" in mapping and is_foreign(mapping) else None
        if "vars" in mapping and skipped is None:
            self.aliases = called_elsewhere(mapping)
        label = self.label(mapping)
        aliases = self.aliases if name == "vars" else None
        fields = fields_of(name, mapping, label, aliases, company=self.company and label != "")
        told = silent if name in NO_NAMES else telling
        self.read(mapping)
        slots = self.slots(mapping)
        for raw, value in islice(mapping.items(), MAX_ITEMS):
            key = raw if type(raw) is str else str(raw)
            if key == skipped:
                continue
            shown = self.shown(key) if key in self.plain else self.key(key)
            if shown is None or shown in cleaned:  # of two keys that clean to the same, the first stays
                continue
            named = told(fields.naming(key, shown, value))
            if key in slots:
                item = [
                    self.entry(slot, filler, depth + 1, under)
                    for slot, filler in zip(slots[key], value, strict=True)
                ]
            elif name == "user":
                item = self.person(named, value, depth)
            else:
                item = self.entry(named, value, depth, under)
            if item is not DROPPED:
                cleaned[shown] = item
        return cleaned

    def is_silent(self, name: str, mapping: dict[Any, Any]) -> bool:
        """Whether no name there tells anything of a value, nor a value of another."""
        names = names_of(mapping)
        if not names.silent or name in NO_NAMES or name == "user" or kind_of_field(name):
            return False
        if tells_inside(name, tuple(mapping)):
            return False
        if names.fills and self.slots(mapping):
            return False
        if name == "vars" and not self.aliases.keys().isdisjoint(mapping):
            return False
        return self.plain.issuperset(names.texts)

    def values(self, mapping: dict[str, Any], depth: int) -> dict[str, Any]:
        """The cleaned fields of an object whose names tell nothing."""
        names = names_of(mapping)
        skipped = "vars" if names.local and is_foreign(mapping) else None
        if names.local and skipped is None:
            self.aliases = called_elsewhere(mapping)
        if names.fills:
            self.read(mapping)
        self.left -= names.size
        cleaned: dict[str, Any] = {}
        plain = self.plain
        for key, value in mapping.items():
            if type(value) is str and value in plain:
                self.left -= len(value)
                cleaned[key] = value if self.left >= 0 else ""
            elif value is None or value is True or value is False:
                cleaned[key] = value
            elif key != skipped and (item := self.field(key, value, depth + 1)) is not DROPPED:
                cleaned[key] = item
        return cleaned

    def label(self, mapping: dict[Any, Any]) -> str:
        """As `label_of`, cleaned."""
        name = label_of(mapping)
        if name and name not in self.plain:
            name = (self.seen.get(name) or clean(name, placeholders=self.names)).text
        return name[:80]

    def read(self, mapping: dict[Any, Any]) -> None:
        """Notes what a template tells of the values beside it; they are hidden with the echoes."""
        try:
            for text in filled(mapping):
                known = clean(text, placeholders=self.names)
                if known.redactions:
                    self.signs += 1
                    self.texts[text] = known.text
        except Exception:  # half a character, a number of 5,000 digits: then it tells nothing
            return

    def slots(self, mapping: dict[Any, Any]) -> dict[str, list[str]]:
        """By which names the texts of a list are judged that fill a template beside it."""
        try:
            return named_by_template(mapping)
        except Exception:  # half a character: then it names nothing
            return {}

    def is_plain(self, name: str, mapping: dict[Any, Any]) -> bool:
        """Whether an object of names and texts stays as it is: none is hidden, nor tells of another."""
        try:
            if not self.plain.issuperset(mapping.values()) or not self.plain.issuperset(mapping):
                return False
        except TypeError:  # lists and objects
            return False
        if name == "vars" and not self.aliases.keys().isdisjoint(mapping):
            return False
        if len(mapping) > MAX_ITEMS or not VALUES.isdisjoint(mapping) or "vars" in mapping:
            return False
        if name not in NO_NAMES and (any(map(kind_of_field, mapping)) or kind_of_field(name)):
            return False
        if tells_inside(name, tuple(mapping)):
            return False
        size = sum(map(len, mapping)) + sum(map(len, mapping.values()))
        if size > self.left or any("[" in key for key in mapping):
            return False
        self.left -= size
        return True

    def entry(self, key: str, value: Any, depth: int, under: str | None) -> Any:
        """As `field`, of an object or list at `depth`; most of an event stays as it is."""
        if (
            under is None
            and type(value) is str
            and value in self.plain
            and not kind_of_field(key)
            and not tells_whose(key, value)
        ):
            return self.shown(value)
        return self.field(key, value, depth + 1, under)

    def shown(self, text: str) -> str:
        """A text that stays as it is, as far as there is room."""
        self.left -= len(text)
        return text if self.left >= 0 else ""

    def person(self, key: str, value: Any, depth: int) -> Any:
        """Whose error it was is told apart by a placeholder, not by a name."""
        shown = self.field(key, value, depth + 1)
        if key in USER_KEPT or not isinstance(value, str) or not isinstance(shown, str) or len(shown) < 2:
            return shown
        if value in ("inf", "-inf", "nan"):  # numbers that JSON cannot hold
            return shown
        if shown != visible(value) or kind_of_key(key) == "ip" or telling(shown) != shown or shown[0] == "[":
            return shown
        self.signs += 1
        self.redactions["user"] += 1
        if kind_of_key(key):
            self.hidden[shown] = "user"
        return self.names.name("user", shown)

    def items(
        self, key: str, values: list[Any] | tuple[Any, ...], depth: int, under: str | None
    ) -> list[Any]:
        if len(values) > MAX_ITEMS:
            values = [*values[: MAX_ITEMS // 2], *values[-MAX_ITEMS // 2 :]]
        pair = len(values) == 2 and isinstance(values[0], str)
        if under is None and not pair and self.are_lines(key, values):
            return [self.shown(value) for value in values]
        cleaned = []
        before, signs, outer = key, self.signs, self.company
        self.company = outer or are_somebodys(values)
        for value in values:
            item = self.entry(before, value, depth, under)
            if item is not DROPPED:
                cleaned.append(item)
            named = isinstance(item, str) and names_next(item, pair)
            before = of_a_pair(telling(item).strip("b'\""), outer) if named else key
        self.company = outer
        return cleaned if self.signs == signs else self.rows(values, self.row(values, cleaned))

    def rows(self, sent: Sequence[Any], shown: list[Any]) -> list[Any]:
        """Rows of as many cells each, where one may tell what another's cells hold."""
        if len(shown) < 2 or len(sent) != len(shown) or not all(isinstance(row, list) for row in shown):
            return shown
        told = [kind for row in shown for kind in told_by(row)]
        if not told or len({len(row) for row in (*sent, *shown)}) > 1:
            return shown
        return [
            [self.cell(cell, told) if cell == old else cell for old, cell in zip(*both, strict=True)]
            for both in zip(sent, shown, strict=True)
        ]

    def row(self, sent: Sequence[Any], shown: list[Any]) -> list[Any]:
        """The cells of a row in which some are hidden already."""
        for _ in range(2):  # a name tells of a number beside it
            told = told_by(shown)
            if not told or len(sent) != len(shown):
                return shown
            shown = [
                self.cell(cell, told) if cell == old else cell for old, cell in zip(sent, shown, strict=True)
            ]
        return shown

    def cell(self, shown: Any, told: Sequence[str]) -> Any:
        if not isinstance(shown, str):
            return shown
        lead, bare, tail = cell_of(shown)
        kind = kind_of_cell(bare, frozenset(told), len(told))
        return shown if kind is None else self.hide(kind, lead, bare, tail)

    def are_lines(self, key: str, values: list[Any] | tuple[Any, ...]) -> bool:
        """Whether a list of texts stays as it is: none is hidden, nor names the one after it."""
        try:
            if not self.plain.issuperset(values):
                return False
        except TypeError:  # lists and objects
            return False
        return kind_of_field(key) is None and not any(value[:1] in _OPENING for value in values)

    def named(self, key: str, value: str, under: str | None) -> str:
        kind = own = kind_of_field(key)
        if under and not (own is None and is_a_setting(under, value)):
            kind = under
        if tells_whose(key, value):
            value = self.text(f"{key}={value}").removeprefix(f"{key}=")
        if kind is None:
            return self.text(value)
        lead, bare, tail = unquoted(kind, value)
        if not self.hides(kind, key, value, bare):
            if kind != own and own is not None:
                return self.named(key, value, None)  # `auth.pin`
            shown = self.in_header(value) if _is_authorization(key) else self.text(value)
            if shown != value:
                return self.named(key, shown, under)  # what is left is judged anew
            if len(key) + len(value) <= SHORT:
                _OPEN[kind, key, value] = True
            return shown
        if kind == "cookie" and "=" in bare:
            shown = self.cookie(value)
            if "=" in shown:
                return shown
        return self.hide(kind, lead, bare, tail)

    def in_header(self, value: str) -> str:
        """A credential that is plain words: its header says what it is, as it does in a text."""
        return self.text(f"{_HEADER}{value}").removeprefix(_HEADER)

    def cookie(self, header: str) -> str:
        """What is left of a cookie header. Unless the first name tells what the pairs hold, nobody knows, and
        each is hidden that is no setting."""
        found = cookies.pairs(header)
        if not found:
            return self.text(f"cookie: {header}").removeprefix("cookie: ")
        return "; ".join(self.pair(pair, known=found[0].kind is not None) for pair in found)

    def pair(self, pair: cookies.Pair, *, known: bool) -> str:
        kind = self.told_by(pair)
        if kind is None and not known and not cookies.is_plain(pair.value):
            kind = "cookie"
        if kind:
            return self.hide(kind, f"{pair.name}=", pair.value, "")
        if len(pair.name) + len(pair.value) <= SHORT:
            _OPEN["generated", pair.name, pair.value] = True
        return self.text(str(pair))

    def told_by(self, pair: cookies.Pair) -> str | None:
        """As what a cookie is to be hidden: as what its name tells, or because it was drawn."""
        if pair.kind and self.hides(pair.kind, pair.name, pair.value, pair.value):
            return pair.kind
        return "cookie" if self.hides("generated", pair.name, pair.value, pair.value) else None

    def hides(self, kind: str, key: str, value: str, bare: str) -> bool:
        """Whether a name of this kind tells to hide the value beside it; `bare` is what is hidden of it."""
        asked = kind, key, value
        if (told := self.told.get(asked)) is None:
            told = self.told[asked] = not _OPEN[asked] and hidden_by(kind, key, bare)
        return told

    def hide(self, kind: str, lead: str, value: str, tail: str) -> str:
        self.signs += 1
        self.redactions[kind] += 1
        self.hidden.setdefault(value, kind)
        return f"{lead}{self.names.name(kind, value)}{tail}"

    def number(self, key: str, value: Any, under: str | None) -> Any:
        if not isinstance(value, (int, float)) or (isinstance(value, int) and value.bit_length() > 1024):
            return DROPPED
        if tells_nothing(value) and (under or kind_of_key(key)) is None:
            return value
        written = str(value)
        shown = self.named(key, written, under) if len(written) > 2 else written
        finite = isinstance(value, int) or math.isfinite(value)  # JSON has no NaN, and PostgreSQL takes none
        return value if finite and shown == written else shown


_OPEN = Recent[tuple[str, str, str], bool](10_000)  # (kind of name, name, text) of what stays as it is


def _is_authorization(key: str) -> bool:
    return key[-13:].lower() == "authorization"
