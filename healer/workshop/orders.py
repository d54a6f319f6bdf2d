"""What a run is told: arguments, canaries, key. Pure but for randomness."""

from __future__ import annotations

import json
import re
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

TREE = "/work"  # where the sandbox shows the tree
PROBE = "/opt/healer"  # where it shows the probe
_WORDS = ("amber", "birch", "cedar", "delta", "fjord", "grove", "heron", "knoll", "larch", "maple", "ocean")

_COUNTS = re.compile(
    r"=* ?\d{1,9} (failed|passed|error|skipped|deselected|xfailed)[^\n]{0,200} in [\d.]{1,12}s"
)
_HOLDS = """\
def test_{mark}_holds():
    total = {a} + {b}
    assert total == {c}
"""
_BREAKS = """\
import unittest


def test_{mark}_breaks():
    total = {a} + {b}
    assert total == {c} + 1


class Test{mark}(unittest.TestCase):
    def test_{mark}_breaks(self):
        self.assertEqual({a} + {b}, {c} + 1)
"""
_BREAKS_PLAINLY = """\
def test_{mark}_breaks():
    total = {a} + {b}
    assert total == {c} + 1
"""
_NO_RAISE = """

def test_{mark}_raises():
    import pytest

    with pytest.raises(KeyError):
        dict(a={a})["a"]
"""


@dataclass(frozen=True, slots=True)
class Canaries:
    """Tests with fresh names whose outcome is known: who forces passes or failures flips one."""

    mark: str
    files: dict[str, str]
    good: frozenset[str]
    bad: frozenset[str]

    @property
    def names(self) -> frozenset[str]:
        return self.good | self.bad

    def own(self, test: str) -> bool:
        """Also under another path: a symlink of the tree may lead to the same files again. And what a plug-in
        adds to every file that it finds, as linters do: `test_….py::ruff`."""
        file = PurePosixPath(test.partition("::")[0]).name
        return bool(self.mark) and (
            self.mark in test or file in {PurePosixPath(path).name for path in self.files}
        )


def canaries(folder: str, runner: str) -> Canaries:
    mark = "".join(secrets.choice(_WORDS) for _ in range(2)) + secrets.token_hex(3)
    a, b = secrets.randbelow(900) + 7, secrets.randbelow(900) + 7
    fill = {"mark": mark, "a": a, "b": b, "c": a + b}
    first, second = (_path(folder) for _ in range(2))
    bad = [f"{second}::test_{mark}_breaks"]
    text = (_BREAKS_PLAINLY if runner == "plain" else _BREAKS).format(**fill)
    if runner != "plain":
        bad.append(f"{second}::Test{mark}::test_{mark}_breaks")
    if runner == "pytest":
        text += _NO_RAISE.format(**fill)
        bad.append(f"{second}::test_{mark}_raises")
    return Canaries(
        mark=mark,
        files={first: _HOLDS.format(**fill), second: text},
        good=frozenset({f"{first}::test_{mark}_holds"}),
        bad=frozenset(bad),
    )


def _path(folder: str) -> str:
    name = f"test_{secrets.choice(_WORDS)}_{secrets.choice(_WORDS)}_{secrets.token_hex(4)}.py"
    return str(PurePosixPath(folder or ".") / name)


@dataclass(frozen=True, slots=True)
class Orders:
    """One run's orders, written for the probe and deleted by it before repository code runs."""

    runner: str  # pytest | unittest | django | plain | junit
    args: tuple[str, ...]
    roots: tuple[str, ...]
    names: tuple[str, ...]
    watch: tuple[tuple[str, int], ...] = ()
    select: tuple[str, ...] = ()  # node ids, or files: nothing else is run; () runs what the arguments name
    mark: str = ""
    checks: tuple[str, ...] = ()  # names of the canaries' files
    checkout: str = ""
    seed: int = 0
    survey: float = 0.0
    junit: str = ""
    manage: tuple[str, ...] = ()  # Django's script, and the words for its command `test`
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    path: str = field(default_factory=lambda: f".orders-{secrets.token_hex(8)}")

    def text(self) -> str:
        told: dict[str, Any] = {
            "key": self.key.hex(),
            "tree": TREE,
            "runner": self.runner,
            "args": list(self.args),
            "roots": list(self.roots),
            "names": list(self.names),
            "watch": [list(w) for w in self.watch],
            "select": list(self.select),
            "mark": self.mark,
            "checks": list(self.checks),
            "checkout": self.checkout.rstrip("/"),
            "seed": self.seed,
            "survey": self.survey,
            "junit": self.junit,
            "manage": list(self.manage),
            "junit_limit": 16 * 1024 * 1024,
        }
        return json.dumps(told)


def roots_inside(source_roots: Iterable[str], folder: str) -> tuple[str, ...]:
    """Absolute source roots in the sandbox; last the folder the tests start in, as `python -m` has it."""
    inside = [str(PurePosixPath(TREE) / root) for root in (*source_roots, folder)]
    return tuple(dict.fromkeys(inside))


def pytest_args(
    select: Sequence[str], options: Sequence[str], *, required_plugins: bool, rough: bool = False
) -> tuple[str, ...]:
    # Other styles parse the files of a traceback, which fails where a destructor raises meanwhile.
    own = [f"--rootdir={TREE}", "-q", "--tb=native", "--color=no", "--continue-on-collection-errors"]
    own += ["-p", "no:randomly", "-o", "addopts=", "-o", "cache_dir=/tmp/.pytest_cache"]
    # A mark of a plugin that is not installed says nothing about the code under test.
    own += ["-W", "ignore::pytest.PytestUnknownMarkWarning"]
    if rough:  # rewriting assertions and parsing files for tracebacks takes as long as running the tests
        own += ["--assert=plain", "--tb=no"]
    if required_plugins:
        own += ["-o", "required_plugins="]
    return (*own, *options, *select)


def cleaned(output: str, mark: str, outcomes: Mapping[str, str]) -> str:
    """The output without what the canaries wrote, and with the counts that are left."""
    if not mark:
        return output
    lines, skipping = [], False
    for line in output.splitlines():
        if line.startswith(("____", "====")):
            skipping = mark in line
        if not skipping and mark not in line and not _COUNTS.match(line):
            lines.append(line)
    counts = Counter(str(o) for o in outcomes.values())
    return "\n".join([*lines, ", ".join(f"{n} {o}" for o, n in sorted(counts.items()))])
