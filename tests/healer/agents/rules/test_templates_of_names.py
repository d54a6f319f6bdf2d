# ruff: noqa: E501 - programs stand on one line
"""Templates of names, calls, imports and declarations: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS = {
    "signature_alike": (
        "def on(g):\n    return g\n\n\n@on\ndef a(b, p):\n    pass\n\n\n@on\ndef c(b, p):\n    pass\n\n\n@on\ndef d(p):\n    pass\n\n\n"
        "def f():\n    for g in (a, c, d):\n        g(1, 2)\n",
        "f()",
        "def d(b, p):",
    ),
    "closed_early": (
        "import io\n\n\ndef g(h):\n    for line in h:\n        yield line\n\n\ndef read(t):\n    with io.StringIO(t) as h:\n        return g(h)\n\n\n"
        "def f(t):\n    return list(read(t))\n",
        "f('a')",
        "        yield from g(h)",
    ),
    "base_initialised": (
        "class A:\n    def __init__(self, key, error, *, deep=False):\n        self.error = error\n\n\n"
        "class B(A):\n    def __init__(self, key, fault):\n        self.key = key\n\n    def f(self):\n        return self.error\n",
        "B(1, 2).f()",
        "    def __init__(self, key, fault):\n        super().__init__(key, fault)\n",
        ("AttributeError", "'B' object has no attribute 'error'"),
    ),
    "attribute_copied": (
        "class A:\n    __slots__ = ('a', 'b', 'c')\n\n\nclass B(A):\n    def __init__(self, v):\n        self.a = v.a\n        self.b = v.b\n\n"
        "    def f(self):\n        return self.c\n",
        "v = A()\nv.a = v.b = v.c = 1\nB(v).f()",
        "        self.b = v.b\n        self.c = v.c\n",
        ("AttributeError", "'B' object has no attribute 'c'"),
    ),
    "name_meant": ("def f(total):\n    return totl\n", "f(1)", "return total"),
    "name_import": ("def f(p):\n    return os.path.join(p)\n", "f('a')", "import os\n"),
    "moved_api": (
        "import collections\n\n\ndef f(d):\n    return isinstance(d, collections.Mapping)\n",
        "f({})",
        "collections.abc.Mapping",
    ),
    "member_meant": (
        "class A:\n    def __init__(self):\n        self.total = 1\n\n    def f(self):\n        return self.totl\n",
        "A().f()",
        "return self.total",
    ),
    "keyword_typo": (
        "def g(colour=1):\n    return colour\n\n\ndef f():\n    return g(color=2)\n",
        "f()",
        "g(colour=2)",
    ),
    "self_missing": (
        "class A:\n    def g(n):\n        return self.n\n\n    def f(self):\n        return self.g(1)\n",
        "A().f()",
        "def g(self, n):",
    ),
    "mutable_default": (
        "from dataclasses import dataclass\n\n\n@dataclass\nclass A:\n    xs: list = []\n",
        "pass",
        "xs: list = field(default_factory=list)",
    ),
    "directory_exists": (
        "import os\n\n\ndef f():\n    os.makedirs('/')\n",
        "f()",
        "os.makedirs('/', exist_ok=True)",
    ),
    "not_called": (
        "class A:\n    @property\n    def name(self):\n        return 'a'\n\n\ndef f(a):\n    return a.name()\n",
        "f(A())",
        "return a.name\n",
    ),
}

ELSEWHERE: dict[str, tuple[str, str, str, tuple[str, str] | None, int]] = {
    "future_annotations": (
        "x = 1\n\n\ndef f(a: missing[int]) -> int:\n    return 1\n",
        "pass",
        "from __future__ import annotations\n",
        ("TypeError", "'type' object is not subscriptable"),
        0,
    ),
    "awaited": (
        "class g:\n    pass\n\n\nasync def f():\n    x = g()\n    return x.upper()\n",
        "f().send(None)",
        "x = await g()",
        ("AttributeError", "'coroutine' object has no attribute 'upper'"),
        0,
    ),
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_template_makes_its_candidate(name: str, reads: Reads) -> None:
    reads(name, *ROWS[name])


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_template_for_another_python_or_frame(name: str, reads: Reads) -> None:
    reads(name, *ELSEWHERE[name])


def test_a_member_is_read_from_the_class_whatever_it_is_called(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "class A:\n    KINDS = ('a',)\n\n    @classmethod\n    def f(klass, kind):\n        return kind in KINDS\n"
    assert "return kind in klass.KINDS" in texts(crash(source, "A.f('a')"), "name_meant")[0]


def test_a_name_without_its_first_word_is_found_in_the_class_around(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = (
        "class A:\n    def own_events(self):\n        return self.events()\n\n    def all_own_events(self):\n        return []\n\n"
        "    def trait_events(self):\n        return []\n"
    )
    site = crash(
        source, "A().own_events()", ("AttributeError", "type object 'Other' has no attribute 'events'")
    )
    assert "return self.trait_events()" in texts(site, "member_meant")[0]


def test_a_slip_that_nothing_is_called_by_is_mended_on_every_holder(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = "class A:\n    def f(self, a, b):\n        if a:\n            return a.issuperst(b)\n        return b.issuperst(a)\n"
    assert texts(crash(source, "A().f({1}, {2})"), "member_meant")[0].count(".issuperset(") == 2


def test_an_asynchronous_generator_is_iterated_over_as_one(crash: Callable[..., Site], texts: Texts) -> None:
    source = "async def g():\n    yield 1\n\n\nasync def f():\n    for x in g():\n        return x\n"
    assert "    async for x in g():" in texts(crash(source, "f().send(None)"), "awaited")[0]


def test_every_template_has_a_row() -> None:
    """In one of the files of this folder."""
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*template*.py"))
    assert [t.name for t in registry() if f'"{t.name}"' not in tests] == []
