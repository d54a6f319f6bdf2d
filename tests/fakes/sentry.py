"""Sentry, as far as a proposal tells it things. The requests are described here in our own words, from its
public documentation; what is not described is refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import jsonschema

from tests.fakes.http import Asked, Reply, listening

TOKEN = "sntryu_integration"
STATUSES = ["resolved", "resolvedInNextRelease", "unresolved", "ignored"]
BODIES = {
    "comments": {
        "type": "object",
        "required": ["text"],
        "properties": {"text": {"type": "string", "minLength": 1}},
        "additionalProperties": False,
    },
    "issue": {
        "type": "object",
        "properties": {"status": {"enum": STATUSES}, "statusDetails": {"type": "object"}},
        "additionalProperties": False,
    },
    "external": {
        "type": "object",
        "required": ["issueId", "webUrl", "project", "identifier"],
        "properties": {
            "issueId": {"type": "integer"},
            "webUrl": {"type": "string", "pattern": "^https?://"},
            "project": {"type": "string"},
            "identifier": {"type": "string"},
        },
        "additionalProperties": False,
    },
}
ISSUE = re.compile(r"/api/0/organizations/acme/issues/(\d+)/(comments/)?")
EXTERNAL = "/api/0/sentry-app-installations/5f1c/external-issues/"


@dataclass
class FakeSentry:
    url: str = ""
    status: dict[str, str] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)
    scopes: list[str] = field(default_factory=lambda: ["event:read", "event:write", "project:read"])
    hidden: bool = False  # comments are not shown, as where another process just posted one
    links: dict[tuple[int, str], str] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[Callable[[Asked], Reply | None]] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[FakeSentry]:
        with listening(self._answer) as self.url:
            yield self
        assert not self.violations, self.violations

    def _answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        if self.faults:
            reply = self.faults.pop(0)(asked)
            if reply is not None:
                return reply
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(401, {"detail": "Invalid token"})
        try:
            return self._route(asked)
        except jsonschema.ValidationError as error:
            self.violations.append(f"{asked.method} {asked.path}: {error.message}")
            return Reply(400, {"detail": error.message})

    def _route(self, asked: Asked) -> Reply:
        found = ISSUE.fullmatch(asked.path)
        if found and found[2] and asked.method in ("GET", "POST"):
            return self._notes(found[1], asked)
        if found and not found[2] and asked.method in ("GET", "PUT"):
            return self._issue(found[1], asked)
        known = {
            "/api/0/": {"version": "0", "auth": {"scopes": self.scopes}},
            "/api/0/organizations/acme/issues/": [],
            "/api/0/projects/acme/shop/": {"slug": "shop", "id": "1"},
        }
        if asked.method == "GET" and asked.path in known:
            return Reply(200, known[asked.path])
        if asked.method == "GET" and asked.path.startswith("/api/0/projects/acme/"):
            return Reply(404, {"detail": "The requested resource does not exist"})
        if asked.path == EXTERNAL and asked.method == "POST":
            jsonschema.validate(asked.body, BODIES["external"])
            body = asked.body
            self.links[body["issueId"], body["identifier"]] = body["webUrl"]
            return Reply(200, {"id": "1", "issueId": str(body["issueId"]), "webUrl": body["webUrl"]})
        self.violations.append(f"there is no {asked.method} {asked.path}")
        return Reply(404, {"detail": "not found"})

    def _notes(self, issue: str, asked: Asked) -> Reply:
        notes = self.comments.setdefault(issue, [])
        if asked.method == "GET":
            shown: list[Any] = [] if self.hidden else [{"id": "1", "data": {"text": t}} for t in notes]
            return Reply(200, shown)
        jsonschema.validate(asked.body, BODIES["comments"])
        if asked.body["text"] in notes:
            return Reply(400, {"detail": "You have already posted that comment."})
        notes.append(asked.body["text"])
        return Reply(201, {"id": "1", "data": asked.body})

    def _issue(self, issue: str, asked: Asked) -> Reply:
        if asked.method == "PUT":
            jsonschema.validate(asked.body, BODIES["issue"])
            self.status[issue] = asked.body["status"]
        status = self.status.get(issue, "unresolved")
        return Reply(200, {"id": issue, "status": "resolved" if status.startswith("resolved") else status})
