"""`self.prepare()` in a class that has no `prepare`, while classes made from it have one: the base gets one
that does nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import class_members
from healer.agents.rules.site import Site


def ideas(site: Site) -> Iterator[Idea]:
    attr = site.crash.words.get("attr", "")
    if site.klass is None or site.function is None or not isinstance(site.small, cst.Expr):
        return
    call = site.small.value
    if not isinstance(call, cst.Call) or site.source(call.func) != f"self.{attr}":
        return
    if attr in class_members(site.repository, site.file.path, site.klass.name.value):
        return
    for name, method in _below(site, attr):
        if any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(method)):
            continue
        head = f"def {attr}({ast.unparse(method.args)}):"
        yield Idea(
            (site.before(site.function, head, "\tpass", ""),),
            f"`{site.klass.name.value}` has a `{attr}` that does nothing.",
            "skip statement",
            0.0,
            (f"`{name}`, made from it, has one, and nothing is done with its result",),
        )
        return


def _below(site: Site, attr: str) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The method in classes made from this one."""
    assert site.klass is not None
    for _, tree in site.repository.mentioning(f"def {attr}("):
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and site.repository.derives(node.name, site.klass.name.value):
                yield from (
                    (node.name, m) for m in node.body if isinstance(m, ast.FunctionDef) and m.name == attr
                )


TEMPLATE = Template("hook_absent", frozenset({Kind.ATTRIBUTE}), 1.4, ideas)
