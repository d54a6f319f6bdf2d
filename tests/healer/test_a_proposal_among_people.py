"""A proposal's whole life with the real clients: GitHub, Slack and Sentry are strict fakes on loopback,
everything else is real: git, sandbox, record, queue, workers."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from healer.case import Healed, Patch
from healer.desk import Desk
from healer.diffing import unified
from healer.eventlog import partitions
from healer.eventlog.traffic import traffic
from healer.intake.episodes import reopens
from healer.outlets import Outlets
from healer.protocols import Bench, Brief
from healer.settings import Floor, Settings
from healer.staff import Staff
from healer.stages.notify import tell
from healer.store import cases
from healer.store.database import connect
from healer.store.record import Arrival, save
from healer.store.soaking import settle
from healer.wiring import Service
from healer.worker import Worker
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard
from tests.fakes.github import INSTALLED, FakeGithub
from tests.fakes.proposals import app_keys, proof_of, run_git
from tests.fakes.sdk import Sdk
from tests.fakes.sentry import TOKEN, FakeSentry
from triage.build import build_event
from triage.grouping import fingerprint
from triage.incident import Event, RawEvent

__all__ = ["app_keys"]

SOURCE = '''"""Orders."""

import re

ORDER = re.compile(r"order (\\d+)")


def order_number(line):
    """The digits after the word, '' when the line names no order."""
    found = ORDER.search(line)
    return found.group(1)


def by_order(lines):
    counts = {}
    for line in lines:
        number = order_number(line)
        if number:
            counts[number] = counts.get(number, 0) + 1
    return counts
'''
TEST = 'from orders import by_order\n\n\ndef test_counts():\n    assert by_order(["order 7"]) == {"7": 1}\n'
DRIVER = """
def main():
    import orders
    orders.by_order(["order 1", "nothing"])
