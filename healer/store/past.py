"""What became of earlier cases that are like this one, for whoever works on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from healer.store.database import Connection
from healer.store.queries import QUERIES
from triage.incident import Incident

MOST = 10
SOAKED = {
    "watching": "merged; it is watched whether the error stops",
    "fixed": "merged, and the error stopped",
    "quiet_unknown": "merged; too quiet since to know whether it helped",
    "came_back": "merged, and the error came back: it was not the fix",
}


def past(
    connection: Connection, incident: Incident, exception: str, files: Sequence[str], limit: int = MOST
) -> tuple[str, ...]:
    """Closed cases of the project with the same failure, a shared file or the same exception, one line each:
    what it shares, how it ended and why."""
    row = {
        "project": incident.project,
        "fingerprint": incident.fingerprint,
        "episode": incident.episode,
        "exception": exception,
        "files": list(files),
        "limit": limit,
    }
    return tuple(map(_told, connection.execute(QUERIES["past_cases"], row)))


def _told(case: dict[str, Any]) -> str:
    if case["same_failure"]:
        shares = f"same failure, episode {case['episode']}"
    else:
        shares = (
            f"same file {', '.join(case['shared'][:3])}" if case["shared"] else f"same {case['exception']}"
        )
    ending = _proposed(case) if case["proposal"] else f"{case['state']}: {case['code']}: {case['reason']}"
    return f"case {case['id']} of {case['opened_at']:%Y-%m-%d} ({shares}): {case['title']}; {ending}"


def _proposed(case: dict[str, Any]) -> str:
    came = SOAKED.get(case["soak"]) or case["proposal"]
    why = f" because: {case['closed_why']}" if case["closed_why"] else ""
    return f"proposed by {case['agent']} {case['url']}: {came}{why}"
