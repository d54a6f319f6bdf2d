"""The static gate: what is refused, and what is flagged, before anything runs. Pure."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from healer.proving import constructs, diff, own_test, paths, silence, text
from healer.proving.claim import Claim
from triage.incident import Source
from triage.python import parsed

_PLAIN = frozenset(
    {"0", "1", "2", "-1", "10", "100", "1000", "", "utf-8", "id", "name", "None", "True", "False"}
)
_COMPARES = frozenset({"startswith", "endswith", "match", "fullmatch", "search", "eq", "count", "index"})
_LOOKS_OF = frozenset(
    {"repr", "ascii", "hash", "json.dumps", "pickle.dumps", "marshal.dumps", "sys.getsizeof"}
)
_TEXTS_OF = frozenset({"str", "format"})
_DISPLAYED = re.compile(r"[\[\](){}<>]")  # what a container or an object, written out, has
_MADE_OF = frozenset({"dict", "dict.fromkeys", "list", "tuple", "set", "frozenset", "json.loads"})
_DIGEST = re.compile(r"[0-9a-f]{32,128}")  # a value looked up by its digest is looked up
_QUOTED = re.compile(r"'([^'\\]{1,80})'|\"([^\"\\]{1,80})\"|(?<![\w.])(\d{1,15}(?:\.\d{1,10})?)(?![\w.])")


@dataclass(frozen=True, slots=True)
class Gate:
    """`reasons` refuse the patch; `flags` are for the reviewer's eyes."""

    reasons: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Look:
    reasons: list[str] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)


def inspect(claim: Claim, source: Source, tests: Iterable[str] | None = None) -> Gate:
    """`tests` are the paths that hold tests; the target's own where not given."""
    try:
        return _inspected(claim, source, tests)
    except RecursionError:
        return Gate(("the patch is nested too deeply to be read",))


def _inspected(claim: Claim, source: Source, tests: Iterable[str] | None) -> Gate:
    look = _Look()
    tests = claim.target.tests if tests is None else tuple(tests)
    _size(claim, source, look)
    for path, new in sorted(claim.files.items()):
        _file(claim, source, path, new, tests, look)
    if not look.reasons:
        _effect(claim, source, look)
        look.reasons += own_test.refusals(claim, source)
    return Gate(tuple(look.reasons), tuple(sorted(look.flags)))


def _size(claim: Claim, source: Source, look: _Look) -> None:
    if not claim.files:
        look.reasons.append("the patch changes nothing")
    if len(claim.files) > claim.scope.max_files:
        look.reasons.append(f"{len(claim.files)} files are changed, at most {claim.scope.max_files} may be")
    if any(len(new) > text.LARGEST for new in claim.files.values()):
        return
    lines = sum(diff.count(source.read(path) or "", new) for path, new in claim.files.items())
    if lines > claim.scope.max_lines:
        look.reasons.append(f"{lines} lines are changed, at most {claim.scope.max_lines} may be")


def _file(claim: Claim, source: Source, path: str, new: str, tests: Iterable[str], look: _Look) -> None:
    if reason := paths.refused(path, claim.scope, tests):
        look.reasons.append(reason)
        return
    if reason := paths.behind_links(path, tests, getattr(source, "links", {})):
        look.reasons.append(reason)
        return
    old = source.read(path)
    if old is None and path in source.paths():
        look.reasons.append(f"{path} is not UTF-8 text, so its change cannot be read")
        return
    if old is None and (hidden := paths.shadows(path, claim.target.source_roots, source)):
        look.reasons.append(f"{path} would hide the module {hidden}")
    if reason := text.unreadable(path, old, new):
        look.reasons.append(reason)
        return
    look.flags |= text.remarks(old, new)
    if path.endswith((".py", ".pyi", ".pyw")):
        _python(claim, source, path, old, new, look)
    else:
        look.flags.add("not_python")


