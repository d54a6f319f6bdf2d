"""What follows from the answers: computed by code, said in words a person can read."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from triage.incident import Answer, Finding, Incident
from triage.noun import Json

RATE_CHANGE = "rate_change"
FIRST_SEEN_AFTER_DEPLOY = "first_seen_after_deploy"
OLDER_THAN_RELEASE = "older_than_release"
RECENT_DEPLOY = "recent_deploy"
CO_FAILING_SERVICE = "co_failing_service"
FAILED_EARLIER = "failed_earlier"
CASCADE = "cascade"
MISSING_EVENT = "missing_event"
SLOW_CALL = "slow_call"
REPEATED_CALL = "repeated_call"
SEVERAL_USERS = "several_users"
SEEN_BEFORE = "seen_before"

ENOUGH_ERRORS = 5  # fewer say nothing about a rate
RISE = 2.0
CO_FAILING_RISE = 3.0
MANY_SERVICES = 3
USUAL = 0.8  # of the compared requests took the step
ENOUGH_REQUESTS = 5
SLOW_MS = 1000.0
MANY_CALLS = 20
SOON = timedelta(hours=2)
LOG_MARGIN = timedelta(hours=1)

_QUOTED = 120  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """One answer, its rows by column name."""

    id: str
    rows: tuple[dict[str, Any], ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What a finder may use: the incident, what was bound, and the answers by question."""

    incident: Incident
    bound: Mapping[str, Json]
    tables: Mapping[str, Table]

    def table(self, question: str) -> Table:
        return self.tables.get(question) or Table("", ())

    @property
    def service(self) -> str:
        return str(self.bound["service"])

    @property
    def at(self) -> datetime:
        return self.incident.event.timestamp


def find(incident: Incident, bound: Mapping[str, Json], answers: Sequence[Answer]) -> tuple[Finding, ...]:
    """Every finding the answers of the shipped questions give. An answer without the columns a
    shipped question has (a team replaced it) gives none."""
    tables = {answer.question: _table(answer) for answer in answers}
    facts = Facts(incident, bound, {name: table for name, table in tables.items() if _complete(name, table)})
    return tuple(finding for finder in _FINDERS for finding in finder(facts))


def _table(answer: Answer) -> Table:
    rows = tuple(dict(zip(answer.columns, row, strict=True)) for row in answer.rows)
    return Table(answer.id, rows, answer.truncated)


def _rates(facts: Facts) -> Iterator[Finding]:
    """Errors as a share of events: traffic that doubles is no finding."""
    table, ours = facts.table("error_rate_around_release"), facts.service
    for row in table.rows:
        if row["service"] != ours or not row["events_before"] or not row["events_after"]:
            continue
        before, after = row["errors_before"], row["errors_after"]
        share = after / row["events_after"]
        expected = max(before, 1) / row["events_before"] * row["events_after"]
        change = after / expected
        if after >= ENOUGH_ERRORS and change >= RISE and after - expected > 3 * math.sqrt(expected):
            yield Finding(
                kind=RATE_CHANGE,
                text=f"{ours}: errors rose {'at least ' if not before else ''}×{change:.1f} after release "
                f"{facts.bound['release']} was rolled out ({_time(row['rolled_out'])}): from "
                f"{_share(before / row['events_before'])} to {_share(share)} of its events "
                f"({before} errors in the hour before, {after} in the last {row['minutes_after']} minutes).",
                cites=(table.id,),
                value=round(change, 2),
            )


def _first_seen(facts: Facts) -> Iterator[Finding]:
    seen, release = facts.table("first_seen"), str(facts.bound.get("release", ""))
    deployed, cite = _rolled_out(facts, release)
    if not seen.rows or deployed is None:
        return
    row, name = seen.rows[0], facts.bound["exception"]
    first, log_starts = _moment(row["time"]), _moment(row["log_starts"])
    cites = (seen.id, cite)
    if first < deployed:
        text = (
            f"{name} is older than release {release}: first seen in {row['service']} on {_time(row['time'])}."
        )
        yield Finding(kind=OLDER_THAN_RELEASE, text=text, cites=cites)
    elif log_starts <= deployed - LOG_MARGIN:
        later = first - deployed
        yield Finding(
            kind=FIRST_SEEN_AFTER_DEPLOY,
            text=f"{name} was first seen {_span(later)} after release {release} was rolled out, "
            f"and never in the {_span(deployed - log_starts)} of log before.",
            cites=cites,
            value=later.total_seconds(),
        )


