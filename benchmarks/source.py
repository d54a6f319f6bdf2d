"""A checkout held in memory, for benchmarks and tests."""

from __future__ import annotations

from collections.abc import Mapping


class Files:
    """A `Source` over a mapping of path -> text."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = dict(files)

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self.files))

    def read(self, path: str) -> str | None:
        return self.files.get(path)
