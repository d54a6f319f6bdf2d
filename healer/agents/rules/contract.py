"""What a function promises where it cannot do its work: return what, or raise what. Evidence, not taste.

Sources: its docstring, annotations and other returns; guards of its siblings; what callers do with the
result and which exceptions they expect; the module's own exceptions. Each speaks with a weight in log-odds.
"""

from __future__ import annotations

import ast
from itertools import pairwise

import re2

from healer.agents.rules.callers import from_above, from_callers, from_expected
from healer.agents.rules.expected import from_tests
from healer.agents.rules.functions import (
    AnyFunction,
    assigned_by,
    built,
    find_function,
    is_generator,
    literal_text,
    neutral,
    own_nodes,
    returns,
)
from healer.agents.rules.outcome import Outcome, Tally
from healer.agents.rules.repository import Repository
from healer.agents.rules.siblings import from_raises, from_siblings, module_names, raised_names


def outcomes(
    repository: Repository,
    path: str,
    name: str,
    line: int,
    subject: str,
    callers: tuple[tuple[str, int], ...] = (),
) -> list[Outcome]:
    """What the function at `path:line` should do where `subject` is absent, best first.

    `callers` are (path, line) of the frames above, whose except clauses tell what they expect."""
    tree = repository.tree(path)
    function = find_function(tree, name, line)
    if tree is None or function is None:
        return []
    tally = Tally()
    if not is_generator(function) and function.name != "__init__":
        _from_docstring(tally, function, tree)
        _from_members(tally, tree, function)
        _from_annotation(tally, function)
        _from_parameters(tally, function)
        _from_returns(tally, function)
        _from_result(tally, function, line)
        _from_name(tally, function)
        _from_replacing(tally, tree, function)
        from_callers(tally, repository, function)
    else:
        tally.add("return", "", 0.8, "it is a generator" if is_generator(function) else "it is a constructor")
    _from_around(tally, tree, function)
    from_siblings(tally, tree, function, subject, line)
    _keep_shape(tally, function)
    from_raises(tally, tree, function)
    from_expected(tally, repository, callers)
    from_above(tally, repository, callers)
    from_tests(tally, repository, path, function.name, _above(repository, callers))
    _drop_unnamed(tally, module_names(tree))
    _narrow(tally, repository)
    return [o for o in tally.outcomes() if o.weight > -0.5][:6]


def _above(repository: Repository, callers: tuple[tuple[str, int], ...]) -> tuple[str, ...]:
    """Names of the functions that hold the frames above."""
    found = (find_function(repository.tree(path), "", line) for path, line in callers)
    return tuple(function.name for function in found if function is not None)


def _from_members(tally: Tally, tree: ast.Module, function: AnyFunction) -> None:
    """As constants of the module: those of the class, by way of the first parameter."""
    klass = next((c for c in ast.walk(tree) if isinstance(c, ast.ClassDef) and function in c.body), None)
    if klass is None or not function.args.args:
        return
    own = {
        t.id for s in klass.body if isinstance(s, ast.Assign) for t in s.targets if isinstance(t, ast.Name)
    }
    members = Tally()
    _from_constants(members, (ast.get_docstring(function) or "")[:4000], own)
    for outcome in members.outcomes():
        tally.add("return", f"{function.args.args[0].arg}.{outcome.text}", outcome.weight, outcome.reasons[0])


def _drop_unnamed(tally: Tally, known: set[str]) -> None:
    """Errors that only tests name cannot be raised here without an import."""
    for action, text in list(tally.found):
        if action == "raise" and text.partition("(")[0].partition(".")[0] not in known:
            del tally.found[action, text]


def _narrow(tally: Tally, repository: Repository) -> None:
    """Who expects an error is content with a subclass of it: what speaks for the base speaks for both."""
    raised = [text for action, text in tally.found if action == "raise"]
    for name in raised:
        for _, node in repository.classes(name.rpartition(".")[2]):
            for base in {ast.unparse(b).rpartition(".")[2] for b in node.bases} & set(raised) - {name}:
                for weight, reason, _ in list(tally.found["raise", base]):
                    tally.add("raise", name, weight, reason)


