"""Which interpreter, roots, tests and runner a repository gets."""

from __future__ import annotations

import sys

import pytest

from healer.case import Limits, Outcome, Project
from healer.errors import BadInput
from healer.protocols import Trial
from healer.workshop import interpreter, suite
from healer.workshop.bench import SandboxBench, runner_of

UNITTEST = """\
import unittest

from shop import total


class TotalTest(unittest.TestCase):
    def test_sum(self):
        self.assertEqual(total([1, 2]), 3)

    def test_wrong(self):
        self.assertEqual(total([1, 2]), 4)

    def test_crash(self):
        total(None)

    def test_parts(self):
        for part in (3, 4):
            with self.subTest(part=part):
                self.assertEqual(part, 3)

    @unittest.skip("later")
    def test_later(self):
        raise AssertionError

    @unittest.expectedFailure
    def test_known(self):
        self.assertEqual(total([]), 1)
"""
SHOP = "def total(prices):\n    return sum(prices)\n"
JUNIT = """\
import sys
from shop import total
ok = "<testcase classname='t' name='sum'/>" if total([1]) == 1 else ""
bad = "<testcase classname='t' name='bad'><failure type='x.TypeError' message='no'/></testcase>"
skip = "<testcase file='t.py' name='later'><skipped/></testcase>"
open(sys.argv[1], "w").write(f"<testsuites><testsuite>{ok}{bad}{skip}</testsuite></testsuites>")
"""


@pytest.fixture
def bench(sandbox, lay_files):
    def make(files, python, **project):
        source = lay_files(files)
        target = interpreter.find(
            Project(name="shop", repository=str(source.root), python=str(python), **project),
            source,
            commit="c" * 40,
            sandbox=sandbox,
        )
        return target, SandboxBench(sandbox, lambda _: source, lambda _: str(source.root))

    return make


@pytest.fixture(scope="session")
def bare(make_environment):
    """An environment without pytest."""
    return make_environment("iniconfig") / "bin/python"


def test_a_unittest_suite_runs_where_there_is_no_pytest(bench, bare):
    files = {"shop.py": SHOP, "tests/__init__.py": "", "tests/test_total.py": UNITTEST}
    target, runs = bench(files, bare)
    assert target.test_command == ("python", "-m", "unittest")
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert seen.usable, seen.why
    name = "tests/test_total.py::TotalTest::"
    assert seen.outcomes == {
        name + "test_sum": Outcome.PASSED,
        name + "test_wrong": Outcome.FAILED,
        name + "test_crash": Outcome.FAILED,
        name + "test_parts": Outcome.FAILED,
        name + "test_later": Outcome.SKIPPED,
        name + "test_known": Outcome.XFAILED,
    }
    crash = next(r for r in seen.raised if r.test.endswith("test_crash"))
    assert (crash.exception, crash.frames[-1].function) == ("TypeError", "total")


HALF_SET_UP = """\
import unittest


class Skipped(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise unittest.SkipTest("no server")

    def test_a(self):
        pass


class Broken(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise OSError("no server")

    def test_a(self):
        pass


class Left(unittest.TestCase):
    @classmethod
    def tearDownClass(cls):
        raise OSError("left open")

    def test_a(self):
        pass

    def test_b(self):
        pass
"""
SKIPPED = "import unittest\n\n\ndef setUpModule():\n    raise unittest.SkipTest('not here')\n\n\n"


def test_what_a_unittest_suite_cannot_set_up_has_an_outcome_for_each_test(bench, bare):
    whole = SKIPPED + "class A(unittest.TestCase):\n    def test_a(self):\n        pass\n"
    files = {"tests/__init__.py": "", "tests/test_half.py": HALF_SET_UP, "tests/test_whole.py": whole}
    target, runs = bench(files, bare)
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert seen.usable, seen.why
    assert seen.outcomes == {
        "tests/test_half.py::Skipped::test_a": Outcome.SKIPPED,
        "tests/test_half.py::Broken::test_a": Outcome.ERROR,
        "tests/test_half.py::Left::test_a": Outcome.PASSED,
        "tests/test_half.py::Left::test_b": Outcome.ERROR,
        "tests/test_whole.py::A::test_a": Outcome.SKIPPED,
    }
    assert {raised.exception for raised in seen.raised} == {"OSError"}


