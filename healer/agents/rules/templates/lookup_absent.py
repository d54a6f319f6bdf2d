"""`value = settings.get(section, key)` that refuses with KeyError → None, where None is looked for below."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import tried
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted
from healer.agents.rules.values import absent_values


def ideas(site: Site) -> Iterator[Idea]:
    statement, small = site.statement, site.small
    if missing_keys(site) or not isinstance(statement, cst.SimpleStatementLine):
        return
    if not isinstance(small, cst.Assign) or len(small.targets) != 1 or not isinstance(small.value, cst.Call):
        return
    target = dotted(small.targets[0].target)
    for value in absent_values(site, small.value) if target else ():
        way = f"{target} = {value.text}"
        yield Idea(
            (tried(site, statement, f"except {site.crash.type}:", way),),
            f"Where there is no such key, `{target}` is {value.text}.",
            way,
            value.weight,
            value.reasons,
        )


TEMPLATE = Template("lookup_absent", frozenset({Kind.KEY}), 0.2, ideas)
