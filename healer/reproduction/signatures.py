"""Functions of which an event tells nothing but how they are called: `<Signature (self, x: str)>`."""

from __future__ import annotations

import ast

from healer.reproduction.values import Call, Guess, Name, Opaque, Raw, Value

_LONGEST = 1000  # characters


def read(value: Value | None) -> ast.arguments | None:
    """The parameters that an `inspect.Signature` shows."""
    text = value.text if isinstance(value, Opaque) else ""
    if not text.startswith("<Signature (") or len(text) > _LONGEST:
        return None
    try:
        body = ast.parse(f"def f{text.removeprefix('<Signature ').removesuffix('>')}: pass").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    match body:
        case [ast.FunctionDef(args=told, body=[ast.Pass()])]:
            return told
        case _:
            return None


def function(told: ast.arguments, *, bound: bool = False) -> Value:
    """One that is called so and does nothing; `bound`: as a method, whose own object is not told of."""
    plain = [ast.arg(a.arg) for a in told.args]
    first = [ast.arg("self")] if bound else []
    written = ast.arguments(
        [*(first if told.posonlyargs else []), *(ast.arg(a.arg) for a in told.posonlyargs)],
        [*([] if told.posonlyargs else first), *plain],
        ast.arg(told.vararg.arg) if told.vararg else None,
        [ast.arg(a.arg) for a in told.kwonlyargs],
        [ast.Constant(None) if default else None for default in told.kw_defaults],
        ast.arg(told.kwarg.arg) if told.kwarg else None,
        [ast.Constant(None) for _ in told.defaults],
    )
    return Guess(Raw(f"({ast.unparse(ast.Lambda(written, ast.Constant(None)))})"))


def signature(value: Opaque) -> Value | None:
    """The signature itself."""
    told = read(value)
    return Call(Name("inspect", "signature"), (function(told),)) if told else None
