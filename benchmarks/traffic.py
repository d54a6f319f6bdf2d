"""A shop's event log, made up but shaped like a real one: users, requests, steps, services, slow tails,
errors that cluster, and releases. The same seed gives the same log."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson

from healer.eventlog.row import Row, moment
from triage.incident import Event, ExceptionInfo, Incident

SERVICES = 20
STEPS = 24  # kinds of requests
EXCEPTIONS = ("KeyError", "ValueError", "TimeoutError", "AttributeError", "OperationalError")
TRACEBACK = "Traceback (most recent call last):\n" + '  File "/srv/shop/views.py", line 120, in place\n' * 6
RELEASE, RELEASE_BEFORE = "shop@1.4.3", "shop@1.4.2"
ENVIRONMENT = "production"


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that ended in an error."""

    at: datetime
    request_id: str
    trace_id: str
    user_id: str
    service: str
    exception: str


@dataclass
class Traffic:
    """`events` events over `hours`, ending at `until`; release `RELEASE` is rolled out two hours before."""

    events: int
    until: datetime
    hours: float = 24.0
    seed: int = 1
    users: int = 100_000

    def __post_init__(self) -> None:
        self.failures: list[Failure] = []
        self._random = random.Random(self.seed)
        self._routes = [self._route(n) for n in range(STEPS)]
        self._per_request = sum(len(steps) for _, steps in self._routes) / STEPS

    @property
    def rolled_out(self) -> datetime:
        return self.until - timedelta(hours=2)

    def rows(self) -> Iterator[Row]:
        """In order of requests' starts, as logs arrive. Fills `failures` on the way."""
        requests = max(1, round(self.events / self._per_request))
        start, length = self.until.timestamp() - self.hours * 3600, self.hours * 3600
        rolled_out = self.rolled_out.timestamp()
        made = 0
        for n in range(requests):
            at = start + length * n / requests
            release = RELEASE if at >= rolled_out else RELEASE_BEFORE
            for row in self._request(at, release):
                made += 1
                yield row
        while made < self.events:  # the estimate of events per request may fall short
            for row in self._request(self.until.timestamp() - 1, RELEASE):
                made += 1
                yield row

    def _route(self, n: int) -> tuple[str, list[tuple[str, str, float]]]:
        """A kind of request: its route, and its steps as (service, message, median milliseconds)."""
        choose = self._random
        own = f"service-{n % SERVICES:02d}"
        steps = [(own, "request started", 0.0)]
        for k in range(choose.randint(4, 12)):
            service = own if choose.random() < 0.6 else f"service-{choose.randrange(SERVICES):02d}"
            verb = choose.choice(["loaded", "checked", "wrote", "queried", "called"])
            message = f"{verb} thing {chr(97 + n)}{k} {{value}}"
            steps.append((service, message, choose.lognormvariate(2.5, 1.0)))
        steps.append((own, "request finished", choose.lognormvariate(4.0, 0.8)))
        return f"/v2/{own}/{chr(97 + n)}/{{id}}", steps

    def _request(self, at: float, release: str) -> Iterator[Row]:
        choose = self._random
        route, steps = self._routes[min(int(choose.expovariate(0.25)), STEPS - 1)]
        request, trace = f"{choose.getrandbits(128):032x}", f"{choose.getrandbits(128):032x}"
        user = f"u{min(int(choose.paretovariate(0.9)), self.users)}" if choose.random() < 0.8 else None
        fails = choose.random() < (0.15 if release == RELEASE and steps[0][0] == "service-01" else 0.03)
        last = choose.randint(2, len(steps) - 1) if fails else len(steps)
        for service, message, median in steps[:last]:
            took = median * math.exp(choose.gauss(0, 0.7)) if median else 0.0
            at += took / 1000
            level = "info" if choose.random() < 0.85 else "debug" if choose.random() < 0.8 else "warn"
            text = message.replace("{value}", str(choose.randrange(100_000)))
            values = {"http.route": route, "host.name": f"node-{choose.randrange(40)}"}
            yield _row(at, level, service, text, (request, trace, user), release, took or None, values)
        if fails:
            service = steps[min(last, len(steps) - 1)][0]
            name = choose.choice(EXCEPTIONS)
            values = {"http.route": route, "exception.type": name, "exception.stacktrace": TRACEBACK}
            self._remember(at, request, trace, user, service, name)
            yield _row(
                at + 1e-4,
                "error",
                service,
                f"{name} in {route}",
                (request, trace, user),
                release,
                None,
                values,
            )

    def _remember(
        self, at: float, request: str, trace: str, user: str | None, service: str, name: str
    ) -> None:
        when = datetime.fromtimestamp(at, UTC)
        self.failures.append(Failure(when, request, trace, user or "", service, name))


def _row(
    at: float,
    level: str,
    service: str,
    message: str,
    ids: tuple[str, str, str | None],
    release: str,
    duration: float | None,
    values: dict[str, str],
) -> Row:
    request, trace, user = ids
    return Row(
        time=moment(int(at * 1e9)),
        level=level,
        service=service,
        message=message,
        request_id=request,
        trace_id=trace,
        span_id=trace[:16],
        user_id=user,
        release=release,
        environment=ENVIRONMENT,
        duration=None if duration is None else round(duration, 3),
        attributes=orjson.dumps(values).decode(),
    )


def incident(failure: Failure, release: str = RELEASE) -> Incident:
    """The failure as Sentry's event would tell it."""
    event = Event(
        event_id=failure.request_id,
        timestamp=failure.at,
        exceptions=(ExceptionInfo(type=failure.exception, value="'thing'"),),
        user={"id": failure.user_id} if failure.user_id else {},
        release=release,
        environment=ENVIRONMENT,
        tags=(("service", failure.service),),
        request_id=failure.request_id,
        trace_id=failure.trace_id,
    )
    return Incident(project="shop", fingerprint="f" * 32, episode=2, event=event)
