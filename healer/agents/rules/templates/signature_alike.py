"""A handler that does not take what its siblings take: give it their parameters."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

FEWEST = 2  # siblings


def ideas(site: Site) -> Iterator[Idea]:
    name = site.crash.words.get("function", "").rpartition(".")[2]
    known = list(site.repository.functions(name)) if name.isidentifier() else []
    if len(known) != 1:
        return
    path, function = known[0]
    tree = site.repository.tree(path)
    text = site.repository.text(path) or ""
    alike = [f for f in tree.body if _beside(f, function)] if tree is not None else []
    listed = _listed(tree, name) if tree is not None else set()
    if listed:
        alike = [f for f in alike if isinstance(f, ast.FunctionDef) and f.name in listed]
    if len(alike) < FEWEST or tree is None or function not in tree.body:
        return
    if site.crash.kind is Kind.UNEXPECTED_KEYWORD:
        yield from _with_keywords(path, text, function, alike)
    else:
        yield from _with_all(path, text, function, alike, registered=bool(listed))


def _beside(node: ast.stmt, function: AnyFunction) -> bool:
    """Another function of the module that is registered in the same way."""
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node is function:
        return False
    return _registered(node) == _registered(function)


def _registered(node: AnyFunction) -> list[str]:
    return [ast.unparse(d.func if isinstance(d, ast.Call) else d) for d in node.decorator_list]


def _with_keywords(path: str, text: str, function: AnyFunction, alike: list[ast.stmt]) -> Iterator[Idea]:
    """`**options`, which most siblings that begin alike take."""
    first = [a.arg for a in function.args.args[:1]]
    near = [f for f in alike if isinstance(f, ast.FunctionDef) and [a.arg for a in f.args.args[:1]] == first]
    names = Counter(f.args.kwarg.arg for f in near if f.args.kwarg is not None)
    if function.args.kwarg is not None or not names or names.most_common(1)[0][1] * 2 <= len(near):
        return
    yield _idea(path, text, function, f"**{names.most_common(1)[0][0]}", last=True)


def _listed(tree: ast.Module, name: str) -> set[str]:
    """Names of the functions that a table of the module holds with this one."""
    for node in tree.body:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        held = value.values if isinstance(value, ast.Dict) else getattr(value, "elts", [])
        names = {n.id for n in held if isinstance(n, ast.Name)}
        if name in names:
            return names
    return set()


def _with_all(
    path: str, text: str, function: AnyFunction, alike: list[ast.stmt], *, registered: bool
) -> Iterator[Idea]:
    """One parameter more at the head or the end, where nearly all siblings have the same ones."""
    own = [a.arg for a in function.args.args]
    shapes = Counter(tuple(a.arg for a in f.args.args) for f in alike if isinstance(f, ast.FunctionDef))
    whole, times = shapes.most_common(1)[0] if shapes else ((), 0)
    if times < len(alike) or not (registered or _registered(function)) or len(whole) != len(own) + 1:
        return
    if list(whole[1:]) == own:
        yield _idea(path, text, function, whole[0], last=False)
    elif list(whole[:-1]) == own:
        yield _idea(path, text, function, whole[-1], last=True)


def _idea(path: str, text: str, function: AnyFunction, added: str, *, last: bool) -> Idea:
    lines = text.splitlines(keepends=True)
    args = function.args.args
    if last and args:
        at = sum(map(len, lines[: (args[-1].end_lineno or 1) - 1])) + (args[-1].end_col_offset or 0)
        written = f", {added}"
    elif args:
        at = sum(map(len, lines[: args[0].lineno - 1])) + args[0].col_offset
        written = f"{added}, "
    else:
        at = text.index("(", sum(map(len, lines[: function.lineno - 1]))) + 1
        written = added
    return Idea(
        (Edit(at, at, written),),
        f"`{function.name}` takes `{added}`, like the functions beside it.",
        f"{function.name} takes {added}",
        0.0,
        ("the functions beside it are called in the same way, and take it",),
        path,
    )


TEMPLATE = Template(
    "signature_alike", frozenset({Kind.UNEXPECTED_KEYWORD, Kind.TOO_MANY_ARGUMENTS}), 1.8, ideas
)
