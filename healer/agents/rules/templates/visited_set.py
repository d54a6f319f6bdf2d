"""A walk that goes in circles although it keeps what it has seen: mark it, or look."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import literal_text, neutral
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk


def ideas(site: Site) -> Iterator[Idea]:
    if site.function is None:
        return
    body = site.function.body
    tested = {(dotted(seen), code(item).strip()): node for node, item, seen in _tests(body)}
    marked = {(seen, item) for seen, item in _marks(body)}
    for (seen, item), test in tested.items():
        if seen and not any(seen == name for name, _ in marked) and item in site.parameters():
            yield from _mark(site, test, seen, item)
    for seen, item in marked:
        if not any(seen == name for name, _ in tested):
            yield from _look(site, seen)
            yield from _leave(site, seen, item)


def _tests(body: cst.CSTNode) -> Iterator[tuple[cst.Comparison, cst.BaseExpression, cst.BaseExpression]]:
    """`item in seen`, `item not in seen`."""
    for node in walk(body):
        if isinstance(node, cst.Comparison) and len(node.comparisons) == 1:
            target = node.comparisons[0]
            if isinstance(target.operator, (cst.In, cst.NotIn)):
                yield node, node.left, target.comparator


def _marks(body: cst.CSTNode) -> Iterator[tuple[str, str]]:
    """`seen.add(item)`."""
    for node in walk(body):
        if isinstance(node, cst.Call) and len(node.args) == 1 and isinstance(node.func, cst.Attribute):
            seen, method = dotted(node.func.value), node.func.attr.value
            if method == "add":
                yield seen, code(node.args[0].value).strip()


def _mark(site: Site, test: cst.Comparison, seen: str, item: str) -> Iterator[Idea]:
    """Below the guards at the head of the function, the item is marked."""
    assert site.function is not None
    statements = list(site.function.body.body)
    guards = [s for s in statements if isinstance(s, cst.If) and s.orelse is None]
    rest = statements[statements.index(guards[-1]) + 1 :] if guards else []
    if rest and any(test is n for guard in guards for n in walk(guard)):
        yield Idea(
            (site.before(rest[0], f"{seen}.add({item})"),),
            f"`{item}` is marked as seen.",
            f"marks {item}",
            0.8,
            (f"`{seen}` is asked but never filled",),
        )


def _look(site: Site, seen: str) -> Iterator[Idea]:
    """Only what was not seen is walked into."""
    assert site.function is not None
    name = site.function.name.value
    for node in walk(site.function.body):
        if not isinstance(node, (cst.GeneratorExp, cst.ListComp)) or node.for_in.ifs:
            continue
        item = dotted(node.for_in.target)
        if item and any(isinstance(n, cst.Call) and _calls(n, name) for n in walk(node.elt)):
            yield Idea(
                (site.replace(node.for_in, f"{site.source(node.for_in)} if {item} not in {seen}"),),
                f"`{item}` is walked into only once.",
                f"skips {seen}",
                0.6,
                (f"`{seen}` is filled but never asked",),
            )


def _leave(site: Site, seen: str, item: str) -> Iterator[Idea]:
    """What was seen is left at once, with what the function gives at its end."""
    assert site.function is not None
    answer = _answer(site, seen)
    for statement in site.function.body.body if answer is not None else ():
        if code(statement).strip() == f"{seen}.add({item})":
            yield Idea(
                (site.before(statement, f"if {item} in {seen}:", f"\treturn {answer}".rstrip()),),
                f"`{item}` is walked into only once.",
                f"leaves {seen}",
                0.6,
                (f"`{seen}` is filled but never asked",),
            )


def _answer(site: Site, seen: str) -> str | None:
    """`seen` where it is the result, "" where there is none, else the nothing of the result's type."""
    assert site.function is not None
    found = [n.value for n in walk(site.function.body) if isinstance(n, cst.Return) and n.value is not None]
    if not found:
        return ""
    if all(dotted(value) == seen for value in found):
        return seen
    trees = [ast.parse(code(value).strip(), mode="eval").body for value in found]
    texts = {neutral(tree) or literal_text(tree) for tree in trees}
    return texts.pop() if len(texts) == 1 else None


def _calls(node: cst.Call, name: str) -> bool:
    return dotted(node.func).rpartition(".")[2] == name


TEMPLATE = Template("visited_set", frozenset({Kind.RECURSION}), 0.8, ideas, outer=True)
