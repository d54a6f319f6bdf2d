"""From sites to candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from healer.agents.rules import ideas
from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site
from healer.case import Scope

SOURCE = "def share(part, whole):\n    return part / whole\n"


def fallen(site: Site) -> Iterator[Idea]:
    raise TypeError("unhashable type")
    yield


def test_a_template_that_falls_costs_only_its_own_ideas(
    crash: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    site = crash(SOURCE, "share(1, 0)")
    before = ideas.candidates([site], Scope(allow=("module.py",)))
    broken = Template(name="broken", kinds=frozenset(Kind), prior=0.0, ideas=fallen)
    both = (broken, *registry())
    monkeypatch.setattr(ideas, "registry", lambda: both)
    after = ideas.candidates([site], Scope(allow=("module.py",)))
    assert before
    assert [c.after for c in after] == [c.after for c in before]
    assert "broken fell over module.py" in caplog.text


def test_frames_of_a_recursion_are_one_place(crash: Callable[..., Site]) -> None:
    source = "def f(xs):\n    return f(xs[1:]) if len(xs) > 1 else g(xs)\n\n\ndef g(xs):\n    return xs[1]\n"
    assert [ideas.distance(crash(source, "f([1, 2, 3])", depth=depth)) for depth in (0, 1, 2)] == [0, 1, 1]
