"""The door for Slack's clicks. The work is a transaction; what Slack is told follows after the answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from healer.intake import Rejected
from healer.interactions import Answer, payload, verify
from healer.web.body import read_body
from triage.lenient import Malformed

MAX_BYTES = 512 * 1024


@dataclass
class SlackDoor:
    """`secret`: the app's signing secret."""

    secret: str = field(repr=False)
    take: Callable[[Mapping[str, Any]], Answer]
    clock: Callable[[], float] = time.time

    def routes(self) -> list[Route]:
        return [Route("/slack/interactions", self._interaction, methods=["POST"])]

    async def _interaction(self, request: Request) -> Response:
        try:
            body = await read_body(request, MAX_BYTES)
            self._check(request, body)
            found = payload(body, request.headers.get("content-type", ""))
        except Rejected as no:
            return JSONResponse({"detail": str(no)}, no.status)
        except Malformed as bad:
            return JSONResponse({"detail": f"{bad}; this door takes what Slack sends"}, 400)
        except ClientDisconnect:
            return Response(status_code=400)
        return await self._answer(found)

    def _check(self, request: Request, body: bytes) -> None:
        """Before anything is parsed. Raises Rejected."""
        stamp = request.headers.get("x-slack-request-timestamp", "")
        signature = request.headers.get("x-slack-signature", "")
        if not verify(self.secret, body, stamp, signature, self.clock()):
            raise Rejected(401, "the signature does not fit; compare slack.signing_secret and the clock")

    async def _answer(self, found: dict[str, Any]) -> Response:
        if found.get("type") == "url_verification":
            return JSONResponse({"challenge": str(found.get("challenge", ""))[:500]})
        try:
            answer = await run_in_threadpool(self.take, found)
        except psycopg.Error:
            return JSONResponse({"detail": "the record cannot be reached just now; click again"}, 503)
        later = BackgroundTask(answer.later) if answer.later else None
        if answer.body is None:
            return Response(status_code=200, background=later)
        return JSONResponse(answer.body, background=later)
