# ruff: noqa: E501 - programs stand on one line
"""What templates make of the same crash in different surroundings."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import apply
from healer.agents.rules.templates import decode_lenient, none_or_empty, none_skip, unpack_split

Crash = Callable[..., Site]
ZONES = "from datetime import datetime, timezone\n\n\n"
MOMENTS = "from datetime import datetime, timezone\nf(datetime(2024, 1, 1), datetime(2024, 1, 2, tzinfo=timezone.utc))"


def best(site: Site, name: str) -> str:
    template = next(t for t in registry() if t.name == name)
    found = sorted(template.ideas(site), key=lambda idea: -idea.bonus)
    return apply(site.file.text, found[0].edits) if found else ""


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("return sorted(x[0] for x in xs)", "sorted(x[0] for x in xs if x[0] is not None)"),
        ("return sorted([x[0] for x in xs if x])", "if x and x[0] is not None]"),
        ("return max(xs, key=lambda x: x[0])", "key=lambda x: x[0] or 0)"),
        ("return max(xs, key=lambda x: (x[0], 1))", ""),
        ("return sum(x[0] for x in xs)", "sum(x[0] for x in xs if x[0] is not None)"),
        (
            "return sum(x.pop() for x in xs)",
            "sum(value for value in (x.pop() for x in xs) if value is not None)",
        ),
        (
            "found = [x[0] for x in xs]\n    if not found:\n        return 0\n    return sum(found) / len(found)",
            "found = [value for value in found if value is not None]\n    if not found:",
        ),
    ],
)
def test_none_among_values(body: str, wanted: str, crash: Crash) -> None:
    text = best(crash(f"def f(xs):\n    {body}\n", "f([[1], [None]])"), "none_order")
    assert wanted in text if wanted else not text


@pytest.mark.parametrize(
    ("source", "call", "wanted"),
    [
        (
            "def aware(m):\n    if m.tzinfo is None:\n        return m.replace(tzinfo=timezone.utc)\n    return m\n\n\n"
            "def f(a, b):\n    return a < b\n",
            MOMENTS,
            "return aware(a) < b",
        ),
        (
            "def f(b):\n    now = datetime.utcnow()\n    return b - now\n",
            "from datetime import datetime, timezone\nf(datetime(2024, 1, 2, tzinfo=timezone.utc))",
            "now = datetime.now(timezone.utc)",
        ),
        ("def f(a, b):\n    return [m for m in [a] if m < b]\n", MOMENTS, ""),
    ],
)
def test_a_zone_is_given_as_the_code_around_gives_it(
    source: str, call: str, wanted: str, crash: Crash
) -> None:
    text = best(crash(ZONES + source, call), "zone_given")
    assert wanted in text if wanted else not text


def test_a_blank_part_is_no_number(crash: Crash) -> None:
    source = "def f(t):\n    return [int(part) for part in t.split(',')]\n"
    assert "split(',') if part.strip()]" in best(crash(source, "f('1,')"), "comprehension_filter")
    assert not best(crash(source, "f('1,x')"), "comprehension_filter")


@pytest.mark.parametrize(
    ("result", "answer"), [("seen", "return seen"), ("", "return"), ("[n]", "return []"), ("n.links", "")]
)
def test_what_was_seen_is_left_at_once(result: str, answer: str, crash: Crash) -> None:
    source = (
        "class N:\n    pass\n\n\ndef f(n, seen):\n    seen.add(n)\n    for m in n.links:\n        f(m, seen)\n"
        f"    return {result}\n"
    )
    text = best(crash(source, "n = N()\nn.links = [n]\nf(n, set())"), "visited_set")
    assert (f"    if n in seen:\n        {answer}\n    seen.add(n)" in text) is bool(answer)


def test_a_neighbour_shows_what_stands_for_none(crash: Crash) -> None:
    source = 'def f(a, b):\n    x = "" if a is None else ":" + a\n    y = "?" + b\n    return x + y\n'
    assert 'y = "?" + b if b is not None else ""' in best(crash(source, "f(None, None)"), "none_value")


@pytest.mark.parametrize(("start", "planned"), [("None", True), ("print", False)])
def test_a_callback_that_nobody_set_is_not_called(start: str, planned: bool, crash: Crash) -> None:
    source = f"class A:\n    def __init__(self):\n        self.done = {start}\n\n    def f(self):\n        self.done()\n        return 1\n"
    site = crash(source, "a = A()\na.done = None\na.f()")
    assert (next(none_skip.ideas(site)).bonus > 0.5) is planned


@pytest.mark.parametrize(
    ("body", "gathered"),
    [
        ("return [p for p in t.split(',')]", True),
        ("out = {}\n    for p in t.split(','):\n        out[p] = 1\n    return out", True),
        ("return t.strip()", False),
        ("t.strip()", False),
    ],
)
def test_of_nothing_nothing_is_gathered(body: str, gathered: bool, crash: Crash) -> None:
    assert none_or_empty.gathers(crash(f"def f(t):\n    {body}\n", "f(None)")) is gathered


def test_a_docstring_tells_text_from_what_is_replaced(crash: Crash) -> None:
    bonuses = []
    for said in ("The text.", "The text; odd bytes are replaced."):
        site = crash(f'def f(b):\n    """{said}"""\n    return b.decode("utf-8")\n', "f(b'\\xff')")
        bonuses.append(next(decode_lenient.ideas(site)).bonus)
    assert bonuses[0] < bonuses[1]


@pytest.mark.parametrize(
    ("said", "told"), [("parts without a value have ''", True), ("'' ends it", False), ("", False)]
)
def test_a_docstring_tells_what_an_absent_part_is(said: str, told: bool, crash: Crash) -> None:
    site = crash(f'def f(t):\n    """{said}"""\n    a, b = t.split("=")\n    return a, b\n', "f('x')")
    assert unpack_split.said(site) is told


def test_a_docstring_counts_none_as_an_empty_text(crash: Crash) -> None:
    source = (
        'def f(xs):\n    """Sorted; None comes first, as \'\'."""\n    return sorted({x[0] for x in xs})\n'
    )
    assert 'x[0] or "" for x in xs' in best(crash(source, "f([['a'], [None]])"), "none_order")


