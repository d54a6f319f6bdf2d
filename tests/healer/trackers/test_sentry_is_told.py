from __future__ import annotations

from collections.abc import Iterator

import pytest

from healer.case import PullRequest
from healer.errors import NotConfigured, Transient
from healer.sentry_api import NoAnswer
from healer.trackers.sentry import SentryTracker
from tests.fakes.http import Reply
from tests.fakes.sentry import TOKEN, FakeSentry

PULL = PullRequest(
    key="k-1", branch="healer/k-1", commit="a" * 40, number=7, url="https://github.com/acme/shop/pull/7"
)


@pytest.fixture
def sentry() -> Iterator[FakeSentry]:
    with FakeSentry().running() as fake:
        yield fake


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def tracker(sentry: FakeSentry, waits: list[float]) -> SentryTracker:
    return SentryTracker(sentry.url, "acme", TOKEN, installation="5f1c", sleep=waits.append)


def test_an_issue_gets_the_link_once(tracker: SentryTracker, sentry: FakeSentry) -> None:
    for _ in range(2):
        tracker.link("5001", PULL)
        tracker.comment("5001", "proposed: " + PULL.url)
    assert sentry.links == {(5001, "7"): PULL.url}
    assert sentry.comments == {"5001": ["proposed: " + PULL.url]}
    assert sentry.status == {}


def test_already_posted_is_success(tracker: SentryTracker, sentry: FakeSentry) -> None:
    sentry.comments["5001"], sentry.hidden = ["hello"], True
    tracker.comment("5001", "hello")
    assert sentry.comments == {"5001": ["hello"]}


def test_a_merge_resolves_in_the_next_release(tracker: SentryTracker, sentry: FakeSentry) -> None:
    for _ in range(2):
        tracker.resolve("5001", "c" * 40)
    assert sentry.status == {"5001": "resolvedInNextRelease"}
    assert [a.method for a in sentry.asked].count("PUT") == 1


def test_a_limit_is_waited_for_and_an_outage_is_tried_again(
    tracker: SentryTracker, sentry: FakeSentry, waits: list[float]
) -> None:
    sentry.faults = [lambda _: Reply(429, {}, {"Retry-After": "7"}), lambda _: Reply(503, {})]
    tracker.link("5001", PULL)
    assert waits[0] == 7
    assert len(sentry.links) == 1
    sentry.faults = [lambda _: Reply(503, {})] * 9
    with pytest.raises(Transient):
        tracker.link("5001", PULL)


def test_what_is_no_issue_or_is_refused_is_said(sentry: FakeSentry, tracker: SentryTracker) -> None:
    with pytest.raises(NoAnswer, match="no id"):
        tracker.comment("5001/../9", "hello")
    with pytest.raises(NoAnswer, match="401"):
        SentryTracker(sentry.url, "acme", "wrong").comment("5001", "hello")
    with pytest.raises(NotConfigured):
        SentryTracker(sentry.url, "", TOKEN)
