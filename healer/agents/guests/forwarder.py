"""A guest's one way out: a socket that leads to the configured provider, and that we stand at.

The guest holds no key: ours is added here, outside the sandbox. Each request is admitted, held against the
budget before it is sent and booked after it with the provider's own usage, like every other agent's.
"""

from __future__ import annotations

import http.client
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import ThreadingMixIn, UnixStreamServer
from typing import Any
from urllib.parse import urlsplit

import orjson

from healer.agents.guests.admission import LARGEST, RULES, admitted, betas, usage_of
from healer.budget import Budget
from healer.errors import Refused
from healer.models.line import Outages
from healer.models.talk import ANTHROPIC, OPENAI, Endpoint
from healer.spending import Tripped

MOST_FAILURES = 4  # of the provider, in a row
KEPT = 8 << 20  # bytes of an answer that are read for its usage
LAST = 5.0  # seconds that requests on their way are waited for
UNSEEN = 2_000  # tokens that a provider may add to a request by itself
PASSED = ("content-type", "retry-after", "request-id")  # headers of an answer


@dataclass
class Forwarder:
    """`stop` is told when a limit or the provider's state ended the run."""

    endpoint: Endpoint
    budget: Budget
    prompt: str
    stop: Callable[[Refused], None]
    outages: Outages = field(default_factory=Outages)
    refused: list[str] = field(default_factory=list)  # codes of what was not let out
    _failures: int = 0
    _over: Refused | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def provider(self) -> str:
        return self.endpoint.url or self.endpoint.wire

    @contextmanager
    def serving(self, path: Path) -> Iterator[None]:
        """Until the run is over, on the unix socket `path`."""
        with _Server(str(path), _handler(self)) as server:
            path.chmod(0o666)  # the sandbox runs as another user; the directory is ours alone
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            try:
                yield
            finally:
                server.shutdown()
                thread.join()
                self._settle()

    def _settle(self) -> None:
        """What was answered last is to be booked before the run's cost is summed."""
        deadline = time.monotonic() + LAST
        while self.budget.held and time.monotonic() < deadline:
            time.sleep(0.01)

    def forward(self, raw: bytes, told: Mapping[str, str], answer: Answer) -> None:
        """`told` are the guest's headers. Raises Refused where the request is not let out."""
        try:
            if self._over is not None:
                raise self._over
            asked = orjson.dumps(admitted(raw, self.endpoint))
            self.outages.check(self.provider)
            tokens, output = len(asked) + UNSEEN, self.endpoint.max_output
            seconds = min(self.endpoint.seconds, self.budget.seconds_left)
            with self.budget.request(
                self.endpoint.model, tokens, output, seconds=seconds, prompt=self.prompt
            ) as request:
                said = self._sent(asked, self._headers(told), seconds, answer)
                if said is not None:
                    request.pay(usage_of(said, len(asked)))
        except Refused as no:
            self.refused.append(no.code)
            if isinstance(no, Tripped) or no.code == "unpriced":
                self._end(no)
            raise

    def _end(self, reason: Refused) -> None:
        """From here on nothing is sent, whether the guest is ended at once or not."""
        self._over = self._over or reason
        self.stop(reason)

    def _sent(self, asked: bytes, headers: Mapping[str, str], seconds: float, answer: Answer) -> bytes | None:
        """What the provider answered, None where it surely counted nothing."""
        where = urlsplit(self.endpoint.url or (ANTHROPIC if self.endpoint.wire == "anthropic" else OPENAI))
        path = where.path.rstrip("/") + RULES[self.endpoint.wire].upstream
        connection = _connection(where.scheme, where.netloc, seconds)
        sent = False
        try:
            connection.request("POST", path, asked, headers)
            sent = True
            response = connection.getresponse()
            self._judged(response.status)
            said = answer.passed(response)
            return said if response.status < 400 else None
        except (OSError, http.client.HTTPException) as error:
            self._judged(502)
            answer.failed(502, "connection", f"the provider did not answer: {type(error).__name__}")
            return b"" if sent else None
        finally:
            connection.close()

    def _headers(self, told: Mapping[str, str]) -> dict[str, str]:
        key = self.endpoint.key.get_secret_value()
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
        if self.endpoint.wire == "anthropic":
            version = told.get("anthropic-version") or "2023-06-01"
            known = betas(told.get("anthropic-beta", ""))
            more = {"anthropic-beta": known} if known else {}
            return {**headers, **more, "x-api-key": key, "anthropic-version": version}
        return {**headers, "Authorization": f"Bearer {key}"}

    def _judged(self, status: int) -> None:
        """Guests try again for minutes; a provider that is down is left alone by all runs."""
        with self._lock:
            self._failures = self._failures + 1 if status in {401, 403, 429} or status >= 500 else 0
            if self._failures == 0:
                self.outages.worked(self.provider)
            if self._failures < MOST_FAILURES:
                return
        self.outages.failed(self.provider)
        self._end(Tripped("provider_down", f"the provider answered {status} {self._failures} times in a row"))


