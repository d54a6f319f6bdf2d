"""Small programs with one slip each: loading, crashing them under the real sentry-sdk, and judging a fix.

One text file per program: its correct files after `=== path` lines, then its slips after `### name`, each with
the text it spoils, `driver.py` (the deployed caller, whose `main()` crashes) and `oracle.py` (hidden tests that
tell a right fix from a wrong one).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from healer.case import Diagnosis, Outcome, Project, Reproduction, Run, Scope, Signature, Target
from healer.protocols import Trial
from triage.incident import (
    Decision,
    Event,
    Evidence,
    ExceptionInfo,
    Frame,
    Incident,
    Located,
    Source,
    Suspect,
    Verdict,
)

CORPUS = Path(__file__).parent / "corpus"
REPRODUCTION = "tests/test_reproduction.py"
CAPTURE = """
import json, runpy, sys
import sentry_sdk
from sentry_sdk.transport import Transport
kept = []
class Keep(Transport):
    def capture_envelope(self, envelope):
        event = envelope.get_event()
        if event and event.get("exception"):
            kept.append(event)
root, driver = sys.argv[1:]
sys.path.insert(0, root)
sentry_sdk.init(dsn="http://public@127.0.0.1:9/1", transport=Keep, project_root=root, traces_sample_rate=0.0)
try:
    runpy.run_path(driver, run_name="driver")["main"]()
except Exception as error:
    sentry_sdk.capture_exception(error)
sentry_sdk.flush(2)
print(json.dumps(kept[0] if kept else None, default=str))
"""


@dataclass(frozen=True)
class Slip:
    """One case. `files` are what the service sees; driver and oracle are not."""

    id: str
    files: Mapping[str, str]
    driver: str
    oracle: str


def load(part: str) -> list[Slip]:
    """Cases of `learning` or `heldout`, by name."""
    return [slip for path in sorted((CORPUS / part).glob("*.slips")) for slip in parse(path.stem, path.read_text())]


def parse(name: str, text: str) -> Iterator[Slip]:
    program, *slips = ("\n" + text).split("\n### ")
    files = {path: body.rstrip("\n") + "\n" for path, body in _cut(program, "=== ")}
    for slip in slips:
        title, _, body = slip.partition("\n")
        yield _slip(f"{name}-{title.strip()}", files, "\n" + body)


def _cut(text: str, mark: str) -> Iterator[tuple[str, str]]:
    for block in text.split("\n" + mark)[1:]:
        head, _, body = block.partition("\n")
        yield head.strip(), body


def _slip(name: str, correct: Mapping[str, str], text: str) -> Slip:
    """`<<< path`, the right text, `---`, the wrong text; `>>>` the driver, the oracle, and test lines to leave out."""
    edits, _, hidden = text.partition("\n>>> ")
    files, given = dict(correct), dict(_cut("\n>>> " + hidden, ">>> "))
    for path, body in _cut(edits, "<<< "):
        right_text, _, wrong_text = (body + "\n").partition("\n---\n")
        if files[path].count(right_text) != 1:
            raise ValueError(f"{name}: its text stands {files[path].count(right_text)} times in {path}")
        files[path] = files[path].replace(right_text, wrong_text.removesuffix("\n"))
    for head, body in given.items():
        if head.startswith("without "):
            path = head.removeprefix("without ")
            files[path] = files[path].replace(body.rstrip("\n") + "\n", "    pass\n")
    return Slip(name, files, given["driver.py"], given["oracle.py"])


def lay(root: Path, files: Mapping[str, str]) -> None:
    for path, body in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(body, newline="")


class Files:
    """A Source over texts in memory."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)

    def paths(self) -> tuple[str, ...]:
        return tuple(sorted(self._files))

    def read(self, path: str) -> str | None:
        return self._files.get(path)


class TrustedBench:
    """Runs our own programs without a sandbox: for the corpus of this repository only."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = dict(files)
        self.trials = 0

    def source(self, target: Target) -> Source:
        return Files(self._files)

    def run(self, trial: Trial) -> Run:
        self.trials += 1
        with tempfile.TemporaryDirectory() as name:
            root = Path(name)
            lay(root, {**self._files, **trial.files})
            report = root / "report.json"
            command = [sys.executable, "-c", RUNNER, str(report), *(trial.select or ("tests",))]
            done = _python(command, root, trial.seconds)
            outcomes = json.loads(report.read_text()) if report.exists() else {}
        return Run(
            name=trial.name, command=tuple(command[:1]), exit_code=done.returncode, seconds=0.0,
            outcomes={k: Outcome(v) for k, v in outcomes.items()}, usable=bool(outcomes), output=done.stdout[-2000:],
        )  # fmt: skip


RUNNER = """
import json, sys, pytest
class Record:
    def __init__(self):
        self.seen = {}
    def pytest_runtest_logreport(self, report):
        if report.when == "call" or report.outcome != "passed":
            self.seen[report.nodeid] = report.outcome
    def pytest_collectreport(self, report):
        if report.failed:
            self.seen[report.nodeid or "collection"] = "error"
