"""Rows of the record -> Report. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo
from typing import Any

from triage.report import week as weeks
from triage.report.advice import advise
from triage.report.nouns import Broke, Lead, Money, Person, Rate, Report, Safety, Waiting, Week

BEFORE = 8  # weeks that the week is compared with
LONG_BEFORE = 13  # weeks over which fix rates are counted
NOISY_SHARE, NOISY_LEAST = 0.05, 10
LEADS = ("case to proposal", "proposal to merge", "case to merge")

Rows = Sequence[Mapping[str, Any]]


def parameters(monday: date, zone: tzinfo, project: str = "", limit: int = 10) -> dict[str, Any]:
    """What the questions of `report.sql` bind."""
    spans = weeks.before(monday, BEFORE, zone)
    return {
        "project": project,
        "limit": limit,
        "since": spans[-1][0],
        "until": spans[-1][1],
        "before": spans[0][0],
        "long_before": weeks.before(monday, LONG_BEFORE - 1, zone)[0][0],
        "starts": [since for since, _ in spans],
        "ends": [until for _, until in spans],
    }


def build(
    monday: date, zone: tzinfo, rows: Mapping[str, Rows], project: str = "", zone_name: str = ""
) -> Report:
    """`rows`: the answer to each question of `report.sql`, by its name."""
    since, until = weeks.bounds(monday, zone)
    touched = rows["touched"][0]
    history = tuple(_week(row, zone) for row in rows["weeks"])
    said = touched["events"] - touched["nameless"]
    report = Report(
        week=weeks.name(monday),
        project=project,
        zone=zone_name or str(zone),
        since=since,
        until=until,
        weeks=history,
        incidents=touched["incidents"],
        users=touched["users"] if said else None,
        nameless=touched["nameless"],
        broke=tuple(_broke(row, touched["events"]) for row in rows["broke"]),
        silent=tuple(_waiting(row) for row in rows["silent"]),
        silent_count=_count(rows["silent"]),
        returned=tuple(_waiting(row) for row in rows["returned"]),
        returned_count=_count(rows["returned"]),
        soaked=tuple((row["verdict"], row["n"]) for row in rows["soaked"]),
        leads=_leads(rows["leads"]),
        rates=tuple(Rate(**row) for row in rows["classes"]),
        persons=tuple(
            Person(code=r["code"], cases=r["cases"], reason=r["reason"] or "") for r in rows["persons"]
        ),
        asked=tuple((row["action"], row["n"]) for row in rows["asked"]),
        money=Money(**rows["costs"][0], merged=history[-1].merged),
        safety=Safety(
            injections=touched["injections"],
            injected=touched["injected"],
            redactions=tuple((row["kind"], row["n"]) for row in rows["redactions"]),
            denials=tuple((row["action"], row["rule"], row["n"]) for row in rows["denials"]),
        ),
    )
    return report.model_copy(update={"advice": advise(report)})


def _week(row: Mapping[str, Any], zone: tzinfo) -> Week:
    counts = {name: row[name] for name in Week.model_fields if name != "name"}
    return Week(name=weeks.name(row["since"].astimezone(zone).date()), **counts)


def _broke(row: Mapping[str, Any], all_events: int) -> Broke:
    return Broke(
        project=row["project"],
        title=row["title"],
        events=row["events"],
        users=row["users"] or None,
        new=bool(row["new"]),
        regressed=bool(row["regressed"]),
        noisy=row["events"] >= max(NOISY_LEAST, NOISY_SHARE * all_events),
        fate=_fate(row),
        healed=row["proposal"] in ("draft", "ready", "merged"),
        url=row["url"],
    )


def _fate(row: Mapping[str, Any]) -> str:
    if row["proposal"]:
        return f"proposal {row['proposal']}"
    if row["state"]:
        code = row["code"]
        return f"{row['state']}: {code}" if code and code != row["state"] else row["state"]
    return row["held"] or "not taken up"


def _waiting(row: Mapping[str, Any]) -> Waiting:
    days = int(float(row.get("age", 0)) // 86400)
    return Waiting(title=row["title"], project=row["project"], url=row.get("url", ""), days=days)


def _count(rows: Rows) -> int:
    return int(rows[0]["n"]) if rows else 0


def _leads(rows: Rows) -> tuple[Lead, ...]:
    found = {(row["name"], row["recent"]): row for row in rows}
    return tuple(_lead(name, found.get((name, True)), found.get((name, False))) for name in LEADS)


def _lead(name: str, now: Mapping[str, Any] | None, then: Mapping[str, Any] | None) -> Lead:
    lead = Lead(name=name)
    if now:
        lead = lead.model_copy(update={"n": now["n"], "median": now["median"], "p90": now["p90"]})
    if then:
        past = {"n_before": then["n"], "median_before": then["median"], "p90_before": then["p90"]}
        lead = lead.model_copy(update=past)
    return lead
