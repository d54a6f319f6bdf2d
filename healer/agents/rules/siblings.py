"""How the code around handles an absence, and which errors it raises."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from healer.agents.rules.functions import AnyFunction, literal_text, neutral, own_nodes, returns
from healer.agents.rules.outcome import Tally

NAMESAKE = 0.8  # log-odds: a method of the same name elsewhere in the module answers to the same contract
NEAREST = 0.5  # log-odds: the guard just above, which may be the one that was meant to ask this too
ELSEWHERE = 1.5  # log-odds: a sentence that answers to the absence of something else says the wrong thing
SAME_WANT = 1.0  # log-odds: it answers so where there is too little of the same
OWN_CLASS = 0.5  # an exception class of the project's own says more than a builtin one


@dataclass(frozen=True)
class Guard:
    """A place in the code that handles an absence: `if not x: return 0`, `a if x else 0`."""

    function: str
    subject: str
    action: str
    text: str
    line: int
    words: frozenset[str]
    lead: tuple[str, ...] = ()  # what is done before it leaves


def guards(function: AnyFunction) -> Iterator[Guard]:
    """The absences a function handles."""
    words = _words(function)
    for node in own_nodes(function):
        if isinstance(node, ast.If) and node.body:
            first = node.body[0]
            if isinstance(first, (ast.Return, ast.Raise, ast.Continue)):
                for subject in dict.fromkeys(absences(node.test)):
                    yield Guard(function.name, subject, *_act(first), node.lineno, words)
            elif lead := _lead(node):
                for subject in dict.fromkeys((*absences(node.test), *_measured(node.test))):
                    yield Guard(function.name, subject, *_act(node.body[-1]), node.lineno, words, lead)
        if isinstance(node, ast.Try):
            yield from _caught(function, node, words)
        if isinstance(node, ast.IfExp):
            subject = presence(node.test)
            text = literal_text(node.orelse)
            if subject and text is not None:
                yield Guard(function.name, subject, "value", text, node.lineno, words)


MAX_LEAD = 2  # statements
_SAID = (ast.Assign, ast.Expr)


def _lead(node: ast.If | ast.ExceptHandler) -> tuple[str, ...]:
    """Plain statements before the way out: a message that is made, a line that is logged."""
    *lead, last = node.body
    plain = len(lead) <= MAX_LEAD and all(isinstance(statement, _SAID) for statement in lead)
    leaves = isinstance(last, (ast.Return, ast.Continue))
    return tuple(map(ast.unparse, lead)) if plain and leaves else ()


def _measured(test: ast.expr) -> Iterator[str]:
    """`items` of `number > len(items)`."""
    for node in ast.walk(test):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "len" and node.args:
            yield ast.unparse(node.args[0])


LOOKUPS = frozenset({"KeyError", "IndexError", "LookupError"})
REFUSALS = frozenset({"ValueError", "TypeError"})  # what was read there is no good


def _caught(function: AnyFunction, node: ast.Try, words: frozenset[str]) -> Iterator[Guard]:
    """`try: x = self.items[k]` / `except KeyError: raise …`: the subject is `self.items`."""
    read = [ast.unparse(n.value) for s in node.body for n in ast.walk(s) if isinstance(n, ast.Subscript)]
    read += [holder for s in node.body for n in ast.walk(s) if (holder := _asked(n))]
    for handler in node.handlers:
        lead = _lead(handler)
        first = handler.body[-1] if lead else handler.body[0]
        kind = ast.unparse(handler.type) if handler.type is not None else ""
        if (
            kind in (LOOKUPS | REFUSALS)
            and len(set(read)) == 1
            and isinstance(first, (ast.Return, ast.Raise, ast.Continue))
        ):
            yield Guard(function.name, read[0], *_act(first), handler.lineno, words, lead)


def _asked(node: ast.AST) -> str:
    """`self.items` of `self.items.get(k)`, and of `self.items.pop()`."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"get", "pop"}
    ):
        return ast.unparse(node.func.value)
    return ""


