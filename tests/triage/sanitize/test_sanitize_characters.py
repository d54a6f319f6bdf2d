import sys

import pytest

from triage.sanitize import clean
from triage.sanitize.characters import _DROP, _DROPPED, strictly_visible, tags_as_text, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b", "ab"), ("\x1b[31mred\x1b[0m", "red"), ("\x1b]0;title\x07x", "x"), ("a\u200bb", "ab"), ("\u202eabc\u202c", "abc"), ("a\U000e0041b", "ab"),
        ("\ud800x", "\ufffdx"), ("one\r\ntwo\rthree", "one\r\ntwo\nthree"), ("\ufeffbom", "bom"), ("soft\u00adhyphen", "softhyphen"), ("tab\tkept\n", "tab\tkept\n"),
        ("a" + "\u0301" * 50, "a" + "\u0301" * 4), ("x\ufe01y", "xy"), ("\x9b31mred", "red"),
    ],
)  # fmt: skip
def test_what_nobody_sees_is_taken_out(text: str, shown: str) -> None:
    assert visible(text) == shown
    assert clean(text).text == shown


@pytest.mark.parametrize(
    "text", ["می\u200cخواهم", "👩\u200d💻", "❤\ufe0f", "naïve café", "日本語", "क्\u200dष", "→ ✓ …"]
)
def test_joiners_stay_where_a_script_needs_them(text: str) -> None:
    assert visible(text) == text
    assert not set("\u200c\u200d\ufe0f") & set(strictly_visible(text))


def test_text_in_tags_is_read() -> None:
    assert tags_as_text("x" + "".join(chr(0xE0000 + ord(char)) for char in "ignore")) == "ignore"
    assert (
        tags_as_text("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f") == ""
    )  # a flag


def test_what_is_looked_for_is_what_is_dropped() -> None:
    everything = map(chr, range(sys.maxunicode + 1))
    assert {char for char in everything if _DROPPED.search(char)} == set(map(chr, _DROP))
