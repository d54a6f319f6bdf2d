"""Of how many parts something was, and what stood beside the zero, as the message and the line tell."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction.blame import blamed
from healer.reproduction.facts import Site
from healer.reproduction.modules import load
from healer.reproduction.values import Writer

Deploy = Callable[..., Any]

TABLES = """
class Reader:
    def __init__(self, rows, sep):
        self.rows = rows
        self.sep = sep

    def cells(self):
        for row in self.rows:
            yield row.split(self.sep)

    def table(self):
        return {name: float(value) for name, value in self.cells()}


def report(reader):
    table = reader.table()
    return sorted(table)
"""
RATES = """
class Rates:
    def __init__(self, table):
        self._table = table

    def rate(self, source, target):
        return self._table[source] / self._table[target]


def value(rates, amounts):
    return sum(amount * rates.rate(currency, "USD") for currency, amount in amounts.items())
"""


def test_what_is_gone_through_had_so_many_parts(deploy: Deploy) -> None:
    driver = """
from tables import Reader, report


def main(reader):
    return report(reader)


def make():
    return Reader(["a;1", "b;2;3"], ";")


main(make())
"""
    shop = deploy({"tables.py": TABLES}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(
        made, {"tables.py": TABLES.replace("name, value in", "name, *_, value in").replace("float", "str")}
    )


def test_what_was_divided_was_there(deploy: Deploy) -> None:
    driver = """
from rates import Rates, value


def main(rates):
    value(rates, {"EUR": 3})


def make():
    return Rates({"EUR": 1.0, "USD": 0})


main(make())
"""
    shop = deploy({"rates.py": RATES}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    fixed = RATES.replace("self._table[target]\n", "(self._table[target] or 1)\n")
    assert shop.passes(made, {"rates.py": fixed})


@pytest.mark.parametrize(
    ("line", "message", "expected"),
    [
        ("a, b = self.a", "too many values to unpack (expected 2)", "self.a ['x', 'x', 'x']"),
        ("a, b = self.a", "not enough values to unpack (expected 2, got 1)", "self.a ['x']"),
        ("a, *b = self.a", "not enough values to unpack (expected at least 1, got 0)", "self.a []"),
        ("a, b = self.a.split(':')", "not enough values to unpack (expected 2, got 1)", "self.a 'x'"),
        ("a, b = self.a.split(':')", "too many values to unpack (expected 2, got 4)", "self.a 'x:x:x:x'"),
        ("a, b = self.a.rsplit()", "too many values to unpack (expected 2)", "self.a 'x x x'"),
        ("for a, b in self.a: pass", "not enough values to unpack (expected 2, got 1)", "self.a [['x']]"),
        ("a = [b for b, c in self.a]", "too many values to unpack (expected 2)", "self.a [['x', 'x', 'x']]"),
        ("a, b = self.a", "too many values", ""),
    ],
)
def test_the_parts_that_a_message_counts(line: str, message: str, expected: str) -> None:
    module = load("shop.py", "shop", f"def f(self):\n    {line}\n")
    found = blamed(Site("shop.py", 2, module.functions["f"], {}, "f"), "ValueError", message)
    assert ", ".join(f"{ast.unparse(node)} {Writer().write(value)}" for node, value in found) == expected
