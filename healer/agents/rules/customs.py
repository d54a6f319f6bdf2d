"""What a project does about what goes by a name: its questions with their answers, and what stands in for it.

`if not text: return ret` at the head of every other `parse`, `offset = offset or 0` in the function beside: a
program treats the same want in the same way, so each such place speaks for the same where it was left out.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import libcst as cst

from healer.agents.rules.functions import AnyFunction, literal_text, own_nodes
from healer.agents.rules.names import module_names
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site, is_docstring
from healer.agents.rules.syntax import Statement, dotted, walk

LONGEST = 2  # statements under a question
MAX_FILES = 60  # that mention a name, and are read for it
LEAVES = (ast.Return, ast.Raise, ast.Continue)
READERS = frozenset({"get", "pop", "setdefault", "getattr"})


@dataclass(frozen=True)
class Question:
    """`if test: lines`, in a function of that name; `names` are all that it asks for."""

    path: str
    function: str
    test: str
    lines: tuple[str, ...]
    names: frozenset[str]
    line: int

    @property
    def leaves(self) -> bool:
        return self.lines[-1].partition(" ")[0] in {"return", "raise", "continue"}


def questions(repository: Repository, subject: str, near: str) -> Iterator[Question]:
    """Those about a variable or attribute, with an answer that leaves or gives it another value, of the file
    `near` and of those nearest to it."""
    for path in islice(repository.around(near, subject.rpartition(".")[2]), MAX_FILES):
        for question, about in repository.facts(path, _questions):
            if subject in about:
                yield question


def _questions(path: str, tree: ast.Module) -> list[tuple[Question, frozenset[str]]]:
    """All questions of a file, each with what it is about."""
    found = []
    for function in (n for n in ast.walk(tree) if isinstance(n, (ast.FunctionDef, ast.AsyncFunctionDef))):
        for node in own_nodes(function):
            if isinstance(node, ast.If) and not node.orelse and (about := _about(node)):
                lines = tuple(map(ast.unparse, node.body))
                used = frozenset(_names(node))
                asked = Question(path, function.name, ast.unparse(node.test), lines, used, node.lineno)
                found.append((asked, about))
    return found


def _about(node: ast.If) -> frozenset[str]:
    """What is asked about: all that the test names, where the answer leaves; what is replaced, where not."""
    *lead, last = node.body
    if len(lead) >= LONGEST or not all(isinstance(one, (ast.Assign, ast.Expr)) for one in lead):
        return frozenset()
    asked = frozenset(filter(None, map(_dotted, ast.walk(node.test))))
    if isinstance(last, LEAVES):
        return asked
    if isinstance(last, ast.Assign) and not lead and len(last.targets) == 1:
        return asked & {_dotted(last.targets[0])}
    return frozenset()


def _dotted(node: ast.AST) -> str:
    """`a.b` of a name or an attribute of one, else ''."""
    if isinstance(node, ast.Attribute):
        head = _dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return node.id if isinstance(node, ast.Name) else ""


def _names(node: ast.AST) -> Iterator[str]:
    return (n.id for n in ast.walk(node) if isinstance(n, ast.Name))


def fallbacks(repository: Repository, name: str, near: str) -> dict[str, int]:
    """What stands in for a variable, attribute, parameter or key of this name, with the number of places:
    `name or "x"`, `if name is None: name = 0`, `def f(name=1)`, `data.get("name", [])`."""
    found: dict[str, int] = {}
    for path in islice(repository.around(near, name), MAX_FILES):
        for called, text in repository.facts(path, _fallbacks):
            if called == name:
                found[text] = found.get(text, 0) + 1
    return found


def _fallbacks(path: str, tree: ast.Module) -> list[tuple[str, str]]:
    pairs = (pair for node in ast.walk(tree) for pair in _stands_in(node))
    return [(name, text) for name, value in pairs if name and (text := plain(value)) not in {"", "None"}]


def _stands_in(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        yield last_name(node.values[0]), node.values[-1]
    elif isinstance(node, ast.IfExp):
        name, absent = _asked(node.test)
        yield last_name(name), node.body if absent else node.orelse
    elif isinstance(node, ast.If) and len(node.body) == 1 and isinstance(node.body[0], ast.Assign):
        name, absent = _asked(node.test)
        target = ast.unparse(node.body[0].targets[0])
        if absent and name is not None and target == ast.unparse(name):
            yield last_name(name), node.body[0].value
    elif isinstance(node, ast.Call):
        yield from _read(node)
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        yield from _defaults(node)


def _asked(test: ast.expr) -> tuple[ast.expr | None, bool]:
    """What `x is None`, `not x`, `x is not None`, `x` ask about, and whether they ask for its absence."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand, True
    if isinstance(test, ast.Compare) and len(test.ops) == 1 and ast.unparse(test.comparators[0]) == "None":
        return test.left, isinstance(test.ops[0], ast.Is)
    return (test, False) if isinstance(test, (ast.Name, ast.Attribute, ast.Subscript)) else (None, False)


