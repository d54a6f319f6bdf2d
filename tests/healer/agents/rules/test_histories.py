# ruff: noqa: E501 - programs stand on one line
"""What is learned from projects' histories: which functions are alike, where one crashed, which fixes count."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

from benchmarks.histories import Fix, fixes, made, repositories
from benchmarks.likeness import Function, form, names
from benchmarks.supposed import crashes

BEFORE = "def f(x, d):\n    return x.strip() or d['k']\n"


def function(text: str) -> Function:
    found = ast.parse(text).body[0]
    assert isinstance(found, ast.FunctionDef)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("if x is None:\n        return\n    x.a()", "if x:\n        x.a()"),
        ("if x is None:\n        return None\n    return x.a", "if not x:\n        return\n    return x.a"),
        ("if len(x) == 0:\n        raise E('why')\n    return x", "if not x:\n        raise E\n    return x"),
        ("return d['k'] if 'k' in d else 1", "if 'k' not in d:\n        return 1\n    return d['k']"),
        ("return x if x else []", "return x or ()"),
        ("for i in x:\n        if i:\n            i.a()", "for i in x:\n        if not i:\n            continue\n        i.a()"),
        ("try:\n        x()\n    except (A, B):\n        pass", "try:\n        x()\n    except B:\n        log.info('no')\n    except A:\n        pass"),
        ("y = x.a()\n    if y:\n        y.b()", "z = x.a()\n    if z:\n        z.b()"),
        ("if x and d:\n        x.a()", "if x:\n        if d:\n            x.a()"),
    ],
)  # fmt: skip
def test_what_comes_to_the_same_is_alike(one: str, other: str) -> None:
    known = names(function(BEFORE))
    forms = [form(function(f"def f(x, d):\n    {text}\n"), known) for text in (one, other)]
    assert forms[0] == forms[1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("if x is None:\n        return 0\n    return x", "if x is None:\n        return 1\n    return x"),
        ("if x:\n        raise A\n    return x", "if x:\n        raise B\n    return x"),
        ("return d.get('k')", "return d.get('k', 0)"),
        ("try:\n        x()\n    except A:\n        pass", "try:\n        x()\n    except B:\n        pass"),
        ("while x:\n        if d:\n            break", "while x:\n        if d:\n            continue"),
    ],
)
def test_what_does_something_else_is_not_alike(one: str, other: str) -> None:
    forms = [form(function(f"def f(x, d):\n    {text}\n")) for text in (one, other)]
    assert forms[0] != forms[1]


def test_a_crash_is_supposed_where_the_change_asks() -> None:
    after = BEFORE.replace("return", "if x is None:\n        return None\n    return")
    first = crashes(function(BEFORE), function(after), "AttributeError", "")[0]
    assert (first.line, first.message) == (2, "'NoneType' object has no attribute 'strip'")
    assert first.values == {"x": "None"}


def test_a_key_is_missing_by_its_own_name() -> None:
    after = BEFORE.replace("d['k']", "d.get('k')")
    assert "'k'" in {one.message for one in crashes(function(BEFORE), function(after), "KeyError", "")}


def test_a_widened_handler_tells_what_it_was_tried_for() -> None:
    text = "def f(x):\n    try:\n        return int(x)\n    except ValueError:\n        return 0\n"
    after = text.replace("ValueError", "(ValueError, TypeError)")
    assert crashes(function(text), function(after), "TypeError", "")[0].line == 3


def test_a_fix_counts_where_a_candidate_is_alike() -> None:
    after = BEFORE.replace("d['k']", "d.get('k')")
    fix = Fix("p", "c", "m.py", "f", ("KeyError",), BEFORE, after)
    one = made(fix)
    assert one is not None
    assert one.candidate.template.name == "key_default"
    assert made(Fix("p", "c", "m.py", "f", ("KeyError",), BEFORE, BEFORE.replace("'k'", "x[3:9]"))) is None


def test_only_small_crash_fixes_of_one_function_are_read(tmp_path: Path) -> None:
    repository = tmp_path / "project"
    repository.mkdir()
    after = BEFORE.replace("d['k']", "d.get('k')")
    for message, text in (
        ("Begin", BEFORE),
        ("Fix KeyError without k", after),
        ("Refactor the KeyError", after.replace("strip", "lstrip")),
        ("No crash at all", after.replace("strip", "rstrip")),
        ("Raise KeyError", after + "    raise KeyError\n"),
    ):
        (repository / "m.py").write_text(text)
        if message == "Begin":
            git(repository, "init", "-q")
        git(repository, "add", "m.py")
        git(repository, "commit", "-qm", message)
    ((project, place),) = repositories(tmp_path)
    (fix,) = fixes(project, place)
    assert (fix.project, fix.function, fix.kinds) == ("project", "f", ("KeyError",))
    assert (fix.before, fix.after) == (BEFORE, after)


def git(repository: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(repository), *who, *arguments], check=True)
