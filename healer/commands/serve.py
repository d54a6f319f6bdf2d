"""`healer serve`: receive events and work cases, until told to stop."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from functools import partial
from threading import Thread

from rich.console import Console

from healer import settings, wiring
from healer.channels import Channels
from healer.errors import NotConfigured
from healer.following import Follower
from healer.notifiers.console import ConsoleNotifier
from healer.poll import Poller
from healer.sentry_api import SentryApi
from healer.web.github import github_route
from healer.web.server import application, check_free, serve
from healer.worker import Worker

STOP_SECONDS = 20.0


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-web", action="store_true", help="only work cases")
    parser.add_argument("--no-worker", action="store_true", help="only receive events")


def run(args: argparse.Namespace) -> int:
    """Ends with a code other than 0 where its database went away; a supervisor starts it again."""
    if args.no_web and args.no_worker:
        raise NotConfigured("--no-web and --no-worker together leave nothing to do; drop one of them")
    config = settings.load()
    if not config.project:
        raise NotConfigured("no project is configured; add a [[project]] to healer.toml")
    if not args.no_web:
        check_free(config.web.host, config.web.port)
    with wiring.service(config) as service, Channels(config, service.dsn).open():
        channels = Channels(config, service.dsn)
        told = (ConsoleNotifier(Console(stderr=True)), *channels.notifiers())
        work, look_after = partial(service.work, notifiers=told), partial(service.follow, notifiers=told)
        worker = Worker(service.dsn, work, look_after, slots=config.worker.cases)
        if not args.no_worker:
            follower = Follower(service.dsn, every=config.proposals.poll_seconds, besides=service.ripen)
            Thread(target=follower.run, name="follower", daemon=True).start()
        if args.no_web:
            worker.handle_signals()
            return worker.run()
        ended: list[int] = []
        working = Thread(target=_run_worker, args=(worker, ended), name="worker", daemon=True)
        if not args.no_worker:
            working.start()
        poller = _poller(service)
        if poller:
            Thread(target=poller.run, name="poller", daemon=True).start()
        sentries = {slug: one.client_secret.get_secret_value() for slug, one in config.sentries().items()}
        github = github_route(config.github.webhook_secret.get_secret_value(), service.deliver)
        doors = (github, *channels.routes())
        with application(
            service.dsn,
            service.routes(),
            secrets={slug: secret for slug, secret in sentries.items() if secret},
            doors=doors,
            log_token=config.eventlog.token.get_secret_value(),
            log_days=config.eventlog.retention_days,
        ) as app:
            print(f"healer: listening on http://{config.web.host}:{config.web.port}", file=sys.stderr)
            serve(app, config.web.host, config.web.port)
        worker.stop()
        if working.is_alive():
            working.join(STOP_SECONDS)  # a step in hand may end; what does not is taken up again later
        return ended[0] if ended else 0


def _poller(service: wiring.Service) -> Poller | None:
    """Asks Sentry for what its hooks missed, where a token is set."""
    apis = {
        slug: partial(SentryApi, one.url, slug, one.token.get_secret_value())
        for slug, one in service.settings.sentries().items()
        if one.can_be_asked
    }
    return Poller(service.dsn, service.routes(), apis) if apis else None


def _run_worker(worker: Worker, ended: list[int]) -> None:
    """A worker that lost its database takes the whole process with it: crash-only."""
    ended.append(worker.run())
    if ended[0]:
        os.kill(os.getpid(), signal.SIGTERM)
