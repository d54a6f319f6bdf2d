"""What of a guest's request reaches the provider: a conversation in text with our tools, and nothing else.

A provider can be asked to search the web, fetch a URL, run code or call a server of anybody's. A guest that
obeys a stranger would ask for it, so whatever is not known to be harmless is taken out or refused. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from healer.errors import Refused
from healer.models.talk import Endpoint, Wire
from healer.prices import CHARS_PER_TOKEN, Usage
from triage.lenient import integer, items, mapping

BETAS = (  # of Anthropic's API: how a conversation is written down, never what a provider does
    "claude-code-", "effort-", "fine-grained-tool-streaming-", "interleaved-thinking-",
    "mid-conversation-system-", "prompt-caching-scope-", "token-efficient-tools-",
)  # fmt: skip
LARGEST = 16 << 20  # bytes of a request


@dataclass(frozen=True)
class Rules:
    """Of one wire. `parts` are the kinds of content that are text and calls."""

    path: str
    upstream: str  # below the endpoint's own address
    keys: frozenset[str]
    said: str  # the key that holds the conversation
    parts: frozenset[str]
    tools: frozenset[str]  # kinds of tools that the client itself carries out
    most: str  # the key that bounds the answer


def named(words: str) -> frozenset[str]:
    return frozenset(words.split())


RULES: Mapping[Wire, Rules] = {
    "anthropic": Rules(
        path="/v1/messages",
        upstream="/v1/messages",
        keys=named(
            "model max_tokens messages system tools tool_choice stream temperature top_p top_k "
            "stop_sequences thinking output_config"
        ),
        said="messages",
        parts=frozenset({"text", "tool_use", "tool_result", "thinking", "redacted_thinking"}),
        tools=frozenset({"", "custom"}),
        most="max_tokens",
    ),
    "openai-responses": Rules(
        path="/v1/responses",
        upstream="/responses",
        keys=named(
            "model instructions input tools tool_choice parallel_tool_calls reasoning store "
            "stream include text max_output_tokens prompt_cache_key"
        ),
        said="input",
        parts=named(
            "message function_call function_call_output reasoning custom_tool_call "
            "custom_tool_call_output input_text output_text refusal summary_text "
            "reasoning_text"
        ),
        tools=frozenset({"function", "custom", "namespace"}),
        most="max_output_tokens",
    ),
}


def admitted(raw: bytes, endpoint: Endpoint) -> dict[str, Any]:
    """The request as it may be sent: to the configured model, bounded, without foreign parts.

    Raises Refused where a part cannot be taken out without changing what is said."""
    rules = RULES[endpoint.wire]
    try:
        asked = mapping(orjson.loads(raw))
    except orjson.JSONDecodeError:
        raise Refused("not_json", "the request is no JSON") from None
    if foreign := sorted(
        set(_foreign(asked.get(rules.said), rules)) | set(_foreign(asked.get("system"), rules))
    ):
        raise Refused("foreign_part", f"only text may be sent, not {', '.join(foreign)[:200]}")
    kept: dict[str, Any] = {key: value for key, value in asked.items() if key in rules.keys}
    kept["model"] = endpoint.model
    kept[rules.most] = min(integer(asked.get(rules.most)) or endpoint.max_output, endpoint.max_output)
    if "tools" in kept:
        kept["tools"] = [t for t in items(kept["tools"]) if str(mapping(t).get("type", "")) in rules.tools]
    if (integer(mapping(kept.get("thinking")).get("budget_tokens")) or 0) >= kept[rules.most]:
        del kept["thinking"]
    if rules.said == "input":
        kept["store"] = False
    return kept


def betas(header: str) -> str:
    """Those of the header `anthropic-beta` that are let through."""
    return ",".join(one for one in map(str.strip, header.split(",")) if one.startswith(BETAS))


def _foreign(value: object, rules: Rules) -> Iterator[str]:
    """Kinds of content that are not text. What a tool was called with is data, whatever it looks like."""
    for one in items(value):
        part = mapping(one)
        kind = str(part.get("type", "message" if "role" in part else ""))
        if kind not in rules.parts and "role" not in part:
            yield kind or "a part without a type"
        for inner in ("content", "output", "summary"):
            if isinstance(part.get(inner), list):
                yield from _foreign(part[inner], rules)


def usage_of(answer: bytes, asked: int) -> Usage:
    """What the provider's answer, streamed or whole, says that it took; else estimated from bytes."""
    found: dict[str, int] = {}
    for event in _events(answer):
        for holder in (event, mapping(event.get("message")), mapping(event.get("response"))):
            found.update(_counts(mapping(holder.get("usage"))))
    if not found.get("input") and not found.get("output"):
        return Usage(input=asked // CHARS_PER_TOKEN, output=len(answer) // CHARS_PER_TOKEN, estimated=True)
    apart = found.get("read_apart", 0) + found.get("write_apart", 0)  # not in `input` on this wire
    return Usage(
        input=found.get("input", 0) + apart,
        output=found.get("output", 0),
        cache_read=found.get("read_apart", 0) + found.get("read", 0),
        cache_write=found.get("write_apart", 0) + found.get("write", 0),
    )


def _events(answer: bytes) -> Iterator[Mapping[str, Any]]:
    lines = (line.removeprefix(b"data:") for line in answer.splitlines() if line.startswith(b"data:"))
    for text in lines if b"\ndata:" in answer or answer.startswith((b"data:", b"event:")) else (answer,):
        try:
            yield mapping(orjson.loads(text))
        except orjson.JSONDecodeError:
            continue


def _counts(usage: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    details = mapping(usage.get("input_tokens_details"))
    for name, value in (
        ("input", usage.get("input_tokens")),
        ("output", usage.get("output_tokens")),
        ("read_apart", usage.get("cache_read_input_tokens")),
        ("write_apart", usage.get("cache_creation_input_tokens")),
        ("read", details.get("cached_tokens")),
        ("write", details.get("cache_write_tokens")),
    ):
        if (count := integer(value)) is not None:
            yield name, count
