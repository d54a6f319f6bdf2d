"""What every notifier promises, whichever channel it tells."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from healer.notifiers.console import ConsoleNotifier
from healer.protocols import Message, Notifier

HOSTILE = "<!channel> <@U1> <https://evil.example|click> & `x` @here [red]bold[/] ```"


@pytest.fixture(params=["console", "slack"])
def notifier(request) -> Notifier:
    if request.param == "console":
        return ConsoleNotifier(Console(file=io.StringIO(), width=100))
    return request.getfixturevalue("slack_notifier")


def message(**fields) -> Message:
    given = {"key": "aaaaaaaaaaaa-1/proposed", "thread": "aaaaaaaaaaaa-1", "project": "shop", "title": "Fix"}
    return Message(**{**given, **fields})


def test_the_receipt_names_the_message_and_where_it_is(notifier: Notifier) -> None:
    receipt = notifier.notify(message())
    assert receipt.key == "aaaaaaaaaaaa-1/proposed"
    assert receipt.reference
    assert receipt.channel


def test_the_same_key_has_the_same_receipt(notifier: Notifier) -> None:
    assert notifier.notify(message()) == notifier.notify(message())


@pytest.mark.parametrize(
    "fields",
    [
        {"title": HOSTILE, "lines": (HOSTILE,) * 3, "facts": ((HOSTILE, HOSTILE),)},
        {"title": "&" * 5000, "lines": ("<" * 5000,) * 60, "facts": (("&" * 900, "<" * 9000),) * 30},
        {"title": "", "lines": ("", "  "), "facts": (("", ""),), "link": "javascript:alert(1)"},
        {"title": "ünï\u202ecode\x00\x1b[31m", "lines": ("🔥" * 4000,), "actions": ("approve", "no such")},
        {"link": "https://example.com/" + "a" * 4000, "actions": ("approve", "changes", "reject")},
        {"thread": "", "project": ""},
    ],
)
def test_any_text_is_told(notifier: Notifier, fields) -> None:
    assert notifier.notify(message(**fields)).reference


def test_it_has_a_name_that_a_step_may_carry(notifier: Notifier) -> None:
    assert notifier.name.isidentifier()
