"""One reply of a scripted model in three wire formats, streamed and plain."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Say:
    """One reply: tool calls, or text. `raw` replaces the arguments by text that may be broken JSON.

    `fault` is one of: status NNN, cut (torn off), ends (early, but cleanly), overloaded, refusal, empty,
    length, overflow, no_usage, slow. `reasoning` tokens are part of the output."""

    calls: Sequence[tuple[str, Mapping[str, Any]]] = ()
    text: str = ""
    raw: str | None = None
    fault: str = ""
    times: int = 0  # the fault happens so often, then the reply comes; 0: always
    retry_after: str = ""
    reasoning: int = 0


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
            "completion_tokens_details": {"reasoning_tokens": self.said.reasoning},
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
            "input_tokens_details": {"cached_tokens": u["read"], "cache_write_tokens": u["write"]},
            "output_tokens": u["output"],
            "output_tokens_details": {"reasoning_tokens": self.said.reasoning},
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
        more: dict[str, Any] = {"logprobs": []} if kind == "output_text" else {}
        yield event("response.content_part.added", **place, part={**part, key: ""})
        for piece in _pieces(part[key]):
            yield event(f"response.{kind}.delta", **place, delta=piece, **more)
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


def _opened(item: dict[str, Any]) -> dict[str, Any]:
    blank: dict[str, Any] = {"arguments": ""} if item["type"] == "function_call" else {"content": []}
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