def _act(node: ast.stmt) -> tuple[str, str]:
    if isinstance(node, ast.Return):
        return "return", ast.unparse(node.value) if node.value is not None else ""
    if isinstance(node, ast.Raise):
        return "raise", ast.unparse(node.exc) if node.exc is not None else ""
    return "continue", ""


def absences(test: ast.expr) -> Iterator[str]:
    """The subjects of each part of `not a or b is None`."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.Or):
        for value in test.values:
            yield from absences(value)
    elif subject := absence(test):
        yield subject


def absence(test: ast.expr) -> str:
    """The subject of `not x`, `x is None`, `len(x) < 2`, `x == 0`, `k not in x`; else ''."""
    if isinstance(test, ast.BoolOp):
        return next((s for v in test.values if (s := absence(v))), "")
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return _subject(test.operand)
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        op, right = test.ops[0], test.comparators[0]
        if isinstance(op, ast.Is) and isinstance(right, ast.Constant) and right.value is None:
            return _subject(test.left)
        if isinstance(op, (ast.Eq, ast.Lt, ast.LtE)) and isinstance(right, ast.Constant):
            return _subject(test.left) if right.value in (0, 1, 2, "") else ""
        if isinstance(op, ast.NotIn):
            return _subject(right)
    return ""


def presence(test: ast.expr) -> str:
    """The subject of `x`, `x is not None`, `len(x)`, `k in x`; else ''."""
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        if isinstance(test.ops[0], ast.IsNot):
            return _subject(test.left)
        if isinstance(test.ops[0], ast.In):
            return _subject(test.comparators[0])
        return ""
    return _subject(test)


def _subject(node: ast.expr) -> str:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and node.args:
        node = node.args[0]
    if isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
        return ast.unparse(node)
    return ""


def _words(node: ast.AST) -> frozenset[str]:
    found = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return frozenset(found | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)})


def module_guards(tree: ast.Module, at: AnyFunction) -> Iterator[tuple[Guard, float, bool]]:
    """Guards of the module with their likeness (0..1) to `at`, and whether they stand in `at` itself."""
    mine = _words(at) | {a.arg for a in at.args.args}
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            for guard in guards(node):
                together = len(mine & guard.words) / max(1, len(mine | guard.words))
                yield guard, together, node is at


def from_siblings(tally: Tally, tree: ast.Module, function: AnyFunction, subject: str, line: int) -> None:
    scope = _words(function) | {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    scope |= module_names(tree)
    found = list(module_guards(tree, function))
    nearest = max((g.line for g, _, own in found if own and g.line < line), default=0)
    for guard, likeness, own in found:
        if own and guard.subject == subject and guard.line < line and not guard.lead:
            continue  # it was asked already, and passed
        weight = (
            (0.9 if own else 0.2) + 2.0 * likeness * (not own) + (0.8 if guard.subject == subject else 0.0)
        )
        weight += NEAREST if own and guard.line == nearest else 0.0
        if guard.function == function.name and not own:
            weight += NAMESAKE
        place = "it" if own else f"`{guard.function}`"
        if guard.action == "raise":
            text = guard.text if guard.subject == subject else _plain(guard.text)
            text = text if _in_scope(text, scope) else ""
            if text:
                tally.add(
                    "raise",
                    text,
                    weight,
                    f"{place} raises where `{guard.subject}` is absent (line {guard.line})",
                )
        elif guard.action == "continue":
            if own:
                tally.add(
                    "continue", "", weight, f"it skips where `{guard.subject}` is absent (line {guard.line})"
                )
        elif guard.lead:
            if own and guard.subject == subject and _in_scope(guard.text or "None", scope):
                tally.leads["return", guard.text] = guard.lead
                tally.add(
                    "return",
                    guard.text,
                    weight + SAME_WANT,
                    f"{place} answers so where there are too few of `{subject}` (line {guard.line})",
                )
        else:
            node = ast.parse(guard.text or "None", mode="eval").body
            parameter = own and isinstance(node, ast.Name) and node.id in scope
            if literal_text(node) is not None or parameter:
                shown = guard.text or "nothing"
                weight += _fits(function, guard.text)
                weight -= ELSEWHERE if guard.subject != subject and _sentence(node) else 0.0
                tally.add(
                    "return",
                    guard.text,
                    weight,
                    f"{place} answers {shown} where `{guard.subject}` is absent (line {guard.line})",
                )


def _sentence(node: ast.expr) -> bool:
    """Text of more words than one, or a list of such."""
    if isinstance(node, ast.List) and node.elts:
        return all(map(_sentence, node.elts))
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip()


def _plain(text: str) -> str:
    """The class alone where its one argument is a message about something else."""
    call = ast.parse(text or "None", mode="eval").body
    alone = isinstance(call, ast.Call) and len(call.args) == 1 and not call.keywords
    return text.partition("(")[0] if alone else text


def _fits(function: AnyFunction, text: str) -> float:
    """Whether a literal is of the type of the function's other results, where that can be read off."""
    types = {
        t
        for r in returns(function)
        if r.value is not None and (t := neutral(r.value) or literal_text(r.value))
    }
    if text.isidentifier() and text not in {"None", "True", "False"}:
        return 0.8 if "default" in text else 0.3
    if text in {"", "None"} or not types:
        return 0.0 if text in {"", "None"} else -0.8
    return 0.8 if any(_kind(text) == _kind(t) for t in types) else -1.2


