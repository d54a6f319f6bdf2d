"""The one module that knows the framework (pydantic-ai) and through it the providers' SDKs.

Only its model layer is used: wire formats, streams, typed errors. Loop, limits and tools are ours.
No spans: the anthropic SDK's own are off, since they would count tokens twice and send trace headers.
"""

from __future__ import annotations

import asyncio
import dataclasses
import json
import warnings
from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import Any

import anthropic
import httpx2
import openai
from pydantic_ai import exceptions, messages
from pydantic_ai.direct import model_request, model_request_stream
from pydantic_ai.models import Model, ModelRequestParameters, StreamedResponse
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel, OpenAIResponsesModel
from pydantic_ai.profiles.openai import OpenAIModelProfile
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.tools import ToolDefinition
from pydantic_ai.usage import RequestUsage, RunUsage, UsageLimits

from healer.models.talk import ANTHROPIC, OPENAI, Call, Endpoint, Offer, Reply
from healer.models.trouble import Trouble
from healer.prices import CHARS_PER_TOKEN, Usage

CODES: tuple[tuple[type[Exception], str], ...] = (  # first match wins: children before parents
    (exceptions.ModelContextWindowExceededError, "context_overflow"),
    (exceptions.ModelRateLimitError, "rate_limited"),
    (exceptions.ModelQuotaExceededError, "quota"),
    (exceptions.ModelUnavailableError, "overloaded"),
    (exceptions.ModelServerError, "server_error"),
    (exceptions.ModelTimeoutError, "timeout"),
    (exceptions.ModelRequestTimeout, "timeout"),
    (exceptions.ModelConnectionError, "connection"),
    (exceptions.ModelAuthenticationError, "auth"),
    (exceptions.ModelNotFoundError, "not_found"),
    (exceptions.ModelRequestRejectedError, "rejected"),
    (exceptions.ContentFilterError, "refusal"),
    (exceptions.UsageLimitExceeded, "budget"),
    (exceptions.UnexpectedModelBehavior, "malformed"),
    (TimeoutError, "timeout"),
    (httpx2.TimeoutException, "timeout"),
    (httpx2.HTTPError, "cut"),
    (EOFError, "cut"),
    (ValueError, "malformed"),  # broken JSON in a stream
)
FRAME = 40  # characters of JSON around one part, roughly
UNSEEN = 2_000  # tokens that a provider may add to the first request by itself
STUB = 400  # a result shorter than this is not left out
MOST_REQUESTS = 200  # the framework's own limits, as a second belt
NO_TELEMETRY: Any = {"traces": False, "propagation": False}


