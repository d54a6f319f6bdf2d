"""Clicks over Socket Mode: the same desk, answered by envelope."""

from __future__ import annotations

import json
from functools import partial

import psycopg
import pytest
from slack_sdk.socket_mode.request import SocketModeRequest

from healer.desk import Desk
from healer.interactions import Answer
from healer.notifiers.slack_client import client
from healer.notifiers.slack_socket import Listener
from healer.store.database import connect
from tests.fakes.slack_socket import SocketSide

KEY = f"{'a' * 12}-1"


class Line:
    """What slack-sdk's client is to a listener: it takes answers."""

    def __init__(self) -> None:
        self.sent: list[dict] = []

    def send_socket_mode_response(self, response) -> None:
        self.sent.append(response.to_dict())


def frame(payload: dict, kind: str = "interactive") -> SocketModeRequest:
    request = SocketModeRequest.from_dict({"envelope_id": "e-1", "type": kind, "payload": payload})
    assert request is not None
    return request


def click(user: str = "U0ADA") -> dict:
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": "T0ACME"},
        "team": {"id": "T0ACME"},
        "container": {"message_ts": "1.1"},
        "actions": [
            {"action_id": "healer.approve", "action_ts": "2.2", "value": json.dumps({"p": "shop", "k": KEY})}
        ],
    }


def listener(take) -> Listener:
    return Listener("xapp-test", client("xoxb-test", "http://127.0.0.1:1/api/"), take)


def test_a_click_is_answered_and_taken_once(record, slack_notifier) -> None:
    record.arrive(1, fingerprint="a" * 64)
    desk = Desk(partial(connect, record.url), slack_notifier, "T0ACME", frozenset({"U0ADA"}))
    line, hearing = Line(), listener(desk.take)
    for _ in range(2):
        hearing.hear(line, frame(click()))
    assert line.sent == [{"envelope_id": "e-1"}] * 2
    assert record.one("select count(*) from healer.request") == 1


def test_the_answer_goes_before_what_is_told_later() -> None:
    line = Line()
    seen: list[int] = []
    answer = Answer(body={"response_action": "errors"}, later=lambda: seen.append(len(line.sent)))
    listener(lambda payload: answer).hear(line, frame({}))
    assert line.sent == [{"envelope_id": "e-1", "payload": {"response_action": "errors"}}]
    assert seen == [1]


def test_other_frames_are_acknowledged_only() -> None:
    line = Line()
    listener(lambda payload: pytest.fail("not asked for")).hear(line, frame({}, "events_api"))
    assert line.sent == [{"envelope_id": "e-1"}]


def test_a_click_that_was_not_taken_is_not_acknowledged() -> None:
    def away(payload):
        raise psycopg.OperationalError("away")

    line = Line()
    listener(away).hear(line, frame(click()))
    assert line.sent == []


def test_a_click_comes_over_a_real_connection_and_the_next_one_over_a_new_one(
    record, slack, slack_notifier, until
) -> None:
    record.arrive(1, fingerprint="a" * 64)
    desk = Desk(partial(connect, record.url), slack_notifier, "T0ACME", frozenset({"U0ADA"}))
    asked = partial(record.one, "select count(*) from healer.request")
    with SocketSide() as side:
        slack.socket = side.url
        hearing = Listener("xapp-test", client("xoxb-test", f"{slack.url}/api/"), desk.take)
        hearing.start()
        try:
            until(lambda: side.greeted == 1)
            for number in ("e-1", "e-2"):  # a replay, as after a lost answer
                side.tell({"envelope_id": number, "type": "interactive", "payload": click()})
                assert side.answers.get(timeout=10) == {"envelope_id": number}
            assert asked() == 1
            side.drop()
            until(lambda: side.greeted == 2)
            other = {**click(), "actions": [{**click()["actions"][0], "action_id": "healer.person"}]}
            side.tell({"envelope_id": "e-3", "type": "interactive", "payload": other})
            assert side.answers.get(timeout=10) == {"envelope_id": "e-3"}
            assert asked() == 2
            side.tell({"envelope_id": "e-4", "type": "interactive", "payload": click("U0EVE")})
            assert side.answers.get(timeout=10) == {"envelope_id": "e-4"}
            assert asked() == 2
        finally:
            hearing.stop()
