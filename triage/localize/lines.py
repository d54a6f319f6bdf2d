"""Which line of a file is the event's line, although the file may have changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from triage.incident import Frame
from triage.localize.code import MODULE, File

_SNIP = "{snip}"
_MAX_HITS = 400


@dataclass(frozen=True, slots=True)
class Match:
    line: int
    quality: float  # 0..1
    exact: bool  # the line reads as the event's


def match(file: File, frame: Frame) -> Match | None:
    """The best line for `frame`, or None where nothing in the file speaks for it."""
    if not frame.context_line.strip():
        return _by_number(file, frame)
    return _by_text(file, frame) or _by_neighbours(file, frame) or _by_function(file, frame)


def _by_text(file: File, frame: Frame) -> Match | None:
    wanted = frame.context_line.strip()
    hits = [i for i, line in enumerate(file.stripped) if _reads(line, wanted)][:_MAX_HITS]
    if not hits:
        return None
    best = max(hits, key=lambda i: _fit(file, frame, i) - abs(i + 1 - (frame.lineno or i + 1)) / 1e6)
    fit = _agreement(file.stripped, frame, best)
    trivial = len(wanted) < 4 or wanted in ("return", "pass", "raise", "else:", "try:", "continue", "break")
    if trivial and fit < 0.5:
        return None
    return Match(best + 1, 0.5 + 0.5 * fit, exact=True)


def _reads(line: str, wanted: str) -> bool:
    """Equal, up to the marks Sentry leaves where it cut a long line."""
    if _SNIP not in wanted:
        return line == wanted
    inner = [part.strip() for part in wanted.split(_SNIP) if part.strip()]
    return bool(inner) and all(part in line for part in inner)


def _fit(file: File, frame: Frame, index: int) -> float:
    unit = file.unit_at(index + 1)
    named = (unit.name if unit else MODULE) == plain_name(frame.function)
    return _agreement(file.stripped, frame, index) + (0.4 if named else 0.0)


def _by_neighbours(file: File, frame: Frame) -> Match | None:
    """The line itself was changed (or cleaned), its neighbours stand."""
    around = [line.strip() for line in (*frame.pre_context, *frame.post_context) if line.strip()]
    if len(around) < 3:
        return None
    agreement, _, index = max(
        (_agreement(file.stripped, frame, i), -abs(i + 1 - (frame.lineno or 0)), i)
        for i in range(len(file.lines))
    )
    return Match(index + 1, 0.6 * agreement, exact=False) if agreement >= 0.6 else None


def _by_function(file: File, frame: Frame) -> Match | None:
    """Only the function is still there: its first line, or the event's where that is inside it."""
    units = file.by_name.get(plain_name(frame.function), [])
    if len(units) != 1:
        return None
    inside = frame.lineno is not None and units[0].first <= frame.lineno <= units[0].last
    return Match(frame.lineno if inside and frame.lineno else units[0].first, 0.2, exact=False)


def _by_number(file: File, frame: Frame) -> Match | None:
    """No source was sent: the number counts where the function at that line has the frame's name."""
    if frame.lineno is None or frame.lineno > len(file.lines):
        return _by_function(file, frame)
    unit = file.unit_at(frame.lineno)
    name = plain_name(frame.function)
    if (unit.name if unit else MODULE) == name or name.startswith("<"):
        return Match(frame.lineno, 0.4, exact=False)
    return _by_function(file, frame)


def _agreement(lines: Sequence[str], frame: Frame, index: int) -> float:
    """The share of the event's surrounding lines that stand at the same distance; 1 where none were sent."""
    before = list(enumerate(reversed(frame.pre_context), 1))
    after = list(enumerate(frame.post_context, 1))
    wanted = [(index - step, text.strip()) for step, text in before if text.strip()]
    wanted += [(index + step, text.strip()) for step, text in after if text.strip()]
    if not wanted:
        return 1.0
    return sum(0 <= at < len(lines) and lines[at] == text for at, text in wanted) / len(wanted)


def plain_name(function: str) -> str:
    """`Cart.total`, `Cart.total.<locals>.tax` -> the last name, as a code object has it."""
    return function.rpartition(".")[2] if not function.endswith(">") else f"<{function.rpartition('<')[2]}"