def _python(claim: Claim, source: Source, path: str, old: str | None, new: str, look: _Look) -> None:
    before, after = parsed(old or ""), parsed(new)
    if before is None or after is None:
        look.reasons.append(
            f"{path} cannot be read as Python {'.'.join(map(str, claim.target.python_version))}"
        )
        return
    _constructs(path, (before, old or ""), (after, new), look)
    if any(ord(char) > 127 for name in _names(after) - _names(before) for char in name):
        look.reasons.append(f"{path} gains a name that is not ASCII, which may look like another")
    look.flags |= _removed(before, after)
    looked_up = _recognised(after) - _recognised(before) or _settled(after) - _settled(before)
    if looked_up or _hard_coded(claim, source, before, after):
        look.flags.add("hard_coded")


def _constructs(
    path: str, before: tuple[ast.Module, str], after: tuple[ast.Module, str], look: _Look
) -> None:
    more, moved = constructs.gained(before[0], after[0], before[1], after[1])
    for finding in more:
        if finding.refuse:
            look.reasons.append(f"{path} gains {finding.code.replace('_', ' ')}: {finding.detail}")
        else:
            look.flags.add(finding.code)
    if moved:
        look.flags.add("moves_construct")
    old, new = silence.kinds(before[0]), silence.kinds(after[0])
    if any(old[name] != new[name] for name in old.keys() & new.keys()):
        look.flags.add("lazy_answer")


def _names(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        for name in ("id", "attr", "arg", "name", "asname"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                found.add(value)
    return found


def _removed(before: ast.Module, after: ast.Module) -> set[str]:
    """Flags for what is gone: definitions, checks."""

    def counted(tree: ast.Module) -> Counter[str]:
        found: Counter[str] = Counter()
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found[f"removes_definition {node.name}"] += 1
            elif isinstance(node, ast.Raise | ast.Assert):
                found["removes_check"] += 1
        return found

    return {gone.split()[0] for gone in counted(before) - counted(after)}


def _effect(claim: Claim, source: Source, look: _Look) -> None:
    """A patch that changes comments, layout or docstrings alone fixes nothing."""
    for path, new in claim.files.items():
        old = source.read(path)
        if not path.endswith(".py"):
            if old != new:
                return
        elif _executable(parsed(old or "")) != _executable(parsed(new)):
            return
    look.reasons.append("no executable line is changed")


def _executable(tree: ast.Module | None) -> list[object]:
    """What runs, node by node: two trees give the same list if and only if they are the same. (`ast.dump`
    would go as deep as the tree.)"""
    if tree is None:
        return []
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_docstring(node, body[0]):
            del body[0]
    return [(type(n).__name__, *map(_shape, ast.iter_fields(n))) for n in ast.walk(tree)]


def _shape(field: tuple[str, object]) -> object:
    name, value = field
    if isinstance(value, list):
        return name, [v if not isinstance(v, ast.AST) else type(v).__name__ for v in value]
    return name, type(value).__name__ if isinstance(value, ast.AST) else repr(value)


def _is_docstring(node: ast.AST, first: ast.AST) -> bool:
    holder = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    value = getattr(first, "value", None)
    return isinstance(node, holder) and isinstance(first, ast.Expr) and isinstance(value, ast.Constant)


# --- answers that were looked up ---------------------------------------------------------------------


def _hard_coded(claim: Claim, source: Source, before: ast.Module, after: ast.Module) -> bool:
    """A literal is gained that the event, the reproduction or a test names, and the file did not."""
    gained = _literals(after) - _literals(before)
    if not gained:
        return False
    if any(map(_DIGEST.fullmatch, gained)):
        return True
    known = _event_literals(claim.event_words) | _text_literals(claim.test_source)
    if gained & known:
        return True
    tests = claim.target.tests
    for path in source.paths():
        if path.endswith(".py") and any(path == t or path.startswith(t + "/") for t in tests):
            asserted = _text_literals(source.read(path) or "")
            if gained & asserted:
                return True
    return False


def _literals(tree: ast.Module) -> set[str]:
    """Constants that are compared with, returned, looked up or used as a key: where answers would hide."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            found |= _constants([node.left, *node.comparators])
        elif isinstance(node, ast.Return | ast.MatchValue) and node.value is not None:
            found |= _constants([node.value])
        elif isinstance(node, ast.Set | ast.BoolOp):
            found |= _constants(ast.iter_child_nodes(node))
        elif isinstance(node, ast.arguments):
            found |= _constants([d for d in (*node.defaults, *node.kw_defaults) if d is not None])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            found |= _constants(node.args) if node.func.attr in _COMPARES else set()
        elif isinstance(node, ast.Dict):
            found |= _constants([k for k in node.keys if k is not None]) | _constants(node.values)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.AugAssign):
            found |= (
                _constants([node.value]) if node.value and not isinstance(node.value, ast.Call) else set()
            )
        elif isinstance(node, ast.IfExp):
            found |= _constants([node.body, node.orelse])
    return found - _PLAIN


def _recognised(tree: ast.Module) -> Counter[str]:
    """Comparisons that know one value as a whole, by what it looks like or by how long that is."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            sides = (node.left, *node.comparators)
            if any(_calls(s, _LOOKS_OF) for s in sides) and any(isinstance(s, ast.Constant) for s in sides):
                found[ast.unparse(node)] += 1
            found[ast.unparse(node)] += any(map(_writes_out, sides)) and any(map(_written_out, sides))
            found[ast.unparse(node)] += any(_calls(s, _MADE_OF) and _constants(s.args) for s in sides)  # type: ignore[attr-defined]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            told = node.func.attr in _COMPARES and isinstance(node.func.value, ast.Call)
            found[ast.unparse(node)] += told and _calls(node.func.value, _LOOKS_OF)
            if node.func.attr in _COMPARES and _writes_out(node.func.value):
                found[ast.unparse(node)] += any(map(_written_out, node.args))
    return +found


def _writes_out(node: ast.expr) -> bool:
    """Text made of a value, or a number of such text: `str(order)`, `f"{order}"`, `len("%s" % order)`."""
    while isinstance(node, ast.Call):
        method = node.func if isinstance(node.func, ast.Attribute) else None
        filled = method is not None and method.attr == "format" and _is_text(method.value)
        if filled or ast.unparse(node.func) in _TEXTS_OF:
            return True
        node = node.args[-1] if node.args else node.func
    filled = isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod) and _is_text(node.left)
    return filled or isinstance(node, ast.JoinedStr)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _written_out(node: ast.expr) -> bool:
    value = node.value if isinstance(node, ast.Constant) else None
    return type(value) is int or (isinstance(value, str) and _DISPLAYED.search(value) is not None)


def _settled(tree: ast.Module) -> set[str]:
    """Functions that answer the same whatever they are asked."""
    functions = (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))
    return {function.name for function in functions if _always_same(function)}


