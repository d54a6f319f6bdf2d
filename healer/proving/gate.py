"""The static gate: what is refused, and what is flagged, before anything runs. Pure."""

from __future__ import annotations

import ast
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from healer.proving import constructs, diff, paths, text
from healer.proving.claim import Claim
from triage.incident import Source

_PLAIN = frozenset(
    {"0", "1", "2", "-1", "10", "100", "1000", "", "utf-8", "id", "name", "None", "True", "False"}
)
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
    look = _Look()
    tests = claim.target.tests if tests is None else tuple(tests)
    _size(claim, source, look)
    for path, new in sorted(claim.files.items()):
        _file(claim, source, path, new, tests, look)
    if not look.reasons:
        _effect(claim, source, look)
        _test(claim, source, look)
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
    old = source.read(path)
    if old is None and path in source.paths():
        look.reasons.append(f"{path} is not UTF-8 text, so its change cannot be read")
        return
    if old is None and (hidden := paths.shadows(path, claim.target.source_roots)):
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
    before, after = parse(old or ""), parse(new)
    if before is None or after is None:
        look.reasons.append(
            f"{path} cannot be read as Python {'.'.join(map(str, claim.target.python_version))}"
        )
        return
    for finding in constructs.findings(after) - constructs.findings(before):
        if finding.refuse:
            look.reasons.append(f"{path} gains {finding.code.replace('_', ' ')}: {finding.detail}")
        else:
            look.flags.add(finding.code)
    if any(ord(char) > 127 for name in _names(after) - _names(before) for char in name):
        look.reasons.append(f"{path} gains a name that is not ASCII, which may look like another")
    look.flags |= _removed(before, after)
    if _hard_coded(claim, source, before, after):
        look.flags.add("hard_coded")


def parse(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


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
        elif _executable(parse(old or "")) != _executable(parse(new)):
            return
    look.reasons.append("no executable line is changed")


def _executable(tree: ast.Module | None) -> str:
    if tree is None:
        return ""
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_docstring(node, body[0]):
            del body[0]
    return ast.dump(tree)


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
        elif isinstance(node, ast.Dict):
            found |= _constants([k for k in node.keys if k is not None]) | _constants(node.values)
        elif isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call):
            found |= _constants([node.value])
        elif isinstance(node, ast.IfExp):
            found |= _constants([node.body, node.orelse])
    return found - _PLAIN


def _constants(nodes: Iterable[ast.AST]) -> set[str]:
    """Strings and numbers; the arguments of a method call are how it works, not what it answers."""
    found: set[str] = set()
    queue = list(nodes)
    while queue:
        node = queue.pop()
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float):
            found.add(str(node.value))
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
    tree = parse(text)
    if tree is None:
        return set()
    return {
        str(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str | int | float)
    } - _PLAIN


def inspect_test(claim: Claim, source: Source) -> tuple[str, ...]:
    """Why the reproduction itself is not to be believed."""
    look = _Look()
    _test(claim, source, look)
    return tuple(look.reasons)


# --- the reproduction itself -------------------------------------------------------------------------

_TEST_NEVER = re.compile(
    r"^(import|reaches|module_value|mentions|writes|catches_everything|raises|always_equal|replaces)$"
)
_TEST_MAY_IMPORT = ("unittest", "pytest", "tempfile", "importlib")
_MOCKS = ("mock", "monkeypatch", "patch", "MagicMock", "Mock")


def _test(claim: Claim, source: Source, look: _Look) -> None:
    """The failing test shows the product's failure, and nothing else: it brings no failure of its own."""
    if claim.how == "none":
        return
    held = source.read(claim.test_path)
    if claim.how == "existing":
        if held is None:
            look.reasons.append(f"{claim.test_path} does not exist on base")
        return
    if held is not None and held != claim.test_source:
        look.reasons.append(f"{claim.test_path} exists on base already, and tests are never changed")
        return
    tree = parse(claim.test_source)
    if tree is None:
        look.reasons.append("the reproduction cannot be read as Python")
        return
    for finding in constructs.findings(tree):
        allowed = finding.code == "import" and finding.detail.split(".")[0] in _TEST_MAY_IMPORT
        if finding.code == "mentions" or allowed or not _TEST_NEVER.match(finding.code):
            continue
        if claim.how == "agent" or finding.code in {"always_equal", "raises", "catches_everything"}:
            look.reasons.append(f"the reproduction holds {finding.code.replace('_', ' ')}: {finding.detail}")
    look.reasons += _own_failure(claim, tree)


def _own_failure(claim: Claim, tree: ast.Module) -> list[str]:
    reasons = []
    wanted = claim.signature.exception.rpartition(".")[2]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == wanted:
            reasons.append(f"the reproduction defines its own {wanted}")
        if isinstance(node, ast.Name | ast.Attribute | ast.alias | ast.arg) and claim.how == "agent":
            named = {getattr(node, key, None) for key in ("id", "attr", "name", "arg")}
            if name := next((m for m in _MOCKS if m in named), ""):
                reasons.append(f"the reproduction replaces objects ({name})")
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "xfail", "skipif"}:
            reasons.append("the reproduction can skip itself")
    return list(dict.fromkeys(reasons))
