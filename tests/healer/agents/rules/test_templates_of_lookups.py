# ruff: noqa: E501 - programs stand on one line
"""Templates of keys, indexes, items and what is iterated over: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS = {
    "literal_key": (
        "class A:\n    def __init__(self):\n        self.d = {'a': [], 'b': []}\n\n    def f(self, k):\n        self.d[k].append(1)\n",
        "A().f('c')",
        "{'a': [], 'b': [], \"c\": []}",
    ),
    "lookup_absent": (
        "def f(d, k):\n    x = d.pop(k)\n    if x is None:\n        return 0\n    return x\n",
        "f({}, 'a')",
        "    except KeyError:\n        x = None\n",
    ),
    "key_default": (
        "def f(d):\n    for k in d['a'].items():\n        pass\n",
        "f({})",
        "d.get('a', {}).items()",
    ),
    "key_guard": (
        'def f(d):\n    """None if it is not there."""\n    return d["a"] + 1\n',
        "f({})",
        'if "a" not in d:\n        return None',
    ),
    "key_counted": ("def f(d, k):\n    d[k] += 1\n", "f({}, 1)", "d[k] = d.get(k, 0) + 1"),
    "bound_operator": (
        "def f(x):\n    i = 0\n    while i <= len(x) and x[i]:\n        i += 1\n    return i\n",
        "f([1])",
        "while i < len(x) and x[i]:",
    ),
    "table_size": (
        "def f(n):\n    seen = [0] * n\n    seen[n] = 1\n    return seen\n",
        "f(2)",
        "[0] * (n + 1)",
    ),
    "loop_until_empty": (
        "def f(queue):\n    while True:\n        if queue.pop() == 1:\n            return True\n    return False\n",
        "f([])",
        "while queue:",
    ),
    "recursion_base": (
        "def f(x):\n    if len(x) == 0:\n        return 0\n    return 1 + f(x[: (len(x) + 1) // 2])\n",
        "f([1])",
        "if len(x) <= 1:",
    ),
    "recursion_step": (
        "def f(x):\n    return [f(x) if isinstance(i, list) else i for i in x]\n",
        "f([[]])",
        "f(i) if",
    ),
    "visited_set": (
        "def f(links, at, seen):\n    seen.add(at)\n    return any(f(links, n, seen) for n in links[at])\n",
        "f({1: [1]}, 1, set())",
        "for n in links[at] if n not in seen)",
    ),
    "grid_bounds": (
        "def f(g, r, c):\n    if not g[r][c]:\n        return 0\n    return 1 + f(g, r + 1, c)\n",
        "f([[1]], 0, 0)",
        "if not (0 <= r < len(g) and 0 <= c < len(g[r])):\n        return 0\n",
    ),
    "unpack_split": (
        "def f(t):\n    a, b = t.split(':')\n    return a, b\n",
        "f('a:b:c')",
        "t.split(':', 1)",
    ),
    "items_missing": ("def f(d):\n    for k, v in d:\n        print(k, v)\n", "f({1: 2})", "in d.items():"),
    "made_list": ("def f(d):\n    return d.keys()[0]\n", "f({1: 2})", "list(d.keys())[0]"),
    "iterate_copy": (
        "def f(d):\n    for k in d:\n        del d[k]\n",
        "f({1: 1, 2: 2})",
        "for k in list(d):",
    ),
    "next_default": (
        'def f(x):\n    """None if there is none."""\n    return next(iter(x))\n',
        "f([])",
        "next(iter(x), None)",
    ),
    "index_condition": (
        "def f(w):\n    if w[0] == '-':\n        return 1\n    return 0\n",
        "f('')",
        "if w and w[0] == '-':",
    ),
    "loop_bound": (
        "def f(x):\n    for i in range(len(x)):\n        print(x[i + 1])\n",
        "f([1])",
        "range(len(x) - 1)",
    ),
    "index_value": (
        'def f(x, i):\n    """None if there is none."""\n    return x[i]\n',
        "f([], 3)",
        "x[i] if i < len(x) else None",
    ),
    "removed_absent": ("def f(d, k):\n    d.pop(k)\n", "f({}, 1)", "d.pop(k, None)"),
    "comprehension_filter": (
        "def f(xs):\n    return [x.real for x in xs]\n",
        "f([1, None])",
        "[x.real for x in xs if x is not None]",
    ),
}

ELSEWHERE: dict[str, tuple[str, str, str, tuple[str, str] | None, int]] = {
    "recursion_offset": (
        "def f(xs, k):\n    p = xs[0]\n    n = 1\n    if k >= n:\n        return f(xs[1:], k)\n    return p\n",
        "f([1], 4)",
        "f(xs[1:], k - n)",
        None,
        1,
    ),
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_template_makes_its_candidate(name: str, reads: Reads) -> None:
    reads(name, *ROWS[name])


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_template_for_another_python_or_frame(name: str, reads: Reads) -> None:
    reads(name, *ELSEWHERE[name])


def test_no_next_item_is_asked_for_where_its_neighbours_are(crash: Callable[..., Site], texts: Texts) -> None:
    source = "def f(xs, b):\n    a = next(x for x in xs if x)\n    if b is None or a.real > b:\n        return 0\n    return a\n"
    found = texts(crash(source, "f([], 1)"), "next_default")
    assert any(
        "a = next((x for x in xs if x), None)\n    if b is None or a is None or a.real > b:" in t
        for t in found
    )
