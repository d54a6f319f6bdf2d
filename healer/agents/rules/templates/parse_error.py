"""An error from below in code whose contract names its own: translate it, or answer as siblings do."""

from __future__ import annotations

import builtins
from collections.abc import Iterator
from dataclasses import replace

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.contract import ANSWERS_MALFORMED, STAND_INS, of_emptiness
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import family, kinds_of, translated, tried_already
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, dotted, walk

KINDS = frozenset(
    {
        Kind.JSON_PARSE,
        Kind.NUMBER_PARSE,
        Kind.ISO_DATE,
        Kind.PADDING,
        Kind.DECODE,
        Kind.ENCODE,
        Kind.KEY,
        Kind.INDEX,
        Kind.ABSENT_ITEM,
        Kind.DIVISION,
        Kind.REGEX,
        Kind.RECURSION,
        Kind.OTHER,
        Kind.EMPTY_SEQUENCE,
        Kind.EMPTY_POP,
        Kind.TOO_FEW_VALUES,
        Kind.TOO_MANY_VALUES,
        Kind.NOT_INTEGER,
        Kind.UNHASHABLE,
        Kind.NO_FILE,
    }
)
# One call that reads a text has many ways to say that it cannot.
READ = frozenset({Kind.NUMBER_PARSE, Kind.ISO_DATE, Kind.JSON_PARSE, Kind.DECODE, Kind.PADDING})
MALFORMED = 1.8  # log-odds: a default stands for what is absent, not for what is wrong and could be refused
KEPT = 2.0
OWN_SLIP = 1.5  # log-odds: a wrong type is seldom bad input that could be refused, mostly our own mistake
SLIPS = frozenset({"TypeError", "AttributeError"})
ALLOWED = 3.5  # log-odds: how many there may be is asked above, so this many are allowed
WORKED_OUT = 2.0  # log-odds: what the function itself worked out is no input to refuse
CONDEMNS = 2.0  # log-odds: one of many that cannot be read seldom takes all the others with it
NOT_GIVEN = 1.8  # log-odds: what stands for nothing is absent, not wrong, and seldom condemns the rest
PLACEHOLDERS = frozenset({"", "-", "--", "?", "n/a", "na", "none", "null", "nan", "unknown"})
# Log-odds against a handler where a test beforehand is the habit, or where the cause lies elsewhere
GUARDED = {
    Kind.DIVISION: 2.0,
    Kind.RECURSION: 3.0,
    Kind.INDEX: 1.6,
    Kind.EMPTY_SEQUENCE: 1.2,
    Kind.EMPTY_POP: 0.6,
}
# Beside the builtin ones: the module to import it from
KNOWN = {"InvalidOperation": "decimal", "error": "re", "PatternError": "re", "Error": "binascii"}


def ideas(site: Site) -> Iterator[Idea]:
    if isinstance(site.small, cst.Raise) and not site.foreign and not site.depth:
        return
    if isinstance(site.small, cst.Assign) and isinstance(site.small.value, cst.GeneratorExp):
        return  # a handler around what makes a generator sees nothing of it
    error, imports = written(site)
    if not error or (tried_already(site) is not None and _meant(site, error)):
        return  # where it is tried already, the answer is there, and `except_other` gives it
    calls = site.on_line(cst.Call)
    subject = site.source(calls[0].args[0].value) if calls and calls[0].args else ""
    absent = site.crash.kind is Kind.NUMBER_PARSE and not_given(site.crash.words.get("value"))
    refuses = any(o.action == "raise" and o.weight > 0 for o in site.outcomes(subject))
    counted = site.crash.kind is Kind.INDEX and _counted(site)
    for idea in translated(site, error, subject):
        if site.depth and not own_kind(site, idea, error):
            continue
        named = any("its docstring" in reason for reason in idea.reasons)
        doubt = 0.0 if named else GUARDED.get(site.crash.kind, 0.0)
        doubt += OWN_SLIP if counted and not named else 0.0
        doubt += OWN_SLIP if site.crash.type in SLIPS and idea.behaviour.startswith("raise") else 0.0
        doubt += ALLOWED if allowed(site) else 0.0
        doubt += WORKED_OUT if worked_out(site) or isinstance(site.small, cst.Del) else 0.0
        doubt += NOT_GIVEN if absent and _rejects(site, idea) else 0.0
        told = any(reason.startswith(ANSWERS_MALFORMED) for reason in idea.reasons)
        empty = site.crash.kind is Kind.KEY and any(map(of_emptiness, idea.reasons))
        doubt += (
            KEPT
            if (kept(site, idea) and not told) or (empty and not idea.behaviour.startswith("raise"))
            else 0.0
        )
        doubt += CONDEMNS if idea.behaviour.startswith("return") and _of_many(site) else 0.0
        doubt += MALFORMED if refuses and idea.behaviour.removeprefix("return ") in STAND_INS else 0.0
        yield replace(idea, edits=(*idea.edits, *imports), bonus=idea.bonus - doubt)


