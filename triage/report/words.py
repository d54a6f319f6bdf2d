"""Report -> sections of plain text, the same for every channel; each renderer encodes for its own. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from triage.noun import Noun
from triage.report.nouns import Lead, Rate, Report, Week

SMALL = 10  # below this a share is no percentage


class Section(Noun):
    heading: str
    lines: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = False  # its lines hold no foreign text


def title(report: Report) -> str:
    whose = f" of {report.project}" if report.project else ""
    return f"The week{whose}: {report.week}"


def sections(report: Report) -> tuple[Section, ...]:
    return (
        _next(report),
        _broke(report),
        _counts(report),
        _proposals(report),
        _leads(report),
        _rates(report),
        _persons(report),
        _money(report),
        _safety(report),
    )


def _next(report: Report) -> Section:
    lines = tuple(f"{n}. {text}" for n, text in enumerate(report.advice, 1))
    return Section(heading="Next", lines=lines or ("Nothing presses.",))


def _broke(report: Report) -> Section:
    this = report.this
    if not this.events:
        return Section(heading="What broke", lines=("No event was received.",))
    whom = (
        "whom they touched is unknown" if report.users is None else f"{_many(report.users, 'user')} touched"
    )
    if report.users is not None and report.nameless:
        whom += f" (as far as known: {_many(report.nameless, 'event')} named nobody)"
    line = f"{_many(this.events, 'event')} of {_many(report.incidents, 'error')}; {whom}."
    rows = tuple(
        (one.project, one.title, str(one.events), _known(one.users), _marks(one), one.fate)
        for one in report.broke
    )
    head = ("project", "error", "events", "users", "", "what became of it")
    return Section(heading="What broke", lines=(line,), head=head, rows=rows)


def _marks(one: object) -> str:
    return ", ".join(mark for mark in ("new", "regressed", "noisy") if getattr(one, mark))


def _counts(report: Report) -> Section:
    known = _known_weeks(report)
    rows = tuple(
        (label, str(getattr(report.this, name)), _usual([getattr(week, name) for week in known]))
        for label, name in (
            ("events", "events"),
            ("new errors", "new"),
            ("cases taken up", "taken"),
            ("regressed", "regressed"),
            ("proposed", "proposed"),
            ("merged", "merged"),
            ("closed without a merge", "closed"),
        )
    )
    noisy = sum(one.noisy for one in report.broke)
    line = f"Noisy: {_many(noisy, 'error')} made 5 % or more of the week's events each."
    before = f"median of {_many(len(known), 'week')} before" if known else "weeks before"
    head = ("", "this week", before)
    return Section(heading="In numbers", lines=(line,), head=head, rows=rows)


def _known_weeks(report: Report) -> tuple[Week, ...]:
    """The weeks before from the first of which anything is known: before it there was no record."""
    blank = {name: 0 for name in Week.model_fields if name != "name"}
    for n, week in enumerate(report.earlier):
        if week.model_dump(exclude={"name"}) != blank:
            return report.earlier[n:]
    return ()


def _usual(values: Sequence[int]) -> str:
    return f"{median(values):g}" if values else "unknown"


def _proposals(report: Report) -> Section:
    verdicts = dict(report.soaked)
    merged = sum(verdicts.values())
    words = {
        "fixed": "fixed",
        "quiet_unknown": "quiet, but unknown",
        "watching": "still watched",
        "came_back": "came back",
        "unknown": "not judged",
    }
    said = ", ".join(f"{n} {words.get(verdict, verdict)}" for verdict, n in sorted(verdicts.items()))
    lines = [
        f"Silent for a week or longer: {report.silent_count}."
        + "".join(f" {one.title} ({one.days} days)." for one in report.silent[:3]),
        f"Came back after a merge: {report.returned_count}."
        + "".join(f" {one.title} ({one.project})." for one in report.returned[:3]),
        f"Merged in the four weeks up to the end of this one: {merged}" + (f"; {said}." if said else "."),
    ]
    if report.asked:
        lines.append("People pressed: " + ", ".join(f"{action} {n}" for action, n in report.asked) + ".")
    return Section(heading="Proposals", lines=tuple(lines))


def _leads(report: Report) -> Section:
    head = ("", "this week", "weeks before")
    return Section(heading="Lead times", head=head, rows=tuple(_lead(one) for one in report.leads))


def _lead(lead: Lead) -> tuple[str, str, str]:
    return (
        lead.name,
        _took(lead.n, lead.median, lead.p90),
        _took(lead.n_before, lead.median_before, lead.p90_before),
    )


def _took(n: int, middle: float | None, p90: float | None) -> str:
    if not n or middle is None:
        return "none"
    if n < SMALL or p90 is None:
        return f"median {duration(middle)} (of {n})"
    return f"median {duration(middle)}, 9 of 10 within {duration(p90)} (of {n})"


def duration(seconds: float) -> str:
    for size, unit in ((86400.0, "days"), (3600.0, "h"), (60.0, "min")):
        if seconds >= size:
            return f"{seconds / size:.1f} {unit}"
    return f"{seconds:.1f} s"


def _rates(report: Report) -> Section:
    note = "Merged, of the cases closed in the 13 weeks up to the end of this one; 95 % intervals (Wilson)."
    head = ("class", "cases", "proposed", "merged", "fix rate")
    rows = tuple(
        (one.category, str(one.cases), str(one.proposed), str(one.merged), rate(one)) for one in report.rates
    )
    return Section(
        heading="Fix rate by class",
        lines=(note,) if rows else ("No case was closed.",),
        head=head if rows else (),
        rows=rows,
    )


def rate(one: Rate) -> str:
    low, high = (round(100 * bound) for bound in one.interval)
    share = f"{100 * one.merged / one.cases:.0f} %, " if one.cases >= SMALL else ""
    return f"{one.merged} of {one.cases} ({share}{low}–{high} %)"


def _persons(report: Report) -> Section:
    if not report.persons:
        return Section(heading="Where a person was needed", lines=("Nowhere, of the cases closed.",))
    rows = tuple((one.code, str(one.cases), one.reason) for one in report.persons)
    return Section(heading="Where a person was needed", head=("why", "cases", "for example"), rows=rows)


def _money(report: Report) -> Section:
    money = report.money
    tokens = money.input_tokens + money.output_tokens
    line = f"${money.dollars:.2f} and {tokens:,} tokens in {_many(money.calls, 'model call')}."
    if money.dollars_each is None or money.tokens_each is None:
        each = "Per merged fix: unknown, for nothing was merged."
    else:
        each = (
            f"Per merged fix: ${money.dollars_each:.4f} and {money.tokens_each:,.0f} tokens "
            f"(of {money.merged} merged)."
        )
    return Section(heading="Cost", lines=(line, each), own=True)


def _safety(report: Report) -> Section:
    safety = report.safety
    redacted = ", ".join(f"{n} × {kind}" for kind, n in safety.redactions[:8]) or "none"
    denied = ", ".join(f"{n} × {action} ({rule})" for action, rule, n in safety.denials[:8]) or "none"
    injected = f"Signs of prompt injection: {_many(safety.injections, 'event')}"
    injected += f" of {_many(safety.injected, 'error')}." if safety.injections else "."
    return Section(heading="Safety", lines=(injected, f"Redacted: {redacted}.", f"Denied: {denied}."))


def _many(n: int, noun: str) -> str:
    return f"{n:,} {noun}" + ("" if n == 1 else "s")


def _known(n: int | None) -> str:
    return "unknown" if n is None else str(n)
