"""What people do with a proposal on GitHub, and what becomes of it in the record and in Sentry."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import httpx
import pytest
from starlette.applications import Starlette

from healer import actions
from healer.case import Declined, Healed, PullRequest, PullState
from healer.errors import Later, Refused
from healer.following import Follower, deliver
from healer.forges.github import GithubForge
from healer.protocols import Heard, Kept, Standing
from healer.spending import Allowance, Days
from healer.stages.follow import Manners, MoveKind, act, decide
from healer.store import cases, proposals
from healer.store.chronicle import RecordedChronicle
from healer.store.database import connect
from healer.store.reservations import Caps, Reservations
from healer.trackers.sentry import SentryTracker
from healer.web.github import github_route, verify
from healer.web.server import serving
from healer.worker import Worker
from healer.workshop.yard import Yard
from tests.fakes.github import FakeGithub
from tests.fakes.proposals import app, app_keys, bare, fake, forge, incident, proof_of, run_git, shop, yard
from tests.fakes.sentry import TOKEN, FakeSentry

__all__ = ["app", "app_keys", "bare", "fake", "forge", "shop", "yard"]
NOW = datetime(2026, 11, 21, tzinfo=UTC)
REPOSITORY = "https://github.com/acme/shop"


class Scene:
    """A proposal that was published and is in the record."""

    def __init__(self, record, forge: GithubForge, fake: FakeGithub, yard: Yard, sentry: FakeSentry) -> None:
        self.record, self.forge, self.fake, self.yard, self.sentry = record, forge, fake, yard, sentry
        self.tracker = SentryTracker(sentry.url, "acme", TOKEN)
        self.proof = proof_of(fake.remote, yard)
        self.case = record.arrive(1, incident(1).fingerprint).case
        reserve(record, self.proof)
        key = self.proof.patch.reproduction.diagnosis.incident.key
        pull = forge.publish(key, self.proof, "Fix it", "All about it")
        cases.close(record.connection, self.case, Healed(pull_request=pull, proof=self.proof))
        self.chronicle = RecordedChronicle(record.connection, self.case)

    def step(self, manners: Manners | None = None, now: datetime | None = None) -> str:
        kept = self.chronicle.kept()
        standing = self.forge.look(kept.pull)
        move = decide(standing, kept, manners or Manners(), now or datetime.now(UTC))
        act(move, standing, kept, self.forge, self.forge, self.tracker, self.chronicle)
        return move.kind.value

    def state(self) -> tuple[str, str]:
        (row,) = self.record.rows("select state, soak from healer.proposal")
        return row["state"], row["soak"]

    def said(self) -> list[str]:
        return [c["body"] for c in self.fake.comments[1] if c["user"]["type"] == "Bot"]


def reserve(record, proof, repository: str = REPOSITORY, **caps: int) -> None:
    Reservations(partial(connect, record.url), "shop", repository, Caps(**caps)).reserve(proof)


@pytest.fixture
def sentry() -> Iterator[FakeSentry]:
    with FakeSentry().running() as fake:
        yield fake


@pytest.fixture
def scene(record, forge: GithubForge, fake: FakeGithub, yard: Yard, sentry: FakeSentry) -> Scene:
    return Scene(record, forge, fake, yard, sentry)


def test_a_merge_is_told_to_sentry_and_watched(scene: Scene) -> None:
    assert scene.step() == "nothing"
    scene.fake.end(1, "ada", merge=True)
    assert [scene.step(), scene.step()] == ["merged", "nothing"]
    assert scene.state() == ("merged", "watching")
    assert scene.sentry.status == {"5001": "resolvedInNextRelease"}
    assert len(scene.sentry.comments["5001"]) == 1
    assert scene.record.one("select outcome from healer.lesson") == "merged"
    assert scene.record.one("select state from healer.cases") == "healed"


def test_the_reason_of_a_closing_is_asked_once_and_kept(scene: Scene) -> None:
    scene.fake.end(1, "ada", merge=False)
    assert [scene.step(), scene.step()] == ["closed", "nothing"]
    assert sum("What was wrong" in text for text in scene.said()) == 1
    scene.fake.comment(1, "bob", "I have no say here")
    scene.fake.comment(1, "ada", "Orders without cents must be refused. Mail me: ada@example.org")
    assert [scene.step(), scene.step()] == ["learn", "nothing"]
    lesson = scene.record.one("select text from healer.lesson")
    assert lesson.startswith("Orders without cents must be refused.")
    assert "ada@example.org" not in lesson
    assert scene.sentry.status == {}


def test_green_checks_or_a_person_make_it_ready(scene: Scene) -> None:
    head = scene.chronicle.kept().pull.commit
    scene.fake.checks.append(
        {"id": 1, "name": "ci", "head_sha": head, "status": "in_progress", "conclusion": None}
    )
    assert scene.step() == "nothing"
    scene.fake.comment(1, "bob", "/ready")
    scene.fake.comment(1, "ci-app[bot]", "/ready", "Bot")
    assert scene.step() == "nothing"
    scene.fake.checks[-1].update(status="completed", conclusion="success")
    assert [scene.step(), scene.step()] == ["ready", "nothing"]
    assert scene.state() == ("ready", "")
    assert scene.fake.pulls[1]["draft"] is False


def test_a_branch_that_somebody_pushed_to_is_left_alone(scene: Scene) -> None:
    bare, branch = scene.fake.repository, "refs/heads/healer/100000000000-1"
    tree = run_git(bare, "rev-parse", "main^{tree}")
    theirs = run_git(bare, "commit-tree", tree, "-p", branch, "-m", "Mine")
    run_git(bare, "update-ref", branch, theirs)
    scene.fake.review(1, "ada", "CHANGES_REQUESTED", "Raise instead")
    assert [scene.step(), scene.step()] == ["hands_off", "nothing"]
    assert run_git(bare, "rev-parse", branch) == theirs
    kept = scene.chronicle.kept().pull
    with pytest.raises(Refused, match="somebody else"):
        scene.forge.amend(kept, proof_of(scene.fake.remote, scene.yard, mended="x = 1\n"), "t", "b")


def test_an_amendment_replaces_our_commit_and_is_counted(scene: Scene) -> None:
    number = scene.fake.review(1, "ada", "CHANGES_REQUESTED", "Raise instead", line="here")
    kept = scene.chronicle.kept()
    standing = scene.forge.look(kept.pull)
    assert [r.kind for r in standing.heard] == ["changes", "comment"] or len(standing.heard) == 2
    move = decide(standing, kept, Manners(), NOW)
    assert (move.kind, move.id, move.who) == (MoveKind.AMEND, f"review-{number}", "ada")
    assert move.text == "Raise instead\nshop.py: here"
    proof = proof_of(scene.fake.remote, scene.yard, mended="def price(order):\n    return 0\n")
    pull = scene.forge.amend(kept.pull, proof, "Fix it", "Better")
    for _ in range(2):
        scene.chronicle.amended(pull, proof, move.id, move.who, "amend")
    now = scene.chronicle.kept()
    assert (now.amendments, now.pull.commit, now.heard) == (1, pull.commit, (move.id,))
    assert scene.fake.pulls[1]["body"] == "Better"
    scene.fake.review(1, "ada", "CHANGES_REQUESTED", "Still wrong")
    assert scene.step(Manners(amendments=1)) == "capped"
    assert "1 times" in scene.said()[-1]


def test_a_draft_nobody_speaks_of_closes_politely(scene: Scene) -> None:
    late = datetime.now(UTC) + timedelta(days=15)
    assert scene.step(now=late - timedelta(days=2)) == "nothing"
    assert scene.step(now=late) == "stale"
    assert scene.state()[0] == "stale"
    assert "15 days" in scene.said()[-1] or "14 days" in scene.said()[-1]
    assert scene.step() == "nothing"
    assert not any("What was wrong" in text for text in scene.said())
    scene.fake.comment(1, "ada", "We sell no such orders any more")
    assert [scene.step(), scene.step()] == ["learn", "nothing"]
    assert scene.state()[0] == "stale"
    assert scene.record.one("select text from healer.lesson").startswith("We sell no such")


def test_a_snoozed_draft_is_left_alone(scene: Scene) -> None:
    today = datetime.now(UTC)
    snooze = partial(actions.act, scene.record.connection, scene.case, "snooze", "slack:U0ADA")
    assert snooze(delivery="1", until=(today + timedelta(days=30)).date()).first
    assert scene.step(now=today + timedelta(days=20)) == "nothing"
    assert scene.step(now=today + timedelta(days=40)) == "nothing"  # quiet for ten days after the snooze
    assert scene.step(now=today + timedelta(days=46)) == "stale"


def standing(**fields) -> Standing:
    pull = PullRequest(key="k", branch="healer/k", commit="a" * 40, state=PullState.DRAFT)
    return Standing(**{"pull": pull, "quiet_since": NOW, "base": "b" * 40, **fields})


def test_a_conflict_is_rebased_once_per_base(scene: Scene) -> None:
    kept = Kept(pull=standing().pull, proof=scene.proof)
    move = decide(standing(conflict=True), kept, Manners(), NOW)
    assert move.kind is MoveKind.REBASE
    done = kept.model_copy(update={"heard": (move.id,)})
    assert decide(standing(conflict=True), done, Manners(), NOW).kind is MoveKind.NOTHING
    wish = Heard(id="review-1", who="ada", kind="changes", text="no", at=NOW)
    assert decide(standing(conflict=True, heard=(wish,)), kept, Manners(), NOW).kind is MoveKind.AMEND


def test_one_slot_per_case_and_never_more_than_the_cap(record, fake: FakeGithub, yard: Yard) -> None:
    proofs = []
    for number in (1, 2, 3):
        record.arrive(number, incident(number).fingerprint)
        proof = proof_of(fake.remote, yard, incident=incident(number))
        proofs.append(proof)
    reserve(record, proofs[0])
    reserve(record, proofs[0])
    with pytest.raises(Refused) as joined:
        reserve(record, proofs[1])
    assert joined.value.code == "joined"
    assert "healer/100000000000-1" in joined.value.reason
    record.rows("update healer.proposal set touches = '{}'")
    with pytest.raises(Later, match="within a day"):
        reserve(record, proofs[1], day=1)
    with pytest.raises(Later, match="are open"):
        reserve(record, proofs[1], open=1)
    reserve(record, proofs[1], "https://github.com/acme/other", day=1)
    record.rows("update healer.cases set closed_at = now() where id = (select min(id) from healer.cases)")
    reserve(record, proofs[2], day=1)


def test_the_slot_and_the_days_budget_are_decided_together(record, fake: FakeGithub, yard: Yard) -> None:
    record.arrive(1, incident(1).fingerprint)
    proof = proof_of(fake.remote, yard)
    days = Days(project=Allowance(dollars=2.0), installation=Allowance(dollars=3.0))
    slots = Reservations(partial(connect, record.url), "shop", REPOSITORY, days=days)
    spent = (
        "insert into healer.spend (project, model, input_tokens, output_tokens, dollars)"
        " values (%s, 'm', 1, 1, %s)"
    )
    record.rows(spent, "web", 2.5)
    record.rows(spent, "shop", 0.75)
    with pytest.raises(Later, match="installation and day") as later:
        slots.reserve(proof)
    assert 0 < later.value.seconds <= 86_402
    assert record.one("select count(*) from healer.proposal") == 0
    record.rows("update healer.spend set at = now() - interval '2 days' where project = 'web'")
    slots.reserve(proof)
    record.rows(spent, "shop", 9.0)
    slots.reserve(proof)  # it has its slot already
    assert record.one("select count(*) from healer.proposal") == 1


def test_a_slot_that_comes_free_wakes_who_waits_longest(record, fake: FakeGithub, yard: Yard) -> None:
    def waiting(*cases: int) -> list[int]:
        due = "select c.id from healer.cases c join absurd.r_cases r on r.task_id = c.task_id::uuid"
        rows = record.rows(due + " where r.available_at <= now() and c.state = 'waiting' order by 1")
        return [row["id"] for row in rows]

    ids = [record.arrive(n, incident(n).fingerprint).case for n in range(1, 9)]
    proofs = [proof_of(fake.remote, yard, incident=incident(n)) for n in range(1, 9)]
    reserve(record, proofs[0], open=1)
    record.rows("update healer.proposal set touches = '{}', state = 'draft'")
    worker = Worker(record.url, lambda incident, step: work(incident), queue=record.queue, slots=1)

    def work(one):
        proof = next(p for p in proofs if p.patch.reproduction.diagnosis.incident.key == one.key)
        if one.key == incident(1).key:
            return Declined(code="x", reason="not this one")
        return reserve(record, proof, open=1)

    worker.run(until_idle=True)
    assert waiting() == []
    assert record.one("select count(*) from healer.cases where state = 'waiting'") == 7
    proposals.move(record.connection, "shop", incident(1).key, "closed")
    assert waiting() == ids[1:6]


def hook(record, event: str, payload: dict, delivery: str) -> str:
    return deliver(record.connection, record.queue, event, delivery, payload)


def test_a_delivery_nudges_once(scene: Scene) -> None:
    scene.record.rows("update healer.proposal set number = 1")
    repository = {"html_url": REPOSITORY}
    head = {"ref": "healer/100000000000-1"}
    payload = {"action": "closed", "pull_request": {"head": head}, "repository": repository}
    sent = partial(hook, scene.record)
    assert [sent("pull_request", payload, "d-1") for _ in range(2)] == ["queued", "duplicate"]
    comment = {"action": "created", "issue": {"number": 1, "pull_request": {}}, "repository": repository}
    comment["issue"]["pull_request"] = {"url": "x"}
    assert sent("issue_comment", comment, "d-2") == "queued"
    assert sent("issue_comment", {**comment, "sender": {"type": "Bot"}}, "d-3") == "ignored"
    assert (
        sent("issue_comment", {**comment, "repository": {"html_url": "https://github.com/e/v"}}, "d-4")
        == "ignored"
    )
    assert sent("star", payload, "d-5") == "ignored"
    tasks = "select count(*) from absurd.t_cases where task_name = 'follow'"
    assert scene.record.one(tasks) == 2
    follower = Follower(scene.record.url, scene.record.queue, every=3600)
    assert [follower.round(), follower.round()] == [1, 1]
    assert scene.record.one(tasks) == 3


def test_the_door_takes_only_what_is_signed(free_port: int) -> None:
    taken: list[tuple] = []

    def take(*delivery) -> str:
        taken.append(delivery)
        return "queued"

    secret, body = "It's a Secret to Everybody", b'{"zen": "x"}'
    good = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    headers = {"x-github-event": "ping", "x-github-delivery": "d", "content-type": "application/json"}
    with serving(Starlette(routes=[github_route(secret, take)]), "127.0.0.1", free_port) as url:
        post: Callable = partial(httpx.post, url + "/hooks/github", content=body, timeout=10)
        assert post(headers={**headers, "x-hub-signature-256": good}).status_code == 202
        assert (
            post(headers={**headers, "x-hub-signature-256": good[:-1] + "01"[good[-1] == "0"]}).status_code
            == 401
        )
        assert post(headers=headers).status_code == 401
        assert post(headers={"x-hub-signature-256": good}).status_code == 400
    assert taken == [("ping", "d", json.loads(body))]
    official = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    assert verify(secret, b"Hello, World!", official)
