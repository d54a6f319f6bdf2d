"""An object made from another, attribute by attribute, and one was forgotten: `self.total = other.total`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import class_members
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import line_edit

ALIKE = 2  # assignments beside each other that make a copy


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").rpartition(".")[2]
    for path, klass in site.repository.classes(owner):
        if attr not in class_members(site.repository, path, owner):
            continue
        for block in _blocks(klass):
            copies = [pair for statement in block if (pair := _copy(statement)) is not None]
            if len(copies) < ALIKE or attr in {name for name, _, _ in copies}:
                continue
            _, source, last = copies[-1]
            target = ast.unparse(last.targets[0]).rpartition(".")[0]
            text = f"{' ' * last.col_offset}{target}.{attr} = {source}.{attr}"
            yield Idea(
                (line_edit(site.repository.text(path) or "", (last.end_lineno or last.lineno) + 1, text),),
                f"`{attr}` is copied from `{source}` like its others.",
                f"{attr} copied",
                0.0,
                (f"{len(copies)} other attributes are copied there",),
                path,
            )


def _blocks(klass: ast.ClassDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(klass):
        for block in (getattr(node, "body", None), getattr(node, "orelse", None)):
            if isinstance(block, list) and len(block) >= ALIKE:
                yield block


def _copy(node: ast.stmt) -> tuple[str, str, ast.Assign] | None:
    """(name, source) of `self.name = source.name`."""
    if not isinstance(node, ast.Assign) or len(node.targets) != 1:
        return None
    target, value = node.targets[0], node.value
    if not isinstance(target, ast.Attribute) or not isinstance(value, ast.Attribute):
        return None
    alike = target.attr == value.attr and ast.unparse(target.value) != ast.unparse(value.value)
    return (target.attr, ast.unparse(value.value), node) if alike else None


TEMPLATE = Template("attribute_copied", frozenset({Kind.ATTRIBUTE}), 2.2, ideas)
