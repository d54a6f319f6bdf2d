"""Objects whose class is a library's, or a row's: written as what makes them."""

from __future__ import annotations

import pytest

from benchmarks.source import Files
from healer.reproduction.facts import Facts, Site, gather
from healer.reproduction.index import Index
from healer.reproduction.lessons import Lessons
from healer.reproduction.rebuild import MOST, Choice, Rebuilder
from healer.reproduction.reprs import read
from healer.reproduction.values import Instance, Writer, walk
from triage.incident import Request

SHOP = """
import pandas
import numpy as np
from django.db import models
from sqlalchemy import Column, Integer
import httpx
from packaging.version import Version


class Shelf(models.Model):
    name = models.CharField()


class Book(models.Model):
    title = models.CharField()
    shelf = models.ForeignKey(Shelf)

    @property
    def label(self):
        return self.title


class Row(Base):
    amount = Column(Integer)
"""


class File:
    """A repository of one module."""

    def __init__(self, text: str) -> None:
        self._text = text

    def paths(self) -> tuple[str, ...]:
        return ("shop.py",)

    def read(self, path: str) -> str | None:
        return self._text


SENT = Request(
    method="POST",
    url="https://shop.test/orders",
    query="page=2",
    headers=(("Content-Type", "application/json"), ("X-Shop", "7"), ("Cookie", "[Filtered]")),
    body={"ids": [1]},
)
ASGI = (
    "Request({'type': 'http', 'method': 'POST', 'path': '/orders', 'query_string': b'page=2', 'headers':"
    " [(b'content-type', b'application/json'), (b'x-shop', b'7')]})"
)


def written(text: str, told: dict[str, str] | None = None) -> tuple[str, set[tuple[str, str]]]:
    index = Index(File(SHOP))
    facts = Facts(request=SENT)
    facts.attributes[text] = {k: read(v) for k, v in (told or {}).items()}
    writer = Writer()
    source = writer.write(Rebuilder(index, facts).value(read(text), index.module("shop.py")))
    return "; ".join([*writer.statements, source]), writer.imports


@pytest.mark.parametrize(
    ("text", "source", "origin"),
    [
        ("Timestamp('2020-01-01 00:00:00')", "Timestamp('2020-01-01 00:00:00')", ("pandas", "Timestamp")),
        ("np.float64(1.5)", "float64(1.5)", ("numpy", "float64")),
        ("array([1, 2])", "array([1, 2])", ("numpy", "array")),
        ("<Version('1.0')>", "Version('1.0')", ("packaging.version", "Version")),
        ("<Response [404 Not Found]>", "Response(404)", ("httpx", "Response")),
        (
            "datetime.datetime(2020, 1, 1, 0, 0, tzinfo=<UTC>)",
            "datetime.datetime(2020, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)",
            ("datetime", ""),
        ),
        ("<DstTzInfo 'Europe/Rome' CET+1:00:00 STD>", "ZoneInfo('Europe/Rome')", ("zoneinfo", "ZoneInfo")),
        (
            "<WSGIRequest: POST '/orders?page=2'>",
            "RequestFactory().post('/orders?page=2', data=dumps({'ids': [1]}),"
            " content_type='application/json')",
            ("django.test", "RequestFactory"),
        ),
        ("<starlette.requests.Request object at 0x7f01>", ASGI, ("starlette.requests", "Request")),
    ],
)
def test_a_librarys_object_is_made_by_the_library(text: str, source: str, origin: tuple[str, str]) -> None:
    made, imports = written(text)
    assert made == source
    assert origin in imports


def test_a_request_has_what_was_seen_on_it() -> None:
    made, _ = written("<rest_framework.request.Request: GET '/a'>", {"tenant": "7", "GET": "{}"})
    assert made.startswith("request = Request(RequestFactory().get('/a'")
    assert "request.tenant = 7" in made
    assert ".GET =" not in made


@pytest.mark.parametrize("text", ["Timestamp(1)", "Popen(['sh'])", "system('sh')"])
def test_no_other_name_is_called(text: str) -> None:
    index = Index(File("import json\n"))
    made = Rebuilder(index, Facts()).value(read(text), index.module("shop.py"))
    assert Writer().write(made).startswith("MagicMock(")


def test_a_row_is_made_from_its_columns() -> None:
    assert written("<Book: Book object (3)>")[0] == "Book(id=3)"
    assert written("<Book: Dune>", {"title": "'Dune'", "label": "'x'"})[0] == "Book(title='Dune')"
    mocked = written("<Book: Dune>", {"title": "'Dune'", "shelf": "<odd.Thing object at 0x1>"})
    assert mocked[0] == "Book(title='Dune')"
    made, _ = written("<shop.Row object at 0x7f>", {"amount": "None", "seen": "True"})
    assert made == "row = Row(amount=None); row.seen = True; row"


def test_objects_that_hold_each_other_are_built_once_each_way_down() -> None:
    names = [f"<shop.Node object at 0x{n}>" for n in range(12)]
    index = Index(File("class Node:\n    pass\n"))
    facts = Facts()
    for name in names:
        facts.attributes[name] = {f"to_{n}": read(other) for n, other in enumerate(names)}
    rebuild = Rebuilder(index, facts)
    made = rebuild.value(read(names[0]), index.module("shop.py"))
    assert rebuild._asked_for <= MOST
    assert isinstance(made, Instance)
    assert sum(isinstance(v, Instance) for v in walk(made)) <= MOST


def test_what_nobody_saw_is_taken_from_what_has_its_name() -> None:
    text = "class Rule:\n    def __init__(self, region_name: str, account, size: int):\n        pass\n"
    index = Index(File(text + "\ndef send(rule, event):\n    rule.run(event)\n"))
    module = index.module("shop.py")
    assert module
    values = {"rule": read("<shop.Rule object at 0x1>"), "event": read({"region": "'eu-1'", "size": "'x'"})}
    facts = gather((Site("shop.py", 6, module.functions["send"], values, "send"),), "KeyError", "'a'")
    made = Writer().write(Rebuilder(index, facts).value(values["rule"], module))
    assert made == "Rule(region_name='eu-1', account=MagicMock(), size=1)"


def test_an_exception_of_a_library_is_made_where_the_repository_knows_it() -> None:
    text = "from werkzeug.exceptions import HTTPException\nfrom till import TillError\n"
    index = Index(Files({"shop.py": text, "till.py": "class TillError(Exception):\n    pass\n"}))

    def written(shown: str, unbuilt: str = "") -> str:
        choice = Choice(lessons=Lessons(unbuilt=frozenset({unbuilt})))
        writer = Writer()
        return writer.write(Rebuilder(index, Facts(), choice).value(read(shown), None))

    assert written("<HTTPException '???: Unknown Error'>") == "HTTPException()"
    assert written("HTTPException('gone', 404)") == "HTTPException('gone', 404)"
    assert written("HTTPException('gone')", "HTTPException") == "HTTPException.__new__(HTTPException, 'gone')"
    assert written("<OtherError 'x'>") == "MagicMock()"