record = Record()
sys.path.insert(0, "")
sys.dont_write_bytecode = True
code = pytest.main(["-q", "-p", "no:cacheprovider", "-W", "ignore", *sys.argv[2:]],
                   plugins=[record])
open(sys.argv[1], "w").write(json.dumps(record.seen))
sys.exit(code)
"""


def _python(command: list[str], root: Path, seconds: float) -> subprocess.CompletedProcess[str]:
    env = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    try:
        return subprocess.run(command, cwd=root, env=env, timeout=seconds, text=True, capture_output=True)
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(command, 124, "", "")


def crash(slip: Slip) -> dict[str, Any]:
    """The event that sentry-sdk would have sent for the driver's crash."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        lay(root, {**slip.files, "driver.py": slip.driver})
        done = _python([sys.executable, "-c", CAPTURE, str(root), str(root / "driver.py")], root, 60)
        event = json.loads(done.stdout.strip().splitlines()[-1]) if done.returncode == 0 else None
        if event is None:
            raise ValueError(f"{slip.id}: the driver does not crash: {done.stderr[-800:]}")
        for frame in event["exception"]["values"][-1]["stacktrace"]["frames"]:
            frame["abs_path"] = (
                str(frame["abs_path"]).replace(str(root.resolve()), "/srv/app").replace(str(root), "/srv/app")
            )
    return dict(event)


def reproduction(slip: Slip, payload: Mapping[str, Any]) -> Reproduction:
    """A diagnosis with the driver as its failing test."""
    event = _event(payload)
    raised = event.raised
    assert raised is not None
    located = tuple(_located(raised, slip.files))
    last = located[-1]
    target = Target(
        project=Project(name="slip", repository="."), commit="0" * 40, python=sys.executable,
        python_version=sys.version_info[:2], source_roots=(".",), test_command=("python", "-m", "pytest"),
        tests=("tests",),
    )  # fmt: skip
    diagnosis = Diagnosis(
        incident=Incident(project="slip", fingerprint="0" * 16, event=event), evidence=Evidence(),
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason=""), target=target, located=located,
        suspects=(Suspect(file=last.path, function=last.function, line=last.line, score=1.0, why="innermost"),),
        signature=Signature(exception=raised.type, path=last.path, function=last.frame.function, line=last.line,
                            message=raised.value),
        scope=Scope(allow=("*.py",), deny=("tests/*", "conftest.py")),
    )  # fmt: skip
    source = slip.driver + "\n\ndef test_reproduction():\n    main()\n"
    return Reproduction(
        diagnosis=diagnosis, path=REPRODUCTION, source=source, test=f"{REPRODUCTION}::test_reproduction",
        how="call", reproduced=True,
    )  # fmt: skip


def _event(payload: Mapping[str, Any]) -> Event:
    values = payload["exception"]["values"]
    return Event(event_id="0" * 32, exceptions=tuple(
        ExceptionInfo(type=v["type"], value=v.get("value") or "", module=v.get("module") or "", frames=tuple(
            Frame(filename=f.get("filename") or "", abs_path=f.get("abs_path") or "", module=f.get("module") or "",
                  function=f.get("function") or "", lineno=f.get("lineno"), in_app=bool(f.get("in_app")),
                  context_line=f.get("context_line") or "", vars=f.get("vars") or {})
            for f in v["stacktrace"]["frames"]))
        for v in values))  # fmt: skip


def _located(raised: ExceptionInfo, files: Mapping[str, str]) -> list[Located]:
    found = []
    for frame in raised.frames:
        path = frame.abs_path.removeprefix("/srv/app/")
        if path in files and frame.lineno:
            found.append(Located(path=path, function=frame.function, line=frame.lineno, frame=frame))
    return found


def right(slip: Slip, fixed: Mapping[str, str]) -> bool:
    """Whether the oracle and the program's own tests pass on the patched program."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        lay(root, {**slip.files, **fixed, "tests/test_oracle.py": slip.oracle})
        report = root / "report.json"
        done = _python([sys.executable, "-c", RUNNER, str(report), "tests"], root, 60)
        shutil.rmtree(root, ignore_errors=True)
        root.mkdir(exist_ok=True)
    return done.returncode == 0
