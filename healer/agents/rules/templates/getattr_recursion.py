"""`__getattr__` that reads `self.data`, asked of an object that `__init__` never filled, as copying and
unpickling make them: it asks itself for `data`. → `if name == "data": raise AttributeError(name)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site, is_docstring
from healer.agents.rules.syntax import dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    function, klass = site.function, site.klass
    if function is None or klass is None or site.function_name != "__getattr__":
        return
    parameters = site.parameters()
    names = _asked_again(function, klass) if len(parameters) == 2 else []
    first = next((s for s in function.body.body if not is_docstring(s)), None)
    if not names or first is None:
        return
    asked = parameters[1]
    texts = [f'"{name}"' for name in names]
    test = f"{asked} == {texts[0]}" if len(texts) == 1 else f"{asked} in ({', '.join(texts)})"
    yield Idea(
        (site.before(first, f"if {test}:", f"\traise AttributeError({asked})"),),
        f"`__getattr__` does not ask itself for {', '.join(names)}.",
        "raise AttributeError",
        reasons=("an object that is copied or unpickled is asked before it has its own attributes",),
    )


def _asked_again(function: cst.FunctionDef, klass: cst.ClassDef) -> list[str]:
    """Attributes of the object that it reads, and only methods of the class set."""
    read = dict.fromkeys(n.attr.value for n in _of_self(function.body) if not n.attr.value.startswith("__"))
    own: set[str] = set()
    later: set[str] = set()
    for statement in klass.body.body:
        if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            own.add(statement.name.value)
            later |= {n.attr.value for n in _set(statement)}
        else:
            own |= {n.value for n in walk(statement) if isinstance(n, cst.Name)}
    return [name for name in read if name in later - own]


def _of_self(node: cst.CSTNode) -> Iterator[cst.Attribute]:
    for inner in walk(node):
        if isinstance(inner, cst.Attribute) and dotted(inner.value) == "self":
            yield inner


def _set(node: cst.CSTNode) -> Iterator[cst.Attribute]:
    for inner in walk(node):
        if isinstance(inner, (cst.AssignTarget, cst.AnnAssign)):
            yield from _of_self(inner.target)


TEMPLATE = Template("getattr_recursion", frozenset({Kind.RECURSION}), 2.4, ideas)
