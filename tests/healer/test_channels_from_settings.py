from __future__ import annotations

from pathlib import Path

import pytest

from healer import settings
from healer.channels import Channels
from healer.errors import NotConfigured, Transient
from healer.secretary import Secretary

SLACK = {"HEALER_SLACK_TOKEN": "xoxb-1", "HEALER_SLACK_CHANNEL": "C1"}
WHO = {"HEALER_SLACK_TEAM": "T1", "HEALER_SLACK_USERS": "U1, U2"}


def channels(tmp_path: Path, **environ: str) -> Channels:
    empty = tmp_path / "healer.toml"
    empty.write_text("")
    return Channels(settings.load({"HEALER_HOME": str(tmp_path), **environ}, empty), "postgresql://nowhere")


def paths(found: Channels) -> set[str]:
    return {route.path for route in found.routes()}


def test_without_slack_there_are_only_pages(tmp_path: Path) -> None:
    found = channels(tmp_path)
    assert found.notifiers() == ()
    assert len(found.secretary().duties) == 1  # the log's days
    assert paths(found) == {"/", "/incidents", "/cases/{case:int}", "/style.css"}
    with pytest.raises(NotConfigured, match=r"slack\.token"):
        found.slack()


def test_pages_are_off_where_others_can_come_unless_asked_for(tmp_path: Path) -> None:
    assert paths(channels(tmp_path, HEALER_WEB_HOST="0.0.0.0")) == set()
    assert "/" in paths(channels(tmp_path, HEALER_WEB_HOST="0.0.0.0", HEALER_WEB_PAGES="true"))


def test_the_door_is_open_only_with_a_secret(tmp_path: Path) -> None:
    secret = {"HEALER_SLACK_SIGNING_SECRET": "s"}
    assert "/slack/interactions" not in paths(channels(tmp_path, **SLACK, **WHO))
    assert "/slack/interactions" in paths(channels(tmp_path, **SLACK, **WHO, **secret))


def test_buttons_need_people_who_may_press_them(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match=r"slack\.users"):
        channels(tmp_path, **SLACK, HEALER_SLACK_SIGNING_SECRET="s").routes()


def test_a_secretary_has_duties_where_somebody_is_told(tmp_path: Path) -> None:
    assert len(channels(tmp_path, **SLACK).secretary().duties) == 2
    assert len(channels(tmp_path, **SLACK, HEALER_REPORT_POST="false").secretary().duties) == 1


def test_a_wrong_time_zone_is_named(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="Mars"):
        channels(tmp_path, HEALER_REPORT_ZONE="Mars/Olympus")


def test_no_secret_is_shown(tmp_path: Path) -> None:
    assert "xoxb-1" not in repr(channels(tmp_path, **SLACK).settings)


def test_one_duty_that_fails_keeps_no_other_from_being_done() -> None:
    done: list[str] = []

    def fails() -> None:
        raise Transient("Slack is away")

    Secretary([fails, lambda: done.append("the other")]).round()
    assert done == ["the other"]
