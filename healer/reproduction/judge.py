"""Did a test raise what production raised, where production raised it?"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from healer.case import Diagnosis, Raised, Run
from healer.reproduction.candidate import Candidate
from healer.reproduction.modules import Function
from healer.reproduction.text import similar

STAND_INS = ("Mock", "SimpleNamespace", "<lambda>")  # in a message: it is about an object of our own
_ATTRIBUTE = re.compile(r"\A'?([\w.]{1,80})'? object has no attribute '(\w{1,80})'")


@dataclass(frozen=True)
class Hit:
    """A candidate that reproduced, and how closely."""

    candidate: Candidate
    raised: Raised
    same_line: bool
    same_message: bool
    same_words: bool  # of the message, values and all
    same_way: bool  # through the same functions as production, from the one that is called on


def shows(diagnosis: Diagnosis, raised: Raised) -> bool:
    """The same exception type, at the incident's in-app frame: path and function of the innermost frame."""
    frames = [f for f in raised.frames if f.path != raised.test.partition("::")[0]]
    wanted = diagnosis.signature
    if not frames or _last_name(raised.exception) != _last_name(wanted.exception):
        return False
    return wanted.ends([(f.path, f.function.split(".")[-1]) for f in frames])


def hit(
    diagnosis: Diagnosis,
    candidate: Candidate,
    raised: Raised,
    stack: tuple[str, ...],
    statement: range = range(0),
) -> Hit | None:
    """None where it is another failure. `stack`: names of production's functions, the outermost first;
    `statement`: lines of the one that failed, empty where the code has moved since."""
    if not shows(diagnosis, raised) or _another(diagnosis, raised):
        return None
    wanted = diagnosis.signature
    line = raised.frames[-1].line
    if statement and not wanted.circle and line not in statement:
        return None
    way = stack[max(candidate.depth, 0) :]
    gone = tuple(frame.function.rpartition(".")[2] for frame in raised.frames)
    return Hit(
        candidate,
        raised,
        same_line=not wanted.line or bool(wanted.circle) or line == wanted.line,
        same_message=similar(raised.message, wanted.message),
        same_words=raised.message == wanted.message,
        same_way=gone[-len(way) :] == way,
    )


def again(diagnosis: Diagnosis, raised: Raised, seen: Hit) -> bool:
    """The failure, on production's line and with its message where it was seen so before."""
    if not shows(diagnosis, raised):
        return False
    wanted = diagnosis.signature
    if wanted.circle:  # where of it the limit is met, and what says so, is chance
        return True
    line = not seen.same_line or not wanted.line or raised.frames[-1].line == wanted.line
    exact = not seen.same_words or raised.message == wanted.message
    return line and exact and (not seen.same_message or similar(raised.message, wanted.message))


def _another(diagnosis: Diagnosis, raised: Raised) -> bool:
    """Whether it speaks of something else than production's: of our own stand-ins, of another attribute."""
    told, wanted = raised.message, diagnosis.signature.message
    if any(word in told and word not in wanted for word in STAND_INS):
        return True
    pair = (_ATTRIBUTE.search(told), _ATTRIBUTE.search(wanted))
    if pair[0] and pair[1]:
        (kind, name), (own_kind, own_name) = pair[0].groups(), pair[1].groups()
        return name != own_name or ("NoneType" in (kind, own_kind) and kind != own_kind)
    return _another_key(diagnosis, raised)


def _another_key(diagnosis: Diagnosis, raised: Raised) -> bool:
    """`env["A"] + state["b"]` failed at the other key of its line than production's."""
    wanted, line = diagnosis.signature, diagnosis.located[-1].frame.context_line
    if wanted.exception != "KeyError" or raised.message == wanted.message or not wanted.message:
        return False
    return raised.message[1:-1] in line and wanted.message[1:-1] in line


def sort(found: Iterable[Hit]) -> list[Hit]:
    """The most faithful first."""
    return sorted(found, key=rank)


def weak(found: Hit) -> bool:
    """Whether a test that says production's words, stands further out, or on less that nobody saw, is worth
    another look: a fix may stand in a caller, and where much is made up, or the words are others, a test
    often fails for another reason after it."""
    candidate = found.candidate
    if not found.same_message:
        return True
    return not _as_written(candidate) and (candidate.depth > 0 or candidate.invented >= 4)


def rank(found: Hit) -> tuple[int, ...]:
    """Lower is better: the same line, message and way there, little invented, then the outermost frame."""
    candidate = found.candidate
    mocked = candidate.invented >= 4
    return (
        not found.same_line,
        not found.same_message,
        not found.same_words,
        not found.same_way,
        mocked,
        candidate.how != "request",
        not _as_written(candidate),
        candidate.depth,
        candidate.invented,
        -len(candidate.setup),  # the same tomorrow as today
    )


def _as_written(candidate: Candidate) -> bool:
    """Whether it is what the caller wrote, with hardly anything made up around it."""
    return candidate.note in {"lines", "quoted"} and candidate.invented < 2


def reports(function: Function | None, line: int) -> bool:
    """Whether the function is there to raise, whatever it is given: called directly it fails with any fix."""
    body = function.node.body if function else []
    return any(
        isinstance(statement, ast.Raise) and statement.lineno <= line <= (statement.end_lineno or 0)
        for statement in body
    )


def otherwise(diagnosis: Diagnosis, tried: int, raised: Sequence[Raised], paths: Container[str]) -> str:
    """What was raised in place of production's exception, and what that means. `paths`: the repository's."""
    at_import = [one for one in raised if one.frames and one.frames[-1].function == "<module>"]
    own = [one for one in at_import if one.frames[-1].path in paths]
    if own and len(own) == len(raised):
        last = own[0].frames[-1]
        said = f"{own[0].exception}: {own[0].message[:200]}".rstrip(": ")
        return f"The code cannot be imported here, so no test can call it: {said} in {last.path}:{last.line}."
    wanted = diagnosis.signature
    named = Counter(
        one.exception + (f" in {one.frames[-1].function}" if one.frames else "") for one in raised
    )
    others = ", ".join(f"{n} raised {what}" for what, n in named.most_common(3)) or "all of them passed"
    told = (
        f"None of {tried} calls rebuilt from the event raised {wanted.exception}"
        f" in {wanted.function} ({others}): "
    )
    same = [one for one in raised if _last_name(one.exception) == _last_name(wanted.exception)]
    where = [one.frames[-1] for one in same if one.frames and similar(one.message, wanted.message)]
    moved = sorted(f"{at.function} ({at.path}:{at.line})" for at in where if at.path in paths)
    if moved:
        return f"{told}the same came from {moved[0]}; if the code has moved since, name the event's commit."
    return f"{told}the state that mattered is not among the recorded locals."


def raised_by(run: Run, function: str) -> Raised | None:
    return next((r for r in run.raised if r.test.rpartition("::")[2].split("[")[0] == function), None)


def _last_name(exception: str) -> str:
    return exception.rpartition(".")[2]
