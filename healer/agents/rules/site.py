"""The place of a crash: function, statement, the expressions on the line, and what is known of values."""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import libcst as cst
import re2

from healer.agents.rules.contract import outcomes
from healer.agents.rules.crash import Crash
from healer.agents.rules.outcome import Outcome
from healer.agents.rules.repository import Repository
from healer.agents.rules.syntax import Edit, File, Statement, T, code, dotted, walk
from triage.noun import Json


@dataclass(frozen=True)
class Site:
    """One in-app frame of the crash. `depth` 0 is the innermost."""

    file: File
    crash: Crash
    line: int
    function_name: str  # co_name, unqualified
    values: Mapping[str, Json]
    repository: Repository = field(repr=False)
    python: tuple[int, int] = (3, 11)
    depth: int = 0
    inner: Site | None = field(default=None, repr=False)  # the next frame towards the crash
    foreign: bool = False  # the exception was raised below this frame, in code that is not the project's
    callers: tuple[tuple[str, int], ...] = ()  # (path, line) of the in-app frames above, outermost first
    frames: tuple[tuple[str, Mapping[str, Json]], ...] = ()  # (function, locals) of the in-app frames
    _outcomes: dict[str, list[Outcome]] = field(default_factory=dict, repr=False, compare=False)

    # -- where -------------------------------------------------------------------------------------------

    @cached_property
    def function(self) -> cst.FunctionDef | None:
        """The innermost def that holds the line."""
        holding = [f for f in self.file.find(cst.FunctionDef) if self.holds(f)]
        return max(holding, key=lambda f: self.file.lines(f)[0], default=None)

    @cached_property
    def klass(self) -> cst.ClassDef | None:
        holding = [c for c in self.file.find(cst.ClassDef) if self.holds(c)]
        return max(holding, key=lambda c: self.file.lines(c)[0], default=None)

    @cached_property
    def statement(self) -> Statement | None:
        """The innermost statement on the line; of a compound one the header is meant."""
        kinds = (cst.SimpleStatementLine, cst.BaseCompoundStatement)
        nodes = self.file.everything()
        holding = [s for s in nodes if isinstance(s, kinds) and self.holds(s)]
        return max(holding, key=lambda s: self.file.lines(s)[0], default=None)

    @cached_property
    def initialiser(self) -> cst.FunctionDef | None:
        """`__init__` of the class around."""
        if self.klass is None:
            return None
        body = self.klass.body.body
        return next((n for n in body if isinstance(n, cst.FunctionDef) and n.name.value == "__init__"), None)

    @property
    def small(self) -> cst.BaseSmallStatement | None:
        """The simple statement of the line, where there is exactly one."""
        found = [n for n in self._nodes() if isinstance(n, cst.BaseSmallStatement)]
        return found[0] if len(found) == 1 else None

    def holds(self, node: cst.CSTNode) -> bool:
        first, last = self.file.lines(node)
        return first <= self.line <= last

    def on_line(self, *kinds: type[T]) -> list[T]:
        """Nodes of these kinds in the statement that touch the line, inner ones last. Where none does, those
        on the other lines of a simple statement: a call is told by the line where it begins."""
        return [n for n in self._nodes() if isinstance(n, kinds)] or self.beside(*kinds)

    def beside(self, *kinds: type[T]) -> list[T]:
        """Nodes of these kinds on any line of a simple statement."""
        if not isinstance(self.statement, cst.SimpleStatementLine):
            return []
        return [n for n in walk(self.statement) if isinstance(n, kinds) and n in self.file]

    def _nodes(self) -> list[cst.CSTNode]:
        if self.statement is None:
            return []
        nodes = walk(self.statement, blocks=False)
        return [n for n in nodes if n is not self.statement and n in self.file and self.holds(n)]

    # -- what is known -----------------------------------------------------------------------------------

    def value(self, node: cst.CSTNode) -> Json:
        """The event's value of an expression: repr text or container; `...` text where it is not known."""
        if isinstance(node, cst.Name):
            return _shown(self.values.get(node.value, UNKNOWN))
        if isinstance(node, cst.Subscript) and len(node.slice) == 1:
            holder, index = self.value(node.value), node.slice[0].slice
            if isinstance(holder, dict) and isinstance(index, cst.Index) and holder:
                key = literal(index.value)
                return _shown(holder.get(key, UNKNOWN)) if isinstance(key, str) else UNKNOWN
        return UNKNOWN

    def known(self, node: cst.CSTNode) -> bool:
        return self.value(node) != UNKNOWN

    def may_be_none(self, node: cst.CSTNode) -> bool:
        if isinstance(
            node,
            (
                cst.SimpleString,
                cst.Integer,
                cst.Float,
                cst.List,
                cst.Dict,
                cst.Tuple,
                cst.Set,
                cst.FormattedString,
                cst.ConcatenatedString,
                cst.ListComp,
                cst.DictComp,
            ),
        ):
            return False
        value = self.value(node)
        return value in ("None", UNKNOWN, None)

    def is_none(self, node: cst.CSTNode) -> bool:
        return self.value(node) == "None"

    def python_value(self, node: cst.CSTNode) -> object:
        """The value where the event shows it as a literal, else `UNKNOWN`. Nothing is evaluated."""
        shown = self.value(node)
        if not isinstance(shown, str) or shown == UNKNOWN:
            return UNKNOWN if shown == UNKNOWN else shown
        try:
            return ast.literal_eval(shown)
        except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
            return UNKNOWN

    # -- editing -----------------------------------------------------------------------------------------

    def source(self, node: cst.CSTNode) -> str:
        return self.file.source(node)

    def parsed(self, node: cst.BaseExpression) -> ast.expr:
        """The same expression as `ast` has it."""
        return ast.parse(f"({self.source(node)})", mode="eval").body

    def replace(self, node: cst.CSTNode, text: str) -> Edit:
        start, end = self.file.span(node)
        return Edit(start, end, text)

    def before(self, statement: cst.CSTNode, *lines: str) -> Edit:
        """Insert lines above a statement, at its indentation. `\\t` in a line stands for one more level."""
        return self._insert(
            self.file.line_start(self.file.lines(statement)[0]), self.file.indent(statement), lines
        )

    def after(self, statement: cst.CSTNode, *lines: str) -> Edit:
        at = self.file.line_start(self.file.lines(statement)[1] + 1)
        edit = self._insert(at, self.file.indent(statement), lines)
        if at and self.file.text[at - 1] not in "\r\n":
            return Edit(at, at, self.file.newline + edit.text.rstrip("\r\n"))
        return edit

    def _insert(self, at: int, indent: str, lines: tuple[str, ...]) -> Edit:
        unit, newline = self.file.unit, self.file.newline
        text = "".join((indent + line.replace("\t", unit) if line else "") + newline for line in lines)
        return Edit(at, at, text)

    def importing(self, statement: str) -> tuple[Edit, ...]:
        """Add an import below the others, unless it is there already."""
        module, body = self.file.module, self.file.module.body
        if any(code(line).strip() == statement for line in module.body):
            return ()
        if (beside := self._joined_import(statement)) is not None:
            return (beside,)
        imports = [s for s in body if _is_import(s)]
        if imports:
            if "__future__" in statement:
                return (self.before(imports[0], statement),)
            return (self.after(_last_leading(imports, body), statement),)
        first = next((s for s in body if not is_docstring(s)), None)
        return (self.before(first, statement, ""),) if first is not None else ()

    def _joined_import(self, statement: str) -> Edit | None:
        """`from m import a` grows to `from m import a, b`."""
        head, _, name = statement.partition(" import ")
        for node in self.file.find(cst.ImportFrom):
            text = self.file.source(node)
            if (
                text.startswith(f"{head} import ")
                and not isinstance(node.names, cst.ImportStar)
                and "(" not in text
            ):
                at = self.file.span(node)[1]
                return Edit(at, at, f", {name}")
        return None

    @property
    def insertable(self) -> Statement | None:
        """The statement before which a guard may stand: not the middle of an if/elif chain.

        Before a `while` it is asked only once; whether that is enough, a trial tells."""
        statement = self.statement
        if statement is None or isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
            return None
        if isinstance(statement, cst.If) and isinstance(self.file.parent(statement), cst.If):
            return None
        return statement

    @property
    def loop(self) -> cst.For | cst.While | None:
        """The innermost loop around the statement, inside the function."""
        if self.statement is None:
            return None
        for above in self.file.ancestors(self.statement):
            if isinstance(above, (cst.For, cst.While)):
                return above
            if isinstance(above, cst.FunctionDef):
                return None
        return None

    def names_above(self) -> set[str]:
        """Names bound in the function: parameters and assignments."""
        if self.function is None:
            return set()
        found = {p.name.value for p in walk(self.function.params) if isinstance(p, cst.Param)}
        for node in walk(self.function.body):
            if isinstance(node, (cst.AssignTarget, cst.For, cst.CompFor, cst.AnnAssign)):
                found |= {n.value for n in walk(node.target) if isinstance(n, cst.Name)}
            if isinstance(node, cst.AsName):
                found |= {n.value for n in walk(node.name) if isinstance(n, cst.Name)}
            if isinstance(node, cst.NamedExpr):
                found |= {n.value for n in walk(node.target) if isinstance(n, cst.Name)}
        return found

    def definition(self, name: str) -> cst.Assign | None:
        """The last plain assignment `name = …` above the line in the function."""
        if self.function is None:
            return None
        found = None
        for node in walk(self.function.body):
            if not isinstance(node, cst.Assign) or self.file.lines(node)[0] >= self.line:
                continue
            if any(dotted(t.target) == name for t in node.targets):
                found = node
        return found

    def parameters(self) -> list[str]:
        if self.function is None:
            return []
        params = self.function.params
        return [p.name.value for p in (*params.posonly_params, *params.params, *params.kwonly_params)]

    def outcomes(self, subject: str) -> list[Outcome]:
        """What this function should do where `subject` is absent, by its contract, best first."""
        if subject not in self._outcomes:
            self._outcomes[subject] = outcomes(
                self.repository, self.file.path, self.function_name, self.line, subject, self.callers
            )
        return self._outcomes[subject]


