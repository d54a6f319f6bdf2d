"""Runs a pytest suite for the probe, as a plug-in that tells what it sees. Python 3.8 and newer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest

VERSION = pytest.__version__


def plugin(reporter: Any) -> Any:
    orders = reporter.orders

    class Probe:
        @pytest.hookimpl(tryfirst=True)
        def pytest_configure(self, config: Any) -> None:
            config.addinivalue_line("markers", orders["mark"] + ": one of this run's own checks")
            for name, joined in (("markexpr", orders["mark"]), ("keyword", orders["mark"])):
                given = getattr(config.option, name, "")
                if given:
                    setattr(config.option, name, f"({given}) or {joined}")
            patterns = config.getini("python_functions")
            if "test" not in patterns:
                patterns.append("test_")
            config.getini("python_files").extend(orders["checks"])

        @pytest.hookimpl(hookwrapper=True, tryfirst=True)
        def pytest_collection_modifyitems(self, items: Any) -> Iterator[None]:
            once = {item.nodeid: item for item in items}
            items[:] = [item for test, item in once.items() if reporter.wanted(test)]
            if reporter.survey:  # the likeliest first: its time is short
                order = {test: number for number, test in enumerate(orders["select"])}
                items.sort(key=lambda item: order.get(item.nodeid.partition("[")[0], 0))
            yield

        @pytest.hookimpl(trylast=True)
        def pytest_collection_finish(self, session: Any) -> None:
            reporter.collected([item.nodeid for item in session.items])

        @pytest.hookimpl(hookwrapper=True, tryfirst=True)
        def pytest_make_collect_report(self, collector: Any) -> Iterator[None]:
            outcome: Any = yield
            report = outcome.get_result()
            call = getattr(report, "call", None)
            if report.failed and call is not None and call.excinfo is not None:
                error = call.excinfo.value
                error = error.__cause__ or error
                name = collector.nodeid
                reporter.phase(name, "collect", "error", reporter.raised(error, error.__traceback__))
            elif report.failed:
                reporter.phase(collector.nodeid, "collect", "error")

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_logstart(self, nodeid: str) -> None:
            reporter.begin(nodeid)

        @pytest.hookimpl(tryfirst=True)
        def pytest_runtest_setup(self, item: Any) -> None:
            if reporter.over(item.nodeid):
                pytest.skip("the survey's time is up")

        @pytest.hookimpl(hookwrapper=True, tryfirst=True)
        def pytest_runtest_makereport(self, item: Any, call: Any) -> Iterator[None]:
            outcome: Any = yield
            report = outcome.get_result()
            excinfo = call.excinfo
            error = None if excinfo is None else reporter.raised(excinfo.value, excinfo.tb)
            said = judged(report, error)
            if said == "forged":
                reporter.tampered.add("report of " + item.nodeid)
                said = "failed"
            reporter.check()
            reporter.phase(item.nodeid, report.when, said, error)

    return Probe()


def judged(report: Any, error: Any) -> str:
    """The outcome of one phase. A failure that a hook turned into a pass is `forged`."""
    expected = hasattr(report, "wasxfail")
    if report.outcome == "passed":
        if error is not None:
            return "forged"
        return "xpassed" if expected else "passed"
    if report.outcome == "skipped":
        return "xfailed" if expected else "skipped"
    return "failed" if report.outcome == "failed" else report.outcome


def run(reporter: Any) -> int:
    sys.argv = ["pytest", *reporter.orders["args"]]
    return int(pytest.main(list(reporter.orders["args"]), plugins=[plugin(reporter)]))
