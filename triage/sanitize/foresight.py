"""What a walk through an event will ask, gathered before it begins: answered at once, it costs least."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import Any

from triage.sanitize.beside import ends
from triage.sanitize.known import tells_nothing
from triage.sanitize.objects import names_of
from triage.sanitize.policy import MAX_ITEMS, is_foreign

MAX_DEPTH = 32
MAX_STRING = 8192  # characters, Sentry's own bound for a message
MAX_KEY = 200  # characters


def collect(value: Any, asked: Callable[[str, Any], Any], texts: dict[str, None], depth: int = 0) -> None:
    """Adds the texts that the walk will ask about. One too many costs time, and so does one too few.

    `asked`: what is asked about a text beside its name.
    """
    if type(value) is dict and depth <= MAX_DEPTH and (names := names_of(value)).silent:
        texts.update(names.texts)
        skipped = "vars" if names.local and is_foreign(value) else None
        for key, item in value.items():
            if type(item) is str:
                if len(item) <= MAX_STRING:
                    texts[item] = None
            elif item is not None and key != skipped:
                collect(item, asked, texts, depth + 1)
    elif isinstance(value, str):
        if len(value) <= MAX_STRING:
            texts[value] = None
    elif isinstance(value, (int, float)):
        if not tells_nothing(value) and (not isinstance(value, int) or 0 < value < 10**18):
            texts[str(value)] = None
    elif depth > MAX_DEPTH:
        return
    elif isinstance(value, dict):
        for key, item in islice(value.items(), MAX_ITEMS):
            if isinstance(key, str) and len(key) <= MAX_KEY:
                texts[key] = None
                item = asked(key, item)
            if type(item) is str and len(item) <= MAX_STRING:  # spares most of the calls
                texts[item] = None
            elif item is not None:
                collect(item, asked, texts, depth + 1)
    elif isinstance(value, (list, tuple)):
        if len(value) == 2 and isinstance(value[0], str) and len(value[0]) <= MAX_KEY:
            value = (value[0], asked(value[0], value[1]))
        for item in value if len(value) <= MAX_ITEMS else ends(value):
            collect(item, asked, texts, depth + 1)
