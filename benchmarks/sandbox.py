"""How long the sandbox takes to start: `python -m benchmarks.sandbox [RUNS] [FILES]`.

Plain subprocesses and a bare interpreter run in turn with it, on the same machine at the same moment,
as the measure: on a busy machine all of them grow alike. The processor time does not."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from healer.protocols import Job
from healer.workshop.sandbox import Bubblewrap

PYTHON = [sys.executable, "-I", "-S", "-c", "pass"]


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def cpu() -> float:
    """Seconds of processor used by this process and its finished children."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def fill(root: Path, files: int) -> None:
    for number in range(files):
        directory = root / f"d{number // 100}"
        directory.mkdir(exist_ok=True)
        (directory / f"f{number}.py").write_text("x = 1\n")


def main(runs: int = 50, files: int = 2000) -> None:
    box = Bubblewrap()
    tested = box.check()
    if not tested.ok:
        raise SystemExit(tested.remedy)
    with tempfile.TemporaryDirectory() as directory:
        tree = Path(directory)
        fill(tree, files)
        own(tree, box.owner)
        job = Job(tree=directory, command=("true",))
        plain, python, boxed = [], [], []
        before = cpu()
        boxed += [milliseconds(lambda: box.run(job)) for _ in range(runs)]
        used = cpu() - before
        for _ in range(runs):
            plain.append(milliseconds(lambda: subprocess.run(["true"], check=True)))
            python.append(milliseconds(lambda: subprocess.run(PYTHON, check=True)))
            boxed.append(milliseconds(lambda: box.run(job)))
    print(f"{files} files, {runs} runs, limits {box.limited_by}")
    figures = {
        "start_ms_median": round(statistics.median(boxed), 1),
        "start_ms_p95": round(statistics.quantiles(boxed, n=20)[-1], 1),
        "start_ms_min": round(min(boxed), 1),
        "start_cpu_ms_mean": round(used * 1000 / runs, 1),
        "plain_ms_median": round(statistics.median(plain), 1),
        "python_ms_median": round(statistics.median(python), 1),
        "files": files,
        "runs": runs,
    }
    print(json.dumps(figures))


def own(tree: Path, owner: int | None) -> None:
    """As `tree.exported` does it: the files belong to the user that foreign code runs as."""
    if owner is not None:
        for path in (tree, *tree.rglob("*")):
            os.chown(path, owner, owner)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
