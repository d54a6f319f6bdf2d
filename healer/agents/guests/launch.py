"""What starting a guest takes, and where things are in the sandbox that it runs in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from healer.models.talk import Endpoint, Wire

HOME = "/work"  # the guest's own, and gone with it
TOOLS = "http://127.0.0.1:7001/mcp"
PROVIDER = "http://127.0.0.1:7002"
WAYS = ("7001=/sockets/tools", "7002=/sockets/provider")


@dataclass(frozen=True)
class Order:
    """Of one run. `token` opens the tools of this run and nothing else; there is no other secret."""

    binary: str  # as the sandbox shows it
    token: str
    endpoint: Endpoint
    instructions: str
    task: str
    dollars: float
    turns: int


@dataclass(frozen=True)
class Launch:
    """A process without a shell: `env` is its environment, `files` are laid into its home first."""

    command: tuple[str, ...]
    env: Mapping[str, str]
    stdin: str
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guest:
    """`error` reads from what the guest printed why it failed, "" where it did not."""

    name: str
    wire: Wire
    launch: Callable[[Order], Launch]
    error: Callable[[str], str]


def inert(text: str) -> str:
    """Command lines expand @paths in a prompt, even without tools: the sign is replaced by its look-alike."""
    return text.replace("@", "＠")
