"""What is told of a form is true of every text that has it."""

from __future__ import annotations

import random

import pytest

from triage.sanitize import clean
from triage.sanitize.alike import ASKED, LONGEST, SILENT, SPEAKING, any_digit, told

FORMS = [
    ("https://shop.example.com/orders/0000000/settle", SILENT),
    ("'A-0000000'", SILENT),
    ("select * from orders where id = 000000", SPEAKING),
    ("<shop.Cart object at 0x0f0c0b0f0000>", SPEAKING),
    ("pin 0000", ASKED),
    ("password0=00000000", ASKED),
    ("0000 0000 0000 0000", ASKED),
    ("Berlin 00000, call +00 000 0000000", ASKED),
    ("%00%00%00%00", ASKED),
    ("born 0000-00-00", ASKED),
    ("no digit at all", ASKED),
    ("x" * LONGEST + "0", ASKED),
]


def filled(form: str, chance: random.Random) -> str:
    return "".join(chance.choice("0123456789") if letter == "0" else letter for letter in form)


@pytest.mark.parametrize(("form", "verdict"), FORMS)
def test_a_form_is_harmless_only_if_every_text_of_it_is(form: str, verdict: int) -> None:
    chance = random.Random(form)
    for _ in range(10):
        told(filled(form, chance))
    assert told(form) == verdict
    for text in (filled(form, chance) for _ in range(20)):
        found = clean(text)
        assert verdict == ASKED or found.text == text
        assert verdict != SILENT or not found.flags


@pytest.mark.parametrize(
    ("pattern", "wider"),
    [
        ("4[0-9]{12}", "0[0-9]{12}"),
        ("[1-3]x{2,3}", "(?:[1-3]|0)x{2,3}"),
        ("(?P<n1>[^1]|[^0a]|[^0-9])", "(?P<n1>[^1]|(?:[^0a]|0)|[^0-9])"),
        (r"\x31\x{39}\.\d\{1\}", r"(?:\x31|0)(?:\x{39}|0)\.\d\{0\}"),
        ("(?i:v1)[]1]", "(?i:v0)(?:[]1]|0)"),
    ],
)
def test_a_pattern_takes_a_zero_where_it_takes_a_digit(pattern: str, wider: str) -> None:
    assert any_digit(pattern) == wider
