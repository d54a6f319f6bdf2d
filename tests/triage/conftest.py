"""Events as the real sentry-sdk sends them, and checkouts held in memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.source import Files
from tests.fakes.sdk import Sdk
from triage.build import build_event
from triage.incident import Event
from triage.sentry import read_event


@pytest.fixture(scope="session")
def contracts() -> Path:
    """Recorded payloads beside the repository, where a developer has them."""
    beside = [above / "shared" / "contracts" for above in Path(__file__).parents[3:5]]
    found = next((path for path in beside if path.is_dir()), None)
    if found is None:
        pytest.skip("no recorded contracts beside the repository")
    return found


@pytest.fixture
def files() -> type[Files]:
    return Files


@pytest.fixture
def capture(tmp_path: Path, sdk: Sdk) -> Callable[..., dict[str, Any]]:
    """capture({path: code}, "run.py") -> what the SDK sent when its main() failed."""

    def run(program: Mapping[str, str], script: str = "run.py") -> dict[str, Any]:
        root = tmp_path / "app"
        for path, code in program.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(code, encoding="utf-8")
        about = {"release": "shop@1.2.0", "environment": "production", "server_name": "app-1"}
        return sdk.event(root, root / script, default_integrations=False, **about)

    return run


@pytest.fixture
def event_of(capture: Callable[..., dict[str, Any]]) -> Callable[..., Event]:
    def run(program: Mapping[str, str], script: str = "run.py") -> Event:
        return build_event(read_event(capture(program, script)))

    return run


@pytest.fixture
def made() -> Callable[..., Event]:
    """made(type, value, frames=[(file, function, line text)], **fields) -> an event, without a run."""

    def build(kind: str = "ValueError", value: str = "bad", frames: Any = None, **fields: Any) -> Event:
        listed = [("shop/cart.py", "total", "return a / b")] if frames is None else frames
        stack = [
            {
                "filename": path,
                "abs_path": f"/srv/app/{path}",
                "module": path.removesuffix(".py").replace("/", "."),
                "function": function,
                "lineno": 10 + number,
                "context_line": line,
                "in_app": True,
                "vars": {"a": "1"},
            }
            for number, (path, function, line) in enumerate(listed)
        ]
        error = {"type": kind, "value": value, "stacktrace": {"frames": stack}}
        payload = {"event_id": "ab" * 16, "platform": "python", "exception": {"values": [error]}, **fields}
        return build_event(read_event(payload))

    return build