def _read(call: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    """`data.get("name", value)` and `getattr(data, "name", value)`."""
    func = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    args = call.args[1:] if func == "getattr" else call.args
    if func in READERS and len(args) == 2 and isinstance(args[0], ast.Constant):
        yield str(args[0].value), args[1]


def _defaults(function: AnyFunction) -> Iterator[tuple[str, ast.expr]]:
    given = function.args
    positional = [*given.posonlyargs, *given.args]
    pairs = [*zip(reversed(positional), reversed(given.defaults), strict=False)]
    pairs += [(arg, d) for arg, d in zip(given.kwonlyargs, given.kw_defaults, strict=True) if d is not None]
    yield from ((arg.arg, default) for arg, default in pairs)


def plain(node: ast.expr) -> str:
    """A literal, a constant by its name, an empty instance; "" for anything else."""
    if (text := literal_text(node)) is not None:
        return text
    if isinstance(node, (ast.Name, ast.Attribute)) and last_name(node).isupper():
        return ast.unparse(node)
    made = isinstance(node, ast.Call) and not node.args and not node.keywords
    named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return ast.unparse(node) if made and named else ""


def last_name(node: ast.expr | None) -> str:
    """`x` of `x`, `self.x`, `data["x"]`, `data.get("x")`, `find_x()`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value)
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        return str(node.args[0].value) if last_name(node.func) in READERS else ""
    return ""


def bound_above(site: Site) -> set[str]:
    """Names that the function, those around it or the module have bound before the crash's statement."""
    found = set(dir(builtins)) | module_names(site.file.module)
    if site.function is None or site.statement is None:
        return found
    line = site.file.lines(site.statement)[0]
    around = (f for f in site.file.ancestors(site.statement) if isinstance(f, cst.FunctionDef))
    for function in around:
        found |= {p.name.value for p in walk(function.params) if isinstance(p, cst.Param)}
        for node in walk(function.body):
            target = _target(node)
            if target is not None and site.file.lines(target)[0] < line:
                found |= {n.value for n in walk(target) if isinstance(n, cst.Name)}
    return found


def _target(node: cst.CSTNode) -> cst.CSTNode | None:
    if isinstance(node, (cst.AssignTarget, cst.AnnAssign, cst.For, cst.NamedExpr)):
        return node.target
    return node.name if isinstance(node, (cst.AsName, cst.FunctionDef)) else None


def beginning(site: Site, subject: str) -> Statement | None:
    """Where a question about it may stand: before the crash, or where the function begins whose own it is."""
    around = _owner(site, subject) if subject.isidentifier() else site.function
    if around is None or around is site.function:
        return site.insertable
    body = [
        s for s in around.body.body if isinstance(s, (cst.SimpleStatementLine, cst.BaseCompoundStatement))
    ]
    return next((s for s in body if not is_docstring(s)), None)


def _owner(site: Site, name: str) -> cst.FunctionDef | None:
    """The innermost function around the line that binds the name."""
    for function in site.file.ancestors(site.statement) if site.statement is not None else ():
        if isinstance(function, cst.FunctionDef):
            params = {p.name.value for p in walk(function.params) if isinstance(p, cst.Param)}
            made = {dotted(n.target) for n in walk(function.body) if isinstance(n, cst.AssignTarget)}
            if name in params | made:
                return function
    return None
