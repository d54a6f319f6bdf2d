# ruff: noqa: E501 - programs stand on one line
"""Templates of what comes from outside and goes out again: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.site import Site
from healer.agents.rules.templates import index_value

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
    "an assertion about input": (
        "asserted",
        "import re\n\n\ndef f(lines):\n    for line in lines:\n        m = re.match('a', line)\n        assert m is not None\n        print(m)\n",
        "f(['b'])",
        "        if m is None:\n            continue\n        print(m)",
    ),
    "a piece of text that is not there": (
        "index_value",
        "def f(text, add):\n    parts = text.split()\n    add(parts[-1])\n",
        "f('', print)",
        'add(parts[-1] if parts else "")',
    ),
    "one of another kind among others": (
        "type_condition",
        "class A:\n    parts = 1\n\n\ndef f(xs):\n    for x in xs:\n        if not x:\n            continue\n        print(x.parts)\n",
        "f([1])",
        '        if not hasattr(x, "parts"):\n            continue\n        print(x.parts)',
    ),
    "a block for what has parts": (
        "block_admitted",
        "def f(x):\n    if x['kind'] == 'call' or x['name']:\n        first = x['args'][0]\n        return first\n    return 0\n",
        "f({'kind': 'call', 'args': []})",
        "    if (x['kind'] == 'call' or x['name']) and x['args']:\n        first",
    ),
    "a block for what is there": (
        "block_admitted",
        "def f(x, y):\n    if x and y != 2:\n        return y.real\n    return 0\n",
        "f(1, None)",
        "    if x and y != 2 and y is not None:\n",
    ),
    "one that is no class": (
        "absence_widened",
        "def f(kind):\n    if kind is None:\n        raise LookupError('none')\n    return kind.mro()\n",
        "f(1)",
        '    if not hasattr(kind, "mro"):\n        raise LookupError',
    ),
    "a tuple that a list is added to": (
        "made_list",
        "def f(xs, n):\n    return xs + [0] * (n - len(xs))\n",
        "f((1,), 2)",
        "return list(xs) + [0] * (n - len(xs))",
    ),
    "one that is told of and used": (
        "only_told",
        "def f(x):\n    if not isinstance(x, str):\n        print('no text')\n    return x.strip() and None\n",
        "f(1)",
        "        print('no text')\n        return None\n    return x.strip()",
    ),
    "a fixed number of what may be fewer": (
        "loop_bound",
        "def f(s):\n    for cut in range(1, 4):\n        if s[cut] > 1:\n            return cut\n    return 0\n",
        "f([1, 1])",
        "for cut in range(1, min(4, len(s))):",
    ),
    "a group that is read before it is added to": (
        "key_counted",
        "def f(d, k, x):\n    at = len(d[k])\n    if at < 9:\n        d[k].append(x)\n    return d\n",
        "f({}, 'a', 1)",
        "    at = len(d.setdefault(k, []))\n",
    ),
    "a kind that is asked for elsewhere": (
        "type_condition",
        "import ast\n\n\ndef g(node):\n    if isinstance(node, ast.Name):\n        return node.id\n    return ''\n\n\n"
        "def f(node, name):\n    if node is None or node.id == name:\n        return True\n    return False\n",
        "f(ast.Constant(1), 'a')",
        "if node is None or (isinstance(node, ast.Name) and node.id == name):",
    ),
    "a question around": (
        "asked_around",
        "def f(x, y):\n    if x != y:\n        if y < 0:\n            return 1\n    return 0\n",
        "f(1, None)",
        "    if y is not None and x != y:\n        if y < 0:",
    ),
    "an empty text that is given": (
        "truth_asked",
        "def f(quoted, value=None):\n    if quoted:\n        value = quoted.strip()\n    return value.lower()\n",
        "f('')",
        "    if quoted is not None:\n        value = quoted.strip()",
    ),
    "an empty number, in one line": (
        "truth_asked",
        "def f(n):\n    size = str(n) if n else None\n    return size.lower()\n",
        "f(0)",
        "size = str(n) if n is not None else None",
    ),
    "a null that setdefault leaves": (
        "null_given",
        "def f(d):\n    d.setdefault('o', {})\n    d['o']['x'] = 1\n    return d\n",
        "f({'o': None})",
        "    if d.get('o') is None:\n        d['o'] = {}\n    d['o']['x'] = 1",
    ),
    "a group asked for twice": (
        "none_condition",
        "import re\n\n\ndef f(text):\n    m = re.match('(a)?b', text)\n    if 'a' in m.group(1):\n        return 1\n    return 0\n",
        "f('b')",
        "    if m.group(1) is not None and 'a' in m.group(1):",
    ),
    "a row shorter than its head": (
        "index_value",
        "def f(rows, names):\n    return {n: [row[i] for row in rows] for i, n in enumerate(names)}\n",
        "f([[1], [1, 2]], 'ab')",
        "[(row[i] if i < len(row) else None) for row in rows]",
    ),
    "only whether it is None": (
        "key_default",
        "def f(d, k):\n    if d[k] is not None:\n        return 1\n    return 0\n",
        "f({}, 'a')",
        "    if d.get(k) is not None:",
    ),
    "a slip among several that are awaited": (
        "except_other",
        "def f(x):\n    try:\n        return x.real\n    except (KeyError, ValueError):\n        return 0\n",
        "f('a')",
        "except (KeyError, ValueError, AttributeError):",
    ),
    "a handler, and what it tries next": (
        "except_widened",
        "def f(d):\n    try:\n        return d['a'] * 2\n    except KeyError:\n        try:\n            return d['b'] * 2\n        except (KeyError, OSError):\n            return 0\n",
        "f({'a': None})",
        "    except (KeyError, TypeError):\n        try:\n            return d['b'] * 2\n        except (KeyError, OSError, TypeError):",
    ),
    "a handler and its twin": (
        "except_other",
        "def g(x):\n    try:\n        return int(x.encode())\n    except AttributeError:\n        return 0\n\n\n"
        "def f(x):\n    try:\n        return float(x.encode())\n    except AttributeError:\n        return 0\n",
        "f('\\udc00')",
        "        return int(x.encode())\n    except (AttributeError, UnicodeEncodeError):\n        return 0\n\n\n"
        "def f(x):\n    try:\n        return float(x.encode())\n    except (AttributeError, UnicodeEncodeError):\n",
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
        (
            "block_admitted",
            "def f(x):\n    if x:\n        y = x[0]\n        return y[0]\n    return 0\n",
            "f([[]])",
        ),
        (
            "helper_used",
            "def number(x):\n    try:\n        float(x)\n    except ValueError:\n        return False\n    return True\n\n\ndef f(x):\n    return float(x)\n",
            "f('a')",
        ),
        (
            "written_alike",
            "def f(x):\n    if len(str(x)) > 9:\n        return str(x)\n    return type(x)(x)\n",
            "f(None)",
        ),
        ("only_told", "def f(x):\n    if x is None:\n        x = 1\n    return x.a\n", "f(2)"),
        ("only_told", "def f(x):\n    if x:\n        print(x)\n    return x.a\n", "f(2)"),
        ("asked_around", "def f(x, y):\n    if x:\n        return y < 0\n", "f(1, None)"),
        ("truth_asked", "def f(x, y=None):\n    if x:\n        y = x\n    return y.a\n", "f(None)"),
    ],
)
def test_what_is_right_already_is_left_alone(
    name: str, source: str, call: str, crash: Callable[..., Site], texts: Texts
) -> None:
    assert texts(crash(source, call), name) == []


def test_a_none_written_in_a_call_stands_where_it_should(crash: Callable[..., Site], texts: Texts) -> None:
    source = "def g(xs, n, default):\n    return xs + [default] * n\n\n\ndef f(default):\n    return g(default, 2, None)\n"
    assert texts(crash(source, "f((1,))", depth=1), "arguments_swapped") == []
    named = source.replace("None)", "xs)").replace("f(default)", "f(default, xs)")
    assert texts(crash(named, "f((1,), 0)", depth=1), "arguments_swapped")


@pytest.mark.parametrize(
    ("source", "call"),
    [
        ("def f(xs, at):\n    return [xs[i] for i in at]\n", "f('ab', [0, 2])"),
        ("def f(xs, n):\n    return [xs[i] for i in range(n)]\n", "f([1, 2], 3)"),
    ],
)
def test_only_one_row_among_others_may_be_shorter(source: str, call: str, crash: Callable[..., Site]) -> None:
    ragged = "def f(xs, n):\n    return [[x[i] for x in xs] for i in range(n)]\n"
    most = [
        max(idea.bonus for idea in index_value.ideas(crash(*one)))
        for one in ((source, call), (ragged, "f([[1], [1, 2]], 2)"))
    ]
    assert most[0] < most[1] - 1
