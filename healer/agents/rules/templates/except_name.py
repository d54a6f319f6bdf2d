"""`except Error as reason:` deletes `reason` at its end, and it is asked for below: it is kept."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, walk


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("name", "")
    if site.function is None or not site.function.body.body:
        return
    handlers = [n for n in walk(site.function.body) if isinstance(n, cst.ExceptHandler) and _named(n, name)]
    first = next((s for s in site.function.body.body if not _docstring(s)), None)
    if not handlers or first is None:
        return
    other = "error" if name != "error" else "caught"
    edits: list[Edit] = [site.before(first, f"{name} = None")]
    for handler in handlers:
        assert handler.name is not None
        edits += [
            site.replace(handler.name.name, other),
            site.before(handler.body.body[0], f"{name} = {other}"),
        ]
    yield Idea(
        tuple(edits),
        f"`{name}` is kept beyond the handler.",
        f"{name} kept",
        0.0,
        ("the name that a handler gives is deleted at its end",),
    )


def _named(handler: cst.ExceptHandler, name: str) -> bool:
    return (
        handler.name is not None
        and isinstance(handler.name.name, cst.Name)
        and handler.name.name.value == name
    )


def _docstring(statement: cst.CSTNode) -> bool:
    small = statement.body[0] if isinstance(statement, cst.SimpleStatementLine) else None
    return isinstance(small, cst.Expr) and isinstance(small.value, cst.SimpleString)


TEMPLATE = Template("except_name", frozenset({Kind.UNBOUND}), 2.4, ideas)
