"""What JSON has not, put into what is written: `data["slot"] = item.slot` → `item.slot.value`, where the
record is made, as its siblings are."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.places import replaced, segment
from healer.agents.rules.site import Site

WRITTEN = {
    "datetime": "{}.isoformat()",
    "date": "{}.isoformat()",
    "time": "{}.isoformat()",
    "set": "sorted({})",
    "frozenset": "sorted({})",
    "Decimal": "str({})",
    "UUID": "str({})",
    "PosixPath": "str({})",
    "bytes": "{}.decode()",
}
MAX_PLACES = 3
ALIKE = 0.8  # log-odds: others are written so
READ_BACK = 1.0  # it is read by its class again, `Slot(data["slot"])`


def ideas(site: Site) -> Iterator[Idea]:
    kind = site.crash.words.get("right", "")
    how = _how(site, kind)
    fields = set(_fields(site, kind)) | {kind.lower()}
    found = 0
    trees = dict(pair for name in sorted(fields) for pair in site.repository.mentioning(name)) if how else {}
    for path, tree in trees.items():
        text = site.repository.text(path) or ""
        for value in _records(tree):
            last = (
                value.attr
                if isinstance(value, ast.Attribute)
                else value.id
                if isinstance(value, ast.Name)
                else ""
            )
            if last in fields and found < MAX_PLACES:
                found += 1
                written = how.format(segment(text, value))
                yield Idea(
                    (replaced(text, value, written),),
                    f"`{segment(text, value)}` is written as `{written}`.",
                    f"written {how}",
                    (ALIKE if how.format("").strip("()") in text.replace(segment(text, value), "") else 0.0)
                    + (READ_BACK if f"{kind}(" in text else 0.0),
                    (f"JSON has no {kind}",),
                    path,
                )


def _how(site: Site, kind: str) -> str:
    if kind in WRITTEN:
        return WRITTEN[kind]
    for _, klass in site.repository.classes(kind) if kind.isidentifier() else ():
        if any("Enum" in ast.unparse(base) for base in klass.bases):
            return "{}.value"
        methods = {n.name for n in klass.body if isinstance(n, ast.FunctionDef)}
        for name in ("to_dict", "as_dict", "to_json", "isoformat", "row", "view"):
            if name in methods:
                return "{}." + name + "()"
    return ""


def _fields(site: Site, kind: str) -> Iterator[str]:
    """Attributes annotated with the type."""
    for _, tree in site.repository.mentioning(kind):
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.AnnAssign)
                and kind in ast.unparse(node.annotation).replace("|", " ").split()
            ):
                target = node.target
                yield target.attr if isinstance(target, ast.Attribute) else ast.unparse(target)
            if (
                isinstance(node, ast.arg)
                and node.annotation is not None
                and ast.unparse(node.annotation) == kind
            ):
                yield node.arg


def _records(tree: ast.Module) -> Iterator[ast.expr]:
    """Values in dict displays, and those stored under a text key."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            yield from node.values
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript):
            yield node.value


TEMPLATE = Template("json_value", frozenset({Kind.NOT_JSON}), 1.0, ideas)
