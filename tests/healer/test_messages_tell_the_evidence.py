"""What the event log shows reaches people, whether something is proposed or not."""

from __future__ import annotations

from benchmarks.agent_case import brief_of
from healer.case import Declined, Patch, Proof, Review
from healer.proposal import body
from healer.stages.notify import tell
from triage.incident import Answer, Evidence, Finding


def test_a_declined_case_tells_what_the_log_shows() -> None:
    diagnosis = brief_of().reproduction.diagnosis
    found = tuple(
        Finding(kind="rate_change", text=f"errors rose ×{n}", cites=(f"E{n}",)) for n in range(2, 7)
    )
    evidence = diagnosis.evidence.model_copy(update={"findings": found})
    diagnosis = diagnosis.model_copy(update={"evidence": evidence})
    lines = tell(diagnosis.incident, Declined(code="unproven", reason="why", diagnosis=diagnosis)).lines
    assert lines[:4] == (
        "why",
        "evidence (E2): errors rose ×2",
        "evidence (E3): errors rose ×3",
        "evidence (E4): errors rose ×4",
    )


def asked(id: str, sql: str, **bindings: str) -> Answer:
    return Answer(id=id, question="q", sql=sql, bindings=dict(bindings), by="agent")


def proposal(*answers: Answer) -> str:
    patch = Patch(
        reproduction=brief_of().reproduction,
        files={},
        diff="",
        agent="model",
        asked=Evidence(answers=answers),
    )
    proof = Proof(patch=patch, base="c" * 40, runs=(), fail_to_pass=("t",), pass_to_pass=())
    return body(proof, Review())


def test_a_statement_is_shown_once_with_what_each_asking_bound() -> None:
    text = proposal(asked("E2", "select %(at)s", at="one"), asked("E3", "select %(at)s", at="two"))
    assert text.count("select %(at)s") == 1
    assert "the statement of E2" in text
    assert "'one'" in text
    assert "'two'" in text


def test_many_long_questions_leave_room_for_the_proof() -> None:
    text = proposal(*(asked(f"E{n}", f"select {n} /* {'x' * 3900} */") for n in range(2, 32)))
    assert len(text) < 40_000
    assert "## Proof" in text
    assert "`healer evidence --sql` prints" in text
    assert "E31." in text
