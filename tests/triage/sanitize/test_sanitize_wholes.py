"""What whole events showed that single lines do not: what stays beside a value, and what tells of it elsewhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.sanitize import clean, clean_event


def cleaned(event: dict[str, Any]) -> str:
    return json.dumps(clean_event(event), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("GET https://api.example.it/atti?tipo=RESIDENZA: 503 Service Unavailable", "503 Service Unavailable"),
        ("Order(adresse: Lindenweg 4 b, telefon: 030 5550199, express: true)", "express: true"),
        ("antar: Jl. Melati No. 8, Canggu → gudang 14", "→ gudang 14"),
        ("NFC read areaCode=0042 block=3", "areaCode=0042"),
        ("WeChat jsapi4Ticket failed: 40001", "jsapi4Ticket"),
        ("UPDATE crm.Kunde SET Epost = N'ane.solli@example.no', Rev = 4", "Epost = N'"),
        ("git+https://x-access-token:ghs_4MbVq8ZtR1xYw7Kd2NpLfa@github.com/acme/tariffs.git", "@github.com/acme/tariffs.git"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_value_stays(text: str, kept: str) -> None:
    assert kept in clean(text).text


def test_a_code_s_word_may_be_one_of_two_that_are_joined() -> None:
    assert "448120" not in clean("Ihr Freischaltcode: 448120").text


def test_an_apostrophe_belongs_to_a_name_within_quotes() -> None:
    assert "'[email:" in clean("Duplicate entry 'd'amico@example.it' for key 3").text


def test_an_application_that_logs_in_by_its_own_name_is_released_by_it() -> None:
    shown = clean_event({"release": "parcel-relay@2.4.0", "extra": {"username": "parcel-relay"}})
    assert shown["release"] == "parcel-relay@2.4.0"
    assert shown["extra"]["username"] != "parcel-relay"


def test_the_key_of_a_form_was_not_drawn() -> None:
    assert "forms/visa/w17:20240901a" in cleaned({"extra": {"key": "forms/visa/w17:20240901a"}})
