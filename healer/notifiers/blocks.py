"""Message -> Block Kit, inside Slack's limits. Pure.

Limits are of Slack's reference, but for the sum over a message's blocks, which Slack enforces and does not
document. It counts characters after escaping, so every cut here is made on escaped text.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from healer.protocols import Message
from triage.noun import Noun
from triage.sanitize import clean, for_slack

Block = dict[str, Any]

BLOCKS, MODAL_BLOCKS, TOTAL = 50, 100, 13_000
FALLBACK = 3000  # 4000 are recommended at most
SECTION, FIELDS, FIELD, HEADER = 3000, 10, 2000, 150
CONTEXT, ACTIONS, BUTTON, VALUE, URL = 10, 25, 75, 2000, 3000
IDENTIFIER, ALT, TITLE, METADATA, INPUT = 255, 2000, 24, 3000, 3000

LABELS = {
    "approve": "Approve",
    "changes": "Ask for changes",
    "reject": "Reject",
    "person": "Hand to a person",
    "snooze": "Snooze",
}
DONE = {
    "approve": "approved",
    "changes": "asked for changes",
    "reject": "rejected",
    "person": "handed to a person",
    "snooze": "snoozed",
}
STYLES = {"approve": "primary", "reject": "danger"}
FINAL = frozenset({"reject", "person"})
BADGE_FACTS = ("proof", "risk", "cost")


class Done(Noun):
    """What a person asked for. `who` is a Slack user id, or a name where it was asked elsewhere."""

    action: str
    who: str
    text: str = ""
    until: str = ""  # ISO date
    open: bool = True  # not carried out yet


def plain(text: str, limit: int) -> Block:
    """A plain_text object: no mention, link or markup in it acts."""
    return {"type": "plain_text", "text": cut(_flat(clean(text).text), limit) or "…", "emoji": False}


def mrkdwn(text: str, limit: int = SECTION) -> Block:
    """`text` is escaped already."""
    return {"type": "mrkdwn", "text": text[:limit] or "…"}


def inert(text: str, limit: int) -> str:
    """One line of foreign text for mrkdwn: nothing in it acts, nor looks like a line of ours."""
    escaped = for_slack(_flat(text))
    return escaped if len(escaped) <= limit else for_slack(cut(_flat(clean(text).text), limit))[:limit]


def cut(text: str, limit: int) -> str:
    """As much of `text` as stays within `limit` once Slack has escaped it."""
    if len(html.escape(text, quote=False)) <= limit:
        return text
    short = text[:limit]
    while short and len(html.escape(short, quote=False)) >= limit:
        over = len(html.escape(short, quote=False)) - limit + 1
        short = short[: -max(1, over // 5)]
    return short + "…"


def fallback(message: Message) -> str:
    """What a notification shows."""
    return inert(message.title, FALLBACK) or "…"


def summary(message: Message, done: Sequence[Done] = ()) -> list[Block]:
    """What broke, for whom, why, how far it is proven, and what a person can do about it."""
    blocks: list[Block] = [{"type": "header", "text": plain(message.title, HEADER)}]
    badges = {name: value for name, value in message.facts if name in BADGE_FACTS}
    if "proof" in badges:
        blocks.append(_context([f":white_check_mark: *proven by tests*: {inert(badges['proof'], 400)}"]))
    rest = [(name, value) for name, value in message.facts if name != "proof" and value.strip()]
    if rest:
        blocks.append({"type": "section", "fields": [_field(*fact) for fact in rest[:FIELDS]]})
    lines = [line for line in message.lines if line.strip()]
    if lines:
        blocks.append({"type": "section", "text": mrkdwn(_bounded(lines, SECTION - 100))})
    blocks += _said(done)
    return blocks + _buttons(message, done)


def news(message: Message) -> list[Block]:
    """A line in the thread: what changed; the message above it shows the whole."""
    lines = [message.title, *message.lines][:4]
    return [{"type": "section", "text": mrkdwn(_bounded(lines, 1500))}]


def _field(name: str, value: str) -> Block:
    return mrkdwn(f"*{inert(name, 100)}*\n{inert(value, 400)}", FIELD)


def _bounded(lines: Sequence[str], room: int) -> str:
    """Each line on one of ours, all together within `room`; what does not fit is counted."""
    kept: list[str] = []
    for n, line in enumerate(lines):
        text = "• " + inert(line, min(900, room))
        if sum(map(len, kept)) + len(kept) + len(text) > room - 40:
            kept.append(f"• … {len(lines) - n} more lines in the proposal")
            break
        kept.append(text)
    return "\n".join(kept)


def _said(done: Sequence[Done]) -> list[Block]:
    return [_context([_sentence(one) for one in done[-CONTEXT:]])] if done else []


def _sentence(one: Done) -> str:
    who = f"<@{one.who}>" if is_user_id(one.who) else inert(one.who, 80)
    until = f" until {inert(one.until, 20)}" if one.until else ""
    text = f": {inert(one.text, 300)}" if one.text else ""
    return f"*{DONE.get(one.action, 'acted')}*{until} by {who}{text}"


def is_user_id(text: str) -> bool:
    return len(text) < 40 and text[:1] in ("U", "W") and text.isalnum() and text.isupper() and text.isascii()


def remaining(actions: Sequence[str], done: Sequence[Done]) -> tuple[str, ...]:
    """The buttons that still mean something. Changes make an approval void; an end ends all."""
    if any(one.action in FINAL for one in done):
        return ()
    last = {one.action: n for n, one in enumerate(done)}
    gone = {"approve"} if last.get("approve", -1) > last.get("changes", -1) else set()
    gone |= {one.action for one in done if one.action in ("changes", "snooze") and one.open}
    return tuple(a for a in actions if a in LABELS and a not in gone)


def _buttons(message: Message, done: Sequence[Done]) -> list[Block]:
    value = json.dumps({"p": message.project, "k": message.thread}, ensure_ascii=True)
    buttons = [_button(action, value) for action in remaining(message.actions, done)]
    if is_link(message.link):
        look = {"type": "button", "action_id": "healer.open", "text": plain("Open", BUTTON)}
        buttons.append({**look, "url": message.link})
    if not buttons:
        return []
    return [{"type": "actions", "block_id": "healer", "elements": buttons}]


def _button(action: str, value: str) -> Block:
    text = plain(LABELS[action], BUTTON)
    button: Block = {"type": "button", "action_id": f"healer.{action}", "text": text, "value": value}
    return {**button, "style": STYLES[action]} if action in STYLES else button


def is_link(url: str) -> bool:
    if len(url) > URL or not url.isprintable() or any(c in url for c in ' <>|"'):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _context(texts: Sequence[str]) -> Block:
    return {"type": "context", "elements": [mrkdwn(text) for text in texts]}


def _flat(text: str) -> str:
    return " ".join(text.split())


def problems(blocks: Sequence[Mapping[str, Any]], *, most: int = BLOCKS) -> list[str]:
    """Where blocks pass one of Slack's limits, in words. Empty: Slack will take them."""
    found = [] if len(blocks) <= most else [f"{len(blocks)} blocks, at most {most}"]
    if most == BLOCKS and (size := sum(map(_characters, blocks))) > TOTAL:
        found.append(f"{size} characters in all blocks, at most {TOTAL}")
    for n, block in enumerate(blocks):
        found += [f"block {n} ({block.get('type')}): {why}" for why in _of_block(block)]
    return found


