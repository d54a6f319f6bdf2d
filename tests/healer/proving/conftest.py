"""A small shop with a bug, its reproduction, and a bench that really runs in the sandbox."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from healer.case import Project, Scope, Signature, Target
from healer.proving.claim import Claim
from healer.proving.remember import Remembering
from healer.workshop.bench import SandboxBench
from healer.workshop.sandbox import Bubblewrap

PRICES = '''\
"""Prices in cents."""

import os


def total(order):
    return sum(line["cents"] * line["count"] for line in order["lines"])


def discount(order):
    customer = order.get("customer")
    return customer["discount"]


def label(order):
    return f"{total(order)} cents in {os.path.basename('a/shop')}"
'''
TESTS = """\
import sys

import pytest

from shop import prices


def test_total(order):
    assert prices.total(order) == 700


def test_label(order):
    assert prices.label(order) == "700 cents in shop"


@pytest.mark.parametrize("percent", [5, 25])
def test_discount(percent):
    assert prices.discount({"customer": {"discount": percent}}) == percent


@pytest.mark.skipif(sys.version_info > (3, 0), reason="long gone")
def test_on_python_2():
    raise AssertionError


@pytest.mark.xfail(strict=True)
def test_known_bug():
    assert prices.total({"lines": []}) == 1


@pytest.mark.slow
def test_slow():
    raise AssertionError("deselected by the project's own options")
"""
CONFTEST = """\
import pytest


@pytest.fixture
def order():
    return {"lines": [{"cents": 100, "count": 2}, {"cents": 500, "count": 1}]}
"""
CONFIG = """\
[tool.pytest.ini_options]
addopts = "-x -n auto --cov=shop --strict-markers -p no:terminal -m 'not slow'"
filterwarnings = ["error"]
markers = ["slow: takes long"]
required_plugins = ["pytest-nowhere"]
testpaths = ["tests"]
"""
REPRODUCTION = """\
from shop.prices import discount


def test_discount_without_customer():
    discount({"customer": None})
"""
FILES = {
    "shop/__init__.py": "",
    "shop/prices.py": PRICES,
    "tests/conftest.py": CONFTEST,
    "tests/test_prices.py": TESTS,
    "pyproject.toml": CONFIG,
}
LINE = '    return customer["discount"]\n'
FIXED = PRICES.replace(LINE, '    return customer["discount"] if customer else 0\n')
TEST = "tests/test_regression_discount.py::test_discount_without_customer"


@dataclass
class Files:
    """A `Source` over a folder."""

    root: Path

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(str(p.relative_to(self.root)) for p in self.root.rglob("*") if p.is_file()))

    def read(self, path: str) -> str | None:
        file = self.root / path
        return file.read_bytes().decode() if file.is_file() else None


def lay(root: Path, files: dict[str, str]) -> Files:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return Files(root)


@pytest.fixture
def lay_files(tmp_path: Path) -> Callable[[dict[str, str]], Files]:
    """Files in a folder of the test's own."""
    return lambda files: lay(tmp_path / "tree", files)


def target_of(source: Files, python: str, **more: Any) -> Target:
    values: dict[str, Any] = {
        "project": Project(name="shop", repository=str(source.root), test_seconds=60),
        "commit": "c" * 40,
        "python": python,
        "python_version": sys.version_info[:2],
        "source_roots": (".",),
        "test_command": ("python", "-m", "pytest"),
        "tests": ("tests",),
    }
    return Target(**values | more)


BenchFor = Callable[[dict[str, str]], tuple[Files, Target, SandboxBench]]


@pytest.fixture(scope="session")
def bench_for(sandbox: Bubblewrap, environment: Path, tmp_path_factory: pytest.TempPathFactory) -> BenchFor:
    """A bench over a tree made of the given files."""

    def make(files: dict[str, str]) -> tuple[Files, Target, SandboxBench]:
        source = lay(tmp_path_factory.mktemp("tree"), files)
        bench = SandboxBench(sandbox, lambda _: source, lambda _: str(source.root))
        return source, target_of(source, str(environment / "bin/python")), bench

    return make


@dataclass
class Shop:
    source: Files
    target: Target
    bench: Remembering

    def claim(self, patched: str | None = None, **more: Any) -> Claim:
        values: dict[str, Any] = {
            "target": self.target,
            "signature": Signature(
                exception="TypeError", path="shop/prices.py", function="discount", line=12
            ),
            "scope": Scope(allow=("shop/*.py",)),
            "files": {"shop/prices.py": FIXED if patched is None else patched},
            "test": TEST,
            "test_path": TEST.partition("::")[0],
            "test_source": REPRODUCTION,
            "how": "call",
        }
        return Claim(**values | more)


@pytest.fixture(scope="session")
def shop(bench_for: BenchFor) -> Shop:
    """Shared by all tests: the runs of base are remembered."""
    source, target, bench = bench_for(FILES)
    return Shop(source, target, Remembering(bench, 200))
