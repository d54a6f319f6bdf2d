"""`date, payee, amount, note = fields` of a line whose end was left out: what is missing is empty."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import sentences
from healer.agents.rules.site import Site
from healer.agents.rules.spots import pure
from healer.agents.rules.syntax import Edit, dotted

SAID = 1.2  # log-odds: the docstring says that the last one may be left out
WORDS = ("optional", "may be missing", "may be left out", "may be absent", "if any", "can be left out")


def ideas(site: Site) -> Iterator[Idea]:
    given, wanted = site.crash.words.get("given", ""), site.crash.words.get("expected", "")
    small = site.small
    if not isinstance(small, cst.Assign) or not isinstance(small.targets[0].target, cst.Tuple):
        return
    names = [dotted(element.value) for element in small.targets[0].target.elements]
    if not given.isdecimal() or not wanted.isdecimal() or not all(names) or site.statement is None:
        return
    missing = int(wanted) - int(given)
    if missing != 1 or len(names) != int(wanted) or len(names) < 2:
        return
    last = names[-1]
    told = (site.function.get_docstring() or "") if site.function is not None else ""
    said = any(last in one and any(word in one for word in WORDS) for one in sentences(told))
    value = site.source(small.value)
    held = value if pure(small.value) else "parts"
    lines = () if pure(small.value) else (f"parts = {value}",)
    first = ", ".join(names[:-1])
    for empty, bonus in (('""', 0.4), ("None", 0.0)):
        yield Idea(
            (
                site.before(
                    site.statement,
                    *lines,
                    f"{first}{',' if len(names) == 2 else ''} = {held}[:{len(names) - 1}]",
                    f"{last} = {held}[{len(names) - 1}] if len({held}) > {len(names) - 1} else {empty}",
                ),
                _without(site),
            ),
            f"Where `{last}` is left out, it is {empty}.",
            f"{last} is {empty}",
            bonus + (SAID if said else 0.0),
            ("its docstring says so",) if said else (),
        )


def _without(site: Site) -> Edit:
    assert site.statement is not None
    first, end = site.file.lines(site.statement)
    return Edit(site.file.line_start(first), site.file.line_start(end + 1), "")


TEMPLATE = Template("unpack_padded", frozenset({Kind.TOO_FEW_VALUES}), 0.2, ideas)
