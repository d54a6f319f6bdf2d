# ruff: noqa: E501 - programs stand on one line
"""One row for each template: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import libcst as cst
import pytest

from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import apply, parses

ROWS = {
    "literal_key": (
        "class A:\n    def __init__(self):\n        self.d = {'a': [], 'b': []}\n\n    def f(self, k):\n        self.d[k].append(1)\n",
        "A().f('c')",
        "{'a': [], 'b': [], \"c\": []}",
    ),
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
    "none_stored": (
        "def f(xs):\n    d = {}\n    for k, v in xs:\n        if k in d and v is not None and v > d[k]:\n            return k\n        d[k] = v\n",
        "f([(1, None), (1, 2)])",
        "        if v is not None:\n            d[k] = v",
    ),
    "copied_name": (
        "import re\n\n\ndef f(x):\n    g1 = re.match('a', x)\n    g2 = re.match('b', x)\n    if g1:\n        return g1.group()\n"
        "    if g2:\n        return g1.group(), g1.end()\n    return None\n",
        "f('b')",
        "return g2.group(), g2.end()",
    ),
    "except_widened": (
        "def f(x):\n    try:\n        a, b = x['a']\n    except KeyError:\n        a = b = 0\n    return a\n",
        "f({'a': None})",
        "except (KeyError, TypeError):",
    ),
    "type_guard": (
        "def f(xs):\n    n = 0\n    for x in xs:\n        y: complex = x\n        n += y.imag\n    return n\n",
        "f([1, 'a'])",
        "if not isinstance(y, complex):\n            continue",
    ),
    "digits_decimal": (
        "def f(x):\n    if x.isdigit():\n        return int(x)\n    return None\n",
        "f('²')",
        "if x.isdecimal():",
    ),
    "refused_none": (
        "def f(x, size=None):\n    if not isinstance(size, int):\n        raise TypeError(size)\n    return x[:size]\n",
        "f('a')",
        "if size is not None and not isinstance(size, int):",
    ),
    "lookup_absent": (
        "def f(d, k):\n    x = d.pop(k)\n    if x is None:\n        return 0\n    return x\n",
        "f({}, 'a')",
        "    except KeyError:\n        x = None\n",
    ),
    "none_order": (
        "def f(xs):\n    return sorted({x[0] for x in xs})\n",
        "f([[1], [None]])",
        "sorted({x[0] for x in xs if x[0] is not None})",
    ),
    "zone_given": (
        "from datetime import datetime, timezone\n\n\ndef f(a, b):\n    return a < b\n",
        "from datetime import datetime, timezone\nf(datetime(2024, 1, 1), datetime(2024, 1, 2, tzinfo=timezone.utc))",
        "    if a.tzinfo is None:\n        a = a.replace(tzinfo=timezone.utc)\n    return a < b",
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
    "method_of_text": (
        "def f(x):\n    return x.splitlines()\n",
        "f(True)",
        "return str(x).splitlines()",
    ),
    "key_counted": ("def f(d, k):\n    d[k] += 1\n", "f({}, 1)", "d[k] = d.get(k, 0) + 1"),
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
    "division_guard": (
        'def f(x):\n    """0 for no x."""\n    return sum(x) / len(x)\n',
        "f([])",
        "    if not x:\n        return 0\n",
    ),
    "bound_operator": (
        "def f(x):\n    i = 0\n    while i <= len(x) and x[i]:\n        i += 1\n    return i\n",
        "f([1])",
        "while i < len(x) and x[i]:",
    ),
    "initial_bound": (
        "def f(x):\n    i, j = 0, len(x)\n    while i < j and x[i] == x[j]:\n        j -= 1\n",
        "f([1])",
        "i, j = 0, len(x) - 1",
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
    "empty_skip": (
        "def f(x):\n    x.pop()\n    return x\n",
        "f([])",
        "    if x:\n        x.pop()",
    ),
    "name_typo": ("def f(total):\n    return totl\n", "f(1)", "return total"),
    "name_import": ("def f(p):\n    return os.path.join(p)\n", "f('a')", "import os\n"),
    "python_2_name": ("def f(d):\n    return d.iteritems()\n", "f({})", "d.items()"),
    "moved_api": (
        "import collections\n\n\ndef f(d):\n    return isinstance(d, collections.Mapping)\n",
        "f({})",
        "collections.abc.Mapping",
    ),
    "attribute_typo": (
        "class A:\n    def __init__(self):\n        self.total = 1\n\n    def f(self):\n        return self.totl\n",
        "A().f()",
        "return self.total",
    ),
    "keyword_typo": (
        "def g(colour=1):\n    return colour\n\n\ndef f():\n    return g(color=2)\n",
        "f()",
        "g(colour=2)",
    ),
    "unbound_name": (
        "def f(xs):\n    for x in xs:\n        best = x\n    if best is None:\n        return 0\n    return best\n",
        "f([])",
        "    best = None\n    for x in xs:",
    ),
    "unpack_split": (
        "def f(t):\n    a, b = t.split(':')\n    return a, b\n",
        "f('a:b:c')",
        "t.split(':', 1)",
    ),
    "items_missing": ("def f(d):\n    for k, v in d:\n        print(k, v)\n", "f({1: 2})", "in d.items():"),
    "made_list": ("def f(d):\n    return d.keys()[0]\n", "f({1: 2})", "list(d.keys())[0]"),
    "text_of": ("def f(n):\n    return 'n: ' + n\n", "f(1)", "'n: ' + str(n)"),
    "whole_number": ("def f(x):\n    return x[len(x) / 2]\n", "f([1, 2])", "x[len(x) // 2]"),
    "number_of": ("def f(n):\n    return n > 3\n", "f('5')", "int(n) > 3"),
    "number_clean": ("def f(t):\n    return float(t)\n", "f('1,000.5')", 'float(t.replace(",", ""))'),
    "parse_error": (
        'class Bad(ValueError):\n    pass\n\n\ndef f(t):\n    """Raises Bad."""\n    if not t:\n        raise Bad("empty")\n'
        "    return int(t)\n",
        "f('x')",
        '    except ValueError as error:\n        raise Bad(f"t: {error}") from error',
    ),
    "decode_lenient": (
        "def f(b):\n    return b.decode('utf-8')\n",
        "f(b'\\xe9')",
        "b.decode('utf-8', errors=\"replace\")",
    ),
    "bytes_text": (
        "import hashlib\n\n\ndef f(t):\n    return hashlib.sha1(t)\n",
        "f('a')",
        'hashlib.sha1(t.encode("utf-8"))',
    ),
    "tuple_due": ("def f(t):\n    return t.endswith(['a'])\n", "f('a')", "t.endswith(tuple(['a']))"),
    "format_tuple": ("def f(p):\n    return 'p: %s' % p\n", "f((1, 2))", "'p: %s' % (p,)"),
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
    "not_implemented": ("def f():\n    raise NotImplemented\n", "f()", "raise NotImplementedError"),
    "directory_exists": (
        "import os\n\n\ndef f():\n    os.makedirs('/')\n",
        "f()",
        "os.makedirs('/', exist_ok=True)",
    ),
    "base64_padding": (
        "import base64\n\n\ndef f(t):\n    return base64.b64decode(t)\n",
        "f('YWI')",
        'base64.b64decode(t + "=" * (-len(t) % 4))',
    ),
    "regex_escape": (
        "import re\n\n\ndef f(t):\n    return re.compile('a' + t)\n",
        "f('(')",
        "'a' + re.escape(t)",
    ),
    "comparison_stranger": (
        "class A:\n    n = 1\n\n    def __eq__(self, other):\n        return self.n == other.n\n",
        "A() == 1",
        "if not isinstance(other, A):\n            return NotImplemented",
    ),
    "attribute_absent": (
        "class A:\n    def __init__(self):\n        pass\n\n    def set(self):\n        self.n = 1\n\n"
        "    def f(self):\n        return self.n\n",
        "A().f()",
        "self.n = 1\n",
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
    "json_default": (
        "import json\n\n\ndef f(v):\n    return json.dumps(v)\n",
        "f({1})",
        "json.dumps(v, default=list)",
    ),
    "not_called": (
        "class A:\n    @property\n    def name(self):\n        return 'a'\n\n\ndef f(a):\n    return a.name()\n",
        "f(A())",
        "return a.name\n",
    ),
    "missing_return": (
        "def g(x):\n    x * 2\n\n\ndef f(x):\n    return g(x) + 1\n",
        "f(1)",
        "    return x * 2\n",
    ),
    "comprehension_filter": (
        "def f(xs):\n    return [x.real for x in xs]\n",
        "f([1, None])",
        "[x.real for x in xs if x is not None]",
    ),
}
# What this Python does not do any more, or words otherwise: (program, call, candidate, exception)
ELSEWHERE = {
    "cycle_cut": (
        "def f(links, a, b):\n    if a == b:\n        return True\n    return any(f(links, n, b) for n in links[a])\n",
        "f({'a': ['b'], 'b': ['a']}, 'a', 'z')",
        "    seen.add(a)\n    if a == b:\n        return True\n    return any(f(links, n, b, seen) for n in links[a])",
        None,
        1,
    ),
    "none_passed": (
        "def g(r):\n    return r.name\n\n\ndef f(d, k):\n    if k is None:\n        return {'k': k}\n    r = d.get(k)\n    return g(r)\n",
        "f({}, 'a')",
        "    if r is None:\n        return {'k': k}\n    return g(r)",
        None,
        1,
    ),
    "bytes_allowed": (
        'def g(x):\n    return x.splitlines()[0].isnumeric()\n\n\ndef f(x: str | bytes):\n    """With or without BOM."""\n    return g(x)\n',
        "f(b'1')",
        '    if isinstance(x, bytes):\n        x = x.decode("utf-8-sig")\n    return g(x)',
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
    "iso_zulu": (
        "from datetime import datetime\n\n\ndef f(t):\n    return datetime.fromisoformat(t[0])\n",
        "f([])",
        't[0].replace("Z", "+00:00")',
        ("ValueError", "Invalid isoformat string: '2020-01-01T00:00:00Z'"),
        0,
    ),
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
    "recursion_offset": (
        "def f(xs, k):\n    p = xs[0]\n    n = 1\n    if k >= n:\n        return f(xs[1:], k)\n    return p\n",
        "f([1], 4)",
        "f(xs[1:], k - n)",
        None,
        1,
    ),
}


def texts(site: Site, name: str) -> list[str]:
    template = next(t for t in registry() if t.name == name)
    assert site.crash.kind in template.kinds, f"{name} does not answer {site.crash}"
    found = [apply(site.file.text, i.edits) for i in template.ideas(site) if i.path in ("", "module.py")]
    assert all(parses(text) for text in found)
    return found


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_template_makes_its_candidate(name: str, crash: Callable[..., Site]) -> None:
    source, call, wanted = ROWS[name]
    found = texts(crash(dedent(source), call), name)
    assert any(wanted in text for text in found), "\n---\n".join(found)


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_template_for_another_python_or_frame(name: str, crash: Callable[..., Site]) -> None:
    source, call, wanted, error, depth = ELSEWHERE[name]
    found = texts(crash(source, call, error, depth), name)
    assert any(wanted in text for text in found), "\n---\n".join(found)


def test_a_name_that_is_elsewhere_a_filled_list_starts_empty(crash: Callable[..., Site]) -> None:
    source = "def f(xs):\n    for x in xs:\n        found = [1]\n    return found\n"
    assert any("    found = []\n    for" in text for text in texts(crash(source, "f([])"), "unbound_name"))


def test_a_default_is_no_answer_to_bad_text_where_others_refuse_it(crash: Callable[..., Site]) -> None:
    source = (
        "class Bad(Exception):\n    pass\n\n\ndef g(x, default=0):\n    if x is None:\n        raise Bad(x)\n    return x\n\n\n"
        "def f(x, default=0):\n    return int(x)\n"
    )
    site = crash(source, "f('soon')")
    template = next(t for t in registry() if t.name == "parse_error")
    best = max(template.ideas(site), key=lambda idea: idea.bonus)
    assert best.behaviour == "raise Bad"


def test_a_caller_that_has_its_own_kind_of_the_error_raises_it_as_it_does_elsewhere(
    crash: Callable[..., Site],
) -> None:
    source = (
        "class Bad(ValueError):\n    pass\n\n\ndef g(n):\n    return '0123'.index(n)\n\n\n"
        "def f(x):\n    if not x:\n        raise Bad('Empty: %s', x)\n    return g(x)\n"
    )
    found = texts(crash(source, "f('9')", depth=1), "parse_error")
    assert len(found) == 1
    assert 'raise Bad(f"x: {error}" + ": %s", x) from error' in found[0]


def test_a_chain_of_types_without_an_else_refuses_the_rest(crash: Callable[..., Site]) -> None:
    source = (
        "def f(x):\n    if isinstance(x, int):\n        y = x\n    elif isinstance(x, str):\n        y = int(x)\n"
        "    return y\n"
    )
    found = texts(crash(source, "f(())"), "unbound_name")
    assert any('    else:\n        raise TypeError(f"x: {x!r}")\n    return y' in text for text in found)


def test_what_is_put_aside_and_given_may_be_none(crash: Callable[..., Site]) -> None:
    source = (
        "import weakref\n\nkept = weakref.WeakValueDictionary()\n\n\ndef f(x):\n    y = x or None\n"
        "    kept[x] = y\n    return y\n"
    )
    found = texts(crash(source, "f('')"), "none_skip")
    assert "    if y is not None:\n        kept[x] = y\n    return y" in found[0]


def test_a_member_is_read_from_the_class_whatever_it_is_called(crash: Callable[..., Site]) -> None:
    source = "class A:\n    KINDS = ('a',)\n\n    @classmethod\n    def f(klass, kind):\n        return kind in KINDS\n"
    assert "return kind in klass.KINDS" in texts(crash(source, "A.f('a')"), "name_typo")[0]


def test_a_slip_that_nothing_is_called_by_is_mended_on_every_holder(crash: Callable[..., Site]) -> None:
    source = "class A:\n    def f(self, a, b):\n        if a:\n            return a.issuperst(b)\n        return b.issuperst(a)\n"
    assert texts(crash(source, "A().f({1}, {2})"), "attribute_typo")[0].count(".issuperset(") == 2


def test_a_value_made_by_a_call_is_named_before_it_is_asked_for(crash: Callable[..., Site]) -> None:
    source = "def g(x):\n    return None\n\n\ndef f(x):\n    y = g(x).name\n    if y is None:\n        return 0\n    return y\n"
    found = texts(crash(source, "f(1)"), "none_value")
    assert any(
        "    g_2 = g(x)\n    y = g_2.name if g_2 is not None else None\n" in t
        or "found = g(x)\n    y = found.name if found is not None else None" in t
        for t in found
    ), found


def test_a_decorator_gives_back_what_it_decorates(crash: Callable[..., Site]) -> None:
    source = (
        "T = {}\n\n\ndef on(k):\n    def register(g):\n        T[k] = g\n\n    return register\n\n\n"
        "@on(1)\ndef a(x):\n    return x\n\n\ndef f():\n    return a(1)\n"
    )
    assert "        T[k] = g\n        return g\n" in texts(crash(source, "f()"), "missing_return")[0]


def test_no_next_item_is_asked_for_where_its_neighbours_are(crash: Callable[..., Site]) -> None:
    source = "def f(xs, b):\n    a = next(x for x in xs if x)\n    if b is None or a.real > b:\n        return 0\n    return a\n"
    found = texts(crash(source, "f([], 1)"), "next_default")
    assert any(
        "a = next((x for x in xs if x), None)\n    if b is None or a is None or a.real > b:" in t
        for t in found
    )


def test_an_asynchronous_generator_is_iterated_over_as_one(crash: Callable[..., Site]) -> None:
    source = "async def g():\n    yield 1\n\n\nasync def f():\n    for x in g():\n        return x\n"
    assert "    async for x in g():" in texts(crash(source, "f().send(None)"), "awaited")[0]


def test_a_helper_that_nothing_uses_is_there_for_this(crash: Callable[..., Site]) -> None:
    source = 'import json\n\n\ndef plain(x):\n    """For json.dumps."""\n    return str(x)\n\n\ndef f(x):\n    return json.dumps(x)\n'
    assert any("json.dumps(x, default=plain)" in t for t in texts(crash(source, "f({1j})"), "json_default"))


def test_what_may_be_null_by_the_docstring_is_empty(crash: Callable[..., Site]) -> None:
    plain = "def f(d):\n    return [d['body'].strip()]\n"
    told = plain.replace(":\n", ':\n    """`body` may be null."""\n', 1)
    template = next(t for t in registry() if t.name == "none_or_empty")
    bonus = [max(i.bonus for i in template.ideas(crash(text, "f({'body': None})"))) for text in (plain, told)]
    assert bonus[1] > bonus[0]


def test_an_error_asks_nothing_of_what_is_absent(crash: Callable[..., Site]) -> None:
    source = (
        "class Bad(Exception):\n    pass\n\n\nclass A:\n    line = 1\n\n    def g(self, t):\n        if t:\n"
        "            raise Bad('no', t.line)\n        raise Bad('end', self.line)\n\n"
        '    def f(self, t):\n        """Bad at the end of the text."""\n        return t.line\n'
    )
    found = texts(crash(source, "A().f(None)"), "none_guard")
    assert any("raise Bad('f: t is missing', self.line)" in text for text in found)


def test_a_value_that_was_taken_out_of_the_event_is_not_known(crash: Callable[..., Site]) -> None:
    site = crash("def f(token, key):\n    return token.line\n", "f(None, 1)")
    hidden = replace(site, values={"token": "[Filtered]", "key": "[secret:api-key:3f9a1c]"})
    assert texts(hidden, "none_guard")
    assert not any(hidden.known(node) for node in hidden.on_line(cst.Name))


def test_what_has_no_number_comes_last_where_the_docstring_has_it_so(crash: Callable[..., Site]) -> None:
    source = 'def f(xs):\n    """Newest first, undated ones at the end."""\n    return sorted(xs, key=lambda x: (-x[0], x[1]))\n'
    found = texts(crash(source, "f([[1, 2], [None, 3]])"), "none_order")
    assert "key=lambda x: (x[0] is None, -(x[0] or 0), x[1])" in found[0]


def test_the_one_reader_of_moments_that_says_utc_gives_the_zone(crash: Callable[..., Site]) -> None:
    source = (
        "from datetime import datetime, timezone\n\n\ndef read(t):\n"
        '    """Aware, in UTC."""\n    moment = datetime.fromisoformat(t)\n    return moment\n\n\n'
        "def f(t, now):\n    return now - read(t)\n"
    )
    call = "from datetime import datetime, timezone\nf('2024-01-01T00:00:00', datetime(2024, 1, 2, tzinfo=timezone.utc))"
    wanted = "    if moment.tzinfo is None:\n        moment = moment.replace(tzinfo=timezone.utc)\n    return moment"
    assert any(wanted in text for text in texts(crash(source, call), "zone_given"))


def test_a_mapping_compares_with_any_mapping(crash: Callable[..., Site]) -> None:
    source = "class A(dict):\n    def __eq__(self, other):\n        return dict(self.items()) == dict(other.items())\n"
    found = texts(crash(source, "A() == 'x'"), "comparison_stranger")
    assert "if not isinstance(other, dict):\n            return NotImplemented" in found[0]


def test_every_template_has_a_row() -> None:
    """In this file or the one beside it."""
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*template*.py"))
    assert [t.name for t in registry() if f'"{t.name}"' not in tests] == []
