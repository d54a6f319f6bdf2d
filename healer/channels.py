"""Settings -> whatever tells people and listens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Thread
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from starlette.routing import BaseRoute

from healer.desk import Desk
from healer.errors import NotConfigured
from healer.notifiers.slack import SlackNotifier
from healer.notifiers.slack_client import client
from healer.notifiers.slack_socket import Listener
from healer.protocols import Notifier
from healer.secretary import Secretary
from healer.settings import Settings, Slack
from healer.store.database import connect
from healer.upkeep import Upkeep
from healer.web.pages import Pages
from healer.web.slack import SlackDoor
from healer.weekly import Weekly
from triage.report.week import DAYS

QUICK = {"connect_timeout": 2, "options": "-c statement_timeout=2000 -c lock_timeout=1500"}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True)
class Channels:
    """Of one process. Without Slack in the settings there are only the pages."""

    settings: Settings
    dsn: str

    def notifiers(self) -> tuple[Notifier, ...]:
        return (self.slack(),) if self.settings.slack.told else ()

    def slack(self) -> SlackNotifier:
        """Raises NotConfigured."""
        chosen = self.settings.slack
        if not chosen.told:
            raise NotConfigured("Slack is not configured; set slack.token and slack.channel")
        web = client(chosen.token.get_secret_value(), chosen.url)
        return SlackNotifier(web, chosen.channel, partial(connect, self.dsn))

    def desk(self) -> Desk | None:
        chosen = self.settings.slack
        if not (chosen.told and _listens(chosen)):
            return None
        if not (chosen.team and chosen.users):
            raise NotConfigured("nobody may press Slack's buttons; set slack.team and slack.users")
        quick = partial(connect, self.dsn, **QUICK)
        return Desk(quick, self.slack(), chosen.team, frozenset(chosen.users))

    def routes(self) -> list[BaseRoute]:
        web, secret = self.settings.web, self.settings.slack.signing_secret.get_secret_value()
        shown: list[BaseRoute] = []
        if web.pages or web.host in LOOPBACK:
            shown += Pages(partial(connect, self.dsn), hosts=self._hosts()).routes()
        desk = self.desk()
        if desk and secret:
            shown += SlackDoor(secret, desk.take).routes()
        return shown

    def _hosts(self) -> frozenset[str]:
        """Names under which the pages may be asked for: no site on the internet may point its own here."""
        web = self.settings.web
        named = urlsplit(web.public_url).hostname if web.public_url else None
        return LOOPBACK | {web.host} | ({named} if named else set())

    def secretary(self) -> Secretary:
        """What is due besides the cases."""
        days, received = self.settings.eventlog.retention_days, self.settings.database.received_days
        duties: list[Callable[[], object]] = [Upkeep(self.dsn, days, received).round]
        desk, when = self.desk(), self.settings.report
        if desk:
            duties.append(desk.catch_up)
        if self.settings.slack.told and when.post:
            weekday = DAYS.index(when.weekday)
            week = Weekly(partial(connect, self.dsn), self.slack(), ZoneInfo(when.zone), weekday, when.hour)
            duties.append(week.round)
        return Secretary(duties)

    @contextmanager
    def open(self) -> Iterator[None]:
        """The secretary at work, and Socket Mode where its token is set."""
        secretary, listener = self.secretary(), self._listener()
        Thread(target=secretary.run, name="secretary", daemon=True).start()
        if listener:
            listener.start()
        try:
            yield
        finally:
            secretary.stopping.set()
            if listener:
                listener.stop()

    def _listener(self) -> Listener | None:
        chosen, desk = self.settings.slack, self.desk()
        token = chosen.app_token.get_secret_value()
        if not (desk and token):
            return None
        return Listener(token, client(chosen.token.get_secret_value(), chosen.url), desk.take)


def _listens(chosen: Slack) -> bool:
    return bool(chosen.signing_secret.get_secret_value() or chosen.app_token.get_secret_value())
