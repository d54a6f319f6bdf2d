"""What the event log shows reaches people, whether something is proposed or not."""

from __future__ import annotations

from benchmarks.agent_case import brief_of
from healer.case import Declined
from healer.stages.notify import tell
from triage.incident import Finding


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
