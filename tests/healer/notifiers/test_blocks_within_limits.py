from __future__ import annotations

import html
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from healer.notifiers import blocks, modals
from healer.notifiers.blocks import Done
from healer.protocols import Message

LIMITS = json.loads((Path(__file__).parents[2] / "samples" / "slack" / "limits.json").read_text())
nasty = st.text(st.sampled_from("&<>`*_~ \n|@#aé🔥\u202e"), max_size=400).map(lambda text: text * 9)
ACTIONS = ("approve", "changes", "reject", "person", "snooze")
done = st.lists(st.builds(Done, action=st.sampled_from(ACTIONS), who=nasty, text=nasty), max_size=12)


def limit(where: str, field: str) -> int:
    return next(row["limit"] for row in LIMITS if (row["where"], row["field"]) == (where, field))


def test_our_limits_are_not_above_slacks() -> None:
    ours = {
        ("message", "blocks"): blocks.BLOCKS,
        ("modal", "blocks"): blocks.MODAL_BLOCKS,
        ("message", "all blocks together"): blocks.TOTAL,
        ("message", "text (fallback)"): blocks.FALLBACK,
        ("section", "text.text"): blocks.SECTION,
        ("section", "fields"): blocks.FIELDS,
        ("section", "fields[].text"): blocks.FIELD,
        ("header", "text.text"): blocks.HEADER,
        ("context", "elements"): blocks.CONTEXT,
        ("actions", "elements"): blocks.ACTIONS,
        ("button", "text.text"): blocks.BUTTON,
        ("button", "value"): blocks.VALUE,
        ("button", "url"): blocks.URL,
        ("modal", "title"): blocks.TITLE,
        ("modal", "private_metadata"): blocks.METADATA,
    }
    assert all(value <= limit(*place) for place, value in ours.items())


@settings(deadline=None, max_examples=30)
@given(nasty, st.lists(nasty, max_size=20), st.lists(st.tuples(nasty, nasty), max_size=15), done)
def test_any_message_stays_within_them(title, lines, facts, asked) -> None:
    message = Message(key="k", thread="t", title=title, lines=lines, facts=facts, actions=ACTIONS)
    assert blocks.problems(blocks.summary(message, asked)) == []
    assert blocks.problems(blocks.news(message)) == []


@settings(deadline=None, max_examples=50)
@given(st.text(max_size=300), st.integers(2, 150))
def test_a_cut_holds_after_slacks_escaping(text: str, most: int) -> None:
    assert len(html.escape(blocks.cut(text, most), quote=False)) <= most


@pytest.mark.parametrize("action", ["changes", "reject", "snooze"])
def test_forms_stay_within_them(action: str) -> None:
    form = modals.form(action, "{}", date(2026, 12, 31))
    assert len(form["title"]["text"]) <= blocks.TITLE
    assert blocks.problems(form["blocks"], most=blocks.MODAL_BLOCKS) == []


@pytest.mark.parametrize(
    "block",
    [
        {"type": "header", "text": {"text": "x" * 151}},
        {"type": "section", "text": {"text": ""}},
        {"type": "section", "fields": [{"text": "x"}] * 11},
        {"type": "context", "elements": [{"text": "x"}] * 11},
        {"type": "actions", "elements": [{"text": {"text": "x" * 76}}]},
        {"type": "image"},
    ],
)
def test_the_check_finds_what_is_too_much(block) -> None:
    assert blocks.problems([block])


def test_the_check_adds_up_all_blocks() -> None:
    assert blocks.problems([{"type": "section", "text": {"text": "x" * 2900}}] * 5)


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ([], ACTIONS),
        (["approve"], ("changes", "reject", "person", "snooze")),
        (["approve", "changes"], ("approve", "reject", "person", "snooze")),
        (["reject"], ()),
        (["person"], ()),
    ],
)
def test_which_buttons_are_left(asked: list[str], left: tuple[str, ...]) -> None:
    assert blocks.remaining(ACTIONS, [Done(action=action, who="U1") for action in asked]) == left


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "https://a|b",
        "http://[",
        "//a",
        "https://a/" + "x" * 3000,
    ],
)
def test_what_is_no_link_is_no_button(url: str) -> None:
    assert not blocks.is_link(url)