def _of_block(block: Mapping[str, Any]) -> Iterator[str]:
    yield from _longer("block_id", str(block.get("block_id", "")), IDENTIFIER)
    match block.get("type"):
        case "header":
            yield from _longer("text", block["text"]["text"], HEADER, least=1)
        case "section":
            if "text" in block:
                yield from _longer("text", block["text"]["text"], SECTION, least=1)
            yield from _more("fields", block.get("fields", ()), FIELDS)
            for field in block.get("fields", ()):
                yield from _longer("field", field["text"], FIELD, least=1)
        case "context":
            yield from _more("elements", block["elements"], CONTEXT)
            for element in block["elements"]:
                yield from _longer("element", element.get("text", "-"), SECTION, least=1)
        case "actions":
            yield from _more("elements", block["elements"], ACTIONS)
            for element in block["elements"]:
                yield from _of_button(element)
        case "input":
            yield from _longer("label", block["label"]["text"], 2000, least=1)
        case "divider":
            pass
        case other:
            yield f"{other} is no block that Healer sends"


def _of_button(button: Mapping[str, Any]) -> Iterator[str]:
    yield from _longer("button", button["text"]["text"], BUTTON, least=1)
    yield from _longer("value", str(button.get("value", "")), VALUE)
    yield from _longer("url", str(button.get("url", "")), URL)
    yield from _longer("action_id", str(button.get("action_id", "")), IDENTIFIER)


def _longer(what: str, text: str, limit: int, *, least: int = 0) -> Iterator[str]:
    size = len(text)
    if not least <= size <= limit:
        yield f"{what} has {size} characters, {least} to {limit} are allowed"


def _more(what: str, items: Sequence[Any], limit: int) -> Iterator[str]:
    if len(items) > limit:
        yield f"{len(items)} {what}, at most {limit}"


def _characters(value: Any) -> int:
    """Of everything that Slack shows."""
    if isinstance(value, Mapping):
        own = len(value["text"]) if isinstance(value.get("text"), str) else 0
        return own + sum(_characters(inner) for inner in value.values())
    if isinstance(value, list | tuple):
        return sum(map(_characters, value))
    return 0
