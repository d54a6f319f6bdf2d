"""Types of objects that no repr tells: what they passed for on the way, and how they are called."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.source import Files
from healer.reproduction import conditions, signatures, words
from healer.reproduction.facts import Facts
from healer.reproduction.index import Index
from healer.reproduction.modules import load
from healer.reproduction.rebuild import Rebuilder
from healer.reproduction.reprs import read
from healer.reproduction.values import Literal, Opaque, Writer

Deploy = Callable[..., Any]

SHAPES = """
class Shape:
    sides = None

    def corners(self):
        return self.sides


class Plan:
    def __init__(self, name):
        self.name = name


def area(plan, shape, kind):
    assert isinstance(shape, Shape), shape
    if not issubclass(kind, Shape):
        raise TypeError(kind)
    return len(shape.corners()) * len(plan.name)
"""
HANDLERS = """
import inspect


def wired(handlers, name):
    handler = handlers[name]
    signature = inspect.signature(handler)
    return dispatched(handler, signature)


def dispatched(handler, signature):
    wanted = list(inspect.signature(handler).parameters)
    return wanted.pop(2)
"""


def test_an_object_is_of_the_class_that_it_was_asked_for(deploy: Deploy) -> None:
    driver = """
from shapes import Plan, Shape, area


class Secret(Shape):
    def __repr__(self):
        return "<secret>"


def main(shape):
    area(Plan("x"), shape, type(shape))


main(Secret())
"""
    shop = deploy({"shapes.py": SHAPES}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "Mock" not in made.source
    assert shop.passes(made, {"shapes.py": SHAPES.replace("sides = None", "sides = ()")})


@pytest.mark.parametrize(
    ("function", "line", "expected"),
    [
        ("def f(a):\n if not isinstance(a, B):\n  return\n a.x()\n", 4, ["isinstance(a, B) True"]),
        ("def f(a):\n assert a and not a.b\n a.x()\n", 3, ["a True", "a.b False"]),
        ("def f(a):\n if a.b or a.c:\n  pass\n else:\n  a.x()\n", 5, ["a.b False", "a.c False"]),
        ("def f(a):\n a.x()\n assert a.b\n", 2, []),
        ("def f(a):\n if a.b or a.c:\n  a.x()\n", 3, []),
    ],
)
def test_conditions_on_the_way(function: str, line: int, expected: list[str]) -> None:
    node = load("shop.py", "shop", function).functions["f"].node
    found = conditions.met(node, line, lambda _: False)
    assert [f"{ast.unparse(test)} {held}" for test, held in found] == expected


@pytest.mark.parametrize(
    ("text", "bound", "source"),
    [
        ("<Signature (self, x: str) -> None>", False, "(lambda self, x: None)"),
        ("<Signature ()>", True, "(lambda self: None)"),
        ("<Signature (a, /, b=<object at 0x1>, *c)>", False, ""),
        ("<Signature (a, /, b=3, *c, d: int = 4)>", True, "(lambda self, a, /, b=None, *c, d=None: None)"),
        ("<Signature (a): import os #>", False, ""),
    ],
)  # fmt: skip
def test_a_function_is_made_by_its_signature(text: str, bound: bool, source: str) -> None:
    told = signatures.read(Opaque(text))
    assert (Writer().write(signatures.function(told, bound=bound)) if told else "") == source


def test_what_is_called_so_takes_as_much(deploy: Deploy) -> None:
    driver = """
from handlers import wired


def main():
    class Handler:
        def __call__(self, order, *, user):
            return order

    wired({"paid": Handler()}, "paid")


main()
"""
    shop = deploy({"handlers.py": HANDLERS}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(made, {"handlers.py": HANDLERS.replace(".pop(2)", "")})


@pytest.mark.parametrize(
    ("shown", "written"),
    [("<unset>", ""), ("MISSING", ""), ("Sentinel('_MISSING')", ""), ("'other'", "other='other'")],
)
def test_the_object_that_a_default_names_is_left_out(shown: str, written: str) -> None:
    text = f"def f(other={'unset' if 'unset' in shown else 'core._MISSING'}):\n    pass\n"
    parameter = load("shop.py", "shop", text).functions["f"].parameters[0]
    assert words.default(read(shown), parameter) == (not written)


def test_a_default_that_is_a_value_is_no_such_object() -> None:
    parameter = load("shop.py", "shop", "def f(other=3):\n    pass\n").functions["f"].parameters[0]
    assert not words.default(read("<3>"), parameter)


def test_a_huge_local_is_not_built_to_its_end() -> None:
    index = Index(Files({"shop.py": "class Row:\n    def __init__(self, n):\n        self.n = n\n"}))
    rebuild = Rebuilder(index, Facts())
    rows = [f"<Row {n}>" for n in range(2000)]
    made = rebuild.value(read(rows), index.module("shop.py"))
    assert Writer().write(made).count("None") > 1000
    assert rebuild.value(Literal.of(3), None) == Literal.of(3)
