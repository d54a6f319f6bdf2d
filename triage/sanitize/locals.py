"""What a frame's source says of its local variables: after `raw = form["password"]`, `raw` is one.

A local whose own name tells nothing takes that of what it was read from, or is handed on as.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from triage.sanitize.keys import kind_of_key
from triage.sanitize.rule import bytes_pattern

_LINES = ("pre_context", "context_line", "post_context", "preContext", "contextLine", "postContext")
_LONGEST = 400  # bytes of a line
_WORD = r"([A-Za-z_$][A-Za-z0-9_$]{0,60})"
_NAME = r"([A-Za-z_][A-Za-z0-9_.\- ]{1,40})"
_READ = r"(?:\[|\bget[A-Za-z]{0,10}\(|\bpop\(|\bheader\(|\binput\(|\bprompt\()"
_MADE = r"(?:get|generate|make|create|read|load|fetch|decrypt|ask|new|random|issue|build)"
_USED = r"(?:check|verify|set|hash|encrypt|normali[sz]e|mask|parse|validate)"
_SET = r"(?:set|change|modify|reset|update|rotate)"
_ENDS = r"(?:\n|[,;)]|or\b|\?\?|\|\||#)"
# Each finds a local and what it is called elsewhere; True where that name comes first.
_SAID: tuple[tuple[Any, bool], ...] = tuple(
    (bytes_pattern(pattern), turned)
    for pattern, turned in (
        (
            rf"\b{_WORD}[ \t]*=[ \t]*[^=\n\"']{{0,80}}{_READ}[ \t]*[\"']{_NAME}[\"':]",
            False,
        ),  # raw = form["password"]
        (
            rf"\b{_WORD}[ \t]*=[ \t]*(?:await[ \t]+)?[A-Za-z_$][\w$.\[\]()]{{0,80}}\.{_WORD}[ \t]*{_ENDS}",
            False,
        ),  # x = user.phone
        (
            rf"\b{_WORD}[ \t]*=[ \t]*(?:await[ \t]+)?(?:\w+\.){{0,4}}{_MADE}_?{_WORD}\(",
            False,
        ),  # code = generate_otp(
        (rf"\b{_USED}_?{_WORD}\([ \t]*{_WORD}[ \t]*[,)]", True),  # check_password(raw, …
        (
            rf"\b{_USED}_?{_WORD}\([ \t]*(?:user|request|self|account|member)\w*,[ \t]*{_WORD}[ \t]*[,)]",
            True,
        ),  # verify_otp(user, s)
        (
            rf"(?:\b|_){_SET}_?{_WORD}\([^()\n]{{1,80}},[ \t]*{_WORD}[ \t]*\)",
            True,
        ),  # modify_password(dn, new)
        (rf"\b(?i:(bearer|token|apikey|basic))[ \t]+\$?\{{{_WORD}", True),  # f"Bearer {{raw}}"
        (rf"{_NAME}[ \t]?[=:][ \t]?[\"']?\$?\{{{_WORD}[}}!:]", True),  # f"…&key={{raw}}"
        (
            rf"{_NAME}[=: ]{{1,2}}[\"'(\[]?%[sr][^\"'%]{{0,80}}[\"'][ \t]*[,%][ \t]*\(?{_WORD}[ \t]*[,)]",
            True,
        ),  # log("login %s", raw)
        (rf"\b{_WORD}[ \t]*[=:][ \t]*{_WORD}[ \t]*[,)}}]", True),  # login(password=raw)
        (rf"[\"']{_NAME}[\"'][ \t]*[:\]][ \t]*=?[ \t]*{_WORD}[ \t]*(?:\n|[,)}}])", True),  # {"password": raw}
        (rf"\b{_WORD}[ \t]*:[ \t]*{_WORD}\b", False),  # def f(raw: Password
    )
)


def called_elsewhere(frame: Mapping[Any, Any]) -> dict[str, str]:
    """Locals of `frame` whose names tell nothing, each with a telling one that the source has for it."""
    local = frame.get("vars")
    found: dict[str, str] = {}
    if not isinstance(local, dict):
        return found
    for own, other in _said(_source(frame)):
        if own in local and own not in found and not kind_of_key(own):
            found[own] = other
    return found


def telling_lines(frame: Mapping[Any, Any]) -> tuple[str, ...]:
    """The lines of its source, where they say of any local what it is called elsewhere."""
    source = _source(frame)
    return tuple(source.split("\n")) if _said(source) else ()


def _source(frame: Mapping[Any, Any]) -> str:
    lines: list[Any] = []
    for name in _LINES:
        part = frame.get(name)
        if part:
            lines += part if isinstance(part, list) else (part,)
    return "\n".join([line for line in lines if isinstance(line, str) and len(line) <= _LONGEST] + [""])


@lru_cache(maxsize=1024)  # the same frames come again and again
def _said(lines: str) -> tuple[tuple[str, str], ...]:
    """(local, telling name) of each place where source gives it one. Read at once: asking each line by each
    pattern costs ten times as much."""
    text = lines.encode("utf-8", "replace")
    pairs = (
        (match.group(1 + turned).decode(), match.group(2 - turned).decode())
        for pattern, turned in _SAID
        for match in pattern.finditer(text)
    )
    return tuple((own, other) for own, other in pairs if kind_of_key(other) and own not in _WHOSE)


_WHOSE = frozenset(("user", "request", "self", "account", "member", "session", "db"))  # of whom, not what
