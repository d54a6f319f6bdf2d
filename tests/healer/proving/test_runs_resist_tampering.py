"""The second wall: what the runs themselves notice when the static gate is taken away.

Every payload runs in the sandbox only. It keeps the bug, and tries to make its failing test look green.
"""

from __future__ import annotations

import json

import pytest

from healer.protocols import Trial
from healer.proving import gate
from healer.proving.experiment import NotShown, show
from healer.workshop import record

PRICES = "shop/prices.py"
LINE = '    return customer["discount"]\n'
TOP = '"""Prices in cents."""\n'

AT_IMPORT = {
    "exit at once": "import os\nos._exit(0)\n",
    "system exit": "raise SystemExit(0)\n",
    "exit by signal": "import os\nos.kill(os.getpid(), 9)\n",
    "kill the parent": "import os\nos.kill(os.getppid(), 9)\n",
    "forge into every descriptor": (
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n"
        '        os.write(fd, b\'0\' * 64 + b\' {"kind": "finish", "exit": 0}\\n\')\n'
        "    except OSError:\n        pass\n"
    ),
    "close every descriptor": "import os\nos.closerange(3, 64)\n",
    "run again without assertions": (
        "import os, sys\n"
        "if sys.flags.optimize == 0:\n"
        "    os.execv(sys.executable, [sys.executable, '-O', '-m', 'pytest', '-q'])\n"
    ),
    "tests that run nothing": (
        "import _pytest.python\n_pytest.python.Function.runtest = lambda self: None\n"
    ),
    "reports that always pass": (
        "import _pytest.reports as r\n"
        "old = r.TestReport.from_item_and_call\n"
        "def new(item, call):\n"
        "    call.excinfo = None\n"
        "    return old(item, call)\n"
        "r.TestReport.from_item_and_call = staticmethod(new)\n"
    ),
    "calls that swallow": (
        "import _pytest.runner as r\n"
        "old = r.CallInfo.from_call.__func__\n"
        "def new(cls, func, when, reraise=None):\n"
        "    def quiet():\n"
        "        try:\n            return func()\n"
        "        except Exception:\n            return None\n"
        "    return old(cls, quiet, when, reraise)\n"
        "r.CallInfo.from_call = classmethod(new)\n"
    ),
    "one test that runs nothing": (
        "import _pytest.python\n"
        "old = _pytest.python.Function.runtest\n"
        "def new(self):\n"
        "    return None if 'discount' in self.nodeid else old(self)\n"
        "_pytest.python.Function.runtest = new\n"
    ),
    "one report that passes": (
        "import _pytest.reports as r\n"
        "old = r.TestReport.__init__\n"
        "def new(self, nodeid, location, keywords, outcome, *more, **named):\n"
        "    outcome = 'passed' if 'discount' in nodeid else outcome\n"
        "    old(self, nodeid, location, keywords, outcome, *more, **named)\n"
        "r.TestReport.__init__ = new\n"
    ),
    "the probe unplugged": (
        "import gc\n"
        "for thing in gc.get_objects():\n"
        "    if type(thing).__name__ == 'PytestPluginManager':\n"
        "        for plugin in list(thing.get_plugins()):\n"
        "            if type(plugin).__name__ == 'Probe':\n"
        "                thing.unregister(plugin)\n"
    ),
    "a session without items": (
        "import gc\n"
        "for thing in gc.get_objects():\n"
        "    if type(thing).__name__ == 'Session':\n"
        "        thing.shouldstop = 'enough'\n"
    ),
    "a forged end": (
        "import gc, os, sys\n"
        "main = sys.modules['__main__']\n"
        "for thing in gc.get_objects():\n"
        "    if type(thing).__name__ == 'Reporter':\n"
        "        thing.finish(0)\n"
        "        os._exit(0)\n"
    ),
    "a flood of the report": (
        "import os\n"
        "for fd in range(3, 64):\n"
        "    try:\n        os.write(fd, b'x' * 100000)\n"
        "    except OSError:\n        pass\n"
    ),
}
IN_THE_CALL = {
    "a skip": "    import pytest\n    pytest.skip('later')\n",
    "an expected failure": "    import pytest\n    pytest.xfail('known')\n",
    "a unittest skip": "    import unittest\n    raise unittest.SkipTest('later')\n",
    "an end of the session": "    import pytest\n    pytest.exit('done', returncode=0)\n",
    "a keyboard interrupt": "    raise KeyboardInterrupt\n",
    "the test file emptied": (
        "    import glob\n"
        "    for name in glob.glob('/work/tests/*.py'):\n"
        "        try:\n            open(name, 'w').close()\n"
        "        except OSError:\n            pass\n"
    ),
    "a child that reports instead": (
        "    import os\n    if os.fork() == 0:\n        os._exit(0)\n    os._exit(0)\n"
    ),
    "the stack unwound": (
        "    import sys\n    sys.modules['builtins'].AssertionError = TypeError\n    raise SystemExit(0)\n"
    ),
}