MANAGE = (
    "import os\nimport sys\n\nif __name__ == '__main__':\n"
    "    os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'site_settings')\n"
    "    from django.core.management import execute_from_command_line\n\n"
    "    execute_from_command_line(sys.argv)\n"
)
SETTINGS = (
    "SECRET_KEY = 'x'\nUSE_TZ = True\nINSTALLED_APPS = ['django.contrib.contenttypes', 'shop']\n"
    "DEFAULT_AUTO_FIELD = 'django.db.models.AutoField'\n"
    "DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '/nowhere/shop.db'}}\n"
)
MODELS = "from django.db import models\n\n\nclass Item(models.Model):\n    price = models.IntegerField()\n"
SHOP_TESTS = """\
from django.test import TestCase, tag

from shop.models import Item


class Prices(TestCase):
    @classmethod
    def setUpTestData(cls):
        Item.objects.create(price=3)

    def test_kept(self):
        self.assertEqual(Item.objects.get().price, 3)

    def test_wrong(self):
        self.assertEqual(Item.objects.count(), 2)

    @tag("slow")
    def test_slow(self):
        raise AssertionError
"""
DJANGO = {
    "manage.py": MANAGE,
    "site_settings.py": SETTINGS,
    "shop/__init__.py": "",
    "shop/models.py": MODELS,
    "shop/tests.py": SHOP_TESTS,
}


def test_the_suite_of_a_django_project_is_run_by_its_own_command(bench):
    target, runs = bench(DJANGO, sys.executable)
    assert target.test_command == ("python", "manage.py", "test")
    chosen = {"test_command": (*target.test_command, "shop", "--exclude-tag=slow", "--parallel=4")}
    seen = runs.run(Trial(name="base", target=target.model_copy(update=chosen), seconds=60))
    assert seen.usable, seen.why
    name = "shop/tests.py::Prices::"
    assert seen.outcomes == {name + "test_kept": Outcome.PASSED, name + "test_wrong": Outcome.FAILED}


def test_a_test_of_a_django_project_has_the_database_to_itself(bench):
    target, runs = bench(DJANGO, sys.executable)
    made = "from shop.models import Item\n\n\n"
    made += "".join(
        f"def test_{n}():\n    Item.objects.create(price={n})\n    assert Item.objects.count() == 1\n\n\n"
        for n in (1, 2)
    )
    trial = Trial(
        name="red", target=target, files={"shop/test_new.py": made}, select=("shop/test_new.py",), seconds=60
    )
    seen = runs.run(trial)
    assert seen.usable, seen.why
    assert set(seen.outcomes.values()) == {Outcome.PASSED}
    assert seen.command == ("python", "manage.py", "test", "shop.test_new")


QUIET_PART = """\
import contextlib
from unittest.case import _Outcome


@contextlib.contextmanager
def quiet(self, test, subTest=False):
    with contextlib.suppress(Exception):
        yield


_Outcome.testPartExecutor = quiet
"""
QUIET_CALL = (
    "from django.test.testcases import SimpleTestCase\n\n"
    "SimpleTestCase._setup_and_call = lambda self, result, debug=False: None\n"
)


def test_who_replaces_a_part_of_unittest_is_seen(bench, bare):
    files = {"shop.py": QUIET_PART, "tests/__init__.py": "", "tests/test_shop.py": "import shop\n" + UNITTEST}
    target, runs = bench(files, bare)
    seen = runs.run(Trial(name="base", target=target, files={"shop.py": SHOP + QUIET_PART}, seconds=60))
    assert not seen.usable or "unittest.case:_Outcome.testPartExecutor" in seen.tampered


def test_who_replaces_a_part_of_djangos_test_cases_is_seen(bench):
    target, runs = bench(DJANGO, sys.executable)
    patched = {"shop/models.py": QUIET_CALL + MODELS}
    seen = runs.run(Trial(name="suite", target=target, files=patched, seconds=60))
    assert not seen.usable or "django.test.testcases:SimpleTestCase._setup_and_call" in seen.tampered


def test_a_django_project_whose_tests_want_pytest_gets_it(bench):
    files = {**DJANGO, "shop/test_more.py": "import pytest\n\n\ndef test_a(db):\n    pass\n"}
    target, _ = bench(files, sys.executable)
    assert target.test_command == ("python", "-m", "pytest")


def test_a_suite_that_needs_pytest_says_what_to_do(bench, bare):
    files = {"shop.py": SHOP, "tests/test_total.py": "import pytest\n\n\ndef test_x():\n    pass\n"}
    with pytest.raises(BadInput, match=r"has no pytest.*-m pip install pytest"):
        bench(files, bare)


def test_any_runner_that_writes_junit_xml_is_read_and_red_is_still_seen_by_the_probe(bench, bare):
    files = {"shop.py": SHOP, "run.py": JUNIT, "tests/test_x.py": ""}
    target, runs = bench(files, bare, test_command=("python", "run.py", "{junit}"))
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert seen.usable, seen.why
    assert seen.runner == "junit"
    assert seen.outcomes == {"t::sum": "passed", "t::bad": "failed", "t.py::later": "skipped"}
    red = "from shop import total\n\n\ndef test_none():\n    total(None)\n"
    trial = Trial(
        name="red",
        target=target,
        files={"tests/test_red.py": red},
        select=("tests/test_red.py::test_none",),
        seconds=60,
    )
    (raised,) = runs.run(trial).raised
    assert (raised.exception, raised.frames[-1].path) == ("TypeError", "shop.py")


