"""What a hook of Sentry's integration platform asks for, if anything."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from triage.incident import RawEvent
from triage.lenient import Malformed, integer, items, mapping, parse_json, text
from triage.sentry.apart import cut_hook
from triage.sentry.shapes import read_event

_WORK = {("issue", "created"), ("issue", "unresolved"), ("event_alert", "triggered"), ("error", "created")}
WORDS = frozenset(word for pair in _WORK for word in pair)  # of Sentry, not of a sender
_IGNORED = {
    "issue": "the issue was only {action}: nothing new to heal",
    "event_alert": "an issue alert that was only {action}",
    "error": "an error that was only {action}",
    "metric_alert": "a metric alert carries no error event",
    "comment": "comments are for people",
    "installation": "the integration was {action}: nothing to heal",
    "seer": "Sentry's own autofix reported {action}",
}


@dataclass(frozen=True, slots=True)
class Hook:
    """A verified hook, read. Its texts are the sender's: not clean, and so not in its repr."""

    resource: str
    action: str
    installation: str = ""  # uuid
    organization: str = ""  # slug, as far as an URL names it
    project_id: str = ""
    project_slug: str = ""
    issue_id: str = ""
    short_id: str = ""
    title: str = field(default="", repr=False)
    category: str = "error"  # Sentry's issueCategory
    type: str = ""  # Sentry's issueType
    level: str = ""
    url: str = field(default="", repr=False)
    count: int = 0
    users: int = 0
    first_seen: str = ""  # ISO 8601, as sent
    last_seen: str = ""
    substatus: str = ""  # new | regressed | escalating …
    rule: str = field(default="", repr=False)  # the alert rule that fired
    settings: tuple[tuple[str, str], ...] = field(default=(), repr=False)  # of that rule's UI component
    event: RawEvent | None = None
    ignored: str = ""  # why there is nothing to do; "" means there is
    content_key: str = ""  # equal for two deliveries of the same content

    @property
    def regressed(self) -> bool:
        return self.resource == "issue" and self.action == "unresolved"


def read_hook(resource: str, body: bytes, *, app_uuid: str = "", apart: bool = False) -> Hook:
    """The hook in `body`, whose resource stands only in the header Sentry-Hook-Resource.

    `app_uuid` names our own integration, so that what we did ourselves is not taken for news. An unknown
    resource is a hook to ignore, whatever its body. `apart`: the event's large members need not be parsed.
    Raises `Malformed`.
    """
    resource = resource.strip().lower()
    if resource not in _IGNORED:
        return _unknown(resource, body)
    cut = cut_hook(body) if apart else None
    raw, members = cut or (parse_json(body, "the hook's body"), {})
    if not isinstance(raw, Mapping):
        raise Malformed("the hook's body must be a JSON object")
    action, data = text(raw.get("action")), mapping(raw.get("data"))
    ignored = _reason(resource, action, mapping(raw.get("actor")), app_uuid)
    event = None if ignored else _event(resource, raw, members)
    issue = _issue(resource, data)
    return Hook(
        resource,
        action,
        text(mapping(raw.get("installation")).get("uuid")),
        rule=text(data.get("triggered_rule")),
        settings=_settings(data),
        event=event,
        ignored=ignored,
        content_key=content_key(event) if event else _issue_key(resource, action, issue, body),
        **issue,
    )


def _unknown(resource: str, body: bytes) -> Hook:
    named = resource[:60]
    return Hook(named, "", ignored=f"unknown resource {named!r}", content_key=_digest(named, body))


def content_key(event: RawEvent) -> str:
    """The same for every delivery of one event: two alert rules, a retry, a replay, an SDK and a hook."""
    sent = text(event.payload.get("event_id")).replace("-", "").lower()
    return f"event:{sent[:64]}" if sent else _digest("event", repr(event.payload).encode("utf-8", "replace"))


def _issue_key(resource: str, action: str, issue: Mapping[str, Any], body: bytes) -> str:
    """An issue is created once, but may regress often: its last event tells the times apart."""
    if not issue.get("issue_id") or resource != "issue":
        return _digest(f"{resource}.{action}", body)
    seen = "" if action == "created" else f":{issue['last_seen']}:{issue['count']}"
    return f"issue.{action}:{issue['issue_id']}{seen}"


def _digest(kind: str, body: bytes) -> str:
    return f"{kind[:60]}:{hashlib.sha256(body).hexdigest()[:32]}"


def _reason(resource: str, action: str, actor: Mapping[str, Any], app_uuid: str) -> str:
    if app_uuid and text(actor.get("id")).lower() == app_uuid.lower():
        return "our own action"
    if (resource, action) in _WORK:
        return ""
    return _IGNORED[resource].format(action=action[:40] or "of no action")


def _event(resource: str, raw: Mapping[str, Any], members: Mapping[str, bytes]) -> RawEvent | None:
    return None if resource == "issue" else replace(read_event(raw), apart=members)


def _settings(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    found = items(mapping(data.get("issue_alert")).get("settings"))
    return tuple((text(mapping(s).get("name")), text(mapping(s).get("value"))) for s in found)


def _issue(resource: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The issue's fields, from the issue itself or from the event that names it."""
    if resource in ("event_alert", "error"):
        return _issue_of_event(mapping(data.get("event") or data.get("error")))
    issue = mapping(data.get("issue"))
    project = mapping(issue.get("project"))
    url = text(issue.get("web_url")) or text(issue.get("permalink")) or text(issue.get("url"))
    return {
        "organization": _after(text(issue.get("url")), "organizations"),
        "project_id": text(project.get("id")),
        "project_slug": text(project.get("slug")) or text(data.get("project_slug")),
        "issue_id": text(issue.get("id")) or text(data.get("issue_id")) or text(data.get("group_id")),
        "short_id": text(issue.get("shortId")),
        "title": text(issue.get("title")),
        "category": text(issue.get("issueCategory")) or "error",
        "type": text(issue.get("issueType")),
        "level": text(issue.get("level")),
        "url": url,
        "count": integer(issue.get("count")) or 0,
        "users": integer(issue.get("userCount")) or 0,
        "first_seen": text(issue.get("firstSeen")),
        "last_seen": text(issue.get("lastSeen")),
        "substatus": text(issue.get("substatus")),
    }


def _issue_of_event(event: Mapping[str, Any]) -> dict[str, Any]:
    api = text(event.get("url"))
    occurrence = mapping(event.get("occurrence"))
    return {
        "organization": _after(api, "projects") or _after(text(event.get("issue_url")), "organizations"),
        "project_id": text(event.get("project")),
        "project_slug": _after(api, "projects", 2),
        "issue_id": text(event.get("issue_id")) or _after(text(event.get("issue_url")), "issues"),
        "title": text(event.get("title")) or text(occurrence.get("issueTitle")),
        "category": text(event.get("issueCategory")) or ("other" if occurrence else "error"),
        "type": text(event.get("type")),
        "level": text(event.get("level")),
        "url": text(event.get("web_url")),
    }


def _after(url: str, word: str, steps: int = 1) -> str:
    """The path segment `steps` after `word`: Sentry's API URLs name what the payload leaves out."""
    segments = url.split("?", 1)[0].split("/")
    at = segments.index(word) + steps if word in segments else len(segments)
    return segments[at] if at < len(segments) else ""
