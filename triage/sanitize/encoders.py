"""One encoder per channel. Each cleans first, then makes what is left inert where it will be read."""

from __future__ import annotations

import html
import json
import secrets

from triage.sanitize.characters import strictly_visible
from triage.sanitize.text import clean

MAX_SLACK = 2900  # characters: a section block holds 3000
_ZERO = "\u200b"


def _plain(text: str) -> str:
    return strictly_visible(clean(text).text)


def for_model(text: str, *, boundary: str | None = None) -> str:
    """`text` as one JSON string inside a random boundary, every word joined by a datamark."""
    mark = boundary or secrets.token_hex(8)
    marked = "\u02c6".join(_plain(text).replace("\u02c6", "^").split(" "))
    body = json.dumps(marked, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e")
    return f"<untrusted-{mark}>\n{body}\n</untrusted-{mark}>"


def for_github(text: str) -> str:
    """`text` inside a fence longer than any run of backticks in it: no mention, reference, link, HTML or keyword acts."""
    plain = _plain(text)
    longest = run = 0
    for char in plain:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{plain}\n{fence}"


def for_slack(text: str) -> str:
    """`text` escaped for mrkdwn: no mention, broadcast, link or code fence acts; at most 2900 characters."""
    plain = _plain(text).replace("`", "'")
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped[:MAX_SLACK]


def for_html(text: str) -> str:
    """`text` escaped for HTML content and quoted attributes."""
    return html.escape(_plain(text), quote=True)
