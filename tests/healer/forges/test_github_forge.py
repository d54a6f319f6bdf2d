"""What is GitHub's own, beyond the promise of every forge."""

from __future__ import annotations

import ast
import json
import os
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import healer
from healer.case import PullState
from healer.errors import Denied, NotConfigured, Transient
from healer.forges.github import GithubForge, bounded
from healer.forges.github_client import PERMISSIONS, READING, Account, GithubClient, GithubRefused
from healer.forges.github_tokens import Purse
from healer.forges.owners import owners_of
from healer.proving.document import to_json
from healer.workshop import git as git_room
from healer.workshop.git import with_token
from healer.workshop.yard import Yard
from tests.fakes.github import INSTALLED, FakeGithub
from tests.fakes.http import Asked, Reply
from tests.fakes.proposals import github, proof_of

KEY = "000000000000-1"


def publish(forge: GithubForge, fake: FakeGithub, yard: Yard):
    return forge.publish(KEY, proof_of(fake.remote, yard), "Fix it", "All about it")


def test_nothing_in_the_code_merges() -> None:
    """Neither PyGithub's verbs, nor REST's paths, nor GraphQL's mutations, nor git's command."""
    verbs = {"merge", "enable_automerge", "update_branch", "merge_upstream", "create_git_merge"}
    words = ("/merge", "mergePullRequest", "enablePullRequestAutoMerge", "/merges", "mergeBranch")
    for path in Path(healer.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in verbs, f"{path}:{node.lineno}"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert node.value != "merge", f"{path}:{node.lineno}"
                assert not any(word in node.value for word in words), f"{path}:{node.lineno}"


def test_an_unprotected_base_is_refused(forge: GithubForge, fake: FakeGithub) -> None:
    fake.rules = ["deletion", "non_fast_forward"]
    with pytest.raises(NotConfigured, match="ruleset"):
        forge.ready()


@pytest.mark.parametrize("bypass", ["always", "pull_requests_only", "exempt", ""])
def test_a_rule_that_does_not_bind_healer_is_refused(
    bypass: str, forge: GithubForge, fake: FakeGithub
) -> None:
    fake.bypass = bypass
    with pytest.raises(NotConfigured, match="bypass list"):
        forge.ready()
    fake.bypass = "never"
    forge.ready()


def test_a_token_is_made_once_per_use_and_renewed_before_it_expires(fake: FakeGithub, app: Account) -> None:
    now = [datetime(2098, 12, 31, 23, tzinfo=UTC)]
    purse = Purse(clock=lambda: now[0])

    def token(permissions: dict[str, str]) -> str:
        return GithubClient(app, fake.name, permissions=permissions, purse=purse).token()

    assert {token(use) for use in (PERMISSIONS, READING, PERMISSIONS, READING)} == {INSTALLED}
    assert fake.granted == [PERMISSIONS, READING]
    now[0] += timedelta(minutes=54)
    token(READING)
    assert len(fake.granted) == 2
    now[0] += timedelta(minutes=2)
    token(READING)
    assert fake.granted == [PERMISSIONS, READING, READING]
    assert INSTALLED not in repr(purse)


def test_an_app_asks_for_no_more_than_it_needs(forge: GithubForge, fake: FakeGithub) -> None:
    forge.ready()
    assert fake.granted == [{"contents": "write", "pull_requests": "write", "checks": "write"}]


def test_a_proposal_is_labelled_checked_and_shown_to_one_owner(
    forge: GithubForge, fake: FakeGithub, yard: Yard
) -> None:
    for _ in range(2):
        pull = publish(forge, fake, yard)
    (shown,) = fake.pulls.values()
    assert shown["draft"]
    assert [label["name"] for label in shown["labels"]] == ["healer"]
    assert [who["login"] for who in shown["requested_reviewers"]] == ["ada"]  # wrote the line that crashed
    (check,) = fake.checks
    assert (check["name"], check["head_sha"], check["conclusion"]) == ("healer/proof", pull.commit, "success")
    written = check["output"]["text"].partition("```json\n")[2].partition("\n```")[0]
    shown_proof = json.loads(written) | {"made_at": ""}
    assert shown_proof == json.loads(json.dumps(to_json(proof_of(fake.remote, yard)))) | {"made_at": ""}
    assert "`" not in written
    (comment,) = fake.comments[1]
    forge.update(pull.model_copy(update={"state": PullState.READY}))
    (edited,) = fake.comments[1]
    assert (edited["id"], "ready for a review" in edited["body"]) == (comment["id"], True)
    assert not shown["draft"]


def test_owners_are_asked_where_the_author_cannot_review(
    forge: GithubForge, fake: FakeGithub, yard: Yard
) -> None:
    fake.people["ada"] = "read"
    publish(forge, fake, yard)
    assert [who["login"] for who in fake.pulls[1]["requested_reviewers"]] == ["kim"]


def test_a_team_is_asked_where_no_person_can(forge: GithubForge, fake: FakeGithub, yard: Yard) -> None:
    fake.people.clear()
    publish(forge, fake, yard)
    assert fake.pulls[1]["requested_reviewers"] == []
    assert fake.pulls[1]["requested_teams"] == [{"slug": "core"}]


def test_a_token_writes_a_status_instead_of_a_check(fake: FakeGithub, person: Account, yard: Yard) -> None:
    forge = github(fake, person, yard, ask=False)
    for _ in range(2):
        publish(forge, fake, yard)
    assert fake.checks == []
    assert [(s["context"], s["state"]) for s in fake.statuses] == [("healer/proof", "success")]


def test_a_repository_without_drafts_gets_a_plain_one(
    forge: GithubForge, fake: FakeGithub, yard: Yard
) -> None:
    fake.drafts = False
    assert publish(forge, fake, yard).state is PullState.READY


def _after(method: str, path: str, fake: FakeGithub) -> Callable[[Asked], Reply | None]:
    """The request is done, and its answer lost."""

    def fault(asked: Asked) -> Reply | None:
        if (asked.method, asked.path) != (method, f"/repos/acme/shop{path}"):
            return None
        fake._rest(asked)
        return Reply(502, {"message": "Server Error"})

    return fault


@pytest.mark.parametrize("path", ["/pulls", "/issues/1/comments", "/check-runs", "/issues/1/labels"])
def test_an_answer_that_is_lost_makes_nothing_twice(
    path: str, forge: GithubForge, fake: FakeGithub, yard: Yard
) -> None:
    fake.faults.append(_after("POST", path, fake))
    publish(forge, fake, yard)
    assert not fake.faults
    assert (len(fake.pulls), len(fake.comments[1]), len(fake.checks)) == (1, 1, 1)
    assert len(fake.pulls[1]["labels"]) == 1


def test_limits_are_waited_for_within_bounds(fake: FakeGithub, app: Account) -> None:
    waits: list[float] = []
    client = GithubClient(app, fake.name, sleep=waits.append)
    soon, late = {"retry-after": "9"}, {"retry-after": "3600"}
    fake.faults.append(lambda _: Reply(403, {"message": "secondary rate limit"}, soon))
    client.call(lambda: client.get("/rules/branches/main"))
    assert waits == [9]
    fake.faults.append(lambda _: Reply(429, {"message": "secondary rate limit"}, late))
    with pytest.raises(Transient, match="3600"):
        client.call(lambda: client.get("/rules/branches/main"))
    fake.faults.append(lambda _: Reply(403, {"message": "Resource not accessible by integration"}))
    with pytest.raises(GithubRefused, match="not accessible"):
        client.call(lambda: client.get("/rules/branches/main"))
    fake.faults.append(lambda _: Reply(401, {"message": "Bad credentials"}))
    with pytest.raises(NotConfigured):
        client.call(lambda: client.get("/rules/branches/main"))


def test_the_token_is_nowhere_but_in_the_environment(
    forge: GithubForge, fake: FakeGithub, yard: Yard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    real = subprocess.run

    def watched(command, **options):
        commands.append([str(word) for word in command])
        return real(command, **options)

    monkeypatch.setattr(git_room.subprocess, "run", watched)
    publish(forge, fake, yard)
    assert any("push" in command for command in commands)
    secret = with_token(fake.remote, INSTALLED)["GIT_CONFIG_VALUE_0"].rpartition(" ")[2]
    assert not any(
        hidden in word for command in commands for word in command for hidden in (INSTALLED, secret)
    )
    for directory, _, files in os.walk(tmp_path / "home"):
        for name in files:
            kept = (Path(directory) / name).read_bytes()
            assert INSTALLED.encode() not in kept
            assert secret.encode() not in kept


def test_a_token_is_not_sent_in_the_clear() -> None:
    with pytest.raises(Denied):
        with_token("http://git.example.org/acme/shop.git", "ghs_x")
    assert with_token("http://git.example.org/acme/shop.git", "") == {}


def test_a_body_is_as_long_as_github_takes() -> None:
    assert bounded("x" * 65_536) == "x" * 65_536
    assert len(bounded("x" * 99_999)) == 65_536
    assert "Cut here" in bounded("x" * 99_999)


@pytest.mark.parametrize(
    ("path", "owners"),
    [
        ("shop/cart.py", ("cart", "acme/core")),
        ("docs/a.md", ("docs",)),
        ("docs/deep/a.md", ("all",)),
        ("build/logs/x.py", ("logs",)),
        ("deep/build/logs/x.py", ("all",)),
        ("other.py", ("all",)),
        ("free.txt", ()),
    ],
)
def test_the_last_rule_that_fits_names_the_owners(path: str, owners: tuple[str, ...]) -> None:
    rules = "* @all\n# docs/ @nobody\n/docs/* @docs\nshop/**/*.py @cart @acme/core # both\n"
    assert owners_of(rules + "build/logs/ @logs me@example.org\n*.txt\n", path) == owners