UNKNOWN = "…unknown…"
_HIDDEN = re2.compile(r"\[(?:Filtered|[a-z]+(?::[a-z0-9-]+)+)\]")


def _shown(value: Json) -> Json:
    """A value that was taken out of the event is not known."""
    return UNKNOWN if isinstance(value, str) and _HIDDEN.fullmatch(value) else value


def literal(node: cst.CSTNode) -> object:
    """The value of a literal expression, else UNKNOWN."""
    try:
        return ast.literal_eval(code(node).strip())
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return UNKNOWN


def _is_import(statement: cst.CSTNode) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and isinstance(
        statement.body[0], (cst.Import, cst.ImportFrom)
    )


def is_docstring(statement: cst.CSTNode) -> bool:
    return (
        isinstance(statement, cst.SimpleStatementLine)
        and isinstance(statement.body[0], cst.Expr)
        and isinstance(statement.body[0].value, (cst.SimpleString, cst.ConcatenatedString))
    )


def _last_leading(imports: Sequence[cst.CSTNode], body: Sequence[cst.CSTNode]) -> cst.CSTNode:
    """The last import of the first unbroken run; imports further down may stand there for a reason."""
    last = imports[0]
    for statement in body[body.index(imports[0]) :]:
        if not _is_import(statement):
            break
        last = statement
    return last