"""
ASKED = "    # A line without an order is no error.\n"


class Obliging:
    """Mends the one line; with a remark in the code where a person asked for something else."""

    name = "scripted"

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        text = bench.source(brief.reproduction.diagnosis.target).read("orders.py")
        assert text is not None
        mended = text.replace("return found.group(1)", 'return found.group(1) if found else ""')
        if brief.hint:
            mended = mended.replace("    found =", ASKED + "    found =")
        files = {"orders.py": mended}
        return Patch(
            reproduction=brief.reproduction,
            files=files,
            diff=unified({"orders.py": text}, files),
            agent=self.name,
            explanation="As asked." if brief.hint else "A line may name no order.",
        )


class ObligingStaff(Staff):
    def agents(self, *shared):
        return (Obliging(),)


class Town:
    """An installation with one project, and the three vendors around it."""

    def __init__(
        self,
        place: Path,
        record,
        github: FakeGithub,
        sentry: FakeSentry,
        slack,
        notifier,
        key,
        interpreter: str,
    ) -> None:
        self.place, self.record, self.github, self.sentry, self.slack = place, record, github, sentry, slack
        self.origin, self.notifier = place / "origin", notifier
        project = {"name": "shop", "repository": github.remote, "base": "main", "python": interpreter}
        settings = Settings.model_validate(
            {
                "home": place / "home",
                "project": [project],
                "github": {"url": github.url, "api_url": github.url, "app_id": "77", "private_key": key},
                "sentry": {"url": sentry.url, "organization": "acme", "token": TOKEN, "installation": "5f1c"},
                "proposals": {"amendments": 1},
            }
        )
        self.service = Service(settings, record.url, Bubblewrap(settings.home), staff=ObligingStaff())
        work = partial(self.service.work, notifiers=(notifier,))
        follow = partial(self.service.follow, notifiers=(notifier,))
        self.worker = Worker(record.url, work, follow, queue=record.queue, slots=1)
        self.desk = Desk(partial(connect, record.url), notifier, "T0ACME", frozenset({"U0ADA", "U0BOB"}))
        self.clicks = 0

    def work(self) -> None:
        """Until nothing is due. What was put off for a moment is due at once."""
        for _ in range(3):
            assert self.worker.run(until_idle=True) == 0
            self.record.rows("update absurd.r_cases set available_at = now() where state = 'sleeping'")

    def hook(self, event: str, **payload) -> None:
        self.clicks += 1
        repository = {"html_url": self.github.remote.removesuffix(".git")}
        head = {"ref": self.branch}
        sent = {"repository": repository, "pull_request": {"head": head}, **payload}
        assert self.service.deliver(event, f"d-{self.clicks}", sent) == "queued"
        self.work()

    @property
    def key(self) -> str:
        return str(self.record.one("select key from healer.proposal order by case_id limit 1"))

    @property
    def branch(self) -> str:
        return f"healer/{self.key}"

    @property
    def head(self) -> str:
        return self.github.git("rev-parse", self.branch)

    def state(self) -> str:
        return str(self.record.one("select state from healer.proposal order by case_id limit 1"))

    def said(self) -> list[str]:
        return [c["body"] for c in self.github.comments.get(1, []) if c["user"]["type"] == "Bot"]

    def thread(self) -> list[str]:
        (top,) = self.slack.messages()
        return [json.dumps(m["blocks"], ensure_ascii=False) for m in self.slack.messages(thread=top["ts"])]

    def top(self) -> str:
        (top,) = self.slack.messages()
        return json.dumps(top["blocks"], ensure_ascii=False)

    def push(self, message: str, path: str, text: str, branch: str = "main") -> str:
        """By a person."""
        with tempfile.TemporaryDirectory() as name:
            run_git(Path(name), "clone", "-q", "-b", branch, str(self.github.repository), "here")
            here = Path(name) / "here"
            (here / path).write_text(text)
            run_git(here, "commit", "-qam", message)
            run_git(here, "push", "-q", "origin", branch)
            return run_git(here, "rev-parse", "HEAD")

    def press(self, action: str, user: str = "U0ADA", text: str = "", again: int = 2) -> None:
        """As Slack tells it, `again` times over; with its form where the button has one."""
        self.clicks += 1
        payload = click(action, self.key, user, f"{self.clicks}.1")
        for _ in range(again):
            after(self.desk.take(payload))
        if text:
            view = self.slack.views[-1]["view"]
            for _ in range(again):
                after(self.desk.take(submitted(view, user, text, f"V{self.clicks}")))
        self.work()

    def requests(self) -> list[tuple]:
        query = """select r.action, coalesce(h.outcome, '') from healer.request r
                     left join healer.heard h on h.case_id = r.case_id
                      and h.id = case r.action when 'person' then 'hands-off' else 'request-' || r.number end
                    order by r.id"""
        return [tuple(row.values()) for row in self.record.rows(query)]


def after(answer) -> None:
    if answer.later:
        answer.later()


def click(action: str, key: str, user: str, stamp: str) -> dict:
    value = json.dumps({"p": "shop", "k": key})
    return {
        "type": "block_actions",
        "user": {"id": user, "team_id": "T0ACME"},
        "team": {"id": "T0ACME"},
        "trigger_id": "1.2.trigger",
        "channel": {"id": "C0ALERTS"},
        "container": {"message_ts": "1795167001.000200", "channel_id": "C0ALERTS"},
        "actions": [{"action_id": f"healer.{action}", "value": value, "action_ts": stamp}],
    }


def submitted(view: dict, user: str, text: str, number: str) -> dict:
    picked = view["blocks"][0]["element"]["type"] == "datepicker"
    value = {"selected_date": text} if picked else {"value": text}
    filled = {"callback_id": view["callback_id"], "private_metadata": view["private_metadata"], "id": number}
    return {
        "type": "view_submission",
        "user": {"id": user, "team_id": "T0ACME"},
        "team": {"id": "T0ACME"},
        "view": {**filled, "state": {"values": {"answer": {"value": value}}}},
    }


@pytest.fixture
def place() -> Iterator[Path]:
    """Open to the account that the sandbox runs as."""
    with tempfile.TemporaryDirectory(prefix="healer-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def town(
    place: Path, record, slack, slack_notifier, app_keys: tuple[str, str], interpreter: str
) -> Iterator[Town]:
    origin = place / "origin"
    (origin / "tests").mkdir(parents=True)
    (origin / "orders.py").write_text(SOURCE)
    (origin / "shop.py").write_text("def price(order):\n    return order['cents']\n")
    (origin / "CODEOWNERS").write_text("* @kim\n")
    (origin / "tests" / "test_orders.py").write_text(TEST)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Start"]):
        run_git(origin, *command)
    run_git(place, "clone", "-q", "--bare", str(origin), "served.git")
    people = {"ada": "write", "kim": "admin", "bob": "read"}
    github = FakeGithub(place / "served.git", public_key=app_keys[1], people=people)
    with github.running(), FakeSentry().running() as sentry:
        yield Town(place, record, github, sentry, slack, slack_notifier, app_keys[0], interpreter)


def crash(sdk: Sdk, origin: Path, release: str, issue: str = "5001") -> Event:
    """What the real SDK makes of it."""
    driver = origin.with_name("driver.py")
    driver.write_text(DRIVER)
    sent = json.dumps(sdk.event(origin, driver, release=release)).replace(str(origin), "/srv/app")
    return build_event(RawEvent({**json.loads(sent), "issue_id": issue}))


def arrive(record, event: Event):
    one = Arrival("hook", "shop", "", "", event.event_id, event=event, fingerprint=fingerprint(event))
    floor = Floor(events=1)
    (saved,) = save(
        record.connection, [one], floor=lambda _: floor, spawn=record.queue.spawn, reopens=reopens
    )
    return saved


def test_a_review_and_a_conflict_are_answered_by_proving_again(town: Town, sdk: Sdk) -> None:
    arrive(town.record, crash(sdk, town.origin, "shop@1"))
    town.work()
    github, first = town.github, town.head
    assert town.state() == "draft", town.record.rows("select state, code, reason from healer.cases")
    assert github.pulls[1]["draft"]
    assert "proven by tests" in town.top()

    number = github.review(1, "bob", "CHANGES_REQUESTED", "Nobody asked me")
    github.review(1, "ada", "CHANGES_REQUESTED", "Say why", line="here")
    town.hook("pull_request_review")
    second = town.head
    assert second != first
    assert run_git(github.repository, "rev-parse", f"{second}^") == github.git("rev-parse", "main")
    assert ASKED.strip() in github.git("show", f"{second}:orders.py")
    assert [c["head_sha"] for c in github.checks] == [first, second]
    assert "As asked." in github.pulls[1]["body"]
    (answer,) = [text for text in town.said() if "Changed and proven again" in text]
    assert second[:12] in answer
    assert f"review-{number}" not in answer
    assert any("Changed and proven again, as asked for by ada." in text for text in town.thread())

    github.review(1, "ada", "CHANGES_REQUESTED", "And once more")
    town.hook("pull_request_review")
    assert town.head == second
    assert "amended 1 times" in town.said()[-1]

    changed = SOURCE.replace("ORDER.search(line)", "ORDER.search(line.strip())")
    base = town.push("Strip", "orders.py", changed)
    town.hook("push")
    third = town.head
    assert run_git(github.repository, "rev-parse", f"{third}^") == base
    assert "line.strip()" in github.git("show", f"{third}:orders.py")
    assert "Proven again on the base as it is now" in town.said()[-1]
    assert town.record.one("select amendments from healer.proposal") == 1  # of what people asked for
    town.hook("push")
    assert town.head == third
    told = town.record.rows("select proof #>> '{base}' as base, commit from healer.proposal")
    assert told == [{"base": base, "commit": third}]

    theirs = town.push(
        "Mine", "orders.py", github.git("show", f"{third}:orders.py") + "\n# mine\n", town.branch
    )
    github.review(1, "ada", "CHANGES_REQUESTED", "Never mind")
    town.hook("pull_request_review")
    assert (town.head, town.state()) == (theirs, "draft")
    assert "leaves it to you" in town.said()[-1]


@pytest.fixture
def proposed(town: Town) -> Town:
    """A proposal that stands, without the work of proving it."""
    with Yard(town.place / "home", Bubblewrap(town.place / "home"), token=lambda url: INSTALLED) as yard:
        proof = proof_of(town.github.remote, yard)
        incident = proof.patch.reproduction.diagnosis.incident
        case = town.record.arrive(1, incident.fingerprint, release="shop@1", issue_id="5001").case
        outlets = Outlets(town.service.settings, town.record.url)
        project = town.service.settings.project[0].project()
        outlets.proposals(project).reserve(proof)
        pull = outlets.forge(project, yard).publish(incident.key, proof, "Fix it", "All about it")
    ending = Healed(pull_request=pull, proof=proof)
    cases.close(town.record.connection, case, ending)
    town.record.rows("update absurd.t_cases set state = 'completed'")
    town.record.rows("update absurd.r_cases set state = 'completed'")
    town.notifier.notify(tell(incident, ending))
    town.github.pulls[1]["requested_reviewers"].clear()
    return town


def test_approve_makes_it_ready_and_asks_a_reviewer_once(proposed: Town) -> None:
    proposed.press("approve", again=3)
    pull = proposed.github.pulls[1]
    assert (proposed.state(), pull["draft"]) == ("ready", False)
    assert [who["login"] for who in pull["requested_reviewers"]] == ["kim"]
    assert proposed.requests() == [("approve", "done")]
    proposed.press("approve", "U0BOB")
    assert proposed.requests() == [("approve", "done")]
    assert len(pull["requested_reviewers"]) == 1
    assert len(proposed.thread()) == 1
    assert "healer.approve" not in proposed.top()


def test_reject_closes_with_the_reason_as_a_lesson(proposed: Town) -> None:
    proposed.press("reject", text="An order without cents must be refused")
    assert (proposed.state(), proposed.github.pulls[1]["state"]) == ("closed", "closed")
    assert "must be refused" in proposed.said()[-1]
    assert proposed.requests() == [("reject", "done")]
    lessons = proposed.record.rows("select outcome, text from healer.lesson")
    assert lessons == [{"outcome": "rejected", "text": "An order without cents must be refused"}]
    proposed.work()
    proposed.press("approve", "U0BOB")
    assert proposed.requests() == [("reject", "done")]
    assert sum("What was wrong" in text for text in proposed.said()) == 0
    assert proposed.sentry.status == {}
    assert "healer.reject" not in proposed.top()


def test_asking_for_changes_that_nothing_proves_says_so_once(proposed: Town) -> None:
    """The event of this case says too little to work on again: the wish is answered, not forgotten."""
    head = proposed.head
    proposed.press("changes", text="Raise instead")
    assert proposed.head == head
    ((action, outcome),) = proposed.requests()
    assert (action, bool(outcome)) == ("changes", True)
    assert sum("could not do this" in text for text in proposed.said()) == 1


def test_hand_to_a_person_leaves_the_branch_alone(proposed: Town) -> None:
    proposed.press("person")
    assert proposed.requests() == [("person", "done")]
    assert "leaves it to you" in proposed.said()[-1]
    proposed.github.review(1, "ada", "CHANGES_REQUESTED", "Raise instead")
    said = len(proposed.said())
    proposed.hook("pull_request_review")
    assert len(proposed.said()) == said
    assert proposed.state() == "draft"


def test_snooze_only_waits(proposed: Town) -> None:
    until = datetime.now(UTC).date() + timedelta(days=9)
    proposed.press("snooze", text=until.isoformat())
    assert proposed.requests() == [("snooze", "")]
    assert proposed.state() == "draft"
    assert until.isoformat() in proposed.top()


def test_a_merge_is_told_watched_and_judged(proposed: Town) -> None:
    record, github = proposed.record, proposed.github
    github.git("update-ref", "refs/heads/main", proposed.head)
    github.end(1, "ada", merge=True)
    for _ in range(2):
        proposed.hook("pull_request", action="closed")
    assert proposed.state() == "merged"
    assert proposed.sentry.status == {"5001": "resolvedInNextRelease"}
    assert len(proposed.sentry.comments["5001"]) == 1
    (told,) = proposed.thread()
    assert "Merged by ada" in told
    partitions.apply_schema(record.connection)
    counted = partial(traffic, record.connection)
    (watched,) = settle(record.connection, counted).values()
    assert watched.soak == "watching"
    again = incident_of(record)
    saved = save_again(record, again, "shop@2")
    assert saved.case is not None
    (judged,) = settle(record.connection, counted).values()
    assert judged.soak == "came_back"
    assert record.one("select soak from healer.proposal") == "came_back"
    returned = cases.load(record.connection, saved.case)
    assert returned is not None
    assert returned.episode == 2
    assert "pull/1 was merged on " in returned.earlier


def incident_of(record) -> str:
    return str(record.one("select fingerprint from healer.incident"))


def save_again(record, known: str, release: str):
    event = Event(event_id="9" * 32, timestamp=datetime.now(UTC) + timedelta(seconds=1), release=release)
    one = Arrival("hook", "shop", "", "", "again", event=event, fingerprint=known)
    low = Floor(events=1)
    (saved,) = save(record.connection, [one], floor=lambda _: low, spawn=record.queue.spawn, reopens=reopens)
    return saved
