"""Rows as objects: models of Django, SQLAlchemy, peewee, Tortoise. All are made from keyword arguments, and
none works without its constructor."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping

from healer.reproduction.index import Index
from healer.reproduction.modules import Class, dotted
from healer.reproduction.values import Call, Guess, Instance, Literal, Name, Value

_COLUMN = re.compile(
    r"(?:\A|\.)(?:\w{0,60}Field|Column|mapped_column|relationship|backref|ForeignKey\w{0,20})\Z"
)
_REFERENCE = re.compile(r"(?:relationship|ForeignKey\w{0,20}|OneToOneField|ManyTo\w{0,20}Field)\Z")
_KEY = re.compile(r"\((\d{1,18})\)>\Z|\A<\w{1,80} (\d{1,18})>\Z")


def columns(index: Index, cls: Class) -> dict[str, bool]:
    """Names of a model's columns, and whether each refers to another model; none where it is no model."""
    found: dict[str, bool] = {}
    for parent in index.parents(cls):
        for item in parent.node.body if parent.node else ():
            target = item.targets[0] if isinstance(item, ast.Assign) else getattr(item, "target", None)
            made = dotted(item.value) if isinstance(item, ast.Assign | ast.AnnAssign) else ""
            if isinstance(target, ast.Name) and _COLUMN.search(made):
                found.setdefault(target.id, bool(_REFERENCE.search(made)))
    return found


def build(
    name: Name, known: Mapping[str, Value], declared: Mapping[str, bool], text: str, label: str
) -> Value:
    """The row: its columns by keyword, the key that its repr shows, everything else set on it."""
    given = {k: v for k, v in known.items() if k in declared and not (declared[k] and isinstance(v, Guess))}
    shown = _KEY.search(text)
    if shown and not {"id", "pk"} & set(known):
        given["id"] = Literal.of(int(shown[1] or shown[2]))
    given |= {k: v for k, v in known.items() if k in ("id", "pk")}
    made = Call(name, (), tuple(given.items()))
    left = {k: v for k, v in known.items() if k.isidentifier() and k not in given and k not in declared}
    return Instance(made, tuple(left.items()), label) if left else made
