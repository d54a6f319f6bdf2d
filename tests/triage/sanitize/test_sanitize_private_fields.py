"""Fields of somebody's record that no list of names has, told by learned weights beside what is hidden."""

from __future__ import annotations

import json

import pytest

from triage.sanitize import clean, clean_event

PERSON = {"email": "ann.lee@shop.example.org", "telefon": "+49 30 1234567"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kennzeichen_kunde", "B-XY 4711"),
        ("ridicskyPrukaz", "EM 482719"),
        ("achternm_verz", "Zijlstra"),
        ("nr_licencia", "1234567890"),
    ],
)
def test_a_field_of_somebodys_record_is_hidden(name: str, value: str) -> None:
    record = {**PERSON, name: value}
    assert value not in json.dumps(clean_event({"extra": {"record": record}}), ensure_ascii=False)
    assert value not in clean(json.dumps(record, ensure_ascii=False)).text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "ACTIVE"),
        ("warehouse", "HAM-2"),
        ("retries", "3"),
        ("created_at", "2026-03-02T08:11:55Z"),
        ("currency", "EUR"),
        ("order_no", "10004711"),
        ("version", "2.14.0"),
        ("queue", "mail.retry"),
    ],
)
def test_what_is_of_the_application_stays_beside_it(name: str, value: str) -> None:
    record = {**PERSON, name: value}
    assert value in json.dumps(clean_event({"extra": {"record": record}}), ensure_ascii=False)
    assert value in clean(json.dumps(record, ensure_ascii=False)).text


def test_without_anything_hidden_nothing_is_asked() -> None:
    event = {"extra": {"record": {"ridicskyPrukaz": "EM 482719", "stav": "OK"}}}
    assert clean_event(event) == event


def test_a_part_of_a_record_is_asked_beside_the_whole() -> None:
    record = {**PERSON, "doklad": {"ridicskyPrukaz": "EM 482719", "stav": "OK"}}
    shown = clean_event({"extra": {"record": record}})["extra"]["record"]["doklad"]
    assert shown["ridicskyPrukaz"].startswith("[private:")
    assert shown["stav"] == "OK"


def test_the_next_line_of_a_log_is_nobodys() -> None:
    text = "mail to ann.lee@shop.example.org failed\nridicskyPrukaz=EM 482719"
    assert clean(text).text.endswith("\nridicskyPrukaz=EM 482719")


def test_of_a_text_so_many_fields_are_asked_as_cost_little() -> None:
    many = ", ".join(f"ridicskyPrukaz{n}='EM {n:06}', mail='a{n}@b.example.org'" for n in range(900))
    assert len(clean(many).redactions) <= 3


def test_an_event_and_what_an_application_made_are_nobody_s_record() -> None:
    sent = {"event_id": "c" * 32, "project": 4501, "title": "ann@example.org", "culprit": "shop.views"}
    assert clean_event({"data": {"event": sent}})["data"]["event"]["project"] == 4501
    kept = {
        "projectId": 4505281256090153,
        "dateCreated": "2014-12-15T04:06:24Z",
        "groupingConfig": "new:2012-11-21",
    }
    shown = clean_event({"extra": {"team": {"owner_email": "ann@example.org", **kept}}})["extra"]["team"]
    assert {name: shown[name] for name in kept} == kept


def test_settings_beside_a_secret_are_nobody_s() -> None:
    text = "WxPayConfig(mchid='1604418820', apiv3_key='rdHE4VPnwMChv5u3y7Pysfo0UCJwBBT5')"
    assert "mchid='1604418820'" in clean(text).text
    assert (
        clean_event({"pay": {"mchid": "1604418820", "apiv3_key": "rdHE4VPnwMChv5u3y7Pysfo0UCJwBBT5"}})["pay"][
            "mchid"
        ]
        == "1604418820"
    )
