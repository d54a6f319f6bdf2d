"""Text that does not read as it runs: Trojan source, hidden characters, notes to the reviewer. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import re2

from healer.proving import diff

LARGEST = 1 << 20  # characters of one file
# Format characters, line ends of another kind, and what has no meaning of its own; letters and marks that
# show nothing, beside them.
_INVISIBLE = frozenset({"Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
_BLANK = frozenset("\u3164\u115f\u1160\uffa0\u034f\u17b4\u17b5\u2800\u180b\u180c\u180d\u180f")
_LATIN = re2.compile(r"[A-Za-z]")
_ALIKE = re2.compile(r"[\p{Cyrillic}\p{Armenian}\p{Cherokee}\p{Lisu}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαικνορτυχϲϳ]")
_FAR = 60  # blanks in a line, behind which code is out of sight
_LONG = 400  # characters of a line
_COOKIE = re2.compile(r"(?m)\A(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_READ_AS = frozenset({"utf-8", "utf8", "u8", "utf-8-sig", "ascii", "us-ascii"})
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
        if (code < 32 and char not in "\t\n\r\f") or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000:
            return f"{path} gains the control character U+{code:04X}"
        if unicodedata.category(char) in _INVISIBLE or char in _BLANK or 0xE0000 <= code <= 0xE0FFF:
            return f"{path} gains the invisible character U+{code:04X}"
    return _misread(path, old or "", new)


def _misread(path: str, old: str, new: str) -> str:
    """Characters that can be seen, and say something else than they seem to."""
    if lone(new) > lone(old):
        return f"{path} gains a carriage return that ends a line of its own"
    gained = added(old, new)
    if any("\f" in line and line.strip("\f \r\n") for line in gained.split("\n")):
        return f"{path} gains a form feed beside code, which changes how it is indented"
    if mixed := next(_mixed(gained), ""):
        return f"{path} gains {mixed!r}, whose letters are of two scripts and look like one"
    cookie = encoding(new)
    if path.endswith((".py", ".pyw", ".pyi")) and cookie not in _READ_AS and cookie != encoding(old):
        return f"{path} says that it is written in {cookie}, so it would run as another text"
    return ""


def lone(text: str) -> int:
    return text.count("\r") - text.count("\r\n")


def _mixed(text: str) -> Iterator[str]:
    if _ALIKE.search(text):
        for a, b in pairwise(text):
            if (_LATIN.match(a) and _ALIKE.match(b)) or (_ALIKE.match(a) and _LATIN.match(b)):
                yield a + b


def encoding(text: str) -> str:
    """What a Python file says of itself in its first two lines."""
    found = _COOKIE.search("\n".join(text.split("\n", 2)[:2]))
    return found.group(1).lower().replace("_", "-") if found else "utf-8"


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
    if any(len(line) > _LONG or " " * _FAR in line.strip() for line in gained.split("\n")):
        flags.add("hides_code")
    return flags
