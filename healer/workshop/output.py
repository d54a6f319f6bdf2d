"""What is kept of a command's output: its head and tail, without control characters."""

from __future__ import annotations

import hashlib
import re

# Each alternative is a fixed start followed by classes that exclude it, so matching is linear.
_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]?"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?"  # OSC, DCS, SOS, PM, APC: titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"
)
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


def clean(text: str) -> str:
    """Plain text for a person's eyes: no escape sequences, no control or direction characters."""
    text = _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", text)


class HeadTail:
    """Keeps the first and the last half of `size` bytes, and the digest of everything."""

    def __init__(self, size: int) -> None:
        self.half = max(1, size // 2)
        self.head, self.tail, self.total = bytearray(), bytearray(), 0
        self._digest = hashlib.sha256()

    def add(self, data: bytes) -> None:
        self.total += len(data)
        self._digest.update(data)
        room = self.half - len(self.head)
        self.head += data[:room]
        self.tail += data[room:] if room > 0 else data
        if len(self.tail) > 2 * self.half:
            del self.tail[: -self.half]

    @property
    def digest(self) -> str:
        return self._digest.hexdigest()

    def text(self) -> str:
        tail = self.tail[-self.half :]
        dropped = self.total - len(self.head) - len(tail)
        middle = f"\n[... {dropped} bytes left out ...]\n" if dropped else ""
        if not dropped:
            return clean((self.head + tail).decode("utf-8", "replace"))
        return clean(self.head.decode("utf-8", "replace")) + middle + clean(tail.decode("utf-8", "replace"))
