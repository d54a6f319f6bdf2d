"""Standing -> Move: what people did with a proposal, and how it is answered.

Only people with write access are heard at all (the forge asks for their permission). Nothing here merges.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from healer.case import Proof, PullRequest, PullState
from healer.errors import Refused, undoing_nothing
from healer.protocols import Chronicle, Dialogue, Forge, Heard, Kept, Standing, Tracker
from triage.noun import Noun
from triage.sanitize import clean, inline_github

WORDS = 2_000  # characters of a remark that are listened to
READY = "/ready"


class MoveKind(StrEnum):
    NOTHING = "nothing"
    MERGED = "merged"
    CLOSED = "closed"
    LEARN = "learn"  # the reason of a closed one came later
    HANDS_OFF = "hands_off"  # somebody else pushed
    AMEND = "amend"
    CAPPED = "capped"
    REBASE = "rebase"
    REJECTED = "rejected"
    READY = "ready"
    STALE = "stale"


class Move(Noun):
    kind: MoveKind = MoveKind.NOTHING
    id: str = ""  # of the remark, or our own word for it: done once
    who: str = ""
    text: str = ""  # cleaned


class Manners(Noun):
    amendments: int = 3
    stale_days: int = 14  # 0: never


def decide(standing: Standing, kept: Kept, manners: Manners, now: datetime) -> Move:
    """The one thing to do next."""
    done = set(kept.heard)
    new = [remark for remark in standing.heard if remark.id not in done]
    match standing.pull.state:
        case PullState.MERGED:
            return _once(Move(kind=MoveKind.MERGED, id="merged", who=standing.ended_by), done)
        case PullState.CLOSED:
            return _closed(standing, kept, new)
    if standing.pull.commit != kept.pull.commit:
        return _once(Move(kind=MoveKind.HANDS_OFF, id="hands-off"), done)
    if "hands-off" in done:
        return Move()
    return _wanted(standing, kept, manners, new) or _upkeep(standing, kept, manners, now)


def _closed(standing: Standing, kept: Kept, new: list[Heard]) -> Move:
    said = next((r for r in reversed(new) if r.text.strip()), None)
    why, who = (_words(said.text), said.who) if said else ("", standing.ended_by)
    stale = kept.pull.state is PullState.STALE
    if "closed" not in kept.heard and not stale:
        return Move(kind=MoveKind.CLOSED, id="closed", who=who, text=why)
    if said and (stale or not kept.why):
        return Move(kind=MoveKind.LEARN, id=said.id, who=who, text=why)
    return Move()


def _wanted(standing: Standing, kept: Kept, manners: Manners, new: list[Heard]) -> Move | None:
    """What a person asks for goes first, oldest first."""
    for remark in new:
        if remark.kind == "changes":
            kind = MoveKind.AMEND if kept.amendments < manners.amendments else MoveKind.CAPPED
            return Move(kind=kind, id=remark.id, who=remark.who, text=_words(remark.text))
        if remark.kind == "rejected":
            return Move(kind=MoveKind.REJECTED, id=remark.id, who=remark.who, text=_words(remark.text))
        if remark.kind == "person":
            handed = "This was handed to a person, so Healer leaves it to you."
            return Move(kind=MoveKind.HANDS_OFF, id="hands-off", who=remark.who, text=handed)
        if _says_ready(remark):
            return Move(kind=MoveKind.READY, id=remark.id, who=remark.who)
    return None


def _says_ready(remark: Heard) -> bool:
    return remark.kind == "approved" or remark.text.strip().lower() == READY


def _upkeep(standing: Standing, kept: Kept, manners: Manners, now: datetime) -> Move:
    if standing.conflict:
        return _once(Move(kind=MoveKind.REBASE, id=f"rebase-{standing.base[:12]}"), set(kept.heard))
    if standing.pull.state is not PullState.DRAFT:
        return Move()
    if standing.checks == "green":
        return Move(kind=MoveKind.READY, id=f"green-{standing.pull.commit[:12]}")
    quiet = now - max(standing.quiet_since, kept.snoozed_until or standing.quiet_since)
    if manners.stale_days and quiet > timedelta(days=manners.stale_days):
        return Move(kind=MoveKind.STALE, id="stale", text=f"{quiet.days} days without a word")
    return Move()


def _once(move: Move, done: set[str]) -> Move:
    return Move() if move.id in done else move


def _words(text: str) -> str:
    """What a person wrote becomes a hint and a lesson: cleaned as any other foreign text."""
    return clean(text[: WORDS * 4]).text[:WORDS].strip()


def act(
    move: Move,
    standing: Standing,
    kept: Kept,
    forge: Forge,
    dialogue: Dialogue,
    tracker: Tracker,
    chronicle: Chronicle,
) -> None:
    """Everything but a new change. Done again after a crash, it ends the same way."""
    pull = kept.pull
    match move.kind:
        case MoveKind.MERGED:
            _merged(move, standing, kept, forge, tracker, chronicle)
        case MoveKind.CLOSED:
            _learn(move, standing, kept, dialogue, chronicle)
        case MoveKind.LEARN:
            chronicle.learn("rejected", move.text)
            chronicle.moved(kept.pull.state, move.who, move.text)
        case MoveKind.HANDS_OFF:
            pushed = "Somebody pushed to this branch, so Healer leaves it to you."
            dialogue.answer(pull, "hands-off", move.text or pushed)
        case MoveKind.CAPPED:
            amended = f"This was amended {kept.amendments} times, which is as often as Healer tries."
            dialogue.answer(pull, move.id, f"{amended} It is yours now.")
        case MoveKind.READY:
            ready = forge.update(pull.model_copy(update={"state": PullState.READY}))
            dialogue.ask(ready, kept.proof)
            chronicle.moved(ready.state, move.who)
        case MoveKind.REJECTED:
            closed = forge.close(pull, f"Rejected by {inline_github(move.who)}: {inline_github(move.text)}")
            chronicle.moved(closed.state, move.who, move.text)
        case MoveKind.STALE:
            forge.close(pull, f"Closed after {move.text}; a newer release that fails reopens the case.")
            chronicle.moved(PullState.STALE, "healer", move.text)
    if move.kind is not MoveKind.NOTHING:
        chronicle.heard(move.id, move.who, move.kind.value, "done")


def _merged(
    move: Move, standing: Standing, kept: Kept, forge: Forge, tracker: Tracker, chronicle: Chronicle
) -> None:
    forge.update(kept.pull.model_copy(update={"state": PullState.MERGED, "body": ""}))
    issue = kept.proof.patch.reproduction.diagnosis.incident.event.issue_id
    if issue:
        with undoing_nothing(f"issue {issue} does not know of the merge"):
            tracker.resolve(issue, standing.merged_as)
            tracker.comment(issue, f"Merged: {kept.pull.url}. Healer watches whether the error comes back.")
    chronicle.moved(PullState.MERGED, move.who)
    chronicle.learn("merged", kept.proof.patch.explanation)


def _learn(move: Move, standing: Standing, kept: Kept, dialogue: Dialogue, chronicle: Chronicle) -> None:
    chronicle.moved(PullState.CLOSED, move.who, move.text)
    if move.text:
        chronicle.learn("rejected", move.text)
    elif not standing.ours:
        ask = "What was wrong with it? One line in a comment is kept as a lesson for the next proposal."
        dialogue.answer(kept.pull, "why", ask)


def answer_amended(
    move: Move, pull: PullRequest, proof: Proof, dialogue: Dialogue, chronicle: Chronicle
) -> None:
    others = len(proof.pass_to_pass)
    what = (
        "Proven again on the base as it is now"
        if move.kind is MoveKind.REBASE
        else "Changed and proven again"
    )
    dialogue.answer(
        pull, move.id, f"{what}: {pull.commit[:12]}, red, green, red; {others} other tests still pass."
    )
    chronicle.amended(pull, proof, move.id, move.who, move.kind.value)


def answer_refused(
    move: Move, pull: PullRequest, no: Refused, dialogue: Dialogue, chronicle: Chronicle
) -> None:
    reason = inline_github(no.reason.partition("\n\n")[0])[:1000]
    dialogue.answer(pull, move.id, f"Healer could not do this ({no.code}): {reason} It is yours now.")
    chronicle.heard(move.id, move.who, move.kind.value, no.code)


def news(move: Move, kept: Kept, now: Kept) -> str:
    """What is worth telling of a move, in a line; "" where nothing is. `now`: after it, `kept`: before."""
    by = f" by {move.who}" if move.who else ""
    amended = now.pull.commit != kept.pull.commit
    match move.kind:
        case MoveKind.MERGED:
            return f"Merged{by}. Healer watches whether the error comes back."
        case MoveKind.CLOSED | MoveKind.REJECTED:
            return f"Closed{by}" + (f": {move.text}" if move.text else ".")
        case MoveKind.STALE:
            return f"Closed after {move.text}."
        case MoveKind.AMEND:
            done = "Changed and proven again" if amended else "No other change could be proven"
            return f"{done}, as asked for{by}."
        case MoveKind.REBASE:
            done = "Proven again on" if amended else "Cannot be proven again on"
            return f"{done} the base as it is now."
        case MoveKind.READY:
            return f"Ready for a review{by}."
        case MoveKind.HANDS_OFF:
            return "Left to a person: " + (move.text or "somebody pushed to the branch.")
        case MoveKind.CAPPED:
            return "Left to a person: it was amended as often as Healer tries."
    return ""
