"""Things that are not what they look like: answers equal to everything, classes that lie about themselves,
names of builtins given to something else. Pure."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator

from healer.proving.finding import Finding
from healer.proving.origins import Names, dotted, words

_ALWAYS = words(
    """__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __bool__ __contains__ __instancecheck__ __subclasscheck__
    __hash__ __getattr__ __missing__ __call__"""
)
_COMPARES = words("__eq__ __ne__ __bool__ __instancecheck__ __getattr__ __lt__ __le__ __gt__ __ge__")
_LIES = words(
    """__getattribute__ __class__ __init_subclass__ __set_name__ __prepare__ __mro_entries__ __del__
    __instancecheck__ __subclasscheck__ __subclasshook__ __class_getitem__"""
)
_MAKES = words("__new__ __get__ __set__ __delete__ __setattr__ __reduce__ __deepcopy__ __copy__")
_BUILTINS = frozenset(
    name
    for name, value in vars(builtins).items()
    if isinstance(value, type) and issubclass(value, BaseException)
) | words("isinstance issubclass getattr hasattr len callable super")
_ESCAPES = words("SystemExit KeyboardInterrupt GeneratorExit BaseException SkipTest Skipped Exit")
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def always(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Comparison methods that answer without looking."""
    if isinstance(node, ast.FunctionDef) and node.name in _ALWAYS:
        returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None]
        if returned and all(map(_is_true, returned)):
            yield Finding("always_equal", node.name)
        elif node.name in _COMPARES:
            yield Finding("comparison", node.name, refuse=False)
    elif isinstance(node, ast.Assign):
        for name in _names(node.targets) & (_ALWAYS | _COMPARES):
            answers = isinstance(node.value, ast.Lambda) and _is_true(node.value.body)
            yield Finding("always_equal" if answers else "comparison", name, refuse=answers)


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and bool(value.value)


def classes(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Classes that lie about what they are, or that run code where a class is merely named."""
    if not isinstance(node, ast.ClassDef):
        return
    for name in _held(node.body):
        if name in _LIES:
            yield Finding("disguise", name)
        elif name in _MAKES:
            yield Finding("disguise", name, refuse=False)
    if any(k.arg == "metaclass" for k in node.keywords) or "type" in {dotted(b, names) for b in node.bases}:
        yield Finding("disguise", f"metaclass of {node.name}", refuse=False)
    for base in node.bases:
        if dotted(base, names).rpartition(".")[2] in _ESCAPES:
            yield Finding("raises", f"class {node.name}")


def _held(body: Iterable[ast.stmt]) -> Iterator[str]:
    """Names that a class body binds, also inside its `if`, `try`, `with` and loops."""
    for one in body:
        if isinstance(one, _Function | ast.ClassDef):
            yield one.name
            continue
        for node in ast.walk(one):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
            elif isinstance(node, _Function):
                yield node.name
            elif isinstance(node, ast.alias):
                yield node.asname or node.name


def stores(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Attributes or items of modules, classes and builtins that are replaced."""
    for target in _flat(_targets(node)):
        base = target
        while isinstance(base, ast.Attribute | ast.Subscript):
            base = base.value
        if not isinstance(target, ast.Name) and isinstance(base, ast.Name) and base.id in names:
            yield Finding("replaces", names[base.id], refuse=isinstance(target, ast.Attribute))
        if isinstance(target, ast.Attribute) and target.attr.startswith("__") and target.attr.endswith("__"):
            yield Finding("replaces", target.attr)
        if isinstance(target, ast.Name) and target.id in _BUILTINS:
            yield Finding("replaces", target.id)


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign | ast.Delete):
        return node.targets
    if isinstance(node, ast.AugAssign | ast.AnnAssign | ast.For | ast.AsyncFor | ast.comprehension):
        return [node.target]
    if isinstance(node, ast.NamedExpr):
        return [node.target]
    return [node.optional_vars] if isinstance(node, ast.withitem) and node.optional_vars else []


def _flat(targets: Iterable[ast.expr]) -> Iterator[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target.value if isinstance(target, ast.Starred) else target


def _names(targets: Iterable[ast.expr]) -> set[str]:
    return {t.id for t in _flat(targets) if isinstance(t, ast.Name)}


def shadows(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Builtins by the name of which the file calls something else. A library's `TimeoutError`, imported as
    what it is, is none; nor is a method."""
    if isinstance(node, ast.Module | _Function):
        held = (one for one in node.body if isinstance(one, _Function | ast.ClassDef))
        yield from (Finding("replaces", one.name) for one in held if one.name in _BUILTINS)
    if isinstance(node, ast.ImportFrom | ast.Import):
        for alias in node.names:
            if alias.asname in _BUILTINS and alias.asname != alias.name:
                yield Finding("replaces", alias.asname or "")


def registers(node: ast.AST, names: Names) -> Iterator[Finding]:
    """`Mapping.register(type(None))`: from then on None is a mapping, for everybody."""
    if isinstance(node, ast.Call):
        name = dotted(node.func, names)
        if name.endswith(".register") and name.startswith(("collections.abc.", "typing.", "numbers.", "io.")):
            yield Finding("disguise", name)


def raises(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.Raise) and node.exc is not None:
        raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
        name = dotted(raised, names).rpartition(".")[2]
        if name in _ESCAPES:
            yield Finding("raises", name)


LOOKS = (always, classes, stores, shadows, registers, raises)
