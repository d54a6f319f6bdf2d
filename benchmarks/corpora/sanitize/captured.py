"""Events that the real SDK makes in real frameworks, with values planted wherever a program holds them.

Only frameworks that are installed take part. Nothing leaves the process: the transport keeps what it is given.
"""

from __future__ import annotations

import importlib
import json
import logging
import random
from typing import Any

import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from benchmarks.corpora.sanitize.events import Planted
from benchmarks.corpora.sanitize.make import ALNUM, luhn, password, run, uuid

_CAUGHT: list[dict[str, Any]] = []


class _Keep(Transport):
    def capture_envelope(self, envelope: Envelope) -> None:
        _CAUGHT.extend(
            json.loads(json.dumps(item.payload.json, default=str))
            for item in envelope.items
            if item.type == "event" and item.payload.json is not None
        )


def corpus(seed: int) -> list[Planted]:
    """One event per framework and way of failing; `secrets` and `facts` are those that the raw event holds."""
    rng = random.Random(seed)
    secrets = {
        "password": password(rng),
        "token": "ghp_" + run(rng, ALNUM, 36),
        "session": run(rng, ALNUM, 28),
        "database": run(rng, ALNUM, 14),
        "email": f"{run(rng, 'abcdefgh', 6)}.{run(rng, 'klmnop', 5)}@example.org",
        "card": luhn("4" + run(rng, "0123456789", 14)),
        "phone": "+1415555" + run(rng, "23456789", 4),
    }
    facts = {
        "request": uuid(rng),
        "commit": run(rng, "0123456789abcdef", 40),
        "order": "1000" + run(rng, "123456789", 4),
        "table": "order_items",
        "host": "127.0.0.1",
        "when": "2024-05-01T10:00:00",
    }
    _CAUGHT.clear()
    sentry_sdk.init(
        dsn="http://key@localhost/1",
        transport=_Keep,
        send_default_pii=True,
        max_request_body_size="always",
        release=f"shop@{facts['commit']}",
        default_integrations=True,
    )
    for scene in (_plain, _flask, _starlette):
        try:
            scene(secrets, facts)
        except ImportError:
            continue
    found = []
    for event in _CAUGHT:
        raw = json.dumps(event, ensure_ascii=False)
        held = tuple(value for value in secrets.values() if value in raw)
        found.append(Planted(event, held, tuple(fact for fact in facts.values() if fact in raw)))
    return found


def _fail(secrets: dict[str, str], facts: dict[str, str]) -> None:
    user = {"email": secrets["email"], "phone": secrets["phone"], "order": facts["order"]}
    dsn = f"postgresql://app:{secrets['database']}@{facts['host']}:5432/shop"
    headers = {"Authorization": f"Bearer {secrets['token']}", "Cookie": f"sessionid={secrets['session']}"}
    logging.getLogger("shop").info("charging %s with card %s", user["email"], secrets["card"])
    raise ValueError(
        f"order {facts['order']} ({facts['request']}, {facts['when']}) failed in {facts['table']}: password={secrets['password']} "
        f"for {dsn} with {len(headers)} headers"
    )


def _plain(secrets: dict[str, str], facts: dict[str, str]) -> None:
    try:
        _fail(secrets, facts)
    except ValueError as error:
        sentry_sdk.capture_exception(error)


def _headers(secrets: dict[str, str], facts: dict[str, str]) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {secrets['token']}",
        "Cookie": f"sessionid={secrets['session']}",
        "X-Request-Id": facts["request"],
    }


def _flask(secrets: dict[str, str], facts: dict[str, str]) -> None:
    flask = importlib.import_module("flask")
    app = flask.Flask("shop")
    logging.getLogger("shop").propagate = False
    app.logger.disabled = True
    app.add_url_rule("/pay", "pay", lambda: _fail(secrets, facts), methods=["POST"])
    client, headers = app.test_client(), _headers(secrets, facts)
    client.post(f"/pay?api_key={secrets['session']}", data={"password": secrets["password"]}, headers=headers)
    client.post(
        "/pay", json={"user": {"password": secrets["password"], "phone": secrets["phone"]}}, headers=headers
    )


def _starlette(secrets: dict[str, str], facts: dict[str, str]) -> None:
    applications = importlib.import_module("starlette.applications")
    routing = importlib.import_module("starlette.routing")
    testclient = importlib.import_module("starlette.testclient")

    async def pay(request: Any) -> None:
        await request.json()
        _fail(secrets, facts)

    app = applications.Starlette(routes=[routing.Route("/pay", pay, methods=["POST"])])
    client = testclient.TestClient(app, raise_server_exceptions=False)
    client.post(
        f"/pay?access_token={secrets['session']}",
        json={"password": secrets["password"], "email": secrets["email"]},
        headers=_headers(secrets, facts),
    )
