from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.report import week as weeks

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Apia")


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("2026-W47", date(2026, 11, 16)),
        ("2026-W53", date(2026, 12, 28)),
        ("2020-W53", date(2020, 12, 28)),
        ("2025-W01", date(2024, 12, 30)),
        ("2021-w1", date(2021, 1, 4)),
    ],
)
def test_a_week_begins_on_its_monday(text: str, monday: date) -> None:
    assert weeks.parse(text) == monday


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-47", "2026-W54", "2025-W53", "2026-W0", "x-W1", "2026-W٣"]
)
def test_what_is_no_week_is_said(text: str) -> None:
    with pytest.raises(weeks.NoWeek, match="week"):
        weeks.parse(text)


@given(st.dates(date(1990, 1, 1), date(2080, 1, 1)))
def test_a_name_and_its_monday_are_inverse(day: date) -> None:
    monday = weeks.parse(weeks.name(day))
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7


@pytest.mark.parametrize(
    ("zone", "monday", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 23), 167),
        ("Europe/Berlin", date(2026, 10, 19), 169),
        ("Europe/Berlin", date(2026, 11, 16), 168),
        ("Pacific/Auckland", date(2026, 3, 30), 169),
        ("UTC", date(2026, 3, 23), 168),
        ("Pacific/Apia", date(2011, 12, 26), 144),  # the day that this zone left out
    ],
)
def test_a_week_is_as_long_as_its_clocks_make_it(zone: str, monday: date, hours: int) -> None:
    since, until = weeks.bounds(monday, ZoneInfo(zone))
    assert (until - since) / timedelta(hours=1) == hours


def test_the_bounds_are_local_midnights() -> None:
    since, until = weeks.bounds(date(2026, 11, 16), ZoneInfo("Europe/Berlin"))
    assert since == datetime(2026, 11, 15, 23, tzinfo=UTC)
    assert until == datetime(2026, 11, 22, 23, tzinfo=UTC)


@given(st.sampled_from(ZONES), st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_weeks_follow_each_other_without_gap(zone: str, day: date) -> None:
    spans = weeks.before(day - timedelta(days=day.weekday()), 3, ZoneInfo(zone))
    assert all(one[1] == other[0] for one, other in pairwise(spans))


@pytest.mark.parametrize(
    ("now", "week", "due"),
    [
        (datetime(2026, 11, 23, 7, 59, tzinfo=UTC), "2026-W46", datetime(2026, 11, 16, 8, tzinfo=UTC)),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "2026-W47", datetime(2026, 11, 23, 8, tzinfo=UTC)),
        (datetime(2027, 1, 4, 9, tzinfo=UTC), "2026-W53", datetime(2027, 1, 4, 8, tzinfo=UTC)),
    ],
)
def test_the_week_before_is_due_on_monday_morning(now: datetime, week: str, due: datetime) -> None:
    monday, moment = weeks.due(now, ZoneInfo("Europe/Berlin"), 0, 9)
    assert weeks.name(monday) == week
    assert moment == due


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    st.integers(0, 6),
    st.integers(0, 23),
)
def test_what_is_due_is_over_and_was_due_within_the_week(now, zone: str, weekday: int, hour: int) -> None:
    monday, moment = weeks.due(now, ZoneInfo(zone), weekday, hour)
    _, until = weeks.bounds(monday, ZoneInfo(zone))
    assert until <= moment + timedelta(hours=2)
    assert moment <= now < moment + timedelta(days=7, hours=2)


def test_the_last_complete_week_at_a_zones_border() -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # Monday in Berlin, Sunday in London
    assert weeks.name(weeks.last_complete(moment, ZoneInfo("Europe/Berlin"))) == "2026-W47"
    assert weeks.name(weeks.last_complete(moment, ZoneInfo("Europe/London"))) == "2026-W46"
