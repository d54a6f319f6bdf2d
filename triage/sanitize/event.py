"""An event, cleaned whole: a walk through its fields (`walk`), then what it hid wherever else it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from triage.sanitize.echoes import Echoes
from triage.sanitize.injection import risk
from triage.sanitize.placeholders import Placeholders
from triage.sanitize.walk import Walk


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned event with the signs and counts of all its fields; `risk` is of injection, 0..1.

    `echoes` is what was hidden, as it was sent, for parts of the event that are cleaned apart.
    """

    event: dict[str, Any]
    flags: tuple[str, ...] = ()
    redactions: Mapping[str, int] = field(default_factory=dict)
    risk: float = 0.0
    echoes: Echoes | None = field(default=None, repr=False, compare=False)


def clean_event(event: Mapping[str, Any], *, placeholders: Placeholders | None = None) -> dict[str, Any]:
    """The event without secrets, personal data, invisible characters and local variables of foreign frames.

    Takes the SDK's, the webhook's and the Web API's shape, and any other JSON; keeps the shape. Never raises:
    a field that cannot be cleaned is dropped. What comes back encodes as UTF-8 and fits PostgreSQL's jsonb.
    """
    return sanitize(event, placeholders=placeholders).event


def sanitize(
    event: Mapping[str, Any], *, placeholders: Placeholders | None = None, echoes: Echoes | None = None
) -> Cleaned:
    """As `clean_event`, with the signs of injection and the counts of redactions of the whole event.

    One `placeholders` for a whole case keeps equal values equal across its events. `echoes`: what the rest of
    the event hides, where this is a part of one.
    """
    walk = Walk(placeholders or Placeholders())
    cleaned = walk.whole(event)
    echoes = echoes or Echoes(walk.names, walk.hidden, walk.texts)
    told, counts = _hidden_everywhere(cleaned, echoes)
    if counts:
        walk.redactions.update(counts)
        cleaned = walk.again(told)
    flags = tuple(sorted(walk.flags))
    return Cleaned(cleaned, flags, dict(walk.redactions), risk(flags), echoes)


def _hidden_everywhere(cleaned: dict[str, Any], echoes: Echoes) -> tuple[dict[str, Any], Mapping[str, int]]:
    try:
        return echoes.hide(cleaned)
    except Exception:  # then nobody can tell where a hidden value still stands: the event is dropped
        return {}, {"dropped": 1}
