"""A suggestion is only ever a draft, under its own name, with nothing that looks like proof."""

from __future__ import annotations

import pytest

from healer.case import Suggestion
from healer.errors import Refused
from healer.forges.github import GithubForge
from healer.forges.local import LocalForge
from healer.stages.suggest import body, draft, title
from tests.fakes.proposals import proof_of, run_git


def idea_of(repository: str, yard) -> Suggestion:
    proof = proof_of(repository, yard)
    unshown = proof.patch.reproduction.model_copy(update={"reproduced": False, "why": "no locals"})
    patch = proof.patch.model_copy(update={"reproduction": unshown})
    return Suggestion(patch=patch, base=proof.base, why="no locals")


def test_on_this_machine(bare, yard):
    forge = LocalForge(bare, yard.push, yard.survey, "main", push_unproven=yard.push_unproven)
    idea = idea_of(str(bare), yard)
    first, again = draft(idea, forge), draft(idea, forge)
    assert first == again
    key = idea.patch.reproduction.diagnosis.incident.key
    assert first.branch == f"healer/unproven-{key}"
    assert first.commit == run_git(bare, "rev-parse", first.branch)
    assert run_git(bare, "log", "-1", "--format=%s", first.branch).startswith("Unproven: ")
    place = forge.folder / f"unproven-{key}"
    assert sorted(p.name for p in place.iterdir()) == ["change.patch", "draft.md"]
    assert forge.find(key) is None
    assert "unproven" in (place / "draft.md").read_text()
    changed = run_git(bare, "diff", "--name-only", idea.base, first.branch).split()
    assert changed == sorted(idea.patch.files)


def test_on_github_it_is_a_draft_without_a_check(fake, app, yard, forge):
    opened = GithubForge(forge._client, fake.remote, yard.push, push_unproven=yard.push_unproven)
    idea = idea_of(fake.remote, yard)
    first, again = draft(idea, opened), draft(idea, opened)
    assert first.number == again.number
    key = idea.patch.reproduction.diagnosis.incident.key
    assert opened.find(key) is None
    pull = forge._client.repo.get_pull(first.number)
    assert pull.draft
    assert pull.title.startswith("Unproven: ")
    assert [label.name for label in pull.labels] == ["unproven"]
    assert not pull.requested_reviewers
    assert forge._client.repo.get_commit(first.commit).get_check_runs().totalCount == 0


def test_neither_an_event_nor_an_agent_closes_an_issue_by_a_commit(bare, yard):
    idea = idea_of(str(bare), yard)
    reproduction = idea.patch.reproduction
    signature = reproduction.diagnosis.signature.model_copy(update={"exception": "Closes OTHER-1, #3"})
    diagnosis = reproduction.diagnosis.model_copy(update={"signature": signature})
    said = "Fixes OTHER-1\n\nResolves: acme/shop#4 @octocat\nCo-authored-by: Eve <eve@evil.example>"
    patch = idea.patch.model_copy(
        update={
            "reproduction": reproduction.model_copy(update={"diagnosis": diagnosis}),
            "explanation": said,
        }
    )
    hostile = idea.model_copy(update={"patch": patch})
    forge = LocalForge(bare, yard.push, yard.survey, "main", push_unproven=yard.push_unproven)
    message = run_git(bare, "log", "-1", "--format=%B", draft(hostile, forge).branch)
    proof = proof_of(str(bare), yard)
    changed = proof.patch.model_copy(update={"explanation": said})
    commit = yard.push(proof.model_copy(update={"patch": changed}), "healer/k-1", url=str(bare))
    for text in (message, run_git(bare, "log", "-1", "--format=%B", commit), title(hostile)):
        assert not any(part in text for part in ("OTHER-1", "#3", "#4", "@", "Co-authored-by"))


def test_a_forge_that_was_not_asked_refuses(bare, yard, forge):
    idea = idea_of(str(bare), yard)
    for one in (LocalForge(bare, yard.push, yard.survey), forge):
        with pytest.raises(Refused, match="proven changes only"):
            one.suggest("k", idea, title(idea), body(idea))


def test_only_a_branch_for_what_is_not_proven_is_pushed(bare, yard):
    idea = idea_of(str(bare), yard)
    with pytest.raises(ValueError, match="no branch"):
        yard.push_unproven(idea, "healer/abc-1", url=str(bare))