class VendorTalk:
    """Implements `Talk`. One event loop and one client per conversation; not for use by two threads."""

    def __init__(self, endpoint: Endpoint, instructions: str, offers: Sequence[Offer]) -> None:
        self.endpoint = endpoint
        self._history: list[messages.ModelMessage] = []
        self._next: list[messages.ModelRequestPart] = []
        self._instructions = instructions
        tools = sum(len(json.dumps(o.model_dump())) for o in offers)
        self._size = len(instructions) + tools
        self._bytes = len(instructions.encode()) + tools
        self._told: int | None = None  # tokens up to the last reply, as the provider counted them
        self._new_bytes = 0  # said since then
        self._stream: StreamedResponse | None = None
        self._taken = RunUsage()
        self._limits = UsageLimits(request_limit=MOST_REQUESTS, cost_limit=None)
        self._model, self._client = _model(endpoint)
        self._parameters = ModelRequestParameters(
            function_tools=[_tool(offer) for offer in offers],
            allow_text_output=True,
            instruction_parts=[messages.InstructionPart(content=instructions)],
        )

    def __enter__(self) -> VendorTalk:
        self._runner = asyncio.Runner()
        self._runner.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._runner.run(self._client.close())
        finally:
            self._runner.__exit__(kind, error, trace)

    @property
    def characters(self) -> int:
        return self._size

    def say(self, text: str) -> None:
        self._add(messages.UserPromptPart(content=text), text)

    def answer(self, results: Sequence[tuple[Call, str]]) -> None:
        for call, text in results:
            part = messages.ToolReturnPart(tool_name=call.name, content=text, tool_call_id=call.id)
            self._add(part, text)

    def _add(self, part: messages.ModelRequestPart, text: str) -> None:
        self._next.append(part)
        self._grow(text)

    def _grow(self, text: str) -> None:
        self._size += len(text) + FRAME
        self._bytes += len(text.encode("utf-8", "replace")) + FRAME
        self._new_bytes += len(text.encode("utf-8", "replace")) + FRAME

    @property
    def tokens(self) -> int:
        """No tokenizer makes more than one token of a byte; what was counted before is not guessed again."""
        most = self._bytes + UNSEEN
        return most if self._told is None else min(most, self._told + self._new_bytes)

    def trim(self, most: int) -> int:
        asked = {
            call.tool_call_id: f"{call.tool_name} {call.args_as_json_str()[:300]}"
            for message in self._history
            if isinstance(message, messages.ModelResponse)
            for call in message.tool_calls
        }
        results = (part for part in reversed(self._next) if isinstance(part, messages.ToolReturnPart))
        last = next(map(id, results), 0)
        left_out = 0
        for parts in self._results():
            for n, part in enumerate(parts):
                if self.characters <= most:
                    return left_out
                if isinstance(part, messages.ToolReturnPart) and id(part) != last:
                    left_out += self._leave_out(parts, n, part, asked.get(part.tool_call_id, part.tool_name))
        return left_out

    def _results(self) -> Iterator[list[messages.ModelRequestPart]]:
        """Lists of parts that were sent or will be, oldest first, which may be changed in place."""
        for n, message in enumerate(self._history):
            if isinstance(message, messages.ModelRequest):
                parts = list(message.parts)
                self._history[n] = dataclasses.replace(message, parts=parts)
                yield parts
        yield self._next

    def _leave_out(
        self, parts: list[messages.ModelRequestPart], n: int, part: messages.ToolReturnPart, call: str
    ) -> int:
        text = str(part.content)
        if len(text) < STUB:
            return 0
        stub = f"[left out] {len(text)} characters, to keep this short. To see them again, call {call}"
        parts[n] = dataclasses.replace(part, content=stub)
        self._size -= len(text) - len(stub)
        self._bytes -= len(text.encode("utf-8", "replace")) - len(stub.encode("utf-8", "replace"))
        return 1

    def turn_to(self, endpoint: Endpoint) -> None:
        """What only the other model can read, its thoughts, stays behind."""
        if (endpoint.wire, endpoint.url) != (self.endpoint.wire, self.endpoint.url):
            raise ValueError("a conversation cannot go on at another provider")
        self.endpoint, self._told = endpoint, None  # another model counts in its own way
        self._model = _named(endpoint, self._client)
        for n, message in enumerate(self._history):
            if isinstance(message, messages.ModelResponse):
                kept = [part for part in message.parts if not isinstance(part, messages.ThinkingPart)]
                self._history[n] = dataclasses.replace(message, parts=kept)

    def ask(self, seconds: float) -> Reply:
        self._stream = None
        request = messages.ModelRequest(parts=list(self._next), instructions=self._instructions)
        sent = [*self._history, request]
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", exceptions.UsageLimitUnavailableWarning)
                self._limits.check_before_request(self._taken)
                response = self._runner.run(self._within(sent, seconds))
                if self.endpoint.stream and response.finish_reason is None:
                    raise EOFError("the stream ended before its end")
        except Exception as error:
            trouble = translated(error)
            trouble.usage = self._begun(trouble.code)
            raise trouble from error
        self._taken += response.usage
        self._taken.requests += 1
        self._history, self._next = [*sent, response], []
        reply = self._reply(response)
        for said in (reply.text, *(f"{call.id}{call.name}{call.arguments}" for call in reply.calls)):
            self._grow(said)
        if not reply.usage.estimated:
            self._told, self._new_bytes = reply.usage.input + reply.usage.output, 0
        return reply

    async def _within(self, sent: list[messages.ModelMessage], seconds: float) -> messages.ModelResponse:
        async with asyncio.timeout(min(seconds, self.endpoint.seconds)):
            if not self.endpoint.stream:
                return await model_request(
                    self._model,
                    sent,
                    model_settings=self._settings(),
                    model_request_parameters=self._parameters,
                    instrument=False,
                )
            async with model_request_stream(
                self._model,
                sent,
                model_settings=self._settings(),
                model_request_parameters=self._parameters,
                instrument=False,
            ) as stream:
                self._stream = stream
                async for _ in stream:
                    pass
                return stream.get()

    def _settings(self) -> ModelSettings:
        e = self.endpoint
        return ModelSettings(max_tokens=e.max_output, timeout=e.seconds, cache=True, parallel_tool_calls=True)

    def _begun(self, code: str) -> Usage | None:
        """What the provider counted, or must have, of an answer that did not come to its end."""
        if self._stream is not None:
            begun = self._stream.get()
            return self._usage(begun.usage, begun)
        if code in {"timeout", "cut"}:
            return Usage(input=self.characters // CHARS_PER_TOKEN, estimated=True)
        return None

    def _reply(self, response: messages.ModelResponse) -> Reply:
        calls = tuple(
            Call(id=part.tool_call_id, name=part.tool_name, arguments=part.args_as_json_str())
            for part in response.tool_calls
        )
        return Reply(
            text=response.text or "",
            calls=calls,
            finish=_finish(response, calls),
            usage=self._usage(response.usage, response),
        )

    def _usage(self, usage: RequestUsage, response: messages.ModelResponse) -> Usage:
        if usage.input_tokens or usage.output_tokens:
            return _counted(usage)
        said = len(response.text or "") + sum(len(c.args_as_json_str()) for c in response.tool_calls)
        return Usage(
            input=self.characters // CHARS_PER_TOKEN, output=said // CHARS_PER_TOKEN + 1, estimated=True
        )


def _counted(usage: RequestUsage) -> Usage:
    return Usage(
        input=usage.input_tokens,
        output=usage.output_tokens,
        cache_read=usage.cache_read_tokens,
        cache_write=usage.cache_write_tokens,
    )


def _finish(response: messages.ModelResponse, calls: tuple[Call, ...]) -> str:
    match response.finish_reason:
        case "content_filter":
            return "refusal"
        case "length":
            return "length"
        case _:
            return "tools" if calls else "stop"


def _tool(offer: Offer) -> ToolDefinition:
    return ToolDefinition(
        name=offer.name, description=offer.description, parameters_json_schema=offer.schema_, strict=False
    )


def _model(endpoint: Endpoint) -> tuple[Model, Any]:
    """The framework's model, and the SDK's client, which is to be closed. Retries are ours: none here."""
    key = endpoint.key.get_secret_value() or "unused"
    client: Any
    if endpoint.wire == "anthropic":
        client = anthropic.AsyncAnthropic(
            api_key=key, base_url=endpoint.url or ANTHROPIC, max_retries=0, open_telemetry=NO_TELEMETRY
        )
    else:
        client = openai.AsyncOpenAI(api_key=key, base_url=endpoint.url or OPENAI, max_retries=0)
    return _named(endpoint, client), client


def _named(endpoint: Endpoint, client: Any) -> Model:
    if endpoint.wire == "anthropic":
        return AnthropicModel(endpoint.model, provider=AnthropicProvider(anthropic_client=client))
    provider = OpenAIProvider(openai_client=client)
    if endpoint.wire == "openai-chat":
        profile = OpenAIModelProfile(openai_chat_streaming_requires_finish_reason=True)
        return OpenAIChatModel(endpoint.model, provider=provider, profile=profile)
    return OpenAIResponsesModel(endpoint.model, provider=provider)


def translated(error: BaseException) -> Trouble:
    """Our word for an error of the framework, an SDK or its HTTP client."""
    code = next((code for kind, code in CODES if isinstance(error, kind)), "")
    if not code and isinstance(error, exceptions.ModelHTTPError):
        code = "overloaded" if error.status_code in {503, 529} else "rejected"
    if not code and isinstance(error, exceptions.ModelAPIError):
        code = "connection"
    return Trouble(code or "unknown", f"{type(error).__name__}: {error}", retry_after=_after(error))


def _after(error: BaseException) -> float | None:
    return error.retry_after if isinstance(error, exceptions.ModelAPIError) else None
