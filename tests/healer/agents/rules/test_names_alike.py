"""Which of the known names a wrong one was meant to be."""

from __future__ import annotations

import pytest

from healer.agents.rules.names import close


@pytest.mark.parametrize(
    ("wrong", "known", "meant"),
    [
        ("distence", {"distance", "instance"}, "distance"),
        ("get_price", {"price", "prices_seen"}, "price"),
        ("item", {"items", "timer"}, "items"),
        ("createdAt", {"created_at", "updated_at"}, "created_at"),
    ],
)
def test_the_nearest_name_is_first(wrong: str, known: set[str], meant: str) -> None:
    assert close(wrong, known)[0][0] == meant


def test_opposite_verbs_are_no_slip_of_each_other() -> None:
    assert all(ratio < 0.93 for _, ratio in close("set_price", {"get_price"}))
