"""Where an exception goes that is no longer raised: swallowed, put off, or left to somebody else. Pure.

What swallows everything is refused; the rest may be right, and is for the reviewer's eyes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from healer.proving.finding import Finding
from healer.proving.origins import Names, dotted, words

_SUPPRESS = words("contextlib.suppress suppress")
_LOOSE_ERRORS = words("ignore replace backslashreplace coerce surrogateescape xmlcharrefreplace")
_LAZY = words("map filter iter functools.partial itertools.starmap")
_ELSEWHERE = words(
    """threading.Thread threading.Timer asyncio.create_task asyncio.ensure_future asyncio.to_thread
    weakref.finalize"""
)
_LATER = words("run_in_executor call_soon call_later call_soon_threadsafe create_task ensure_future")
_CHANGES = words(
    "add append appendleft extend update setdefault pop popitem popleft insert remove discard clear"
)
_CACHES = words("lru_cache cache cached_property memoize cached")


def handlers(node: ast.AST, names: Names) -> Iterator[Finding]:
    if isinstance(node, ast.ExceptHandler):
        if always_raises(node.body):
            return
        if node.type is None or "BaseException" in _caught(node.type, names):
            yield Finding("catches_everything", "BaseException")
        for name in sorted(_caught(node.type, names)) if node.type else []:
            yield Finding("swallows_exception", name, refuse=False)
    if isinstance(node, ast.Call) and dotted(node.func, names) in _SUPPRESS:
        for arg in node.args:
            name = dotted(arg, names)
            yield Finding("swallows_exception", name, refuse=name == "BaseException")
    if isinstance(node, ast.ClassDef) and any(dotted(b, names) in _SUPPRESS for b in node.bases):
        yield Finding("swallows_exception", f"class {node.name}", refuse=False)
    if isinstance(node, ast.Try | ast.TryStar):
        for inner in node.finalbody:
            if any(isinstance(n, ast.Return | ast.Break | ast.Continue) for n in ast.walk(inner)):
                yield Finding("swallows_exception", "finally", refuse=False)


def _caught(node: ast.expr, names: Names) -> set[str]:
    elements = node.elts if isinstance(node, ast.Tuple) else [node]
    return {dotted(e, names).rpartition(".")[2] or "an expression" for e in elements}


def always_raises(body: Iterable[ast.stmt]) -> bool:
    """Does every way through these statements end in a `raise`?"""
    for statement in body:
        if isinstance(statement, ast.Raise):
            return True
        if (
            isinstance(statement, ast.If)
            and always_raises(statement.body)
            and always_raises(statement.orelse)
        ):
            return True
        if isinstance(statement, ast.With | ast.AsyncWith) and always_raises(statement.body):
            return True
        if isinstance(statement, ast.Try) and always_raises(statement.finalbody):
            return True
        if _leaves(statement):
            return False
    return False


def _leaves(statement: ast.stmt) -> bool:
    """May it leave the handler without raising? What a nested function does is its own affair."""
    queue: list[ast.AST] = [statement]
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Return | ast.Break | ast.Continue | ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            queue.extend(ast.iter_child_nodes(node))
    return False


def silencers(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Exceptions swallowed without an `except`: by a context manager's answer, or a stack's callback."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in {"__exit__", "__aexit__"}:
        returned = [n.value for n in ast.walk(node) if isinstance(n, ast.Return) and n.value is not None]
        if any(not isinstance(v, ast.Constant) or v.value for v in returned):
            yield Finding("swallows_exception", node.name, refuse=False)
    if isinstance(node, ast.Assign):
        named = {t.id for t in node.targets if isinstance(t, ast.Name)}
        yield from (Finding("swallows_exception", n, refuse=False) for n in named & {"__exit__", "__aexit__"})
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        told = any(k.arg == "return_exceptions" for k in node.keywords)
        if told or node.func.attr in {"push_async_exit", "add_done_callback"} or _pushes_a_function(node):
            yield Finding("swallows_exception", node.func.attr, refuse=False)


def _pushes_a_function(call: ast.Call) -> bool:
    """`stack.push(lambda *error: True)`"""
    pushed = isinstance(call.func, ast.Attribute) and call.func.attr == "push"
    return pushed and len(call.args) == 1 and isinstance(call.args[0], ast.Lambda)


def lenient(node: ast.AST, names: Names) -> Iterator[Finding]:
    """Text that cannot be decoded is dropped or replaced: the crash goes, and so does the data."""
    given: list[ast.expr] = []
    if isinstance(node, ast.keyword) and node.arg == "errors":
        given = [node.value]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        given = node.args[1:2] if node.func.attr in {"decode", "encode"} else []
    for value in given:
        if isinstance(value, ast.Constant) and value.value in _LOOSE_ERRORS:
            yield Finding("loses_text", str(value.value), refuse=False)


def put_off(node: ast.AST, names: Names) -> Iterator[Finding]:
    """An answer that is worked out when nobody looks any more, or by somebody else."""
    if isinstance(node, ast.Return) and node.value is not None and _is_lazy(node.value, names):
        yield Finding("lazy_answer", type(node.value).__name__, refuse=False)
    if isinstance(node, ast.Call):
        name = dotted(node.func, names)
        if name in _ELSEWHERE or name.rpartition(".")[2] in _LATER or _method(node) in _LATER:
            yield Finding("runs_elsewhere", name, refuse=False)


def _method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def _is_lazy(value: ast.expr, names: Names) -> bool:
    if isinstance(value, ast.IfExp):
        return _is_lazy(value.body, names) or _is_lazy(value.orelse, names)
    if isinstance(value, ast.BoolOp):
        return any(_is_lazy(v, names) for v in value.values)
    lazy = isinstance(value, ast.Lambda | ast.GeneratorExp)
    return lazy or (isinstance(value, ast.Call) and dotted(value.func, names) in _LAZY)


def keeps(node: ast.AST, names: Names) -> Iterator[Finding]:
    """What one call leaves behind for the next: the tests' calls are not production's."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        for one in node.decorator_list:
            call = one.func if isinstance(one, ast.Call) else one
            if dotted(call, names).rpartition(".")[2] in _CACHES:
                yield Finding("keeps_state", node.name, refuse=False)
        given = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
        if any(isinstance(one, ast.List | ast.Dict | ast.Set) for one in given):
            yield Finding("keeps_state", f"a default of {node.name}", refuse=False)
    if isinstance(node, ast.Global):
        yield Finding("keeps_state", ", ".join(node.names), refuse=False)
    if isinstance(node, ast.Module):
        for function in _outermost(node):
            yield from (Finding("keeps_state", name, refuse=False) for name in _changes(function))


