"""A Slack that keeps state and refuses what the real one refuses. Driven by the real slack-sdk.

Loopback only. Every request is checked against the limits table; what breaks one is answered as Slack does
and is kept in `broken`, so that a test can ask for none.
"""

from __future__ import annotations

import html
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

TABLE = json.loads((Path(__file__).parents[1] / "samples" / "slack" / "limits.json").read_text())
LIMIT = {(row["where"], row["field"]): row["limit"] for row in TABLE}
SUM = LIMIT["message", "all blocks together"]


@dataclass
class Slack:
    """`failures`: what the next calls meet: ("429", seconds), ("500",), ("lost",): done, answer lost;
    ("refused", code). `methods`: every call, in order."""

    channels: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: {"C0ALERTS": []})
    views: list[dict[str, Any]] = field(default_factory=list)
    whispers: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: deque[tuple[Any, ...]] = field(default_factory=deque)
    methods: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    url: str = ""
    socket: str = ""  # where Socket Mode connects to
    scopes: str = "chat:write,files:write,channels:history"
    clock: float = 1795167000.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def messages(self, channel: str = "C0ALERTS", thread: str | None = None) -> list[dict[str, Any]]:
        return [m for m in self.channels[channel] if m.get("thread_ts") == thread]

    def call(self, method: str, arguments: dict[str, Any]) -> dict[str, Any]:
        name = method.replace(".", "_")
        if not hasattr(self, f"_{name}"):
            return _no("unknown_method")
        return getattr(self, f"_{name}")(arguments)

    def _chat_postMessage(self, sent: dict[str, Any]) -> dict[str, Any]:
        wrong = self._wrong(sent)
        if wrong:
            return wrong
        if any(sent.get(name) not in (False, "0", 0) for name in ("unfurl_links", "unfurl_media")):
            self.broken.append("links would unfurl")
        thread = sent.get("thread_ts")
        if thread and not any(m["ts"] == thread for m in self.channels[sent["channel"]]):
            return _no("thread_not_found")
        message = {**sent, "ts": self._ts(), "user": "U0BOT", "bot_id": "B0HEALER"}
        self.channels[sent["channel"]].append(message)
        return {"ok": True, "channel": sent["channel"], "ts": message["ts"], "message": message}

    def _chat_update(self, sent: dict[str, Any]) -> dict[str, Any]:
        wrong = self._wrong(sent)
        if wrong:
            return wrong
        for message in self.channels[sent["channel"]]:
            if message["ts"] == sent["ts"]:
                message.update({**sent, "edited": True})
                return {"ok": True, "channel": sent["channel"], "ts": sent["ts"]}
        return _no("message_not_found")

    def _chat_postEphemeral(self, sent: dict[str, Any]) -> dict[str, Any]:
        wrong = self._wrong(sent)
        if wrong:
            return wrong
        self.whispers.append(sent)
        return {"ok": True, "message_ts": self._ts()}

    def _conversations_history(self, sent: dict[str, Any], thread: str | None = None) -> dict[str, Any]:
        if sent["channel"] not in self.channels:
            return _no("channel_not_found")
        oldest = float(sent.get("oldest", 0))
        found = [m for m in self.messages(sent["channel"], thread) if float(m["ts"]) > oldest]
        if str(sent.get("include_all_metadata")).lower() not in ("true", "1"):
            found = [{k: v for k, v in m.items() if k != "metadata"} for m in found]
        page, start = int(sent.get("limit", 100)), int(sent.get("cursor") or 0)
        newest = list(reversed(found))
        rest = str(start + page) if start + page < len(newest) else ""
        shown = newest[start : start + page]
        return {"ok": True, "messages": shown, "response_metadata": {"next_cursor": rest}}

    def _conversations_replies(self, sent: dict[str, Any]) -> dict[str, Any]:
        return self._conversations_history(sent, sent["ts"])

    def _auth_test(self, sent: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "team": "Acme", "team_id": "T0ACME", "user_id": "U0BOT", "bot_id": "B0HEALER"}

    def _apps_connections_open(self, sent: dict[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": self.socket} if self.socket else _no("not_allowed_token_type")

    def _views_open(self, sent: dict[str, Any]) -> dict[str, Any]:
        view = sent["view"]
        for where in ("title", "submit/close"):
            for name in where.split("/"):
                self._size(view[name]["text"], LIMIT["modal", where], f"modal {name}")
        self._size(view["private_metadata"], LIMIT["modal", "private_metadata"], "private_metadata")
        self._blocks(view["blocks"], LIMIT["modal", "blocks"])
        if not sent.get("trigger_id"):
            return _no("invalid_arguments")
        self.views.append(sent)
        return {"ok": True, "view": {"id": f"V{len(self.views)}"}}

    def _files_getUploadURLExternal(self, sent: dict[str, Any]) -> dict[str, Any]:
        number = f"F{len(self.files) + 1}"
        self.files[number] = {"id": number, "name": sent["filename"], "length": int(sent["length"])}
        return {"ok": True, "upload_url": f"{self.url}/upload/{number}", "file_id": number}

    def _files_completeUploadExternal(self, sent: dict[str, Any]) -> dict[str, Any]:
        files = [self.files[one["id"]] for one in sent["files"]]
        if any(file["length"] != len(file.get("data", b"")) for file in files):
            return _no("file_size_differs")
        shown = [{"id": f["id"], "name": f["name"]} for f in files]
        shared = {"ts": self._ts(), "thread_ts": sent.get("thread_ts"), "files": shown, "text": ""}
        self.channels[sent["channel_id"]].append(shared)
        return {"ok": True, "files": shown}

    def _wrong(self, sent: dict[str, Any]) -> dict[str, Any] | None:
        if sent.get("channel") not in self.channels:
            return _no("channel_not_found")
        text, blocks = sent.get("text", ""), sent.get("blocks", [])
        if not text and not blocks:
            return _no("no_text")
        if sent.get("parse", "none") != "none" or sent.get("link_names") in (True, "1", 1):
            self.broken.append("plain names would become mentions")
        known = len(self.broken)
        self._size(text, LIMIT["message", "text (fallback)"], "text")
        self._blocks(blocks, LIMIT["message", "blocks"])
        if sum(_shown(b) for b in blocks) > SUM:
            self.broken.append("the sum of the blocks")
            return _no("msg_blocks_too_long")
        return _no("invalid_blocks") if len(self.broken) > known else None

    def _blocks(self, blocks: list[dict[str, Any]], most: int) -> None:
        if len(blocks) > most:
            self.broken.append(f"{len(blocks)} blocks")
        identities = [b["block_id"] for b in blocks if "block_id" in b]
        if len(set(identities)) < len(identities):
            self.broken.append("a block_id twice")
        for block in blocks:
            self._block(block)

    def _block(self, block: dict[str, Any]) -> None:
        kind = block["type"]
        self._size(block.get("block_id", "-"), LIMIT["block", "block_id"], "block_id")
        if kind == "header":
            self._plain(block["text"], LIMIT["header", "text.text"], "header")
        elif kind == "section":
            if "text" in block:
                self._text(block["text"], LIMIT["section", "text.text"], "section")
            fields = block.get("fields", [])
            if len(fields) > LIMIT["section", "fields"] or ("text" not in block and not fields):
                self.broken.append(f"{len(fields)} fields")
            for one in fields:
                self._text(one, LIMIT["section", "fields[].text"], "field")
        elif kind == "context":
            if not 1 <= len(block["elements"]) <= LIMIT["context", "elements"]:
                self.broken.append("context elements")
            for one in block["elements"]:
                self._text(one, LIMIT["section", "text.text"], "context")
        elif kind == "actions":
            if not 1 <= len(block["elements"]) <= LIMIT["actions", "elements"]:
                self.broken.append("actions")
            for one in block["elements"]:
                self._button(one)
            names = [one["action_id"] for one in block["elements"]]
            if len(set(names)) < len(names):
                self.broken.append("an action_id twice")
        elif kind == "input":
            self._plain(block["label"], LIMIT["input", "label"], "label")
        elif kind != "divider":
            self.broken.append(f"block {kind}")

    def _button(self, button: dict[str, Any]) -> None:
        self._plain(button["text"], LIMIT["button", "text.text"], "button")
        self._size(button.get("value", "-"), LIMIT["button", "value"], "value")
        self._size(button.get("url", "-"), LIMIT["button", "url"], "url")
        self._size(button["action_id"], LIMIT["element", "action_id"], "action_id")
        if button.get("style", "primary") not in ("primary", "danger"):
            self.broken.append("style")

    def _plain(self, text: dict[str, Any], limit: int, what: str) -> None:
        if text["type"] != "plain_text":
            self.broken.append(f"{what} is not plain")
        self._size(html.escape(text["text"], quote=False), limit, what)

    def _text(self, text: dict[str, Any], limit: int, what: str) -> None:
        if text["type"] == "plain_text":
            return self._plain(text, limit, what)
        return self._size(text["text"], limit, what)

    def _size(self, text: str, limit: int, what: str) -> None:
        if not 1 <= len(text) <= limit:
            self.broken.append(f"{what} has {len(text)} characters of {limit}")

    def _ts(self) -> str:
        self.clock += 1.0001
        return f"{self.clock:.6f}"


def _no(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}


def _shown(value: Any) -> int:
    if isinstance(value, dict):
        return sum(len(v) if k == "text" and isinstance(v, str) else _shown(v) for k, v in value.items())
    return sum(map(_shown, value)) if isinstance(value, list) else 0


class Serving:
    """`with Serving(slack)`: the state served on a free port of this machine."""

    def __init__(self, slack: Slack) -> None:
        self.slack = slack
        handler = type("Handler", (_Handler,), {"slack": slack})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        slack.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> Slack:
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self.slack

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    slack: Slack

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self._serve(urlsplit(self.path).query)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.startswith("/upload/"):
            self.slack.files[self.path.rpartition("/")[2]]["data"] = body
            return self._answer(200, {"ok": True})
        return self._serve(body.decode())

    def _serve(self, text: str) -> None:
        method = urlsplit(self.path).path.rpartition("/")[2]
        with self.slack.lock:
            self.slack.methods.append(method)
            failure = self.slack.failures.popleft() if self.slack.failures else ("none",)
            match failure:
                case ("429", seconds):
                    return self._answer(429, _no("ratelimited"), {"Retry-After": str(seconds)})
                case ("500",):
                    return self._answer(500, _no("internal_error"))
                case ("refused", code):
                    return self._answer(200, _no(code))
            prefix = "xapp-" if method == "apps.connections.open" else "xoxb-"
            if not self.headers.get("authorization", "").startswith(f"Bearer {prefix}"):
                return self._answer(200, _no("not_authed"))
            answer = self.slack.call(method, _arguments(self.headers.get("content-type", ""), text))
            if failure == ("lost",):
                self.close_connection = True
                return None
            return self._answer(200, answer)

    def _answer(self, status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        for name, value in {
            "Content-Type": "application/json",
            "X-OAuth-Scopes": self.slack.scopes,
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _arguments(content_type: str, text: str) -> dict[str, Any]:
    if "json" in content_type:
        return dict(json.loads(text or "{}"))
    plain = {name: values[0] for name, values in parse_qs(text).items()}
    return {name: json.loads(value) if value[:1] in "[{" else value for name, value in plain.items() if value}
