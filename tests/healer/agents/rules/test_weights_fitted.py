"""The weights of evidence: what the file holds, and that fitting learns from cases and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from benchmarks.learning import (
    HOUSE,
    OFTEN,
    Case,
    Model,
    Pick,
    figures,
    fit,
    left_out,
    picks,
    threshold,
    unread,
)
from benchmarks.slips import TrustedBench, load, reproduction
from benchmarks.slips import crash as slip_crash
from healer.agents.rules.agent import collect
from healer.agents.rules.belief import WEIGHTS, belief, features, grounds
from healer.agents.rules.doubts import LATE, SPELT
from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site

START = Model({"evidence": 1.0}, 1.0)


def case(number: int, author: str, right: str) -> Case:
    ways = tuple(
        ({"evidence": 1.0, f"does {kind}": 1.0}, kind, kind == right) for kind in ("return", "raise")
    )
    return Case(f"{author}-{number}", author, ways)


def test_every_doubt_weighs_against_and_every_template_is_known() -> None:
    weights = belief().weights
    assert weights[f"doubt {LATE}"] < 0 > weights[f"doubt {SPELT}"]
    named = {name.removeprefix("template ") for name in weights if name.startswith("template ")}
    assert named <= {template.name for template in registry()}
    assert 0.4 < belief().threshold < 1 == json.loads(WEIGHTS.read_text())["start"]["weights"]["evidence"]


def test_what_is_right_more_often_weighs_more() -> None:
    learnt = fit([case(number, "a", "raise") for number in range(9)], START)
    assert learnt.weights["does raise"] > 0.1 > -0.1 > learnt.weights["does return"]
    assert all(pick.right for pick in picks([case(1, "b", "raise")], learnt))


def test_what_was_never_seen_stays_at_its_start() -> None:
    learnt = fit([case(1, "a", "raise")], Model({"evidence": 1.0, "doubt late": -1.2}, 1.0))
    assert round(learnt.weights["doubt late"], 3) == -1.2


def test_none_weighs_more_where_none_is_right() -> None:
    assert fit([case(number, "a", "nothing") for number in range(9)], START).none > START.none


def test_an_author_is_judged_by_the_others_alone() -> None:
    cases = [case(number, "a", "raise") for number in range(9)] + [case(1, "b", "return")]
    assert [(pick.author, pick.right) for pick in left_out(cases, START) if pick.author == "b"] == [
        ("b", False)
    ]


def test_what_was_written_for_one_program_does_not_count_as_unread() -> None:
    def made(author: str, *names: str) -> Case:
        return Case("a-1", author, tuple(({f"template {name}": 1.0}, name, True) for name in names))

    cases = [made("a", "often")] * (OFTEN - 1) + [made("b", "often", "once"), made(HOUSE, "once", "often")]
    assert [[behaviour for _, behaviour, _ in case.ways] for case in unread(cases)] == [["often"]] * (
        OFTEN + 1
    )
    assert not any(case.ways for case in unread([made(HOUSE, "often")] * OFTEN))


def test_the_threshold_keeps_precision() -> None:
    made = (
        [Pick("a", 0.9, True, True)] * 60
        + [Pick("a", 0.6, False, True)] * 20
        + [Pick(HOUSE, 0.0, False, False)]
    )
    assert threshold(made) == 0.61
    assert figures(made, 0.61)["precision"] == 1.0


@pytest.mark.parametrize(("name", "way"), [("feeds-ttl_garbage", "return"), ("feeds-ttl_garbage", "raise")])
def test_a_contract_s_evidence_is_weighed_apart(name: str, way: str) -> None:
    slip = next(s for s in load("learning") if s.id == name)
    ideas = collect(reproduction(slip, slip_crash(slip)).diagnosis, TrustedBench(slip.files))
    found = [features(c) for c in ideas if c.idea.behaviour.startswith(way)]
    assert found
    assert all(one[f"evidence to {way}"] == one["evidence"] for one in found)
    others = [features(c) for c in ideas if not c.idea.behaviour.startswith(("return", "raise"))]
    assert not any(key.startswith("evidence to") for one in others for key in one)


def test_what_is_said_for_a_way_out_is_known_by_its_kind(crash: Callable[..., Site]) -> None:
    source = (
        "class Bad(Exception):\n    pass\n\n\n"
        "def g(d, k):\n    if not k:\n        raise Bad(k)\n    return d[k]\n\n\n"
        "def f(d, k):\n    try:\n        return g(d, k)\n    except Bad:\n        return None\n"
    )
    told = source.replace("k):\n    if", 'k):\n    """Raises Bad for an unknown k."""\n    if', 1)
    ways = [crash(text, "f({}, 'a')").outcomes("d") for text in (source, told)]
    found = [grounds(next(o.reasons for o in way if o.text.startswith("Bad"))) for way in ways]
    assert {"raised otherwise", "raised alike", "untold"} <= found[0]
    assert "told" in found[1]
    assert "untold" not in found[1]
    assert grounds((), described=False) == {"unspoken"}
    assert grounds(("ValueError is answered there already",)) == {"handled"}
