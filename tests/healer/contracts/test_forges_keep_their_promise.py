"""What every forge promises. A new one is one module and one line in `forge_and_repository`."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from healer.case import PullState
from healer.errors import Refused
from healer.forges.github import GithubForge
from healer.forges.local import LocalForge
from healer.workshop.yard import Yard
from tests.fakes.proposals import proof_of, run_git

Both = LocalForge | GithubForge  # each is a `Forge` and a `Dialogue`
KEY = "000000000000-1"
OTHER = "def price(order):\n    return order['cents'] or 0\n"


@pytest.fixture(params=["local", "github"])
def promised(request: pytest.FixtureRequest, bare: Path, yard: Yard) -> tuple[Both, str]:
    """(forge, what its repository is called)."""
    if request.param == "local":
        return request.getfixturevalue("local"), str(bare)
    return request.getfixturevalue("forge"), request.getfixturevalue("fake").remote


def head(bare: Path, branch: str = f"healer/{KEY}") -> str:
    return run_git(bare, "rev-parse", "--verify", "-q", branch)


def test_it_is_ready_and_knows_nothing_yet(promised: tuple[Both, str]) -> None:
    forge, _ = promised
    forge.ready()
    assert forge.find(KEY) is None


def test_a_proposal_is_a_draft_on_a_branch_of_its_own(
    promised: tuple[Both, str], bare: Path, yard: Yard
) -> None:
    forge, repository = promised
    main = head(bare, "main")
    proof = proof_of(repository, yard)
    pull = forge.publish(KEY, proof, "Fix it", "All about it")
    assert (pull.state, pull.branch, pull.title) == (PullState.DRAFT, f"healer/{KEY}", "Fix it")
    assert pull.commit == head(bare)
    assert run_git(bare, "rev-parse", f"{pull.commit}^") == proof.base == main
    assert head(bare, "main") == main
    assert run_git(bare, "show", f"{pull.commit}:shop.py") + "\n" == proof.patch.files["shop.py"]
    assert forge.find(KEY) == pull


def test_twice_is_once(promised: tuple[Both, str], bare: Path, yard: Yard) -> None:
    forge, repository = promised
    proof = proof_of(repository, yard)
    first = forge.publish(KEY, proof, "Fix it", "All about it")
    assert forge.publish(KEY, proof, "Fix it", "All about it") == first
    assert run_git(bare, "for-each-ref", "--format=%(refname)", "refs/heads/healer").count("\n") == 0


def test_a_crash_after_the_push_is_made_up_for(promised: tuple[Both, str], bare: Path, yard: Yard) -> None:
    forge, repository = promised
    proof = proof_of(repository, yard)
    pushed = yard.push(proof, f"healer/{KEY}", url=str(bare))
    assert forge.find(KEY) is None
    assert forge.publish(KEY, proof, "Fix it", "All about it").commit == pushed


def test_nobody_elses_commit_is_replaced(promised: tuple[Both, str], bare: Path, yard: Yard) -> None:
    forge, repository = promised
    proof = proof_of(repository, yard)
    forge.publish(KEY, proof, "Fix it", "All about it")
    tree = run_git(bare, "rev-parse", "main^{tree}")
    theirs = run_git(bare, "commit-tree", tree, "-p", head(bare), "-m", "Mine")
    run_git(bare, "update-ref", f"refs/heads/healer/{KEY}", theirs)
    with pytest.raises(Refused, match="somebody else"):
        yard.push(proof_of(repository, yard, mended=OTHER), f"healer/{KEY}", url=str(bare))
    assert head(bare) == theirs


def test_it_becomes_ready_and_is_closed(promised: tuple[Both, str], yard: Yard) -> None:
    forge, repository = promised
    pull = forge.publish(KEY, proof_of(repository, yard), "Fix it", "All about it")
    ready = forge.update(pull.model_copy(update={"state": PullState.READY, "body": "More about it"}))
    assert (ready.state, ready.body) == (PullState.READY, "More about it")
    assert forge.find(KEY) == ready
    for _ in range(2):
        closed = forge.close(ready, "not wanted")
        assert closed.state is PullState.CLOSED
    assert forge.find(KEY) == closed
    assert forge.publish(KEY, proof_of(repository, yard), "Fix it", "All about it") == closed


def commit_on(bare: Path, branch: str, text: str) -> str:
    """A person's commit that changes shop.py."""
    blob = subprocess.run(
        ["git", "-C", str(bare), "hash-object", "-w", "--stdin"],
        input=text,
        text=True,
        check=True,
        capture_output=True,
    ).stdout.strip()
    rest = [line for line in run_git(bare, "ls-tree", branch).splitlines() if not line.endswith("\tshop.py")]
    listed = "\n".join([*rest, f"100644 blob {blob}\tshop.py"]) + "\n"
    tree = subprocess.run(
        ["git", "-C", str(bare), "mktree"], input=listed, text=True, check=True, capture_output=True
    ).stdout.strip()
    made = run_git(bare, "commit-tree", tree, "-p", head(bare, branch), "-m", "Mine")
    run_git(bare, "update-ref", f"refs/heads/{branch}", made)
    return made


def test_a_proposal_stands_as_it_was_left(promised: tuple[Both, str], bare: Path, yard: Yard) -> None:
    forge, repository = promised
    proof = proof_of(repository, yard)
    pull = forge.publish(KEY, proof, "Fix it", "All about it")
    standing = forge.look(pull)
    assert (standing.pull, standing.conflict, standing.heard) == (pull, False, ())
    assert (standing.base, standing.merged_as, standing.ours) == (head(bare, "main"), "", False)
    for _ in range(2):
        forge.ask(pull, proof)
        forge.answer(pull, "hands-off", "It is yours.")
    commit_on(bare, "main", OTHER)
    assert forge.look(pull).conflict
    theirs = commit_on(bare, f"healer/{KEY}", OTHER)
    assert forge.look(pull).pull.commit == theirs


def test_an_amendment_takes_the_place_of_our_commit(
    promised: tuple[Both, str], bare: Path, yard: Yard
) -> None:
    forge, repository = promised
    pull = forge.publish(KEY, proof_of(repository, yard), "Fix it", "All about it")
    better = proof_of(repository, yard, mended=OTHER)
    for _ in range(2):
        amended = forge.amend(pull, better, "Fix it well", "More about it")
        assert amended.commit == head(bare) != pull.commit
    assert forge.look(amended).pull == amended
    assert (amended.title, amended.body) == ("Fix it well", "More about it")
    commit_on(bare, f"healer/{KEY}", OTHER)
    with pytest.raises(Refused, match="somebody else"):
        forge.amend(amended, proof_of(repository, yard), "Fix it", "All about it")


def test_a_merge_and_a_closing_are_seen(
    promised: tuple[Both, str], bare: Path, yard: Yard, request: pytest.FixtureRequest
) -> None:
    forge, repository = promised
    pull = forge.publish(KEY, proof_of(repository, yard), "Fix it", "All about it")
    closed = forge.publish("000000000000-2", proof_of(repository, yard, mended=OTHER), "Fix it", "It")
    run_git(bare, "update-ref", "refs/heads/main", pull.commit)
    run_git(bare, "update-ref", "-d", f"refs/heads/{closed.branch}")
    if forge.name == "github":
        fake = request.getfixturevalue("fake")
        fake.end(1, "ada", merge=True)
        fake.end(2, "ada", merge=False)
    merged = forge.look(pull)
    assert (merged.pull.state, len(merged.merged_as)) == (PullState.MERGED, 40)
    assert (forge.look(closed).pull.state, forge.look(closed).ours) == (PullState.CLOSED, False)
