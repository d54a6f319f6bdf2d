"""What watched functions return and leave behind. Pasted into a test that runs beside the project's own code.

Every name is long, so that it hides none of the test's; annotations are text, for Pythons older than ours."""

import hashlib
import re
import reprlib
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

OBSERVED_RETURNS = 300  # returns that are looked at
OBSERVED_TEXT = 300  # characters; what is longer is told by its digest

_observed_writer = reprlib.Repr()
_observed_writer.maxlist = _observed_writer.maxtuple = _observed_writer.maxdict = _observed_writer.maxset = (
    _observed_writer.maxdeque
) = 40
_observed_writer.maxstring = _observed_writer.maxother = _observed_writer.maxlong = 200


class ObservedResult(Exception):
    """Carries what was seen out of the test."""


def observed_shown(value: Any, depth: int = 2) -> str:
    """Its repr; of an object without one of its own, its attributes."""
    kind = type(value)
    plain = getattr(kind, "__repr__", None) is object.__repr__
    if depth and plain and hasattr(value, "__dict__"):
        inner = (f"{name}={observed_shown(held, depth - 1)}" for name, held in vars(value).items())
        return f"{kind.__name__}({', '.join(sorted(inner))})"
    return _observed_writer.repr(value)


def observed_watch(
    functions: "tuple[tuple[str, str], ...]", seen: "list[tuple[str, str]]"
) -> "Callable[[FrameType, str, Any], None]":
    """For `sys.setprofile`: (result, arguments) at each return of these (path, name)."""

    def note(frame: FrameType, event: str, value: Any) -> None:
        code = frame.f_code
        path = code.co_filename.replace("\\", "/")
        if event != "return" or not any(code.co_name == n and path.endswith(p) for p, n in functions):
            return
        try:
            names = code.co_varnames[: code.co_argcount]
            left = ", ".join(observed_shown(frame.f_locals.get(name)) for name in names)
            seen.append((observed_shown(value)[:400], left[:400]))
        except Exception:  # somebody's __repr__
            seen.append(("?", ""))
        if len(seen) >= OBSERVED_RETURNS:
            sys.setprofile(None)

    return note


def observed_text(seen: "list[tuple[str, str]]") -> str:
    """The first and last few, without what differs from run to run; "" where they say nothing."""
    text = repr(seen[:3] + seen[3:][-3:]) if any(pair != ("None", "") for pair in seen) else ""
    text = re.sub("0x[0-9a-fA-F]{4,}|tmp[0-9a-z_]{8}", "…", text)  # a place in memory, a temporary file
    return hashlib.sha256(text.encode()).hexdigest() if len(text) > OBSERVED_TEXT else text
