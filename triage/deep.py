"""A deep stack, most of it told in brief: what an endless recursion leaves is a thousand frames alike.

Their locals and source lines would use up all that an event may hold (`MAX_EVENT`), and lost would be the
frames that say the most: the innermost. Sentry's own server keeps 100 frames whole, too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

WHOLE = 50  # frames at either end that keep what they hold
_HELD = frozenset({"vars", "pre_context", "post_context", "preContext", "postContext"})


def slimmed(payload: Mapping[str, Any]) -> dict[str, Any]:
    """The payload, still raw; of a stack of more than `2 * WHOLE` frames those in the middle keep only where
    they are."""
    errors = payload.get("exception")
    values = errors.get("values") if isinstance(errors, Mapping) else None
    if not isinstance(errors, Mapping) or not isinstance(values, list | tuple):
        return dict(payload)
    return {**payload, "exception": {**errors, "values": [_error(value) for value in values]}}


def _error(error: Any) -> Any:
    stack = error.get("stacktrace") if isinstance(error, Mapping) else None
    frames = stack.get("frames") if isinstance(stack, Mapping) else None
    if not isinstance(stack, Mapping) or not isinstance(frames, list | tuple) or len(frames) <= 2 * WHOLE:
        return error
    return {**error, "stacktrace": {**stack, "frames": _frames(frames)}}


def _frames(frames: Sequence[Any]) -> list[Any]:
    return [*frames[:WHOLE], *map(_brief, frames[WHOLE:-WHOLE]), *frames[-WHOLE:]]


def _brief(frame: Any) -> Any:
    if not isinstance(frame, Mapping):
        return frame
    return {name: value for name, value in frame.items() if name not in _HELD}
