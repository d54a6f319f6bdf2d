"""Where a new test goes, and what it is called, in this repository."""

from __future__ import annotations

from healer.case import Target
from healer.reproduction.index import Index, is_test

_FOLDERS = ("tests", "test")


def folder(target: Target, index: Index, near: str = "") -> str:
    """The folder that holds the project's tests, or `tests` where it has none. Of several the one that stands
    closest above the file `near`, then the one with most tests."""
    named = [t.rstrip("/") for t in target.tests if not t.endswith(".py")]
    files = [p for p in index.paths if is_test(p) and p.rpartition("/")[2].startswith("test")]
    filled = {path: sum(f.startswith(f"{path}/") for f in files) for path in named}
    if any(filled.values()):
        return _unit(
            max(filled, key=lambda path: (filled[path] > 0, _above(path, near), filled[path])), files
        )
    if named:
        return named[0]
    own = [f.rpartition("/")[0] for f in files]
    if own:
        return min(own, key=lambda d: (d.count("/"), len(d), d))
    return next((f for f in _FOLDERS if any(p.startswith(f"{f}/") for p in index.paths)), "tests")


def _above(path: str, near: str) -> int:
    """How deep the folder of a test folder lies on the way to a file; -1 where it lies elsewhere."""
    parent = path.rpartition("/")[0]
    return len(parent) if not parent or near.startswith(f"{parent}/") else -1


def _unit(path: str, files: list[str]) -> str:
    """Below `tests`, where the project parts unit tests from the rest, among the unit tests."""
    return f"{path}/unit" if any(f.startswith(f"{path}/unit/") for f in files) else path


def file_name(directory: str, stem: str, taken: frozenset[str]) -> str:
    """A path that does not exist yet."""
    prefix = f"{directory}/" if directory else ""
    path, n = f"{prefix}{stem}.py", 1
    while path in taken:
        n += 1
        path = f"{prefix}{stem}_{n}.py"
    return path
