"""The door for GitHub's webhooks: signed, bounded, each delivery taken once."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from healer.intake import Rejected
from healer.web.body import read_body
from triage.lenient import Malformed, parse_json

MAX_PAYLOAD = 25 * 1024 * 1024  # GitHub sends no more

Deliver = Callable[[str, str, Mapping[str, Any]], str]  # event, delivery id, payload -> what became of it


def github_route(secret: str, deliver: Deliver) -> Route:
    """`secret` "" closes the door."""

    async def hook(request: Request) -> Response:
        try:
            event, delivery, payload = await _opened(request, secret)
        except Rejected as no:
            return JSONResponse({"detail": str(no)}, no.status)
        except Malformed as bad:
            return JSONResponse({"detail": str(bad)}, 400)
        return JSONResponse({"disposition": await run_in_threadpool(deliver, event, delivery, payload)}, 202)

    return Route("/hooks/github", hook, methods=["POST"])


async def _opened(request: Request, secret: str) -> tuple[str, str, Mapping[str, Any]]:
    if not secret:
        raise Rejected(403, "this door is closed; set github.webhook_secret to the app's webhook secret")
    body = await read_body(request, MAX_PAYLOAD)
    if not verify(secret, body, request.headers.get("x-hub-signature-256")):
        raise Rejected(
            401, "the signature does not fit the body; compare github.webhook_secret with GitHub's"
        )
    event, delivery = request.headers.get("x-github-event", ""), request.headers.get("x-github-delivery", "")
    if not event or not delivery or len(delivery) > 100:
        raise Rejected(400, "X-GitHub-Event and X-GitHub-Delivery are both needed")
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise Rejected(415, "set the webhook's content type to application/json")
    payload = parse_json(body, "the payload")
    if not isinstance(payload, Mapping):
        raise Rejected(400, "the payload is no JSON object")
    return event, delivery, payload


def verify(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether `X-Hub-Signature-256` is ours over the raw body; in constant time."""
    expected = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(expected.encode(), (signature or "").encode("utf-8", "replace"))
