"""Runs one test of the fixed release against the buggy one, and keeps what sentry-sdk sends.

usage: capture.py REPO DEPLOY NODE OUT.json          the test stands for the deployed caller
       capture.py REPO DEPLOY - OUT.json NODES...    only: which of these fail inside REPO, as JSON

A Transport subclass stands in for the network: the event kept is the one read back from the envelope,
after the SDK's own serialisation, trimming and scrubbing.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

REPO, DEPLOY, NODE, OUT = sys.argv[1:5]
EVENTS: list[Any] = []
SEEN: list[Any] = []


def record(call: Any, item: Any) -> None:
    error = call.excinfo.value
    frames = []
    trace = call.excinfo.tb
    while trace:
        path = os.path.realpath(trace.tb_frame.f_code.co_filename)
        if path.startswith(REPO + os.sep):
            frames.append([os.path.relpath(path, REPO), trace.tb_frame.f_code.co_name, trace.tb_lineno])
        trace = trace.tb_next
    SEEN.append(
        {
            "node": item.nodeid,
            "exception": type(error).__name__,
            "message": str(error)[:300],
            "frames": frames,
        }
    )


class Plugin:
    def pytest_runtest_makereport(self, item: Any, call: Any) -> None:
        if call.excinfo is None or call.when != "call":
            return
        record(call, item)
        if NODE != "-":
            import sentry_sdk

            sentry_sdk.capture_exception(call.excinfo.value)


def begin() -> None:
    import sentry_sdk
    from sentry_sdk.transport import Transport

    class Keep(Transport):
        def capture_envelope(self, envelope: Any) -> None:
            event = envelope.get_event()
            if event and event.get("exception"):
                EVENTS.append(event)

    sentry_sdk.init(
        dsn="http://public@127.0.0.1:9/1",
        transport=Keep,
        include_local_variables=True,
        project_root=REPO,
        release="shop@1",
        environment="production",
        server_name="app-1",
        traces_sample_rate=0.0,
        default_integrations=False,
    )


def main() -> None:
    if NODE != "-":
        begin()
    import pytest

    nodes = [NODE] if NODE != "-" else sys.argv[5:]
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", DEPLOY, "-W", "ignore"]
    options += ["--continue-on-collection-errors", "-o", "addopts=", "-x" if NODE != "-" else "--maxfail=400"]
    pytest.main(options + nodes, plugins=[Plugin()])
    answer = EVENTS[0] if NODE != "-" and EVENTS else SEEN
    with open(OUT, "w") as out:
        json.dump(answer, out, indent=1, default=str)


main()
