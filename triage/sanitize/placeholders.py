"""Typed, stable stand-ins: the same value always reads the same, so equality survives for debugging."""

from __future__ import annotations

import secrets
from hashlib import blake2b

import re2

_DIGEST = 3  # bytes
_PROCESS_KEY = secrets.token_bytes(16)
_PERSONAL = frozenset(
    "email phone card iban ip mac national-id passport licence birth-date name address geo user "
    "account person device health trait private".split()
)
PLACEHOLDER = r"\[(?:secret:[a-z0-9-]{2,40}|[a-z-]{2,12}):[0-9a-f]{6}\]"
_PLACEHOLDER = re2.compile(PLACEHOLDER.encode())
MASK = b"\x1a"  # stands for a placeholder while a text is searched


class Placeholders:
    """Names values by a keyed digest, e.g. `[secret:github-token:3f9a1c]` or `[email:08d2e7]`.

    One key per case (32 bytes or less, secret) makes placeholders equal across a case's events and
    unlinkable between cases. Without one, a key drawn at start-up serves the whole process.
    A digest of 24 bits tells values apart inside a case and is too short to confirm a guess by.
    """

    def __init__(self, key: bytes | None = None) -> None:
        self._key = (key or _PROCESS_KEY)[:64]

    def name(self, kind: str, value: str | bytes) -> str:
        raw = value.encode("utf-8", "replace") if isinstance(value, str) else value
        digest = blake2b(raw, digest_size=_DIGEST, key=self._key).hexdigest()
        return f"[{kind}:{digest}]" if kind in _PERSONAL else f"[secret:{kind}:{digest}]"

    def digest(self, text: str) -> bytes:
        """What tells a text apart for as long as the key is in use, and cannot be turned back."""
        return blake2b(
            text.encode("utf-8", "replace"), digest_size=16, key=self._key, person=b"text"
        ).digest()


def masked(data: bytes) -> bytes:
    """`data` with as many `MASK` bytes for each placeholder, so that what is hidden stays hidden, once."""
    if b"[" not in data or _PLACEHOLDER.search(data) is None:
        return data
    out: bytes = _PLACEHOLDER.sub(lambda match: MASK * (match.end() - match.start()), data)
    return out


def unnamed(text: str) -> str:
    """`text` with zeros for what tells placeholders apart: the same for texts that differ in nothing else."""
    if "[" not in text:
        return text
    out: bytes = _PLACEHOLDER.sub(lambda match: match.group()[:-7] + b"000000]", text.encode())
    return out.decode()


def is_placeholder(text: str) -> bool:
    """Whether `text` is one placeholder and nothing else."""
    return len(text) < 60 and text[:1] == "[" and _PLACEHOLDER.fullmatch(text.encode()) is not None
