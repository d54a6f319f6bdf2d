"""A function that gives a value on some ways and falls off its end on others: what it answers there."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.contract import outcomes
from healer.agents.rules.functions import AnyFunction, is_generator, neutral, returns
from healer.agents.rules.places import offset
from healer.agents.rules.producers import makers
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS
from healer.agents.rules.syntax import Edit, dotted

ZEROS = {"Decimal": "Decimal(0)", "timedelta": "timedelta(0)", "Fraction": "Fraction(0)", "float": "0.0"}
UNRAISED = 1.4  # log-odds: an error that the file knows, and never raises
TYPED = 0.6
MAX_ANSWERS = 4


def ideas(site: Site) -> Iterator[Idea]:
    for path, function in (*_called(site), *makers(site)):
        if is_generator(function) or not _falls(function.body):
            continue
        if any(r.value is not None for r in returns(function)) and function.name != "__init__":
            for statement, bonus, reason in _answers(site, path, function):
                yield _idea(site, path, function, statement, bonus, reason)


def _called(site: Site) -> Iterator[tuple[str, AnyFunction]]:
    for call in site.on_line(cst.Call):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        if name.isidentifier():
            yield from site.repository.functions(name)


def _falls(body: list[ast.stmt]) -> bool:
    """Whether the end of the block can be reached, as far as its form tells."""
    last = body[-1]
    if isinstance(last, (ast.Return, ast.Raise, ast.Continue)):
        return False
    if isinstance(last, ast.If):
        return not last.orelse or _falls(last.body) or _falls(last.orelse)
    if isinstance(last, ast.Try):
        return _falls(last.body) or any(_falls(handler.body) for handler in last.handlers)
    if isinstance(last, ast.With):
        return _falls(last.body)
    return not (isinstance(last, ast.While) and isinstance(last.test, ast.Constant))


def _answers(site: Site, path: str, function: AnyFunction) -> Iterator[tuple[str, float, str]]:
    for error in _unraised(site, path):
        yield (
            f'raise {error}(f"{function.name}: {{{_first(function)}!r}}")',
            UNRAISED,
            f"nothing raises {error}",
        )
    annotated = ast.unparse(function.returns).strip("'\"") if function.returns is not None else ""
    zero = ZEROS.get(annotated) or next((ZEROS[k] for k in ZEROS if _built_by(function, k)), "")
    if zero:
        yield f"return {zero}", TYPED, "it gives values of this type"
    other = {site.crash.words.get(side, "") for side in ("left", "right")} & {"int", "float"}
    if other:
        yield "return 0", TYPED, f"it is reckoned with as {min(other)}"
    for value in {n for r in returns(function) if r.value is not None and (n := neutral(r.value))}:
        yield f"return {value}", TYPED, "of the same type as its other results"
    line = function.body[-1].end_lineno or function.lineno
    for outcome in outcomes(site.repository, path, function.name, line, "")[:MAX_ANSWERS]:
        written = outcome.action == "return" or (outcome.action == "raise" and "(" in outcome.text)
        if outcome.text not in {"", "None"} and written:
            yield outcome.statement, outcome.weight / 2, outcome.reasons[0] if outcome.reasons else ""


def _built_by(function: AnyFunction, kind: str) -> bool:
    return any(isinstance(n, ast.Call) and ast.unparse(n.func) == kind for n in ast.walk(function))


def _first(function: AnyFunction) -> str:
    names = [a.arg for a in function.args.args if a.arg not in {"self", "cls"}]
    return names[0] if names else repr("")


def _unraised(site: Site, path: str) -> Iterator[str]:
    """Errors that the file imports or defines, and uses nowhere."""
    tree = site.repository.tree(path) or ast.Module([], [])
    known = [a.asname or a.name for n in tree.body if isinstance(n, ast.ImportFrom) for a in n.names]
    used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
    errors = {c.name for n in known for _, c in site.repository.classes(n)}
    for name in known:
        if name in errors and name not in used and name[:1].isupper() and _is_error(site, name):
            yield name


def _is_error(site: Site, name: str) -> bool:
    return (
        name.endswith(("Error", "Exception"))
        or site.repository.derives(name, "Exception")
        or _deep(site, name)
    )


def _deep(site: Site, name: str) -> bool:
    bases = [ast.unparse(b) for _, klass in site.repository.classes(name) for b in klass.bases]
    return any(base.endswith(("Error", "Exception")) for base in bases)


def _idea(site: Site, path: str, function: AnyFunction, statement: str, bonus: float, reason: str) -> Idea:
    text = site.repository.text(path) or ""
    last = function.body[-1]
    at = offset(text, (last.end_lineno or last.lineno) + 1, 0)
    head = "" if text[:at].endswith("\n") else "\n"
    indent = " " * function.body[0].col_offset
    return Idea(
        (Edit(at, at, f"{head}{indent}{statement}\n"),),
        f"At its end, `{function.name}` does: {statement}.",
        statement.partition("(")[0] if statement.startswith("raise") else statement,
        bonus,
        (reason,) if reason else (),
        path,
    )


TEMPLATE = Template("falls_off", NONE_KINDS, 0.6, ideas, outer=True)
