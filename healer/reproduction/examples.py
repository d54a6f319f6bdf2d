"""Constructor arguments as the repository itself writes them, its tests first."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from healer.reproduction import reprs
from healer.reproduction.index import Index
from healer.reproduction.modules import Class, Module, Parameter
from healer.reproduction.values import Opaque, Value, walk

Written = tuple[Module, dict[str, Value]]


class Examples:
    """Of each class the calls whose arguments can be read, by parameter."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[tuple[str, str], list[Written]] = {}

    def of(self, cls: Class, parameter: str) -> tuple[Module, Value] | None:
        """The first value that is written for a parameter, and where."""
        key = (cls.module.path, cls.qualname)
        if key not in self._found:
            parameters = self._index.initial(cls) or ()
            calls = self._index.calls(cls.name)
            self._found[key] = [(module, dict(_read(call, parameters))) for module, call in calls]
        written = (w for w in self._found[key] if parameter in w[1])
        return next(((module, bound[parameter]) for module, bound in written), None)


def _read(call: ast.Call, parameters: Sequence[Parameter]) -> Iterator[tuple[str, Value]]:
    given = [
        *zip((p.name for p in parameters), call.args, strict=False),
        *((k.arg or "", k.value) for k in call.keywords),
    ]
    for name, node in given:
        held = reprs.read_node(node)
        if name and held is not None and not any(isinstance(v, Opaque) for v in walk(held)):
            yield name, held
