"""What a piece of Python does that a fix has no need to do, found in its syntax tree. Pure.

Findings are compared as multisets between base and patch, so only what the patch adds counts; what it only
moves is told to the reviewer.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from healer.proving import disguise, silence, surroundings, ways_out
from healer.proving.differing import differing
from healer.proving.finding import Finding
from healer.proving.origins import Names, aliases, dotted, words

__all__ = ["Finding", "findings", "gained"]

_CLOCKS = words(
    """time.time time.time_ns time.monotonic time.monotonic_ns time.perf_counter time.perf_counter_ns
    time.process_time time.process_time_ns time.thread_time time.localtime time.gmtime time.ctime
    time.strftime"""
)
_DAYS = (".today", ".now", ".utcnow")
_LOTS = words("random secrets uuid")


Placed: TypeAlias = Counter[tuple[str, Finding]]  # with the function or class that holds each


def findings(tree: ast.Module) -> Counter[Finding]:
    return _anywhere(_placed(tree, aliases(tree)))


def gained(before: ast.Module, after: ast.Module, old: str, new: str) -> tuple[Counter[Finding], bool]:
    """What the new version of a file holds more than the old, and whether it moved what a fix has no need
    to do. Where names mean the same in both, only statements that differ are looked at."""
    names, now = aliases(before), aliases(after)
    if names == now:
        before, after = differing(before, after, old, new)
    had, has = _placed(before, names), _placed(after, now)
    more = _anywhere(has) - _anywhere(had)
    return more, any(finding.refuse and finding not in more for _, finding in has - had)


def _anywhere(placed: Placed) -> Counter[Finding]:
    found: Counter[Finding] = Counter()
    for (_, finding), count in placed.items():
        found[finding] += count
    return found


def _placed(tree: ast.Module, names: Names) -> Placed:
    nodes = list(_walk(tree))
    homes = {id(node): home for home, node in nodes}
    found: list[tuple[str, Finding]] = []
    found += [(homes[id(node)], finding) for node, finding in ways_out.loose(tree, names)]
    for home, node in nodes:
        if not isinstance(node, _SAYS_NOTHING):
            found += [(home, finding) for look in _LOOKS for finding in look(node, names)]
    return Counter(found)


def _walk(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Every node with the dotted name of what holds it. Annotations that are text are read as what they
    are: code that others evaluate."""
    queue: list[tuple[str, ast.AST]] = [("", tree)]
    while queue:
        home, node = queue.pop()
        yield home, node
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            home = f"{home}.{node.name}"
        queue.extend((home, child) for child in ast.iter_child_nodes(node))
        queue.extend((home, child) for child in _quoted(node))


def _quoted(node: ast.AST) -> Iterator[ast.AST]:
    for name in ("annotation", "returns"):
        text = getattr(getattr(node, name, None), "value", None)
        if isinstance(text, str):
            try:
                yield ast.parse(text, mode="eval")
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                continue


def _surroundings(node: ast.AST, names: Names) -> Iterator[Finding]:
    for what, refuse in surroundings.asked(node, names):
        yield Finding("surroundings", what, refuse=refuse)


def _timing(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Call):
        name = dotted(node.func, names)
        if name in {"time.sleep", "warnings.simplefilter", "warnings.filterwarnings", "logging.disable"}:
            yield Finding(name.replace(".", "_"), name, refuse=False)
        if name in _CLOCKS or name.endswith(_DAYS):
            yield Finding("clock", name, refuse=False)
        if "." in name and _LOTS.intersection(name.split(".")[:2]):
            yield Finding("random", name, refuse=False)


_SAYS_NOTHING = (ast.expr_context, ast.operator, ast.cmpop, ast.boolop, ast.unaryop, ast.Expr, ast.arg)
_LOOKS = (*ways_out.LOOKS, *disguise.LOOKS, *silence.LOOKS, _surroundings, _timing)
