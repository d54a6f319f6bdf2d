# ruff: noqa: E501 - programs stand on one line
"""What speaks against an idea that passes: each doubt on a program where it holds, and on one where not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules import doubts
from healer.agents.rules.candidate import Idea
from healer.agents.rules.effects import changed_before
from healer.agents.rules.guards import carries_more
from healer.agents.rules.handlers import message
from healer.agents.rules.site import Site
from healer.agents.rules.spots import none_spots
from healer.agents.rules.syntax import Edit, apply
from healer.agents.rules.templates import (
    except_widened,
    key_default,
    loop_until_empty,
    none_guard,
    parse_error,
    text_of,
)

Crash = Callable[..., Site]


def at_crash(site: Site, behaviour: str) -> Idea:
    """An idea that edits the line of the crash."""
    assert site.statement is not None
    place = site.file.span(site.statement)[0]
    return Idea((Edit(place, place, ""),), "", behaviour)


@pytest.mark.parametrize(
    ("above", "changed"),
    [
        ("self.at = x", True),
        ("self.seen.append(x)", True),
        ("top, last = self.seen[0], self.seen.pop()", True),
        ("here = []\n        here.append(x)", False),
        ("if x:\n            self.at = x", False),
        ("y = self.at", False),
    ],
)
def test_leaving_after_a_change_is_doubted(above: str, changed: bool, crash: Crash) -> None:
    site = crash(
        "class A:\n    def __init__(self):\n        self.at, self.seen = 0, [1]\n\n"
        f"    def f(self, x):\n        {above}\n        return x.n\n",
        "A().f(None)",
    )
    assert changed_before(site, len(site.file.text)) is changed
    assert bool(doubts.doubts(site, at_crash(site, "return None"))) is changed
    assert doubts.doubts(site, at_crash(site, "empty x")) == ()


@pytest.mark.parametrize(
    ("told", "found"),
    [("The hours may be left out.", (doubts.ALLOWED,)), ("Hours and minutes.", ())],
)
def test_refusing_what_the_docstring_lets_be_left_out_is_doubted(
    told: str, found: tuple[str, ...], crash: Crash
) -> None:
    site = crash(f'def f(text):\n    """{told}"""\n    a, b = text.split(":")\n    return a\n', "f('1')")
    assert doubts.doubts(site, at_crash(site, "raise ValueError")) == found
    assert doubts.doubts(site, at_crash(site, "return None")) == ()


def test_one_of_many_that_cannot_be_read_seldom_empties_the_rest(crash: Crash) -> None:
    source = 'def f(xs) -> list:\n    """Numbers."""\n    found = {}\n    return found\n'
    sites = [crash(source.format(made), "f('a')") for made in ("[int(xs)]", "[int(x) for x in xs]")]
    alone, among = (next(i.bonus for i in parse_error.ideas(site)) for site in sites)
    assert alone - among == parse_error.CONDEMNS


def test_a_guard_stands_before_what_depends_on_its_subject(crash: Crash) -> None:
    source = (
        "class A:\n    def f(self, d):\n        room = d.get(1)\n        self.room = room\n"
        "        return room.name\n"
    )
    site = crash(source, "A().f({})")
    guarded = apply(source, next(iter(none_guard.ideas(site))).edits)
    assert guarded.index("if room is None") < guarded.index("self.room = room")


@pytest.mark.parametrize(
    ("value", "waits"), [("x.lower() or 'b'", True), ("'b' or x", False), ("x.lower() and 'b'", False)]
)
def test_another_way_that_stands_by_is_not_given_up(value: str, waits: bool, crash: Crash) -> None:
    site = crash(f"def f(x):\n    return ({value}, x.lower())\n", "f(None)")
    assert any(doubts.untried(site, spot) for spot in none_spots(site)) is waits


@pytest.mark.parametrize(
    ("value", "lost"),
    [("name + ' ' + x", True), ("'by ' + x", False), ("x + ' by'", False)],
)
def test_a_part_that_is_there_is_not_given_up(value: str, lost: bool, crash: Crash) -> None:
    site = crash(f"def f(name, x):\n    return {value}\n", "f('a', None)")
    assert any(doubts.partial(site, spot) for spot in none_spots(site)) is lost


@pytest.mark.parametrize(
    ("parameter", "kept"),
    [("x: float", True), ("x: 'float | None'", False), ("x", False), ("x: float = None", False)],
)
def test_an_annotation_promises_a_value(parameter: str, kept: bool, crash: Crash) -> None:
    site = crash(f"def f({parameter}):\n    return x > 1\n", "f(None)")
    assert doubts.promised(site, none_spots(site)[0].subject) is kept


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("    if d:\n        d['k']\n    return d.copy()\n", True),
        ("    d['k']\n    return d.copy()\n", False),
        ("    if d:\n        d['k']\n    else:\n        return 1\n    return d.copy()\n", False),
        ("    if d:\n        d['k']\n    return 0\n", False),
    ],
)
def test_a_result_still_to_come_is_not_given_up(body: str, left: bool, crash: Crash) -> None:
    assert doubts.optional(crash(f"def f(d):\n{body}", "f({1: 2})")) is left


@pytest.mark.parametrize(
    ("said", "tolerant"),
    [("", True), ("Raises Bad without k.", False), ("Raises Bad for a bad d. Older ones have no k.", True)],
)
def test_a_mapping_read_with_defaults_is_tolerated(said: str, tolerant: bool, crash: Crash) -> None:
    source = f'def f(d):\n    """{said}"""\n    a = d.get("a")\n    return a, d["k"]\n'
    assert doubts.tolerant(crash(source, "f({})")) is tolerant


def test_a_none_guard_takes_emptiness_along_where_it_would_crash_too(crash: Crash) -> None:
    source = "def f(x):\n    return sum(x) / len(x)\n"
    site = crash(source, "f(None)")
    assert "if not x:" in apply(source, next(iter(none_guard.ideas(site))).edits)
    source = "def f(x):\n    return sum(x)\n"
    site = crash(source, "f(None)")
    assert "if x is None:" in apply(source, next(iter(none_guard.ideas(site))).edits)


@pytest.mark.parametrize(
    ("text", "absent"), [("", True), (" - ", True), ("N/A", True), ("x1", False), (None, False)]
)
def test_what_people_write_for_nothing(text: str | None, absent: bool) -> None:
    assert parse_error.not_given(text) is absent


def test_an_absent_number_seldom_condemns_the_rest(crash: Crash) -> None:
    source = "class Bad(Exception):\n    pass\n\n\ndef f(t):\n    if t == '1':\n        raise Bad(t)\n    return int(t)\n"
    raising = [
        next(i.bonus for i in parse_error.ideas(crash(source, call)) if i.behaviour == "raise Bad")
        for call in ("f('x')", "f('-')")
    ]
    assert raising[0] > raising[1]


def test_an_error_that_refines_the_crash_is_meant_for_it(crash: Crash) -> None:
    source = "class Bad(ValueError):\n    pass\n\n\nclass Worse(Bad):\n    pass\n\n\ndef f(t):\n    return int(t)\n"
    repository = crash(source, "f('x')").repository
    assert repository.derives("Bad", "ValueError")
    assert repository.derives("Worse", "ValueError")
    assert not repository.derives("Bad", "Worse")
    assert not repository.derives("Bad", "KeyError")


@pytest.mark.parametrize(
    ("subject", "text"), [("self.port", 'f"port: {error}"'), ("a + b", "str(error)"), ("", "str(error)")]
)
def test_a_translated_error_names_its_subject(subject: str, text: str) -> None:
    assert message(subject) == text


def test_a_loop_whose_end_answers_nothing_is_doubted(crash: Crash) -> None:
    body = "    while True:\n        x = x.up\n        if x == 1:\n            return x\n"
    silent = crash(f"def f(x):\n{body}", "f(type('X', (), dict(up=None)))")
    telling = crash(f"def f(x):\n{body}    return 0\n", "f(type('X', (), dict(up=None)))")
    assert next(loop_until_empty.ideas(silent)).bonus < 0 < next(loop_until_empty.ideas(telling)).bonus


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        (
            'def f(d):\n    """Older ones have no k: it is 7."""\n    x = d["k"]\n    return x\n',
            'd.get("k", 7)',
        ),
        (
            'def f(d, n):\n    if n:\n        return getattr(d, n, "-")\n    x = d["k"]\n    return x\n',
            'd.get("k", "-")',
        ),
        (
            'class A:\n    def __init__(self):\n        self.n = 0\n\n\ndef f(d, a=A()):\n    a.n = d["k"]\n',
            'd.get("k", 0)',
        ),
    ],
)
def test_a_default_is_read_from_what_stands_around(source: str, wanted: str, crash: Crash) -> None:
    site = crash(source, "f({}, 0)" if "d, n" in source else "f({})")
    best = max(key_default.ideas(site), key=lambda idea: idea.bonus)
    assert wanted in apply(source, best.edits)


@pytest.mark.parametrize(
    ("given", "more"), [("'bad: %s', t", True), ("'bad', at=1", True), ("'bad'", False), ("", False)]
)
def test_an_error_that_carries_more_than_a_message_is_not_raised_bare(
    given: str, more: bool, crash: Crash
) -> None:
    source = (
        "class Bad(Exception):\n    pass\n\n\ndef f(t):\n    if not t:\n"
        f"        raise Bad({given})\n    return int(t)\n"
    )
    assert carries_more(crash(source, "f('x')"), "Bad") is more


def test_an_idea_without_edits_or_in_another_place_is_not_doubted(crash: Crash) -> None:
    site = crash("def f(x: int):\n    return x.n\n\n\ny = 1\n", "f(None)")
    end = len(site.file.text)
    assert doubts.doubts(site, at_crash(site, "return None")) == (doubts.PROMISED,)
    assert doubts.doubts(site, Idea((), "", "return None")) == ()
    assert doubts.doubts(site, Idea((Edit(end, end, ""),), "", "return None")) == ()
    assert doubts.doubts(site, Idea((Edit(0, 0, ""),), "", "return None", path="other.py")) == ()


@pytest.mark.parametrize(
    ("out", "silent"), [("['Go where?']", True), ("[]", False), ("[[1]]", False), ("None", False)]
)
def test_who_always_says_something_is_not_made_silent(out: str, silent: bool, crash: Crash) -> None:
    site = crash(f"def f(x):\n    if x == 1:\n        return {out}\n    return [x.n]\n", "f(None)")
    assert doubts.silent(site, "[]") is silent
    assert bool(doubts.doubts(site, at_crash(site, "return []"))) is silent


@pytest.mark.parametrize(
    ("annotated", "kept"), [("name: str", True), ("name", False), ("name: object", False)]
)
def test_what_is_said_to_be_text_is_not_made_text(annotated: str, kept: bool, crash: Crash) -> None:
    site = crash(f"def f({annotated}):\n    return 'no ' + name\n", "f(1)")
    [idea] = text_of.ideas(site)
    assert bool(doubts.doubts(site, idea)) is kept


@pytest.mark.parametrize(
    ("value", "doubted"),
    [("x.parts or 'none'", True), ("x.parts or y", False), ("x.parts and 'some'", False)],
)
def test_what_stands_by_for_empty_need_not_stand_for_absent(value: str, doubted: bool, crash: Crash) -> None:
    site = crash(f"def f(x, y=0):\n    return [{value}]\n", "f(None)")
    assert bool(doubts.doubts(site, at_crash(site, "condition false: x.parts"))) is doubted


def test_as_many_as_are_allowed_above_are_no_mistake_of_the_input(crash: Crash) -> None:
    source = "def f(t):\n    xs = t.split()\n    if len(xs) < 2:\n        return None\n    a, b, c = xs\n    return a, b, c\n"
    assert parse_error.allowed(crash(source, "f('a b')"))
    assert not parse_error.allowed(crash(source.replace("len(xs) < 2", "xs == 2"), "f('a b')"))


def test_what_was_worked_out_is_no_input(crash: Crash) -> None:
    source = "import datetime\n\n\ndef f(d):\n    return d.replace(day=d.day + 1)\n"
    assert parse_error.worked_out(crash(source, "f(datetime.date(2024, 1, 31))"))
    assert not parse_error.worked_out(
        crash(source.replace("d.day + 1", "int('41')"), "f(datetime.date(2024, 1, 31))")
    )


def test_a_reading_call_that_is_tried_already_is_not_tried_twice(crash: Crash) -> None:
    source = (
        "from decimal import Decimal\n\n\nclass Bad(Exception):\n    pass\n\n\ndef f(t):\n    try:\n"
        "        n = Decimal(t)\n    except ValueError:\n        raise Bad(t) from None\n    return n\n"
    )
    site = crash(source, "f('x')")
    assert not list(parse_error.ideas(site))
    [idea] = except_widened.ideas(site)
    mended = apply(source, idea.edits)
    assert "import Decimal, InvalidOperation" in mended
    assert "except (ValueError, InvalidOperation):" in mended


@pytest.mark.parametrize(
    ("behaviour", "text", "answered", "doubted"),
    [
        ("return None", "if found is None:\n        return None\n    ", ("get",), True),
        ("return None", "if found is None:\n        return None\n    ", ("f", "find"), False),
        ("return None", "if found is None:\n        return None\n    ", (), False),
        ("return None", "if key is None:\n        return None\n    ", ("get",), False),
        ("found as []", "found = found or []\n    ", ("get",), False),
    ],
)
def test_a_guard_of_what_the_test_itself_answers_is_doubted(
    behaviour: str, text: str, answered: tuple[str, ...], doubted: bool, crash: Crash
) -> None:
    site = crash("def f(db, key):\n    found = db.get(key)\n    return found.n\n", "f({}, 'a')")
    idea = Idea(
        (Edit(site.file.span(site.statement)[0], site.file.span(site.statement)[0], text),), "", behaviour
    )
    assert doubts.guards_answer(site, idea, answered) is doubted


@pytest.mark.parametrize(
    ("test", "body", "doubted"),
    [
        ("x[1] or keep", "x[1]", True),
        ("x[1] or keep", "x[0]", False),
        ("x[1] and keep", "x[1]", False),
        ("x[1]", "x[1]", False),
    ],
)
def test_a_condition_that_another_may_replace_does_not_guard_the_block(
    crash: Crash, test: str, body: str, doubted: bool
) -> None:
    site = crash(f"def f(x, keep=True):\n    if {test}:\n        return {body}\n", "f([1])")
    assert (doubts.OPEN in doubts.doubts(site, at_crash(site, "condition false: x[1]"))) is doubted
