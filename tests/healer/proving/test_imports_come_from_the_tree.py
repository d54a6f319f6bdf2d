"""Editable installs point at somebody's checkout; what is under test is the case's own tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from healer.case import Outcome, Project
from healer.protocols import Trial
from healer.workshop import interpreter
from healer.workshop.bench import SandboxBench

OLD = 'WHERE = "the checkout"\n'
NEW = 'WHERE = "the tree"\n'
CHECK = "import shop\n\n\ndef test_where():\n    assert shop.WHERE == 'the tree'\n"
FINDER = """\
import sys
from importlib.machinery import PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path

MAPPING: dict = {{'shop': '{checkout}/{inside}'}}
NAMESPACES: dict = {{}}


class _EditableFinder:
    @classmethod
    def find_spec(cls, fullname, path=None, target=None):
        if fullname in MAPPING:
            return spec_from_file_location(fullname, Path(MAPPING[fullname], '__init__.py'))
        return None


def install():
    sys.meta_path.{how}
"""


def packages(home: Path) -> Path:
    return next(home.glob("lib/python*/site-packages"))


def editable(home: Path, inside: str, how: str) -> None:
    """As setuptools writes it, or more pushing; the checkout lies where the sandbox shows it."""
    package = home / "checkout" / inside
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(OLD)
    finder = FINDER.format(checkout=home / "checkout", inside=inside, how=how)
    (packages(home) / "__editable___shop_1_0_finder.py").write_text(finder)
    start = "import __editable___shop_1_0_finder; __editable___shop_1_0_finder.install()\n"
    (packages(home) / "__editable__.shop-1.0.pth").write_text(start)


def path_file(home: Path, inside: str, how: str) -> None:
    package = home / "checkout" / inside
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(OLD)
    (packages(home) / "shop.pth").write_text(f"{package.parent}\n")


def copy(home: Path, inside: str, how: str) -> None:
    (packages(home) / "shop").mkdir()
    (packages(home) / "shop" / "__init__.py").write_text(OLD)


def run(sandbox, source, home):
    target = interpreter.find(
        Project(name="shop", repository=str(home / "checkout"), python=str(home / "bin/python")),
        source,
        commit="c" * 40,
        sandbox=sandbox,
        checkout=str(home / "checkout"),
    )
    bench = SandboxBench(sandbox, lambda _: source, lambda _: str(source.root))
    return bench.run(Trial(name="base", target=target, seconds=60))


@pytest.mark.parametrize(
    ("install", "inside", "how"),
    [
        (editable, "src/shop", "append(_EditableFinder)"),
        (editable, "src/shop", "insert(0, _EditableFinder)"),
        (editable, "code/shop_package", "append(_EditableFinder)"),
        (path_file, "src/shop", ""),
        (copy, "src/shop", ""),
    ],
)
def test_installed_copies_give_way_to_the_tree(sandbox, make_environment, lay_files, install, inside, how):
    home = make_environment()
    install(home, inside, how)
    files = {f"{inside}/__init__.py": NEW, "tests/test_where.py": CHECK}
    seen = run(sandbox, lay_files(files), home)
    assert seen.usable, seen.why
    assert seen.outcomes == {"tests/test_where.py::test_where": Outcome.PASSED}


def test_a_module_from_elsewhere_makes_the_run_unusable_and_says_where_it_came_from(
    sandbox, make_environment, lay_files
):
    home = make_environment()
    copy(home, "", "")
    hijack = f"import sys\nsys.path.insert(0, {str(packages(home))!r})\n"
    files = {"shop/__init__.py": NEW, "conftest.py": hijack, "tests/test_where.py": CHECK}
    seen = run(sandbox, lay_files(files), home)
    assert not seen.usable
    assert f"shop was imported from {packages(home)}/shop/__init__.py" in seen.why
