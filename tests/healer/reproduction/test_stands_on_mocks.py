"""A failing call needs something that production had: a mock answers everything."""

from __future__ import annotations

import pytest

from benchmarks.source import Files
from healer.reproduction.index import Index
from healer.reproduction.judge import reports
from healer.reproduction.mocks import alone

IMPORTED = frozenset({"total", "shop", "Cart", "MagicMock", "asyncio"})


@pytest.mark.parametrize(
    "body",
    [
        "total(MagicMock())",
        "total(MagicMock(spec=None), None, flag=True)",
        "total([MagicMock()], {})",
        "order = MagicMock()\ntotal(order)",
        "shop.cart.total(MagicMock())",
        "MagicMock().total(None)",
        "list(total(MagicMock()))",
        "asyncio.run(total(MagicMock()))",
        "with total(MagicMock()):\n    pass",
        "MagicMock() + None",
        "total(SimpleNamespace())",
    ],
)
def test_on_mocks_alone(body: str) -> None:
    assert alone(body.split("\n"), IMPORTED)


@pytest.mark.parametrize(
    "body",
    [
        "total()",
        "total(None)",
        "total(MagicMock(), 3)",
        "total(MagicMock(), ['a'])",
        "cart = Cart(MagicMock())\ncart.total(MagicMock())",
        "Cart().total(MagicMock())",
        "total(SimpleNamespace(price=3))",
        "MagicMock() + 3",
        "list(total(MagicMock(), 'x'))",
        "for item in total(MagicMock()):\n    pass",
    ],
)
def test_with_something_of_production(body: str) -> None:
    assert not alone(body.split("\n"), IMPORTED)


REPORTER = """
def fail(text):
    text = text.strip()
    raise ValueError(text)


def check(text):
    if not text:
        raise ValueError("empty")
    return fail(text)
"""


def test_a_function_that_raises_whatever_it_is_given_shows_nothing() -> None:
    module = Index(Files({"shop.py": REPORTER})).module("shop.py")
    assert module
    assert reports(module.functions["fail"], 4)
    assert not reports(module.functions["check"], 9)
    assert not reports(module.functions["check"], 10)
    assert not reports(None, 4)
