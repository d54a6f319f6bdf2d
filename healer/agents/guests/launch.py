"""What starting a guest takes, and what its output says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from healer.models.talk import Endpoint
from healer.prices import Usage


@dataclass(frozen=True)
class Order:
    """Of one run. `home` is an empty directory of the guest's own; `dollars` are what is left."""

    binary: str
    home: Path
    tools_url: str
    token: str
    endpoint: Endpoint
    instructions: str
    task: str
    dollars: float
    turns: int


@dataclass(frozen=True)
class Launch:
    """A process without a shell: `env` is all of its environment, `files` are laid into its home first."""

    command: tuple[str, ...]
    env: Mapping[str, str]
    stdin: str
    files: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Guest:
    """`bills` reads usage from what the guest printed; its own price is not believed."""

    name: str
    launch: Callable[[Order], Launch]
    bills: Callable[[str], tuple[Usage, str]]  # output -> (usage, error or "")


def inert(text: str) -> str:
    """Command lines expand @paths in a prompt, even without tools: the sign is replaced by its look-alike."""
    return text.replace("@", "＠")


def base_env(order: Order) -> dict[str, str]:
    """An allow-list: nothing of the service's own environment."""
    return {
        "HOME": str(order.home),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "LANG": "C.UTF-8",
        "TMPDIR": str(order.home),
    }
