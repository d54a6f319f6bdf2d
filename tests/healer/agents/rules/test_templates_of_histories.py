# ruff: noqa: E501 - programs stand on one line
"""Templates drawn from many projects' histories: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS: dict[tuple[str, str], tuple[str, ...]] = {
    ("presence_asked", "a key"): (
        "def f(m):\n    if 'text' in m and m:\n        return m['text'].encode()\n    return b''\n",
        "f({'text': None})",
        "if m.get('text') is not None and m:",
    ),
    ("presence_asked", "an attribute"): (
        "class M:\n    path = None\n\ndef f(ms):\n    return [m.path.split('/') for m in ms if hasattr(m, 'path')]\n",
        "f([M()])",
        'if getattr(m, "path", None) is not None]',
    ),
    ("presence_asked", "before the other operand"): (
        "def f(m):\n    return bool('a' in m and m['a'].strip())\n",
        "f({'a': None})",
        "m.get('a') is not None and m['a'].strip()",
    ),
    ("getattr_recursion", "one"): (
        "class P:\n    def __init__(self, inner):\n        self.inner = inner\n\n    def __getattr__(self, name):\n        return getattr(self.inner, name)\n",
        "P.__new__(P).real",
        'if name == "inner":\n            raise AttributeError(name)\n        return',
    ),
    ("getattr_recursion", "several"): (
        "class P:\n    def __init__(self):\n        self.a, self.b = {}, {}\n\n    def __getattr__(self, name):\n        return self.a.get(name) or self.b[name]\n",
        "P.__new__(P).real",
        'if name in ("a", "b"):',
    ),
    ("gone_already", "a file"): (
        "import os\n\ndef f(path):\n    os.remove(path)\n",
        "f('/nowhere/at/all')",
        "    except FileNotFoundError:\n        pass\n",
    ),
    ("gone_already", "who listened"): (
        "class Pipe:\n    def flush(self):\n        raise BrokenPipeError(32, 'Broken pipe')\n\ndef f(pipe):\n    pipe.flush()\n",
        "f(Pipe())",
        "    except BrokenPipeError:\n        pass\n",
        "1",
    ),
    ("run_skipped", "a key"): (
        "def f(d, out):\n    kind = d['type']\n    if kind:\n        out.append(kind.lower())\n    return out\n",
        "f({}, [])",
        "    if 'type' in d:\n        kind = d['type']\n        if kind:\n            out.append(kind.lower())\n    return out\n",
    ),
    ("run_skipped", "none"): (
        "def f(part, out):\n    e = part.copy()\n    e.append(1)\n    out.append(e)\n    return out\n",
        "f(None, [])",
        "    if part is not None:\n        e = part.copy()\n        e.append(1)\n        out.append(e)\n    return out\n",
    ),
    ("run_skipped", "an item"): (
        "def f(seen, out):\n    a = seen[-2]\n    out.append(a)\n    return out\n",
        "f([1], [])",
        "    if len(seen) >= 2:\n        a = seen[-2]\n        out.append(a)\n    return out\n",
    ),
    ("asserted", "how many there are"): (
        'def f(xs, n):\n    """None if there are too few."""\n    assert len(xs) == 2 * n, xs\n    return xs[0]\n',
        "f([], 1)",
        "    if len(xs) != 2 * n:\n        return None\n",
    ),
    ("asserted", "either of two"): (
        'def f(x):\n    """None if it is no text."""\n    assert x is None or isinstance(x, str)\n    return x\n',
        "f(1)",
        "    if not (x is None or isinstance(x, str)):\n        return None\n",
    ),
    ("asserted", "what must not be"): (
        'def f(x):\n    """None if it is full."""\n    assert not x\n    return x\n',
        "f([1])",
        "    if x:\n        return None\n",
    ),
    ("key_asked", "a condition"): (
        "import re\n\ndef f(d):\n    if d and re.match('a', d['k']):\n        return 1\n    return 0\n",
        "f({'x': 1})",
        "if d and 'k' in d and re.match('a', d['k']):",
    ),
    ("key_asked", "a condition that asks for absence"): (
        "def f(d):\n    if not d['k'].strip():\n        return 1\n    return 0\n",
        "f({})",
        "if 'k' not in d or not d['k'].strip():",
    ),
    ("key_asked", "an effect"): (
        "def f(d, out):\n    out['k'] = d['k'] * 2\n    return out\n",
        "f({}, {})",
        "    if 'k' in d:\n        out['k'] = d['k'] * 2\n",
    ),
    ("key_default", "one under another"): (
        "def f(d):\n    return [d['a']['b']['c'] == 1, d.get('c', 0)]\n",
        "f({})",
        "d.get('a', {}).get('b', {}).get('c', 0) == 1",
    ),
    ("attribute_absent", "by a variable"): (
        "def f(x, name):\n    if getattr(x, name) is None:\n        return 1\n    return 0\n",
        "f(1, 'nothing')",
        "if getattr(x, name, None) is None:",
    ),
    ("none_or_empty", "the largest"): (
        "def f(a, b):\n    return max(a, b)\n",
        "f(1, None)",
        "max(a, b or 0)",
    ),
    ("last_part", "plainly"): (
        "def f(path):\n    return path.rsplit('/', 1)[1]\n",
        "f('name')",
        "path.rsplit('/', 1)[-1]",
    ),
    ("type_condition", "left out"): (
        "class Fake:\n    pass\n\ndef f(stream):\n    stream.flush()\n",
        "f(Fake())",
        'if hasattr(stream, "flush"):\n        stream.flush()\n',
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_template_makes_its_candidate(row: tuple[str, str], reads: Reads) -> None:
    source, call, wanted, *depth = ROWS[row]
    reads(row[0], source, call, wanted, depth=int(depth[0]) if depth else 0)


SILENT = {
    ("presence_asked", "another's key"): (
        "def f(m, n):\n    if 'a' in n:\n        return m['a'].strip()\n",
        "f({'a': None}, {'a': 1})",
    ),
    ("presence_asked", "the other branch"): (
        "def f(m):\n    if 'a' in m:\n        return 1\n    return m.get('b').strip() if 'b' not in m else 0\n",
        "f({})",
    ),
    ("presence_asked", "either of two"): (
        "def f(m):\n    if 'a' in m or m:\n        return m['a'].strip()\n",
        "f({'a': None})",
    ),
    ("getattr_recursion", "a class has it"): (
        "class P:\n    inner = None\n\n    def __init__(self, inner):\n        self.inner = inner\n\n    def __getattr__(self, name):\n        return getattr(self, name + self.inner) if self.inner else getattr(self, name)\n",
        "P(None).real",
    ),
    ("gone_already", "what has a result"): (
        "import os\n\ndef f(p):\n    return os.remove(p)\n",
        "f('/no/where')",
    ),
    ("gone_already", "it is answered"): (
        "import os\n\ndef f(p):\n    try:\n        os.remove(p)\n    except ValueError:\n        pass\n",
        "f('/no/where')",
    ),
    ("key_asked", "a plain value"): ("def f(d):\n    if d['k'] == 1:\n        return 1\n", "f({})"),
    ("key_asked", "what is bound"): ("def f(d):\n    x = d['k'] * 2\n    return x\n", "f({})"),
    ("run_skipped", "asked for below"): (
        "def f(d, out):\n    a = d['k']\n    out.append(a)\n    out.append(1)\n    return a\n",
        "f({}, [])",
    ),
    ("run_skipped", "bound before"): (
        "def f(d, out):\n    a = 1\n    while out:\n        a = d['k']\n        out.append(a)\n",
        "f({}, [1])",
    ),
    ("run_skipped", "it is left"): (
        "def f(d, out):\n    a = d['k']\n    if a:\n        return out\n",
        "f({}, [1])",
    ),
    ("last_part", "another may follow"): ("def f(p):\n    return p.split('/')[1]\n", "f('a')"),
    ("last_part", "the first of two"): ("def f(p):\n    return p.split('/', 2)[1]\n", "f('a')"),
}


@pytest.mark.parametrize("row", sorted(SILENT))
def test_a_template_says_nothing_where_it_knows_nothing(
    row: tuple[str, str], crash: Callable[..., Site], texts: Texts
) -> None:
    source, call = SILENT[row]
    assert texts(crash(source, call), row[0]) == []


def test_what_is_put_into_an_object_is_left_out_of_another_kind(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "class Model:\n    def __init__(self):\n        self.meta = self\n\n\ndef f(found):\n    for m in found:\n        m.meta.db = None\n"
    assert any('if hasattr(m, "meta"):' in t for t in texts(crash(source, "f([{}])"), "type_condition"))
    assert not any(
        "hasattr(self" in t
        for t in texts(crash(source.replace("m.meta.db", "m.meta.db.x"), "f([{}])"), "type_condition")
    )
