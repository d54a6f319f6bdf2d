"""Settings -> what agents may ask of the event log."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from healer import settings
from healer.errors import NotConfigured
from healer.observed import Observed
from healer.wiring import _inquiry


def given(tmp_path: Path, **environment: str) -> settings.Settings:
    return settings.load({"HEALER_HOME": str(tmp_path), **environment})


def test_free_queries_are_off_until_a_team_turns_them_on(tmp_path: Path) -> None:
    observed = Observed("postgresql:///none")
    assert _inquiry(given(tmp_path), observed, None).relations == ()
    on = given(tmp_path, HEALER_OBSERVED_SELECT="true")
    assert "eventlog.event" in _inquiry(on, observed, None).relations
    assert "eventlog.past_case" not in _inquiry(on, observed, None).relations
    own = {"HEALER_OBSERVED_SELECT": "yes", "HEALER_OBSERVED_RELATIONS": "eventlog.orders, eventlog.event"}
    assert _inquiry(given(tmp_path, **own), observed, None).relations == ("eventlog.orders", "eventlog.event")


@pytest.mark.parametrize("relation", ["event", "a.b.c", "eventlog.*", "eventlog.x;drop", 'x."Y"'])
def test_a_relation_is_named_with_its_schema(tmp_path: Path, relation: str) -> None:
    with pytest.raises(NotConfigured, match="relations"):
        given(tmp_path, HEALER_OBSERVED_RELATIONS=relation)


def test_a_teams_questions_can_be_asked_and_replace_shipped_ones(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    for name in ("vip", "request_events"):
        text = "-- purpose: p\n-- binds: user_id\n-- reading: r\nselect %(user_id)s\n"
        (folder / f"{name}.sql").write_text(text)
    told = given(tmp_path, HEALER_OBSERVED_QUESTIONS=str(folder))
    named = _inquiry(told, Observed("postgresql:///none"), None).named
    assert named["vip"].binds == named["request_events"].binds == ("user_id",)


def test_questions_about_the_record_go_to_the_record(tmp_path: Path) -> None:
    asked: list[str] = []

    class Known(Observed):
        def ask(self, sql: str, bindings: Mapping[str, Any], *, limit: int) -> Any:
            asked.append(self._dsn)

    inquiry = _inquiry(given(tmp_path), Known("postgresql:///theirs"), Known("postgresql:///ours"))
    for name in ("same_failure_before", "request_events"):
        question = inquiry.named[name]
        inquiry.answering(question)(question.sql, {}, limit=1)
    assert asked == ["postgresql:///ours", "postgresql:///theirs"]
