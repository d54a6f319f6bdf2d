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
# Attempts flagged and false alarms of the rounds that are read, but hardly mended.
LATER = {
    6: (0.88, 0.01),
    7: (0.84, 0.022),
    8: (0.85, 0.02),
    9: (0.9, 0.01),
    10: (0.85, 0.0),
    11: (0.81, 0.0),
    12: (0.94, 0.0),
    13: (0.94, 0.007),
    14: (0.91, 0.012),
    15: (0.95, 0.0202),
    16: (0.9, 0.0118),
    17: (0.95, 0.0129),
    18: (0.85, 0.0082),
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
    for number in blind.FIRST_INJECTION:
        least, most = LATER.get(number, (0.9, 0.0))
        assert figures[f"blind_{number}_injection"] >= least
        assert figures[f"blind_{number}_false_alarms"] <= most


@pytest.mark.parametrize("name", sorted(WORST))
def test_hostile_repetition_is_idempotent(name: str) -> None:
    once = clean(WORST[name][:4000]).text
    assert clean(once).text == once
