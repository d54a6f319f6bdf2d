# ruff: noqa: E501 - programs stand on one line
"""Templates where something is None, empty or not set: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import libcst as cst
import pytest

from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS = {
    "blank_text": (
        'import json\n\n\ndef f(x):\n    """None for no text."""\n    return json.loads(x)\n',
        "f('')",
        "    if not x.strip():\n        return None\n    return json.loads(x)",
    ),
    "broken_promise": (
        "class A:\n    @property\n    def xs(self) -> list[int]:\n        if not hasattr(self, 'y'):\n            return None\n        return [1]\n\n\n"
        "def f(a):\n    return [x for x in a.xs]\n",
        "f(A())",
        "            return []\n        return [1]",
    ),
    "null_given": (
        "def f(d):\n    o = d.get('o', {})\n    return o.get('x')\n",
        "f({'o': None})",
        "o = d.get('o') or {}",
    ),
    "none_stored": (
        "def f(xs):\n    d = {}\n    for k, v in xs:\n        if k in d and v is not None and v > d[k]:\n            return k\n        d[k] = v\n",
        "f([(1, None), (1, 2)])",
        "        if v is not None:\n            d[k] = v",
    ),
    "refused_none": (
        "def f(x, size=None):\n    if not isinstance(size, int):\n        raise TypeError(size)\n    return x[:size]\n",
        "f('a')",
        "if size is not None and not isinstance(size, int):",
    ),
    "none_order": (
        "def f(xs):\n    return sorted({x[0] for x in xs})\n",
        "f([[1], [None]])",
        "sorted({x[0] for x in xs if x[0] is not None})",
    ),
    "none_condition": (
        "def f(x):\n    if x.ready:\n        return 1\n    return 0\n",
        "f(None)",
        "if x is not None and x.ready:",
    ),
    "none_or_empty": ("def f(x):\n    for i in x:\n        print(i)\n", "f(None)", "for i in x or ():"),
    "none_guard": (
        'def f(x):\n    """The name, None when there is no x."""\n    return x.name\n',
        "f(None)",
        "    if x is None:\n        return None\n    return x.name",
    ),
    "none_value": (
        'def f(x):\n    """\'\' when there is none."""\n    return x.name\n',
        "f(None)",
        "return x.name if x is not None else ''",
    ),
    "none_skip": (
        "def f(x):\n    x.close()\n    return 1\n",
        "f(None)",
        "    if x is not None:\n        x.close()",
    ),
    "empty_guard": (
        "class Empty(Exception):\n    pass\n\n\ndef g(x):\n    if not x:\n        raise Empty('x')\n    return x[0]\n\n\n"
        "def f(x):\n    return x[-1]\n",
        "f([])",
        "    if not x:\n        raise Empty('x')\n    return x[-1]",
    ),
    "empty_default": (
        'def f(x):\n    """None without x."""\n    return max(i for i in x)\n',
        "f([])",
        "max((i for i in x), default=None)",
    ),
    "initial_bound": (
        "def f(x):\n    i, j = 0, len(x)\n    while i < j and x[i] == x[j]:\n        j -= 1\n",
        "f([1])",
        "i, j = 0, len(x) - 1",
    ),
    "empty_skip": (
        "def f(x):\n    x.pop()\n    return x\n",
        "f([])",
        "    if x:\n        x.pop()",
    ),
    "unbound_name": (
        "def f(xs):\n    for x in xs:\n        best = x\n    if best is None:\n        return 0\n    return best\n",
        "f([])",
        "    best = None\n    for x in xs:",
    ),
    "not_implemented": ("def f():\n    raise NotImplemented\n", "f()", "raise NotImplementedError"),
    "attribute_absent": (
        "class A:\n    def __init__(self):\n        pass\n\n    def set(self):\n        self.n = 1\n\n"
        "    def f(self):\n        return self.n\n",
        "A().f()",
        "self.n = 1\n",
    ),
    "missing_return": (
        "def g(x):\n    x * 2\n\n\ndef f(x):\n    return g(x) + 1\n",
        "f(1)",
        "    return x * 2\n",
    ),
}

