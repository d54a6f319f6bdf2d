"""`if "text" in message:` around `message["text"].encode()`, where it is there and null →
`if message.get("text") is not None:`; so with `hasattr(module, "path")` before `module.path.split`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.site import Site, literal
from healer.agents.rules.spots import NONE_KINDS, none_spots, pure
from healer.agents.rules.syntax import atom, dotted


def ideas(site: Site) -> Iterator[Idea]:
    for spot in none_spots(site):
        subject = spot.subject
        if not isinstance(subject, (cst.Subscript, cst.Attribute)) or not pure(subject):
            continue
        for asked in asked_before(site, subject):
            for question in plain_parts(asked):
                if (read := _read(site, subject, question)) is not None:
                    yield Idea(
                        (site.replace(question, f"{read} is not None"),),
                        f"`{site.source(subject)}` is asked for, and not only whether it is there.",
                        f"condition false: {site.source(question)}",
                        reasons=(f"`{site.source(question)}` is asked first, and holds of a null as well",),
                    )


def asked_before(site: Site, node: cst.CSTNode) -> Iterator[cst.BaseExpression]:
    """Conditions of the function that hold wherever the node is read."""
    inner = node
    for above in site.file.ancestors(node):
        if isinstance(above, (cst.FunctionDef, cst.Lambda)):
            return
        if isinstance(above, (cst.If, cst.While, cst.IfExp)) and above.body is inner:
            yield above.test
        elif isinstance(above, cst.BooleanOperation) and isinstance(above.operator, cst.And):
            if above.right is inner:
                yield above.left
        elif isinstance(above, (cst.ListComp, cst.SetComp, cst.GeneratorExp)) and above.elt is inner:
            yield from (condition.test for condition in above.for_in.ifs)
        inner = above


def plain_parts(test: cst.BaseExpression) -> Iterator[cst.BaseExpression]:
    """What all must hold for the test to hold."""
    if isinstance(test, cst.BooleanOperation):
        if isinstance(test.operator, cst.And):
            yield from plain_parts(test.left)
            yield from plain_parts(test.right)
    else:
        yield test


def _read(site: Site, subject: cst.Subscript | cst.Attribute, question: cst.BaseExpression) -> str | None:
    """The subject, read so that it may be missing, where the question is whether its holder has it."""
    holder = atom(subject.value, site.source(subject.value))
    if isinstance(subject, cst.Attribute):
        shown = repr(subject.attr.value).replace("'", '"')
        return f"getattr({holder}, {shown}, None)" if _has(site, subject, question) else None
    key = _key(site, subject)
    if key is None or not isinstance(question, cst.Comparison) or len(question.comparisons) != 1:
        return None
    target = question.comparisons[0]
    same = (site.source(question.left), site.source(target.comparator)) == (key, site.source(subject.value))
    return f"{holder}.get({key})" if same and isinstance(target.operator, cst.In) else None


def _key(site: Site, subject: cst.Subscript) -> str | None:
    index = subject.slice[0].slice if len(subject.slice) == 1 else None
    return site.source(index.value) if isinstance(index, cst.Index) else None


def _has(site: Site, subject: cst.Attribute, question: cst.BaseExpression) -> bool:
    """`hasattr(holder, "name")` of `holder.name`."""
    if not isinstance(question, cst.Call) or dotted(question.func) != "hasattr" or len(question.args) != 2:
        return False
    holder, name = (arg.value for arg in question.args)
    return site.source(holder) == site.source(subject.value) and literal(name) == subject.attr.value


TEMPLATE = Template("presence_asked", NONE_KINDS, 1.8, ideas)
