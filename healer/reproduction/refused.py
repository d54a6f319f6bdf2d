"""A function that nobody can name, by how it refused a call: `pay() takes 1 positional argument but 2 …`."""

from __future__ import annotations

import re

_NAME = r"\A([\w.<>]{1,200})\(\) "
_TAKES = re.compile(
    _NAME + r"takes (?:from \d{1,2} to )?(\d{1,2}) positional arguments? but \d{1,2} (?:was|were) given"
)
_MISSING = re.compile(_NAME + r"missing \d{1,2} required [a-z-]{1,20} arguments?: (.{1,200})\Z")
_UNEXPECTED = re.compile(_NAME + r"got an unexpected keyword argument '\w{1,80}'")
_QUOTED = re.compile(r"'([A-Za-z_]\w{0,60})'")


def function(message: str) -> tuple[str, str]:
    """Its name, and the source of one that refuses the same call; ("", "") where the message is another."""
    message = message[:600]
    if found := _TAKES.match(message):
        names = ", ".join(f"arg_{n}" for n in range(int(found[2])))
        return found[1], f"(lambda {names}: None)".replace("lambda :", "lambda:")
    if (found := _MISSING.match(message)) and (missed := dict.fromkeys(_QUOTED.findall(found[2]))):
        return found[1], f"(lambda *args, {', '.join(missed)}, **kwargs: None)"
    if found := _UNEXPECTED.match(message):
        return found[1], "(lambda *args: None)"
    return "", ""
