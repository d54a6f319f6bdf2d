"""Sentry's issues: where an error came from is told what became of it. Each verb may be repeated.

The token belongs to our own integration, whose uuid `sentry.app` names: hooks about what is done here are
then known as our own and start nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from healer.case import PullRequest
from healer.errors import NotConfigured
from healer.sentry_api import NoAnswer, SentryApi

log = logging.getLogger(__name__)

ALREADY = "already posted"


class SentryTracker:
    """`installation`: uuid of our integration's installation, "" where issues are not to be linked."""

    name = "sentry"

    def __init__(
        self,
        url: str,
        organization: str,
        token: str,
        *,
        installation: str = "",
        comments: bool = True,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not organization or not token:
            raise NotConfigured("sentry.organization and sentry.token are both needed to write to Sentry")
        self._open = partial(SentryApi, url, organization, token, sleep=sleep)
        self._installation, self._comments = installation, comments

    def comment(self, issue: str, text: str) -> None:
        """Sentry itself refuses the same text twice within an hour; before, we look."""
        if not self._comments:
            return
        with self._open() as api:
            where = f"{api.path}/issues/{_number(issue)}/comments/"
            if not any(_text(note) == text for note in api.read(where, list)):
                api.tell("POST", where, {"text": text}, fine=ALREADY)

    def link(self, issue: str, pull: PullRequest) -> None:
        if not self._installation or not pull.url.startswith("https://"):
            return
        body = {
            "issueId": int(_number(issue)),
            "webUrl": pull.url,
            "project": pull.url.split("/pull/")[0].removeprefix("https://").partition("/")[2],
            "identifier": str(pull.number),
        }
        with self._open() as api:
            api.tell("POST", f"/api/0/sentry-app-installations/{self._installation}/external-issues/", body)

    def resolve(self, issue: str, commit: str) -> None:
        """In the next release, so that a later event brings the issue back. Only after a merge."""
        with self._open() as api:
            where = f"{api.path}/issues/{_number(issue)}/"
            if api.read(where).get("status") == "resolved":
                return
            log.info("issue %s is resolved by the merge %s", issue, commit[:12])
            api.tell("PUT", where, {"status": "resolvedInNextRelease"})


def _text(note: Any) -> str:
    data = note.get("data") if isinstance(note, dict) else None
    return str(data.get("text", "")) if isinstance(data, dict) else ""


def _number(issue: str) -> str:
    """An issue's id goes into a path, so only digits will do."""
    if not (issue.isascii() and issue.isdigit()):
        raise NoAnswer(f"{issue!r} is no id of a Sentry issue")
    return issue
