"""What a function promises where it cannot do its work: return what, or raise what. Evidence, not taste.

Sources: its docstring, annotations and other returns; guards of its siblings; what callers do with the
result and which exceptions they expect; the module's own exceptions. Each speaks with a weight in log-odds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import re2

from healer.agents.rules.repository import Repository

AnyFunction = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Outcome:
    """`action` is return, raise or continue; `text` the value or the exception expression."""

    action: str
    text: str
    weight: float
    reasons: tuple[str, ...] = ()

    @property
    def statement(self) -> str:
        return f"{self.action} {self.text}".strip()


@dataclass
class Tally:
    """Weights and reasons per (action, text)."""

    found: dict[tuple[str, str], list[tuple[float, str]]] = field(default_factory=dict)

    def add(self, action: str, text: str, weight: float, reason: str) -> None:
        self.found.setdefault((action, text), []).append((weight, reason))

    def outcomes(self) -> list[Outcome]:
        """Best first. The strongest reason counts in full, each further one half of the one before."""
        made = []
        for (action, text), reasons in self.found.items():
            ranked = sorted(reasons, key=lambda pair: -abs(pair[0]))
            weight = sum(w / 2**i for i, (w, _) in enumerate(ranked))
            made.append(Outcome(action, text, weight, tuple(dict.fromkeys(r for _, r in ranked if r))))
        return sorted(made, key=lambda o: -o.weight)


@dataclass(frozen=True)
class Guard:
    """A place in the code that handles an absence: `if not x: return 0`, `a if x else 0`."""

    function: str
    subject: str
    action: str
    text: str
    line: int
    words: frozenset[str]


def find_function(tree: ast.Module | None, name: str, line: int) -> AnyFunction | None:
    """The innermost function of this name that holds the line."""
    found = [
        node
        for node in ast.walk(tree or ast.Module([], []))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.lineno <= line <= (node.end_lineno or node.lineno)
    ]
    return max(found, key=lambda n: n.lineno, default=None)


def outcomes(
    repository: Repository, path: str, name: str, line: int, subject: str, callers: tuple[tuple[str, int], ...] = ()
) -> list[Outcome]:
    """What the function at `path:line` should do where `subject` is absent, best first.

    `callers` are (path, line) of the frames above, whose except clauses tell what they expect."""
    tree = repository.tree(path)
    function = find_function(tree, name, line)
    if tree is None or function is None:
        return []
    tally = Tally()
    if not is_generator(function) and function.name != "__init__":
        _from_docstring(tally, function)
        _from_annotation(tally, function)
        _from_returns(tally, function)
        _from_name(tally, function)
        _from_callers(tally, repository, function)
    else:
        tally.add("return", "", 0.8, "it is a generator" if is_generator(function) else "it is a constructor")
    _from_siblings(tally, tree, function, subject, line)
    _from_expected(tally, repository, callers)
    return [o for o in tally.outcomes() if o.weight > -0.5][:6]


# -- the function itself ---------------------------------------------------------------------------------

_VALUE = r"(?P<value>None|''|\"\"|``''``|0\.0|0|-1|\[\]|\{\}|\(\)|False|True|an? empty (?:string|list|dict|tuple|set|mapping))"
_CLAUSES = (
    (re2.compile(r"(?:^|[\s`(,;:>])" + _VALUE + r"[`']*,?\s+(?:when|if|for|in|where|on|unless|without|until|while|otherwise)\b"), 3.0),
    (re2.compile(r"(?i:\b(?:if|when|where|for|without|on|in)\b)[^.;\n]{0,80}(?:returns?|gives?|yields?|it is|is|then|,)\s+`*" + _VALUE + r"\b?"), 2.0),
    (re2.compile(r"(?:\bor|\botherwise|\belse|->|\breturns?:?|\bfalls? back to|\bdefaults? to)\s+`*" + _VALUE), 2.0),
    (re2.compile(r"(?i:may be|can be|possibly|maybe)\s+`*" + _VALUE), 1.5),
)  # fmt: skip
_RAISES = re2.compile(r"(?i:raises?|throws?)[: \n`]{0,12}(?:an? )?[`:\w~]*?`?(?P<error>[A-Z]\w*(?:Error|Exception|Invalid\w*|Missing\w*|NotFound))")
_EMPTY = {"string": "''", "list": "[]", "dict": "{}", "mapping": "{}", "tuple": "()", "set": "set()"}


def _from_docstring(tally: Tally, function: AnyFunction) -> None:
    text = (ast.get_docstring(function) or "")[:4000]
    for pattern, weight in _CLAUSES:
        for found in pattern.finditer(text):
            value = found["value"].strip("`")
            value = _EMPTY.get(value.split()[-1], value) if value.startswith("a") else value
            tally.add("return", value, weight, f"its docstring says: “{_excerpt(text, found.start())}”")
    for found in _RAISES.finditer(text):
        tally.add("raise", found["error"], 1.6, f"its docstring names {found['error']}")


def _excerpt(text: str, at: int) -> str:
    start = max(text.rfind("\n", 0, at) + 1, 0)
    return " ".join(text[start : start + 100].split("\n")[0].split())


def _from_annotation(tally: Tally, function: AnyFunction) -> None:
    if function.returns is None:
        return
    text = ast.unparse(function.returns).strip("'\"")
    reason = f"it is annotated -> {text}"
    head = text.split("[")[0].split(".")[-1].lower()
    if "Optional" in text or "| None" in text or "None |" in text:
        tally.add("return", "None", 2.2, reason)
    elif head in _BY_TYPE:
        tally.add("return", _BY_TYPE[head], 0.9, reason)
        tally.add("return", "None", -2.0, "")
    elif text == "None":
        tally.add("return", "", 1.2, reason)
    elif head != "any":
        tally.add("return", "None", -1.5, "")


_BY_TYPE = {"bool": "False", "list": "[]", "dict": "{}", "str": "''", "tuple": "()", "set": "set()", "int": "0",
            "float": "0.0", "sequence": "[]", "mapping": "{}", "iterable": "[]", "iterator": "iter(())"}  # fmt: skip


def own_nodes(function: AnyFunction) -> Iterator[ast.AST]:
    """Nodes of the body, without nested functions and classes."""
    stack: list[ast.AST] = list(function.body)
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        yield node
        stack.extend(ast.iter_child_nodes(node))


def is_generator(function: AnyFunction) -> bool:
    return any(isinstance(n, (ast.Yield, ast.YieldFrom)) for n in own_nodes(function))


def returns(function: AnyFunction) -> list[ast.Return]:
    return [n for n in own_nodes(function) if isinstance(n, ast.Return)]


def _from_returns(tally: Tally, function: AnyFunction) -> None:
    found = returns(function)
    values = [r.value for r in found if r.value is not None]
    if not values:
        tally.add("return", "", 1.4, "it returns no value anywhere")
        return
    for value in values:
        if (text := literal_text(value)) is not None:
            tally.add("return", text, 1.4, f"it returns {text} elsewhere")
    for text in {t for v in values if (t := neutral(v))}:
        tally.add("return", text, 0.6, "of the same type as its other results")
    if any(r.value is None for r in found):
        tally.add("return", "None", 1.0, "it returns nothing elsewhere")
    if not isinstance(function.body[-1], (ast.Return, ast.Raise)) and _falls_through(function.body[-1]):
        tally.add("return", "None", 1.0, "it returns nothing at its end")
    tally.add("return", "None", 0.0, "")


def _falls_through(last: ast.stmt) -> bool:
    if isinstance(last, ast.If):
        return not last.orelse or _falls_through(last.body[-1]) or _falls_through(last.orelse[-1])
    if isinstance(last, ast.While):
        return not (isinstance(last.test, ast.Constant) and last.test.value)
    return isinstance(last, (ast.For, ast.Expr, ast.Assign, ast.AugAssign))


def literal_text(node: ast.expr) -> str | None:
    """Source of a constant or an empty container, else None."""
    if isinstance(node, ast.Constant) and not (isinstance(node.value, str) and len(node.value) > 30):
        return ast.unparse(node)
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return ast.unparse(node)
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)) and not node.elts:
        return ast.unparse(node)
    if isinstance(node, ast.Tuple) and all(literal_text(e) is not None for e in node.elts):
        return ast.unparse(node)
    if isinstance(node, ast.Dict) and not node.keys:
        return "{}"
    return None


_STRING_METHODS = {"join", "strip", "lower", "upper", "format", "replace", "title", "lstrip", "rstrip", "decode"}
_LIST_METHODS = {"split", "splitlines", "findall"}


def neutral(node: ast.expr) -> str:
    """The empty value of an expression's type, where the type can be read off."""
    if isinstance(node, (ast.List, ast.ListComp)):
        return "[]"
    if isinstance(node, (ast.Dict, ast.DictComp)):
        return "{}"
    if isinstance(node, (ast.Set, ast.SetComp)):
        return "set()"
    if isinstance(node, ast.JoinedStr):
        return "''"
    if isinstance(node, (ast.Compare,)) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        return "False"
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Div, ast.Mult, ast.FloorDiv, ast.Sub)):
        return "0"
    if isinstance(node, ast.Call):
        return _neutral_call(node.func)
    return ""


