"""What a frame's source says of its local variables: after `raw = form["password"]`, `raw` is one.

A local whose own name tells nothing takes that of what it was read from, or is handed on as.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
_ENDS = r"(?:$|[,;)]|or\b|\?\?|\|\||#)"
# Each finds a local and what it is called elsewhere; True where that name comes first.
_SAID: tuple[tuple[Any, bool], ...] = tuple(
    (bytes_pattern(pattern), turned)
    for pattern, turned in (
        (rf"\b{_WORD}\s*=\s*[^=\n\"']{{0,80}}{_READ}\s*[\"']{_NAME}[\"':]", False),  # raw = form["password"]
        (
            rf"\b{_WORD}\s*=\s*(?:await\s+)?[A-Za-z_$][\w$.\[\]()]{{0,80}}\.{_WORD}\s*{_ENDS}",
            False,
        ),  # x = user.phone
        (rf"\b{_WORD}\s*=\s*(?:await\s+)?(?:\w+\.){{0,4}}{_MADE}_?{_WORD}\(", False),  # code = generate_otp(
        (rf"\b{_USED}_?{_WORD}\(\s*{_WORD}\s*[,)]", True),  # check_password(raw, …
        (
            rf"\b{_USED}_?{_WORD}\(\s*(?:user|request|self|account|member)\w*,\s*{_WORD}\s*[,)]",
            True,
        ),  # verify_otp(user, s)
        (rf"\b(?i:(bearer|token|apikey|basic))\s+\$?\{{{_WORD}", True),  # f"Bearer {{raw}}"
        (rf"{_NAME}\s?[=:]\s?[\"']?\$?\{{{_WORD}[}}!:]", True),  # f"…&key={{raw}}"
        (
            rf"{_NAME}[=: ]{{1,2}}[\"'(\[]?%[sr][^\"'%]{{0,80}}[\"']\s*[,%]\s*\(?{_WORD}\s*[,)]",
            True,
        ),  # log("login %s", raw)
        (rf"\b{_WORD}\s*[=:]\s*{_WORD}\s*[,)}}]", True),  # login(password=raw)
        (rf"[\"']{_NAME}[\"']\s*[:\]]\s*=?\s*{_WORD}\s*(?:$|[,)}}])", True),  # {"password": raw}
        (rf"\b{_WORD}\s*:\s*{_WORD}\b", False),  # def f(raw: Password
    )
)


def called_elsewhere(frame: Mapping[Any, Any]) -> dict[str, str]:
    """Locals of `frame` whose names tell nothing, each with a telling one that the source has for it."""
    local = frame.get("vars")
    found: dict[str, str] = {}
    if not isinstance(local, dict):
        return found
    for line in _lines(frame):
        for pattern, turned in _SAID:
            for match in pattern.finditer(line):
                own, other = (match.group(1 + turned).decode(), match.group(2 - turned).decode())
                if own in local and own not in found and not kind_of_key(own) and kind_of_key(other):
                    found[own] = other
    return found


def _lines(frame: Mapping[Any, Any]) -> Iterator[bytes]:
    for name in _LINES:
        lines = frame.get(name)
        for line in lines if isinstance(lines, list) else [lines]:
            if isinstance(line, str) and len(line) <= _LONGEST:
                yield line.encode("utf-8", "replace")
