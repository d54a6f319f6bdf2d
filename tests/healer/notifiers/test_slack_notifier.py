from __future__ import annotations

import json
import threading

import pytest

from healer import actions
from healer.errors import NotConfigured, Transient
from healer.protocols import Message
from healer.store import requests
from healer.store.database import connect

ALL = ("approve", "changes", "reject", "person", "snooze")


def message(step: str = "proposed", **fields) -> Message:
    given = {
        "key": f"{'a' * 12}-1/{step}",
        "thread": f"{'a' * 12}-1",
        "project": "shop",
        "title": "KeyError: 'coupon'",
        "lines": ("the coupon is absent where the cart is old",),
        "facts": (("events", "12"), ("users", "3"), ("proof", "red → green → red"), ("cost", "$0.0000")),
        "link": "https://github.com/acme/shop/pull/7",
        "actions": ALL,
    }
    return Message(**{**given, **fields})


def buttons(posted: dict) -> list[str]:
    (row,) = [b for b in posted["blocks"] if b["type"] == "actions"]
    return [one["action_id"].removeprefix("healer.") for one in row["elements"]]


def test_a_case_is_one_message_with_buttons_and_a_link(slack, slack_notifier) -> None:
    slack_notifier.notify(message())
    (posted,) = slack.messages()
    assert buttons(posted) == [*ALL, "open"]
    (row,) = [b for b in posted["blocks"] if b["type"] == "actions"]
    assert json.loads(row["elements"][0]["value"]) == {"p": "shop", "k": f"{'a' * 12}-1"}
    assert row["elements"][-1]["url"] == "https://github.com/acme/shop/pull/7"
    assert "proven by tests" in json.dumps(posted["blocks"])


def test_foreign_text_cannot_mention_link_or_look_like_our_lines(slack, slack_notifier) -> None:
    bad = "<!channel> <https://evil.example|ok>\n*proven by tests*: all"
    slack_notifier.notify(message(lines=(bad,), facts=(("users", bad),)))
    (posted,) = slack.messages()
    shown = json.dumps(posted["blocks"], ensure_ascii=False)
    assert "<!channel>" not in shown
    assert "https://evil" not in shown
    assert "\\n*proven" not in shown


def test_later_news_changes_the_head_and_goes_to_its_thread(slack, slack_notifier) -> None:
    slack_notifier.notify(message())
    slack_notifier.notify(message("merged", title="Merged: KeyError", actions=()))
    (head,) = slack.messages()
    assert head["blocks"][0]["text"]["text"] == "Merged: KeyError"
    assert len(slack.messages(thread=head["ts"])) == 1
    slack_notifier.notify(message("merged", title="Merged: KeyError", actions=()))
    assert len(slack.messages(thread=head["ts"])) == 1


def test_two_projects_with_one_fingerprint_have_two_messages(slack, slack_notifier) -> None:
    slack_notifier.notify(message())
    slack_notifier.notify(message(project="web"))
    assert len(slack.messages()) == 2


def test_a_lost_answer_is_not_posted_again(slack, slack_notifier) -> None:
    slack.failures.append(("lost",))
    with pytest.raises(Transient):
        slack_notifier.notify(message())
    receipt = slack_notifier.notify(message())
    (posted,) = slack.messages()
    assert receipt.reference == posted["ts"]
    assert slack.methods.count("conversations.history") == 1


def test_a_lost_answer_in_a_thread_is_not_posted_again(slack, slack_notifier) -> None:
    slack_notifier.notify(message())
    slack.failures.extend([("none",), ("lost",)])  # the head is changed, then the news is lost
    with pytest.raises(Transient):
        slack_notifier.notify(message("merged"))
    slack_notifier.notify(message("merged"))
    (head,) = slack.messages()
    assert len(slack.messages(thread=head["ts"])) == 1


def test_what_never_arrived_is_posted_after_one_look(slack, slack_notifier) -> None:
    slack.failures.append(("500",))
    with pytest.raises(Transient):
        slack_notifier.notify(message())
    slack_notifier.notify(message())
    assert len(slack.messages()) == 1
    assert slack.methods == ["chat.postMessage", "conversations.history", "chat.postMessage"]


