"""`while True: node = queue.pop()` → `while queue:`; a cursor that becomes None ends its loop likewise."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, none_spots
from healer.agents.rules.syntax import dotted, walk

UNSAID = 1.2  # log-odds: nobody said that the answer may be None
TAKES = {"pop", "popleft", "popitem"}


def ideas(site: Site) -> Iterator[Idea]:
    loop = site.loop
    if not isinstance(loop, cst.While) or dotted(loop.test) != "True":
        return
    for name, test in _ends(site, loop):
        follows = _follows(site, loop)
        yield Idea(
            (site.replace(loop.test, test),),
            f"The loop ends with `{name}`.",
            "loop ends",
            0.8 if follows else -UNSAID * _answers(site),
            ("what follows the loop was never reached",) if follows else (),
        )


def _answers(site: Site) -> bool:
    """Whether the function gives values, and would give none where the loop ends."""
    if site.function is None:
        return False
    given = (n.value for n in walk(site.function.body) if isinstance(n, cst.Return))
    return any(value is not None for value in given)


def _ends(site: Site, loop: cst.While) -> Iterator[tuple[str, str]]:
    if site.crash.about_none:
        subjects = (dotted(spot.subject) for spot in none_spots(site))
        yield from ((name, f"{name} is not None") for name in subjects if _moved(loop, name))
        return
    for call in site.on_line(cst.Call):
        if isinstance(call.func, cst.Attribute) and call.func.attr.value in TAKES:
            name = dotted(call.func.value)
        else:
            heap = dotted(call.func).endswith("heappop") and call.args
            name = dotted(call.args[0].value) if heap else ""
        if name:
            yield name, name


def _moved(loop: cst.While, name: str) -> bool:
    """The loop sets the name itself."""
    targets = [t.target for n in walk(loop.body) if isinstance(n, cst.Assign) for t in n.targets]
    return bool(name) and any(name in [dotted(n) for n in walk(target)] for target in targets)


def _follows(site: Site, loop: cst.While) -> bool:
    """A statement stands below that only the loop's end would reach."""
    block = site.file.parent(loop)
    leaves = any(isinstance(n, cst.Break) for n in walk(loop.body))
    return isinstance(block, cst.IndentedBlock) and block.body[-1] is not loop and not leaves


TEMPLATE = Template("loop_until_empty", NONE_KINDS | {Kind.EMPTY_POP, Kind.INDEX}, 1.0, ideas)
