"""Floors under the figures of `python -m benchmarks.sanitize`, so that a rule cannot quietly get worse."""

import pytest

from benchmarks.corpora.sanitize import blind
from benchmarks.sanitize import WORST, blind_lists, part
from triage.sanitize import clean

FLOORS = {
    "secrets_hidden": 0.97,
    "pii_hidden": 0.95,
    "injection_flagged": 0.9,
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
    for number in blind.FIRST_INJECTION:
        least, most = (0.9, 0.0) if number <= 5 else (0.75, 0.025)  # later rounds are read, but hardly mended
        assert figures[f"blind_{number}_injection"] >= least
        assert figures[f"blind_{number}_false_alarms"] <= most


@pytest.mark.parametrize("name", sorted(WORST))
def test_hostile_repetition_is_idempotent(name: str) -> None:
    once = clean(WORST[name][:4000]).text
    assert clean(once).text == once
