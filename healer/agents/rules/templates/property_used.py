"""`entry.category` may be None, and the class has a word for the case: `entry.label`, which gives
`self.category or "-"`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.functions import AnyFunction, find_function, own_nodes, returns
from healer.agents.rules.places import offset
from healer.agents.rules.producers import makers
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    function = find_function(site.repository.tree(site.file.path), site.function_name, site.line)
    holders = [(site.file.path, function)] if function is not None else []
    for path, holder in (*holders, *makers(site)):
        read: dict[str, list[ast.Attribute]] = {}
        for node in ast.walk(holder):
            if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
                read.setdefault(node.attr, []).append(node)
        for attr, nodes in read.items():
            for ready, is_property in _ready(site, attr, holder.name):
                yield _idea(site, path, attr, ready if is_property else f"{ready}()", nodes)


def _idea(site: Site, path: str, attr: str, written: str, nodes: list[ast.Attribute]) -> Idea:
    text = site.repository.text(path) or ""
    ends = [offset(text, node.end_lineno or node.lineno, node.end_col_offset or 0) for node in nodes]
    return Idea(
        tuple(Edit(end - len(attr), end, written) for end in ends),
        f"`{written}` is used, which knows what to say without `{attr}`.",
        f"{written} for {attr}",
        0.0,
        (f"`{written}` stands in for a missing `{attr}`",),
        "" if path == site.file.path else path,
    )


def _ready(site: Site, attr: str, but: str) -> Iterator[tuple[str, bool]]:
    """Methods without arguments that give the attribute, or something else where it is None."""
    for _, tree in site.repository.mentioning(f"self.{attr}"):
        for klass in ast.walk(tree):
            for method in klass.body if isinstance(klass, ast.ClassDef) else ():
                other = isinstance(method, ast.FunctionDef) and method.name != but
                if isinstance(method, ast.FunctionDef) and other and _stands_in(method, f"self.{attr}"):
                    decorated = [ast.unparse(one) for one in method.decorator_list]
                    yield method.name, any("property" in one for one in decorated)


def _stands_in(method: AnyFunction, shown: str) -> bool:
    """`return self.x or …`, `return self.x if self.x … else …`, or the same by `if self.x is None:`."""
    if len(method.args.args) != 1 or method.name.startswith("__"):
        return False
    plain = False
    for found in returns(method):
        value = found.value
        if isinstance(value, ast.BoolOp) and isinstance(value.op, ast.Or):
            return ast.unparse(value.values[0]) == shown
        if isinstance(value, ast.IfExp) and shown in ast.unparse(value.test):
            return ast.unparse(value.body) == shown
        plain = plain or (value is not None and ast.unparse(value) == shown)
    tests = [ast.unparse(n.test) for n in own_nodes(method) if isinstance(n, ast.If)]
    return plain and any(test in {shown, f"not {shown}", f"{shown} is None"} for test in tests)


TEMPLATE = Template("property_used", NONE_KINDS, 1.2, ideas, outer=True)
