"""A table that leads from names to functions, and lacks the one that is there under a name like the others:
`{"csv": read_csv}` → with `"json": read_json`."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.places import span
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk
from healer.agents.rules.templates.literal_key import _plain as plain

FEWEST = 2
UNUSED = 1.2  # log-odds: nothing else uses it


def ideas(site: Site) -> Iterator[Idea]:
    key = plain(site.crash.message) if site.crash.kind is Kind.KEY else _refused(site)
    if key is None:
        return
    word = key.strip("\"'")
    asked = (node.value for node, _ in missing_keys(site)) if site.crash.kind is Kind.KEY else _asked(site)
    names = {dotted(node).rpartition(".")[2] for node in asked} - {""}
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


def _asked(site: Site) -> Iterator[cst.BaseExpression]:
    """Tables that are asked in the function: `TABLE[name]`, `TABLE.get(name)`, `name in TABLE`."""
    for node in walk(site.function.body) if site.function is not None else ():
        asks = isinstance(node, cst.Attribute) and node.attr.value == "get"
        if isinstance(node, cst.Subscript) or (asks and isinstance(node, cst.Attribute)):
            yield node.value
        elif isinstance(node, cst.Comparison):
            yield from (target.comparator for target in node.comparisons)


def _refused(site: Site) -> str | None:
    """What the code's own refusal quotes: `no step 'limit', only where, select`."""
    quoted = re2.search(r"'(\w{2,40})'", site.crash.message[:2000])
    own = isinstance(site.small, cst.Raise) and not site.foreign
    return f'"{quoted[1]}"' if own and quoted is not None else None


def _pattern(table: ast.Dict) -> tuple[str, str, str] | None:
    """(before, after, holder) of most names around their keys: `read_`, "", "" of {"csv": read_csv}."""
    found: Counter[tuple[str, str, str]] = Counter()
    for key, value in zip(table.keys, table.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or not key.value:
            return None
        holder, _, name = ast.unparse(value).rpartition(".")
        words = (key.value, key.value.replace("-", "_"), key.value.title())
        word = next((w for w in words if w in name), None)
        if word is not None and isinstance(value, (ast.Name, ast.Attribute)):
            before, _, after = name.partition(word)
            found[before, after, f"{holder}." if holder else ""] += 1
    pattern, times = found.most_common(1)[0] if found else (None, 0)
    return pattern if times >= FEWEST and times * 2 >= len(table.keys) else None


def _fits(tree: ast.Module, pattern: tuple[str, str, str], word: str, table: ast.Dict) -> str:
    """The definition in the file that the pattern names for the word."""
    words = {word, word.replace("-", "_"), word.title()}
    wanted = {f"{pattern[0]}{one}{pattern[1]}" for one in words}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    defined = {n.name for n in ast.walk(tree) if isinstance(n, kinds)}
    kept = {ast.unparse(value).rpartition(".")[2] for value in table.values}
    return min(wanted & defined - kept, default="")


TEMPLATE = Template("table_entry", frozenset({Kind.KEY, Kind.OTHER}), 2.0, ideas)