def test_what_can_be_walked_once_is_kept_for_what_follows(crash: Crash) -> None:
    source = "def f(xs):\n    n = len(xs)\n    return [n for _ in xs]\n"
    assert "    xs = list(xs)\n    n = len(xs)" in best(crash(source, "f(x for x in 'ab')"), "made_list")


def test_a_refusal_stands_wherever_the_same_line_does(crash: Callable[..., Site]) -> None:
    source = (
        "class Needed(Exception):\n    pass\n\n\nclass A:\n    def __init__(self):\n        self.names = None\n\n"
        "    def first(self):\n        if self.names is None:\n            raise Needed()\n        return self.names[0]\n\n"
        "    def at(self, key):\n        if key in self.names:\n            return 1\n        raise Needed()\n\n"
        "    def drop(self, key):\n        if key in self.names:\n            return 2\n        raise Needed()\n"
    )
    site = crash(source, "A().at('a')")
    template = next(t for t in registry() if t.name == "none_guard")
    best = max(template.ideas(site), key=lambda idea: idea.bonus)
    text = apply(site.file.text, best.edits)
    assert best.behaviour == "raise Needed"
    assert (
        text.count("if self.names is None:\n            raise Needed()\n        if key in self.names:") == 2
    )


def test_a_counter_that_runs_past_the_end_is_no_bad_input(crash: Callable[..., Site]) -> None:
    source = (
        "def f(xs, names):\n    if not xs:\n        raise ValueError(xs)\n    for i, x in enumerate(xs):\n"
        "        y = names[{index}]\n    return y\n"
    )
    bonus = {}
    for index in ("i", "len(xs)"):
        site = crash(source.replace("{index}", index), "f([1, 2], ['a'])")
        template = next(t for t in registry() if t.name == "parse_error")
        bonus[index] = max(i.bonus for i in template.ideas(site) if i.behaviour == "raise ValueError")
    assert bonus["i"] < bonus["len(xs)"]