def test_a_short_wait_is_waited_for_here(slack, slack_notifier) -> None:
    slack.failures.append(("429", 0))
    slack_notifier.notify(message())
    assert slack.methods == ["chat.postMessage"] * 2
    assert len(slack.messages()) == 1


@pytest.mark.parametrize("seconds", [3600, "soon"])
def test_a_long_wait_goes_back_to_the_queue_and_needs_no_look(slack, slack_notifier, seconds) -> None:
    slack.failures.append(("429", seconds))
    with pytest.raises(Transient, match="wait"):
        slack_notifier.notify(message())
    slack_notifier.notify(message())
    assert slack.methods == ["chat.postMessage"] * 2


@pytest.mark.parametrize("code", ["channel_not_found", "invalid_auth", "missing_scope"])
def test_a_wrong_setting_says_what_to_set(slack, slack_notifier, code: str) -> None:
    slack.failures.append(("refused", code))
    with pytest.raises(NotConfigured, match=r"slack\.|scope"):
        slack_notifier.notify(message())


def test_a_head_that_was_deleted_stays_deleted(slack, slack_notifier) -> None:
    slack_notifier.notify(message())
    slack.failures.append(("refused", "message_not_found"))
    slack_notifier.notify(message("merged"))
    assert slack.methods.count("chat.postMessage") == 2


def test_four_senders_at_once_post_one(slack, slack_notifier) -> None:
    threads = [threading.Thread(target=slack_notifier.notify, args=(message(),)) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(slack.messages()) == 1


def test_what_was_asked_for_is_shown_and_its_button_gone(slack, slack_notifier, record) -> None:
    case = record.arrive(1, fingerprint="a" * 64).case
    slack_notifier.notify(message())
    with connect(record.url) as connection:
        actions.act(connection, case, "approve", "slack:U0ADA", delivery="1")
        slack_notifier.show(connection, case, "shop", f"{'a' * 12}-1")
        assert requests.unshown(connection) == []
    (posted,) = slack.messages()
    assert buttons(posted) == ["changes", "reject", "person", "snooze", "open"]
    assert "*approved* by <@U0ADA>" in json.dumps(posted["blocks"])


def test_after_a_rejection_only_the_link_is_left(slack, slack_notifier, record) -> None:
    case = record.arrive(1, fingerprint="a" * 64).case
    slack_notifier.notify(message())
    with connect(record.url) as connection:
        actions.act(connection, case, "reject", "slack:U0ADA", "hides the bug <!here>", delivery="1")
        slack_notifier.show(connection, case, "shop", f"{'a' * 12}-1")
    (posted,) = slack.messages()
    assert buttons(posted) == ["open"]
    assert "hides the bug &lt;!here&gt;" in json.dumps(posted["blocks"])


def test_a_report_and_its_charts_are_published_once(slack, slack_notifier) -> None:
    content = [{"type": "section", "text": {"type": "mrkdwn", "text": "*The week*"}}]
    charts = [("events.png", b"\x89PNG1"), ("lead.png", b"\x89PNG2")]
    for _ in range(2):
        slack_notifier.publish("report/2026-W47", "The week", content, charts)
    (posted,) = slack.messages()
    (files,) = slack.messages(thread=posted["ts"])
    assert [one["name"] for one in files["files"]] == ["events.png", "lead.png"]


def test_charts_whose_answer_was_lost_are_not_uploaded_again(slack, slack_notifier) -> None:
    content = [{"type": "section", "text": {"type": "mrkdwn", "text": "*The week*"}}]
    charts = [("events.png", b"\x89PNG1")]
    slack.failures.extend([("none",), ("none",), ("lost",)])
    with pytest.raises(Transient):
        slack_notifier.publish("report/2026-W47", "The week", content, charts)
    slack_notifier.publish("report/2026-W47", "The week", content, charts)
    assert len(slack.channels["C0ALERTS"]) == 2
