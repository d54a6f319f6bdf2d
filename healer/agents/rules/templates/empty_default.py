"""`max(x)` of nothing → `max(x, default=…)`; `min(x, key=k).a` → `… if x else None`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import chain, pure
from healer.agents.rules.syntax import dotted
from healer.agents.rules.values import Value, absent_values


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        if dotted(call.func) not in {"min", "max"} or len([a for a in call.args if a.keyword is None]) != 1:
            continue
        use, subject = chain(site, call), call.args[0].value
        for value in (*_counted(subject), *absent_values(site, use)):
            if use is call:
                edit = site.replace(call, _defaulted(site, call, value.text))
            elif pure(subject):
                edit = site.replace(use, f"{site.source(use)} if {site.source(subject)} else {value.text}")
            else:
                continue
            yield Idea(
                (edit,),
                f"Of nothing, the result is {value.text}.",
                value.behaviour,
                value.weight,
                value.reasons,
            )


def _counted(subject: cst.BaseExpression) -> Iterator[Value]:
    """`max(len(line) for line in lines)`: the most there are of nothing is 0."""
    measured = subject.elt if isinstance(subject, cst.BaseSimpleComp) else None
    if isinstance(measured, cst.Call) and dotted(measured.func) == "len":
        yield Value("0", 1.8, "return 0", ("it is a length",))


def _defaulted(site: Site, call: cst.Call, value: str) -> str:
    """A bare generator gets the parentheses that a second argument asks for."""
    head = site.source(call.func)
    inner = site.source(call).removeprefix(head).strip()[1:-1].strip().rstrip(",")
    bare = isinstance(call.args[0].value, cst.GeneratorExp) and not inner.startswith("(")
    return f"{head}(({inner}), default={value})" if bare else f"{head}({inner}, default={value})"


TEMPLATE = Template("empty_default", frozenset({Kind.EMPTY_SEQUENCE}), -0.4, ideas)
