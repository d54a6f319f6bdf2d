"""Characters that a person cannot see, or that a terminal or a database obeys.

Everything here is a single pass; nothing depends on what the text means.
"""

from __future__ import annotations

import re
from typing import Any

import re2

from triage.sanitize.rule import bytes_pattern

_ANSI = bytes_pattern(
    r"(?:(?:\x1b\[|\xc2\x9b)[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor
    r"|\x1b[\]PX^_][^\x07\x1b\n]{0,500}(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM and APC strings
    r"|\x1b[ -/]*[0-~]?)+",  # every other escape, also a cut one
    captures=False,
)
_LINE_ENDS = re2.compile(r"\r\n|[\r\x{85}\x{2028}\x{2029}]")

_JOINERS = "\u200c\u200d"
# Controls, soft hyphens, fillers, zero-width, bidi, selectors, controls of music and shorthand, tags.
_INVISIBLE = """0-8 b-c e-1f 7f-9f ad 34f 61c 115f-1160 17b4-17b5 180b-180f 200b 200e-200f 202a-202e
    2060-206f 3164 fe00-fe0e feff ffa0 fff0-fffb fffe-ffff 1bca0-1bca3 1d173-1d17a e0000-e0fff"""


def _class(ranges: str) -> str:
    ends = ("-".join(f"\\U{int(end, 16):08x}" for end in part.split("-")) for part in ranges.split())
    return f"[{''.join(ends)}]"


def _codes(ranges: str) -> list[int]:
    ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
    return [code for pair in ends for code in range(pair[0], pair[-1] + 1)]


_DROP = dict.fromkeys(_codes(_INVISIBLE)) | {0x2800: " "}
# Single classes: `re` is as linear on them as RE2, and takes a lone surrogate.
_DROPPED = re.compile(_class(f"{_INVISIBLE} 2800"))
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_HIDDEN_ALWAYS = str.maketrans(dict.fromkeys(_JOINERS + "\ufe0f"))
_JOINED_OR_MARKED = re.compile("[\u200c\u200d\ufe0f\u0300-\u036f]")
_TAGGED = re.compile("[\U000e0020-\U000e007e\U000e0100-\U000e01ef]")
_MAX_MARKS = 4  # combining marks on one letter; more is only used to cover neighbouring lines


def visible(text: str) -> str:
    """`text` without control, ANSI, zero-width, bidi and tag characters, NUL or lone surrogates.

    Tabs and newlines stay; other line ends become newlines. Joiners and emoji selectors stay only
    where a script or an emoji needs them. The result always encodes as UTF-8 and fits PostgreSQL's jsonb.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _without_surrogates(text)
    if "\x1b" in text or "\x9b" in text:
        text = _ANSI.sub(b"", text.encode()).decode()
    if "\r" in text or not text.isascii():
        text = _LINE_ENDS.sub(_line_end, text)
    if _DROPPED.search(text):
        text = text.translate(_DROP)
    return text if text.isascii() else _needed_joiners(text)


def cases(word: str) -> set[str]:
    """A word as it stands in bytes lower-cased as ASCII: in other scripts, capitals have to be spelt out."""
    return {word} if word.isascii() else {word, word.capitalize(), word.upper()}


def strictly_visible(text: str) -> str:
    """As `visible`, and without any joiner or selector, whatever the script."""
    return visible(text).translate(_HIDDEN_ALWAYS)


def _line_end(match: Any) -> str:
    return "\r\n" if match.group() == "\r\n" else "\n"


def _without_surrogates(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.translate(_SURROGATES)
    return text


def _needed_joiners(text: str) -> str:
    if _JOINED_OR_MARKED.search(text) is None:
        return text
    kept: list[str] = []
    marks = 0
    for at, char in enumerate(text):
        code = ord(char)
        if char in _JOINERS:
            after = text[at + 1] if at + 1 < len(text) else ""
            if not (kept and _joins(kept[-1]) and after and _joins(after)):
                continue
        elif char == "\ufe0f":
            if not (kept and _takes_selector(kept[-1])):
                continue
        elif 0x300 <= code <= 0x36F:
            marks += 1
            if marks > _MAX_MARKS:
                continue
        else:
            marks = 0
        kept.append(char)
    return "".join(kept)


def _joins(char: str) -> bool:
    """Scripts whose letters change shape around a joiner, and emoji that are built with one."""
    code = ord(char)
    return 0x0600 <= code <= 0x0DFF or 0xFB50 <= code <= 0xFDFF or code == 0xFE0F or _is_emoji(code)


def _takes_selector(char: str) -> bool:
    code = ord(char)
    return _is_emoji(code) or char in "#*0123456789\u00a9\u00ae\u203c\u2049\u2122\u2139"


def _is_emoji(code: int) -> bool:
    return 0x1F000 <= code <= 0x1FAFF or 0x2190 <= code <= 0x2BFF or code in (0x3030, 0x303D, 0x3297, 0x3299)


def tags_as_text(text: str) -> str:
    """What is spelt in characters nobody sees: Unicode tags, or bytes carried by variation selectors."""
    if _TAGGED.search(text) is None:
        return ""
    tagged = "".join(chr(ord(char) - 0xE0000) for char in text if 0xE0020 <= ord(char) <= 0xE007E)
    selected = bytes(_selected(ord(char)) for char in text if 0xE0100 <= ord(char) <= 0xE01EF)
    flags = text.count("\U0001f3f4")  # a subdivision's flag is spelt in tags, too
    return (
        tagged
        if len(tagged) > 8 * flags and len(tagged) > 2
        else selected.decode("utf-8", "ignore")
        if len(selected) > 3
        else ""
    )


def _selected(code: int) -> int:
    return code - 0xE0100 + 16
