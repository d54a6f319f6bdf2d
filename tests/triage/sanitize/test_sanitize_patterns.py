"""Patterns read bytes; a class of characters holds letters beyond ASCII all the same."""

from __future__ import annotations

import pytest

from triage.sanitize.rule import bytes_pattern


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"a[,、。]b", "a、b", True),
        (r"a[,、。]b", "a,b", True),
        (r"a[,、。]b", "a。b", True),
        (r"a[,、]{2}b", "a,、b", True),
        (r"[а-я]+", "ёж", False),
        (r"[а-я]+", "абв", True),
        (r"[\]é\-]+", "]é-", True),
        (r"[]é]+", "]é", True),
        (r"\[é\]", "[é]", True),
        (r"n[º°]?", "n", True),
    ],
)
def test_a_class_holds_whole_letters(pattern: str, text: str, matches: bool) -> None:
    assert (bytes_pattern(pattern).fullmatch(text.encode()) is not None) is matches


@pytest.mark.parametrize("pattern", [r"a[,、]b", r"a[、。]b"])
def test_a_byte_of_a_letter_is_none(pattern: str) -> None:
    assert bytes_pattern(pattern).fullmatch(b"a" + "、".encode()[:1] + b"b") is None


def test_letters_beyond_ascii_cannot_be_excluded() -> None:
    with pytest.raises(ValueError, match="exclude the bytes"):
        bytes_pattern("[^é]")
