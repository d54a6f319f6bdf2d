"""The policy by itself: what may be read, changed and run, whatever way it is written."""

from __future__ import annotations

import pytest

from benchmarks.agent_case import SHOP, brief_of
from benchmarks.source import Files
from healer.case import Scope
from healer.policy import Policy


def policy(**more: object) -> Policy:
    return Policy.of(brief_of(**more).reproduction, Files(SHOP))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("shop/prices.py", "ok"),
        ("shop/orders.py", "ok"),
        ("shop/settings.py", "out_of_scope"),
        ("shop/../shop/prices.py", "bad_path"),
        ("shop/prices.py/", "bad_path"),
        ("SHOP/PRICES.PY", "out_of_scope"),
        ("tests/test_prices.py", "guarded"),
        ("tests/test_new.py", "scratch"),
        ("tests/nowhere/test_new.py", "guarded"),
        ("tests/helper.py", "guarded"),
        ("x" * 400, "bad_path"),
        (".ENV", "secret"),
        ("a/.git/hooks/x", "guarded"),
        (".github/workflows/ci.yml", "guarded"),
    ],
)
def test_what_may_be_changed(path: str, code: str) -> None:
    assert policy().editable("edit", path).code == code


def test_a_wide_scope_still_guards_what_it_does_not_name() -> None:
    wide = policy(scope=Scope(allow=("**",)), editable=("**",))
    for path in (
        ".github/workflows/ci.yml",
        "uv.lock",
        "tests/conftest.py",
        "shop/migrations/0001_initial.py",
    ):
        assert wide.editable("edit", path).code == "guarded"
    assert wide.editable("edit", "shop/settings.py").allowed


def test_the_projects_own_words_open_what_they_name_and_nothing_secret() -> None:
    named = ("shop/migrations/*.py", ".env")
    own = policy(scope=Scope(allow=named), editable=named)
    assert own.editable("edit", "shop/migrations/0001_initial.py").allowed
    assert own.editable("edit", ".env").code == "secret"
    assert own.editable("edit", "uv.lock").code == "guarded"


def test_deny_wins_over_allow() -> None:
    both = policy(scope=Scope(allow=("shop/*",), deny=("shop/prices.py",)))
    assert both.editable("edit", "shop/prices.py").code == "denied"


def test_the_number_of_files_is_bounded_and_smaller_when_flagged() -> None:
    scope = Scope(allow=("shop/*",), max_files=3)
    changed = ("shop/prices.py", "shop/orders.py")
    assert policy(scope=scope).editable("edit", "shop/settings.py", changed).allowed
    flagged = policy(scope=scope, risk=0.8)
    assert flagged.editable("edit", "shop/settings.py", changed).code == "too_many_files"
    assert flagged.editable("edit", "tests/test_new.py").code == "guarded"


def test_secret_files_are_not_even_listed() -> None:
    assert not {".env", "deploy/server.pem"} & set(policy().visible())
    assert "shop/prices.py" in policy().visible()


@pytest.mark.parametrize(
    ("node", "allowed"),
    [
        ("tests/test_prices.py", True),
        ("tests/test_prices.py::test_total", True),
        ("tests", True),
        ("-p", False),
        ("--co", False),
        ("tests/../shop", False),
        ("shop/prices.py", False),
        ("tests/nowhere.py", False),
        ("tests/test_prices.py\n-p evil", False),
    ],
)
def test_what_may_be_run(node: str, allowed: bool) -> None:
    assert policy().selectable("run_tests", node).allowed is allowed
