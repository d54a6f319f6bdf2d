from __future__ import annotations

import pytest

from triage.soak import Window, soak


@pytest.mark.parametrize(
    ("before", "after", "over", "told"),
    [
        ((100, 10_000), (0, 1_000), False, "fixed"),  # ten were to be expected
        ((100, 10_000), (0, 100), False, "watching"),  # one
        ((100, 10_000), (0, 100), True, "quiet_unknown"),
        ((100, 10_000), (1, 100), False, "came_back"),
        ((100, 0), (0, 100), True, "quiet_unknown"),  # nobody counted
        ((100, 0), (0, 0), False, "watching"),
        ((0, 10_000), (0, 99_999), True, "quiet_unknown"),
    ],
)
def test_quiet_is_not_fixed(before: tuple[int, int], after: tuple[int, int], over: bool, told: str) -> None:
    windows = [Window(errors=errors, traffic=traffic) for errors, traffic in (before, after)]
    assert soak(*windows, over=over).soak == told


def test_a_new_episode_says_it_came_back() -> None:
    window = Window(errors=5, traffic=100)
    assert soak(window, Window(errors=0, traffic=0), over=False, came_back=True).soak == "came_back"
