"""The week: asked of the record, and posted once when it is due."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from healer.notifiers.slack import SlackNotifier
from healer.store import messages, weekly
from healer.store.database import Connection
from triage.report import Chart, Report, build, parameters, slack, title
from triage.report import week as weeks

log = logging.getLogger(__name__)

LOCK = 0x7765656B


def report(connection: Connection, monday: date, zone: ZoneInfo, project: str = "") -> Report:
    rows = weekly.rows(connection, parameters(monday, zone, project))
    return build(monday, zone, rows, project, zone.key)


def charts(made: Report) -> tuple[Chart, ...]:
    """matplotlib is only imported where a chart is drawn: it takes a second."""
    from triage.report.charts import charts as draw

    return draw(made)


def post(slack_notifier: SlackNotifier, made: Report) -> str:
    """Under its natural key, so once, whoever posts it."""
    key = f"report/{made.week}" + (f"/{made.project}" if made.project else "")
    pictures = [(chart.name, chart.png) for chart in charts(made)]
    return slack_notifier.publish(key, title(made), slack(made), pictures)


@dataclass(frozen=True)
class Weekly:
    """`weekday`: 0 is Monday. A week that was due before the record began is nobody's."""

    connect: Callable[[], Connection]
    slack: SlackNotifier
    zone: ZoneInfo
    weekday: int = 0
    hour: int = 9
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    def round(self) -> str:
        """The week that was posted, or "" where none is due. One process at a time."""
        with self.connect() as connection:
            row = connection.execute(b"select pg_try_advisory_lock(%s) as ours", [LOCK]).fetchone()
            return self._post_due(connection) if row and row["ours"] else ""

    def _post_due(self, connection: Connection) -> str:
        monday, due = weeks.due(self.clock(), self.zone, self.weekday, self.hour)
        began, name = weekly.began(connection), weeks.name(monday)
        row = messages.find(connection, f"slack/report/{name}")
        if began is None or due < began or (row and row["reference"]):
            return ""
        post(self.slack, report(connection, monday, self.zone))
        log.info("the report of %s is posted", name)
        return name
