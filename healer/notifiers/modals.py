"""The forms behind three of the buttons. Pure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from healer.notifiers.blocks import INPUT, TITLE, plain

CALLBACK = "healer.form"
BLOCK, FIELD = "answer", "value"
SNOOZE = timedelta(days=7)
LONGEST_SNOOZE = timedelta(days=365)

_FORMS = {
    "changes": ("Ask for changes", "What should the next version do differently?", "Ask"),
    "reject": ("Reject", "Why is this no fix? It is kept as a lesson.", "Reject"),
    "snooze": ("Snooze", "Leave this alone until", "Snooze"),
}


def has_form(action: str) -> bool:
    return action in _FORMS


def form(action: str, metadata: str, today: date) -> dict[str, Any]:
    """A modal for `action`; `metadata` comes back with its submission, 3000 characters at most."""
    title, label, submit = _FORMS[action]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain(title, TITLE),
        "submit": plain(submit, TITLE),
        "close": plain("Cancel", TITLE),
        "private_metadata": metadata,
        "blocks": [
            {
                "type": "input",
                "block_id": BLOCK,
                "label": plain(label, 2000),
                "element": _date(today) if action == "snooze" else _text(),
            }
        ],
    }


def _text() -> dict[str, Any]:
    return {"type": "plain_text_input", "action_id": FIELD, "multiline": True, "max_length": INPUT}


def _date(today: date) -> dict[str, Any]:
    return {"type": "datepicker", "action_id": FIELD, "initial_date": (today + SNOOZE).isoformat()}