PICKED = 1.0  # log-odds
_CASES = frozenset({"where", "when", "if", "unless", "otherwise", "without"})
_VALUE = (
    r"(?P<value>None|''|\"\"|``''``|0\.0|0|-1|\[\]|\{\}|\(\)|False|True|"
    r"an? empty (?:string|list|dict|tuple|set|mapping))"
)
_QUOTED = r"(?P<value>'[^'\\\n]{1,60}'|\"[^\"\\\n]{1,60}\")"
_WITHOUT = r"(?:when|if|unless|without|before|until|while|otherwise|where|as long as)"


_STAYS = re2.compile(r"\b(?P<value>None)`*\s+(?:stays|remains|is kept|is left|gives|is passed)\b")
_CLAUSES = (
    (
        re2.compile(
            r"(?:^|[\s`(,;:>])"
            + _VALUE
            + r"[`']*,?\s+(?:when|if|for|in|where|on|unless|without|before|until|while|otherwise|at|of|as)\b"
        ),
        3.0,
    ),
    (re2.compile(r"(?:^|[\s(,;:])" + _QUOTED + r"`*,?\s+" + _WITHOUT + r"\b"), 2.6),
    (re2.compile(r"[;,:]\s+`*" + _VALUE + r"`*\s+[a-z]"), 2.2),
    (
        re2.compile(
            r"(?i:\b(?:if|when|where|for|without|on|in)\b)[^.;\n]{0,80}"
            r"(?:returns?|gives?|yields?|it is|is|then|,)\s+`*" + _VALUE + r"\b?"
        ),
        2.0,
    ),
    (
        re2.compile(
            r"(?:\bor|\botherwise|\belse|->|\breturns?:?|\bfalls? back to|\bdefaults? to)\s+`*" + _VALUE
        ),
        2.0,
    ),
    (re2.compile(r"(?i:may be|can be|possibly|maybe)\s+`*" + _VALUE), 1.5),
    (_STAYS, 3.0),
)


_RAISES = re2.compile(
    r"(?i:raises?|throws?)[: \n`]{0,12}(?:an? )?[`:\w~]*?`?"
    r"(?P<error>[A-Z]\w+)"
)


_REFUSES = re2.compile(
    r"\b(?P<error>[A-Z]\w*[a-z]\w*)`*,?\s+"
    r"(?:at|when|if|where|for|on|without|unless|once|with|in|after|before)\b|"
    r"\b(?:is|are|makes?|means?|becomes?|gives?|ends? (?:in|with)) an? `*(?P<named>[A-Z]\w*[a-z]\w*)"
)
_MALFORMED = re2.compile(
    r"\b(?i:malformed|invalid|unreadable|unusable|broken|garbled|not (?:a |an )?(?:valid|number|readable|"
    r"well.formed)|cannot be (?:read|parsed|decoded|converted|understood)|can't be|nonsense|unparsable)\b"
)
ANSWERS_MALFORMED = "its docstring answers what is malformed"
_NO_ERRORS = frozenset({"None", "True", "False", "NotImplemented", "Ellipsis"})
STAYS_AS_IT_IS = 2.6  # log-odds
_EXAMPLE = re2.compile(_QUOTED + r"\s+for\s+(?:an?|one|those|what|the)\b")  # 'kind-9' for one without a name
_EMPTY = {"string": "''", "list": "[]", "dict": "{}", "mapping": "{}", "tuple": "()", "set": "set()"}


