"""Whether an error that returns is a new case: the record's row, put to the rule that decides."""

from __future__ import annotations

from typing import Any

from triage.grouping import Previous, opens_episode
from triage.incident import Event


def reopens(row: dict[str, Any], event: Event) -> tuple[bool, str]:
    """`row`: the incident's newest case, as `latest_cases` gives it."""
    return opens_episode(_previous(row), event)


def _previous(row: dict[str, Any]) -> Previous:
    ended = row["merged_at"] or row["proposal_closed_at"]
    match row["proposal"]:
        case "merged":
            return Previous("merged", release=row["release"], ended=ended, releases=tuple(row["releases"]))
        case "closed" | "stale":
            return Previous("closed", release=row["release"], ended=ended, releases=tuple(row["releases"]))
    if row["closed_at"] is None or row["proposal"]:
        return Previous("open")
    return Previous("ended", release=row["release"], ended=row["closed_at"], releases=tuple(row["releases"]))
