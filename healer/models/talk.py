"""A conversation with a model, in our nouns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Literal, Protocol

from pydantic import SecretStr

from healer.prices import Usage
from triage.noun import Noun

Wire = Literal["anthropic", "openai-chat", "openai-responses"]
ANTHROPIC = "https://api.anthropic.com"
OPENAI = "https://api.openai.com/v1"


class Endpoint(Noun):
    """Where a model is reached, and how."""

    wire: Wire
    model: str
    key: SecretStr = SecretStr("")
    url: str = ""  # "" means: the provider's own
    max_output: int = 8192  # tokens of one answer
    stream: bool = True  # notices a cut at once, where a plain request would wait
    seconds: float = 180.0  # of one request


class Offer(Noun):
    """A tool as the model is told of it."""

    name: str
    description: str
    schema_: dict[str, Any]


class Call(Noun):
    """The model wants a tool. `arguments` is JSON as the model wrote it, perhaps broken."""

    id: str
    name: str
    arguments: str


class Reply(Noun):
    """`finish`: stop | tools | length | refusal."""

    text: str = ""
    calls: tuple[Call, ...] = ()
    finish: str = "stop"
    usage: Usage


class Talk(Protocol):
    """One conversation. Instructions and tools stand first and never change: providers cache that prefix."""

    endpoint: Endpoint

    def __enter__(self) -> Talk: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def say(self, text: str) -> None: ...

    def answer(self, results: Sequence[tuple[Call, str]]) -> None:
        """The results of all calls of the last reply."""

    def ask(self, seconds: float) -> Reply:
        """One request within `seconds`. Raises Trouble; the conversation then stands as before."""

    @property
    def characters(self) -> int:
        """Size of what the next request sends."""

    @property
    def tokens(self) -> int:
        """The most that a provider can count of what the next request sends."""

    def trim(self, most: int) -> int:
        """Put a line that names the call in place of the oldest results, until at most `most` characters
        are left; the last result stays. Returns how many were left out."""

    def turn_to(self, endpoint: Endpoint) -> None:
        """Go on with another model at the same provider."""


Dial = Callable[[Endpoint, str, Sequence[Offer]], Talk]  # (where, instructions, tools)
