"""ISO weeks in a time zone. A week begins at local midnight of its Monday, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class NoWeek(ValueError):
    """This is no ISO week; write it as 2026-W47."""


def parse(text: str) -> date:
    """The Monday of an ISO week, `2026-W47`. Raises NoWeek."""
    year, mark, week = text.strip().upper().partition("-W")
    if not mark or not (year.isascii() and year.isdigit() and week.isascii() and week.isdigit()):
        raise NoWeek(f"{text!r} is no ISO week; write it as 2026-W47")
    try:
        return date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise NoWeek(f"there is no week {text!r}; a year has 52 or 53") from None


def name(day: date) -> str:
    """The ISO week that `day` lies in."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def bounds(monday: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """[begin, end) of the week of `monday`, UTC; 167 to 169 hours where the clocks change."""
    return _midnight(monday, zone), _midnight(monday + timedelta(days=7), zone)


def before(monday: date, count: int, zone: tzinfo) -> list[tuple[datetime, datetime]]:
    """The bounds of the `count` weeks before, oldest first, and of the week itself."""
    return [bounds(monday - timedelta(weeks=n), zone) for n in range(count, -1, -1)]


def last_complete(now: datetime, zone: tzinfo) -> date:
    """The Monday of the last week that is over."""
    today = now.astimezone(zone).date()
    return today - timedelta(days=today.weekday() + 7)


def due(now: datetime, zone: tzinfo, weekday: int, hour: int) -> tuple[date, datetime]:
    """(Monday of the week to report, when that was due): the last time it was `weekday` (0 is Monday)
    at `hour`, and the week before that one."""
    today = now.astimezone(zone).date()
    day = today - timedelta(days=(today.weekday() - weekday) % 7)
    moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
    if moment > now:
        day -= timedelta(days=7)
        moment = datetime.combine(day, time(hour), zone).astimezone(UTC)
    return day - timedelta(days=day.weekday() + 7), moment


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
