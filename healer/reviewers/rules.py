"""A reviewer that needs no model: what a careful colleague would not let through."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from healer.case import Proof, Remark, Review
from triage.incident import Source
from triage.python import parsed

BLOCKING_FLAGS = {
    "swallows_exception": "the patch only swallows the exception; the caller is not told",
    "hard_coded": "the patch compares with a value from the event; it may mend this one input only",
}
WIDENED = "a handler that stands there answers one more exception; is that what it is for?"
BROAD = frozenset({"Exception", "BaseException"})
ALONE = "no other test of the project vouches for this change"


class RulesReviewer:
    """Reads the patch's syntax trees before and after. Severities: critical and high send it back."""

    name = "rules"

    def review(self, proof: Proof, source: Source) -> Review:
        remarks = list(_flags(proof, widened=_only_widened(proof, source)))
        for path, after in sorted(proof.patch.files.items()):
            before = source.read(path) or ""
            remarks += _compare(path, before, after)
        if not proof.pass_to_pass:
            remarks.append(
                Remark(severity="medium", text="no other test of the project vouches for this change")
            )
        return Review(remarks=tuple(remarks), reviewer=self.name)


def _flags(proof: Proof, *, widened: bool) -> Iterator[Remark]:
    for flag in proof.flags:
        if flag == "swallows_exception" and widened:
            yield Remark(severity="medium", text=WIDENED)
        elif flag in BLOCKING_FLAGS:
            yield Remark(severity="high", text=BLOCKING_FLAGS[flag])


def _only_widened(proof: Proof, source: Source) -> bool:
    """Whether nothing is changed but that handlers which stand there answer more, each class of it named:
    what is done then was decided by whoever wrote them, and one fix in ten is of this kind."""
    for path, after in proof.patch.files.items():
        old, new = parsed(source.read(path) or ""), parsed(after)
        if old is None or new is None or _untyped(old) != _untyped(new):
            return False
        if not all(map(_widened, _handlers(old), _handlers(new))):
            return False
    return True


def _untyped(tree: ast.Module) -> str:
    """The tree without what its handlers await."""
    tree = copy.deepcopy(tree)
    for handler in _handlers(tree):
        handler.type = None
    return ast.dump(tree)


def _handlers(tree: ast.Module) -> Iterator[ast.ExceptHandler]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


def _widened(old: ast.ExceptHandler, new: ast.ExceptHandler) -> bool:
    """Whether a handler awaits all that it did, and nothing more but by a name that says what."""
    before, after = _awaited(old), _awaited(new)
    return before <= after and not any(_is_broad(name) for name in after - before)


def _awaited(handler: ast.ExceptHandler) -> set[str]:
    """The classes as they are written; "" for a bare handler."""
    kind = handler.type
    if kind is None:
        return {""}
    return set(map(ast.unparse, kind.elts if isinstance(kind, ast.Tuple) else [kind]))


def _is_broad(name: str) -> bool:
    """Anything whatever, or what only running the code tells."""
    return not name.replace(".", "").isidentifier() or name.rpartition(".")[2] in BROAD


def _compare(path: str, before: str, after: str) -> Iterator[Remark]:
    if not path.endswith(".py"):
        return
    old, new = _signatures(before), _signatures(after)
    for name in sorted(old.keys() - new.keys()):
        yield Remark(severity="high", text=f"{path}: {name} is gone; its callers break")
    for name in sorted(old.keys() & new.keys()):
        if not _still_callable(old[name], new[name]):
            yield Remark(severity="high", text=f"{path}: {name} can no longer be called as before")


def _signatures(text: str) -> dict[str, ast.arguments]:
    tree = parsed(text)
    return {} if tree is None else dict(_functions(tree, ""))


def _functions(node: ast.AST, prefix: str) -> Iterator[tuple[str, ast.arguments]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + child.name, child.args
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{prefix}{child.name}.")


def _still_callable(old: ast.arguments, new: ast.arguments) -> bool:
    """Every call that was right before is still right: same leading names, and no new required one."""
    before, after = _positional(old), _positional(new)
    if after[: len(before)] != before and not new.vararg:
        return False
    return len(after) - len(new.defaults) <= len(before) - len(old.defaults)


def _positional(arguments: ast.arguments) -> list[str]:
    return [a.arg for a in (*arguments.posonlyargs, *arguments.args)]
