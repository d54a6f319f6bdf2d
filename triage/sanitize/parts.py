"""Where an object has something of somebody's: which other fields of it, and of its parts, are private."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from triage.sanitize import private_fields, sensitive
from triage.sanitize.beside import is_hidden, unquoted
from triage.sanitize.objects import NO_RECORDS
from triage.sanitize.policy import NO_NAMES

_NOBODYS = NO_RECORDS | NO_NAMES | {"user"}  # whose fields have a policy of their own

# What only an event itself, a frame or a key of Sentry's has.
_OF_EVENTS = frozenset(
    (
        *("event_id", "eventID", "exception", "stacktrace", "breadcrumbs", "culprit", "shortId"),
        *("lineno", "lineNo", "in_app", "inApp", "dsn"),
    )
)
_SECRET = "[secret:"  # what hides one, which a configuration has as well


class Parts:
    """The objects of one event. Each is judged once, however deep it lies below one that is somebody's."""

    def __init__(self) -> None:
        self._judged: dict[int, dict[str, Any]] = {}  # kept, so that no other gets its id

    def private(self, name: str, cleaned: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
        """(object, key, kind) of what is likely private in a cleaned object in which something is hidden."""
        if any(type(item) is str and is_hidden(item) and _SECRET not in item for item in cleaned.values()):
            yield from self._of(name, cleaned)
        elif name not in _NOBODYS and _OF_EVENTS.isdisjoint(cleaned):  # one further in is
            for key, item in cleaned.items():
                if type(item) is str and sensitive.tells(unquoted("name", item)[1]):
                    yield cleaned, key, sensitive.KIND

    def _of(self, name: str, cleaned: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str, str]]:
        if name in _NOBODYS or id(cleaned) in self._judged or not _OF_EVENTS.isdisjoint(cleaned):
            return
        self._judged[id(cleaned)] = cleaned
        for key, item in cleaned.items():
            if type(item) is dict:
                yield from self._of(key, item)
            elif type(item) in (str, int, float):
                bare = unquoted("name", str(item))[1]
                if sensitive.tells(bare):
                    yield cleaned, key, sensitive.KIND
                elif private_fields.is_private(private_fields.Field(key, bare, name)):
                    yield cleaned, key, private_fields.KIND
