"""In which folder a new test is written."""

from __future__ import annotations

import pytest

from benchmarks.source import Files
from healer.case import Project, Target
from healer.reproduction.index import Index
from healer.reproduction.place import folder

PATHS = (
    *("shop/flow/test_state/test_state.py", "shop/cart/core.py", "shop/till.py"),
    *("shop/cart/tests/test_cart.py", "tests/test_a.py", "tests/test_b.py"),
)


@pytest.mark.parametrize(
    ("near", "where"),
    [("shop/cart/core.py", "shop/cart/tests"), ("shop/till.py", "tests"), ("", "tests")],
)
def test_the_closest_folder_above_the_crash_then_the_fullest(near: str, where: str) -> None:
    target = Target(
        project=Project(name="shop", repository="/x"),
        commit="a" * 40,
        python="python",
        python_version=(3, 11),
        source_roots=("",),
        test_command=("python", "-m", "pytest"),
        tests=("empty", "shop/flow/test_state", "shop/cart/tests", "tests"),
    )
    assert folder(target, Index(Files(dict.fromkeys(PATHS, ""))), near) == where
