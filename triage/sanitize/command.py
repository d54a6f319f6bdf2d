"""`healer sanitize`: a text or an event in, the cleaned one out."""

from __future__ import annotations

import json
from collections.abc import Callable

from triage.noun import Json
from triage.sanitize.encoders import for_github, for_html, for_model, for_slack
from triage.sanitize.event import clean_event
from triage.sanitize.text import clean

LARGEST = 64 << 20  # bytes of an event
LARGEST_TEXT = 4 << 20  # bytes of a text, which is read as a whole and takes two hundred times its room

CHANNELS: dict[str, Callable[[str], str]] = {
    "model": for_model,
    "github": for_github,
    "slack": for_slack,
    "html": for_html,
}


def run(data: bytes, channel: str | None) -> str:
    """Clean `data` (a JSON object is an event, all else text) and encode it for `channel`, if one is named.

    Raises ValueError for an unknown channel, and for what is too large.
    """
    if channel is not None and channel not in CHANNELS:
        raise ValueError(f"unknown channel {channel!r}: choose one of {', '.join(CHANNELS)}")
    cleaned = _cleaned(data)
    return CHANNELS[channel](cleaned) if channel else cleaned


def _cleaned(data: bytes) -> str:
    if len(data) > LARGEST:
        raise ValueError(f"there is more than {LARGEST >> 20} MB to clean; give one event, or a part of it")
    text = data.decode("utf-8", "replace")
    event = _event(text)
    if event is not None:
        return json.dumps(clean_event(event), indent=2, ensure_ascii=False)
    if len(data) > LARGEST_TEXT:
        raise ValueError(f"a text of more than {LARGEST_TEXT >> 20} MB is not cleaned; give a part of it")
    return clean(text).text


def _event(text: str) -> dict[str, Json] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
