"""What methods of Python's own types, and functions that refuse a call, say of what they were given."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction import receivers, refused
from healer.reproduction.blame import blamed
from healer.reproduction.facts import Site
from healer.reproduction.modules import load
from healer.reproduction.values import Literal, Writer

Deploy = Callable[..., Any]

SHOP = """
{imports}


class Shop:
    def __init__(self, data):
        self.data = data

    def run(self):
        return self.step()

    def step(self):
        {body}
"""
DRIVER = """
from shop import Shop


def make():
    return Shop({data})


def main(shop):
    shop.run()


main(make())
"""
CRASHES = {
    "a date": (
        "return datetime.strptime(self.data['day'], '%Y-%m-%d')",
        "{'day': '2024-13-01'}",
        "from datetime import datetime",
        "return self.data['day']",
    ),
    "bytes": (
        "return self.data.decode('utf-8')",
        "b'ab\\xff\\xfe'",
        "",
        "return self.data.decode('latin-1')",
    ),
    "a dict that changed": (
        "for key in self.data:\n            if not self.data[key]:\n                del self.data[key]",
        "{'a': 1, 'b': 0, 'c': 2}",
        "",
        "return [key for key in list(self.data)]",
    ),
    "a handler": (
        "return [handler(self) for handler in self.data]",
        "[lambda: 3]",
        "",
        "return [handler() for handler in self.data]",
    ),
    "a text": (
        "return self.data.format(name='x')",
        "'{name} {total}'",
        "",
        "return self.data.format(total=1)",
    ),
    "a list": ("return self.data.index(7)", "[1, 2]", "", "return 7 in self.data"),
}


@pytest.mark.parametrize("name", CRASHES)
def test_the_state_that_only_the_message_tells(name: str, deploy: Deploy) -> None:
    body, data, imports, fix = CRASHES[name]
    program = SHOP.replace("{imports}", imports)
    shop = deploy({"shop.py": program.replace("{body}", body)}, DRIVER.replace("{data}", data))
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(made, {"shop.py": program.replace("{body}", fix)})


@pytest.mark.parametrize(
    ("failing", "exception", "method", "expected"),
    [
        ("b'ab\\xff'.decode()", UnicodeDecodeError, "decode", "b'xx\\xff'"),
        ("'aé'.encode('ascii')", UnicodeEncodeError, "encode", "'xé'"),
        ("'{a}'.format()", KeyError, "format", "'{a}'"),
        ("[1].remove(2)", ValueError, "remove", "[]"),
        ("[1].index(2)", ValueError, "index", "[]"),
        ("'ab'.index('c')", ValueError, "index", "''"),
        ("[].pop()", IndexError, "pop", "[]"),
        ("{}.pop('a')", KeyError, "pop", "{}"),
        ("{}.popitem()", KeyError, "popitem", "{}"),
        ("set().pop()", KeyError, "pop", "set()"),
        ("{1}.remove(2)", KeyError, "remove", "set()"),
        ("{}['a']", KeyError, "get", ""),
    ],
)
def test_an_object_by_what_its_method_said(
    failing: str, exception: type[Exception], method: str, expected: str
) -> None:
    """As this Python says it."""
    with pytest.raises(exception) as raised:
        eval(failing)
    held = receivers.told(exception.__name__, str(raised.value), method)
    assert (Writer().write(held) if held else "") == expected


@pytest.mark.parametrize(
    ("given", "call"),
    [
        ("def f(): pass", "f(1)"),
        ("def f(a, b=2): pass", "f(1, 2, 3)"),
        ("def f(a, b): pass", "f(1)"),
        ("def f(*, a, b): pass", "f()"),
        ("def f(a): pass", "f(a=1, c=2)"),
    ],
)
def test_a_function_that_refuses_alike(given: str, call: str) -> None:
    space: dict[str, Any] = {}
    exec(given, space)
    with pytest.raises(TypeError) as raised:
        eval(call, space)
    name, source = refused.function(str(raised.value))
    assert name == "f"
    with pytest.raises(TypeError, match="argument"):
        eval(call, {"f": eval(source)})


@pytest.mark.parametrize("message", ["", "f() is closed", "unhashable type: 'list'"])
def test_other_refusals_tell_of_no_function(message: str) -> None:
    assert refused.function(message) == ("", "")


def test_a_text_is_quoted_where_a_message_begins() -> None:
    module = load("shop.py", "shop", "def f(self):\n    return Colour(self.rows['a'])\n")
    site = Site("shop.py", 2, module.functions["f"], {"self": Literal.of(1)}, "f")
    found = blamed(site, "ValueError", "'mauve' is not a valid Colour")
    assert [f"{ast.unparse(node)} {Writer().write(value)}" for node, value in found] == [
        "self.rows['a'] 'mauve'"
    ]
