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