@pytest.mark.parametrize(
    ("xml", "why"),
    [
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><testsuite/>", "declares entities"),
        ("<testsuite", "cannot be read"),
        ("<testsuite/>", "names no test"),
        ("", "wrote no JUnit XML"),
        ("<testsuite failures='1'><testcase name='a'/></testsuite>", "names no test that failed"),
    ],
)
def test_junit_xml_that_is_no_record_makes_the_run_unusable(bench, bare, xml, why):
    files = {"shop.py": SHOP, "run.py": f"import sys\nopen(sys.argv[1], 'w').write({xml!r})\n"}
    target, runs = bench(files, bare, test_command=("python", "run.py", "{junit}"))
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert not seen.usable
    assert why in seen.why


def test_a_suite_that_hangs_ends_as_unusable_with_the_limit(bench, environment):
    files = {"shop.py": SHOP, "tests/test_slow.py": "import time\n\n\ndef test_x():\n    time.sleep(60)\n"}
    target, runs = bench(files, environment / "bin/python")
    seen = runs.run(Trial(name="base", target=target, seconds=3))
    assert not seen.usable
    assert "longer than 3 s" in seen.why
    assert "tests/test_slow.py::test_x" in seen.why


def test_options_of_a_missing_plug_in_do_not_stop_the_suite(bench, environment):
    files = {
        "shop.py": SHOP,
        "pytest.ini": "[pytest]\naddopts = --asyncio-mode=auto --dc=Base\n",
        "tests/test_x.py": "def test_x():\n    pass\n",
    }
    target, runs = bench(files, environment / "bin/python")
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert seen.usable, seen.why
    assert list(seen.outcomes) == ["tests/test_x.py::test_x"]


@pytest.mark.parametrize(
    "conftest",
    [
        pytest.param("open(__file__ + '.log', 'w')\n", id="fails"),
        pytest.param("def pytest_ignore_collect(path, nothing):\n    return False\n", id="refused"),
    ],
)
def test_tests_of_ours_run_where_the_projects_conftest_cannot(bench, environment, conftest):
    old = "import warnings\n\nwarnings.warn('old', DeprecationWarning)\n"
    files = {
        "shop.py": old + SHOP,
        "tests/conftest.py": conftest,
        "tests/test_a.py": "",
    }
    files["pytest.ini"] = "[pytest]\nfilterwarnings = error\n"
    target, runs = bench(files, environment / "bin/python")
    own = {"tests/test_own.py": "from shop import total\n\n\ndef test_own():\n    assert total([1]) == 1\n"}
    run = runs.run(Trial(name="own", target=target, files=own, select=("tests/test_own.py::test_own",)))
    assert run.outcomes == {"tests/test_own.py::test_own": Outcome.PASSED}, run.why
    assert "--noconftest" in run.command
    theirs = runs.run(Trial(name="theirs", target=target, select=("tests/test_a.py",)))
    assert not theirs.usable


def test_a_project_in_a_subdirectory_has_ids_from_the_repositorys_root(bench, environment):
    files = {
        "services/shop/shop.py": SHOP,
        "services/shop/tests/test_x.py": "from shop import total\n\n\ndef test_x():\n    assert total([1])\n",
        "other/tests/test_y.py": "import nowhere_at_all\n",
    }
    target, runs = bench(files, environment / "bin/python", subdirectory="services/shop")
    seen = runs.run(Trial(name="base", target=target, seconds=60))
    assert seen.usable, seen.why
    assert list(seen.outcomes) == ["services/shop/tests/test_x.py::test_x"]


def test_what_is_no_interpreter_is_refused(bench, tmp_path):
    for path in ("/nowhere/python", str(tmp_path), "/bin/true"):
        with pytest.raises(BadInput):
            bench({"shop.py": SHOP}, path)


def test_the_repositorys_own_environment_comes_first_unless_git_tracks_it(lay_files, tmp_path):
    checkout = tmp_path / "checkout"
    for name in (".venv", "venv"):
        (checkout / name / "bin").mkdir(parents=True)
        (checkout / name / "bin/python").symlink_to(sys.executable)
    source = lay_files({".venv/bin/python": "", "shop.py": SHOP})
    found = list(interpreter.candidates(source, "", str(checkout), ""))
    assert found[0] == str(checkout / "venv/bin/python")
    assert str(checkout / ".venv/bin/python") not in found


