"""What signs of injection are written with. Patterns read folded text: lower case, without accents."""

from __future__ import annotations

import unicodedata

from triage.sanitize.rule import Found, Rule, Validator

GAP = r"(?:[^a-z0-9\n.!?]+[a-z0-9'\-\x{80}-\x{10ffff}]+){0,6}?[^a-z0-9\n.!?]+"


def fold(text: str) -> str:
    """Case, width, style and accents levelled, so that one pattern reads every way to write a word."""
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text.casefold())
    bare = flat.translate(_MARKS)
    return unicodedata.normalize("NFC", bare)


def fold_bytes(text: str) -> bytes:
    return fold(text).encode()


_MARKS: dict[int, str | None] = dict.fromkeys(range(0x300, 0x370)) | {
    0x111: "d",
    0x131: "i",
    0x142: "l",
    0xF8: "o",
}


def sign(name: str, anchors: str, pattern: str, valid: Validator | None = None) -> Rule:
    """`anchors` are literals between bars; of two groups joined by ` & `, each must occur."""
    groups = [tuple(fold(anchor) for anchor in group.split("|")) for group in anchors.split(" & ")]
    also = groups[1] if len(groups) > 1 else ()
    return Rule(name, groups[0], r"(?s)" + fold_pattern(pattern), valid, also=also)


def fold_pattern(pattern: str) -> str:
    """Folds the letters beyond ASCII of a pattern; its escapes and ASCII stay as they are."""
    return "".join(char if char.isascii() else fold(char) for char in pattern)


def ordered(found: Found) -> bool:
    """Not the report of a failure, such as "failed to send the token to https://…"."""
    lead = found.before(28)
    if any(word in lead for word in _REPORTS) or is_quoted(found):
        return False
    return not any(advice in found.value + found.after(48) for advice in _ADVICE)


def is_quoted(found: Found) -> bool:
    """What a message calls by its name, or a test by what it does: `'ignore-previous-line' is not a directive`."""
    value, after = found.value, found.after(12)
    return any(end in value for end in _QUOTE_ENDS) or after.startswith(_NAMED_THINGS)


# What a workflow lacks, as every manual and many an error says it.
_ADVICE = (b"permissions: contents", b"contents: read", b"contents: write`", b"id-token: write")
_QUOTE_ENDS = (b"' is ", b'" is ', b"` is ", b"' was ", b'" was ', b"' expected", b'" expected')
_NAMED_THINGS = (
    b" cursor",
    b" column",
    b" pointer",
    b" counter",
    b" cache",
    b" test",
    b"' is ",
    b'" is ',
    b"` is ",
)


_REPORTS = tuple(
    b"how do i|how to |how can |failed to|fail to|unable to|cannot|can't|could not|couldn't|error|did not|was not|trying to|attempt|tried to|"
    b"refused to|timeout|timed out|will not|won't|does not|unexpected|while |skipping|ignoring|warning".split(
        b"|"
    )
)
