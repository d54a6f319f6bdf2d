from __future__ import annotations

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import pytest

from triage.sentry import Malformed, read_hook, verify

SECRET = "integration client secret"
EVENT = {
    "event_id": "9" * 32,
    "platform": "python",
    "message": "boom",
    "issue_id": "77",
    "project": 4,
    "url": "https://sentry.io/api/0/projects/acme/shop-api/events/9/",
}
ISSUE = {
    "id": "77",
    "shortId": "SHOP-7",
    "title": "KeyError: 'x'",
    "project": {"id": "4", "slug": "shop-api"},
    "issueCategory": "error",
    "count": "12",
    "userCount": 3,
    "lastSeen": "2026-01-02T03:04:05Z",
}
OUR_APP = "2ebf071f-28df-4989-aca9-c37c763b278f"


def body(action: str, data: dict[str, Any], actor: object = "sentry") -> bytes:
    return json.dumps({"action": action, "data": data, "actor": {"id": actor}}).encode()


def sign(raw: bytes) -> str:
    return hmac.new(SECRET.encode(), raw, hashlib.sha256).hexdigest()


def test_signature_is_over_the_raw_bytes() -> None:
    raw = b'{"a": 1}'
    assert verify(SECRET, raw, sign(raw))
    assert not verify(SECRET, b'{"a":1}', sign(raw))


@pytest.mark.parametrize("signature", [None, "", "f" * 64, "ümlaut", "\udcff", "0" * 63])
def test_wrong_signatures_are_refused_without_raising(signature: str | None) -> None:
    assert not verify(SECRET, b"{}", signature)


def test_an_empty_secret_verifies_nothing() -> None:
    assert not verify("", b"{}", hmac.new(b"", b"{}", hashlib.sha256).hexdigest())


@pytest.mark.parametrize("resource", ["event_alert", "error"])
def test_a_hook_with_an_event_carries_it(resource: str) -> None:
    action, name = ("triggered", "event") if resource == "event_alert" else ("created", "error")
    hook = read_hook(resource, body(action, {name: EVENT, "triggered_rule": "any error"}))
    assert hook.event is not None
    assert (hook.ignored, hook.organization, hook.project_slug, hook.issue_id) == (
        "",
        "acme",
        "shop-api",
        "77",
    )


@pytest.mark.parametrize("action", ["created", "unresolved"])
def test_an_issue_to_work_on_names_what_to_fetch(action: str) -> None:
    hook = read_hook("issue", body(action, {"issue": ISSUE}))
    assert (hook.ignored, hook.event, hook.issue_id, hook.short_id) == ("", None, "77", "SHOP-7")
    assert (hook.count, hook.users, hook.regressed) == (12, 3, action == "unresolved")


@pytest.mark.parametrize(
    ("resource", "action"),
    [
        ("issue", "resolved"),
        ("issue", "ignored"),
        ("issue", "archived"),
        ("issue", "assigned"),
        ("comment", "created"),
        ("comment", "deleted"),
        ("installation", "created"),
        ("installation", "deleted"),
        ("metric_alert", "critical"),
        ("metric_alert", "open"),
        ("seer", "pr_created"),
        ("preprod_artifact", "size_analysis_completed"),
        ("", ""),
    ],
)
def test_hooks_with_nothing_to_do_say_why(resource: str, action: str) -> None:
    hook = read_hook(resource, body(action, {"issue": ISSUE, "issue_id": 77}))
    assert hook.ignored
    assert hook.event is None


def test_an_unknown_resource_is_ignored_whatever_its_body() -> None:
    assert read_hook("brand_new", b"\xff not json").ignored


def test_our_own_actions_are_not_news() -> None:
    raw = body("unresolved", {"issue": ISSUE}, OUR_APP.upper())
    assert read_hook("issue", raw, app_uuid=OUR_APP).ignored == "our own action"
    assert not read_hook("issue", raw).ignored


def test_a_person_with_a_numeric_id_is_no_application() -> None:
    assert not read_hook("issue", body("created", {"issue": ISSUE}, 1), app_uuid=OUR_APP).ignored


def test_duplicates_are_recognised_by_content() -> None:
    one = read_hook("event_alert", body("triggered", {"event": EVENT, "triggered_rule": "a"}))
    two = read_hook("event_alert", body("triggered", {"triggered_rule": "b", "event": EVENT}))
    three = read_hook("error", body("created", {"error": {**EVENT, "event_id": "8" * 32}}))
    assert one.content_key == two.content_key != three.content_key


def test_each_regression_of_an_issue_is_news_but_its_creation_is_not() -> None:
    later = {**ISSUE, "lastSeen": "2026-02-02T00:00:00Z", "count": "13"}
    unresolved = [
        read_hook("issue", body("unresolved", {"issue": i})).content_key for i in (ISSUE, ISSUE, later)
    ]
    created = {read_hook("issue", body("created", {"issue": i})).content_key for i in (ISSUE, later)}
    assert unresolved[0] == unresolved[1] != unresolved[2]
    assert len(created) == 1


def test_settings_of_the_rule_are_read_for_routing() -> None:
    settings = [{"name": "repository", "value": "acme/shop"}]
    data = {"event": EVENT, "issue_alert": {"id": 1, "settings": settings}}
    assert read_hook("event_alert", body("triggered", data)).settings == (("repository", "acme/shop"),)


def test_untrusted_text_stays_out_of_the_repr() -> None:
    issue = {**ISSUE, "title": "ATTACK", "web_url": "https://ATTACK"}
    assert "ATTACK" not in repr(read_hook("issue", body("created", {"issue": issue})))


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"null", b"{", b'{"action":"triggered"}', b'{"action":"triggered","data":{"event":3}}'],
)
def test_malformed_hooks_say_so_in_a_sentence(raw: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        read_hook("event_alert", raw)
    assert len(str(caught.value)) > 20


def test_recorded_signatures(contracts: Path) -> None:
    for vector in json.loads((contracts / "sentry/signature-vectors.json").read_text()):
        raw = base64.b64decode(vector["raw_b64"])
        wrong = vector.get("wrong_digest_from_json.dumps(body)")
        if wrong:
            assert not verify(vector["secret"], raw, wrong)
        else:
            assert verify(vector["secret"], raw, vector["sentry-hook-signature"])


def test_recorded_hooks(contracts: Path) -> None:
    worked = 0
    for path in sorted((contracts / "sentry/webhooks").glob("*.json")):
        recorded = json.loads(path.read_text())
        hook = read_hook(recorded["headers"]["Sentry-Hook-Resource"], json.dumps(recorded["body"]).encode())
        expects_work = any(f".{kind}." in path.name for kind in ("event_alert", "error"))
        expects_work |= ".issue.created" in path.name or ".issue.unresolved" in path.name
        assert (hook.ignored == "") == expects_work, path.name
        worked += expects_work
    assert worked >= 8
