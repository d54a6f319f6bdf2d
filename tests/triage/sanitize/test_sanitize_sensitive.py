"""What tells of somebody's health, faith or family by its words."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.sanitize import clean, clean_event
from triage.sanitize.sensitive import tells


def cleaned(event: dict[str, Any]) -> str:
    return json.dumps(clean_event(event), ensure_ascii=False)


@pytest.mark.parametrize(
    "words",
    [
        "diabetes tipo 2, insulina desde 2019",
        "sangramento no segundo trimestre",
        "épilepsie stabilisée",
        "römisch-katholisch",
        "беременность 20 недель",
        "HbA1c 81 mmol/mol",
        "F10.2",
    ],
)
def test_words_of_health_and_faith_are_hidden_beside_somebody(words: str) -> None:
    assert tells(words)
    record = {"email": "ann.lee@shop.example.org", "zvlast_pozn": words, "status": "OPEN"}
    assert words not in cleaned({"extra": {"record": record}})
    assert words not in cleaned(
        {"extra": {"record": {"who": {"email": record["email"]}, "zvlast_pozn": words}}}
    )


def test_a_phrase_is_hidden_from_sign_to_sign() -> None:
    shown = clean("note (ann.lee@shop.example.org): épilepsie stabilisée, dossier 12").text
    assert "pilepsie" not in shown
    assert shown.endswith("], dossier 12")


@pytest.mark.parametrize(
    "words", ["payment aborted", "insufficient funds", "stroke width 2", "STATUS_OPEN", "diagnostics on"]
)
def test_words_that_software_has_tell_nothing(words: str) -> None:
    assert not tells(words)


def test_words_of_health_alone_are_a_catalogue_s() -> None:
    event = {"extra": {"catalogue": {"title": "Asthma inhaler 200", "sku": "A-4471"}}}
    assert clean_event(event) == event
    assert clean("loaded model for diabetes and asthma").text == "loaded model for diabetes and asthma"
