"""Matches of regular expressions: with the pattern that made them they have its groups again."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence

from healer.reproduction.facts import Site
from healer.reproduction.modules import Module, dotted, own_nodes
from healer.reproduction.values import Attribute, Call, Guess, Literal, Name, Opaque, Value

_SHOWN = re.compile(r"<re\.Match object; span=\(\d{1,9}, \d{1,9}\), match=(['\"])(.{0,200})\1>\Z", re.DOTALL)
_MATCHING = {"finditer", "fullmatch", "match", "search", "sub", "subn"}
_REPLACING = {"sub", "subn"}  # they call a function for every match


def noted(sites: Sequence[Site]) -> dict[str, Value]:
    """Identity of a match that a frame holds -> the pattern, as a test names it."""
    found: dict[str, Value] = {}
    for depth, site in enumerate(sites):
        for name, value in site.values.items():
            if isinstance(value, Opaque) and value.text.startswith("<re.Match object"):
                pattern = _binding(site, name) or (_replacing(sites[depth - 1], site) if depth else None)
                if pattern:
                    found.setdefault(site.text[name], pattern)
    return found


def build(value: Opaque, patterns: Mapping[str, Value]) -> Value | None:
    """The match again; its text stands for itself, whatever stood around it."""
    shown, pattern = _SHOWN.match(value.text), patterns.get(value.text)
    if shown is None or pattern is None:
        return None
    text = Literal.of(shown[2])
    if isinstance(pattern, Literal):
        return Guess(Call(Name("re", "search"), (pattern, text)))
    return Guess(Call(Attribute(pattern, "search"), (text,)))


def _binding(site: Site, name: str) -> Value | None:
    """`name = re.match(…)`, `for name in WORD.finditer(…)`, `if name := …`."""
    for node in own_nodes(site.function.node) if site.function else ():
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=bound)], value=made)
                | ast.NamedExpr(target=ast.Name(id=bound), value=made)
                | ast.For(target=ast.Name(id=bound), iter=made)
            ) if bound == name and site.function:
                return _pattern(made, site.function.module, _MATCHING)
    return None


def _replacing(outer: Site, inner: Site) -> Value | None:
    """The pattern of `re.sub(pattern, self.inner, text)` on the outer frame's line."""
    for node in own_nodes(outer.function.node) if outer.function else ():
        if not isinstance(node, ast.Call) or not node.lineno <= outer.line <= (node.end_lineno or 0):
            continue
        given = (dotted(a).rpartition(".")[2] for a in node.args)
        if inner.name in given and outer.function:
            return _pattern(node, outer.function.module, _REPLACING)
    return None


def _pattern(node: ast.expr, module: Module, methods: set[str]) -> Value | None:
    match node:
        case ast.Call(
            func=ast.Attribute(value=ast.Name(id="re"), attr=method),
            args=[ast.Constant(value=str() as text), *_],
        ) if method in methods:
            return Literal.of(text)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=method)) if method in methods:
            return Name(module.name, name) if name in module.assigned else None
        case _:
            return None
