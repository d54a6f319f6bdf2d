"""What Slack sends when somebody clicks: signature and shapes. Pure.

Everything here is checked before any library sees it: slack-sdk's own verifier raises on a timestamp that
is no number and on a body that is not UTF-8, which would be an error 500 for anybody who asks.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import parse_qs

import orjson

from triage.lenient import Malformed
from triage.noun import Noun
from triage.sanitize import clean

WINDOW = 300  # seconds; Slack's own advice against replay
MAX_TEXT = 3000
PREFIX = "healer."


class Interaction(Noun):
    """A click or a submitted form. `kind`: click | form | other."""

    kind: str
    action: str = ""  # approve | changes | reject | person | snooze | open
    team: str = ""
    user: str = ""
    user_team: str = ""  # differs from `team` where a guest of another workspace clicked
    project: str = ""
    key: str = ""  # the case's natural key
    text: str = ""
    until: date | None = None
    delivery: str = ""  # the same for every delivery of the same click
    trigger: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Answer:
    """`body`: what a form is answered with, None means an empty answer. `later`: to be done after it."""

    body: dict[str, Any] | None = None
    later: Callable[[], None] | None = None


def verify(secret: str, body: bytes, timestamp: str, signature: str, now: float) -> bool:
    """Whether Slack signed `body` within the last five minutes."""
    if not secret or not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 12):
        return False
    if abs(now - int(timestamp)) > WINDOW:
        return False
    expected = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256)
    return hmac.compare_digest(b"v0=" + expected.hexdigest().encode(), signature.encode("utf-8", "replace"))


def payload(body: bytes, content_type: str) -> dict[str, Any]:
    """The JSON that Slack sent, in a form's `payload` or as the body itself. Raises Malformed."""
    raw = body
    if "json" not in content_type:
        try:
            fields = parse_qs(body.decode("ascii"), max_num_fields=50, encoding="utf-8", errors="strict")
        except (UnicodeDecodeError, ValueError):
            raise Malformed("the body is no form") from None
        raw = fields.get("payload", [""])[0].encode()
    try:
        found = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise Malformed("there is no JSON in it") from None
    if not isinstance(found, dict):
        raise Malformed("its JSON is no object")
    return found


def read(found: Mapping[str, Any]) -> Interaction:
    """Never raises: what has not the shape of ours is of the kind `other`."""
    user, team = _map(found, "user"), _map(found, "team")
    who = Interaction(
        kind="other",
        team=_text(team, "id") or _text(user, "team_id"),
        user=_text(user, "id"),
        user_team=_text(user, "team_id") or _text(team, "id"),
        trigger=_text(found, "trigger_id"),
    )
    match found.get("type"):
        case "block_actions":
            return _click(found, who)
        case "view_submission":
            return _form(found, who)
    return who


def _click(found: Mapping[str, Any], who: Interaction) -> Interaction:
    actions = found.get("actions")
    first = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    name, value = _text(first, "action_id"), _json(_text(first, "value"))
    if not name.startswith(PREFIX):
        return who
    place = _map(found, "container")
    parts = (who.team, _text(place, "message_ts"), name, _text(first, "action_ts"), who.user)
    return who.model_copy(
        update={
            "kind": "click",
            "action": name.removeprefix(PREFIX),
            "project": _text(value, "p"),
            "key": _text(value, "k"),
            "delivery": "click:" + ":".join(parts),
            "channel": _text(_map(found, "channel"), "id") or _text(place, "channel_id"),
        }
    )


def _form(found: Mapping[str, Any], who: Interaction) -> Interaction:
    view = _map(found, "view")
    meta = _json(_text(view, "private_metadata"))
    if not _text(view, "callback_id").startswith(PREFIX) or not meta:
        return who
    answer = _map(_map(_map(_map(view, "state"), "values"), "answer"), "value")
    return who.model_copy(
        update={
            "kind": "form",
            "action": _text(meta, "a"),
            "project": _text(meta, "p"),
            "key": _text(meta, "k"),
            "text": clean(_text(answer, "value")[:MAX_TEXT]).text.strip(),
            "until": _date(_text(answer, "selected_date")),
            "delivery": f"form:{_text(view, 'id')}",
            "channel": _text(meta, "c"),
        }
    )


def metadata(one: Interaction) -> str:
    """What a form carries, to be read again by `read`."""
    return orjson.dumps({"p": one.project, "k": one.key, "a": one.action, "c": one.channel}).decode()


def _map(found: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = found.get(name)
    return value if isinstance(value, dict) else {}


def _text(found: Mapping[str, Any], name: str) -> str:
    value = found.get(name)
    return value[:MAX_TEXT].replace("\0", "") if isinstance(value, str) else ""


def _json(text: str) -> Mapping[str, Any]:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        return {}
    return value if isinstance(value, dict) else {}


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