def test_the_active_environment_comes_before_what_is_installed(lay_files, tmp_path):
    (tmp_path / "active/bin").mkdir(parents=True)
    (tmp_path / "active/bin/python").symlink_to(sys.executable)
    found = list(interpreter.candidates(lay_files({"shop.py": SHOP}), "", "", str(tmp_path / "active")))
    assert found[0] == str(tmp_path / "active/bin/python")


@pytest.mark.parametrize(
    ("files", "roots"),
    [
        ({"shop.py": ""}, (".",)),
        ({"src/shop/__init__.py": "", "tests/test_x.py": ""}, ("src", ".")),
        (
            {"lib/python/shop/__init__.py": "", "setup.py": "setup(package_dir={'': 'lib/python'})"},
            ("lib/python", "."),
        ),
        (
            {"code/shop.py": "", "setup.cfg": "[options]\npackage_dir =\n    = code\n"},
            ("code", "."),
        ),
        ({"code/shop.py": "", "pytest.ini": "[pytest]\npythonpath = code\n"}, ("code", ".")),
        (
            {"py/shop/a.py": "", "pyproject.toml": "[tool.setuptools.packages.find]\nwhere = ['py']\n"},
            ("py", "."),
        ),
        (
            {
                "py/shop/a.py": "",
                "pyproject.toml": "[tool.poetry]\npackages = [{include='shop', from='py'}]\n",
            },
            ("py", "."),
        ),
        ({"src/__init__.py": "", "src/shop.py": ""}, (".",)),
        ({"shop.py": "", "pyproject.toml": "not toml ["}, (".",)),
    ],
)
def test_source_roots(lay_files, files, roots):
    assert interpreter.source_roots(lay_files(files)) == roots


@pytest.mark.parametrize(
    ("text", "version", "allowed"),
    [
        ("[project]\nrequires-python = '>=3.9,<3.12'\n", (3, 8), False),
        ("[project]\nrequires-python = '>=3.9,<3.12'\n", (3, 11), True),
        ("[project]\nrequires-python = '>=3.9,<3.12'\n", (3, 12), False),
        ("[tool.poetry.dependencies]\npython = '^3.10'\n", (3, 9), False),
        ("[project]\nname = 'x'\n", (3, 8), True),
    ],
)
def test_requires_python(lay_files, text, version, allowed):
    assert interpreter.required(lay_files({"pyproject.toml": text}), "")(version) is allowed


@pytest.mark.parametrize(
    ("words", "options", "selection"),
    [
        ("-n auto --cov=shop -x --maxfail=1 -v", [], []),
        (
            "--import-mode=importlib -p no:warnings -p xdist",
            ["--import-mode=importlib", "-p", "no:warnings"],
            [],
        ),
        ("-p no:terminal -pno:cacheprovider", ["-p", "no:cacheprovider"], []),
        (
            "-m 'not slow' -k fast --deselect a.py::x",
            [],
            ["-m", "not slow", "-k", "fast", "--deselect", "a.py::x"],
        ),
        ("-W error --ignore=docs --strict-markers", ["-W", "error"], ["--ignore=docs"]),
    ],
)
def test_which_of_a_projects_options_are_kept(words, options, selection):
    import shlex

    assert suite.options(shlex.split(words)) == options
    assert suite.selection(shlex.split(words)) == selection


def test_a_command_of_an_unknown_runner_says_what_is_needed():
    assert runner_of(("python3.12", "-m", "pytest", "-q")) == ("pytest", ("-q",))
    assert runner_of(("python", "-m", "unittest")) == ("unittest", ())
    assert runner_of(("pytest", "tests")) == ("pytest", ("tests",))
    with pytest.raises(BadInput, match="JUnit"):
        runner_of(("make", "test"))


def test_homes_of_tests(lay_files):
    files = {
        "shop/a.py": "",
        "shop/test_inline.py": "",
        "tests/unit/test_a.py": "",
        "tests/test_b.py": "",
        "pkg/tests/test_c.py": "",
        ".venv/lib/test_d.py": "",
    }
    assert suite.homes(lay_files(files)) == ("pkg/tests", "shop/test_inline.py", "tests")


def test_limits_reach_the_sandbox(sandbox, lay_files, environment):
    files = {"tests/test_x.py": "def test_x():\n    x = bytearray(b'x') * (900 << 20)\n    assert x\n"}
    source = lay_files(files)
    target = interpreter.find(
        Project(name="x", repository=str(source.root), python=str(environment / "bin/python")),
        source,
        commit="c" * 40,
        sandbox=sandbox,
    )
    bench = SandboxBench(sandbox, lambda _: source, lambda _: str(source.root), limits=Limits(memory_mb=300))
    seen = bench.run(Trial(name="base", target=target, seconds=60))
    assert not seen.usable or seen.failed()