def _kind(text: str) -> str:
    try:
        return type(ast.literal_eval(text)).__name__.replace("float", "int")
    except (ValueError, SyntaxError):
        return text


def module_names(tree: ast.Module) -> set[str]:
    names = set(dir(builtins))
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            names.add(node.name)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            names |= {(a.asname or a.name).split(".")[0] for a in node.names}
        if isinstance(node, ast.Assign):
            names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
    return names


def _in_scope(text: str, scope: Iterable[str]) -> bool:
    try:
        used = {n.id for n in ast.walk(ast.parse(text, mode="eval")) if isinstance(n, ast.Name)}
    except SyntaxError:
        return False
    return used <= set(scope)


_NO_ANSWER = frozenset(
    {
        "NotImplementedError",
        "StopIteration",
        "AssertionError",
        "SystemExit",
        "KeyboardInterrupt",
        "StopAsyncIteration",
        "DeprecationWarning",
        "RuntimeError",
        "Exception",
    }
)


def from_raises(tally: Tally, tree: ast.Module, function: AnyFunction) -> None:
    """The errors that this function, its class and its module raise on purpose."""
    own = raised_names(own_nodes(function))
    klass = next((c for c in ast.walk(tree) if isinstance(c, ast.ClassDef) and function in c.body), None)
    near = raised_names(ast.walk(klass)) if klass is not None else []
    everywhere = raised_names(ast.walk(tree))
    for name in set(own):
        tally.add(
            "raise",
            name,
            1.0 + 0.3 * min(2, own.count(name) - 1) + (0.0 if hasattr(builtins, name) else OWN_CLASS),
            f"it raises {name} for other bad input",
        )
    for name in set(near) - set(own):
        tally.add("raise", name, 0.6, f"its class raises {name}")
    for name in set(everywhere) - set(near) - set(own):
        if everywhere.count(name) * 2 > len(everywhere) and not own and not near:
            tally.add("raise", name, 0.3, f"its module raises {name}")


def raised_names(nodes: Iterable[ast.AST]) -> list[str]:
    """Names of exception classes in `raise` statements."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Raise) and node.exc is not None:
            target = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = ast.unparse(target)
            if name.split(".")[-1][:1].isupper() and name not in _NO_ANSWER:
                found.append(name)
    return found
