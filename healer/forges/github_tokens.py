"""Installation tokens, each made once and used until shortly before it expires.

GitHub limits how many may be made, and every case, fetch and push asks for one. They are narrowed to one
repository and to the permissions of their use, and kept in memory only.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from github import Auth

EARLY = timedelta(minutes=5)  # before it expires: a push that begins with it can still end with it


@dataclass(frozen=True)
class Narrowed:
    """What a token is for. `permissions`: GitHub's names -> read | write."""

    api: str
    app: str
    repository: str
    permissions: tuple[tuple[str, str], ...]

    @classmethod
    def to(cls, api: str, app: str, repository: str, permissions: Mapping[str, str]) -> Narrowed:
        return cls(api, app, repository, tuple(sorted(permissions.items())))


@dataclass
class Purse:
    """Safe to share between threads; one at a time makes a token."""

    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _kept: dict[Narrowed, tuple[str, datetime]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def token(self, wanted: Narrowed, make: Callable[[], tuple[str, datetime]]) -> str:
        """The kept one, or what `make` gives: (token, when it expires)."""
        with self._lock:
            token, expires = self._kept.get(wanted, ("", self.clock()))
            if not token or expires - EARLY <= self.clock():
                self._kept[wanted] = token, _ = make()
            return token


PURSE = Purse()  # of this process


class InstallationAuth(Auth.Auth):
    """For PyGithub: asks `token` anew for each request."""

    def __init__(self, token: Callable[[], str]) -> None:
        self._token = token

    @property
    def token_type(self) -> str:
        return "token"

    @property
    def token(self) -> str:
        return self._token()
