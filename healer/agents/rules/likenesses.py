"""How the code beside writes the same thing: an expression's like, and what is done to it there.

`value(match["agent"]) or ""` stands beside `match["size"]`: the one is like the other, and both wraps,
`value(…)` and `value(…) or ""`, may be what was forgotten.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from healer.agents.rules.functions import find_function

HOLE = "__hole__"
CONVERSIONS = frozenset({"str", "int", "float", "list", "tuple", "set", "dict", "Decimal", "bool", "sorted"})
COLLECTS = frozenset({"list", "tuple", "set", "sorted"})
SAME, NEAR = 1.0, 0.6  # likeness
TOGETHER = 0.5  # more, for parts of one statement: a record that is made, a call
MAX_LIKES = 60  # looked at for one expression
LEVELS = 2  # wraps around a like that are taken
LONGEST = 160  # characters of a wrap


@dataclass(frozen=True)
class Wrap:
    """`text` holds HOLE where the expression goes. `whole` replaces the collection that is made of it."""

    text: str
    whole: bool = False

    def around(self, text: str) -> str:
        return self.text.replace(HOLE, text)


@dataclass(frozen=True)
class Seen:
    """How often likes are written so, how near the nearest one is, and how often they stand bare."""

    wrap: Wrap
    times: int
    likeness: float
    bare: int


def parents(tree: ast.AST) -> dict[ast.AST, ast.AST]:
    return {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def likenesses(
    tree: ast.Module, node: ast.expr, above: Mapping[ast.AST, ast.AST], known: frozenset[str]
) -> list[Seen]:
    """What is done to likes of `node` in this file, the most frequent first. `above` are the parents of the
    tree's nodes, `known` functions of the project that take one value."""
    times: dict[Wrap, int] = {}
    near: dict[Wrap, float] = {}
    bare = 0
    for like, likeness in islice(_likes(tree, node), MAX_LIKES):
        wraps = list(_wraps(like, above, known))
        bare += not wraps
        for wrap in wraps:
            times[wrap] = times.get(wrap, 0) + 1
            near[wrap] = max(near.get(wrap, 0.0), likeness)
    found = [Seen(wrap, count, near[wrap], bare) for wrap, count in times.items()]
    return sorted(found, key=lambda seen: (-seen.times, -seen.likeness, seen.wrap.text))


def _likes(tree: ast.Module, node: ast.expr) -> Iterator[tuple[ast.expr, float]]:
    text, statement = ast.unparse(node), _statement(tree, node)
    around: ast.AST = tree
    if isinstance(node, ast.Name):  # elsewhere it is a name of its own
        around = find_function(tree, "", node.lineno) or tree
    for other in ast.walk(around):
        if isinstance(other, ast.expr) and other is not node and _kin(node, other) and _loaded(other):
            likeness = _likeness(node, other, text)
            if likeness:
                yield other, likeness + (TOGETHER if _within(statement, other) else 0.0)


def _kin(node: ast.expr, other: ast.expr) -> bool:
    """What is quickly seen of a like: the same kind of node, by the same name."""
    if isinstance(node, ast.Name) and isinstance(other, ast.Name):
        return node.id == other.id
    if isinstance(node, ast.Attribute) and isinstance(other, ast.Attribute):
        return node.attr == other.attr
    if isinstance(node, ast.Call) and isinstance(other, ast.Call):
        return _kin(node.func, other.func)
    return isinstance(node, ast.Subscript) and isinstance(other, ast.Subscript)


def _within(statement: ast.stmt | None, node: ast.expr) -> bool:
    return statement is not None and statement.lineno <= node.lineno <= (statement.end_lineno or 0)


def _statement(tree: ast.Module, node: ast.expr) -> ast.stmt | None:
    """The simple statement that holds it."""
    plain = (ast.Assign, ast.Return, ast.Expr, ast.AnnAssign)
    holding = (n for n in ast.walk(tree) if isinstance(n, plain) and n.lineno <= node.lineno)
    return next((n for n in holding if node.lineno <= (n.end_lineno or 0)), None)


