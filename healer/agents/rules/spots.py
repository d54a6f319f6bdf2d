"""Which expression on the line the message is about."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import libcst as cst

from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import code, dotted, walk


@dataclass(frozen=True)
class Spot:
    """`subject` holds the offending value; `use` is the expression that fails because of it."""

    subject: cst.BaseExpression
    use: cst.BaseExpression


CONSUMERS = frozenset(
    [
        "list",
        "set",
        "tuple",
        "sorted",
        "sum",
        "dict",
        "enumerate",
        "zip",
        "map",
        "filter",
        "any",
        "all",
        "max",
        "min",
        "join",
        "extend",
        "update",
        "frozenset",
        "iter",
        "reversed",
        "chain",
        "next",
        "deque",
        "Counter",
        "OrderedDict",
    ]
)
OPERATORS: dict[str, type[cst.CSTNode]] = {
    "+": cst.Add,
    "-": cst.Subtract,
    "*": cst.Multiply,
    "/": cst.Divide,
    "//": cst.FloorDivide,
    "%": cst.Modulo,
    "**": cst.Power,
    "|": cst.BitOr,
    "&": cst.BitAnd,
    "@": cst.MatrixMultiply,
    "^": cst.BitXor,
}
AUGMENTED: dict[str, type[cst.CSTNode]] = {
    "+=": cst.AddAssign,
    "-=": cst.SubtractAssign,
    "*=": cst.MultiplyAssign,
    "/=": cst.DivideAssign,
    "//=": cst.FloorDivideAssign,
    "%=": cst.ModuloAssign,
    "|=": cst.BitOrAssign,
    "&=": cst.BitAndAssign,
}
COMPARISONS: dict[str, type[cst.CSTNode]] = {
    "<": cst.LessThan,
    ">": cst.GreaterThan,
    "<=": cst.LessThanEqual,
    ">=": cst.GreaterThanEqual,
}


def none_spots(site: Site) -> list[Spot]:
    """Expressions that may be the None of the message; only those known to be None where any is."""
    finder = _NONE_FINDERS.get(site.crash.kind)
    if finder is None:
        return []
    found = [s for s in finder(site) if site.may_be_none(s.subject)]
    if not found and (site.foreign or site.depth):
        given = list(_arguments(site))
        found = [s for s in given if site.is_none(s.subject)]
        if not found and site.foreign:
            found = [
                s for s in given if isinstance(s.subject, cst.Attribute) and _may_start_none(site, s.subject)
            ]
    certain = [s for s in found if site.is_none(s.subject)]
    return certain or found


def _may_start_none(site: Site, node: cst.Attribute) -> bool:
    """Whether a class of the project gives the attribute a parameter that defaults to None."""
    name = node.attr.value
    for _, tree in site.repository.mentioning(f"self.{name} = "):
        for init in (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "__init__"):
            arguments = init.args
            pairs = zip(reversed(arguments.args), reversed(arguments.defaults), strict=False)
            if any(a.arg == name and isinstance(d, ast.Constant) and d.value is None for a, d in pairs):
                return True
    return False


def chain(site: Site, node: cst.BaseExpression) -> cst.BaseExpression:
    """The whole of `x.a(1)[2].b` that hangs on `x`."""
    above = site.file.parent(node)
    links = (cst.Attribute, cst.Subscript)
    if isinstance(above, links) and above.value is node:
        return chain(site, above)
    if isinstance(above, cst.Call) and above.func is node:
        return chain(site, above)
    return node


def _attribute(site: Site) -> Iterator[Spot]:
    for node in site.on_line(cst.Attribute):
        if node.attr.value == site.crash.words.get("attr"):
            yield Spot(node.value, chain(site, node))


def _subscript(site: Site) -> Iterator[Spot]:
    for node in site.on_line(cst.Subscript):
        yield Spot(node.value, chain(site, node))


def _iterated(site: Site) -> Iterator[Spot]:
    statement = site.statement
    if isinstance(statement, cst.For):
        yield Spot(statement.iter, statement.iter)
    for comp in site.on_line(cst.CompFor):
        yield Spot(comp.iter, comp.iter)
    for assign in site.on_line(cst.Assign):
        if isinstance(assign.targets[0].target, (cst.Tuple, cst.List)):
            yield Spot(assign.value, assign.value)
    for call in site.on_line(cst.Call):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        for arg in call.args:
            if arg.star or name in CONSUMERS:
                yield Spot(arg.value, arg.value)
    for star in site.on_line(cst.StarredElement, cst.StarredDictElement):
        yield Spot(star.value, star.value)


def _membership(site: Site) -> Iterator[Spot]:
    for node in site.on_line(cst.Comparison):
        for target in node.comparisons:
            if isinstance(target.operator, (cst.In, cst.NotIn)):
                yield Spot(target.comparator, node)


def _called(site: Site) -> Iterator[Spot]:
    for node in site.on_line(cst.Call):
        yield Spot(node.func, chain(site, node))


def _measured(site: Site) -> Iterator[Spot]:
    for node in site.on_line(cst.Call):
        if dotted(node.func) == "len" and node.args:
            yield Spot(node.args[0].value, node)


def operands(site: Site) -> Iterator[tuple[cst.BinaryOperation, cst.BaseExpression, cst.BaseExpression]]:
    """Binary operations on the line with the operator of the message: (operation, left, right)."""
    sign = OPERATORS.get(_sign(site))
    for node in site.on_line(cst.BinaryOperation):
        if sign is None or isinstance(node.operator, sign):
            yield node, node.left, node.right


def _sign(site: Site) -> str:
    return site.crash.words.get("op", "").split(" or ")[0].strip()


def _operand(site: Site) -> Iterator[Spot]:
    for node, left, right in operands(site):
        yield Spot(left, node)
        yield Spot(right, node)
    for assign in site.on_line(cst.AugAssign):
        yield Spot(assign.value, assign.value)


def compared(site: Site) -> Iterator[tuple[cst.Comparison, cst.BaseExpression, cst.BaseExpression]]:
    sign = COMPARISONS.get(site.crash.words.get("op", ""))
    for node in site.on_line(cst.Comparison):
        for target in node.comparisons:
            if sign is None or isinstance(target.operator, sign):
                yield node, node.left, target.comparator


def _comparison(site: Site) -> Iterator[Spot]:
    for node, left, right in compared(site):
        yield Spot(left, node)
        yield Spot(right, node)
    for value in outdone(site):
        yield Spot(value, value)


def outdone(site: Site) -> Iterator[cst.BaseExpression]:
    """What `max(a, b)` and `min(a, b)` on the line compare."""
    for call in site.on_line(cst.Call):
        if dotted(call.func) in {"max", "min"} and len(call.args) > 1:
            yield from (arg.value for arg in call.args if arg.keyword is None and not arg.star)


def _arguments(site: Site) -> Iterator[Spot]:
    for call in site.on_line(cst.Call):
        for arg in call.args:
            if isinstance(arg.value, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)):
                yield Spot(arg.value, chain(site, call))
    for part in site.on_line(cst.FormattedStringExpression):
        if part.format_spec is not None:
            yield Spot(part.expression, part.expression)
    for assign in site.on_line(cst.Assign):
        if isinstance(assign.targets[0].target, cst.Subscript) and isinstance(assign.value, cst.Name):
            yield Spot(assign.value, assign.value)


def _stored(site: Site) -> Iterator[Spot]:
    targets: list[cst.BaseExpression] = [a.target for a in site.on_line(cst.AugAssign)]
    targets += [t.target for a in site.on_line(cst.Assign) for t in a.targets]
    for target in targets:
        if isinstance(target, cst.Subscript):
            yield Spot(target.value, target)


_NONE_FINDERS: dict[Kind, Callable[[Site], Iterator[Spot]]] = {
    Kind.NONE_ATTRIBUTE: _attribute,
    Kind.NONE_SUBSCRIPT: _subscript,
    Kind.NONE_ITERATION: _iterated,
    Kind.NONE_IN: _membership,
    Kind.NONE_CALL: _called,
    Kind.NONE_LEN: _measured,
    Kind.NONE_OPERAND: _operand,
    Kind.NONE_COMPARISON: _comparison,
    Kind.NONE_ARGUMENT: _arguments,
    Kind.NONE_STORE: _stored,
}
NONE_KINDS = frozenset(_NONE_FINDERS)


def test_operand(site: Site, node: cst.CSTNode) -> tuple[cst.BaseExpression, str] | None:
    """The smallest boolean operand that holds `node`, and where it stands: and | or | test | value.

    None where the node is not part of a condition."""
    inner: cst.CSTNode = node
    for above in site.file.ancestors(node):
        if isinstance(above, cst.BooleanOperation) and isinstance(inner, cst.BaseExpression):
            return inner, "and" if isinstance(above.operator, cst.And) else "or"
        if isinstance(above, (cst.If, cst.While, cst.CompIf, cst.IfExp)) and inner is above.test:
            return above.test, "test"
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Lambda, cst.CompFor)):
            return None
        if isinstance(above, (cst.IfExp, cst.ListComp, cst.GeneratorExp, cst.SetComp, cst.DictComp)):
            return None
        inner = above
    return None


def asked_around(site: Site, subject: cst.BaseExpression) -> cst.BaseExpression | None:
    """The test of the innermost `if` around the statement, where it compares the subject itself."""
    inner: cst.CSTNode | None = site.statement
    for above in site.file.ancestors(inner) if inner is not None else ():
        if isinstance(above, cst.If) and above.body is inner:
            return above.test if _compares(above.test, code(subject).strip()) else None
        if isinstance(above, (cst.FunctionDef, cst.For, cst.While)):
            return None
        inner = above
    return None


def _compares(test: cst.BaseExpression, shown: str) -> bool:
    """`found != expected`: one comparison, of which one side is the subject, and not with None."""
    if not isinstance(test, cst.Comparison) or len(test.comparisons) != 1:
        return False
    sides = {code(side).strip() for side in (test.left, test.comparisons[0].comparator)}
    return shown in sides and "None" not in {n.value for n in walk(test) if isinstance(n, cst.Name)}


def in_comprehension(site: Site, node: cst.CSTNode) -> bool:
    for above in site.file.ancestors(node):
        if isinstance(above, (cst.BaseComp, cst.Lambda)):
            return not (
                isinstance(above, cst.BaseComp) and above.for_in.iter in (node, *_up(site, node, above))
            )
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            return False
    return False


def _up(site: Site, node: cst.CSTNode, stop: cst.CSTNode) -> list[cst.CSTNode]:
    path = []
    for above in site.file.ancestors(node):
        if above is stop:
            break
        path.append(above)
    return path


def pure(node: cst.CSTNode) -> bool:
    """No call, await or yield inside: may be written twice."""
    return not any(isinstance(n, (cst.Call, cst.Await, cst.Yield, cst.NamedExpr)) for n in walk(node))


def same(a: cst.CSTNode, b: cst.CSTNode) -> bool:
    return code(a).strip() == code(b).strip()