def _rolled_out(facts: Facts, release: str) -> tuple[datetime | None, str]:
    rates, deployments = facts.table("error_rate_around_release"), facts.table("deployments_in_window")
    times = [(_moment(row["rolled_out"]), rates.id) for row in rates.rows[:1]]
    times += [(_moment(row["at"]), deployments.id) for row in deployments.rows if row["release"] == release]
    return min(times, default=(None, "")) if release else (None, "")


def _recent_deploys(facts: Facts) -> Iterator[Finding]:
    """One per release, whatever number of services it has; at most three, newest first."""
    table, ours = facts.table("deployments_in_window"), facts.bound.get("release")
    releases: dict[str, list[dict[str, Any]]] = {}
    for row in table.rows:
        if timedelta() <= facts.at - _moment(row["at"]) <= SOON:
            releases.setdefault(str(row["release"]), []).append(row)
    for release, rows in list(releases.items())[:3]:
        ago = facts.at - min(_moment(row["at"]) for row in rows)
        names = sorted({str(row["service"]) for row in rows if row["service"]})
        where = f" of {names[0]}" if len(names) == 1 else f" of {len(names)} services" if names else ""
        which = "the error's own release" if release == ours else "another release"
        text = f"{release}{where} was rolled out {_span(ago)} before the error ({which})."
        yield Finding(kind=RECENT_DEPLOY, text=text, cites=(table.id,), value=round(ago.total_seconds(), 3))


def _co_failing(facts: Facts) -> Iterator[Finding]:
    table, ours = facts.table("broke_in_window"), facts.service
    others = [row for row in table.rows if row["service"] != ours and _rose(row)]
    for row in others[:MANY_SERVICES]:
        rise = _rise(row)
        yield Finding(
            kind=CO_FAILING_SERVICE,
            text=f"{row['service']} broke in the same {row['minutes']} minutes: {row['errors']} errors, "
            f"×{rise:.1f} of the hour before{_first_words(row)}.",
            cites=(table.id,),
            value=round(rise, 2),
        )
    if len(others) >= MANY_SERVICES:
        names = ", ".join(str(row["service"]) for row in others[:6])
        yield Finding(
            kind=CASCADE,
            text=f"{len(others)} other services broke in the same minutes ({names}): "
            "look for what they share.",
            cites=(table.id,),
            value=float(len(others)),
        )


def _rose(row: dict[str, Any]) -> bool:
    return row["errors"] >= ENOUGH_ERRORS and _rise(row) >= CO_FAILING_RISE


def _rise(row: dict[str, Any]) -> float:
    expected = max(row["errors_before"], 1) / row["minutes_before"] * max(row["minutes"], 1)
    return float(row["errors"] / expected)


def _failed_earlier(facts: Facts) -> Iterator[Finding]:
    """An error of another service, earlier in the same trace."""
    ours = facts.service
    for name in ("trace_events", "request_events"):
        table = facts.table(name)
        for row in table.rows:
            ago = facts.at - _moment(row["time"])
            if row["level"] in ("error", "fatal") and row["service"] != ours and ago > timedelta():
                where = f"{_span(ago)} earlier in the same {name.partition('_')[0]}"
                text = f"{row['service']} failed {where}: {_quote(row['message'])}"
                yield Finding(kind=FAILED_EARLIER, text=text, cites=(table.id,), value=ago.total_seconds())
                return


def _missing(facts: Facts) -> Iterator[Finding]:
    """Steps that come, in other requests, before a point which this request reached."""
    table = facts.table("usual_steps")
    reached = max((row["place"] for row in table.rows if row["taken_here"]), default=0.0)
    for row in table.rows:
        usual = row["requests"] >= ENOUGH_REQUESTS and row["taken_by"] >= USUAL * row["requests"]
        if usual and not row["taken_here"] and row["place"] < reached:
            yield Finding(
                kind=MISSING_EVENT,
                text=f"{_quote(row['step'])} of {row['service']} is missing: {row['taken_by']} of "
                f"{row['requests']} requests that began alike have it before the point this one reached.",
                cites=(table.id,),
                value=row["taken_by"] / row["requests"],
            )


