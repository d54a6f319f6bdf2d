"""`'str' object is not callable`: a property or value called as a method; or a method not called."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site

BOUND = {"method", "function", "builtin_function_or_method", "method-wrapper"}


def ideas(site: Site) -> Iterator[Idea]:
    right = (
        site.crash.words.get("right", "")
        or site.crash.words.get("owner", "")
        or site.crash.words.get("other", "")
    )
    if site.crash.kind is Kind.NOT_CALLABLE:
        for call in site.on_line(cst.Call):
            if isinstance(call.func, cst.Attribute) and not call.args:
                text = site.source(call.func)
                yield Idea(
                    (site.replace(call, text),),
                    f"`{text}` is a value, not a method.",
                    "not called",
                    0.6,
                    (f"it is a {right}",),
                )
    elif right in BOUND:
        for node in site.on_line(cst.Attribute):
            if not (
                isinstance(site.file.parent(node), cst.Call)
                and getattr(site.file.parent(node), "func", None) is node
            ):
                text = site.source(node)
                yield Idea(
                    (site.replace(node, f"{text}()"),),
                    f"`{text}` is called.",
                    "called",
                    0.6,
                    ("it is a method",),
                )


TEMPLATE = Template(
    "not_called",
    frozenset(
        {
            Kind.NOT_CALLABLE,
            Kind.NOT_SUBSCRIPTABLE,
            Kind.NOT_ITERABLE,
            Kind.NO_LEN,
            Kind.ATTRIBUTE,
            Kind.OPERAND,
            Kind.COMPARISON,
        }
    ),
    0.9,
    ideas,
)
