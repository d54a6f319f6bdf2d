"""What happened -> Message: the summary a person reads first."""

from __future__ import annotations

from healer.case import Declined, Diagnosis, Healed, Proof, PullRequest, PullState
from healer.protocols import Message
from triage.incident import Incident

ACTIONS = ("approve", "changes", "reject", "person", "snooze")


def tell(incident: Incident, ending: Healed | Declined) -> Message:
    return _healed(incident, ending) if isinstance(ending, Healed) else _declined(incident, ending)


def _healed(incident: Incident, ending: Healed) -> Message:
    remarks = len(ending.review.remarks)
    note = f"{remarks} remark(s) of the review" if remarks else ""
    return _summary(incident, ending.pull_request, ending.proof, "proposed", note=note)


def followed(incident: Incident, pull: PullRequest, proof: Proof, step: str, sentence: str) -> Message:
    """What became of a proposal, above its summary as it is now. `step`: the move's id."""
    message = _summary(incident, pull, proof, step)
    still = pull.state in (PullState.DRAFT, PullState.READY)
    told = {"lines": (sentence, *message.lines), "actions": ACTIONS if still else ()}
    return message.model_copy(update=told)


def _summary(incident: Incident, pull: PullRequest, proof: Proof, step: str, note: str = "") -> Message:
    patch = proof.patch
    return Message(
        key=f"{incident.key}/{step}",
        thread=incident.key,
        project=incident.project,
        title=pull.title,
        link=pull.url,
        lines=(patch.reproduction.diagnosis.cause, patch.explanation, *_safety(incident)),
        facts=(
            *_facts(incident),
            ("proof", f"red → green → red, {len(proof.pass_to_pass)} other tests still pass"),
            ("risk", _risk(proof, note)),
            ("cost", f"${patch.cost.dollars:.4f}"),
        ),
        actions=ACTIONS,
    )


def _risk(proof: Proof, note: str) -> str:
    """What a reviewer should know before looking, in a line."""
    lines = [x for x in proof.patch.diff.splitlines() if not x.startswith(("+++", "---"))]
    added, removed = (sum(x.startswith(sign) for x in lines) for sign in "+-")
    said = [f"{len(proof.patch.files)} file(s), +{added} −{removed}", *proof.flags]
    return ", ".join(filter(None, [*said, note]))


def _declined(incident: Incident, ending: Declined) -> Message:
    return Message(
        key=f"{incident.key}/declined",
        thread=incident.key,
        project=incident.project,
        title=f"For a person: {incident.title}",
        link=incident.event.issue_url,
        lines=(
            ending.reason,
            *_draft(ending),
            *_findings(ending.diagnosis),
            *_suspects(ending.diagnosis),
            *_safety(incident),
        ),
        facts=(*_facts(incident), ("why", ending.code)),
    )


def _draft(ending: Declined) -> tuple[str, ...]:
    return (f"an unproven idea, as a draft: {ending.draft.url}",) if ending.draft else ()


def _facts(incident: Incident) -> tuple[tuple[str, str], ...]:
    event = incident.event
    facts = [("project", incident.project), ("events", str(incident.count)), ("users", str(incident.users))]
    return tuple(facts + [(k, v) for k, v in (("release", event.release), ("env", event.environment)) if v])


def _findings(diagnosis: Diagnosis | None) -> tuple[str, ...]:
    findings = diagnosis.evidence.findings[:3] if diagnosis else ()
    return tuple(f"evidence ({', '.join(finding.cites)}): {finding.text}" for finding in findings)


def _suspects(diagnosis: Diagnosis | None) -> tuple[str, ...]:
    suspects = diagnosis.suspects[:3] if diagnosis else ()
    return tuple(f"suspect: {s.file}:{s.line} {s.function}: {s.why}" for s in suspects)


def _safety(incident: Incident) -> tuple[str, ...]:
    event = incident.event
    lines = []
    if event.flags:
        lines.append(f"the event's text shows signs of prompt injection ({', '.join(event.flags)}), defused")
    if event.redactions:
        kinds = ", ".join(f"{n} × {kind}" for kind, n in sorted(event.redactions.items()))
        lines.append(f"redacted: {kinds}")
    return tuple(lines)
