"""Whole events in Sentry's three shapes, with secrets planted in every corner and facts that must stay."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from benchmarks.corpora.sanitize.make import ALNUM, LOWER_HEX, password, pem, run, uuid
from benchmarks.corpora.sanitize.personal import _card, _email, _ip


@dataclass(frozen=True)
class Planted:
    """An event, the values that must not be left in it, and the facts that debugging needs."""

    event: dict[str, Any]
    secrets: tuple[str, ...]
    facts: tuple[str, ...]


def planted(rng: random.Random, shape: str) -> Planted:
    token, word, key = "ghp" + "_" + run(rng, ALNUM, 36), password(rng), run(rng, ALNUM, 32)
    mail, card, ip, block = _email(rng), _card(rng), _ip(rng), pem(rng)
    sql = f"[SQL: UPDATE users SET password=%(p)s WHERE id=%(id)s]\n[parameters: {{'p_password': '{word}', 'id': 42}}]"
    event_id, sha, order = (
        run(rng, LOWER_HEX, 32),
        run(rng, LOWER_HEX, 40),
        f"2026-{rng.randrange(100000, 999999)}",
    )
    frames = [
        {"filename": "django/core/handlers/base.py", "function": "_get_response", "lineno": 197, "in_app": False,
         "abs_path": "/usr/local/lib/python3.11/site-packages/django/core/handlers/base.py", "vars": {"request": key}},
        {"filename": "shop/cart.py", "abs_path": "/srv/app/shop/cart.py", "module": "shop.cart", "function": "total", "lineno": 42, "in_app": True,
         "context_line": "    return sum(item.price for item in items) / len(items)", "pre_context": ["def total(items):", "    token = get_token()"],
         "vars": {"items": [], "password": f"'{word}'", "order": f"'{order}'", "body": f"b'{{\"card\": \"{card}\"}}'", "conn": f"'postgres://app:{quote(word)}@db:5432/shop'",
                  "headers": [["b'host'", "b'shop.example'"], ["b'authorization'", f"b'Bearer {key}'"]], "nested": {"deep": {"er": [{"apiKey": f"'{key}'"}]}}}},
    ]  # fmt: skip
    event: dict[str, Any] = {
        "event_id": event_id, "release": sha, "platform": "python", "level": "error", "transaction": "/cart/{cart_id}/total/",
        "timestamp": "2026-11-20T10:28:18.366537Z", "contexts": {"trace": {"trace_id": event_id[::-1]}, "runtime": {"name": "CPython", "version": "3.11.7"}},
        "exception": {"values": [{"type": "ZeroDivisionError", "value": f"division by zero for order {order} ({mail})", "stacktrace": {"frames": frames}},
                                 {"type": "OperationalError", "value": sql}]},
        "request": {"url": f"https://shop.example/cart?api_key={key}&page=2", "method": "POST", "query_string": f"api_key={key}&page=2",
                    "headers": [["Authorization", f"Bearer {token}"], ["Cookie", f"theme=dark; sid={key}"], ["User-Agent", "curl/8.5.0"], ["X-Forwarded-For", ip]],
                    "cookies": {"sid": key}, "data": json.dumps({"user": {"email": mail, "pass": word}, "qty": 3})},
        "user": {"id": "4711", "email": mail, "ip_address": ip},
        "extra": {"config": json.dumps({"inner": json.dumps({"secret": key, "retries": 5})}), "pem": block, "argv": ["serve.py", "--token", token, "--port", "8080"]},
        "breadcrumbs": {"values": [{"category": "httplib", "message": f"GET https://u:{quote(word)}@api.example/x", "data": {"status_code": 502, "X-Api-Key": key}}]},
        "tags": [["server", "app-1"], ["session_token", key]], "modules": {"django": "5.2.19"}, "server_name": "app-1", "id": uuid(rng),
    }  # fmt: skip
    facts = (
        event_id, sha, order, "ZeroDivisionError", "division by zero", "shop/cart.py", "/srv/app/shop/cart.py", "shop.cart", "sum(item.price for item in items)",
        "token = get_token()", "UPDATE users SET", "page=2", "curl/8.5.0", "4711", "5.2.19", "3.11.7", "app-1", "2026-11-20T10:28:18.366537Z", "/cart/{cart_id}/total/",
        event["id"], "db:5432/shop", "8080", "502", "theme", "shop.example", "retries", "httplib", "qty", "OperationalError", "_get_response",
    )  # fmt: skip
    secrets = (token, word, key, mail, card, ip, block[40:100])
    return Planted(_shaped(event, shape), secrets, tuple(fact for fact in facts if fact != "theme"))


def _shaped(event: dict[str, Any], shape: str) -> dict[str, Any]:
    if shape == "webhook":
        return {
            "action": "triggered",
            "data": {"event": event, "triggered_rule": "all"},
            "actor": {"type": "application", "id": "sentry"},
        }
    if shape == "envelope":
        return event
    exceptions = {"values": [_camel(value) for value in event["exception"]["values"]]}
    entries = [
        {"type": "exception", "data": exceptions},
        {"type": "request", "data": event["request"]},
        {"type": "breadcrumbs", "data": event["breadcrumbs"]},
    ]
    rest = {
        key: value
        for key, value in event.items()
        if key not in ("exception", "request", "breadcrumbs", "tags", "extra")
    }
    return {
        **rest,
        "entries": entries,
        "context": event["extra"],
        "tags": [{"key": key, "value": value} for key, value in event["tags"]],
    }


def _camel(exception: dict[str, Any]) -> dict[str, Any]:
    frames = [
        {"absPath": frame.get("abs_path"), "lineNo": frame["lineno"], "inApp": frame["in_app"],
         "context": [[41, line] for line in [*frame.get("pre_context", []), frame.get("context_line", "")]],
         **{key: frame[key] for key in ("filename", "module", "function", "vars") if key in frame}}
        for frame in exception.get("stacktrace", {}).get("frames", [])
    ]  # fmt: skip
    return {"type": exception["type"], "value": exception["value"], "stacktrace": {"frames": frames}}


def corpus(rng: random.Random, size: int) -> list[Planted]:
    return [planted(rng, shape) for _ in range(size) for shape in ("envelope", "webhook", "api")]
