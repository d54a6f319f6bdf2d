"""The week's charts. The only room that knows matplotlib; no global state of it is touched."""

from __future__ import annotations

import io
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from triage.report.nouns import Report
from triage.report.render import Chart

MOST_CLASSES = 12
INK, GREEN, AMBER, GREY = "#1f2937", "#15803d", "#b45309", "#9ca3af"


def charts(report: Report) -> tuple[Chart, ...]:
    """Only those that have something to show."""
    made = []
    if any(week.events for week in report.weeks):
        made.append(_events(report))
    if any(week.proposed or week.merged or week.closed for week in report.weeks):
        made.append(_proposals(report))
    if report.rates:
        made.append(_rates(report))
    return tuple(made)


def _events(report: Report) -> Chart:
    figure, axes = _figure("Events per week")
    colours = [GREY] * len(report.earlier) + [INK]
    bars = axes.bar(_names(report), [week.events for week in report.weeks], color=colours)
    axes.bar_label(bars, fontsize=8)
    return Chart(name=f"{report.week}-events.png", alt="events per week", png=_png(figure))


def _proposals(report: Report) -> Chart:
    figure, axes = _figure("Proposals per week")
    places = range(len(report.weeks))
    for n, (name, colour) in enumerate((("proposed", GREY), ("merged", GREEN), ("closed", AMBER))):
        values = [getattr(week, name) for week in report.weeks]
        axes.bar([x + (n - 1) * 0.27 for x in places], values, 0.27, label=name, color=colour)
    axes.set_xticks(list(places), _names(report))
    axes.yaxis.get_major_locator().set_params(integer=True)
    axes.legend(frameon=False, fontsize=8)
    alt = "proposed, merged and closed per week"
    return Chart(name=f"{report.week}-proposals.png", alt=alt, png=_png(figure))


def _rates(report: Report) -> Chart:
    figure, axes = _figure("Fix rate by class, 95 % intervals")
    shown = report.rates[:MOST_CLASSES][::-1]
    for y, one in enumerate(shown):
        low, high = one.interval
        axes.plot([100 * low, 100 * high], [y, y], color=GREY, linewidth=3, solid_capstyle="butt")
        axes.plot([100 * one.merged / one.cases], [y], "o", color=GREEN)
    labels = [f"{one.category.replace('$', '')} ({one.merged} of {one.cases})" for one in shown]
    axes.set_yticks(range(len(shown)), labels)
    axes.set_xlim(0, 100)
    axes.set_xlabel("% merged")
    alt = "fix rate by class with intervals"
    return Chart(name=f"{report.week}-fix-rate.png", alt=alt, png=_png(figure))


def _names(report: Report) -> list[str]:
    return [week.name[-3:] for week in report.weeks]


def _figure(title: str) -> tuple[Figure, Any]:
    figure = Figure(figsize=(8, 3.2), dpi=110, layout="constrained")
    axes = figure.add_subplot()
    axes.set_title(title, loc="left", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8)
    return figure, axes


def _png(figure: Figure) -> bytes:
    """The same bytes for the same report: no date, no version."""
    written = io.BytesIO()
    canvas: Any = FigureCanvasAgg(figure)
    canvas.print_png(written, metadata={"Software": None})
    return written.getvalue()
