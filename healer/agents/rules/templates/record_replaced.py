"""`record.level = new` of a frozen record: a new one takes its place, `replace(record, level=new)`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    small = site.small
    target = small.targets[0].target if isinstance(small, cst.Assign) else None
    if not isinstance(small, cst.Assign) or not isinstance(target, cst.Attribute):
        return
    if not isinstance(target.value, cst.Name) or target.value.value == "self":
        return
    name, value = target.value.value, site.source(small.value)
    tuples = "can't set attribute" in site.crash.message or "NamedTuple" in site.file.text
    known = module_names(site.file.module)
    imports: tuple[Edit, ...] = ()
    frozen = "dataclasses.replace" if "dataclasses" in known else "replace"
    if not known & {"replace", "dataclasses"}:
        imports = site.importing("from dataclasses import replace")
    made = f"{name} = {name}._replace({target.attr.value}={value})"
    if not (tuples and "dataclass" not in site.file.text):
        made = f"{name} = {frozen}({name}, {target.attr.value}={value})"
    yield Idea(
        (*imports, site.replace(small, made)),
        f"A new `{name}` with another `{target.attr.value}` takes its place.",
        f"{name} replaced",
        0.0,
        ("it cannot be changed",),
    )


TEMPLATE = Template("record_replaced", frozenset({Kind.READ_ONLY}), 1.8, ideas)