def _slow(facts: Facts) -> Iterator[Finding]:
    table = facts.table("slowest_calls")
    ours = {facts.bound.get("request_id"), facts.bound.get("trace_id")} - {None}
    for row in table.rows:
        if row["duration"] >= SLOW_MS and ours & {row["request_id"], row["trace_id"]}:
            seconds = row["duration"] / 1000
            text = f"{row['service']} took {seconds:.1f} s within this request: {_quote(row['message'])}"
            yield Finding(kind=SLOW_CALL, text=text, cites=(table.id,), value=row["duration"])


def _calls(facts: Facts) -> Iterator[Finding]:
    table = facts.table("request_calls")
    for row in table.rows:
        if row["calls"] >= MANY_CALLS and row["call"]:
            text = f"The request called {_quote(row['call'])} of {row['service']} {row['calls']} times."
            yield Finding(kind=REPEATED_CALL, text=text, cites=(table.id,), value=float(row["calls"]))
    users = {row["user_id"] for row in table.rows if row["user_id"]}
    if len(users) > 1:
        text = f"{len(users)} different users appear within this one request."
        yield Finding(kind=SEVERAL_USERS, text=text, cites=(table.id,), value=float(len(users)))


def _seen_before(facts: Facts) -> Iterator[Finding]:
    table = facts.table("same_failure_before")
    if not table.rows:
        return
    last = table.rows[0]
    if last["merged_at"]:
        ended = (
            f"the last time a fix was merged on {_time(last['merged_at'])} ({last['url']}), and it came back"
        )
    else:
        why = (last["reason"] or "").rstrip(".")
        ended = f"the last time it ended as {': '.join(filter(None, (last['state'], why)))}"
    times = f"{len(table.rows)} time{'s' if len(table.rows) > 1 else ''}"
    text = f"Healer treated this failure {times} in the last 30 days; {ended}."
    yield Finding(kind=SEEN_BEFORE, text=text, cites=(table.id,), value=float(len(table.rows)))


# The columns a finder reads. A question that a team replaced may have others.
_COLUMNS = {
    "trace_events": ("time", "service", "level", "message", "exception"),
    "request_events": ("time", "service", "level", "message", "exception"),
    "error_rate_around_release": (
        "service", "rolled_out", "events_before", "errors_before", "events_after", "errors_after",
        "minutes_after",
    ),
    "first_seen": ("time", "service", "log_starts"),
    "deployments_in_window": ("at", "release", "service"),
    "broke_in_window": ("service", "errors", "errors_before", "minutes_before", "minutes", "message"),
    "usual_steps": ("service", "step", "taken_by", "requests", "place", "taken_here"),
    "slowest_calls": ("service", "message", "duration", "request_id", "trace_id"),
    "request_calls": ("service", "call", "calls", "user_id"),
    "same_failure_before": ("state", "reason", "url", "merged_at"),
}  # fmt: skip

_FINDERS: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    _failed_earlier,
    _first_seen,
    _rates,
    _co_failing,
    _missing,
    _slow,
    _calls,
    _recent_deploys,
    _seen_before,
)


def _complete(name: str, table: Table) -> bool:
    return name in _COLUMNS and all(row.keys() >= set(_COLUMNS[name]) for row in table.rows[:1])


def _moment(value: Any) -> datetime:
    moment = datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _time(value: Any) -> str:
    return f"{_moment(value).astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _span(length: timedelta) -> str:
    seconds = length.total_seconds()
    for size, unit in ((86_400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"


def _share(share: float) -> str:
    return f"{share * 100:.2g}%"


def _quote(text: Any) -> str:
    line = " ".join(str(text or "").split())
    return f"“{line[:_QUOTED]}…”" if len(line) > _QUOTED else f"“{line}”"


def _first_words(row: dict[str, Any]) -> str:
    return f", the first {_quote(row['message'])}" if row["message"] else ""
