"""`__eq__` that trusts the other to be of its class: answer NotImplemented to strangers."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted

METHODS = {
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__add__",
    "__sub__",
    "__mul__",
    "__contains__",
}
CONTAINERS = {
    "dict": "dict",
    "OrderedDict": "dict",
    "defaultdict": "dict",
    "Counter": "dict",
    "list": "list",
    "set": "set",
    "frozenset": "(set, frozenset)",
    "tuple": "tuple",
    "str": "str",
    "bytes": "bytes",
}


def ideas(site: Site) -> Iterator[Idea]:
    if (
        site.function_name not in METHODS
        or site.klass is None
        or site.function is None
        or len(site.parameters()) < 2
    ):
        return
    other, name = site.parameters()[1], _kind(site.klass)
    answer = "False" if site.function_name == "__contains__" else "NotImplemented"
    first = site.function.body.body[0]
    yield Idea(
        (site.before(first, f"if not isinstance({other}, {name}):", f"\treturn {answer}"),),
        f"Anything but a `{name}` gets {answer}.",
        f"return {answer}",
        0.0,
        ("Python then asks the other side",),
    )


def _kind(klass: cst.ClassDef) -> str:
    """The builtin container that the class is a kind of, to which it may compare equal; else the class."""
    bases = [dotted(arg.value).rpartition(".")[2] for arg in klass.bases]
    return next((CONTAINERS[base] for base in bases if base in CONTAINERS), klass.name.value)


TEMPLATE = Template(
    "comparison_stranger",
    frozenset(
        {
            Kind.ATTRIBUTE,
            Kind.NONE_ATTRIBUTE,
            Kind.NONE_SUBSCRIPT,
            Kind.NOT_SUBSCRIPTABLE,
        }
    ),
    1.8,
    ideas,
)