def _from_docstring(tally: Tally, function: AnyFunction, tree: ast.Module) -> None:
    known, thrown = module_names(tree), set(raised_names(ast.walk(tree)))
    text = (ast.get_docstring(function) or "")[:4000]
    given = {literal_text(r.value) for r in returns(function) if r.value is not None}
    for pattern, weight in _CLAUSES:
        for found in pattern.finditer(text):
            if _of_a_part(text, text.find(found["value"], found.start())):
                continue
            value = found["value"].strip("`")
            value = _EMPTY.get(value.split()[-1], value) if value.startswith("a") else value
            value = f"[{value}]" if value[:1] in "'\"" and _gives_lists(function) else value
            if value == "True" and found[0].endswith(("when", "if")):
                value = "False"  # True when it holds; here it could not be asked
            wrong = _MALFORMED.search(text[found.start() :].partition(". ")[0]) is not None
            kept = weight / 2 if value in given and not wrong else weight  # else kept already, it may be
            kept = 0.0 if pattern is _STAYS and value in given else kept
            said = ANSWERS_MALFORMED if wrong else "its docstring says"
            tally.add("return", value, kept, f"{said}: “{_excerpt(text, found.start())}”")
    for found in _RAISES.finditer(text):
        if found["error"] in known - _NO_ERRORS:
            tally.add("raise", found["error"], 2.4, f"its docstring names {found['error']}")
    for found in _REFUSES.finditer(text):
        error = found["error"] or found["named"]
        if error in (known if found["error"] else known & thrown) - _NO_ERRORS:
            weight = 0.4 if error in raised_names(own_nodes(function)) else 2.0  # kept already
            tally.add("raise", error, weight, f"its docstring says: “{_excerpt(text, found.start())}”")
    _from_constants(tally, text, known)
    for name in {a.arg for a in (*function.args.args, *function.args.kwonlyargs)}:
        if len(name) > 2 and _given(text, name):
            tally.add("return", name, 2.6, f"its docstring says that it gives {name.upper()}")


def _from_replacing(tally: Tally, tree: ast.Module, function: AnyFunction) -> None:
    """`PATTERN.sub(function, text)`: what it knows nothing to put for stays as it is."""
    if len(function.args.args) != 1:
        return
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not ast.unparse(node.func).endswith(".sub"):
            continue
        if any(isinstance(a, ast.Name) and a.id == function.name for a in node.args[:2]):
            found = f"{function.args.args[0].arg}.group()"
            tally.add("return", found, STAYS_AS_IT_IS, "what it is to replace stays as it is")
            return


def _from_around(tally: Tally, tree: ast.Module, function: AnyFunction) -> None:
    """What the docstrings of the functions say that this one is nested in: they speak for both."""
    known = module_names(tree)
    for outer in ast.walk(tree):
        if not isinstance(outer, (ast.FunctionDef, ast.AsyncFunctionDef)) or outer is function:
            continue
        if not outer.lineno < function.lineno <= (outer.end_lineno or 0):
            continue
        for found in _RAISES.finditer((ast.get_docstring(outer) or "")[:4000]):
            if found["error"] in known:
                reason = f"the docstring of `{outer.name}`, around it, names {found['error']}"
                tally.add("raise", found["error"], 2.4, reason)


def _gives_lists(function: AnyFunction) -> bool:
    """Whether all that it returns are lists of texts, as far as they are written out."""
    shown = [
        r.value for r in returns(function) if isinstance(r.value, (ast.List, ast.Constant, ast.JoinedStr))
    ]
    return bool(shown) and all(isinstance(value, ast.List) for value in shown)


_CONSTANT = re2.compile(
    r"(?:\b(?:are|is|gives?|returns?|as|be|become)|[;,:])\s+`*(?P<after>[A-Z][A-Z_0-9]{2,40})\b|"
    r"\b(?P<before>[A-Z][A-Z_0-9]{2,40})`*\s+(?:without|when|for|if|where|unless|in)\b"
)


def _from_constants(tally: Tally, text: str, known: set[str]) -> None:
    """“DEFAULT_WAIT without it”, “those that we do not know are MISC”: a constant by its name."""
    for found in _CONSTANT.finditer(text):
        name = found["after"] or found["before"]
        if name in known:
            tally.add("return", name, 2.4, f"its docstring says: “{_excerpt(text, found.start())}”")


def _of_a_part(text: str, at: int) -> bool:
    """“the last two are None for a bare name”: said of parts of the result, not of the whole."""
    return text[max(0, at - 6) : at].rstrip("` ").endswith(" are")


def _given(text: str, name: str) -> bool:
    """“DEFAULT where it is absent”: the parameter itself is the answer."""
    words = text.replace(",", " ").split()
    return any(
        word.strip("`") == (name if "`" in word else name.upper()) and after in _CASES
        for word, after in pairwise(words)
    )


