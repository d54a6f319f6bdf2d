"""`cls(**record)` of a record with a field that this dataclass does not have: only those it has are given."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        name = dotted(call.func)
        starred = [a.value for a in call.args if a.star == "**"]
        klass = site.klass if name == "cls" else _class(site, name)
        if len(starred) != 1 or not pure(starred[0]) or klass is None or not _dataclass(klass):
            continue
        shown = site.source(starred[0])
        kept = f"{{key: value for key, value in {shown}.items() if key in {name}.__dataclass_fields__}}"
        yield Idea(
            (site.replace(starred[0], kept),),
            f"Of `{shown}`, only what is a field of `{klass.name.value}` is taken.",
            "unknown fields left out",
            0.0,
            ("what is read may have been written by another version",),
        )


def _class(site: Site, name: str) -> cst.ClassDef | None:
    return next((n for n in site.file.find(cst.ClassDef) if n.name.value == name), None)


def _dataclass(klass: cst.ClassDef) -> bool:
    marks = (d.decorator.func if isinstance(d.decorator, cst.Call) else d.decorator for d in klass.decorators)
    return any(dotted(mark).rpartition(".")[2] == "dataclass" for mark in marks)


TEMPLATE = Template("known_fields", frozenset({Kind.UNEXPECTED_KEYWORD}), 0.8, ideas)
