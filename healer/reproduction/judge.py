"""Did a test raise what production raised, where production raised it?"""

from __future__ import annotations

from dataclasses import dataclass

from healer.case import Diagnosis, Raised, Run
from healer.reproduction.calls import Candidate
from healer.reproduction.text import similar


@dataclass(frozen=True)
class Hit:
    """A candidate that reproduced, and how closely."""

    candidate: Candidate
    raised: Raised
    same_line: bool
    same_message: bool


def shows(diagnosis: Diagnosis, raised: Raised) -> bool:
    """The same exception type, at the incident's in-app frame: path and function of the innermost frame."""
    frames = [f for f in raised.frames if f.path != raised.test.partition("::")[0]]
    wanted = diagnosis.signature
    if not frames or _last_name(raised.exception) != _last_name(wanted.exception):
        return False
    last = (frames[-1].path, frames[-1].function.split(".")[-1])
    return last == (wanted.path, wanted.function.split(".")[-1]) or last in wanted.circle


def hit(diagnosis: Diagnosis, candidate: Candidate, raised: Raised) -> Hit | None:
    if not shows(diagnosis, raised) or _another_key(diagnosis, raised):
        return None
    wanted = diagnosis.signature
    line = raised.frames[-1].line
    return Hit(
        candidate, raised, not wanted.line or line == wanted.line, similar(raised.message, wanted.message)
    )


def _another_key(diagnosis: Diagnosis, raised: Raised) -> bool:
    """`env["A"] + state["b"]` failed at the other key of its line than production's."""
    wanted, line = diagnosis.signature, diagnosis.located[-1].frame.context_line
    if wanted.exception != "KeyError" or raised.message == wanted.message or not wanted.message:
        return False
    return raised.message[1:-1] in line and wanted.message[1:-1] in line


def rank(found: Hit) -> tuple[int, ...]:
    """Lower is better: the same line and message, little invented, then the outermost frame."""
    candidate = found.candidate
    mocked = candidate.invented >= 4
    return (
        not found.same_line,
        not found.same_message,
        mocked,
        candidate.how != "request",
        candidate.depth,
        candidate.invented,
        -len(candidate.setup),  # the same tomorrow as today
    )


def raised_by(run: Run, function: str) -> Raised | None:
    return next((r for r in run.raised if r.test.rpartition("::")[2].split("[")[0] == function), None)


def _last_name(exception: str) -> str:
    return exception.rpartition(".")[2]
