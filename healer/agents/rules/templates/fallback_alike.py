"""None where the project lets something stand in for what goes by that name: `if offset is None: offset = 0`,
and `self.decorators = decorators` → `decorators or []` where it is kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.customs import beginning, bound_above, fallbacks, last_name, plain
from healer.agents.rules.functions import AnyFunction, own_nodes
from healer.agents.rules.origins import Origin, origins
from healer.agents.rules.places import replaced
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, Spot, none_spots
from healer.agents.rules.syntax import atom, walk
from healer.agents.rules.templates.none_or_empty import empties

MAX_VALUES = 3
AGAIN = 0.8  # log-odds: the name is read again below, where a stand-in within the line says nothing
CUSTOM = 0.6  # log-odds
KEPT = 0.8  # log-odds: what is kept beside it has a stand-in


def ideas(site: Site) -> Iterator[Idea]:
    known = bound_above(site)
    for spot in none_spots(site):
        name = last_name(site.parsed(spot.subject))
        said = fallbacks(site.repository, name, site.file.path) if name else {}
        values = [(text, CUSTOM + log(times), _told(name, times)) for text, times in said.items()]
        values += [(text, bonus, reason) for text, bonus, reason in empties(site, spot)]
        for text, bonus, reason in sorted(values, key=lambda one: -one[1])[:MAX_VALUES]:
            if {n.id for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Name)} <= known:
                yield from _stands_in(site, spot, text, bonus, reason, custom=text in said)
    yield from _kept(site)


def _told(name: str, times: int) -> str:
    return f"this stands in for `{name}` in {times} other place{'s' * (times > 1)}"


def _stands_in(
    site: Site, spot: Spot, text: str, bonus: float, reason: str, *, custom: bool
) -> Iterator[Idea]:
    """A variable is given the value before the line; anything else gets it in its place."""
    name = site.source(spot.subject)
    if isinstance(spot.subject, cst.Name):
        place = beginning(site, name)
        if place is not None and (custom or _again(site, name)):
            yield Idea(
                (site.before(place, f"if {name} is None:", f"\t{name} = {text}"),),
                f"Where `{name}` is None, {text} takes its place.",
                f"{name} = {text}",
                bonus + (AGAIN if _again(site, name) else 0.0),
                (reason,),
            )
    elif custom:
        either = f"{atom(spot.subject, name)} or {text}"
        bare = isinstance(site.file.parent(spot.subject), (cst.Arg, cst.Assign, cst.Return, cst.For))
        yield Idea(
            (site.replace(spot.subject, either if bare else f"({either})"),),
            f"Where `{name}` is None, {text} stands for it.",
            f"empty {name}",
            bonus,
            (reason,),
        )


def _again(site: Site, name: str) -> bool:
    """Whether the name is read below the line as well."""
    below = walk(site.function.body) if site.function is not None else ()
    return any(
        isinstance(n, cst.Name) and n.value == name and n in site.file and site.file.lines(n)[0] > site.line
        for n in below
    )


def _kept(site: Site) -> Iterator[Idea]:
    """`self.x = x` of a parameter that may be None, where the None was read from that attribute."""
    for origin in origins(site):
        if not isinstance(origin.node, ast.Attribute):
            continue
        for path, function, value in _stores(site, origin.node.attr):
            if any(o.path == path and o.node is value for o in origins(site)):
                continue
            for text, bonus, reason in _beside(site, function, value, origin)[:MAX_VALUES]:
                written = (
                    f"{value.id} or {text}"
                    if text in {"[]", "{}", "()", "''", "0"}
                    else (f"{text} if {value.id} is None else {value.id}")
                )
                yield Idea(
                    (replaced(site.repository.text(path) or "", value, written),),
                    f"`{origin.node.attr}` is kept as {text} where none is given.",
                    f"{origin.node.attr} kept as {text}",
                    bonus,
                    (reason,),
                    path,
                )


def _stores(site: Site, attr: str) -> Iterator[tuple[str, AnyFunction, ast.Name]]:
    for path, tree in site.repository.mentioning(f"self.{attr} = "):
        for function in (
            n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "__init__"
        ):
            for node in own_nodes(function):
                named = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == f"self.{attr}"
                if isinstance(node, ast.Assign) and named and isinstance(node.value, ast.Name):
                    yield path, function, node.value


def _beside(
    site: Site, function: AnyFunction, value: ast.Name, origin: Origin
) -> list[tuple[str, float, str]]:
    """What stands in for that name elsewhere, and for the others that the same function keeps."""
    found: dict[str, tuple[float, str]] = {}
    for text, times in fallbacks(site.repository, value.id, site.file.path).items():
        found[text] = CUSTOM + log(times), _told(value.id, times)
    for node in own_nodes(function):
        if isinstance(node, ast.Assign) and isinstance(node.value, (ast.BoolOp, ast.IfExp)):
            last = node.value.values[-1] if isinstance(node.value, ast.BoolOp) else node.value.body
            if (text := plain(last)) not in {"", "None"} and text not in found:
                found[text] = KEPT, f"`{ast.unparse(node.targets[0])}` beside it has this stand-in"
    return sorted(((t, w, r) for t, (w, r) in found.items()), key=lambda one: -one[1])


TEMPLATE = Template("fallback_alike", NONE_KINDS, 0.2, ideas)
