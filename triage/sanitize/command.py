"""`healer sanitize`: a text or an event in, the cleaned one out."""

from __future__ import annotations

import json
from collections.abc import Callable

from triage.sanitize.encoders import for_github, for_html, for_model, for_slack
from triage.sanitize.event import clean_event
from triage.sanitize.text import clean

CHANNELS: dict[str, Callable[[str], str]] = {
    "model": for_model,
    "github": for_github,
    "slack": for_slack,
    "html": for_html,
}


def run(data: bytes, channel: str | None) -> str:
    """Clean `data` (a JSON object is an event, all else text) and encode it for `channel`, if one is named.

    Raises ValueError for an unknown channel.
    """
    if channel is not None and channel not in CHANNELS:
        raise ValueError(f"unknown channel {channel!r}: choose one of {', '.join(CHANNELS)}")
    cleaned = _cleaned(data)
    return CHANNELS[channel](cleaned) if channel else cleaned


def _cleaned(data: bytes) -> str:
    text = data.decode("utf-8", "replace")
    try:
        event = json.loads(text)
    except (ValueError, RecursionError):
        return clean(text).text
    if not isinstance(event, dict):
        return clean(text).text
    return json.dumps(clean_event(event), indent=2, ensure_ascii=False)
