"""The same line elsewhere in the file would crash in the same way: what mends it there as well."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, Statement

SHORTEST = 12  # characters of a line that is the same by no accident
MOST = 4  # twins; a line that stands more often says little of its values


def twinned(site: Site, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
    """The edits of the crash's own line, done to lines of other functions that read exactly like it; none is
    added where one lies outside that line."""
    if site.statement is None or site.function is None:
        return edits
    start, end = _line(site, site.statement)
    if end - start < SHORTEST or not all(start <= edit.start <= edit.end <= end for edit in edits):
        return edits
    others = list(_alike(site, site.statement, site.file.text[start:end]))
    moved = (other - start for other in (others if len(others) <= MOST else ()))
    return (*edits, *(Edit(edit.start + by, edit.end + by, edit.text) for by in moved for edit in edits))


def _alike(site: Site, statement: Statement, text: str) -> Iterator[int]:
    """Where they begin."""
    for other in site.file.find(type(statement)):
        start, end = _line(site, other)
        if other is not statement and site.file.text[start:end] == text and _apart(site, other):
            yield start


def _apart(site: Site, other: cst.CSTNode) -> bool:
    return site.file.enclosing(other, cst.FunctionDef) is not site.function


def _line(site: Site, statement: cst.CSTNode) -> tuple[int, int]:
    """Start and end of a simple statement, or of the head of another."""
    start, end = site.file.span(statement)
    body = getattr(statement, "body", None)
    if isinstance(body, cst.BaseSuite):
        end = start + len(site.file.text[start : site.file.span(body)[0]].rstrip())
    return start, end
