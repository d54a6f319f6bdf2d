"""Is the reproduction to be believed? It shows the product's failure, and nothing else. Pure."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from healer.proving import constructs
from healer.proving.claim import Claim
from healer.proving.finding import Finding
from healer.proving.origins import words
from triage.incident import Source
from triage.python import parsed

_ALWAYS_REFUSED = words("always_equal raises catches_everything")
_NEVER = re.compile(
    r"^(import|reaches|module_value|writes|catches_everything|raises|always_equal|replaces|reflection|call"
    r"|dynamic_attribute|hides_text|surroundings|disguise)$"
)
_MAY_IMPORT = words("unittest pytest tempfile importlib")
_MOCKS = ("mock", "monkeypatch", "patch", "MagicMock", "Mock")
# How a test could know that the patch is there without seeing what it does.
_READS_CODE = words("__code__ __closure__ gi_code cr_code ag_code co_filename __loader__ __spec__")
_READERS = words(
    "open read_text read_bytes getsource getsourcelines getsourcefile get_source get_data open_code"
)
_ASKS = words("hasattr dir vars hash id callable")
_SEES_CODE = words("inspect ast dis linecache tokenize hashlib")


def refusals(claim: Claim, source: Source) -> list[str]:
    if claim.how == "none":
        return []
    if reason := _misplaced(claim, source):
        return [reason]
    if claim.how == "existing":
        return []
    tree = parsed(claim.test_source)
    if tree is None:
        return ["the reproduction cannot be read as Python"]
    return list(
        dict.fromkeys([*_constructs(claim, tree), *_own_failure(claim, tree), *_decides(claim, tree)])
    )


def _misplaced(claim: Claim, source: Source) -> str:
    """A file of the tree that is changed is no reproduction, nor is one that pytest reads for another reason
    than its tests."""
    held = source.read(claim.test_path)
    if claim.test.partition("::")[0] != claim.test_path:
        return f"{claim.test} is not in {claim.test_path}"
    if claim.how == "existing":
        missing = "does not exist on base" if held is None else "reads otherwise on base"
        return "" if held == claim.test_source else f"{claim.test_path} {missing}"
    if held is not None and held != claim.test_source:
        return f"{claim.test_path} exists on base already, and tests are never changed"
    name = PurePosixPath(claim.test_path).name
    if not name.endswith(".py") or not (name.startswith("test") or name.endswith("_test.py")):
        return f"{claim.test_path} is not the name of a test file"
    return ""


def _constructs(claim: Claim, tree: ast.Module) -> Iterator[str]:
    for finding in constructs.findings(tree):
        if _refused(claim, finding):
            yield f"the reproduction holds {finding.code.replace('_', ' ')}: {finding.detail}"


def _refused(claim: Claim, finding: Finding) -> bool:
    if finding.code in _ALWAYS_REFUSED:
        return finding.refuse
    if finding.code in {"reflection", "mentions"} and finding.detail in _READS_CODE:
        return True
    allowed = finding.code == "import" and finding.detail.split(".")[0] in _MAY_IMPORT
    return claim.how == "agent" and not allowed and bool(_NEVER.match(finding.code))


def _own_failure(claim: Claim, tree: ast.Module) -> Iterator[str]:
    wanted = claim.signature.exception.rpartition(".")[2]
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and node.name == wanted:
            yield f"the reproduction defines its own {wanted}"
        if isinstance(node, ast.Name | ast.Attribute | ast.alias | ast.arg) and claim.how == "agent":
            named = {getattr(node, key, None) for key in ("id", "attr", "name", "arg")}
            if name := next((m for m in _MOCKS if m in named), ""):
                yield f"the reproduction replaces objects ({name})"
        if isinstance(node, ast.Attribute) and node.attr in {"skip", "xfail", "skipif"}:
            yield "the reproduction can skip itself"


def _decides(claim: Claim, tree: ast.Module) -> Iterator[str]:
    if claim.how == "agent":
        yield from (f"the reproduction {what}" for what in decisions(tree))


def decisions(tree: ast.Module) -> Iterator[str]:
    """Where a test chooses what it runs, or looks at the code instead of at what it does: it may be red on
    base and green with any patch."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While | ast.Match):
            yield f"decides by itself what it runs (line {node.lineno})"
        elif isinstance(node, ast.Try | ast.TryStar) and node.handlers:
            yield f"catches exceptions by itself (line {node.lineno})"
        elif isinstance(node, ast.BoolOp) and any(_calls(v) for v in node.values[1:]):
            yield f"decides by itself what it runs (line {node.lineno})"
        elif isinstance(node, ast.Import | ast.ImportFrom):
            tops = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            yield from (f"imports {top}" for top in tops if top.partition(".")[0] in _SEES_CODE)
        elif isinstance(node, ast.Call) and (name := _name(node)) in _READERS | _ASKS:
            yield f"asks {name}() what the code is, instead of what it does"
        elif isinstance(node, ast.Attribute) and node.attr.startswith("__") and node.attr != "__name__":
            yield f"reads {node.attr}"


def plain(claim: Claim) -> bool:
    """Is the reproduction a function of its file, or a method of a class without preparation, that needs
    nothing to be called?"""
    tree = parsed(claim.test_source)
    *holders, name = claim.test.split("::")[1:]
    body: list[ast.stmt] = tree.body if tree else []
    for holder in holders:
        body = next((n.body for n in body if isinstance(n, ast.ClassDef) and n.name == holder), [])
    made = [node for node in body if isinstance(node, ast.FunctionDef)]
    if len(holders) > 1 or (holders and len(made) > 1):
        return False
    for node in made:
        if node.name == name:
            given = node.args
            own = given.args[1:] if holders else given.args
            return not (node.decorator_list or own or given.posonlyargs or given.kwonlyargs)
    return False


def _calls(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Call) for n in ast.walk(node))


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
