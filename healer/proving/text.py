"""Text that does not read as it runs: Trojan source, hidden characters, notes to the reviewer. Pure."""

from __future__ import annotations

from collections import Counter

import re2

from healer.proving import diff

LARGEST = 1 << 20  # characters of one file
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_HIDDEN = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u3164\u115f\u1160\uffa0")
_ADDRESSED = re2.compile(
    r"(?i)\b(reviewer|approved? (this|by)|lgtm|ignore (all|any|previous|the)|safe to merge"
    r"|do not (flag|report|reject|review)|please (merge|approve)|system prompt|as an ai|language model)\b"
)
_SILENCED = re2.compile(
    r"(?i)#\s*(noqa|type:\s*ignore|nosec|pragma:\s*no\s*cover|pylint:\s*disable|fmt:\s*off)"
)


def unreadable(path: str, old: str | None, new: str) -> str:
    """Why the text may not be part of a fix; "" where it may. What base holds already does not count."""
    if len(new) > LARGEST:
        return f"{path} is larger than {LARGEST} characters"
    for char in sorted(Counter(new) - Counter(old or "")):
        code = ord(char)
        if char in _BIDI or char in _HIDDEN or 0xE0000 <= code <= 0xE0FFF:
            return f"{path} gains the invisible character U+{code:04X}"
        if (code < 32 and char not in "\t\n\r\f") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
            return f"{path} gains the control character U+{code:04X}"
    return ""


def added(old: str | None, new: str) -> str:
    """The lines that the new text gains."""
    lines = diff.split(new)
    return "".join(line for _, _, c, d in diff.changed(old or "", new) for line in lines[c:d])


def remarks(old: str | None, new: str) -> set[str]:
    """Flags for the reviewer's eyes."""
    gained = added(old, new)
    flags = set()
    if _ADDRESSED.search(gained):
        flags.add("addresses_reviewer")
    if _SILENCED.search(gained):
        flags.add("silences_checker")
    return flags
