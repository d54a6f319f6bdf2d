"""What an event has under a name, for a parameter that is called so."""

from __future__ import annotations

from dataclasses import dataclass, field

from healer.reproduction.values import Literal, Made, Opaque, Table, Value, plain

_LONG = 200  # characters of a text that is taken for another of its name
_DEEP = 3  # dicts in dicts whose keys are read as names


@dataclass
class Hearsay:
    """Of two values with one name the one that was heard first."""

    plain: dict[str, Literal] = field(default_factory=dict)  # texts and numbers, also of dicts
    objects: dict[str, Opaque | Made] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)  # that may be source

    def hear(self, name: str, value: Value, depth: int = 0) -> None:
        """A local, or what a dict in one holds."""
        if isinstance(value, Literal) and isinstance(value.constant, str | int | float) and name:
            if value.constant not in ("", True, False) and len(value.source) < _LONG:
                self.plain.setdefault(name, value)
        elif isinstance(value, Opaque | Made) and value.name:
            self.objects.setdefault(name, value)
        elif isinstance(value, Table) and depth < _DEEP:
            for key, held in value.items:
                self.hear(str(plain(key) or ""), held, depth + 1)

    def called(self, name: str) -> Literal | None:
        """A text or number: `region` is a `region_name`, too."""
        stem = name.removesuffix("_name").removesuffix("_id")
        return self.plain.get(name) or self.plain.get(stem)
