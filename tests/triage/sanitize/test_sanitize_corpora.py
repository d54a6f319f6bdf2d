"""Floors under the figures of `python -m benchmarks.sanitize`, so that a rule cannot quietly get worse."""

import pytest

from benchmarks.sanitize import WORST, blind_lists, part, told_in_sentences, whole_lists
from triage.sanitize import clean

FLOORS = {
    "secrets_hidden": 0.97,
    "pii_hidden": 0.95,
    "injection_flagged": 0.75,
    "neutralised_model": 1.0,
    "neutralised_github": 1.0,
    "neutralised_slack": 1.0,
}
CEILINGS = {"harmless_damaged": 0.005, "false_alarms": 0.02}


@pytest.mark.parametrize("unseen", [False, True], ids=["seen", "unseen"])
def test_recall_and_damage(unseen: bool) -> None:
    figures = part(unseen)
    assert {name: figures[name] for name, floor in FLOORS.items() if figures[name] < floor} == {}
    assert {name: figures[name] for name, ceiling in CEILINGS.items() if figures[name] > ceiling} == {}


def test_blind_lists_stay_read() -> None:
    figures = blind_lists()
    assert {name: figure for name, figure in figures.items() if "secrets" in name and figure < 0.95} == {}
    assert {name: figure for name, figure in figures.items() if "pii" in name and figure < 0.94} == {}
    assert figures["blind_damaged"] <= 0.005
    for number in range(9, 17):
        assert figures[f"blind_{number}_secrets"] >= 0.97
        assert figures[f"blind_{number}_pii"] >= (0.98 if number < 13 else 0.97)
    assert figures["blind_injection"] >= 0.92
    assert figures["blind_false_alarms"] <= 0.005


def test_sentences_stay_read() -> None:
    figures = told_in_sentences()
    assert figures["said_hidden"] >= 0.8
    assert figures["said_damaged"] <= 0.05


def test_whole_events_stay_read() -> None:
    figures = whole_lists()
    assert {name: figure for name, figure in figures.items() if "hidden" in name and figure < 0.93} == {}
    assert {name: figure for name, figure in figures.items() if "kept" in name and figure < 0.985} == {}


@pytest.mark.parametrize("name", sorted(WORST))
def test_hostile_repetition_is_idempotent(name: str) -> None:
    once = clean(WORST[name][:4000]).text
    assert clean(once).text == once
