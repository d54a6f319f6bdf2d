"""Lists of arguments, `['redis-cli', '-a', '…']`, read as the command lines that they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from triage.sanitize.rule import Anchors, RuleBook, Span
from triage.sanitize.rules.structures import STRUCTURES

SIGNS = (b"', '-", b'", "-', b'","-', b"', b'-")
_COMMANDS = RuleBook(rule for rule in STRUCTURES if rule.kind == "command-password" and not rule.across)
_ANCHORS = Anchors(_COMMANDS.labels())
_JOINTS = ((b"', b'", b"      "), (b"', '", b"    "), (b'", "', b"    "), (b'","', b"   "))


def argued(data: bytes, most: int) -> Iterator[Span]:
    """What the rules for commands hide in `data` where it lists arguments. Blanks stand for what parts
    them, so places are the same."""
    line = data
    for joint, blanks in _JOINTS:
        line = line.replace(joint, blanks)
    hits = _ANCHORS.find(line.lower())
    if hits:
        yield from islice(_COMMANDS.find(line, _ANCHORS.awake(line, hits), most)[0], most)