def _neutral_call(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return "''" if func.attr in _STRING_METHODS else "[]" if func.attr in _LIST_METHODS else ""
    by_name = {"str": "''", "list": "[]", "sorted": "[]", "dict": "{}", "set": "set()", "len": "0", "sum": "0",
               "any": "False", "all": "False", "bool": "False", "isinstance": "False", "tuple": "()", "round": "0",
               "int": "0", "float": "0.0"}  # fmt: skip
    return by_name.get(func.id, "") if isinstance(func, ast.Name) else ""


_PREDICATE = re2.compile(r"^_*(?:is|has|can|should|was|are|does|contains|supports|needs|allows|matches)_")
_FINDER = re2.compile(r"^_*(?:get|find|lookup|first|last|latest|search|pick|guess|detect|parse|match|resolve|extract)(?:_|$)")
_NUMBER = re2.compile(r"(?:^|_)(?:count|total|sum|mean|average|avg|ratio|rate|percent(?:age)?|share|size|length|num|score|share)(?:$|_)")


def _from_name(tally: Tally, function: AnyFunction) -> None:
    name = function.name
    if _PREDICATE.search(name):
        tally.add("return", "False", 1.8, f"`{name}` asks a yes-or-no question")
    elif _FINDER.search(name):
        tally.add("return", "None", 0.5, f"`{name}` may find nothing")
    if _NUMBER.search(name):
        tally.add("return", "0", 1.0, f"`{name}` is a number")
    if name in {"__eq__", "__ne__", "__lt__", "__gt__", "__le__", "__ge__"}:
        tally.add("return", "NotImplemented", 1.5, "comparisons answer NotImplemented to strangers")
    if name in {"__repr__", "__str__"}:
        tally.add("return", "''", 0.8, "it must return text")


# -- siblings --------------------------------------------------------------------------------------------


def guards(function: AnyFunction, owner: str = "") -> Iterator[Guard]:
    """The absences a function handles."""
    words = _words(function)
    for node in own_nodes(function):
        if isinstance(node, ast.If) and node.body:
            subject = absence(node.test)
            first = node.body[0]
            if subject and isinstance(first, (ast.Return, ast.Raise, ast.Continue)):
                yield Guard(function.name, subject, *_act(first), node.lineno, words)
        if isinstance(node, ast.IfExp):
            subject = presence(node.test)
            text = literal_text(node.orelse)
            if subject and text is not None:
                yield Guard(function.name, subject, "value", text, node.lineno, words)


def _act(node: ast.stmt) -> tuple[str, str]:
    if isinstance(node, ast.Return):
        return "return", ast.unparse(node.value) if node.value is not None else ""
    if isinstance(node, ast.Raise):
        return "raise", ast.unparse(node.exc) if node.exc is not None else ""
    return "continue", ""


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


def _from_siblings(tally: Tally, tree: ast.Module, function: AnyFunction, subject: str, line: int) -> None:
    scope = _words(function) | {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}
    scope |= _module_names(tree)
    for guard, likeness, own in module_guards(tree, function):
        weight = (0.9 if own else 0.2) + 2.0 * likeness * (not own) + (0.8 if guard.subject == subject else 0.0)
        place = "it" if own else f"`{guard.function}`"
        if guard.action == "raise":
            text = guard.text if _in_scope(guard.text, scope) else ""
            if text:
                tally.add("raise", text, weight, f"{place} raises where `{guard.subject}` is absent (line {guard.line})")
        elif guard.action == "continue":
            if own:
                tally.add("continue", "", weight, f"it skips where `{guard.subject}` is absent (line {guard.line})")
        else:
            node = ast.parse(guard.text or "None", mode="eval").body
            if literal_text(node) is not None:
                shown = guard.text or "nothing"
                tally.add("return", guard.text, weight,
                          f"{place} answers {shown} where `{guard.subject}` is absent (line {guard.line})")  # fmt: skip


def _module_names(tree: ast.Module) -> set[str]:
    names = set(dir(__import__("builtins")))
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


# -- callers ---------------------------------------------------------------------------------------------


def _from_callers(tally: Tally, repository: Repository, function: AnyFunction) -> None:
    """What the code that calls it does with the result."""
    seen = 0
    for path, tree in repository.mentioning(function.name + "("):
        for caller in ast.walk(tree):
            if isinstance(caller, (ast.FunctionDef, ast.AsyncFunctionDef)) and caller is not function:
                seen += _from_caller(tally, caller, function.name, path)
        if seen > 20:
            return


def _from_caller(tally: Tally, caller: AnyFunction, name: str, path: str) -> int:
    seen = 0
    for node in own_nodes(caller):
        if isinstance(node, ast.Assign) and _calls(node.value, name) and isinstance(node.targets[0], ast.Name):
            seen += 1
            _from_use(tally, caller, node.targets[0].id)
        if isinstance(node, ast.BoolOp) and any(_calls(v, name) for v in node.values[:-1]):
            tally.add("return", "None", 0.7, f"`{caller.name}` allows for an empty result")
        if isinstance(node, (ast.If, ast.While)) and _calls(node.test, name):
            tally.add("return", "False", 0.5, f"`{caller.name}` asks whether it holds")
        if isinstance(node, ast.For) and _calls(node.iter, name):
            tally.add("return", "[]", 1.2, f"`{caller.name}` iterates over the result")
            tally.add("return", "None", -2.0, "")
        if isinstance(node, ast.Attribute) and _calls(node.value, name):
            tally.add("return", "None", -1.0, "")
    return seen


def _calls(node: ast.expr, name: str) -> bool:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if not isinstance(node, ast.Call):
        return False
    func = node.func
    return (isinstance(func, ast.Name) and func.id == name) or (isinstance(func, ast.Attribute) and func.attr == name)


def _from_use(tally: Tally, caller: AnyFunction, variable: str) -> None:
    for node in own_nodes(caller):
        test = node.test if isinstance(node, (ast.If, ast.IfExp, ast.While)) else None
        if test is None:
            continue
        text = ast.unparse(test)
        if text in {f"{variable} is None", f"{variable} is not None"}:
            tally.add("return", "None", 2.0, f"`{caller.name}` checks the result for None")
        elif text in {variable, f"not {variable}"}:
            for value in ("None", "''", "[]", "0"):
                tally.add("return", value, 0.5, f"`{caller.name}` checks the result for emptiness")


def _from_expected(tally: Tally, repository: Repository, callers: tuple[tuple[str, int], ...]) -> None:
    """Exceptions that the frames above catch around the call: what they expect this code to raise."""
    for path, line in callers:
        for node in ast.walk(repository.tree(path) or ast.Module([], [])):
            if isinstance(node, ast.Try) and node.body and _in_body(node, line):
                for handler in node.handlers:
                    for name in _handled(handler):
                        tally.add("raise", name, 2.2, f"a caller expects {name} ({path}:{node.lineno})")


def _in_body(node: ast.Try, line: int) -> bool:
    return node.body[0].lineno <= line <= (node.body[-1].end_lineno or 0)


def _handled(handler: ast.ExceptHandler) -> list[str]:
    if handler.type is None:
        return []
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    names = [ast.unparse(kind) for kind in kinds]
    return [n for n in names if n not in {"Exception", "BaseException", "KeyboardInterrupt", "SystemExit"}]
