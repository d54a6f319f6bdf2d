"""A match has its pattern's groups again; what a loop was at is what the call gave that it goes through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction import matches
from healer.reproduction.facts import Site
from healer.reproduction.modules import load
from healer.reproduction.reprs import read
from healer.reproduction.values import Writer

Deploy = Callable[..., Any]
MATCH = "<re.Match object; span=(2, 5), match='{b}'>"

TEMPLATES = r"""
import re


class Template:
    def __init__(self, text, values):
        self.text = text
        self.values = values

    def fill(self):
        return re.sub(r"\{(\w+)\}", self.value, self.text)

    def value(self, match):
        return self.values[match.group(1)].title()


def show(template):
    return template.fill()
"""
IMPORTS = """
import csv
import io


class Import:
    def __init__(self, text, columns):
        self.text = text
        self.columns = columns

    def rows(self):
        return csv.DictReader(io.StringIO(self.text))

    def run(self):
        found = []
        for number, row in enumerate(self.rows()):
            found.append({column: row[column].strip() for column in self.columns})
        return found


def work(job):
    return job.run()
"""


def driver(module: str, made: str, call: str) -> str:
    made = f"def make():\n    return {made}\n"
    return f"from {module} import *\n\n\n{made}\n\ndef main(it):\n    {call}(it)\n\n\nmain(make())\n"


def test_a_callback_of_a_substitution_gets_its_groups(deploy: Deploy) -> None:
    crash = driver("templates", "Template('a {b} {c}', {'b': 'x', 'c': None})", "show")
    shop = deploy({"templates.py": TEMPLATES}, crash)
    made = shop.reproduce()
    assert made.reproduced, made.why
    fixed = TEMPLATES.replace(
        "self.values[match.group(1)].title()", '(self.values[match.group(1)] or "").title()'
    )
    assert shop.passes(made, {"templates.py": fixed})


def test_an_item_that_is_counted_came_from_the_call(deploy: Deploy) -> None:
    crash = driver("imports", r"Import('a,b\n1,2\n3\n', ['a', 'b'])", "work")
    shop = deploy({"imports.py": IMPORTS}, crash)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(
        made, {"imports.py": IMPORTS.replace("row[column].strip()", "(row[column] or '').strip()")}
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"def f(self): m = re.match(r'\{(\w)', self.text); return m", r"search('\\{(\\w)', '{b}')"),
        (
            "WORD = re.compile('x')\ndef f(self):\n    for m in WORD.finditer(self.text): return m",
            "WORD.search('{b}')",
        ),
        ("def f(self):\n    if m := re.search('(b)', self.text): return m", "search('(b)', '{b}')"),
        ("def f(self): m = re.match(self.word, self.text); return m", ""),
        ("def f(self): m = self.word.match(self.text); return m", ""),
        ("def f(self, m): return m", ""),
    ],
)
def test_the_pattern_of_a_match(text: str, expected: str) -> None:
    module = load("shop.py", "shop", f"import re\n{text}\n")
    site = Site("shop.py", 4, module.functions["f"], {"m": read(MATCH)}, "f")
    made = matches.build(site.values["m"], matches.noted((site,)))  # type: ignore[arg-type]
    assert (Writer().write(made) if made else "") == expected
