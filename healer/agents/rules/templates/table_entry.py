"""A table that leads from names to functions, and lacks the one that is there under a name like the others:
`{"csv": read_csv}` → with `"json": read_json`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.places import span
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted
from healer.agents.rules.templates.literal_key import _plain as plain

FEWEST = 2
UNUSED = 1.2  # log-odds: nothing else uses it


def ideas(site: Site) -> Iterator[Idea]:
    key = plain(site.crash.message)
    if key is None:
        return
    word = key.strip("\"'")
    names = {dotted(node.value).rpartition(".")[2] for node, _ in missing_keys(site)} - {""}
    for path, tree in (
        found for name in sorted(names) for found in site.repository.mentioning(f"{name} = {{")
    ):
        for table in ast.walk(tree):
            if isinstance(table, ast.Dict) and len(table.keys) >= FEWEST:
                pattern = _pattern(table)
                if pattern is not None and (name := _fits(tree, pattern, word, table)):
                    text = site.repository.text(path) or ""
                    end = span(text, table.values[-1])[1]
                    used = sum(isinstance(n, ast.Name) and n.id == name for n in ast.walk(tree))
                    yield Idea(
                        (Edit(end, end, f", {key}: {pattern[2]}{name}"),),
                        f"The table leads from {key} to `{name}`.",
                        f"table with {key}",
                        UNUSED if not used else 0.0,
                        (f"`{name}` is there, named like the others in the table",),
                        path,
                    )


def _pattern(table: ast.Dict) -> tuple[str, str, str] | None:
    """(before, after, holder) of each value's name around its key: `read_`, "", "" of {"csv": read_csv}."""
    found = set()
    for key, value in zip(table.keys, table.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or not key.value:
            return None
        holder, _, name = ast.unparse(value).rpartition(".")
        word = next(
            (w for w in (key.value, key.value.replace("-", "_"), key.value.title()) if w in name), None
        )
        if word is None or not isinstance(value, (ast.Name, ast.Attribute)):
            return None
        before, _, after = name.partition(word)
        found.add((before, after, f"{holder}." if holder else ""))
    return found.pop() if len(found) == 1 else None


def _fits(tree: ast.Module, pattern: tuple[str, str, str], word: str, table: ast.Dict) -> str:
    """The definition in the file that the pattern names for the word."""
    words = {word, word.replace("-", "_"), word.title()}
    wanted = {f"{pattern[0]}{one}{pattern[1]}" for one in words}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = {n.name for n in ast.walk(tree) if isinstance(n, kinds)}
    kept = {ast.unparse(value).rpartition(".")[2] for value in table.values}
    return min(wanted & defined - kept, default="")


TEMPLATE = Template("table_entry", frozenset({Kind.KEY}), 2.0, ideas)
