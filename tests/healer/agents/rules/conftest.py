"""Crashes made for real: a module is run, its traceback becomes the sites that templates see."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from textwrap import dedent
from types import ModuleType

import pytest

from benchmarks.source import Files
from healer.agents.rules.crash import read
from healer.agents.rules.registry import registry
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import File, apply, parses
from triage.noun import Json

Crash = Callable[..., Site]
Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]


def crash_site(source: str, call: str, error: tuple[str, str] | None = None, depth: int = 0) -> Site:
    """Run `call` in the module and give its own frame at `depth`, 0 being the innermost. `error` renames the
    exception, where this Python words it otherwise than the one that is meant."""
    files = {"module.py": source}
    module = ModuleType("made_to_crash")
    sys.modules["made_to_crash"] = module
    try:
        exec(compile(source, "module.py", "exec", dont_inherit=True), module.__dict__)
        exec(call, module.__dict__)
    except Exception as caught:
        return _sites(files, source, caught, error)[depth]
    finally:
        del sys.modules["made_to_crash"]
    raise AssertionError(f"{call} does not crash")


def _sites(
    files: dict[str, str], source: str, caught: Exception, error: tuple[str, str] | None
) -> list[Site]:
    crash = read(*(error or (type(caught).__name__, str(caught))))
    file, repository = File("module.py", source), Repository(Files(files))
    frames = [f for f in traceback.walk_tb(caught.__traceback__) if f[0].f_code.co_filename == "module.py"]
    held = tuple((f.f_code.co_name, {n: _shown(v) for n, v in f.f_locals.items()}) for f, _ in frames[-40:])
    made: list[Site] = []
    for depth, ((_, line), (name, values)) in enumerate(zip(frames[::-1], held[::-1], strict=False)):
        inner = made[-1] if made else None
        made.append(Site(file, crash, line, name, values, repository, depth=depth, inner=inner, frames=held))
    return made


def _shown(value: object) -> Json:
    """As sentry-sdk shows it: containers as JSON, the rest as repr."""
    if isinstance(value, dict):
        return {str(k): _shown(v) for k, v in list(value.items())[:10]}
    if isinstance(value, (list, tuple)):
        return [_shown(v) for v in value[:10]]
    return repr(value)


@pytest.fixture
def crash() -> Crash:
    return crash_site


@pytest.fixture
def texts() -> Texts:
    return program_texts


@pytest.fixture
def reads() -> Reads:
    return candidate_reads


def candidate_reads(
    name: str,
    source: str,
    call: str,
    wanted: str,
    error: tuple[str, str] | None = None,
    depth: int = 0,
) -> None:
    """Some idea of the template makes a program in which `wanted` stands."""
    found = program_texts(crash_site(dedent(source), call, error, depth), name)
    assert any(wanted in text for text in found), "\n---\n".join(found)


def program_texts(site: Site, name: str) -> list[str]:
    """The program after each idea of the template."""
    template = next(t for t in registry() if t.name == name)
    assert site.crash.kind in template.kinds
    found = [apply(site.file.text, i.edits) for i in template.ideas(site) if i.path in ("", "module.py")]
    assert all(parses(text) for text in found)
    return found