def answers(function: AnyFunction) -> bool:
    """Whether the docstring says what is given in some case, and names no error."""
    text = (ast.get_docstring(function) or "")[:4000]
    told = (*(pattern for pattern, _ in _CLAUSES), _EXAMPLE)
    return _RAISES.search(text) is None and any(pattern.search(text) for pattern in told)


def _excerpt(text: str, at: int) -> str:
    at += len(text[at:]) - len(text[at:].lstrip())
    start = max(text.rfind("\n", 0, at) + 1, 0)
    return " ".join(text[start : start + 100].split("\n")[0].split())


def of_emptiness(reason: str) -> bool:
    """“None for an empty text” says nothing of a key that nobody knows."""
    return "its docstring says" in reason and any(word in reason for word in (" empty", " blank"))


def _optional(function: AnyFunction) -> bool:
    text = ast.unparse(function.returns).strip("'\"") if function.returns is not None else ""
    return "Optional" in text or "| None" in text or "None |" in text


def _from_annotation(tally: Tally, function: AnyFunction) -> None:
    if function.returns is None:
        return
    text = ast.unparse(function.returns).strip("'\"")
    reason = f"it is annotated -> {text}"
    head = text.split("[")[0].split(".")[-1].lower()
    if _optional(function):
        tally.add("return", "None", 2.2, reason)
    elif head in _BY_TYPE:
        tally.add("return", _BY_TYPE[head], 0.9, reason)
        tally.add("return", "None", -2.0, "")
    elif text == "None":
        tally.add("return", "", 1.2, reason)
    elif head != "any":
        tally.add("return", "None", -1.5, "")


_BY_TYPE = {
    "bool": "False",
    "list": "[]",
    "dict": "{}",
    "str": "''",
    "tuple": "()",
    "set": "set()",
    "int": "0",
    "float": "0.0",
    "sequence": "[]",
    "mapping": "{}",
    "iterable": "[]",
    "iterator": "iter(())",
}


def promised_empty(function: AnyFunction) -> str:
    """The empty collection that a function is annotated to give, where it is not Optional; "" otherwise."""
    if function.returns is None or _optional(function):
        return ""
    head = ast.unparse(function.returns).strip("'\"").split("[")[0].split(".")[-1].lower()
    return _BY_TYPE.get(head, "") if head in {"list", "dict", "tuple", "set"} else ""


STAND_INS = frozenset({"default", "fallback", "otherwise", "if_missing", "if_none"})


def _from_parameters(tally: Tally, function: AnyFunction) -> None:
    """A caller who may give a default says what to answer, where the function does nothing else with it."""
    arguments = function.args
    optional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    optional += [a for a, d in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if d is not None]
    answered = {id(r.value) for r in returns(function)}
    for name in {a.arg for a in optional} & STAND_INS:
        used = [n for n in own_nodes(function) if isinstance(n, ast.Name) and n.id == name]
        if all(id(n) in answered for n in used):
            tally.add("return", name, 2.4, f"it takes a `{name}`")


NOTHINGS = frozenset({"None", "False", "0", "0.0", "-1", "''", "b''", "[]", "()", "{}", "(None, None)"})
FILLED = 0.4  # log-odds: what is given elsewhere is something, and here there is nothing


def _from_returns(tally: Tally, function: AnyFunction) -> None:
    found = returns(function)
    values = [r.value for r in found if r.value is not None]
    if not values:
        tally.add("return", "", 1.4, "it returns no value anywhere")
        return
    for value in values:
        if (text := literal_text(value)) is not None:
            weight = 1.4 if text in NOTHINGS or _told(value) else FILLED
            tally.add("return", text, weight, f"it returns {text} elsewhere")
    for text in {t for v in values if (t := neutral(v))}:
        weight = -0.6 if _optional(function) else 0.6  # who may give None need not make a value up
        tally.add("return", text, weight, "of the same type as its other results")
    for text in {t for v in values if isinstance(v, ast.Name) and (t := built(function, v.id))}:
        tally.add("return", text, 0.8, f"its result starts as {text}")
    if any(picks(v) for v in values):
        tally.add("return", "None", PICKED, "it picks one of several: of none, there is none")
    if any(r.value is None for r in found):
        tally.add("return", "None", 1.0, "it returns nothing elsewhere")
    if not isinstance(function.body[-1], (ast.Return, ast.Raise)) and _falls_through(function.body[-1]):
        tally.add("return", "None", 1.0, "it returns nothing at its end")
    typed = any(neutral(v) or (isinstance(v, ast.Name) and built(function, v.id)) for v in values)
    against = not _optional(function) and (typed or function.returns is not None)
    tally.add("return", "None", -1.0 if against else 0.0, "")


