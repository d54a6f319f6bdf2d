"""Is a run red, green, nothing worse? Each answer is "" or the reason in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from healer.case import Outcome, Raised, Run, Signature
from healer.proving.claim import Claim

BAD = frozenset({Outcome.FAILED, Outcome.ERROR})
_MAY_BECOME = {
    Outcome.PASSED: {Outcome.PASSED},
    Outcome.SKIPPED: {Outcome.SKIPPED, Outcome.PASSED},
    Outcome.XFAILED: {Outcome.XFAILED, Outcome.XPASSED, Outcome.PASSED},
    Outcome.XPASSED: {Outcome.XPASSED, Outcome.PASSED},
}


def ids_of(run: Run, test: str) -> tuple[str, ...]:
    """The node ids of `test`: itself, its parameters, or all inside where it is a class or a file."""
    return tuple(sorted(t for t in run.outcomes if t == test or t.startswith((test + "[", test + "::"))))


def not_red(run: Run, claim: Claim) -> str:
    if not run.usable:
        return f"the run cannot be trusted: {run.why}"
    failing = [t for t in ids_of(run, claim.test) if run.outcomes[t] in BAD]
    if not failing:
        collected = "passed" if ids_of(run, claim.test) else "was not collected"
        return f"{claim.test} {collected} on base"
    raised = {r.test: r for r in run.raised}
    for test in failing:
        if test not in raised:
            return f"{test} failed without an exception that could be seen"
        if reason := mismatch(raised[test], claim.signature, claim.test_path):
            return reason
    return ""


def mismatch(raised: Raised, signature: Signature, test_path: str) -> str:
    """Why the exception is not the incident's: another type, another place, or made by the test itself."""
    wanted = signature.exception.rpartition(".")[2]
    if raised.exception.rpartition(".")[2] != wanted:
        return f"the test raises {raised.exception}, the incident {wanted}"
    if not raised.frames:
        return f"{wanted} was raised outside the tree"
    last = raised.frames[-1]
    if last.path == test_path:
        return f"{wanted} was raised by the test itself, not by the product"
    if not signature.ends([(f.path, plain(f.function)) for f in raised.frames]):
        return (
            f"{wanted} was raised in {last.path}, {last.function};"
            f" the incident's is in {signature.path}, {signature.function}"
        )
    return ""


def plain(function: str) -> str:
    return function.rpartition(".")[2]


def not_green(run: Run, claim: Claim, red: Run) -> str:
    if not run.usable:
        return f"the run cannot be trusted: {run.why}"
    before, after = ids_of(red, claim.test), ids_of(run, claim.test)
    if before != after:
        return f"other tests were collected than on base: {', '.join(after) or 'none'}"
    for test in after:
        if run.outcomes[test] is not Outcome.PASSED and run.outcomes[test] not in _ALLOWED_BESIDES:
            return f"{test} {run.outcomes[test]}{because(run, test)}"
        if red.outcomes[test] in BAD and run.outcomes[test] is not Outcome.PASSED:
            return f"{test} is {run.outcomes[test]}, not passed"
    return ""


_ALLOWED_BESIDES = frozenset({Outcome.SKIPPED, Outcome.XFAILED})


def because(run: Run, test: str) -> str:
    found = next((r for r in run.raised if r.test == test), None)
    if found is None:
        return ""
    where = f" in {found.frames[-1].path}:{found.frames[-1].line}" if found.frames else ""
    return f" with {found.exception}: {found.message[:160]}{where}"


@dataclass(frozen=True, slots=True)
class Change:
    """A test whose outcome is not what base had."""

    test: str
    was: Outcome | None  # None: unknown on base
    now: Outcome | None  # None: no longer there

    def __str__(self) -> str:
        return f"{self.test} was {self.was or 'not there'}, is {self.now or 'gone'}"


def worse(base: Run, after: Run) -> tuple[Change, ...]:
    """What a patch may not do to the suite: fail, skip, lose or add tests. A test that is red on base
    already is not held against it, as long as it is still there."""
    changes = []
    for test in sorted(base.outcomes.keys() | after.outcomes.keys()):
        was, now = base.outcomes.get(test), after.outcomes.get(test)
        allowed = now is not None if was in BAD else was is not None and now in _MAY_BECOME[was]
        if not allowed:
            changes.append(Change(test, was, now))
    return tuple(changes)


def better(base: Run, after: Run) -> tuple[str, ...]:
    """Red on base, passed now."""
    return tuple(t for t in base.failed() if after.outcomes.get(t) is Outcome.PASSED)


def rewired(base: Run, after: Run) -> str:
    """Vital parts of the test framework that were replaced with the patch, and not without."""
    gained = sorted(set(after.tampered) - set(base.tampered))
    return f"the test framework was rewired during the run: {', '.join(gained)}" if gained else ""
