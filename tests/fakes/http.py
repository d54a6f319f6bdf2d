"""A small HTTP server on loopback that checks what it is asked against an OpenAPI document."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import jsonschema


@dataclass
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    raw: bytes = b""
    found: dict[str, str] = field(default_factory=dict)  # the path's parameters

    @property
    def body(self) -> Any:
        return json.loads(self.raw) if self.raw else None


@dataclass
class Reply:
    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


class Violation(Exception):
    """The client asked something that the vendor's API does not have."""


class Contract:
    """Paths of an OpenAPI document, and what may be asked there. Whatever it does not name is a violation."""

    def __init__(self, *documents: Path) -> None:
        paths = [found for one in documents for found in json.loads(one.read_text())["paths"].items()]
        self._paths = [(_pattern(path), path, methods) for path, methods in paths]

    def check(self, asked: Asked) -> str:
        """The path's template. The one with the fewest parameters wins, as routers do."""
        fitting = [
            (pattern.groups, template, methods, match.groupdict())
            for pattern, template, methods in self._paths
            if (match := pattern.fullmatch(asked.path)) and asked.method.lower() in methods
        ]
        if not fitting:
            raise Violation(f"there is no {asked.method} {asked.path}")
        _, template, methods, found = min(fitting, key=lambda one: (one[0], -len(one[1])))
        asked.found = {name: unquote(text) for name, text in found.items()}
        operation = methods[asked.method.lower()]
        _check_query(operation, asked)
        _check_body(operation, asked)
        return template


def _pattern(template: str) -> re.Pattern[str]:
    def one(match: re.Match[str]) -> str:
        tail = match[1] in {"path", "ref", "branch", "basehead"}
        return f"(?P<{match[1]}>{'.+' if tail else '[^/]+'})"

    return re.compile(re.sub(r"\\?\{(\w+)\\?\}", one, template))


def _check_query(operation: dict[str, Any], asked: Asked) -> None:
    known = {p["name"]: p for p in operation.get("parameters", []) if p["in"] == "query"}
    for name, text in asked.query.items():
        if name not in known:
            raise Violation(f"{asked.method} {asked.path} takes no {name!r}")
        choices = known[name].get("schema", {}).get("enum")
        if choices and text not in choices:
            raise Violation(f"{name}={text}: none of {choices}")


def _check_body(operation: dict[str, Any], asked: Asked) -> None:
    if "requestBody" not in operation:
        if asked.raw:
            raise Violation(f"{asked.method} {asked.path} takes no body")
        return
    schema = operation["requestBody"]["content"]["application/json"]["schema"]
    value = asked.body
    if value is None:
        return
    try:
        jsonschema.Draft202012Validator(schema).validate(value)
    except jsonschema.ValidationError as error:
        raise Violation(f"{asked.method} {asked.path}: {error.message}") from None
    properties = schema.get("properties")
    unknown = set(value) - set(properties) if properties and isinstance(value, dict) else set()
    if unknown:
        raise Violation(f"{asked.method} {asked.path} takes no {sorted(unknown)}")


@contextmanager
def listening(answer: Callable[[Asked], Reply]) -> Iterator[str]:
    """Serves until the end of the block; the address."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            length = int(self.headers.get("content-length") or 0)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            headers = {k.lower(): v for k, v in self.headers.items()}
            asked = Asked(self.command, parts.path, query, headers, self.rfile.read(length))
            reply = answer(asked)
            body = reply.body if isinstance(reply.body, bytes) else json.dumps(reply.body).encode()
            if reply.status == 204:
                body = b""
            self.send_response(reply.status)
            for name, text in {"Content-Type": "application/json", **reply.headers}.items():
                self.send_header(name, text)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
