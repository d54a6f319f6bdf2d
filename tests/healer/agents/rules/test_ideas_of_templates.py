"""From sites to candidates."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from healer.agents.rules import ideas
from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit
from healer.agents.rules.twins import twinned
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


TWICE = """class A:
    def f(self, x):
        if x.parts[0] > 1:
            return 1
        return self.g(x)

    def g(self, x):
        {line}
            return 2
        return 3
"""


@pytest.mark.parametrize(("line", "twins"), [("if x.parts[0] > 1:", 2), ("if x.parts[0] > 2:", 1)])
def test_a_line_that_stands_twice_is_mended_twice(line: str, twins: int, crash: Callable[..., Site]) -> None:
    source = "class X:\n    parts = []\n\n\n" + TWICE.format(line=line)
    found = ideas.candidates([crash(source, "A().f(X())")], Scope(allow=("*",)))
    conditions = [one.after for one in found if one.template.name == "index_condition"]
    assert any(text.count("if x.parts and x.parts[0]") == twins for text in conditions)


def test_lines_of_one_function_and_short_ones_are_no_twins(crash: Callable[..., Site]) -> None:
    source = "def f(x):\n    y = x[0]\n    return y\n\n\ndef g(x):\n    y = x[0]\n    return y\n"
    site = crash(source, "f([])")
    edit = Edit(site.file.text.index("x[0]"), site.file.text.index("x[0]") + 4, "x[:1]")
    assert twinned(site, (edit,)) == (edit,)


def test_what_is_written_before_the_line_has_no_twin(crash: Callable[..., Site]) -> None:
    function = "def f(parts):\n    first = parts[0]\n    return first\n"
    source = f"{function}\n\n{function.replace('f(', 'g(', 1)}"
    site = crash(source, "f([])")
    assert site.statement is not None
    guard = site.before(site.statement, "if not parts:", "\treturn None")
    assert twinned(site, (guard,)) == (guard,)
