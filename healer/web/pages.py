"""The pages people look at: read-only, without scripts, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from healer.store import cases, looking
from healer.store.database import Connection
from triage.sanitize import for_html

LIMIT = 200
MAX_TEXT = 20_000
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def shown(value: object) -> Markup:
    """Every value of every page passes here: cleaned, then escaped."""
    if isinstance(value, Markup):
        return value
    if value is None:
        return Markup("")
    if isinstance(value, datetime):
        value = f"{value:%Y-%m-%d %H:%M:%S}"
    return Markup(for_html(str(value)[:MAX_TEXT]))


def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("healer.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["link"] = _link
    made.filters["json"] = _json
    return made


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str).decode()


def _link(url: str) -> str:
    """An address a page may point to, or none."""
    return url if url.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Pages:
    """`connect` opens the record. `hosts`: names under which the pages may be asked for."""

    connect: Callable[[], Connection]
    hosts: frozenset[str] = frozenset()
    jinja: Environment = environment()  # noqa: RUF009

    def routes(self) -> list[Route]:
        return [
            Route("/", self._cases, methods=["GET"]),
            Route("/incidents", self._incidents, methods=["GET"]),
            Route("/cases/{case:int}", self._case, methods=["GET"]),
            Route("/style.css", self._style, methods=["GET"]),
        ]

    async def _cases(self, request: Request) -> Response:
        return await self._page(request, "cases.html", self._load_cases)

    async def _incidents(self, request: Request) -> Response:
        return await self._page(request, "incidents.html", self._load_incidents)

    async def _case(self, request: Request) -> Response:
        number = request.path_params["case"]
        return await self._page(request, "case.html", lambda: self._load_case(number))

    async def _page(
        self, request: Request, template: str, load: Callable[[], dict[str, Any] | None]
    ) -> Response:
        if self.hosts and request.url.hostname not in self.hosts:
            return PlainTextResponse("not known under this name; set web.public_url\n", 421, HEADERS)
        text = await run_in_threadpool(self._render, template, load)
        if text is None:
            return PlainTextResponse("there is no such case\n", 404, HEADERS)
        return HTMLResponse(text, headers=HEADERS)

    def _render(self, template: str, load: Callable[[], dict[str, Any] | None]) -> str | None:
        found = load()
        return None if found is None else self.jinja.get_template(template).render(found)

    def _load_cases(self) -> dict[str, Any]:
        with self.connect() as connection:
            return {"cases": cases.listed(connection, limit=LIMIT), "limit": LIMIT}

    def _load_incidents(self) -> dict[str, Any]:
        with self.connect() as connection:
            return {"incidents": cases.incidents(connection, limit=LIMIT), "limit": LIMIT}

    def _load_case(self, number: int) -> dict[str, Any] | None:
        if number > 2**63 - 1:
            return None
        with self.connect() as connection:
            return looking.case(connection, number)

    async def _style(self, request: Request) -> Response:
        style = self.jinja.loader
        assert style is not None
        source, _, _ = style.get_source(self.jinja, "style.css")
        return Response(source, media_type="text/css", headers=HEADERS)
