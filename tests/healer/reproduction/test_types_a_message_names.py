"""What an exception says of a type tells what an attribute held that no local shows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction.blame import blamed
from healer.reproduction.facts import Site
from healer.reproduction.modules import load
from healer.reproduction.values import NONE, Guess, Opaque, Value

Deploy = Callable[..., Any]

LINES: dict[str, tuple[str, str, str, str]] = {
    "no such attribute": ("self.a.b", "AttributeError", "'Pen' object has no attribute 'b'", "self.a Pen"),
    "both operands": (
        "self.a + self.b",
        "TypeError",
        "unsupported operand type(s) for +: 'int' and 'NoneType'",
        "self.a 1, self.b None",
    ),
    "comparison": (
        "self.a < self.b",
        "TypeError",
        "'<' not supported between instances of 'str' and 'int'",
        "self.a 'x', self.b 1",
    ),
    "joined": ("k + self.b", "TypeError", 'can only concatenate str (not "int") to str', "self.b 1"),
    "index of a text": ("self.a[k]", "TypeError", "string indices must be integers, not 'str'", "self.a 'x'"),
    "the outer index": (
        "self.a[k][0]",
        "TypeError",
        "'NoneType' object is not subscriptable",
        "self.a[k] None",
    ),
    "no number": (
        "int(self.a)",
        "TypeError",
        "int() argument must be a string, a bytes-like object or a real number, not 'NoneType'",
        "self.a None",
    ),
    "an argument": (
        "re.match('x', self.a)",
        "TypeError",
        "expected string or bytes-like object, got 'int'",
        "self.a 1",
    ),
    "no length": ("len(self.a)", "TypeError", "object of type 'int' has no len()", "self.a 1"),
    "looked into": ("k in self.a", "TypeError", "argument of type 'int' is not iterable", "self.a 1"),
    "gone through": ("[x for x in self.a]", "TypeError", "'bool' object is not iterable", "self.a True"),
    "called": ("self.a(k)", "TypeError", "'dict' object is not callable", "self.a {}"),
    "nothing of a type": ("self.a[k]", "TypeError", "unhashable type", ""),
}


def shown(value: Value) -> str:
    if isinstance(value, Opaque):
        return value.name
    held = value.value if isinstance(value, Guess) else value
    return "{}" if not isinstance(held, type(NONE)) else held.source


@pytest.mark.parametrize("name", LINES)
def test_what_was_of_that_type(name: str) -> None:
    line, exception, message, expected = LINES[name]
    module = load("shop.py", "shop", f"def f(self, k):\n    return {line}\n")
    site = Site("shop.py", 2, module.functions["f"], {}, "f")
    found = [f"{ast.unparse(node)} {shown(value)}" for node, value in blamed(site, exception, message)]
    assert ", ".join(found) == expected


PROGRAM = """
import ast

class Tag:
    def __init__(self, text):
        self.text = text

class Shelf:
    def __init__(self, tags):
        self.tags = tags

    def label(self):
        return self._first().upper()

    def _first(self):
        tag = next(iter(self.tags))
        return self._text(tag)

    def _text(self, tag):
        return tag.text.strip()

def raised(node):
    return node.exc.id
"""


def test_an_attribute_is_of_the_type_that_the_message_names(deploy: Deploy) -> None:
    shop = deploy({"shop.py": PROGRAM}, "import shop\ndef main():\n    shop.Shelf([shop.Tag(3)]).label()\n")
    made = shop.reproduce()
    assert made.reproduced, made.why
    fixed = PROGRAM.replace("tag.text.strip()", "str(tag.text).strip()")
    assert shop.passes(made, {"shop.py": fixed}), made.source


def test_nodes_of_a_syntax_tree_are_made_as_such(deploy: Deploy) -> None:
    driver = "import ast, sys, shop\ndef main():\n    list(map(shop.raised, ast.parse('raise a.b').body))\n"
    shop = deploy({"shop.py": PROGRAM}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "ast.Raise" in made.source or "Raise(" in made.source
    fixed = PROGRAM.replace("node.exc.id", "getattr(node.exc, 'id', None)")
    assert shop.passes(made, {"shop.py": fixed}), made.source
