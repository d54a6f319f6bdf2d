"""A bounded memory of what comes again."""

from __future__ import annotations

from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Recent(dict[K, V | None]):
    """`recent[key]` is None where a key is not known. When it is full, what was not asked for since it was
    full the last time is forgotten. Threads may share one: at worst they forget early."""

    def __init__(self, most: int) -> None:
        """`most`: in each of two generations."""
        super().__init__()
        self._most = most
        self._older: dict[K, V | None] = {}

    def __missing__(self, key: K) -> V | None:
        found = self._older.get(key)
        if found is not None:
            self[key] = found
        return found

    def __setitem__(self, key: K, value: Any) -> None:
        if len(self) >= self._most:
            self._older = dict(self)
            self.clear()
        super().__setitem__(key, value)
