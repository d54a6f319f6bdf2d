# ruff: noqa: E501 - programs stand on one line
"""What a function promises, read from the code around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from healer.agents.rules.site import Site


def best(site: Site, subject: str) -> str:
    return site.outcomes(subject)[0].statement


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ('def f(x):\n    """The name, \'\' when unknown."""\n    return x.n\n', "return ''"),
        ('def f(x):\n    """Returns -1 if there is none."""\n    return x.n\n', "return -1"),
        ("def f(x) -> 'int | None':\n    return x.n\n", "return None"),
        ("def is_ready(x):\n    return x.n\n\n\nf = is_ready\n", "return False"),
        ("def f(x):\n    if x == 1:\n        return []\n    return x.n\n", "return []"),
        ("def f(x):\n    x.n\n", "return"),
        (
            'class Bad(Exception):\n    pass\n\n\ndef f(x):\n    """Raises Bad without x."""\n    return x.n\n',
            "raise Bad",
        ),
        (
            "def g(x):\n    if x is None:\n        raise LookupError('x')\n    return x.n\n\n\ndef f(x):\n    return x.n\n",
            "raise LookupError('x')",
        ),
        (
            "def g(x):\n    r = f(x)\n    if r is None:\n        return 1\n    return r\n\n\ndef f(x):\n    return x.n\n",
            "return None",
        ),
    ],
)
def test_the_contract_decides(source: str, wanted: str, crash: Callable[..., Site]) -> None:
    assert best(crash(source, "f(None)"), "x") == wanted


def test_what_callers_catch_is_what_they_expect(crash: Callable[..., Site]) -> None:
    source = (
        "class Gone(Exception):\n    pass\n\n\ndef f(x):\n    return x.n\n\n\n"
        "def g(x):\n    try:\n        return f(x)\n    except Gone:\n        return 1\n"
    )
    site = replace(crash(source, "g(None)"), callers=(("module.py", 11),))
    assert best(site, "x") == "raise Gone"
