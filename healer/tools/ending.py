"""finish: the structured answer, and the patch that the service makes from the overlay."""

from __future__ import annotations

from healer.case import Cost, Patch
from healer.diffing import unified
from healer.errors import Refused
from healer.policy import Decision
from healer.protocols import Written
from healer.tools.answer import Answer
from healer.tools.base import Tool, ToolError
from healer.tools.desk import Desk
from triage.sanitize import clean


def finish(desk: Desk, given: Answer) -> str:
    known = {answer.id for answer in desk.evidence.answers}
    if unknown := [cite for cite in given.cites if cite not in known]:
        raise ToolError(
            "no_such_evidence", f"{', '.join(unknown)[:100]}: cite only ids that `evidence` lists"
        )
    test = () if desk.reproduction.reproduced else desk.tried  # where there is none, a test is an answer
    changed = (*desk.changed, *test)
    if given.outcome == "fixed" and not changed:
        raise ToolError("nothing_changed", "no file is changed; edit first, or finish with gave_up")
    desk.answer = given
    return "the answer is taken; the service proves it by itself"


def patch(desk: Desk, agent: str, cost: Cost) -> Patch:
    """The proposal of a finished run. Raises Refused where there is none."""
    given = desk.answer
    if given is None:
        raise Refused("no_answer", "The agent ended without an answer.")
    if given.outcome == "gave_up":
        said = (given.root_cause, given.explanation, *refusals(desk.denied))
        raise Refused("gave_up", clean(" ".join(said)).text)
    files = {path: desk.overlay[path] for path in desk.changed}
    before = {path: desk.source.read(path) for path in files}
    return Patch(
        reproduction=desk.reproduction,
        files=files,
        diff=unified(before, files),
        agent=agent,
        explanation=clean(f"{given.root_cause} {given.explanation}").text,
        rationale=tuple(clean(line).text for line in (*reasons(given), *refusals(desk.denied))),
        confidence=given.confidence,
        cost=cost,
        asked=desk.asked,
    )


def written(desk: Desk, agent: str, cost: Cost) -> Written:
    """The test of a finished run. Raises Refused where there is none, or more than one."""
    if desk.answer is None:
        raise Refused("no_answer", "The agent ended without an answer.")
    if desk.answer.outcome == "gave_up" or len(desk.tried) != 1:
        said = (
            f"{len(desk.tried)} test files were written.",
            desk.answer.root_cause,
            desk.answer.explanation,
        )
        raise Refused("no_test", clean(" ".join(said)).text)
    return Written(source=desk.overlay[desk.tried[0]], agent=agent, cost=cost)


def reasons(given: Answer) -> tuple[str, ...]:
    cited = (f"shown by {', '.join(given.cites)}",) if given.cites else ()
    ruled_out = tuple(f"not: {h.hypothesis} ({h.why_rejected})" for h in given.rejected)
    return (*cited, *ruled_out, f"risk as the agent sees it: {given.risk}")


def refusals(denied: tuple[Decision, ...]) -> tuple[str, ...]:
    """What the policy refused in this run, for the people who read the proposal."""
    said = dict.fromkeys(f"{d.tool[:40]} {d.subject[:80]} ({d.code})" for d in denied)
    shown = ", ".join(list(said)[:5]) + (" …" if len(said) > 5 else "")
    return (f"{len(denied)} calls outside the agent's scope were refused: {shown}",) if said else ()


FINISH = Tool("finish", "End the run with your answer. Call it once, last.", Answer, finish)