class Answer:
    """To one request of the guest."""

    def __init__(self, handler: BaseHTTPRequestHandler) -> None:
        self._handler = handler
        self._begun = False

    def passed(self, response: http.client.HTTPResponse) -> bytes:
        """The provider's answer, as it comes; returns it."""
        headers = {name: response.headers[name] for name in PASSED if response.headers.get(name)}
        self._begin(response.status, headers)
        said = bytearray()
        with suppress(http.client.HTTPException, OSError):  # torn off: the guest sees that, too
            while chunk := response.read1(1 << 16):
                if len(said) < KEPT:
                    said += chunk
                self._write(chunk)
        return bytes(said)

    def _write(self, chunk: bytes) -> None:
        with suppress(OSError):  # the guest hung up; what was asked is still counted
            self._handler.wfile.write(chunk)

    def empty(self) -> None:
        self._begin(200, {})

    def failed(self, status: int, code: str, words: str) -> None:
        if self._begun:
            return
        body = orjson.dumps({"type": "error", "error": {"type": code, "message": words}})
        self._begin(status, {"Content-Type": "application/json"})
        self._write(body)

    def _begin(self, status: int, headers: dict[str, str]) -> None:
        self._begun = True
        self._handler.send_response(status)
        for name, value in headers.items():
            self._handler.send_header(name, value)
        self._handler.send_header("Connection", "close")
        self._handler.close_connection = True
        with suppress(OSError):
            self._handler.end_headers()


def _connection(scheme: str, host: str, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, timeout=seconds, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, timeout=seconds)


class _Server(ThreadingMixIn, UnixStreamServer):
    daemon_threads = True
    request_queue_size = 32

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A guest that hangs up is no news."""


def _handler(forwarder: Forwarder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def address_string(self) -> str:
            return "guest"

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_HEAD(self) -> None:
            Answer(self).empty()

        def do_GET(self) -> None:
            Answer(self).failed(404, "not_found_error", "only the conversation is led through here")

        def do_POST(self) -> None:
            answer = Answer(self)
            length = self.headers.get("Content-Length", "")
            if self.path.partition("?")[0] != RULES[forwarder.endpoint.wire].path:
                self.do_GET()
            elif not length.isdigit() or int(length) > LARGEST or self.headers.get("Content-Encoding"):
                answer.failed(413, "request_too_large", "a plain request of known length, please")
            else:
                self._forward(self.rfile.read(int(length)), answer)

        def _forward(self, raw: bytes, answer: Answer) -> None:
            try:
                forwarder.forward(raw, {k.lower(): v for k, v in self.headers.items()}, answer)
            except Refused as no:
                answer.failed(400, "invalid_request_error", f"[{no.code}] {no.reason}")

    return Handler
