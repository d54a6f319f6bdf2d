"""One file as a syntax tree with places. Edits splice the text, so formatting survives as it stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar, cast

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, ParentNodeProvider, PositionProvider

from triage.python import MARK, parsed

T = TypeVar("T", bound=cst.CSTNode)
Function = cst.FunctionDef | cst.Lambda
Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement


@dataclass(frozen=True, order=True)
class Edit:
    """Replace text[start:end]. Offsets in characters."""

    start: int
    end: int
    text: str


def apply(text: str, edits: tuple[Edit, ...]) -> str:
    """All edits at once, given against the same text. Insertions at one place keep their order."""
    for edit in sorted(enumerate(edits), key=lambda pair: (pair[1].start, pair[0]), reverse=True):
        text = text[: edit[1].start] + edit[1].text + text[edit[1].end :]
    return text


def line_edit(text: str, number: int, line: str) -> Edit:
    """Insert a line above line `number` (from 1) of the text, or at its end."""
    lines = text.splitlines(keepends=True)
    first = beginning(text)
    at = max(first, sum(map(len, lines[: number - 1])))
    newline = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    before = "" if at == first or text[at - 1] in "\r\n" else newline
    return Edit(at, at, f"{before}{line}{newline}")


def beginning(text: str) -> int:
    """Offset of the first line's first character: it stands behind an editor's mark."""
    return len(MARK) if text.startswith(MARK) else 0


def parses(text: str) -> bool:
    """By this interpreter's own parser, which is quick, or by libcst's, which knows newer syntax."""
    if parsed(text) is not None:
        return True
    try:
        cst.parse_module(text)
    except cst.ParserSyntaxError:
        return False
    return True


class File:
    """A parsed file. Lines count from 1, columns from 0."""

    def __init__(self, path: str, text: str) -> None:
        """Raises libcst.ParserSyntaxError where the text is not Python."""
        self.path, self.text = path, text
        self.module = cst.parse_module(text)
        self._wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)

    @cached_property
    def _ranges(self) -> Mapping[cst.CSTNode, CodeRange]:
        return cast(Mapping[cst.CSTNode, CodeRange], self._wrapper.resolve(PositionProvider))

    @cached_property
    def _parents(self) -> Mapping[cst.CSTNode, cst.CSTNode]:
        return cast(Mapping[cst.CSTNode, cst.CSTNode], self._wrapper.resolve(ParentNodeProvider))

    @cached_property
    def _starts(self) -> list[int]:
        """Offset of each line, as libcst counts lines: ended by LF, CRLF or CR."""
        starts, at = [beginning(self.text)], 0
        while at < len(self.text):
            if self.text[at] == "\n" or (self.text[at] == "\r" and self.text[at + 1 : at + 2] != "\n"):
                starts.append(at + 1)
            at += 1
        return starts

    def range(self, node: cst.CSTNode) -> CodeRange:
        return self._ranges[node]

    def lines(self, node: cst.CSTNode) -> tuple[int, int]:
        place = self._ranges[node]
        return place.start.line, place.end.line

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset."""
        place = self._ranges[node]
        return (
            self._starts[place.start.line - 1] + place.start.column,
            self._starts[place.end.line - 1] + place.end.column,
        )

    def line_start(self, line: int) -> int:
        return self._starts[line - 1] if line <= len(self._starts) else len(self.text)

    def source(self, node: cst.CSTNode) -> str:
        start, end = self.span(node)
        return self.text[start:end]

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        return self._parents.get(node)

    def ancestors(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def enclosing(self, node: cst.CSTNode, *kinds: type[T]) -> T | None:
        return next((n for n in self.ancestors(node) if isinstance(n, kinds)), None)

    def __contains__(self, node: cst.CSTNode) -> bool:
        return node in self._ranges

    def everything(self) -> Iterator[cst.CSTNode]:
        return iter(self._parents)

    def find(self, *kinds: type[T]) -> Iterator[T]:
        """Every node of these kinds, in source order."""
        return (n for n in self._parents if isinstance(n, kinds))

    def indent(self, node: cst.CSTNode) -> str:
        start = self.line_start(self.lines(node)[0])
        line = self.text[start : self.span(node)[0]]
        return line[: len(line) - len(line.lstrip())]

    @property
    def newline(self) -> str:
        return self.module.default_newline

    @property
    def unit(self) -> str:
        return self.module.default_indent


def walk(node: cst.CSTNode, *, blocks: bool = True) -> Iterator[cst.CSTNode]:
    """The node and all below it, outer first; without `blocks`, without bodies of compound statements."""
    yield node
    for child in node.children:
        if blocks or not isinstance(child, cst.IndentedBlock):
            yield from walk(child, blocks=blocks)


def code(node: cst.CSTNode) -> str:
    return cst.Module([]).code_for_node(node)


def dotted(node: cst.CSTNode) -> str:
    """`a.b.c` of a name or attribute chain, else ''."""
    if isinstance(node, cst.Name):
        return node.value
    if isinstance(node, cst.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr.value}" if head else ""
    return ""


def atom(node: cst.BaseExpression, text: str) -> str:
    """`text` of the node, in parentheses where an operator beside it could tear it apart.

    (The place of a node does not hold its own parentheses.)"""
    loose = (
        cst.BinaryOperation,
        cst.BooleanOperation,
        cst.UnaryOperation,
        cst.Comparison,
        cst.IfExp,
        cst.Lambda,
        cst.NamedExpr,
        cst.Await,
        cst.Yield,
        cst.GeneratorExp,
        cst.ConcatenatedString,
        cst.StarredElement,
    )
    return f"({text})" if isinstance(node, (*loose, cst.Tuple)) else text
