"""What a run's own checks are told by, so that they are counted to no project's suite."""

from __future__ import annotations

from healer.workshop.orders import Canaries, canaries


def test_what_a_plugin_adds_to_a_check_is_the_check_s_own() -> None:
    checks = canaries("tests", "pytest")
    for path in checks.files:
        assert checks.own(f"{path}::ruff::format")
        assert checks.own(f"linked/{path}::ruff")
    assert all(checks.own(test) for test in checks.names)


def test_a_project_s_test_is_not() -> None:
    checks = canaries("tests", "pytest")
    assert not checks.own("tests/test_shop.py::test_holds")
    assert not checks.own("tests/test_shop.py::" + min(checks.files).rpartition("/")[2])
    assert not Canaries("", {}, frozenset(), frozenset()).own("tests/test_shop.py::test_holds")
