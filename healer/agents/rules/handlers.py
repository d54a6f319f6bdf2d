"""Statements put under `try`, with a narrow `except` that answers as the contract says."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea
from healer.agents.rules.guards import behaviour, ways_out
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, code


def translated(site: Site, error: str, subject: str, *, only_raise: bool = False) -> Iterator[Idea]:
    """`try: <statement>` / `except error: <way out>`; a raised domain error keeps its cause."""
    statement = site.statement
    if not isinstance(statement, cst.SimpleStatementLine) or site.function is None:
        return
    for outcome in ways_out(site, subject):
        if (outcome.action == "raise" and outcome.text.split("(")[0] == error) or (
            only_raise and outcome.action != "raise"
        ):
            continue
        way = (
            f"raise {outcome.text.split('(')[0]}(str(error)) from error"
            if outcome.action == "raise"
            else outcome.statement
        )
        caught = f"except {error} as error:" if outcome.action == "raise" else f"except {error}:"
        yield Idea(
            (tried(site, statement, caught, way),),
            f"{error} there makes `{site.function_name}` {_verb(outcome.action)} {outcome.text}.",
            behaviour(site, outcome),
            outcome.weight + (0.4 if outcome.action == "raise" else -0.6),  # leaving in silence hides more
            outcome.reasons,
        )


def _verb(action: str) -> str:
    return {"return": "return", "raise": "raise", "continue": "go on with the next item"}[action]


def tried(site: Site, statement: cst.CSTNode, caught: str, *way: str) -> Edit:
    """The statement's lines under `try:`, and the handler."""
    first, last = site.file.lines(statement)
    start, end = site.file.line_start(first), site.file.line_start(last + 1)
    indent, unit, newline = site.file.indent(statement), site.file.unit, site.file.newline
    lines = site.file.text[start:end].splitlines(keepends=True)
    deeper = "".join(unit + line if line.strip() else line for line in lines)
    if not deeper.endswith(("\n", "\r")):
        deeper += newline
    handler = "".join(f"{indent}{unit}{line}{newline}" for line in way)
    return Edit(start, end, f"{indent}try:{newline}{deeper}{indent}{caught}{newline}{handler}")


def shown(node: cst.CSTNode) -> str:
    return code(node).strip()
