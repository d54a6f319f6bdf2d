# ruff: noqa: E501 - programs stand on one line
"""Templates of what comes from outside and goes out again: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

HEAP = (
    "import heapq\n\n\nclass J:\n    pass\n\n\nclass Q:\n    def __init__(self):\n        self.h = []\n\n"
    "    def push(self, at, job):\n        heapq.heappush(self.h, (at, 1, job))\n\n"
    "    def pop(self):\n        return heapq.heappop(self.h)[2]\n"
)
ENCODER = (
    "import json\nfrom decimal import Decimal\n\n\ndef encode(value):\n    if isinstance(value, bytes):\n        return value.hex()\n"
    "    raise TypeError(f'no JSON for {type(value).__name__}')\n\n\ndef f(x):\n    return json.dumps(x, default=encode)\n"
)
STEPS = (
    "def _sort(x):\n    return x\n\n\ndef _drop(x):\n    return x\n\n\ndef _limit(x):\n    return x\n\n\nSTEPS = {'sort': _sort, 'drop': _drop, 'all': sum}\n\n\n"
    "def f(name):\n    step = STEPS.get(name)\n    if step is None:\n        raise LookupError(f'no step {name!r}')\n    return step\n"
)
TWICE = "class Failed(Exception):\n    def __init__(self, id, tries, why):\n        self.why = why\n\n\n"
ROWS = {
    "a key by a function": (
        "none_order",
        "def f(xs):\n    def order(x):\n        year, name = x\n        return (year, name)\n\n    return sorted(xs, key=order)\n",
        "f([(1, 'a'), (None, 'b')])",
        "return (year is None, year or 0, name)",
    ),
    "a longer tuple": (
        "heap_ties",
        HEAP,
        "q = Q(); q.push(1, J()); q.push(1, J())",
        "(at, 1, next(self._serial), job)",
    ),
    "what it holds last moves": (
        "heap_ties",
        HEAP,
        "q = Q(); q.push(1, J()); q.push(1, J())",
        "heappop(self.h)[3]",
    ),
    "a case more": (
        "json_default",
        ENCODER,
        "f(Decimal('1.5'))",
        "    if isinstance(value, Decimal):\n        return str(value)\n    raise",
    ),
    "a refused name": ("table_entry", STEPS, "f('limit')", "'all': sum, \"limit\": _limit}"),
    "a refused blank": (
        "absence_widened",
        "def f(text):\n    if text is None:\n        return 1\n    if not text.isdigit():\n        raise LookupError(text)\n    return int(text)\n",
        "f('')",
        "if text is None or not text.strip():\n        return 1",
    ),
    "an argument in the middle": (
        "argument_given",
        TWICE
        + "class Job:\n    id = tries = 1\n\n\ndef f(job, why):\n    if job.tries:\n        raise Failed(job.id, why)\n",
        "f(Job(), 'x')",
        "Failed(job.id, job.tries, why)",
    ),
    "a file below": (
        "directory_exists",
        "import os\n\n\ndef f(path):\n    os.mkdir(path)\n",
        "f('/nowhere/at/all')",
        "os.makedirs(path, exist_ok=True)",
    ),
    "a path below": (
        "directory_exists",
        "from pathlib import Path\n\n\ndef f(path):\n    path.mkdir()\n",
        "f(Path('/nowhere/at/all'))",
        "path.mkdir(parents=True, exist_ok=True)",
    ),
    "a file that is written": (
        "directory_exists",
        "import os\n\n\ndef f(path):\n    with open(path, 'w') as file:\n        file.write('')\n",
        "f('/nowhere/at/all')",
        '    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)\n    with open',
    ),
    "a text that is written": (
        "directory_exists",
        "from pathlib import Path\n\n\ndef f(path):\n    path.write_text('')\n",
        "f(Path('/nowhere/at/all'))",
        "    path.parent.mkdir(parents=True, exist_ok=True)\n    path.write_text",
    ),
    "nothing next, walked over": (
        "next_default",
        "def f(xs):\n    return [x for x in next(xs)]\n",
        "f(iter(()))",
        "in next(xs, ())]",
    ),
    "a split in a choice": (
        "unpack_split",
        "def f(t):\n    a, b = t.split('=') if '=' in t else (t, '')\n    return a, b\n",
        "f('a=b=c')",
        "t.split('=', 1) if",
    ),
    "a month that begins anew": (
        "month_end",
        "def f(x):\n    return x.replace(month=2, hour=0)\n",
        "import datetime; f(datetime.datetime(2024, 1, 31))",
        "x.replace(day=1, month=2, hour=0)",
    ),
    "a month as a place": (
        "month_index",
        "def f(x):\n    return 'abcd'[x.month // 3]\n",
        "import datetime; f(datetime.date(2024, 12, 1))",
        "'abcd'[(x.month - 1) // 3]",
    ),
    "fields of another version": (
        "known_fields",
        "from dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    x: int\n\n    @classmethod\n    def read(cls, given):\n        return cls(**given)\n",
        "A.read({'x': 1, 'y': 2})",
        "cls(**{key: value for key, value in given.items() if key in cls.__dataclass_fields__})",
    ),
    "an account handed on": (
        "recursion_passed",
        "def f(links, at, seen=()):\n    above = (*seen, at)\n    return [f(links, n) for n in links[at] if n not in above]\n",
        "f({1: [2], 2: [1]}, 1)",
        "f(links, n, seen=above)",
    ),
    "kept otherwise": (
        "stored_alike",
        "class A:\n    def __init__(self):\n        self.kept = {}\n\n    def put(self, name):\n        self.kept[name] = 1\n\n    def get(self, name):\n        return self.kept[name.lower()]\n",
        "a = A(); a.put('X'); a.get('X')",
        "self.kept[name.lower()] = 1",
    ),
    "a percent sign": (
        "plain_values",
        "import configparser\n\n\ndef f():\n    parser = configparser.ConfigParser(strict=False)\n    parser.read_string('[a]\\nx = 5%')\n    return parser['a']['x']\n",
        "f()",
        "ConfigParser(interpolation=None, strict=False)",
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_template_answers_what_comes_in(row: str, reads: Reads) -> None:
    reads(*ROWS[row])


def test_a_blank_part_is_left_out_above_the_function_that_reads_it(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "def g(part):\n    return part[0]\n\n\ndef f(text):\n    return [g(part) for part in text.split(',')]\n"
    found = texts(crash(source, "f('a,')", depth=1), "comprehension_filter")
    assert any("in text.split(',') if part]" in text for text in found)


@pytest.mark.parametrize(
    ("name", "source", "call"),
    [
        (
            "month_index",
            "def f(x):\n    return 'abcd'[(x.month - 1)]\n",
            "import datetime; f(datetime.date(2024, 12, 1))",
        ),
        ("month_index", "def f(month):\n    return 'abcd'[month]\n", "f(13)"),
        (
            "absence_widened",
            "def f(t):\n    if t is None:\n        return 1\n    if not t.strip():\n        raise LookupError(t)\n    return 2\n",
            "f('')",
        ),
        ("recursion_passed", "def f(n, seen=()):\n    return f(n, seen)\n", "f(1)"),
        (
            "stored_alike",
            "class A:\n    kept = {}\n\n    def get(self, name):\n        return self.kept[name.lower()]\n",
            "A().get('X')",
        ),
        ("directory_exists", "def f(path):\n    return open(path)\n", "f('/nowhere/at/all')"),
    ],
)
def test_what_is_right_already_is_left_alone(
    name: str, source: str, call: str, crash: Callable[..., Site], texts: Texts
) -> None:
    assert texts(crash(source, call), name) == []
