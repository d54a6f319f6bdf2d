# ruff: noqa: E501 - programs stand on one line
"""Templates of text, bytes, numbers, dates and what reads them: a program, the call that crashes it, and what a candidate must read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from healer.agents.rules.registry import registry
from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS = {
    "except_widened": (
        "def f(x):\n    try:\n        a, b = x['a']\n    except KeyError:\n        a = b = 0\n    return a\n",
        "f({'a': None})",
        "except (KeyError, TypeError):",
    ),
    "type_condition": (
        "class K:\n    bases = ()\n\n\ndef has_bases(k):\n    for b in k.bases:\n        if not b:\n            return False\n    return True\n",
        "has_bases(1)",
        '    if not hasattr(k, "bases"):\n        return False\n    for b',
    ),
    "class_due": (
        "def f(k):\n    return isinstance(k, str) or issubclass(k, str)\n",
        "f(1)",
        "or (isinstance(k, type) and issubclass(k, str))",
    ),
    "absence_widened": (
        "def f(text):\n    if text is None:\n        return None\n    return text[0]\n",
        "f('')",
        "    if not text:\n        return None\n    return text[0]",
    ),
    "blank_condition": (
        "def f(since, day):\n    if since:\n        since = int(since)\n    return bool(since is not None and since >= day)\n",
        "f('', 3)",
        "(since and since >= day)",
    ),
    "kind_due": (
        "def f(xs):\n    n = 0\n    for x in xs:\n        y: complex = x\n        n += y.imag\n    return n\n",
        "f([1, 'a'])",
        "if not isinstance(y, complex):\n            continue",
    ),
    "zone_given": (
        "from datetime import datetime, timezone\n\n\ndef f(a, b):\n    return a < b\n",
        "from datetime import datetime, timezone\nf(datetime(2024, 1, 1), datetime(2024, 1, 2, tzinfo=timezone.utc))",
        "    if a.tzinfo is None:\n        a = a.replace(tzinfo=timezone.utc)\n    return a < b",
    ),
    "method_of_text": (
        "def f(x):\n    return x.splitlines()\n",
        "f(True)",
        "return str(x).splitlines()",
    ),
    "division_guard": (
        'def f(x):\n    """0 for no x."""\n    return sum(x) / len(x)\n',
        "f([])",
        "    if not x:\n        return 0\n",
    ),
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
    "json_default": (
        "import json\n\n\ndef f(v):\n    return json.dumps(v)\n",
        "f({1})",
        "json.dumps(v, default=list)",
    ),
}

ELSEWHERE: dict[str, tuple[str, str, str, tuple[str, str] | None, int]] = {
    "bytes_allowed": (
        'def g(x):\n    return x.splitlines()[0].isnumeric()\n\n\ndef f(x: str | bytes):\n    """With or without BOM."""\n    return g(x)\n',
        "f(b'1')",
        '    if isinstance(x, bytes):\n        x = x.decode("utf-8-sig")\n    return g(x)',
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
}


@pytest.mark.parametrize("name", sorted(ROWS))
def test_a_template_makes_its_candidate(name: str, reads: Reads) -> None:
    reads(name, *ROWS[name])


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_a_template_for_another_python_or_frame(name: str, reads: Reads) -> None:
    reads(name, *ELSEWHERE[name])


@pytest.mark.parametrize(
    ("name", "source", "call", "wanted"),
    [
        (
            "type_condition",
            "class K:\n    value = 1\n\n\ndef f(x, n):\n    old: K = x\n    same = old.value == n\n    return same\n",
            "f(None, 1)",
            "same = isinstance(old, K) and old.value == n",
        ),
        (
            "type_condition",
            "class K:\n    arg = 1\n\n\ndef f(xs):\n    for x in xs:\n        if callable(x.arg):\n            return x.arg()\n        print(x.arg)\n",
            "f([1])",
            '        if not hasattr(x, "arg"):\n            continue\n',
        ),
        (
            "method_of_text",
            "from pathlib import PurePosixPath\n\n\ndef f(name):\n    return name.endswith('.py')\n",
            "f(PurePosixPath('a'))",
            "    name = str(name)\n    return name.endswith",
        ),
        (
            "attribute_absent",
            "class A:\n    def __init__(self, n):\n        self.kept = n\n\n    def f(self):\n        if self.kept:\n            return 1\n        return 2\n",
            "A.__new__(A).f()",
            "class A:\n    kept = None\n\n    def __init__(self, n):",
        ),
        (
            "empty_skip",
            "def f(many, seen):\n    if many:\n        many[1] = min(seen)\n",
            "f([1], [])",
            "    if many and seen:\n        many[1] = min(seen)\n",
        ),
        (
            "empty_default",
            "def f(code):\n    return max(len(line) for line in code.splitlines())\n",
            "f('')",
            "code.splitlines()), default=0)",
        ),
        (
            "index_condition",
            "def f(name):\n    return len(name) < 5 and min(name) >= ' '\n",
            "f('')",
            "and len(name) > 0 and min(name) >= ' '",
        ),
        (
            "none_condition",
            "def f(a: int = 1, b: int = 2):\n    if a < 0:\n        return a\n    if b < 0:\n        return b\n",
            "f(None)",
            "if b is not None and b < 0:",
        ),
        (
            "refused_none",
            "def f(d):\n    x = d.get('a')\n    if isinstance(x, int):\n        y = x\n    elif isinstance(x, str):\n        y = int(x)\n"
            "    else:\n        raise ValueError('bad')\n    return y\n",
            "f({})",
            "    if x is None or isinstance(x, int):\n",
        ),
        (
            "except_other",
            "def f(x):\n    try:\n        y = x.replace(',', ' ')\n    except AttributeError:\n        y = list(x)\n    return y\n",
            "f(b'a')",
            "except (AttributeError, TypeError):",
        ),
    ],
)
def test_a_template_has_another_way(name: str, source: str, call: str, wanted: str, reads: Reads) -> None:
    error = ("AttributeError", "'int' object has no attribute 'value'") if "old.value" in source else None
    reads(name, source, call, wanted, error)


def test_a_number_given_to_a_library_that_wants_text_is_written_as_text(
    crash: Callable[..., Site], texts: Texts
) -> None:
    site = crash("import html\n\n\ndef f(x):\n    return html.escape(x, True)\n", "f(2)")
    assert texts(replace(site, foreign=True), "method_of_text") == [
        site.file.text.replace("escape(x", "escape(str(x)")
    ]


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
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = (
        "class Bad(ValueError):\n    pass\n\n\ndef g(n):\n    return '0123'.index(n)\n\n\n"
        "def f(x):\n    if not x:\n        raise Bad('Empty: %s', x)\n    return g(x)\n"
    )
    found = texts(crash(source, "f('9')", depth=1), "parse_error")
    assert len(found) == 1
    assert 'raise Bad(f"x: {error}" + ": %s", x) from error' in found[0]


def test_a_helper_that_nothing_uses_is_there_for_this(crash: Callable[..., Site], texts: Texts) -> None:
    source = 'import json\n\n\ndef plain(x):\n    """For json.dumps."""\n    return str(x)\n\n\ndef f(x):\n    return json.dumps(x)\n'
    assert any("json.dumps(x, default=plain)" in t for t in texts(crash(source, "f({1j})"), "json_default"))


def test_the_one_reader_of_moments_that_says_utc_gives_the_zone(
    crash: Callable[..., Site], texts: Texts
) -> None:
    source = (
        "from datetime import datetime, timezone\n\n\ndef read(t):\n"
        '    """Aware, in UTC."""\n    moment = datetime.fromisoformat(t)\n    return moment\n\n\n'
        "def f(t, now):\n    return now - read(t)\n"
    )
    call = "from datetime import datetime, timezone\nf('2024-01-01T00:00:00', datetime(2024, 1, 2, tzinfo=timezone.utc))"
    wanted = "    if moment.tzinfo is None:\n        moment = moment.replace(tzinfo=timezone.utc)\n    return moment"
    assert any(wanted in text for text in texts(crash(source, call), "zone_given"))


def test_a_mapping_compares_with_any_mapping(crash: Callable[..., Site], texts: Texts) -> None:
    source = "class A(dict):\n    def __eq__(self, other):\n        return dict(self.items()) == dict(other.items())\n"
    found = texts(crash(source, "A() == 'x'"), "comparison_stranger")
    assert "if not isinstance(other, dict):\n            return NotImplemented" in found[0]
