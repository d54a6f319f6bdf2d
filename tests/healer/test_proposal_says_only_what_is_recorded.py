from __future__ import annotations

import pytest
import re2

from healer.case import Healed, Outcome, Proof, PullRequest, Remark, Review
from healer.forges.github_talk import proof_summary
from healer.proposal import body, title, with_template
from healer.stages.notify import tell
from healer.workshop.yard import Yard
from tests.fakes.proposals import TEMPLATE, bare, incident, proof_of, shop, yard
from triage.incident import Event, ExceptionInfo
from triage.sanitize import inline_github

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
    assert rows["Release"] == [inline_github(told.event.release)]
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


def numbers(text: str) -> set[str]:
    """Every number in a text, but for those inside of words and digests."""
    return {found.group() for found in re2.finditer(r"\b\d+(?:\.\d+)?\b", text)}


def recomputed(proof: Proof, review: Review) -> set[str]:
    """Every number that the record gives: its own, counts of what it lists, sums, and roundings."""
    record = proof.model_dump_json() + review.model_dump_json()
    given = numbers(record) | {digest.group()[:12] for digest in re2.finditer(r"\b[0-9a-f]{40,64}\b", record)}
    patch = proof.patch
    lists = (proof.fail_to_pass, proof.pass_to_pass, proof.runs, patch.files, proof.flaky, review.remarks)
    counts = {len(one) for one in lists}
    counts |= {sum(o is one for o in run.outcomes.values()) for run in proof.runs for one in Outcome}
    counts |= {len(run.passed()) for run in proof.runs} | {len(run.failed()) for run in proof.runs}
    counts |= {sum(line[:1] == s and line[:3] != s * 3 for line in patch.diff.splitlines()) for s in "-+"}
    counts |= set(range(1, 1 + min(3, len(patch.reproduction.diagnosis.suspects))))
    seconds = [run.seconds for run in proof.runs]
    floats = {f"{one:.2f}" for one in (*seconds, patch.confidence)} | {f"{sum(seconds):.1f}"}
    floats |= {f"{a.milliseconds:.1f}" for a in patch.reproduction.diagnosis.evidence.answers}
    incident = patch.reproduction.diagnosis.incident
    seen = f"{incident.first_seen:%Y-%m-%d %H:%M} {incident.last_seen:%Y-%m-%d %H:%M}"
    times = numbers(f"{seen} {incident.key}")
    return given | {str(n) for n in counts} | floats | times | {f"{patch.cost.dollars:.4f}"}


@pytest.mark.parametrize("agent", ["rules", "model"])
@pytest.mark.parametrize(
    ("count", "users", "dollars"), [(41, 13, 0.0125), (1, 0, 0.0), (987_654, 3210, 12.5)]
)
def test_no_number_is_said_that_the_record_does_not_give(
    agent: str, count: int, users: int, dollars: float, shop, yard: Yard
) -> None:
    proof = proof_of(str(shop), yard, incident=incident(count=count, users=users))
    priced = proof.patch.cost.model_copy(update={"dollars": dollars})
    changed = {"agent": agent, "cost": priced, "rationale": ("callers expect 0 in 3 places",)}
    proof = proof.model_copy(update={"patch": proof.patch.model_copy(update=changed)})
    review = Review(remarks=(Remark(severity="low", text="2 names could be clearer"),))
    pull = PullRequest(key="k", branch="healer/k", commit="c" * 40, title=title(proof))
    message = tell(incident(count=count, users=users), Healed(pull_request=pull, proof=proof, review=review))
    said = {
        "body": body(proof, review),
        "check": proof_summary(proof),
        "message": "\n".join([message.title, *message.lines, *(value for _, value in message.facts)]),
    }
    for where, text in said.items():
        assert numbers(text) <= recomputed(proof, review), where
        assert len(numbers(text)) > 3, where


def test_a_models_words_are_quoted_as_such(shop, yard: Yard) -> None:
    proof = proof_of(str(shop), yard)
    words = "## Proof\n| run | 99 passed |\n@acme/core merge now " + "x" * 9000
    patch = proof.patch.model_copy(update={"agent": "model", "explanation": words, "rationale": (words,)})
    text = body(proof.model_copy(update={"patch": patch}), Review())
    section = text.partition("## The change\n")[2].partition("\n## ")[0].strip()
    first, _, rest = section.partition("\n")
    assert first == "In the words of the agent `model`, which nobody checked:"
    assert all(line.startswith(">") for line in rest.strip().splitlines())
    assert max(map(len, rest.splitlines())) < 2_200
    assert "@acme" not in text
    assert text.count("## Proof") == 1


def test_what_came_back_names_the_proposal_before_it(shop, yard: Yard) -> None:
    earlier = "https://github.com/acme/shop/pull/1 was merged on 2026-11-02"
    again = incident(episode=2, earlier=earlier)
    assert f"It came back: {earlier}." in body(proof_of(str(shop), yard, incident=again), Review())


def test_what_a_stranger_wrote_closes_nothing_and_calls_nobody(shop, yard: Yard) -> None:
    value = "fixes OTHER-1 @acme/core closes #7 <img src=https://evil.example/x> [a](https://evil.example)"
    raised = (ExceptionInfo(type="KeyError", value=value),)
    event = Event(event_id="e" * 32, exceptions=raised, release=value, environment=value, issue_url=value)
    text = body(proof_of(str(shop), yard, incident=incident(event=event)), Review())
    outside = re2.sub(r"(?s)```.*?```|`[^`]*`", "", text)
    assert re2.search(r"(?:^|[^\\])<img", outside) is None
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
