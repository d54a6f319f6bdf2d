"""`__eq__` that trusts the other to be of its class: answer NotImplemented to strangers."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site

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


def ideas(site: Site) -> Iterator[Idea]:
    if (
        site.function_name not in METHODS
        or site.klass is None
        or site.function is None
        or len(site.parameters()) < 2
    ):
        return
    other, name = site.parameters()[1], site.klass.name.value
    answer = "False" if site.function_name == "__contains__" else "NotImplemented"
    first = site.function.body.body[0]
    yield Idea(
        (site.before(first, f"if not isinstance({other}, {name}):", f"\treturn {answer}"),),
        f"Anything but a `{name}` gets {answer}.",
        f"return {answer}",
        0.0,
        ("Python then asks the other side",),
    )


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
