"""Of a stranger's line, calls are written again that no test makes, where they can do nothing but compute."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.source import Files
from healer.reproduction.harmless import Harmless
from healer.reproduction.index import Index

Deploy = Callable[..., Any]

QUERIES = """
class Clause:
    def __init__(self, text, size=None):
        self.text = text
        self.size = size


class Query:
    def __init__(self, *clauses):
        self.clauses = clauses

    def where(self, text):
        return Query(*self.clauses, Clause(text, len(text)))

    def first(self):
        return self.limited(1)

    def limited(self, size):
        return Query(*self.clauses, Clause("limit"))


def render(query):
    return [clause.text * (clause.size + 1) for clause in query.clauses]
"""


def test_a_chain_of_calls_is_written_again(deploy: Deploy) -> None:
    driver = """
from queries import Query, render


def main():
    query = Query().where("a").first()
    render(query)


main()
"""
    shop = deploy({"queries.py": QUERIES}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "Query().where('a').first()" in made.source
    assert shop.passes(made, {"queries.py": QUERIES.replace('Clause("limit")', 'Clause("limit", 1)')})


@pytest.mark.parametrize(
    ("body", "harmless"),
    [
        ("return Shop(self.name)", True),
        ("self.name = name.strip()\n        return self", True),
        ("return [part for part in sorted(name)]", True),
        ("return self.f(name)", False),
        ("return self.g(name)", True),
        ("return made(name)", True),
        ("open(name).write('x')", False),
        ("requests.post(name)", False),
        ("SETTINGS[name] = 1", False),
        ("import os\n        os.remove(name)", False),
        ("self.mailer.send(name)", False),
        ("deleted(name)", False),
        ("global NAME\n        NAME = name", False),
    ],
)
def test_what_a_method_does(body: str, harmless: bool) -> None:
    text = f"""
import requests

SETTINGS = {{}}


def made(name):
    return Shop(name)


def deleted(name):
    requests.delete(name)


class Shop:
    def f(self, name):
        {body}

    def g(self, name):
        return name
"""
    known = Harmless(Index(Files({"shop.py": text})), {"sorted", "strip"})
    assert known.method("f") == harmless


def test_a_method_that_is_nobodys_is_not_known() -> None:
    assert not Harmless(Index(Files({"shop.py": "def f():\n    pass\n"})), ()).method("f")
