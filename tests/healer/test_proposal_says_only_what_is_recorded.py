from __future__ import annotations

import re2

from healer.case import Outcome, Remark, Review
from healer.proposal import body, title, with_template
from healer.workshop.yard import Yard
from tests.fakes.proposals import TEMPLATE, bare, incident, proof_of, shop, yard
from triage.incident import Event, ExceptionInfo

__all__ = ["bare", "shop", "yard"]


def cells(text: str) -> dict[str, list[str]]:
    """First cell of each table row -> the others."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:1] == "|"
    ]
    return {row[0]: row[1:] for row in rows if len(row) > 1}


def test_every_number_is_recomputed_from_the_record(shop, yard: Yard) -> None:
    proof = proof_of(str(shop), yard)
    text = body(proof, Review(remarks=(Remark(severity="low", text="a name could be clearer"),)))
    rows, patch = cells(text), proof.patch
    told = patch.reproduction.diagnosis.incident
    assert rows["Events"] == [str(told.count)]
    assert rows["Users"] == [str(told.users)]
    assert rows["Release"] == [told.event.release]
    assert rows["First seen"] == [f"{told.first_seen:%Y-%m-%d %H:%M} UTC"]
    assert rows["Base commit"] == [f"`{proof.base[:12]}`"]
    for run in proof.runs:
        result, seconds, digest = rows[run.name]
        counted = {o.value: list(run.outcomes.values()).count(o) for o in Outcome}
        said = {name: int(n) for n, name in re2.findall(r"(\d+) (\w+)", result)}
        assert said == {name: n for name, n in counted.items() if n}
        assert (float(seconds), digest) == (run.seconds, f"`{run.output_digest[:12]}`")
    for answer in patch.reproduction.diagnosis.evidence.answers:
        assert rows[answer.id][1:] == [
            str(answer.row_count), f"{answer.milliseconds:.1f}", f"`{answer.digest[:12]}`"
        ]  # fmt: skip
        assert answer.sql in text
    assert f"fail to pass: {len(proof.fail_to_pass)}" in text
    assert f"pass to pass: {len(proof.pass_to_pass)}" in text
    removed, added = (
        sum(line[:1] == s and line[:3] != s * 3 for line in patch.diff.splitlines()) for s in "-+"
    )
    assert f"Touches {len(patch.files)} file(s), +{added} −{removed}" in text
    cost = patch.cost
    assert f"${cost.dollars:.4f}, {cost.input_tokens} tokens in, {cost.output_tokens} out" in text
    assert (cost.model in text, cost.prompt in text) == (True, True)
    assert f"{sum(run.seconds for run in proof.runs):.1f} s over {len(proof.runs)} runs" in text
    assert "2 × email" in text
    assert "healer verify" in text
    assert len(text) < 65_536


def test_what_a_stranger_wrote_closes_nothing_and_calls_nobody(shop, yard: Yard) -> None:
    value = "fixes OTHER-1 @acme/core closes #7 <img src=https://evil.example/x> [a](https://evil.example)"
    event = Event(event_id="e" * 32, exceptions=(ExceptionInfo(type="KeyError", value=value),))
    text = body(proof_of(str(shop), yard, incident=incident(event=event)), Review())
    outside = re2.sub(r"(?s)```.*?```|`[^`]*`", "", text)
    assert "<img" not in outside
    assert "@acme" not in outside
    assert "](https://evil" not in outside
    assert "fixes OTHER-1" not in text
    assert len(title(proof_of(str(shop), yard))) <= 100


def test_the_repositorys_template_is_respected() -> None:
    text = with_template("## What broke\n\nIt.\n", TEMPLATE)
    assert text.startswith("## Description\n\nSee *What broke*")
    assert "## Checklist\n\n- [ ] docs" in text
    assert text.index("Checklist") < text.index("## What broke")
    assert with_template("body", "") == "body"
    assert "Ours" in with_template("Ours", "no headings at all")
