"""What is done to the like of a refused value and not to it, where it is used or where it was made:
`int(match["size"] or 0)` beside `value(match["agent"]) or ""` → `int(value(match["size"]) or 0)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import islice
from math import log

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.likenesses import COLLECTS, SAME, Seen, Wrap, free_names, likenesses, parents
from healer.agents.rules.origins import Origin, origins
from healer.agents.rules.places import replaced, segment
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS

MAX_WRAPS = 3  # of one expression
MAX_IDEAS = 8
STEP = 0.3  # log-odds against each step away from the crash
SPELLS = ("str(", "repr(", "int(", "float(", "list(", "tuple(", "sorted(", "set(")
TEXTUAL = frozenset({Kind.NUMBER_PARSE, Kind.ISO_DATE, Kind.JSON_PARSE, Kind.KEY, Kind.DECODE, Kind.OTHER})
OPERATORS = (ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.UnaryOp, ast.Lambda, ast.Await)


def ideas(site: Site) -> Iterator[Idea]:
    return islice(_ideas(site), MAX_IDEAS)


def _ideas(site: Site) -> Iterator[Idea]:
    if isinstance(site.small, cst.Raise) and not site.foreign:
        return  # refused on purpose
    trees: dict[str, dict[ast.AST, ast.AST]] = {}
    for origin in origins(site):
        tree = site.repository.tree(origin.path)
        if tree is None or isinstance(origin.node, ast.Constant):
            continue
        known = frozenset(_helpers(site.repository, tree))
        bound = known | _bound(tree)
        above = trees.get(origin.path) or parents(tree)
        trees[origin.path] = above
        for node in _parts(origin.node):
            seen = [
                one
                for one in likenesses(tree, node, above, known)
                if free_names(one.wrap) <= bound and _serves(site, one.wrap, _absent(site, origin, node))
            ]
            for one in seen[:MAX_WRAPS]:
                idea = _idea(site, origin, node, one, above)
                if idea is not None:
                    yield idea


def _absent(site: Site, origin: Origin, node: ast.expr) -> bool:
    """Whether the event shows it to be None."""
    return not origin.steps and isinstance(node, ast.Name) and site.values.get(node.id) == "None"


def _serves(site: Site, wrap: Wrap, absent: bool) -> bool:
    """Whether the wrap can make anything of what was refused: None has no methods, and must not be spelt out;
    only text is asked for a method, everything else is converted."""
    made = ast.parse(wrap.text, mode="eval").body
    method = isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute)
    if absent or site.crash.kind in NONE_KINDS:
        return not method and not wrap.text.startswith(SPELLS)
    return not method or site.crash.kind in TEXTUAL


def _parts(node: ast.expr) -> Iterator[ast.expr]:
    """The expression and what it passes through unchanged: `x` of `x or 0`, of `list(x)`, of `f(x)`."""
    yield node
    if isinstance(node, ast.BoolOp):
        yield from _parts(node.values[0])
    elif isinstance(node, ast.Call) and len(node.args) == 1 and isinstance(node.func, ast.Name):
        yield from _parts(node.args[0])


def _idea(
    site: Site, origin: Origin, node: ast.expr, seen: Seen, above: dict[ast.AST, ast.AST]
) -> Idea | None:
    text = site.repository.text(origin.path) or ""
    place, outer = node, above.get(node)
    if seen.wrap.whole and isinstance(outer, ast.Call) and ast.unparse(outer.func) in COLLECTS:
        place = outer
    own = segment(text, node)
    apart = isinstance(node, OPERATORS) or "\n" in own  # its own parentheses are not in its place
    written = seen.wrap.around(f"({own})" if apart else own)
    if _stands(place, above, seen):
        return None
    if isinstance(ast.parse(written, mode="eval").body, OPERATORS) and isinstance(
        outer, (*OPERATORS, ast.Attribute)
    ):
        written = f"({written})"
    return Idea(
        (replaced(text, place, written),),
        f"`{segment(text, place)}` is written `{written}`, as its like is.",
        f"written {written}",
        log(seen.times) - 0.4 * log(1 + seen.bare) + seen.likeness - SAME - STEP * origin.steps,
        (f"it is done so in {seen.times} other place{'s' * (seen.times > 1)} of the file",),
        origin.path,
    )


def _stands(node: ast.expr, above: dict[ast.AST, ast.AST], seen: Seen) -> bool:
    """Whether it is written so already."""
    outer: ast.AST | None = node
    for _ in range(3):
        outer = above.get(outer) if outer is not None else None
        if isinstance(outer, ast.expr) and ast.unparse(outer) == seen.wrap.around(ast.unparse(node)):
            return True
    return False


def _helpers(repository: Repository, tree: ast.Module) -> Iterator[str]:
    """Functions that this file defines or imports from the project, and which take one value."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and _takes_one(node):
            yield node.name
        if isinstance(node, ast.ImportFrom) and node.module:
            path = repository.module_path(node.module)
            made = repository.tree(path) if path is not None else None
            taken = (
                {f.name for f in made.body if isinstance(f, ast.FunctionDef) and _takes_one(f)}
                if made
                else set()
            )
            yield from (alias.asname or alias.name for alias in node.names if alias.name in taken)


def _takes_one(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    required = len(function.args.args) - len(function.args.defaults)
    given = any(isinstance(n, ast.Return) and n.value is not None for n in ast.walk(function))
    return required == 1 and given


def _bound(tree: ast.Module) -> set[str]:
    """Names of the module's own imports, classes and constants."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
        if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return found


TEMPLATE = Template("written_alike", frozenset(Kind), 0.6, ideas, outer=False)