def _loaded(node: ast.expr) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _likeness(node: ast.expr, other: ast.expr, text: str) -> float:
    """The same text; the same holder with another constant key; the same attribute or key of another; another
    call of the same function."""
    if ast.unparse(other) == text:
        return SAME
    if isinstance(node, ast.Subscript) and isinstance(other, ast.Subscript):
        keys = (node.slice, other.slice)
        constant = all(isinstance(key, ast.Constant) and isinstance(key.value, str) for key in keys)
        if constant and ast.unparse(node.value) == ast.unparse(other.value):
            return NEAR
        return NEAR if constant and ast.unparse(keys[0]) == ast.unparse(keys[1]) else 0.0
    if isinstance(node, ast.Attribute) and isinstance(other, ast.Attribute):
        return NEAR if node.attr == other.attr else 0.0
    if isinstance(node, ast.Call) and isinstance(other, ast.Call):
        same = ast.unparse(node.func) == ast.unparse(other.func) and len(node.args) == len(other.args)
        return NEAR if same else 0.0
    return 0.0


def _wraps(like: ast.expr, above: Mapping[ast.AST, ast.AST], known: frozenset[str]) -> Iterator[Wrap]:
    """What stands around a like, one level and two."""
    inner: ast.AST = like
    for _ in range(LEVELS):
        outer = _outer(inner, above, known)
        if outer is None or _asks(outer, above):
            return
        text = _holed(outer, like)
        if text.count(HOLE) and len(text) <= LONGEST:
            yield Wrap(text, whole=isinstance(outer, ast.ListComp))
        inner = outer


def _asks(node: ast.expr, above: Mapping[ast.AST, ast.AST]) -> bool:
    """Whether it is asked whether that holds: a question converts nothing."""
    outer = above.get(node)
    if isinstance(outer, ast.BoolOp):
        return isinstance(outer.op, ast.And) or outer.values[-1] is node
    if isinstance(outer, (ast.If, ast.IfExp, ast.While)):
        return outer.test is node
    return isinstance(outer, ast.UnaryOp) or (isinstance(outer, ast.comprehension) and node in outer.ifs)


def _outer(node: ast.AST, above: Mapping[ast.AST, ast.AST], known: frozenset[str]) -> ast.expr | None:
    """The expression that converts, defends or fills in for `node`; None where it stands bare."""
    outer = above.get(node)
    if isinstance(outer, ast.Call) and node in outer.args:
        return outer if _converts(outer, known) else None
    if isinstance(outer, ast.BoolOp) and isinstance(outer.op, ast.Or) and outer.values[0] is node:
        return outer if all(_plain(value) for value in outer.values[1:]) else None
    if isinstance(outer, ast.Attribute) and outer.value is node:
        call = above.get(outer)
        made = isinstance(call, ast.Call) and call.func is outer and all(map(_plain, call.args))
        return call if made and isinstance(call, ast.Call) and not call.keywords else None
    if isinstance(outer, ast.IfExp) and node in (outer.body, outer.orelse):
        return outer
    if isinstance(outer, ast.comprehension) and outer.iter is node:
        whole = above.get(outer)
        return whole if isinstance(whole, ast.ListComp) and len(whole.generators) == 1 else None
    return None


def _converts(call: ast.Call, known: frozenset[str]) -> bool:
    """One function of the one value: a conversion, or a helper of the project."""
    if len(call.args) != 1 or call.keywords or not isinstance(call.func, ast.Name):
        return False
    return call.func.id in CONVERSIONS or call.func.id in known


def _plain(node: ast.expr) -> bool:
    """A literal, or a constant by its name."""
    if isinstance(node, ast.Name):
        return node.id.isupper()
    return isinstance(node, ast.Constant) or ast.unparse(node) in {"[]", "{}", "()", "set()"}


def _holed(outer: ast.expr, like: ast.expr) -> str:
    """The text of `outer` with a hole for each place where the like stands."""
    text = ast.unparse(like)

    class Fill(ast.NodeTransformer):
        def visit(self, node: ast.AST) -> ast.AST:
            same = isinstance(node, ast.expr) and _loaded(node) and ast.unparse(node) == text
            return ast.Name(HOLE, ast.Load()) if same else super().visit(node)

    copy = ast.parse(ast.unparse(outer), mode="eval").body
    return ast.unparse(Fill().visit(copy))


def free_names(wrap: Wrap) -> set[str]:
    """Names that a wrap asks for besides its own and the builtin ones."""
    nodes = list(ast.walk(ast.parse(wrap.text, mode="eval")))
    bound = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    used = {n.id for n in nodes if isinstance(n, ast.Name)}
    return used - bound - {HOLE} - set(dir(builtins))
