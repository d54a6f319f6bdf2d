"""Tests that agents write are judged like any; what nothing shows is at most a draft that says so."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from healer.case import (
    Diagnosis,
    Outcome,
    Patch,
    Proof,
    PullRequest,
    Refutation,
    Reproduction,
    Scope,
    Suggestion,
    UnprovenDraft,
)
from healer.diffing import unified
from healer.errors import Refused
from healer.protocols import Written
from healer.proving.experiment import NotShown, show
from healer.stages.attest import attest
from healer.stages.prove import prove
from healer.stages.suggest import body, suggest, title
from triage.incident import Decision, Event, Evidence, Incident, Verdict

PATH = "shop/prices.py"


def diagnosis_of(shop) -> Diagnosis:
    claim = shop.claim()
    return Diagnosis(
        incident=Incident(project="shop", fingerprint="f" * 32, event=Event(event_id="1")),
        evidence=Evidence(),
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason="one frame"),
        target=claim.target,
        located=(),
        suspects=(),
        signature=claim.signature,
        scope=Scope(allow=(PATH,)),
    )


def judged(shop, text: str) -> Reproduction:
    return attest(diagnosis_of(shop), Written(source=text, agent="model"), shop.bench)


GOOD = (
    "from shop.prices import discount\n\n\ndef test_nobody():\n    assert discount({'customer': None}) == 0\n"
)


def test_a_written_test_that_fails_as_production_did_is_a_reproduction(shop):
    made = judged(shop, GOOD)
    assert made.reproduced, made.why
    assert made.how == "agent"
    assert made.test == "tests/test_regression_written.py::test_nobody"
    claim = shop.claim(test=made.test, test_path=made.path, test_source=made.source, how="agent")
    assert made.test in show(claim, shop.bench).fail_to_pass


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("def test_x():\n    dict(a=None)['a']['b']\n", "raised by the test itself"),
        ("def test_x():\n    raise TypeError('NoneType')\n", "raised by the test itself"),
        ("from shop.prices import total\n\n\ndef test_x():\n    total(None)\n", "was raised in"),
        (
            "from shop.prices import total\n\n\ndef test_x():\n    assert total({'lines': []}) == 1\n",
            "raises",
        ),
        ("def test_x():\n    pass\n", "passed on base"),
        ("x = 1\n", "exactly one test"),
        ("def test_x(:\n", "exactly one test"),
        (GOOD + "\n\ndef test_y():\n    pass\n", "exactly one test"),
        ("import pytest\n" + GOOD.replace("def test", "@pytest.mark.skip\ndef test"), "skip"),
        (GOOD.replace("def test_nobody():", "def test_nobody(monkeypatch):"), "replaces objects"),
        ("from unittest import mock\n" + GOOD, "replaces objects"),
        ("import subprocess\n" + GOOD, "import"),
        ("class TypeError(Exception): pass\n" + GOOD, "defines its own TypeError"),
        ("import sys\n" + GOOD + "    sys.modules['shop.prices'].discount = 1\n", "reaches"),
        (GOOD + "#" * 20_000, "longer than"),
    ],
)
def test_a_written_test_that_shows_something_else_does_not(shop, text, why):
    made = judged(shop, text)
    assert not made.reproduced
    assert why in made.why


# --- no reproduction ----------------------------------------------------------------------------------


def patch_of(shop, text: str, **more) -> Patch:
    diagnosis = diagnosis_of(shop)
    before = {PATH: shop.source.read(PATH)}
    return Patch(
        reproduction=Reproduction(diagnosis=diagnosis, why="the state is not in the event", **more),
        files={PATH: text},
        diff=unified(before, {PATH: text}),
        agent="scripted",
        explanation="A customer may be None.",
    )


def test_an_idea_says_what_it_is_and_is_no_proof(shop):
    idea = suggest(patch_of(shop, shop.claim().files[PATH]), shop.bench)
    assert idea.suite is not None
    assert Outcome.PASSED in idea.suite.outcomes.values()
    assert title(idea).startswith("Unproven: ")
    assert "Fix" not in title(idea)
    assert "This is unproven" in body(idea)
    assert "the state is not in the event" in body(idea)
    assert not isinstance(idea, Proof | Refutation)
    assert not issubclass(UnprovenDraft, PullRequest)
    assert not {"runs", "fail_to_pass", "pass_to_pass", "executed"} & set(Suggestion.model_fields)


def test_an_idea_that_breaks_the_suite_or_the_gate_is_not_shown(shop):
    base = shop.source.read(PATH)
    with pytest.raises(Refused, match="suite"):
        suggest(patch_of(shop, base + "\nraise ValueError('broken')\n"), shop.bench)
    with pytest.raises(Refused, match="gate"):
        suggest(patch_of(shop, base + "\nimport subprocess\n"), shop.bench)


def test_what_is_reproduced_cannot_be_suggested_and_what_is_not_cannot_be_proven(shop):
    with pytest.raises(ValidationError, match="never suggested"):
        Suggestion(patch=patch_of(shop, "x = 1\n", reproduced=True), base="c" * 40, why="")
    with pytest.raises(NotShown, match="no test shows"):
        show(shop.claim(how="none"), shop.bench)
    assert isinstance(prove(patch_of(shop, shop.claim().files[PATH]), shop.bench), Refutation)


# --- is every change needed? --------------------------------------------------------------------------


def test_a_change_without_which_the_test_passes_is_named(shop):
    fixed = shop.claim().files[PATH]
    more = fixed.replace('return f"{total(order)} cents', 'return f"{total(order):d} cents')
    assert more != fixed
    shown = show(shop.claim(more), shop.bench)
    line = more.split("\n").index(next(x for x in more.split("\n") if ":d} cents" in x)) + 1
    assert shown.surplus == (f"{PATH}:{line}",)
    assert "surplus_change" in shown.flags


def test_changes_that_need_each_other_are_not(shop):
    fixed = shop.source.read(PATH).replace(
        '    customer = order.get("customer")\n    return customer["discount"]\n',
        '    return owed(order.get("customer"))\n',
    )
    fixed += '\n\ndef owed(customer):\n    return customer["discount"] if customer else 0\n'
    shown = show(shop.claim(fixed), shop.bench)
    assert shown.surplus == ()
    assert [r.name for r in shown.runs if r.name.startswith("without")] == ["without 1", "without 2"]
