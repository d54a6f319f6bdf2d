"""run_tests: in the sandbox, by the service. The agent chooses which, never how."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from healer.case import Outcome, Run
from healer.protocols import Trial
from healer.tools.base import Arguments, Tool, ToolError
from healer.tools.desk import Desk
from triage.sanitize import for_model

SECONDS = 120.0
MOST_FAILURES = 10
TAIL = 6000  # characters of output


class RunTests(Arguments):
    tests: tuple[Annotated[str, StringConstraints(min_length=1, max_length=500)], ...] = Field(
        default=(),
        max_length=20,
        description="test files or node ids; empty runs the reproduction of the crash",
    )


def run_tests(desk: Desk, asked: RunTests) -> str:
    made = desk.reproduction
    own = {made.path: made.source} if made.source else {}
    known = (*own, made.test.partition("::")[0], *(p for p in desk.overlay if desk.policy.scratch(p)))
    if not (asked.tests or made.test or desk.tried):
        raise ToolError("no_test", "there is no reproduction yet; write a new test file, or name tests")
    for node in asked.tests:
        desk.allow(desk.policy.selectable("run_tests", node, known))
    trial = Trial(
        name="agent",
        target=desk.diagnosis.target,
        files={**desk.overlay, **own},
        select=asked.tests or ((made.test,) if made.test else desk.tried),
        seconds=min(SECONDS, desk.budget.seconds_left),
    )
    return for_model(told(desk.bench.run(trial)))


def told(run: Run) -> str:
    """Counts first, then each failure with where it was raised, then the end of the output."""
    if not run.usable:
        return f"the run gave no usable result: {run.why}\n{run.output[-TAIL:]}"
    counts = {o.value: sum(v is o for v in run.outcomes.values()) for o in Outcome}
    head = ", ".join(f"{n} {name}" for name, n in counts.items() if n) or "no test ran"
    raised = {one.test: one for one in run.raised}
    lines = [head + (f"; limits hit: {', '.join(run.limits_hit)}" if run.limits_hit else "")]
    for test in run.failed()[:MOST_FAILURES]:
        one = raised.get(test)
        at = f" at {one.frames[-1].path}:{one.frames[-1].line}" if one and one.frames else ""
        lines.append(f"{test}: {one.exception}: {one.message[:300]}{at}" if one else test)
    return "\n".join(lines) + (f"\n\n{run.output[-TAIL:]}" if run.failed() else "")


RUN = Tool(
    "run_tests",
    "Run the reproduction of the crash, or chosen tests, with your edits, in a sandbox.",
    RunTests,
    run_tests,
)
