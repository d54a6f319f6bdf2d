"""One line of prose for GitHub, where a fence would be too loud: formatted text in which nothing acts."""

from __future__ import annotations

import re2

from triage.sanitize.characters import strictly_visible
from triage.sanitize.text import clean

JOINER = "\u2060"  # invisible, and no part of a mention, a reference or a keyword
MAX_LINE = 2000
_SPECIAL = re2.compile(r"([\\\[\]<>!|*_~])")
_ACTIVE = re2.compile(r"([@#])|(://|\bwww\.)|\bGH-")
_RUN = re2.compile("``+")  # no single backtick closes it
_KEYWORD = re2.compile(r"(?i)\b(f[iıİ]x|close|resolve)(e?[sd]?)\b")


def inline_github(text: str) -> str:
    """`text` on one line; pairs of backticks still make code, everything else is inert."""
    line = " ".join(strictly_visible(clean(text).text).split())[:MAX_LINE]
    line = _KEYWORD.sub(lambda found: found.group(0)[:2] + JOINER + found.group(0)[2:], line)
    parts = _RUN.sub("'", line).split("`")
    if len(parts) % 2 == 0:
        parts = ["'".join(parts)]
    return "`".join(part if n % 2 else _inert(part) for n, part in enumerate(parts))


def _inert(prose: str) -> str:
    escaped: str = _SPECIAL.sub(r"\\\1", prose)
    inert: str = _ACTIVE.sub(lambda found: found.group(0)[:1] + JOINER + found.group(0)[1:], escaped)
    return inert
