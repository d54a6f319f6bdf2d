"""The named tuple that a JSON list once was."""

from __future__ import annotations

from collections.abc import Iterator

from healer.reproduction.facts import Facts, identity
from healer.reproduction.index import Index
from healer.reproduction.modules import Class, Module
from healer.reproduction.values import Many


def tuple_class(
    index: Index, facts: Facts, value: Many, near: Module | None, annotation: str
) -> Class | None:
    """By annotation, or by the fields that the code reads."""
    cls = index.find_class(annotation, near) if annotation and "[" not in annotation else None
    if cls and index.kind(cls) == "namedtuple":
        return cls
    used = {a for a in facts.used.get(identity(value), set()) if not hasattr(list, a)}
    return _with_fields(index, frozenset(used), len(value.items), near) if used else None


def _with_fields(index: Index, used: frozenset[str], count: int, near: Module | None) -> Class | None:
    known = [index.find_class(n, near) for n in near.imports] if near else []
    known += [*near.classes.values()] if near else []
    known += index.namedtuples()
    for cls in known:
        if cls and index.kind(cls) == "namedtuple":
            fields = index.initial(cls) or ()
            if len(fields) == count and used <= {f.name for f in fields} | set(_methods(index, cls)):
                return cls
    return None


def _methods(index: Index, cls: Class) -> Iterator[str]:
    for parent in index.parents(cls):
        functions = parent.module.functions.values()
        yield from (f.name for f in functions if f.owner and f.owner.name == parent.name)