def hostile(shop, payload):
    text = shop.source.read(PRICES)
    if payload in AT_IMPORT:
        return text.replace(TOP, TOP + AT_IMPORT[payload])
    return text.replace(LINE, IN_THE_CALL[payload] + LINE)


@pytest.fixture
def no_gate(monkeypatch):
    monkeypatch.setattr(gate, "inspect", lambda claim, source: gate.Gate())


@pytest.mark.parametrize("payload", [*AT_IMPORT, *IN_THE_CALL])
def test_the_runs_alone_do_not_believe(shop, no_gate, payload):
    with pytest.raises(NotShown) as no:
        show(shop.claim(hostile(shop, payload)), shop.bench)
    assert no.value.stage == "green"


@pytest.mark.parametrize("payload", [*AT_IMPORT, *IN_THE_CALL])
def test_the_gate_alone_refuses_them_all(shop, payload):
    assert gate.inspect(shop.claim(hostile(shop, payload)), shop.source).reasons


CONFTESTS = {
    "were not collected": "def pytest_collection_modifyitems(items):\n    items[:] = items[:1]\n",
    "were not run": "def pytest_runtestloop(session):\n    return True\n",
    "must fail": "def pytest_pyfunc_call(pyfuncitem):\n    return True\n",
    "must pass": "def pytest_runtest_setup(item):\n    raise ValueError\n",
}


@pytest.mark.parametrize("why", CONFTESTS)
def test_a_forged_conftest_flips_a_canary(shop, why):
    files = {"tests/conftest.py": CONFTESTS[why]}
    run = shop.bench.run(Trial(name="forged", target=shop.target, files=files, seconds=60))
    assert not run.usable
    assert why in run.why


def test_a_report_that_a_hook_turned_green_is_recorded_as_red(shop):
    hook = (
        "import pytest\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n"
        "    outcome = yield\n    outcome.get_result().outcome = 'passed'\n"
    )
    claim = shop.claim()
    files = claim.test_files | {"tests/conftest.py": hook}
    trial = Trial(name="forged", target=shop.target, files=files, select=(claim.test,), seconds=60)
    run = shop.bench.run(trial)
    assert run.failed() == (claim.test,)
    assert f"report of {claim.test}" in run.tampered


KEY = bytes(range(32))


def chain(*records, key=KEY):
    """A report as the probe writes it."""
    import hashlib
    import hmac

    mac, lines = b"\0" * 32, []
    for entry in records:
        body = json.dumps(entry).encode()
        mac = hmac.digest(key, mac + body, "sha256")
        key = hashlib.sha256(b"next" + key).digest()
        lines.append(mac.hex().encode() + b" " + body + b"\n")
    return lines


FINISH = {"kind": "finish", "exit": 0, "optimize": 0, "executed": [], "tampered": [], "elsewhere": []}
PHASE = {"kind": "phase", "test": "a", "when": "call", "outcome": "failed", "raised": None}
GOOD = {**PHASE, "outcome": "passed"}


def test_an_honest_chain_is_read():
    assert record.read(b"".join(chain(PHASE, FINISH)), KEY).outcomes == {"a": "failed"}


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"".join(chain(PHASE)),
        b"".join(chain(PHASE, FINISH)[1:]),
        b"".join(chain(PHASE, FINISH)[::-1]),
        b"".join([*chain(PHASE, FINISH), *chain(GOOD)]),
        b"".join(chain(PHASE, FINISH, GOOD)),
        b"".join(chain(PHASE, FINISH)).replace(b"failed", b"passed"),
        b"".join(chain(PHASE, FINISH, key=bytes(32))),
        b"".join([chain(PHASE, FINISH)[0], chain(GOOD, FINISH)[1]]),
        b"".join(chain(PHASE, FINISH))[:-1],
        b"".join([*chain(PHASE), b"\n", *chain(PHASE, FINISH)[1:]]),
        b"".join(chain({"kind": "collected", "ids": ["a"]}, {"kind": "collection", "count": 2}, FINISH)),
    ],
)
def test_a_report_that_was_cut_reordered_changed_or_forged_is_not_believed(report):
    with pytest.raises(record.Untrusted):
        record.read(report, KEY)


def test_what_no_database_could_hold_is_written_as_an_escape():
    raised = {"type": "E\ud800", "module": "m", "message": "a\0b\udcff", "frames": [["a\udcff.py", "f", 1]]}
    told = {**PHASE, "test": "t\udcff", "raised": raised}
    found = record.read(b"".join(chain(told, FINISH)), KEY).raised["t\\udcff"]
    assert (found.exception, found.message) == ("E\\ud800", "a\\x00b\\udcff")
    assert found.model_dump_json()
    assert record.storable({"x": [1, None, "\U0001f600"]}) == {"x": [1, None, "\U0001f600"]}