def _outermost(tree: ast.AST) -> Iterator[ast.AST]:
    """Functions and methods that stand in no other function."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        elif isinstance(child, ast.stmt):
            yield from _outermost(child)


def _changes(function: ast.AST) -> Iterator[str]:
    """Names that are not a function's own, whose values it changes in place."""
    own = {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}
    own |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(function):
        held: ast.AST | None = None
        if isinstance(node, ast.Call) and _method(node) in _CHANGES:
            held = node.func.value  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "next":
            held = node.args[0] if node.args else None
        elif isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store | ast.Del):
            held = node.value
        while isinstance(held, ast.Subscript | ast.Attribute):
            held = held.value
        if isinstance(held, ast.Name) and held.id not in own:
            yield held.id


def kinds(tree: ast.Module) -> dict[str, str]:
    """What calling each function gives: by its name with those of its classes, the kind of function."""
    found: dict[str, str] = {}
    queue: list[tuple[str, ast.AST]] = [("", tree)]
    while queue:
        home, node = queue.pop()
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                found[home + child.name] = f"{type(child).__name__} {_yields(child)}"
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            queue.append((f"{home}{child.name}." if inner else home, child))  # type: ignore[attr-defined]
    return found


def _yields(function: ast.AST) -> bool:
    queue = list(ast.iter_child_nodes(function))
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            queue.extend(ast.iter_child_nodes(node))
    return False


LOOKS = (handlers, silencers, lenient, put_off, keeps)
