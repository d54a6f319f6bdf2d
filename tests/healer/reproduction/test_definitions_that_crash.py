"""A class statement or a decorator that fails: the act is the definition, as its caller wrote it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from healer.reproduction import lines
from healer.reproduction.modules import load
from triage.incident import Frame

Deploy = Callable[..., Any]

MODELS = """
class Model:
    fields = {}

    def __init_subclass__(cls, table=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.columns = [name for name in cls.__annotations__ if not name.startswith("_")]
        cls.key = [name for name in cls.columns if cls.Meta.keys[name]][0]
"""
FIXED_MODELS = MODELS.replace("[0]", "or None")

ROUTES = """
import inspect

ROUTES = {}


def route(path):
    def register(function):
        parameters = list(inspect.signature(function).parameters)
        ROUTES[path + "/" + parameters[0]] = function
        return function

    return register
"""
FIXED_ROUTES = ROUTES.replace("parameters[0]", '"/".join(parameters)')

TYPED = """
from typing import overload


@overload
def price(net: int) -> int: ...
@overload
def price(net: str) -> str: ...
def price(net, rates=None):
    gross = net * 2
    return gross + rates["vat"]
"""


def test_a_class_is_made_again_with_its_keywords_and_annotations(deploy: Deploy) -> None:
    driver = """
from models import Model


def main():
    class Order(Model, table="orders"):
        number: int
        _note: str = ""

        class Meta:
            keys = {"number": False}


main()
"""
    shop = deploy({"models.py": MODELS}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "class Order(Model, table='orders'):" in made.source
    assert shop.passes(made, {"models.py": FIXED_MODELS})


def test_what_a_decorator_stands_above_is_made_again(deploy: Deploy) -> None:
    driver = """
from routes import route


def main():
    @route("/orders")
    def orders():
        return []


main()
"""
    shop = deploy({"routes.py": ROUTES}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "@route('/orders')" in made.source
    assert shop.passes(made, {"routes.py": FIXED_ROUTES})


def test_the_frame_of_an_overloaded_function_is_its_implementation(deploy: Deploy) -> None:
    shop = deploy({"typed.py": TYPED}, "from typed import price\n\nprice(3, rates={})\n")
    made = shop.reproduce()
    assert made.reproduced, made.why
    module = load("typed.py", "typed", TYPED)
    assert [p.name for p in module.functions["price"].parameters] == ["net", "rates"]


def test_both_definitions_of_a_name_are_found_by_their_lines() -> None:
    text = "if OLD:\n    def f(a):\n        return a\nelse:\n    def f(b):\n        return b\n"
    module = load("shop.py", "shop", text)
    found = [module.function_at(line, "f") for line in (3, 6)]
    assert [f.parameters[0].name for f in found if f] == ["a", "b"]


def frame(*quoted: str, at: int) -> Frame:
    return Frame(
        filename="driver.py",
        function="main",
        lineno=at + 1,
        pre_context=quoted[:at],
        context_line=quoted[at],
        post_context=quoted[at + 1 :],
    )


def test_of_a_definition_all_that_is_quoted_is_read() -> None:
    found = lines.statement(frame("    class A(B):", "        x = 1", "        y = 2", "    A()", at=0))
    assert found
    assert ast.unparse(found[0]) == "class A(B):\n    x = 1\n    y = 2"


def test_a_definition_is_cut_where_its_quote_ends() -> None:
    found = lines.statement(frame("@a(1)", "def f(", "    x,", "):", "    y = [", at=0))
    assert found
    assert ast.unparse(found[0]) == "@a(1)\ndef f(x):\n    pass"


def test_a_decorator_whose_function_is_not_quoted_is_known() -> None:
    found = lines.decorator(frame("    @a.b(1)", "", at=0))
    assert found
    assert ast.unparse(found) == "a.b(1)"
    assert lines.decorator(frame("    a.b(1)", "", at=0)) is None
