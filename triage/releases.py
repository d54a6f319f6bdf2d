"""Which of two releases is the newer one, where their names tell."""

from __future__ import annotations

import re
from enum import StrEnum

_SHA = re.compile(r"(?=[0-9]*[a-f])[0-9a-f]{7,64}|[0-9]{40}")
_NUMBERS = re.compile(r"[0-9]{1,18}")
_VERSION = re.compile(r"v?([0-9]{1,18}(?:[._-][0-9]{1,18})*)(.*)", re.DOTALL)
_PRERELEASE = re.compile(r"[._-]?(dev|alpha|beta|preview|pre|rc|a|b|c|snapshot)(?![a-z])", re.IGNORECASE)
_STAGE = {
    "dev": 0, "snapshot": 0, "alpha": 1, "a": 1, "beta": 2, "b": 2, "preview": 3, "pre": 3, "c": 3, "rc": 3,
}  # fmt: skip
_FINAL = 9

Key = tuple[tuple[int, ...], int, tuple[int, ...]]


class Order(StrEnum):
    NEWER = "newer"
    SAME = "same"
    OLDER = "older"
    UNKNOWN = "unknown"  # commits, other packages, or words


def compare(one: str, other: str) -> Order:
    """How `one` stands to `other`: `shop@1.10.0` is newer than `shop@1.9`, `2024-12-11` than `2024-02-01`."""
    package, version = _split(one)
    other_package, other_version = _split(other)
    if one == other or _same_commit(version, other_version):
        return Order.SAME
    key, other_key = _key(version), _key(other_version)
    if package != other_package or key is None or other_key is None:
        return Order.UNKNOWN
    if key == other_key:
        return Order.SAME if _build(version) == _build(other_version) else Order.UNKNOWN
    return Order.NEWER if key > other_key else Order.OLDER


def _split(release: str) -> tuple[str, str]:
    """Sentry's `package@version`; before a version, a name that ends where the digits begin."""
    package, _, version = release.strip()[:200].rpartition("@")
    if package or _VERSION.match(version) or _SHA.fullmatch(version):
        return package, version
    digit = _NUMBERS.search(version)
    at = digit.start() if digit else len(version)
    return version[:at].rstrip("vV").rstrip("-_. "), version[at:]


def _same_commit(one: str, other: str) -> bool:
    shas = _SHA.fullmatch(one) and _SHA.fullmatch(other)
    return bool(shas) and (one.startswith(other) or other.startswith(one))


def _build(version: str) -> str:
    return version.partition("+")[2]


def _key(version: str) -> Key | None:
    """Comparable parts: numbers, then stage (a final release is above its candidates), then its number."""
    plain = version.partition("+")[0]
    found = _VERSION.fullmatch(plain)
    if found is None or _SHA.fullmatch(plain):
        return None
    numbers = tuple(int(number) for number in _NUMBERS.findall(found[1]))
    stage = _PRERELEASE.match(found[2])
    rest = tuple(int(number) for number in _NUMBERS.findall(found[2])[:6])
    while numbers and numbers[-1] == 0:
        numbers = numbers[:-1]
    return numbers, _STAGE[stage[1].lower()] if stage else _FINAL, rest
