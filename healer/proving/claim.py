"""What is to be shown: the least that a proof, or its repetition elsewhere, needs to know."""

from __future__ import annotations

from healer.case import Patch, Scope, Signature, Target
from triage.incident import Event
from triage.noun import Noun

MOST_WORDS = 4000


class Claim(Noun):
    """With `files` on top of the target's commit, `test` passes; without, it raises `signature`."""

    target: Target
    signature: Signature
    scope: Scope
    files: dict[str, str]  # path -> new text
    test: str  # node id of the reproduction
    test_path: str
    test_source: str = ""
    how: str = ""  # call | request | existing | agent; none: nothing shows the failure
    event_words: tuple[
        str, ...
    ] = ()  # values seen in the event: who compares with them hard-codes the answer

    @property
    def test_files(self) -> dict[str, str]:
        """What the reproduction adds to the tree; nothing where the test exists already."""
        return {} if self.how in {"existing", "none"} else {self.test_path: self.test_source}


def claim_of(patch: Patch) -> Claim:
    reproduction = patch.reproduction
    diagnosis = reproduction.diagnosis
    return Claim(
        target=diagnosis.target,
        signature=diagnosis.signature,
        scope=diagnosis.scope,
        files=patch.files,
        test=reproduction.test,
        test_path=reproduction.path or reproduction.test.partition("::")[0],
        test_source=reproduction.source,
        how=reproduction.how,
        event_words=event_words(diagnosis.incident.event),
    )


def event_words(event: Event) -> tuple[str, ...]:
    """String and number literals of the event's local variables, as the SDK's reprs show them."""
    words: dict[str, None] = {}
    for error in event.exceptions:
        for frame in error.frames:
            for value in (*frame.vars.values(), *frame.arguments.values()):
                words.update(dict.fromkeys(_leaves(value)))
    return tuple(words)[:MOST_WORDS]


def _leaves(value: object) -> list[str]:
    if isinstance(value, dict):
        return [word for v in value.values() for word in _leaves(v)]
    if isinstance(value, list | tuple):
        return [word for v in value for word in _leaves(v)]
    return [str(value)]
