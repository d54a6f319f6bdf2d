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
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeAlias

_ID = re.compile(r"(?:toolu|call)_s(\d+)_\d+")


@dataclass(frozen=True)
class Say:
    """One reply: tool calls, or text. `raw` replaces the arguments by text that may be broken JSON.

    `fault` is one of: status NNN, cut (torn off), ends (early, but cleanly), overloaded, refusal, empty,
    length, overflow, no_usage."""

    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()
    text: str = ""
    raw: str | None = None
    fault: str = ""
    times: int = 0  # the fault happens so often, then the reply comes; 0: always
    retry_after: str = ""


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
    _prefixes: set[str] = field(default_factory=set)
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
        prefix = body[: len(body) * 3 // 4 // 1000 * 1000]
        with self._lock:
            cached = max((len(p) for p in self._prefixes if body.startswith(p)), default=0)
            self._prefixes.add(prefix)
        read = int(cached * self.input_per_char)
        written = max(0, int(len(prefix) * self.input_per_char) - read)
        out = 5 + len(json.dumps([list(c) for c in said.calls], default=dict) + said.text) // 4
        counted = {"input": whole, "read": read, "write": written, "output": out}
        with self._lock:
            self.billed.append(counted)
        return counted


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


@dataclass(frozen=True)
class Wire:
    """One reply in one format."""

    turn: int
    said: Say
    usage: dict[str, int]

    @property
    def calls(self) -> list[tuple[str, str, str]]:
        """(id, name, arguments as JSON)."""
        raw = self.said.raw
        return [
            (f"{self.prefix}_s{self.turn:03}_{n}", name, raw if raw is not None else json.dumps(dict(given)))
            for n, (name, given) in enumerate(self.said.calls)
        ]

    prefix = "call"

    @staticmethod
    def error(status: int, *, overflow: bool = False) -> dict[str, Any]:
        raise NotImplementedError

    def whole(self) -> dict[str, Any]:
        raise NotImplementedError

    def events(self) -> Iterator[bytes]:
        raise NotImplementedError

    def broken(self) -> bytes:
        return b""


class Messages(Wire):
    prefix = "toolu"

    @staticmethod
    def error(status: int, *, overflow: bool = False) -> dict[str, Any]:
        kinds = {
            429: "rate_limit_error",
            529: "overloaded_error",
            401: "authentication_error",
            404: "not_found_error",
        }
        kind = "invalid_request_error" if status == 400 else kinds.get(status, "api_error")
        message = "prompt is too long: 214048 tokens > 200000 maximum" if overflow else kind
        return {"type": "error", "error": {"type": kind, "message": message}}

    def _stop(self) -> str:
        named = {"refusal": "refusal", "length": "max_tokens"}
        return named.get(self.said.fault) or ("tool_use" if self.said.calls else "end_turn")

    def _usage(self) -> dict[str, int]:
        if self.said.fault == "no_usage":
            return {"input_tokens": 0, "output_tokens": 0}
        u = self.usage
        return {
            "input_tokens": u["input"] - u["read"] - u["write"],
            "cache_read_input_tokens": u["read"],
            "cache_creation_input_tokens": u["write"],
            "output_tokens": u["output"],
        }

    def _blocks(self) -> list[dict[str, Any]]:
        if self.said.fault in {"empty", "refusal"}:
            return []
        text = [{"type": "text", "text": self.said.text}] if self.said.text else []
        return text + [
            {"type": "tool_use", "id": i, "name": name, "input": _loose(given)}
            for i, name, given in self.calls
        ]

    def _message(self, content: list[dict[str, Any]], stop: str | None) -> dict[str, Any]:
        return {
            "id": f"msg_{self.turn}",
            "type": "message",
            "role": "assistant",
            "model": "scripted",
            "content": content,
            "stop_reason": stop,
            "stop_sequence": None,
            "usage": self._usage(),
        }

    def whole(self) -> dict[str, Any]:
        return self._message(self._blocks(), self._stop())

    def events(self) -> Iterator[bytes]:
        start = self._message([], None)
        start["usage"] = {**start["usage"], "output_tokens": 1 if self.said.fault != "no_usage" else 0}
        yield _sse("message_start", {"type": "message_start", "message": start})
        arguments = {i: given for i, _, given in self.calls}
        for n, block in enumerate(self._blocks()):
            text = block["type"] == "text"
            empty = {**block, "text": ""} if text else {**block, "input": {}}
            yield _sse(
                "content_block_start", {"type": "content_block_start", "index": n, "content_block": empty}
            )
            said = block["text"] if text else arguments[block["id"]]
            for piece in _pieces(said):
                delta = (
                    {"type": "text_delta", "text": piece}
                    if text
                    else {"type": "input_json_delta", "partial_json": piece}
                )
                yield _sse("content_block_delta", {"type": "content_block_delta", "index": n, "delta": delta})
            yield _sse("content_block_stop", {"type": "content_block_stop", "index": n})
        done = {"stop_reason": self._stop(), "stop_sequence": None}
        yield _sse("message_delta", {"type": "message_delta", "delta": done, "usage": self._usage()})
        yield _sse("message_stop", {"type": "message_stop"})

    def broken(self) -> bytes:
        return _sse("error", self.error(529))


class Chat(Wire):
    @staticmethod
    def error(status: int, *, overflow: bool = False) -> dict[str, Any]:
        message = "maximum context length is 128000 tokens" if overflow else f"status {status}"
        code = "context_length_exceeded" if overflow else {429: "rate_limit_exceeded"}.get(status)
        return {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": code}}

    def _finish(self) -> str:
        named = {"refusal": "content_filter", "length": "length"}
        return named.get(self.said.fault) or ("tool_calls" if self.said.calls else "stop")

    def _usage(self) -> dict[str, Any] | None:
        u = self.usage
        if self.said.fault == "no_usage":
            return None
        return {
            "prompt_tokens": u["input"],
            "completion_tokens": u["output"],
            "total_tokens": u["input"] + u["output"],
            "prompt_tokens_details": {"cached_tokens": u["read"]},
        }

    def _calls(self) -> list[dict[str, Any]]:
        if self.said.fault in {"empty", "refusal"}:
            return []
        return [
            {"id": i, "type": "function", "function": {"name": name, "arguments": given}}
            for i, name, given in self.calls
        ]

    def _base(self, kind: str) -> dict[str, Any]:
        return {"id": f"chatcmpl-{self.turn}", "object": kind, "created": 1, "model": "scripted"}

    def whole(self) -> dict[str, Any]:
        said = "" if self.said.fault in {"empty", "refusal"} else self.said.text
        message = {"role": "assistant", "content": said or None, "tool_calls": self._calls() or None}
        choice = {"index": 0, "message": message, "finish_reason": self._finish()}
        return {**self._base("chat.completion"), "choices": [choice], "usage": self._usage()}

    def events(self) -> Iterator[bytes]:
        def chunk(delta: dict[str, Any], finish: str | None = None) -> bytes:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            return _sse("", {**self._base("chat.completion.chunk"), "choices": [choice]})

        yield chunk({"role": "assistant", "content": ""})
        if self.said.text and self.said.fault not in {"empty", "refusal"}:
            for piece in _pieces(self.said.text):
                yield chunk({"content": piece})
        for n, call in enumerate(self._calls()):
            function = call["function"]
            yield chunk(
                {
                    "tool_calls": [
                        {**call, "index": n, "function": {"name": function["name"], "arguments": ""}}
                    ]
                }
            )
            for piece in _pieces(function["arguments"]):
                yield chunk({"tool_calls": [{"index": n, "function": {"arguments": piece}}]})
        yield chunk({}, self._finish())
        if usage := self._usage():
            yield _sse("", {**self._base("chat.completion.chunk"), "choices": [], "usage": usage})
        yield b"data: [DONE]\n\n"

    def broken(self) -> bytes:
        return _sse(
            "", {"error": {"message": "The server is overloaded", "type": "server_error", "code": None}}
        )


class Responses(Wire):
    @staticmethod
    def error(status: int, *, overflow: bool = False) -> dict[str, Any]:
        return Chat.error(status, overflow=overflow)

    def _output(self) -> list[dict[str, Any]]:
        if self.said.fault == "empty":
            return []
        if self.said.fault == "refusal":
            return [self._text([{"type": "refusal", "refusal": "I can not help with that"}])]
        text = [{"type": "output_text", "text": self.said.text, "annotations": []}]
        items = [self._text(text)] if self.said.text else []
        return items + [self._call(i, name, given) for i, name, given in self.calls]

    def _call(self, id: str, name: str, given: str) -> dict[str, Any]:
        space, _, own = name.rpartition("/")
        more = {"namespace": space} if space else {}
        call = {"type": "function_call", "id": f"fc_{id}", "call_id": id, "name": own, "arguments": given}
        return {**call, **more, "status": "completed"}

    def _text(self, content: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "type": "message",
            "id": f"msg_{self.turn}",
            "role": "assistant",
            "status": "completed",
            "content": content,
        }

    def _response(self, status: str, output: list[dict[str, Any]]) -> dict[str, Any]:
        u = self.usage
        usage = {
            "input_tokens": u["input"],
            "input_tokens_details": {"cached_tokens": u["read"], "cache_write_tokens": 0},
            "output_tokens": u["output"],
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": u["input"] + u["output"],
        }
        cut = self.said.fault == "length"
        return {
            "id": f"resp_{self.turn}",
            "object": "response",
            "created_at": 1,
            "model": "scripted",
            "status": "incomplete" if cut and status == "completed" else status,
            "incomplete_details": {"reason": "max_output_tokens"} if cut else None,
            "output": output,
            "parallel_tool_calls": True,
            "tool_choice": "auto",
            "tools": [],
            "error": None,
            "usage": None if self.said.fault == "no_usage" or status != "completed" else usage,
        }

    def whole(self) -> dict[str, Any]:
        return self._response("completed", self._output())

    def events(self) -> Iterator[bytes]:
        number = iter(range(10_000))

        def event(kind: str, **more: Any) -> bytes:
            return _sse(kind, {"type": kind, "sequence_number": next(number), **more})

        yield event("response.created", response=self._response("in_progress", []))
        for n, item in enumerate(self._output()):
            yield event("response.output_item.added", output_index=n, item=_opened(item))
            place = {"item_id": item["id"], "output_index": n}
            if item["type"] == "function_call":
                for piece in _pieces(item["arguments"]):
                    yield event("response.function_call_arguments.delta", **place, delta=piece)
                yield event(
                    "response.function_call_arguments.done",
                    **place,
                    name=item["name"],
                    arguments=item["arguments"],
                )
            for k, part in enumerate(item.get("content", ())):
                yield from self._content(event, {**place, "content_index": k}, part)
            yield event("response.output_item.done", output_index=n, item=item)
        done = self._response("completed", self._output())
        yield event(f"response.{done['status']}", response=done)

    def _content(
        self, event: Callable[..., bytes], place: dict[str, Any], part: dict[str, Any]
    ) -> Iterator[bytes]:
        kind, key = ("output_text", "text") if part["type"] == "output_text" else ("refusal", "refusal")
        yield event("response.content_part.added", **place, part={**part, key: ""})
        for piece in _pieces(part[key]):
            more = {"logprobs": []} if kind == "output_text" else {}
            yield event(f"response.{kind}.delta", **place, delta=piece, **more)
        more = {"logprobs": []} if kind == "output_text" else {}
        yield event(f"response.{kind}.done", **place, **{key: part[key]}, **more)
        yield event("response.content_part.done", **place, part=part)

    def broken(self) -> bytes:
        error = {
            "type": "error",
            "sequence_number": 99,
            "code": "server_error",
            "message": "overloaded",
            "param": None,
        }
        return _sse("error", error)


def _offered(said: Say, request: dict[str, Any]) -> Say:
    """Names as the client offers them (`edit` as `mcp__healer__edit`, or inside a namespace), so that one
    script fits every client. A client without tools is only told "ok"."""
    tools = [tool for tool in request.get("tools") or [] if isinstance(tool, dict)]
    if not tools:
        return Say(text="ok", fault=said.fault)
    names = [str(tool.get("name") or (tool.get("function") or {}).get("name")) for tool in tools]
    inside = [f"{tool['name']}/{one['name']}" for tool in tools for one in tool.get("tools") or ()]

    def named(name: str) -> str:
        return next((n for n in (*names, *inside) if n == name or n.endswith((f"__{name}", f"/{name}"))), name)

    return replace(said, calls=[(named(name), given) for name, given in said.calls])


def _opened(item: dict[str, Any]) -> dict[str, Any]:
    blank = {"arguments": ""} if item["type"] == "function_call" else {"content": []}
    return {**item, **blank, "status": "in_progress"}


WIRES: dict[str, type[Wire]] = {"/messages": Messages, "/chat/completions": Chat, "/responses": Responses}


def _loose(arguments: str) -> Any:
    try:
        return json.loads(arguments)
    except ValueError:
        return {"broken": arguments}


def _pieces(text: str, size: int = 400) -> list[str]:
    return [text[n : n + size] for n in range(0, len(text), size)]


def _sse(event: str, data: dict[str, Any]) -> bytes:
    head = f"event: {event}\n" if event else ""
    return f"{head}data: {json.dumps(data)}\n\n".encode()
