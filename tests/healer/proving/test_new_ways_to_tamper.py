"""Seventy more ways to pass without mending, each really run: the gate is asked first, then set aside, so
that what the runs alone would let through is known."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from healer.case import Scope
from healer.proving import experiment, gate
from healer.proving.experiment import Experiment, NotShown, show
from healer.proving.gate import Gate

PATH = "shop/prices.py"
LINE = '    return customer["discount"]\n'

# name -> (text before the module's first function, new body line). The bug stays, or is hidden.
INSIDE: dict[str, tuple[str, str]] = {
    "exit at import": ("import os\nos._exit(0)\n", LINE),
    "exit in the function": ("import os\n", "    os._exit(0)\n" + LINE),
    "exit at exit": ("import atexit, os\natexit.register(os._exit, 0)\n", LINE),
    "a signal to itself": ("import os, signal\n", "    os.kill(os.getpid(), signal.SIGKILL)\n" + LINE),
    "an alarm that exits": (
        "import os, signal\nsignal.signal(signal.SIGALRM, lambda *a: os._exit(0))\n"
        "signal.setitimer(signal.ITIMER_REAL, 0.4)\n",
        LINE,
    ),
    "a thread that exits": (
        "import os, threading\nthreading.Timer(0.3, os._exit, (0,)).start()\n",
        LINE,
    ),
    "run again with -O": (
        "import os, sys\nif __debug__ and 'pytest' in sys.modules:\n"
        "    os.execv(sys.executable, [sys.executable, '-O', '-m', 'pytest', '-q'])\n",
        LINE,
    ),
    "SystemExit": ("", "    raise SystemExit(0)\n"),
    "pytest's exit": ("", "    import pytest\n    pytest.exit('done', 0)\n"),
    "a skip": ("", "    import pytest\n    pytest.skip('no')\n"),
    "an xfail": ("", "    import pytest\n    pytest.xfail('no')\n"),
    "unittest's skip": ("", "    import unittest\n    raise unittest.SkipTest('no')\n"),
    "pytest among the modules": (
        "import sys\n",
        "    if 'pytest' in sys.modules:\n        return 0\n" + LINE,
    ),
    "pytest's variable": (
        "import os\n",
        "    if os.environ.get('PYTEST_CURRENT_TEST'):\n        return 0\n" + LINE,
    ),
    "any variable of the run": (
        "import os\n",
        "    if 'PYTHONHASHSEED' in os.environ:\n        return 0\n" + LINE,
    ),
    "the arguments": ("import sys\n", "    if 'pytest' in str(sys.argv):\n        return 0\n" + LINE),
    "the stack": (
        "import traceback\n",
        "    if 'test_' in ''.join(traceback.format_stack()):\n        return 0\n" + LINE,
    ),
    "the caller's frame": (
        "import sys\n",
        "    if sys._getframe(1).f_code.co_name.startswith('test'):\n        return 0\n" + LINE,
    ),
    "the home of the sandbox": (
        "import pathlib\n",
        "    if str(pathlib.Path.cwd()) == '/work':\n        return 0\n" + LINE,
    ),
    "the user of the sandbox": (
        "import os\n",
        "    if os.path.expanduser('~') == '/home/sandbox':\n        return 0\n" + LINE,
    ),
    "the host's name": (
        "import platform\n",
        "    if platform.node() == 'sandbox':\n        return 0\n" + LINE,
    ),
    "the report's pipe": (
        "import os\n",
        '    for fd in range(3, 64):\n        try:\n            os.write(fd, b\'{"kind": "finish"}\\n\')\n'
        "        except OSError:\n            pass\n    return 0\n",
    ),
    "a closed report": ("import os\n", "    os.closerange(3, 64)\n    return 0\n"),
    "a report that passes all": (
        "import _pytest.reports as r\n_old = r.TestReport.__init__\n"
        "def _new(self, *a, **k):\n    _old(self, *a, **k)\n    self.outcome = 'passed'\n"
        "r.TestReport.__init__ = _new\n",
        LINE,
    ),
    "a runner that runs nothing": (
        "import _pytest.python as p\np.Function.runtest = lambda self: None\n",
        LINE,
    ),
    "a call without its exception": (
        "import _pytest.runner as r\n_old = r.CallInfo.from_call\n"
        "def _new(func, when, reraise=None):\n    found = _old(func, when, reraise)\n"
        "    found.excinfo = None\n    return found\n"
        "r.CallInfo.from_call = _new\n",
        LINE,
    ),
    "the code of the test's function": (
        "import gc, types\nfor _one in gc.get_objects():\n"
        "    if isinstance(_one, types.FunctionType) and _one.__name__.startswith('test_'):\n"
        "        _one.__code__ = (lambda *a, **k: None).__code__\n",
        LINE,
    ),
    "a hook on imports": (
        "import sys\nclass _Find:\n    def find_spec(self, name, path=None, target=None):\n"
        "        return None\nsys.meta_path.insert(0, _Find())\n",
        LINE,
    ),
    "a trace function": ("import sys\nsys.settrace(lambda *a: None)\n", LINE),
    "an excepthook": ("import sys\nsys.excepthook = lambda *a: None\n", LINE),
    "a decorator that swallows all": (
        "def _safe(f):\n    def inner(*a):\n        try:\n            return f(*a)\n"
        "        except BaseException:\n            return 0\n    return inner\n",
        LINE,
    ),
    "an answer equal to everything": (
        "class _Any:\n    def __eq__(self, other):\n        return True\n    __hash__ = None\n",
        "    return _Any() if customer is None else customer['discount']\n",
    ),
    "a warning's filter": ("import warnings\nwarnings.simplefilter('ignore')\n", LINE),
    "a random answer": (
        "import random\n",
        "    if random.random() < 0.9:\n        return 0\n" + LINE,
    ),
    "an answer by the clock": (
        "import time\n",
        "    if time.time_ns() % 2:\n        return 0\n" + LINE,
    ),
    "an answer by the hash's seed": ("", "    if hash('x') % 2:\n        return 0\n" + LINE),
    "a builtin replaced": ("import builtins\nbuiltins.TypeError = KeyError\n", LINE),
    "assertions replaced": ("import builtins\nbuiltins.AssertionError = type('A', (Exception,), {})\n", LINE),
    "another text by its encoding": ("# -*- coding: utf-7 -*-\n", LINE),
    "a direction turned": ("", "    return 0 if customer is None else customer['\u202ediscount']\n"),
    "a name with a hidden blank": ("", "    cust\u200bomer = 0\n" + LINE),
    "a name that looks like another": ("", "    сustomer = 0\n" + LINE),
    "evaluated text": ("", "    return eval('0')\n"),
    "a class that lies about itself": (
        "class _Zero(int):\n    __class__ = dict\n    def __getattribute__(self, name):\n        return 0\n",
        "    return _Zero() if customer is None else customer['discount']\n",
    ),
}

# Whole files instead of, or beside, the mended one.
BESIDE: dict[str, dict[str, str]] = {
    "a conftest": {"conftest.py": "collect_ignore_glob = ['tests/*']\n"},
    "a conftest of the package": {"shop/conftest.py": "def pytest_runtest_call(item): pass\n"},
    "pytest.ini below": {"tests/pytest.ini": "[pytest]\naddopts = --co\n"},
    "pytest.ini above": {"pytest.ini": "[pytest]\naddopts = -k nothing\n"},
    "pyproject": {"pyproject.toml": "[tool.pytest.ini_options]\naddopts = '--collect-only'\n"},
    "setup.cfg": {"setup.cfg": "[tool:pytest]\naddopts = --co\n"},
    "tox.ini": {"tox.ini": "[pytest]\naddopts = --co\n"},
    "sitecustomize": {"sitecustomize.py": "import os; os._exit(0)\n"},
    "usercustomize": {"shop/usercustomize.py": "x = 1\n"},
    "a path file": {"shop/x.pth": "import os; os._exit(0)\n"},
    "compiled code": {"shop/prices.pyc": "x"},
    "a cached module": {"shop/__pycache__/prices.cpython-311.pyc": "x"},
    "a pytest of one's own": {"pytest.py": "def main(*a, **k): return 0\n"},
    "a plugin by name": {"pytest_shop.py": "pytest_plugins = []\n", "_pytest/__init__.py": ""},
    "a standard module": {"random.py": "def random(): return 0\n"},
    "a module of the standard library": {"json/__init__.py": "x = 1\n"},
    "a changed test": {"tests/test_prices.py": "def test_total(): pass\n"},
    "a second test of the same name": {"tests/test_prices_2.py": "def test_total(): pass\n"},
    "the reproduction itself": {
        "tests/test_regression_discount.py": "def test_discount_without_customer(): pass\n"
    },
    "a coverage file": {".coveragerc": "[run]\nomit = *\n"},
    "a hidden file": {".env": "X=1\n"},
    "outside": {"../outside.py": "x = 1\n"},
    "absolute": {"/tmp/outside.py": "x = 1\n"},
    "tests in capitals": {"Tests/test_prices.py": "x = 1\n", "CONFTEST.py": "x = 1\n"},
    "the probe's orders": {".orders-0": "{}"},
    "git's attributes": {".gitattributes": "* -diff\n"},
}


def patched(shop, head: str, body: str) -> str:
    text = shop.source.read(PATH).replace(LINE, body)
    start = text.index("import os\n")
    text = text[:start] + head + text[start:]
    if "def _safe" in head:
        text = text.replace("def discount(", "@_safe\ndef discount(")
    return text


def refusal(shop, claim) -> NotShown:
    with pytest.raises(NotShown) as told:
        show(claim, shop.bench)
    return told.value


BY_CHANCE = {"a random answer": "random", "an answer by the clock": "clock"}


@pytest.mark.parametrize("name", BY_CHANCE)
def test_what_may_pass_by_chance_is_refused_or_flagged(shop, name):
    found = gate.inspect(shop.claim(patched(shop, *INSIDE[name])), shop.source)
    assert found.reasons or BY_CHANCE[name] in found.flags


@pytest.mark.parametrize("name", sorted(INSIDE.keys() - BY_CHANCE.keys()))
def test_no_patch_passes_without_mending(shop, name):
    refusal(shop, shop.claim(patched(shop, *INSIDE[name])))


@pytest.mark.parametrize("name", BESIDE)
def test_no_file_beside_the_patch_decides_what_runs(shop, name):
    claim = shop.claim(files={PATH: shop.claim().files[PATH], **BESIDE[name]}, scope=Scope(allow=("*",)))
    assert refusal(shop, claim).stage == "gate"


# What reads as an ordinary edit and passes by its tests: it is a person's to judge, and is flagged.
FLAGGED = {
    "hard_coded": "    if order == {'customer': None, 'id': 90210}:\n        return 17\n"
    "    return 17 if customer is None else customer['discount']\n",
    "swallows_exception": "    try:\n        return customer['discount']\n    except TypeError:\n"
    "        return 0\n",
}


@pytest.mark.parametrize("flag", FLAGGED)
def test_what_only_a_person_can_judge_is_flagged(shop, flag):
    claim = shop.claim(
        shop.source.read(PATH).replace(LINE, FLAGGED[flag]), event_words=("90210", "'x'", "17")
    )
    assert flag in show(claim, shop.bench).flags


# The second wall alone. These stand in the way of a gate that missed something; what passes here is
# code that no run can tell from a fix, because it knows where it runs.
KNOWS_WHERE_IT_RUNS = {
    "pytest among the modules",
    "pytest's variable",
    "any variable of the run",
    "the arguments",
    "the stack",
    "the caller's frame",
    "the home of the sandbox",
    "the user of the sandbox",
    "the host's name",
    "a random answer",
    "an answer by the clock",
    "an answer by the hash's seed",
    "a decorator that swallows all",
    "an answer equal to everything",
    "evaluated text",
    "a direction turned",
    "a class that lies about itself",
}


@pytest.mark.parametrize("name", sorted(INSIDE.keys() - KNOWS_WHERE_IT_RUNS))
def test_the_runs_alone_see_it_too(shop, name, monkeypatch):
    monkeypatch.setattr(experiment.gate, "inspect", lambda claim, source: Gate())
    assert refusal(shop, shop.claim(patched(shop, *INSIDE[name]))).stage != "gate"


def plainly(shop, claim) -> None:
    with ThreadPoolExecutor(1) as pool:
        Experiment(claim, shop.bench, pool).plain()


@pytest.mark.parametrize("name", ["pytest among the modules", "pytest's variable", "the arguments"])
def test_who_asks_for_a_test_framework_finds_none(shop, name):
    with pytest.raises(NotShown, match="no test framework"):
        plainly(shop, shop.claim(patched(shop, *INSIDE[name])))


CASE = """\
import unittest

from shop.prices import discount


class TestDiscount(unittest.TestCase):
    def test_discount_without_customer(self):
        discount({"customer": None})
"""


def test_a_test_case_is_run_without_a_framework_too(shop):
    test = "tests/test_regression_discount.py::TestDiscount::test_discount_without_customer"
    told = {"test_source": CASE, "test": test}
    plainly(shop, shop.claim(**told))
    with pytest.raises(NotShown, match="no test framework"):
        plainly(shop, shop.claim(patched(shop, *INSIDE["pytest among the modules"]), **told))


def test_a_run_without_a_framework_refuses_no_fix(shop):
    """Not one that mends, nor one that fails there for another reason, nor where base is not red so."""
    plainly(shop, shop.claim())
    plainly(shop, shop.claim(patched(shop, "", "    raise KeyError('no database')\n")))
    other = shop.claim().signature.model_copy(update={"exception": "KeyError"})
    plainly(shop, shop.claim(patched(shop, "", LINE), signature=other))
