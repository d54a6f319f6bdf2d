# ruff: noqa: E501 - programs stand on one line
"""Templates for what is at hand and not used: a program, the call that crashes it, and what a candidate must
read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from healer.agents.rules.site import Site

Texts = Callable[[Site, str], list[str]]
Reads = Callable[..., None]

ROWS: dict[tuple[str, str], tuple[str, ...]] = {
    ("parameter_kept", "beside others"): (
        "class E:\n    def __init__(self, op, path):\n        self.path = path\n\n    def f(self):\n        return self.op\n",
        "E(1, 2).f()",
        "        self.op = op\n        self.path = path\n",
    ),
    ("parameter_kept", "alone"): (
        "class E:\n    def __init__(self, op):\n        print('made')\n\n    def f(self):\n        return self.op\n",
        "E(1).f()",
        "        print('made')\n        self.op = op\n",
    ),
    ("passed_on", "to a function of the project"): (
        "def read(path, mode=None):\n    return mode.strip()\n\ndef f(path, mode):\n    return read(path)\n",
        "f('a', 'r')",
        "return read(path, mode=mode)\n",
        "1",
    ),
    ("passed_on", "to the library"): (
        "def f(path, errors):\n    with open(path, 'w', encoding='ascii') as out:\n        out.write('\\xe4')\n",
        "f('/dev/null', 'ignore')",
        "open(path, 'w', encoding='ascii', errors=errors)",
    ),
    ("run_skipped", "a value stands already"): (
        "def f(found):\n    title = ''\n    title = found[0].strip()\n    return title\n",
        "f([])",
        "    if found:\n        title = found[0].strip()\n    return title\n",
    ),
    ("run_skipped", "another answer is below"): (
        "import re\n\ndef f(text):\n    if text:\n        match = re.match('a', text)\n        return match.group(0)\n    return None\n",
        "f('b')",
        "        if match is not None:\n            return match.group(0)\n    return None\n",
    ),
    ("unbound_name", "a length"): (
        "def f(n):\n    if n:\n        width = len(str(n)) + 1\n    return width * 2\n",
        "f(0)",
        "    width = 0\n    if n:",
    ),
    ("none_or_empty", "made a number of"): (
        "import re\n\ndef f(text):\n    found = re.match(r'(\\d+)(?:\\.(\\d+))?', text)\n    return int(found[2])\n",
        "f('1')",
        "int(found[2] or 0)",
    ),
}


@pytest.mark.parametrize("row", sorted(ROWS))
def test_a_template_makes_its_candidate(row: tuple[str, str], reads: Reads) -> None:
    source, call, wanted, *depth = ROWS[row]
    reads(row[0], source, call, wanted, depth=int(depth[0]) if depth else 0)


SILENT = {
    ("parameter_kept", "something is done with it"): (
        "class E:\n    def __init__(self, op):\n        self.name = op.strip()\n\n    def f(self):\n        return self.op\n",
        "E('a').f()",
    ),
    ("passed_on", "it is used"): (
        "def read(path, mode=None):\n    return mode.strip()\n\ndef f(path, mode):\n    return read(path) or mode\n",
        "f('a', 'r')",
    ),
    ("run_skipped", "nothing is below"): (
        "import re\n\ndef f(text):\n    match = re.match('a', text)\n    return match.group(0)\n",
        "f('b')",
    ),
}


@pytest.mark.parametrize("row", sorted(SILENT))
def test_a_template_says_nothing_where_it_knows_nothing(
    row: tuple[str, str], crash: Callable[..., Site], texts: Texts
) -> None:
    source, call = SILENT[row]
    assert texts(crash(source, call, depth=1 if row[0] == "passed_on" else 0), row[0]) == []
