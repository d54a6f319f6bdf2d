"""Speaking with GitHub: who we are, bounded retries, and errors in our words. PyGithub lives here."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar

from github import Auth, BadCredentialsException, Github, GithubException, GithubIntegration
from github.Repository import Repository

from healer.errors import HealerError, NotConfigured, Transient
from healer.forges.github_tokens import PURSE, InstallationAuth, Narrowed, Purse
from healer.patience import Limited, patiently

API_VERSION = "2022-11-28"
PERMISSIONS = {"contents": "write", "pull_requests": "write", "checks": "write"}  # never more
READING = {"contents": "read"}  # what a mirror is fetched with
SECONDARY_WAIT = 60.0  # what GitHub asks for where it gives no time

T = TypeVar("T")


class GithubRefused(HealerError):
    """GitHub refused a request; compare the app's permissions and the repository's rules."""


@dataclass(frozen=True)
class Account:
    """A GitHub App (`app_id` and `private_key`, PEM), or a `token`. `api`: of github.com or one's own."""

    api: str = "https://api.github.com"
    app_id: str = ""
    private_key: str = field(default="", repr=False)
    token: str = field(default="", repr=False)


class GithubClient:
    """One repository, `owner/name`, as one account sees it. Not for use by two threads at once."""

    def __init__(
        self,
        account: Account,
        repository: str,
        *,
        permissions: Mapping[str, str] = PERMISSIONS,
        purse: Purse = PURSE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """`permissions`: what an app's token is narrowed to."""
        self.account, self.repository = account, repository
        self._permissions, self._purse = dict(permissions), purse
        self.is_app = bool(account.app_id)
        self._sleep = sleep
        self._options: dict[str, Any] = {
            "base_url": account.api,
            "retry": None,
            "seconds_between_requests": 0,
            "seconds_between_writes": 0,
            "timeout": 30,
            "api_version": API_VERSION,
        }

    def call(self, work: Callable[[], T]) -> T:
        """`work()`, tried again where GitHub was busy or broken: it must look before it acts."""
        return patiently(lambda: self._once(work), self._sleep)

    def _once(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except GithubException as error:
            raise _ours(error) from None
        except OSError as error:  # every error of the connection is one
            raise Transient(f"GitHub cannot be reached: {type(error).__name__}") from None

    @cached_property
    def repo(self) -> Repository:
        return Github(auth=self._auth, lazy=True, **self._options).get_repo(self.repository)

    def token(self) -> str:
        """For git: the account's token, or the installation's."""
        return self.call(lambda: str(self._auth.token))

    def get(self, path: str) -> Any:
        """JSON of a path below the repository that PyGithub has no words for."""
        return self.repo.requester.requestJsonAndCheck("GET", f"{self.repo.url}{path}")[1]

    def post(self, path: str, body: dict[str, Any]) -> Any:
        return self.repo.requester.requestJsonAndCheck("POST", f"{self.repo.url}{path}", input=body)[1]

    @cached_property
    def _auth(self) -> Auth.Auth:
        account = self.account
        if not account.app_id:
            if not account.token:
                raise NotConfigured("GitHub is reached without an account; set github.app_id or github.token")
            return Auth.Token(account.token)
        wanted = Narrowed.to(account.api, account.app_id, self.repository, self._permissions)
        return InstallationAuth(lambda: self._purse.token(wanted, self._new_token))

    def installation(self) -> dict[str, Any]:
        """The app's installation on the repository, as GitHub describes it, with its `permissions`."""
        where = f"/repos/{self.repository}/installation"
        try:
            found: dict[str, Any] = self._as_app("GET", where)
        except GithubException as error:
            if error.status == 404:
                raise NotConfigured(
                    f"the app {self.account.app_id} is not installed on {self.repository}; install it there"
                ) from None
            raise
        return found

    def _new_token(self) -> tuple[str, datetime]:
        where = f"/app/installations/{int(self.installation()['id'])}/access_tokens"
        name = self.repository.partition("/")[2]
        made = self._as_app("POST", where, {"permissions": self._permissions, "repositories": [name]})
        return str(made["token"]), datetime.fromisoformat(made["expires_at"])

    def _as_app(self, method: str, where: str, body: dict[str, Any] | None = None) -> Any:
        auth = Auth.AppAuth(self.account.app_id, self.account.private_key)
        requester = GithubIntegration(auth=auth, **self._options).requester
        return requester.requestJsonAndCheck(method, where, input=body)[1]


def message_of(error: GithubException) -> str:
    """GitHub's own words, bounded."""
    data = error.data if isinstance(error.data, dict) else {}
    errors = data.get("errors") or []
    details = [str(e.get("message", "")) if isinstance(e, dict) else str(e) for e in errors[:5]]
    return "; ".join(filter(None, [str(data.get("message", "")), *details]))[:500]


def _ours(error: GithubException) -> HealerError:
    said = message_of(error)
    headers = {k.lower(): v for k, v in (error.headers or {}).items()}
    if error.status in (403, 429):
        if "retry-after" in headers:
            return Limited("GitHub", _number(headers["retry-after"]))
        if headers.get("x-ratelimit-remaining") == "0":
            return Limited("GitHub", max(1.0, _number(headers.get("x-ratelimit-reset", "")) - time.time()))
        if error.status == 429 or "secondary rate limit" in said.lower():
            return Limited("GitHub", SECONDARY_WAIT)
    if error.status >= 500:
        return Transient(f"GitHub answered {error.status}")
    if error.status == 401 or isinstance(error, BadCredentialsException):
        return NotConfigured("GitHub does not accept the credentials; renew github.token or the app's key")
    return GithubRefused(f"GitHub answered {error.status}: {said}; check the app's permissions and the rules")


def _number(given: str) -> float:
    try:
        return max(0.0, float(given))
    except ValueError:
        return SECONDARY_WAIT
