"""Sentry's issues: where an error came from is told what became of it. Each verb may be repeated.

The token belongs to our own integration, whose uuid `sentry.app` names: hooks about what is done here are
then known as our own and start nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from healer.case import PullRequest
from healer.errors import HealerError, NotConfigured, Transient

log = logging.getLogger(__name__)

TRIES = 4
MAX_WAIT = 60.0  # seconds
ALREADY = "already posted"


class SentryRefused(HealerError):
    """Sentry refused a request; compare sentry.organization with the token's scopes (event:write)."""


class Limited(Transient):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"Sentry asks to wait {seconds:.0f} s")


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
        self._issues = f"/api/0/organizations/{organization}/issues"
        self._installation, self._comments, self._sleep = installation, comments, sleep
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}

    def comment(self, issue: str, text: str) -> None:
        """Sentry itself refuses the same text twice within an hour; before, we look."""
        if not self._comments:
            return
        where = f"{self._issues}/{_number(issue)}/comments/"
        said = self._ask("GET", where)
        if any(_text(note) == text for note in said if isinstance(note, dict)):
            return
        self._ask("POST", where, {"text": text}, fine=ALREADY)

    def link(self, issue: str, pull: PullRequest) -> None:
        if not self._installation or not pull.url.startswith("https://"):
            return
        body = {
            "issueId": int(_number(issue)),
            "webUrl": pull.url,
            "project": pull.url.split("/pull/")[0].removeprefix("https://").partition("/")[2],
            "identifier": str(pull.number),
        }
        self._ask("POST", f"/api/0/sentry-app-installations/{self._installation}/external-issues/", body)

    def resolve(self, issue: str, commit: str) -> None:
        """In the next release, so that a later event brings the issue back. Only after a merge."""
        where = f"{self._issues}/{_number(issue)}/"
        if self._ask("GET", where).get("status") == "resolved":
            return
        log.info("issue %s is resolved by the merge %s", issue, commit[:12])
        self._ask("PUT", where, {"status": "resolvedInNextRelease"})

    def _ask(self, method: str, where: str, body: Any = None, fine: str = "") -> Any:
        retrying = Retrying(
            retry=retry_if_exception_type(Transient),
            stop=stop_after_attempt(TRIES),
            wait=_pause,
            sleep=self._sleep,
            reraise=True,
        )
        return retrying(self._once, method, where, body, fine)

    def _once(self, method: str, where: str, body: Any, fine: str) -> Any:
        try:
            answer = httpx.request(method, self._url + where, json=body, headers=self._headers, timeout=30)
        except httpx.TransportError as error:
            raise Transient(f"Sentry cannot be reached: {type(error).__name__}") from None
        if answer.status_code == 429:
            raise Limited(_seconds(answer))
        if answer.status_code >= 500:
            raise Transient(f"Sentry answered {answer.status_code}")
        if answer.status_code == 400 and fine and fine in answer.text:
            return {}
        if not answer.is_success:
            raise SentryRefused(f"Sentry answered {answer.status_code} to {method} {where}")
        try:
            return answer.json()
        except ValueError:
            raise SentryRefused(f"Sentry's answer to {method} {where} is no JSON") from None


def _text(note: dict[str, Any]) -> str:
    data = note.get("data")
    return str(data.get("text", "")) if isinstance(data, dict) else ""


def _number(issue: str) -> str:
    """An issue's id goes into a path, so only digits will do."""
    if not (issue.isascii() and issue.isdigit()):
        raise SentryRefused(f"{issue!r} is no id of a Sentry issue")
    return issue


def _seconds(answer: httpx.Response) -> float:
    given = answer.headers.get("retry-after", "")
    if given.isdigit():
        return float(given)
    try:
        return max(1.0, float(answer.headers.get("x-sentry-rate-limit-reset", "")) - time.time())
    except ValueError:
        return 1.0


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, Limited):
        return float(min(2 ** (state.attempt_number - 1), 20))
    if error.seconds > MAX_WAIT:
        raise error
    return error.seconds
