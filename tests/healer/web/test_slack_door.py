"""Clicks over HTTP: signed, in time, by those who may, once."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from urllib.parse import urlencode

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from healer import interactions
from healer.desk import Desk
from healer.protocols import Message
from healer.store.database import connect
from healer.web.slack import SlackDoor

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
KEY = f"{'a' * 12}-1"
HTTP_FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def desk(record, slack_notifier) -> Desk:
    return Desk(partial(connect, record.url), slack_notifier, "T0ACME", frozenset({"U0ADA", "U0BOB"}))


@pytest.fixture
def door(desk):
    with TestClient(Starlette(routes=SlackDoor(SECRET, desk.take).routes())) as client:
        yield client


@pytest.fixture
def case(record, slack_notifier) -> int:
    number = record.arrive(1, fingerprint="a" * 64).case
    slack_notifier.notify(
        Message(
            key=f"{KEY}/proposed",
            thread=KEY,
            project="shop",
            title="KeyError",
            actions=("approve", "changes", "reject", "person", "snooze"),
        )
    )
    return number


def send(door, payload, *, secret: str = SECRET, at: float | None = None, form: bool = True):
    body = urlencode({"payload": json.dumps(payload)}).encode() if form else json.dumps(payload).encode()
    return raw(door, body, secret=secret, at=at, content=HTTP_FORM if form else "application/json")


def raw(door, body: bytes, *, secret: str = SECRET, at: float | None = None, content: str = HTTP_FORM):
    stamp = str(int(at or time.time()))
    made = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={made}",
        "Content-Type": content,
    }
    return door.post("/slack/interactions", content=body, headers=headers)


def click(action: str, user: str = "U0ADA", team: str = "T0ACME", stamp: str = "1.1", **fields) -> dict:
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": fields.pop("user_team", team)},
        "team": {"id": team},
        "trigger_id": "1.2.trigger",
        "channel": {"id": "C0ALERTS"},
        "container": {"message_ts": "1795167001.000200", "channel_id": "C0ALERTS"},
        "actions": [
            {
                "action_id": f"healer.{action}",
                "value": json.dumps({"p": "shop", "k": KEY}),
                "action_ts": stamp,
            }
        ],
        **fields,
    }


def form(slack, value: dict, user: str = "U0ADA", view: str = "V1") -> dict:
    opened = slack.views[-1]["view"]
    return {
        "type": "view_submission",
        "user": {"id": user, "team_id": "T0ACME"},
        "team": {"id": "T0ACME"},
        "view": {
            "id": view,
            "callback_id": opened["callback_id"],
            "private_metadata": opened["private_metadata"],
            "state": {"values": {"answer": {"value": value}}},
        },
    }


def asked(record) -> list[tuple]:
    rows = record.rows("select action, actor, text from healer.request order by id")
    return [tuple(row.values()) for row in rows]


def test_an_approval_is_recorded_announced_and_shown(door, case, record, slack) -> None:
    assert send(door, click("approve")).status_code == 200
    assert asked(record) == [("approve", "slack:U0ADA", "")]
    assert record.one("select count(*) from absurd.e_cases where event_name = %s", f"case:{case}:request:1")
    (audited,) = record.rows("select actor, action, decision from healer.audit")
    assert tuple(audited.values()) == ("slack:U0ADA", "approve", "allow")
    (posted,) = slack.messages()
    assert "*approved* by <@U0ADA>" in json.dumps(posted["blocks"])
    assert "healer.approve" not in json.dumps(posted["blocks"])


def test_a_double_click_and_a_replay_are_one_request(door, case, record, slack) -> None:
    for _ in range(2):
        send(door, click("approve"))
    send(door, click("approve", stamp="2.2"))
    send(door, click("approve", user="U0BOB", stamp="3.3"))
    assert asked(record) == [("approve", "slack:U0ADA", "")]
    assert [one["user"] for one in slack.whispers] == ["U0BOB"]
    assert "Already approved by U0ADA" in slack.whispers[0]["text"]


def test_eight_people_at_once_make_one_request(desk, case, record) -> None:
    clicks = [click("person", stamp=f"{n}.0") for n in range(8)]
    threads = [threading.Thread(target=desk.take, args=(one,)) for one in clicks]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(asked(record)) == 1


def test_changes_are_asked_for_in_a_form(door, case, record, slack) -> None:
    assert send(door, click("changes")).content == b""
    assert asked(record) == []
    answer = send(door, form(slack, {"type": "plain_text_input", "value": "use .get, token sk_live_"}))
    assert answer.content == b""
    send(door, form(slack, {"type": "plain_text_input", "value": "use .get, token sk_live_"}))
    assert len(asked(record)) == 1
    assert asked(record)[0][2].startswith("use .get")


def test_a_form_without_a_reason_says_so_in_the_form(door, case, record, slack) -> None:
    send(door, click("reject"))
    answer = send(door, form(slack, {"type": "plain_text_input", "value": " "})).json()
    assert answer == {"response_action": "errors", "errors": {"answer": answer["errors"]["answer"]}}
    assert asked(record) == []


def test_a_rejection_leaves_a_lesson_and_ends_the_buttons(door, case, record, slack) -> None:
    send(door, click("reject"))
    send(door, form(slack, {"type": "plain_text_input", "value": "hides the bug"}))
    assert record.one("select text from healer.lesson where outcome = 'rejected'") == "hides the bug"
    send(door, click("approve", user="U0BOB"))
    assert len(asked(record)) == 1
    assert record.one("select count(*) from healer.lesson") == 1


@pytest.mark.parametrize(("days", "taken"), [(3, True), (0, False), (-2, False), (4000, False)])
def test_a_snooze_needs_a_day_to_come(door, case, record, slack, days: int, taken: bool) -> None:
    send(door, click("snooze"))
    day = (datetime.now(UTC) + timedelta(days=days)).date().isoformat()
    answer = send(door, form(slack, {"type": "datepicker", "selected_date": day}))
    assert bool(answer.content) is not taken
    assert len(asked(record)) == taken


def test_handing_over_takes_the_case_from_the_queue(door, case, record) -> None:
    send(door, click("person"))
    (row,) = record.rows("select state, code from healer.cases")
    assert tuple(row.values()) == ("declined", "handed_over")
    assert record.one("select state from absurd.t_cases") == "cancelled"


@pytest.mark.parametrize(
    "who",
    [
        {"user": "U0EVE"},
        {"team": "T0OTHER"},
        {"user_team": "T0OTHER"},
        {"user": ""},
        {"team": ""},
    ],
)
def test_others_may_not_and_that_is_audited(door, case, record, slack, who: dict) -> None:
    assert send(door, click("approve", **who)).status_code == 200
    assert asked(record) == []
    assert record.one("select count(*) from healer.audit where decision = 'deny'") == 1


def test_the_link_button_is_only_acknowledged(door, case, record) -> None:
    assert send(door, click("open")).status_code == 200
    assert record.one("select count(*) from healer.audit") == 0


@pytest.mark.parametrize("at", [-301, 301])
def test_an_old_or_early_signature_is_refused(door, record, at: int) -> None:
    assert send(door, click("approve"), at=time.time() + at).status_code == 401


def test_a_wrong_secret_is_refused(door, record) -> None:
    assert send(door, click("approve"), secret="another").status_code == 401


@pytest.mark.parametrize("stamp", ["", "soon", "1e9", "９９９", "-1", "9" * 400, "1.5"])
@pytest.mark.parametrize("signature", ["", "v0=", "v0=ü", "v0=" + "0" * 64, "v1=abc"])
def test_no_header_makes_an_error_of_ours(door, stamp: str, signature: str) -> None:
    headers = {
        "X-Slack-Request-Timestamp": stamp.encode(),
        "X-Slack-Signature": signature.encode(),
        "Content-Type": HTTP_FORM,
    }
    assert door.post("/slack/interactions", content=b"\xff\xfe", headers=headers).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"payload=",
        b"payload=%ff",
        b"payload=nojson",
        b"payload=[1]",
        b"payload=%7B",
        b"a=b&" * 200,
        b"payload=" + b"%5B" * 5000,
    ],
)
def test_no_signed_nonsense_makes_an_error_of_ours(door, body: bytes) -> None:
    assert raw(door, body).status_code == 400


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"type": "block_actions"},
        {"type": "block_actions", "actions": [], "user": None, "team": 3},
        {"type": "block_actions", "actions": [{"action_id": 5, "value": {}}]},
        {"type": "view_submission", "view": {"state": [], "callback_id": "healer.form"}},
        {"type": "view_closed", "view": {}},
        {"type": "shortcut"},
        click("no such"),
        click("approve", actions=[{"action_id": "healer.approve", "value": "[]"}]),
        click("approve", actions=[{"action_id": "healer.approve", "value": '{"p":"\\u0000","k":"-9"}'}]),
    ],
)
def test_any_other_shape_is_acknowledged_and_changes_nothing(door, case, record, payload) -> None:
    assert send(door, payload).status_code == 200
    assert asked(record) == []


def test_the_url_is_verified(door) -> None:
    answer = send(door, {"type": "url_verification", "challenge": "3eZbrw"}, form=False)
    assert answer.json() == {"challenge": "3eZbrw"}


def test_what_slack_was_not_told_is_caught_up_with(door, desk, case, record, slack) -> None:
    slack.failures.append(("500",))
    send(door, click("approve"))
    (posted,) = slack.messages()
    assert "*approved*" not in json.dumps(posted["blocks"])
    assert desk.catch_up() == 1
    assert "*approved*" in json.dumps(slack.messages()[0]["blocks"])
    assert desk.catch_up() == 0


def test_a_record_that_is_away_is_said_and_nothing_is_done(slack_notifier) -> None:
    away = Desk(
        partial(connect, "postgresql://127.0.0.1:1/none"), slack_notifier, "T0ACME", frozenset({"U0ADA"})
    )
    with TestClient(Starlette(routes=SlackDoor(SECRET, away.take).routes())) as client:
        assert send(client, click("approve")).status_code == 503


def test_the_vector_of_slacks_own_documentation() -> None:
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgc"
        b"ZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    signature = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
    assert interactions.verify(SECRET, body, "1531420618", signature, 1531420618.0)
    assert not interactions.verify(SECRET, body + b"x", "1531420618", signature, 1531420618.0)
    assert not interactions.verify("", body, "1531420618", signature, 1531420618.0)