ELSEWHERE: dict[str, tuple[str, str, str, tuple[str, str] | None, int]] = {
    "none_passed": (
        "def g(r):\n    return r.name\n\n\ndef f(d, k):\n    if k is None:\n        return {'k': k}\n    r = d.get(k)\n    return g(r)\n",
        "f({}, 'a')",
        "    if r is None:\n        return {'k': k}\n    return g(r)",
        None,
        1,
    ),
    "none_key": (
        "def place(d, k):\n    d[k].append(1)\n\n\ndef f(d, x):\n    k = d.get(x)\n    place(d, k)\n    return d\n",
        "f({}, 'a')",
        "    if k is not None:\n        place(d, k)\n    return d",
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


def test_a_name_that_is_elsewhere_a_filled_list_starts_empty(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "def f(xs):\n    for x in xs:\n        found = [1]\n    return found\n"
    assert any("    found = []\n    for" in text for text in texts(crash(source, "f([])"), "unbound_name"))


def test_a_chain_of_types_without_an_else_refuses_the_rest(crash: Callable[..., Site], texts: Texts) -> None:
    source = (
        "def f(x):\n    if isinstance(x, int):\n        y = x\n    elif isinstance(x, str):\n        y = int(x)\n"
        "    return y\n"
    )
    found = texts(crash(source, "f(())"), "unbound_name")
    assert any('    else:\n        raise TypeError(f"x: {x!r}")\n    return y' in text for text in found)


def test_what_is_put_aside_and_given_may_be_none(crash: Callable[..., Site], texts: Texts) -> None:
    source = (
        "import weakref\n\nkept = weakref.WeakValueDictionary()\n\n\ndef f(x):\n    y = x or None\n"
        "    kept[x] = y\n    return y\n"
    )
    found = texts(crash(source, "f('')"), "none_skip")
    assert "    if y is not None:\n        kept[x] = y\n    return y" in found[0]


def test_a_value_made_by_a_call_is_named_before_it_is_asked_for(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "def g(x):\n    return None\n\n\ndef f(x):\n    y = g(x).name\n    if y is None:\n        return 0\n    return y\n"
    found = texts(crash(source, "f(1)"), "none_value")
    assert any(
        "    g_2 = g(x)\n    y = g_2.name if g_2 is not None else None\n" in t
        or "found = g(x)\n    y = found.name if found is not None else None" in t
        for t in found
    ), found


def test_a_decorator_gives_back_what_it_decorates(crash: Callable[..., Site], texts: Texts) -> None:
    source = (
        "T = {}\n\n\ndef on(k):\n    def register(g):\n        T[k] = g\n\n    return register\n\n\n"
        "@on(1)\ndef a(x):\n    return x\n\n\ndef f():\n    return a(1)\n"
    )
    assert "        T[k] = g\n        return g\n" in texts(crash(source, "f()"), "missing_return")[0]


def test_what_may_be_null_by_the_docstring_is_empty(crash: Callable[..., Site]) -> None:
    plain = "def f(d):\n    return [d['body'].strip()]\n"
    told = plain.replace(":\n", ':\n    """`body` may be null."""\n', 1)
    template = next(t for t in registry() if t.name == "none_or_empty")
    bonus = [max(i.bonus for i in template.ideas(crash(text, "f({'body': None})"))) for text in (plain, told)]
    assert bonus[1] > bonus[0]


def test_an_error_asks_nothing_of_what_is_absent(crash: Callable[..., Site], texts: Texts) -> None:
    source = (
        "class Bad(Exception):\n    pass\n\n\nclass A:\n    line = 1\n\n    def g(self, t):\n        if t:\n"
        "            raise Bad('no', t.line)\n        raise Bad('end', self.line)\n\n"
        '    def f(self, t):\n        """Bad at the end of the text."""\n        return t.line\n'
    )
    found = texts(crash(source, "A().f(None)"), "none_guard")
    assert any("raise Bad('f: t is missing', self.line)" in text for text in found)


def test_a_value_that_was_taken_out_of_the_event_is_not_known(
    crash: Callable[..., Site], texts: Texts
) -> None:
    site = crash("def f(token, key):\n    return token.line\n", "f(None, 1)")
    hidden = replace(site, values={"token": "[Filtered]", "key": "[secret:api-key:3f9a1c]"})
    assert texts(hidden, "none_guard")
    assert not any(hidden.known(node) for node in hidden.on_line(cst.Name))


def test_what_has_no_number_comes_last_where_the_docstring_has_it_so(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = 'def f(xs):\n    """Newest first, undated ones at the end."""\n    return sorted(xs, key=lambda x: (-x[0], x[1]))\n'
    found = texts(crash(source, "f([[1, 2], [None, 3]])"), "none_order")
    assert "key=lambda x: (x[0] is None, -(x[0] or 0), x[1])" in found[0]