def _always_same(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    inner = list(ast.walk(function))
    answers = [n.value for n in inner if isinstance(n, ast.Return) and n.value is not None]
    told = {ast.unparse(answer) for answer in answers if isinstance(answer, ast.Constant)}
    return len(answers) > 0 and len(told) == 1 and all(isinstance(a, ast.Constant) for a in answers)


def _calls(node: ast.AST, names: frozenset[str]) -> bool:
    """Is it a call of one of them, or of `len` and the like on such a call?"""
    while isinstance(node, ast.Call):
        if ast.unparse(node.func) in names:
            return True
        node = node.args[-1] if node.args else node.func
    return False


def _constants(nodes: Iterable[ast.AST]) -> set[str]:
    """Strings and numbers; the arguments of a method call are how it works, not what it answers."""
    found: set[str] = set()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
            found.add(str(node.value))
        elif isinstance(node, ast.Constant) and isinstance(node.value, bytes):
            found.add(node.value.decode("latin-1"))
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            queue.extend(ast.iter_child_nodes(node))
    return found


def _event_literals(words: Iterable[str]) -> set[str]:
    found = set()
    for word in words:
        for single, double, number in _QUOTED.findall(word[:20_000]):
            found.add(single or double or number)
    return found - _PLAIN


def _text_literals(text: str) -> set[str]:
    tree = parsed(text)
    if tree is None:
        return set()
    return {
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float)
    } - _PLAIN


def inspect_test(claim: Claim, source: Source) -> tuple[str, ...]:
    """Why the reproduction itself is not to be believed."""
    return tuple(own_test.refusals(claim, source))
