"""Special methods called by name, as the operators that call them: `a.__eq__(b)` is `a == b`."""

from __future__ import annotations

import ast
from typing import TypeVar

T = TypeVar("T", bound=ast.AST)
_FUNCTIONS = {
    f"__{name}__": name
    for name in ("repr", "str", "len", "hash", "bool", "iter", "next", "abs", "int", "float", "reversed")
}
_COMPARISONS: dict[str, ast.cmpop] = {
    "__eq__": ast.Eq(),
    "__ne__": ast.NotEq(),
    "__lt__": ast.Lt(),
    "__le__": ast.LtE(),
    "__gt__": ast.Gt(),
    "__ge__": ast.GtE(),
}

WRITTEN = {  # the call of a special method, as a test writes it
    "__getitem__": "{self}[{0}]",
    "__len__": "len({self})",
    "__str__": "str({self})",
    "__repr__": "repr({self})",
    "__iter__": "list({self})",
    "__bool__": "bool({self})",
    "__hash__": "hash({self})",
    "__contains__": "{0} in {self}",
    "__eq__": "{self} == {0}",
    "__ne__": "{self} != {0}",
    "__lt__": "{self} < {0}",
    "__le__": "{self} <= {0}",
    "__gt__": "{self} > {0}",
    "__ge__": "{self} >= {0}",
    "__and__": "{self} & {0}",
    "__or__": "{self} | {0}",
    "__xor__": "{self} ^ {0}",
    "__floordiv__": "{self} // {0}",
    "__mod__": "{self} % {0}",
    "__delitem__": "del {self}[{0}]",
    "__getattr__": "getattr({self}, {0})",
    "__getattribute__": "getattr({self}, {0})",
    "__missing__": "{self}[{0}]",
    "__next__": "next({self})",
    "__neg__": "-{self}",
    "__int__": "int({self})",
    "__float__": "float({self})",
    "__radd__": "{0} + {self}",
    "__rsub__": "{0} - {self}",
    "__rmul__": "{0} * {self}",
    "__rtruediv__": "{0} / {self}",
    "__add__": "{self} + {0}",
    "__sub__": "{self} - {0}",
    "__mul__": "{self} * {0}",
    "__truediv__": "{self} / {0}",
}


def spelt(tree: T) -> T:
    """The tree with operators where it names special methods; changed in place."""
    made: T = _Operators().visit(tree)
    return ast.fix_missing_locations(made)


class _Operators(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if any(isinstance(a, ast.Starred) for a in node.args):
            return node
        match node:
            case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[], keywords=[]) if (
                attr in _FUNCTIONS
            ):
                return ast.Call(ast.Name(_FUNCTIONS[attr], ast.Load()), [inner], [])
            case ast.Call(func=ast.Attribute(value=inner, attr=attr), args=[other], keywords=[]) if (
                attr in _COMPARISONS
            ):
                return ast.Compare(inner, [_COMPARISONS[attr]], [other])
            case ast.Call(func=ast.Attribute(value=inner, attr="__contains__"), args=[other], keywords=[]):
                return ast.Compare(other, [ast.In()], [inner])
            case ast.Call(func=ast.Attribute(value=inner, attr="__getitem__"), args=[key], keywords=[]):
                return ast.Subscript(inner, key, ast.Load())
            case _:
                return node
