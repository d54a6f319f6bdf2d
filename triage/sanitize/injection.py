"""Signs that a text addresses a model rather than a person. Detection feeds a risk score; it is never the wall."""

from __future__ import annotations

import re2

_PHRASES = (
    ("override", r"(?i)\b(?:ignore|disregard|forget|override|bypass)\b(?:\W+\w+){0,5}?\W+(?:instructions?|prompts?|directions|guidelines|rules|context)\b"),
    ("chat-template", r"(?i)<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>|\[/?INST\]|<</?SYS>>"),
    ("role-play", r"(?i)\byou are now\b|\bact as (?:an? )?(?:unrestricted|root|admin|dan\b)|\bdeveloper mode\b|\bjailbreak"),
)
_COMPILED = tuple((name, re2.compile(pattern)) for name, pattern in _PHRASES)


def signs(raw: str, shown: str) -> tuple[str, ...]:
    """The names of the signs in a text, sorted; empty for a harmless one."""
    return tuple(sorted({name for name, pattern in _COMPILED if pattern.search(shown)}))


def risk(flags: tuple[str, ...]) -> float:
    """0..1 for a set of signs."""
    return min(1.0, 0.5 * len(flags))
