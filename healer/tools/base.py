"""What a tool is, and what calling one gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, Protocol, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from triage.noun import Noun
from triage.sanitize import Placeholders
from triage.sanitize.text import redact

C = TypeVar("C")
A = TypeVar("A", bound="Arguments")
LARGEST_CALL = 256 * 1024  # bytes of arguments
LARGEST_RESULT = 24_000  # characters


class Arguments(BaseModel):
    """Nothing is coerced and nothing unknown is let through."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class ToolError(Exception):
    """A call that did not work. The text is for the agent, and says what would."""

    def __init__(self, code: str, text: str) -> None:
        self.code = code
        super().__init__(text)


class Result(Noun):
    """`code` is "ok" or the stable reason of a refusal or failure."""

    text: str
    code: str = "ok"
    done: bool = False  # the run is over

    @property
    def failed(self) -> bool:
        return self.code != "ok"


@dataclass(frozen=True)
class Tool(Generic[C, A]):
    """`run` gets the run's context and checked arguments; it returns text or raises ToolError."""

    name: str
    description: str
    arguments: type[A]
    run: Callable[[C, A], str]
    mutates: bool = False

    @cached_property
    def schema(self) -> dict[str, Any]:
        """JSON schema of the arguments, without titles; the same bytes in every process."""
        schema: dict[str, Any] = _plain(self.arguments.model_json_schema())
        return schema

    def parse(self, arguments: str | bytes | Mapping[str, Any]) -> A:
        """Raises ToolError where the arguments do not fit."""
        data = arguments if isinstance(arguments, str | bytes) else orjson.dumps(dict(arguments))
        if len(data) > LARGEST_CALL:
            raise ToolError(
                "too_large", f"arguments are at most {LARGEST_CALL} bytes; do it in smaller steps"
            )
        try:
            return self.arguments.model_validate_json(data or b"{}")
        except ValidationError as error:
            raise ToolError("bad_arguments", _sentence(error)) from None


class Toolbox(Protocol):
    """What a model or an MCP client is given: tools, and one way to call them."""

    def tools(self) -> tuple[Tool[Any, Any], ...]: ...

    def call(self, name: str, arguments: str | bytes | Mapping[str, Any]) -> Result: ...


def secretless(text: str, limit: int = 1 << 20) -> str:
    """Code as an agent may see it. Signs of injection are not looked for: nothing depends on them here."""
    return redact(text, Placeholders(), limit)[0]


def bounded(text: str, most: int = LARGEST_RESULT) -> str:
    """Head and tail, with a note between them."""
    if len(text) <= most:
        return text
    half = most // 2
    return f"{text[:half]}\n… [{len(text) - 2 * half} characters left out; ask for less]\n{text[-half:]}"


def _sentence(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)[:3]
    return "; ".join(f"{'.'.join(map(str, one['loc'])) or 'arguments'}: {one['msg']}" for one in found)


def _plain(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_plain(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _members(key, value) for key, value in schema.items() if not _is_title(key, value)}


def _members(key: str, value: Any) -> Any:
    """Names of properties are names, also where one of them is `title`."""
    if key in {"properties", "$defs"} and isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return _plain(value)


def _is_title(key: str, value: Any) -> bool:
    return key == "title" and isinstance(value, str)