def _meant(site: Site, error: str) -> bool:
    """Whether a handler around is of the kind of this error, or the error is a reader's of text."""
    around = tried_already(site)
    kinds = [kind for handler in around.handlers for kind in kinds_of(handler.type)] if around else []
    kin = any(family(error) & family(kind) for kind in kinds)
    return site.crash.kind in READ or kin or (site.foreign and bool(kinds))


def _of_many(site: Site) -> bool:
    """Whether the line works through several: `sorted(found, key=lambda …)`, `[int(x) for x in words]`."""
    return bool(site.on_line(cst.Lambda, cst.ListComp, cst.SetComp, cst.DictComp, cst.GeneratorExp))


def _counted(site: Site) -> bool:
    """Whether an index on the line is a loop's own counter: what it runs past is not the input's fault."""
    if site.loop is None or not isinstance(site.loop, cst.For):
        return False
    counters = {n.value for n in walk(site.loop.target) if isinstance(n, cst.Name)}
    indexes = (n for node in site.on_line(cst.Subscript) for part in node.slice for n in walk(part))
    return any(isinstance(n, cst.Name) and n.value in counters for n in indexes)


def allowed(site: Site) -> bool:
    """`if len(fields) < 3: raise …` above `a, b, c, d = fields`."""
    if site.crash.kind not in (Kind.TOO_FEW_VALUES, Kind.TOO_MANY_VALUES) or site.function is None:
        return False
    taken = {site.source(assign.value) for assign in site.on_line(cst.Assign)}
    tests = (n.test for n in walk(site.function.body) if isinstance(n, cst.If) and n in site.file)
    asked = (call for test in tests for call in walk(test) if isinstance(call, cst.Call) and call.args)
    return any(dotted(call.func) == "len" and site.source(call.args[0].value) in taken for call in asked)


def worked_out(site: Site) -> bool:
    """`day.replace(day=day.day + 1)`: a call that refuses a sum is not reading what came from outside."""
    if site.crash.kind is not Kind.OTHER or site.crash.type != "ValueError":
        return False
    given = [arg.value for call in site.on_line(cst.Call) for arg in call.args]
    return any(isinstance(value, cst.BinaryOperation) and _is_sum(value) for value in given)


def _is_sum(node: cst.BinaryOperation) -> bool:
    text = (cst.SimpleString, cst.FormattedString)
    return isinstance(node.operator, (cst.Add, cst.Subtract)) and not isinstance(node.left, text)


def own_kind(site: Site, idea: Idea, error: str) -> bool:
    """Whether it raises the caller's own error, which is a kind of this one."""
    name = idea.behaviour.removeprefix("raise ").rpartition(".")[2]
    return idea.behaviour.startswith("raise ") and site.repository.derives(name, error)


def kept(site: Site, idea: Idea) -> bool:
    """Whether this answer is given already, by a branch above that asks for what is absent: what comes as
    far as here is there, and is wrong."""
    text = idea.behaviour.removeprefix("return ")
    if not idea.behaviour.startswith("return ") or site.function is None or site.crash.kind is Kind.KEY:
        return False
    for node in walk(site.function.body):
        if isinstance(node, cst.If) and node in site.file and site.file.lines(node)[1] < site.line:
            first = node.body.body[0]
            told = site.source(first).strip().replace('"', "'")
            if told in {f"return {text}".replace('"', "'"), "return" if text == "None" else "?"}:
                return True
    return False


def not_given(text: str | None) -> bool:
    """Whether people write this where they have nothing to write."""
    return text is not None and text.strip().lower() in PLACEHOLDERS


def _rejects(site: Site, idea: Idea) -> bool:
    """Whether the idea gives up more than the one value: it raises, or leaves where several are read."""
    return idea.behaviour.startswith("raise") or len(site.on_line(cst.Call)) > 1


def written(site: Site) -> tuple[str, tuple[Edit, ...]]:
    """How the crash's exception is named in this file, with the import that takes; "" where it cannot be."""
    name = site.crash.type
    if isinstance(getattr(builtins, name, None), type):
        return name, ()
    if name == "JSONDecodeError":
        return "ValueError", ()  # what it derives from, and what every JSON library raises
    module, known = KNOWN.get(name, ""), module_names(site.file.module)
    if not module:
        return (name if name in known else ""), ()
    if name in known and name[0].isupper():
        return name, ()
    if module in known:
        return f"{module}.{name}", ()
    return (name, site.importing(f"from {module} import {name}")) if name == "InvalidOperation" else ("", ())


TEMPLATE = Template("parse_error", KINDS, -0.9, ideas, outer=True)
