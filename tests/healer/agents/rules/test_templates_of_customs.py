# ruff: noqa: E501 - programs stand on one line
"""Templates that take over how the program treats the same elsewhere: a program, the call that crashes it, and
what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.source import Files
from healer.agents.rules.customs import fallbacks, questions
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS: dict[tuple[str, str], tuple[str, ...]] = {
    ("asked_elsewhere", "a function of the same name"): (
        "class A:\n    def parse(self, text):\n        made = []\n        if not text:\n            return made\n        return made\n\nclass B:\n    def parse(self, text):\n        made = []\n        made.append(text.strip())\n        return made\n",
        "B().parse(None)",
        "        if not text:\n            return made\n        made.append",
    ),
    ("asked_elsewhere", "another value"): (
        "def g(offset):\n    if offset is None:\n        offset = 4\n    return offset\n\ndef f(offset):\n    return offset + 1\n",
        "f(None)",
        "    if offset is None:\n        offset = 4\n    return offset + 1",
    ),
    ("asked_elsewhere", "the next item"): (
        "import re\n\ndef g(lines):\n    for line in lines:\n        match = re.match('a', line)\n        if not match:\n            continue\n        print(match.end())\n\ndef f(lines):\n    for line in lines:\n        match = re.match('b', line)\n        print(match.end())\n",
        "f(['c'])",
        "        if not match:\n            continue\n        print(match.end())\n",
    ),
    ("asked_elsewhere", "a variable of the function around"): (
        "def g(styles):\n    if styles is None:\n        styles = {}\n    return styles\n\ndef f(styles):\n    def inner(name):\n        return name in styles\n    return inner('a')\n",
        "f(None)",
        "def f(styles):\n    if styles is None:\n        styles = {}\n    def inner",
    ),
    ("fallback_alike", "a default elsewhere"): (
        "def g(sep=','):\n    return sep\n\ndef f(parts, sep):\n    head = sep.join(parts)\n    return head + sep\n",
        "f(['a'], None)",
        "    if sep is None:\n        sep = ','\n    head =",
    ),
    ("fallback_alike", "read again"): (
        "def f(a, offset):\n    n = a + offset\n    return n - offset\n",
        "f(1, None)",
        "    if offset is None:\n        offset = 0\n    n =",
    ),
    ("fallback_alike", "an attribute"): (
        "def g(row):\n    return row.tags or ['x']\n\nclass R:\n    tags = None\n\ndef f(r):\n    for t in r.tags:\n        print(t)\n",
        "f(R())",
        "for t in r.tags or ['x']:",
    ),
    ("fallback_alike", "where it is kept"): (
        "class V:\n    def __init__(self, names=None, kinds=None):\n        self.names = names or []\n        self.kinds = kinds\n\n    def f(self):\n        return [k for k in self.kinds]\n",
        "V().f()",
        "self.kinds = kinds or []\n",
    ),
    ("handled_alike", "the same call"): (
        "def g(text):\n    try:\n        return int_of(text)\n    except ValueError:\n        return -1\n\ndef int_of(text):\n    return int(text)\n\ndef f(text):\n    return int_of(text)\n",
        "f('x')",
        "    try:\n        return int_of(text)\n    except ValueError:\n        return -1\n",
        "1",
    ),
    ("handled_alike", "what is assigned"): (
        "def read(text):\n    return {}[text]\n\ndef g(text):\n    try:\n        seen = read(text)\n    except KeyError:\n        seen = None\n    return seen\n\ndef f(text):\n    found = read(text)\n    return found\n",
        "f('x')",
        "    try:\n        found = read(text)\n    except KeyError:\n        found = None\n",
        "1",
    ),
    ("kind_admitted", "one of several"): (
        "def g(x):\n    return isinstance(x, (int, float, str))\n\ndef f(x):\n    if isinstance(x, (int, str)):\n        return x\n    return len(x)\n",
        "f(1.5)",
        "if isinstance(x, (int, str, float)):",
    ),
    ("kind_admitted", "their kin"): (
        "def f(x):\n    if isinstance(x, int):\n        return x\n    return len(x)\n",
        "f(1.5)",
        "if isinstance(x, (int, float)):",
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_template_makes_its_candidate(row: tuple[str, str], reads: Reads) -> None:
    source, call, wanted, *depth = ROWS[row]
    reads(row[0], source, call, wanted, depth=int(depth[0]) if depth else 0)


SILENT = {
    ("asked_elsewhere", "names that are not there"): (
        "def g(text, made):\n    if not text:\n        return made\n\ndef f(text):\n    return text.strip()\n",
        "f(None)",
    ),
    ("asked_elsewhere", "no loop"): (
        "def g(xs):\n    for x in xs:\n        if not x:\n            continue\n        print(x)\n\ndef f(x):\n    return x.a\n",
        "f(None)",
    ),
    ("asked_elsewhere", "it asks it itself"): (
        "def f(x):\n    if not x:\n        y = 1\n        return y if x is not None else x.a\n    return 0\n\ndef g(x):\n    return x.a\n",
        "f(None) or g(None)",
    ),
    ("fallback_alike", "no name"): (
        "def f(xs):\n    return any(y for x in xs for y in x)\n",
        "f([None])",
    ),
    ("handled_alike", "another error"): (
        "def g(text):\n    try:\n        return int(text)\n    except KeyError:\n        return -1\n\ndef f(text):\n    return int(text)\n",
        "f('x')",
    ),
    ("kind_admitted", "nobody does"): (
        "def f(x):\n    if isinstance(x, (list, str)):\n        return x\n    return len(x)\n",
        "f(1.5)",
    ),
}


@pytest.mark.parametrize("row", sorted(SILENT))
def test_a_template_says_nothing_where_the_program_says_nothing(
    row: tuple[str, str], crash: Callable[..., Site], texts: Texts
) -> None:
    source, call = SILENT[row]
    assert texts(crash(source, call), row[0]) == []


def test_stand_ins_are_counted_by_name_over_the_project() -> None:
    files = {
        "a.py": "def f(sep=','):\n    return sep or ','\n",
        "b.py": "def g(row, opts):\n    sep = row.get('sep', ';')\n    x = opts.sep if opts.sep is not None else ','\n    if not opts.sep:\n        opts.sep = DEFAULT\n",
        "tests/test_a.py": "def f(sep='?'):\n    pass\n",
    }
    assert fallbacks(Repository(Files(files)), "sep", "b.py") == {"','": 3, "';'": 1, "DEFAULT": 1}


def test_a_question_is_about_what_it_names_and_answers_shortly() -> None:
    files = {
        "a.py": "def f(x, y):\n    if not x:\n        return y\n    if x.a:\n        x = 1\n        y = 2\n        return y\n    if y is None:\n        x = 3\n"
    }
    repository = Repository(Files(files))
    assert [q.test for q in questions(repository, "x", "a.py")] == ["not x"]
    assert [q.test for q in questions(repository, "y", "a.py")] == []


def test_nearer_files_are_read_first() -> None:
    files = dict.fromkeys(("b.py", "a/c/d.py", "a/b.py", "a/c/e.py"), "x = 1\n")
    found = list(Repository(Files(files)).around("a/c/e.py", "x"))
    assert found == ["a/c/e.py", "a/c/d.py", "a/b.py", "b.py"]
