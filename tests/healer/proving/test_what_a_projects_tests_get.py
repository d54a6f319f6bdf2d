"""Named secrets, ports of their own, and whatever runner the project has."""

from __future__ import annotations

import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from healer.case import Outcome, Project, Target
from healer.protocols import Trial
from healer.workshop.bench import SandboxBench

VALUE = "tok-4f1c9a77e0"


def bench(sandbox, lay_files, files, values=None, **project):
    source = lay_files(files)
    target = Target(
        project=Project(name="shop", repository=str(source.root), test_seconds=60, **project),
        commit="c" * 40,
        python=sys.executable,
        python_version=sys.version_info[:2],
        source_roots=(".",),
        test_command=project.get("test_command", ("python", "-m", "pytest")),
        tests=("tests",),
    )
    return target, SandboxBench(sandbox, lambda _: source, lambda _: str(source.root), secrets=values)


def run(made):
    return made[1].run(Trial(name="base", target=made[0], seconds=60))


def test_a_test_sees_the_secrets_its_project_lists_and_no_other(sandbox, lay_files):
    text = (
        "import os\n"
        "def test_listed():\n    assert os.environ['PAY_KEY'] == 'tok-' + '4f1c9a77e0'\n"
        "def test_others():\n    assert not [n for n in os.environ if n in {'OTHER_KEY', 'HEALER_HOME'}]\n"
        "def test_shown():\n    print(os.environ['PAY_KEY'])\n    raise ValueError(os.environ['PAY_KEY'])\n"
    )
    given = {"PAY_KEY": VALUE, "OTHER_KEY": "tok-other"}
    made = bench(sandbox, lay_files, {"tests/test_pay.py": text}, given, secrets=("PAY_KEY", "NOT_SET"))
    seen = run(made)
    assert seen.outcomes["tests/test_pay.py::test_listed"] is Outcome.PASSED
    assert seen.outcomes["tests/test_pay.py::test_others"] is Outcome.PASSED
    assert VALUE not in seen.model_dump_json()
    assert "ValueError: [secret]" in seen.output
    assert seen.raised[0].message == "[secret]"


def test_runs_at_the_same_time_have_the_same_ports_to_themselves(sandbox, lay_files):
    text = (
        "import socket, time\n"
        "def test_port():\n"
        "    with socket.create_server(('127.0.0.1', 8000)) as server:\n"
        "        socket.create_connection(('127.0.0.1', 8000)).close()\n"
        "        time.sleep(0.5)\n"
    )
    made = bench(sandbox, lay_files, {"tests/test_port.py": text})
    with ThreadPoolExecutor(2) as pool:
        seen = list(pool.map(run, [made, made]))
    assert [s.outcomes["tests/test_port.py::test_port"] for s in seen] == [Outcome.PASSED] * 2


@pytest.mark.skipif(not shutil.which("node", path="/usr/bin"), reason="needs node")
def test_a_suite_of_another_language_is_read_by_its_junit_xml(sandbox, lay_files):
    text = (
        "const test = require('node:test');\n"
        "test('adds', () => {});\ntest('breaks', () => { throw new TypeError('no'); });\n"
    )
    files = {"tests/sum.test.js": text, "tests/test_x.py": ""}
    command = ("node", "--test", "--test-reporter=junit", "--test-reporter-destination={junit}", *files)[:5]
    seen = run(bench(sandbox, lay_files, files, test_command=command))
    assert seen.usable, seen.why
    assert {t.rpartition("::")[2]: o for t, o in seen.outcomes.items()} == {
        "adds": Outcome.PASSED,
        "breaks": Outcome.FAILED,
    }


def test_a_directory_of_junit_files_is_one_report(sandbox, lay_files):
    text = (
        "import os, sys\nos.mkdir(sys.argv[1])\n"
        "for name in 'ab':\n"
        "    with open(sys.argv[1] + '/TEST-' + name + '.xml', 'w') as file:\n"
        '        file.write(\'<?xml version="1.0" encoding="UTF-8"?>\\n<testsuite>\''
        ' + f\'<testcase classname="t" name="{name}"/></testsuite>\')\n'
    )
    files = {"run.py": text, "tests/test_x.py": ""}
    seen = run(bench(sandbox, lay_files, files, test_command=("python", "run.py", "{junit}")))
    assert seen.usable, seen.why
    assert set(seen.outcomes) == {"t::a", "t::b"}


def test_a_symlink_that_leads_to_the_tests_again_adds_no_test_of_ours(sandbox, lay_files):
    made = bench(sandbox, lay_files, {"tests/test_x.py": "def test_x():\n    pass\n"})
    root = Path(made[0].project.repository)
    (root / "tests" / "up").symlink_to("..")
    seen = run(made)
    assert seen.usable, seen.why
    assert {t.rpartition("/")[2] for t in seen.outcomes} == {"test_x.py::test_x"}
