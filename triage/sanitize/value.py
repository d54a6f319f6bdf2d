"""A value beside its name, and what tells code, prose and settings from it."""

from __future__ import annotations

from typing import NamedTuple

from triage.sanitize.rule import bytes_pattern
from triage.sanitize.validators import digits, entropy


class Value(NamedTuple):
    """`style` says how name and value are joined: assign, pair, call, sql, flag, xml, spoken or beside."""

    kind: str
    data: bytes
    start: int
    end: int
    separator: bytes = b"="
    style: str = "assign"
    quoted: bool = True

    @property
    def value(self) -> bytes:
        return self.data[self.start : self.end]

    @property
    def following(self) -> bytes:
        after = self.data[self.end : self.end + 2]
        return b"\n" if after == b" \n" else after[:1]

    @property
    def tight(self) -> bool:
        """Joined without a space, as in `a=b`, which is how machines write it."""
        return (
            not self.quoted
            and self.style == "assign"
            and not self.separator[-1:].isspace()
            and b":" not in self.separator
        )


_PROSE = frozenset(
    b"""is are was must should cannot can't not too required invalid field your the this that please enter
    may have has missing expired incorrect wrong characters least match does do failed for from with
    when than been be will already to of and or es ist muss nicht est doit pas debe requerido
    obbligatorio verplicht""".split()
)
NO_CAPITALS = bytes(byte for byte in range(256) if not 65 <= byte <= 90)


def has_digit(value: bytes) -> bool:
    return bool(digits(value))


def is_contract(value: bytes) -> bool:
    """Whether a chain may have published an address of this form, as it does a token's."""
    return value[:2] == b"0x" and len(value) == 42


def is_prose(value: bytes) -> bool:
    words = value.lower().split()
    return len(words) > 1 and any(word.strip(b".,:;!") in _PROSE for word in words)


def is_code(found: Value, value: bytes) -> bool:
    """A name, an attribute path or a call, as in `token = request.headers.get(…)`."""
    if found.quoted or (found.kind == "password" and is_setting(found, value)):
        return False
    if found.following in (b"(", b"[") or (value[:1] in (b"$", b"@", b"%") and not has_digit(value)):
        return True
    called, bracket, _ = value.partition(b"(")
    if bracket and found.kind != "password" and called.replace(b".", b"").replace(b"_", b"").isalpha():
        return True
    if (
        value
        == found.data[found.start - len(value) - len(found.separator) : found.start - len(found.separator)]
    ):
        return True  # token=token
    plain = value.replace(b".", b"").replace(b"_", b"")
    if not plain.isalnum() or value[:1].isdigit():
        return False
    if (
        found.kind == "password"
        and found.following in (b"", b"\n", b"\r")
        and has_digit(value)
        and found.separator[-1:].isspace()
    ):
        return False
    if found.following in (b")", b",", b".", b":", b"}", b"]") or not found.tight:
        return reads_like_a_name(value)
    return b"." in value and not has_digit(plain)


def reads_like_a_name(value: bytes) -> bool:
    """Letters with at most a digit or two at the end, in one case or in words: `old_password`, `tokens2`."""
    if len(digits(value)) > 1:
        return False
    parts = [part for part in value.replace(b".", b"_").split(b"_") if part]
    return all(
        part.rstrip(b"0123456789").isalpha() and len(part) <= 20 and not scrambled(part) for part in parts
    )


def is_class_name(value: bytes) -> bool:
    """Words with capitals, each long enough to be one: `AsyncX509IdentityAuth`."""
    return len(value) > 9 and _CLASS_NAME.fullmatch(value) is not None


_CLASS_NAME = bytes_pattern(
    r"(?:[A-Z][a-z]{2,14}|[A-Z][0-9]{1,4}|[A-Z]{2,4}){1,8}[A-Z][a-z]{3,14}", captures=False
)


def scrambled(value: bytes) -> bool:
    """Letters in no order: more capitals than CamelCase has, or runs of them that nobody could say."""
    capitals = len(value.translate(None, NO_CAPITALS))
    if not len(value) < 4 * capitals < 3 * len(value):
        return False
    if len(value) >= 12:
        return entropy(value) > 3
    return len(value) >= 8 and _UNSPEAKABLE.search(value) is not None


# Capitals that no word and no usual abbreviation has inside: `GLFthoiJFM`, `qBFOCTplA`.
_UNSPEAKABLE = bytes_pattern(
    r"[a-z][A-Z]{5}|^[A-Z]{2,}[a-z]+[A-Z]{2,}$|[a-z][B-DF-HJ-NP-TV-Z]{4}|[a-z][A-Z]{2,}[a-z]{1,2}[A-Z]|[a-z][A-Z][a-z][A-Z]|[A-Z][b-df-hj-np-tv-z]{4}",
    captures=False,
)


def is_setting(found: Value, value: bytes) -> bool:
    """`mail.password: …` or `DB_PASSWORD: …` alone on its line is a file of settings, not a sentence."""
    line = found.data[max(0, found.data.rfind(b"\n", 0, found.start)) : found.start].strip()
    name = line.rstrip(b":= \t")
    return (
        len(value) >= 8
        and value.isalnum()
        and found.style == "assign"
        and found.following in (b"", b"\n", b"\r")
        and (b"." in name or b"_" in name)
        and b" " not in name
    )
