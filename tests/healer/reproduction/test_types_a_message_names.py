"""What an exception says of a type tells what an attribute held that no local shows."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from healer.reproduction import syntax
from healer.reproduction.blame import blamed
from healer.reproduction.facts import Site
from healer.reproduction.modules import load
from healer.reproduction.values import NONE, Guess, Opaque, Value, Writer

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
    "spread": (
        "[*self.a]",
        "TypeError",
        "Value after * must be an iterable, not NoneType",
        "self.a None",
    ),
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
    assert "ast.parse('raise x').body.pop()" in made.source
    fixed = PROGRAM.replace("node.exc.id", "getattr(node.exc, 'id', None)")
    assert shop.passes(made, {"shop.py": fixed}), made.source


LINTER = """
import ast

def names(text):
    tree = ast.parse(text)
    return [name(node) for node in ast.walk(tree) if isinstance(node, ast.Subscript)]

def name(node):
    if isinstance(node.value, ast.Name):
        return node.value.id
    return node.value.attr
"""


def test_a_node_is_taken_from_the_text_that_was_parsed(deploy: Deploy) -> None:
    driver = (
        "import ast, shop\ndef main():\n    code = 'a[1]\\nb.c[2]\\nd()[3]\\n'\n"
        "    Walk().visit(ast.parse(code))\n"
        "class Walk(ast.NodeVisitor):\n    def visit_Subscript(self, node):\n        shop.name(node)\n"
    )
    shop = deploy({"shop.py": LINTER}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "ast.parse('d()" in made.source
    assert shop.passes(
        made, {"shop.py": LINTER.replace("node.value.attr", "getattr(node.value, 'attr', '')")}
    )


@pytest.mark.parametrize(
    ("kind", "texts", "source"),
    [
        ("Raise", [], "ast.parse('raise x').body.pop()"),
        ("Call", ["no python (", "f(g(1))"], "ast.parse('f(g(1))', mode='eval').body"),
        ("Name", ["a = 1"], "ast.parse('x', mode='eval').body"),
        ("Module", ["a  =  1"], "ast.parse('a  =  1')"),
    ],
)
def test_the_plainest_node_stands_for_one_that_no_text_has(kind: str, texts: list[str], source: str) -> None:
    made = syntax.node(kind, texts)
    assert made
    assert Writer().write(made) == source


def test_a_kind_of_node_that_stands_nowhere_by_itself_is_none() -> None:
    assert syntax.node("Starred", []) is None


@pytest.mark.parametrize(
    ("name", "imported", "kind"),
    [
        ("ast.Raise", (), "Raise"),
        ("Raise", ("ast",), "Raise"),
        ("Raise", (), ""),
        ("shop.Raise", ("ast",), ""),
    ],
)
def test_only_a_module_that_knows_ast_speaks_of_its_nodes(
    name: str, imported: tuple[str, ...], kind: str
) -> None:
    assert syntax.kind(Opaque(f"<{name} object>", name), imported) == kind


def test_a_node_nested_beyond_reason_is_left_out() -> None:
    made = syntax.node("BinOp", ["+".join(["1"] * 3000)])
    assert made
    assert Writer().write(made) == "ast.parse('x + 1', mode='eval').body"
