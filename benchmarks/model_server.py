"""A scripted model on loopback, in three wire formats, for tests and benchmarks of agents.

It speaks Anthropic Messages, OpenAI Chat Completions and OpenAI Responses, streamed and plain. Where in its
script a conversation stands is read from the ids of the tool calls in the request, so that retries and
parallel conversations need no state; only `times` of a fault are counted. Every request is kept in `seen`.
"""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from os.path import commonprefix
from typing import Any, TypeAlias

from benchmarks.model_wires import WIRES, Say, Wire

_ID = re.compile(r"(?:toolu|call)_s(\d+)_\d+")


Policy: TypeAlias = Callable[[int, str], Say]  # (number of this turn from 0, whole request) -> reply


@dataclass
class ModelServer:
    """`script` is a list of replies, the last one for ever, or a policy that looks at the request."""

    script: Sequence[Say] | Policy
    input_per_char: float = 0.25
    seen: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    billed: list[dict[str, int]] = field(default_factory=list)  # what the usage of finished replies said
    _faults: Counter[tuple[int, str]] = field(default_factory=Counter)
    _sent: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def running(self) -> Iterator[str]:
        """The base address, without a path."""
        server = _Server(("127.0.0.1", 0), _handler(self))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5)

    def reply(self, body: str) -> tuple[int, Say]:
        turn = max((int(n) + 1 for n in _ID.findall(body)), default=0)
        turn = max(turn, body.count(NUDGED))
        if callable(self.script):
            said = self.script(turn, body)
        else:
            said = self.script[min(turn, len(self.script) - 1)]
        if said.fault and said.times:
            with self._lock:
                self._faults[turn, said.fault] += 1
                over = self._faults[turn, said.fault] > said.times
            if over:
                said = Say(said.calls, said.text, said.raw)
        return turn, said

    def usage(self, body: str, said: Say) -> dict[str, int]:
        """Counts as a provider with a prefix cache would make them, roughly by the request's size."""
        whole = int(len(body) * self.input_per_char)
        with self._lock:
            same = max((len(commonprefix((body, sent))) for sent in self._sent), default=0)  # noqa: RUF071
            self._sent.append(body)
        read = int(same // 1000 * 1000 * self.input_per_char)
        written = (whole - read) // 2
        out = (
            5 + said.reasoning + len(json.dumps([list(c) for c in said.calls], default=dict) + said.text) // 4
        )
        counted = {"input": whole, "read": read, "write": written, "output": out}
        with self._lock:
            self.billed.append(counted)
        return counted


SLOW = 3.0
NUDGED = "Use the tools. End the run by calling"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 32

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is no news here."""


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_HEAD(self) -> None:
            self._plain(200, {})

        def do_GET(self) -> None:
            self._plain(200, {"data": []})

        def do_POST(self) -> None:
            body = self._body().decode("utf-8", "replace")
            request = json.loads(body or "{}")
            server.seen.append(request)
            server.bodies.append(body)
            server.headers.append({k.lower(): v for k, v in self.headers.items()})
            wire = next((w for path, w in WIRES.items() if self.path.partition("?")[0].endswith(path)), None)
            if wire is None:
                self._plain(404, {"error": {"message": "no such path"}})
                return
            turn, said = server.reply(body)
            if said.fault == "slow":
                time.sleep(SLOW)
            said = _offered(said, request)
            if said.fault.startswith("status ") or said.fault == "overflow":
                self._refuse(said, wire)
                return
            self._answer(wire(turn, said, server.usage(body, said)), said, bool(request.get("stream")))

        def _body(self) -> bytes:
            if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            whole = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                whole += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return whole

        def _refuse(self, said: Say, wire: type[Wire]) -> None:
            status = 400 if said.fault == "overflow" else int(said.fault.split()[1])
            self._plain(status, wire.error(status, overflow=said.fault == "overflow"), said.retry_after)

        def _answer(self, wire: Wire, said: Say, stream: bool) -> None:
            if not stream:
                if said.fault in {"cut", "ends", "overloaded"}:
                    self._plain(529 if said.fault == "overloaded" else 502, wire.error(529))
                    return
                self._plain(200, wire.whole())
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            events = list(wire.events())
            if said.fault in {"cut", "ends", "overloaded"}:
                events = events[: max(1, len(events) // 2)]
            if said.fault == "overloaded":
                events.append(wire.broken())
            for event in events:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(event), event))
            if said.fault != "cut":
                self.wfile.write(b"0\r\n\r\n")
            self.close_connection = True

        def _plain(self, status: int, value: Any, retry_after: str = "") -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if retry_after:
                self.send_header("Retry-After", retry_after)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    return Handler


def _offered(said: Say, request: dict[str, Any]) -> Say:
    """Names as the client offers them (`edit` as `mcp__healer__edit`, or inside a namespace), so that one
    script fits every client. A client without tools is only told "ok"."""
    tools = [tool for tool in request.get("tools") or [] if isinstance(tool, dict)]
    if not tools:
        return Say(text="ok", fault=said.fault)
    names = [str(tool.get("name") or (tool.get("function") or {}).get("name")) for tool in tools]
    inside = [f"{tool['name']}/{one['name']}" for tool in tools for one in tool.get("tools") or ()]

    def named(name: str) -> str:
        return next(
            (n for n in (*names, *inside) if n == name or n.endswith((f"__{name}", f"/{name}"))), name
        )

    return replace(said, calls=[(named(name), given) for name, given in said.calls])
