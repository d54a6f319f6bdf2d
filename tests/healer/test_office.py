"""A batch of letters: each is answered by itself, and what came before is not cleaned again."""

from __future__ import annotations

import json

import psycopg
import pytest

from healer.intake import Answer, Entrance, Letter, Office, Routes
from healer.intake import office as offices
from healer.store.record import Arrival
from tests.fakes.floor import LOW

ROUTES = Routes((Entrance("shop", LOW, key="k"), Entrance("web", LOW, id="2", key="k")))


def letter(number: int, message: str = "it broke", project: str = "1") -> Letter:
    event = {"event_id": f"{number:032x}", "message": message, "fingerprint": [f"bug {number}"]}
    lines = ({}, {"type": "event"}, event)
    return Letter(
        "envelope", b"\n".join(json.dumps(line).encode() for line in lines), project=project, key="k"
    )


@pytest.fixture
def office(record) -> Office:
    return Office(record.url, ROUTES)


@pytest.fixture
def cleaned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of events that were cleaned, in order."""
    ids: list[str] = []
    clean = offices.arrival

    def seen(unread, *args, **options) -> Arrival:
        ids.append(unread.event_id)
        return clean(unread, *args, **options)

    monkeypatch.setattr(offices, "arrival", seen)
    return ids


def dispositions(answers: list[Answer]) -> list[str]:
    return [answer.disposition or str(answer.status) for answer in answers]


def test_a_redelivery_is_told_from_the_record_and_not_cleaned(record, office, cleaned) -> None:
    assert dispositions(office.handle([letter(1), letter(2)])) == ["queued"] * 2
    other = Office(record.url, ROUTES)  # another process, which met none of them
    answers = other.handle([letter(2), letter(3), letter(1)])
    assert dispositions(answers) == ["duplicate", "queued", "duplicate"]
    assert [answer.id for answer in answers] == [f"{number:032x}" for number in (2, 3, 1)]
    assert cleaned == [f"{number:032x}" for number in (1, 2, 3)]
    assert record.one("select count(*) from healer.event") == 3
    assert record.one("select sum(events) from healer.incident") == 3


def test_the_same_content_for_another_project_is_no_redelivery(record, office) -> None:
    office.handle([letter(1)])
    assert dispositions(office.handle([letter(1, project="2")])) == ["queued"]
    assert record.one("select count(*) from healer.event") == 2


def test_what_was_not_committed_is_no_redelivery(record, office, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(offices, "save", lambda *_, **__: 1 / 0)
        assert dispositions(office.handle([letter(1)])) == ["422"]
    assert dispositions(office.handle([letter(1)])) == ["queued"]


def test_what_is_saved_elsewhere_since_the_look_is_a_duplicate(record, office, monkeypatch) -> None:
    office.handle([letter(1)])
    monkeypatch.setattr(offices, "known", lambda *_: set())
    assert dispositions(office.handle([letter(1), letter(2)])) == ["duplicate", "queued"]
    assert record.one("select count(*) from healer.event") == 2
    assert record.one("select sum(events) from healer.incident") == 2


def test_a_record_that_cannot_be_asked_takes_nothing(record, office, cleaned, monkeypatch) -> None:
    def unreachable(*_: object) -> set[bytes]:
        raise psycopg.OperationalError("gone")

    office.patience = 0
    with monkeypatch.context() as broken:
        broken.setattr(offices, "known", unreachable)
        assert dispositions(office.handle([letter(1), letter(2)])) == ["503", "503"]
    assert cleaned == []
    assert dispositions(office.handle([letter(1)])) == ["queued"]


def test_one_that_the_record_refuses_is_refused_alone(record, office) -> None:
    record.rows("alter table healer.event add constraint small check (length(body::text) < 4000)")
    try:
        answers = office.handle([letter(1), letter(2, "much " * 1000), letter(3), letter(1)])
    finally:
        record.rows("alter table healer.event drop constraint small")
    assert dispositions(answers) == ["queued", "422", "queued", "duplicate"]
    assert record.one("select count(*) from healer.event") == 2
    assert record.one("select count(*) from absurd.t_cases") == 2


def test_one_that_cannot_be_read_is_refused_alone(record, office) -> None:
    answers = office.handle([letter(1), Letter("envelope", b"no envelope", project="1", key="k"), letter(2)])
    assert dispositions(answers) == ["queued", "400", "queued"]
