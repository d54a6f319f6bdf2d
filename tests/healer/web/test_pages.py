"""What people look at: everything of a case, and nothing in it acts."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.testclient import TestClient

from healer.store.database import connect
from healer.store.record import Arrival
from healer.web.pages import Pages
from triage.incident import Event

HOSTILE = '<script>document.title="owned"</script><img src=x onerror=alert(1)>" onmouseover="x'
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture
def app(record) -> Starlette:
    return Starlette(
        routes=Pages(partial(connect, record.url), frozenset({"testserver", "127.0.0.1"})).routes()
    )


@pytest.fixture
def pages(app):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def case(record) -> int:
    number = record.arrive(
        1, message=HOSTILE, culprit=HOSTILE, release=HOSTILE, flags=("override",), redactions={"email": 2}
    ).case
    record.rows("update healer.cases set state = 'proposed', reason = %s where id = %s", HOSTILE, number)
    run = {
        "name": HOSTILE,
        "command": ["pytest", HOSTILE],
        "exit_code": 1,
        "seconds": 1.5,
        "output_digest": "ab",
    }
    proof = {
        "base": "c" * 40,
        "runs": [run],
        "fail_to_pass": [HOSTILE],
        "pass_to_pass": ["t"],
        "not_checked": [HOSTILE],
        "patch": {"diff": f"--- a\n+++ b\n+{HOSTILE}"},
    }
    record.rows(
        "insert into healer.proposal (case_id, key, project, branch, base, state, title, url, proof, files)"
        " values (%s, 'k', 'shop', %s, 'b', 'draft', %s, 'javascript:alert(1)', %s::jsonb, %s)",
        number,
        HOSTILE,
        HOSTILE,
        json.dumps(proof),
        [HOSTILE],
    )
    record.rows(
        "insert into healer.evidence values (%s, 'E1', %s, %s::jsonb)",
        number,
        HOSTILE,
        json.dumps({"a": HOSTILE}),
    )
    record.rows("insert into healer.finding values (%s, 'kind', %s, '{}')", number, HOSTILE)
    record.rows(
        "insert into healer.step (case_id, name, started_at, seconds) values (%s, 'prove-1', %s, 2)",
        number,
        datetime.now(UTC),
    )
    record.rows(
        "insert into healer.request (case_id, number, action, actor, text, delivery)"
        " values (%s, 1, 'reject', 'slack:U1', %s, 'd')",
        number,
        HOSTILE,
    )
    record.rows(
        "insert into healer.audit (case_id, actor, action, subject, decision)"
        " values (%s, 'p', 'edit', %s, 'deny')",
        number,
        HOSTILE,
    )
    return number


def test_a_case_is_shown_whole_and_inert(pages, case) -> None:
    page = pages.get(f"/cases/{case}").text
    assert "<script" not in page
    assert "<img" not in page
    assert 'onmouseover="' not in page
    assert 'href="javascript' not in page
    for expected in (
        "Proof",
        "Evidence",
        "Findings",
        "Steps and cost",
        "prove-1",
        "2 × email",
        "override",
        "slack:U1",
    ):
        assert expected in page


@pytest.mark.parametrize("path", ["/", "/incidents"])
def test_lists_are_inert(pages, case, path: str) -> None:
    page = pages.get(path).text
    assert "<script" not in page
    assert f"/cases/{case}" in page


def test_a_bare_case_is_shown_with_what_is_unknown(pages, record) -> None:
    case = record.arrive(1).case
    page = pages.get(f"/cases/{case}").text
    assert "unclassified" in page
    assert "unknown" in page


@dataclass(frozen=True)
class High:
    events: int = 10
    minutes: int = 0
    levels: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


def test_what_stays_below_the_floor_is_listed_with_its_reason(pages, record) -> None:
    event = Event(event_id="1" * 32, timestamp=datetime.now(UTC), message="boom")
    record.save([Arrival("envelope", "shop", "", "", "1", event=event, fingerprint="f" * 64)], floor=High())
    assert "seen 1 of 10 times" in pages.get("/incidents").text
    assert "No case yet" in pages.get("/").text


def test_an_empty_record_has_pages(pages, record) -> None:
    assert "No case yet" in pages.get("/").text
    assert "No event was received" in pages.get("/incidents").text


@pytest.mark.parametrize("path", ["/cases/999", "/cases/99999999999999999999999", "/cases/x"])
def test_no_such_case(pages, path: str) -> None:
    assert pages.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/incidents", "/style.css"])
def test_the_policy_allows_nothing_but_our_style(pages, path: str) -> None:
    headers = pages.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


def test_another_host_name_is_refused(pages, case) -> None:
    assert pages.get("/", headers={"Host": "evil.example"}).status_code == 421


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_there_is_nothing_to_write(pages, method: str) -> None:
    assert pages.request(method, "/").status_code == 405


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
def test_a_real_browser_runs_nothing(app, case, free_port: int, tmp_path: Path) -> None:
    server = uvicorn.Server(uvicorn.Config(app, port=free_port, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    command += [f"--user-data-dir={tmp_path}", "--virtual-time-budget=2000", "--dump-dom"]
    try:
        shown = subprocess.run(
            [*command, f"http://127.0.0.1:{free_port}/cases/{case}"],
            capture_output=True,
            text=True,
            timeout=60,
        )
    except subprocess.TimeoutExpired:
        pytest.skip("Chromium does not answer here")
    finally:
        server.should_exit = True
        thread.join()
    if shown.returncode:
        pytest.skip("Chromium does not start here")
    assert f"<title>Case {case}</title>" in shown.stdout
    assert "<h2>Proof</h2>" in shown.stdout