STARTED = 1.2  # log-odds


def _from_result(tally: Tally, function: AnyFunction, line: int) -> None:
    """`found = Parsed()` above, and `return found` wherever it ends: nothing is added of nothing."""
    last = function.body[-1]
    values = [r.value for r in returns(function)]
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.Name):
        return
    name = last.value.id
    alone = all(isinstance(v, ast.Name) and v.id == name for v in values) and not built(function, name)
    if alone and assigned_by(function, name, line):
        tally.add("return", name, STARTED, f"`{name}` is its result wherever it ends, and is made by then")


def picks(value: ast.expr) -> bool:
    """`max(items, key=…)`, or what hangs on the item: `min(items, key=…).name`, `next(…)[0]`."""
    while isinstance(value, (ast.Attribute, ast.Subscript)):
        value = value.value
    if not isinstance(value, ast.Call) or not isinstance(value.func, ast.Name):
        return False
    keyed = any(keyword.arg == "key" for keyword in value.keywords)
    return value.func.id == "next" or (value.func.id in {"min", "max"} and keyed)


def _keep_shape(tally: Tally, function: AnyFunction) -> None:
    """A function that returns pairs returns no bare text or number."""
    shown = [r.value for r in returns(function) if r.value is not None]
    if not any(isinstance(value, ast.Tuple) and value.elts for value in shown):
        return
    for action, text in list(tally.found):
        if action == "return" and text not in {"", "None"} and not text.startswith("("):
            tally.add(action, text, -6.0, "")


def _told(value: ast.expr) -> bool:
    """A text that is said to somebody, and no name of something."""
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and not value.value.isidentifier()


def _falls_through(last: ast.stmt) -> bool:
    if isinstance(last, ast.If):
        return not last.orelse or _falls_through(last.body[-1]) or _falls_through(last.orelse[-1])
    if isinstance(last, ast.While):
        return not (isinstance(last.test, ast.Constant) and last.test.value)
    return isinstance(last, (ast.For, ast.Expr, ast.Assign, ast.AugAssign))


_PREDICATE = re2.compile(r"^_*(?:is|has|can|should|was|are|does|contains|supports|needs|allows|matches)_")


_FINDER = re2.compile(
    r"^_*(?:get|find|lookup|first|last|latest|search|pick|guess|detect|parse|match|resolve|extract)(?:_|$)"
)


_NUMBER = re2.compile(
    r"(?:^|_)(?:count|total|sum|mean|average|avg|ratio|rate|percent(?:age)?|share|size|length|num|score|share)(?:$|_)"
)


def _from_name(tally: Tally, function: AnyFunction) -> None:
    name = function.name
    if _PREDICATE.search(name):
        tally.add("return", "False", 1.8, f"`{name}` asks a yes-or-no question")
    elif _FINDER.search(name):
        tally.add("return", "None", 0.5, f"`{name}` may find nothing")
    if _NUMBER.search(name) and not any(neutral(r.value) == "''" for r in returns(function) if r.value):
        tally.add("return", "0", 1.0, f"`{name}` is a number")
    if name in {"__eq__", "__ne__", "__lt__", "__gt__", "__le__", "__ge__"}:
        tally.add("return", "NotImplemented", 1.5, "comparisons answer NotImplemented to strangers")
    if name in {"__repr__", "__str__"}:
        tally.add("return", "''", 0.8, "it must return text")
