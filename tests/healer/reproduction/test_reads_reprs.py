"""Reprs of production become values; nothing of them is evaluated."""

from __future__ import annotations

import pytest

from benchmarks.source import Files
from healer.reproduction.facts import Facts, Site, gather
from healer.reproduction.index import Index
from healer.reproduction.rebuild import MOST_BUILT, Rebuilder
from healer.reproduction.reprs import LONGEST, read, read_text
from healer.reproduction.values import NONE, Call, Hidden, Literal, Many, Opaque, Writer, walk


def source_of(text: object, files: dict[str, str] | None = None) -> str:
    index = Index(Files(files or {}))
    near = index.module("shop.py") if files else None
    rebuilt = Rebuilder(index, Facts()).value(read(text), near)  # type: ignore[arg-type]
    writer = Writer()
    written = writer.write(rebuilt)
    return "; ".join([*writer.statements, written])


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("'abc'", "'abc'"),
        ("-3", "-3"),
        ("(1+2j)", "(1+2j)"),
        ("inf", 'float("inf")'),
        ("b'\\x00'", "b'\\x00'"),
        ("None", "None"),
        ("[1, (2,), {3}]", "[1, (2,), {3}]"),
        ("Decimal('-50')", "Decimal('-50')"),
        ("Fraction(1, 2)", "Fraction(1, 2)"),
        ("UUID('12345678-1234-5678-1234-567812345678')", "UUID('12345678-1234-5678-1234-567812345678')"),
        ("PosixPath('/srv/a')", "Path('/srv/a')"),
        ("datetime.date(2024, 5, 1)", "datetime.date(2024, 5, 1)"),
        (
            "datetime.datetime(2024, 5, 1, 0, 0, tzinfo=datetime.timezone.utc)",
            "datetime.datetime(2024, 5, 1, 0, 0, tzinfo=datetime.timezone.utc)",
        ),
        ("datetime.timedelta(days=1, seconds=2)", "datetime.timedelta(days=1, seconds=2)"),
        ("OrderedDict({'a': 1})", "OrderedDict({'a': 1})"),
        ("defaultdict(<class 'list'>, {'a': [1]})", "defaultdict(list, {'a': [1]})"),
        ("Counter({'a': 2})", "Counter({'a': 2})"),
        ("deque([1, 2], maxlen=3)", "deque([1, 2], maxlen=3)"),
        ("range(0, 4)", "range(0, 4)"),
        ("frozenset({1})", "frozenset([1])"),
        ("set()", "set()"),
        ("dict_keys(['a'])", "['a']"),
        ("re.compile('a+', re.IGNORECASE)", "re.compile('a+', re.IGNORECASE)"),
        ("ValueError('x')", "ValueError('x')"),
        ("Namespace(verb='cards', month='')", "Namespace(verb='cards', month='')"),
        ("<class 'int'>", "int"),
        ("Ellipsis", "Ellipsis"),
        ("<class 'NoneType'>", "type(None)"),
        ("typing.Callable", "typing.Callable"),
        ("typing.Dict[str, typing.Optional[int]]", "typing.Dict[str, typing.Optional[int]]"),
        ("typing.Callable[[int, str], NoneType]", "typing.Callable[[int, str], type(None)]"),
        ("typing.Tuple[int, ...]", "typing.Tuple[int, Ellipsis]"),
        ("typing.List[~T]", "typing.List[TypeVar('T')]"),
        ("list[int | None]", "list[Union[int, None]]"),
        ("typing.List[Unknown]", "typing.List[Any]"),
    ],
)
def test_a_repr_is_written_as_source(text: str, source: str) -> None:
    assert source_of(text) == source


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')",
        "[x for x in (1,)]",
        "lambda: 1",
        "os.system('id')",
        "eval('1')",
        "(lambda f: f)(1)",
        "f'{open(1)}'",
        "getattr(object, 'x')",
        "open('/etc/passwd')",
        "exec('import os')",
    ],
)
def test_code_in_a_repr_stays_text(text: str) -> None:
    written = source_of(text)
    for word in ("system", "eval", "import", "open", "getattr", "exec", "lambda f"):
        assert f"{word}(" not in written


def test_containers_keep_their_structure_and_their_doubt() -> None:
    value = read({"1": ["'a'", "<Book of 2 entries>"]})
    assert [type(v) for v in walk(value)] != []
    inner = value.items[0][1]  # type: ignore[union-attr]
    assert isinstance(inner, Many)
    assert not inner.certain
    assert inner.items[0] == Literal.of("a")
    assert inner.items[1] == Opaque("<Book of 2 entries>", "Book")


@pytest.mark.parametrize("text", ["[Filtered]", "[email:08d2e7]", "[secret:github-token:3f9a1c]"])
def test_a_removed_value_is_hidden(text: str) -> None:
    assert isinstance(read_text(text), Hidden)


def test_a_stand_in_is_no_placeholder() -> None:
    assert source_of("'[email:08d2e7]'") == "'someone@example.com'"


@pytest.mark.parametrize(
    "text", ["(" * 5000, "[" * 100_000, "'" * 3, "-" * 90_000, "x" * (LONGEST + 1), "<" * 9000, ""]
)
def test_a_hostile_repr_is_opaque_and_quick(text: str) -> None:
    assert isinstance(read_text(text), Opaque)


def test_an_old_sdk_cut_a_string() -> None:
    assert read_text("'abc...") == Literal.of("abc")


CLASSES = """
from collections import namedtuple
from dataclasses import dataclass
from enum import Enum

class Color(Enum):
    RED = 1

@dataclass
class Point:
    x: int
    y: int = 0

Pair = namedtuple("Pair", "left right")

class Book:
    def __init__(self, entries=()):
        self.entries = list(entries)
"""


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Point(x=1, y=2)", "Point(x=1, y=2)"),
        ("Pair(left=1, right=2)", "Pair(left=1, right=2)"),
        ("<Color.RED: 1>", "Color.RED"),
        ("<Book of 2 entries>", "Book()"),
        ("<shop.Book object at 0x7f00>", "Book()"),
        ("[Point(x=1, y=2)]", "[Point(x=1, y=2)]"),
    ],
)
def test_the_repositorys_own_classes_are_built(text: str, source: str) -> None:
    assert source_of(text, {"shop.py": CLASSES}) == source


def test_arguments_may_be_named_by_words_of_the_language() -> None:
    shop = "class Query:\n    def __init__(self, **parts):\n        self.parts = parts\n"
    text = "Query(\n  what='from=x',\n  from=Query(in=[3]), with=None)"
    want = "Query(what='from=x', **{'from': Query(**{'in': [3]}), 'with': None})"
    assert source_of(text, {"shop.py": shop}) == want
    for odd in ("Query(a.from=3)", "Query(from==3)", "Query(lambda x=3: x)", "{'a': from=3}"):
        assert isinstance(read_text(odd), Opaque)


def test_an_unknown_object_is_counted_as_invented() -> None:
    value = Rebuilder(Index(Files({})), Facts()).value(read_text("<vendor.Thing object at 0x1>"), None)
    assert "MagicMock" in Writer().write(value)
    assert any(isinstance(v, Call) for v in walk(value))


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("<jobs.main.<locals>.Job object at 0x7f00>", "type('Job', (object,), {})()"),
        ("<class 'jobs.main.<locals>.Job'>", "type('Job', (object,), {})"),
        ("<class 'tests.jobs.Job'>", "type('Job', (object,), {})"),
    ],
)
def test_a_class_of_the_caller_s_own_is_an_empty_one_of_its_name(text: str, source: str) -> None:
    files = {"shop.py": "", "tests/jobs.py": "def main():\n    class Job:\n        pass\n"}
    assert source_of(text, files) == source


def test_it_stands_below_the_class_whose_method_ran_on_it() -> None:
    index = Index(Files({"shop.py": "class Cart:\n    def put(self):\n        pass\n"}))
    module = index.module("shop.py")
    assert module
    held = read("<jobs.main.<locals>.Basket object at 0x7f00>")
    site = Site("shop.py", 3, module.functions["Cart.put"], {"self": held}, "put")
    facts = gather((site,), "KeyError", "")
    rebuilt = Rebuilder(index, facts).value(read("<class 'jobs.main.<locals>.Basket'>"), None)
    assert Writer().write(rebuilt) == "type('Basket', (Cart,), {})"


@pytest.mark.parametrize(
    ("source", "line", "known"),
    [
        ("if self.limit is None:\n            raise 1", 4, "None"),
        ("if self.name and self.limit == 3:\n            raise 1", 4, "3"),
        ("if self.limit is not None:\n            pass\n        else:\n            raise 1", 6, "None"),
        ("if not self.limit:\n            raise 1", 4, "None"),
        ("if self.limit > 3:\n            raise 1", 4, ""),
        ("if self.limit is None:\n            pass\n        raise 1", 5, ""),
    ],
)
def test_conditions_met_on_the_way_tell_what_an_object_held(source: str, line: int, known: str) -> None:
    text = f"class Cart:\n    def put(self):\n        {source}\n"
    module = Index(Files({"shop.py": text})).module("shop.py")
    assert module
    held = read("<shop.Cart object at 0x7f00>")
    facts = gather((Site("shop.py", line, module.functions["Cart.put"], {"self": held}, "put"),), "E", "")
    told = facts.of("<shop.Cart object at 0x7f00>").get("limit")
    assert (Writer().write(told) if told else "") == known


@pytest.mark.parametrize(
    ("line", "exception", "message", "known"),
    [
        ("self.table[key]", "KeyError", "'b'", "{}"),
        ("self.table[key]", "KeyError", "'c'", ""),
        ("self.table['a']['b']", "KeyError", "'b'", "{'a': {}}"),
        ("self.table['a']['b']", "TypeError", "'NoneType' object is not subscriptable", "{'a': None}"),
        ("self.table['a']", "TypeError", "'NoneType' object is not subscriptable", "None"),
        ("self.table[none['a']]", "TypeError", "'NoneType' object is not subscriptable", ""),
    ],
)
def test_of_two_lookups_the_one_that_failed_is_accused(
    line: str, exception: str, message: str, known: str
) -> None:
    text = f"class Cart:\n    def put(self, key):\n        return {line}\n"
    module = Index(Files({"shop.py": text})).module("shop.py")
    assert module
    values = {"self": read("<shop.Cart object at 0x7f00>"), "key": read("'b'"), "none": NONE}
    facts = gather((Site("shop.py", 3, module.functions["Cart.put"], values, "put"),), exception, message)
    told = facts.of("<shop.Cart object at 0x7f00>").get("table")
    assert (Writer().write(told) if told else "") == known


@pytest.mark.parametrize(
    ("held", "source"),
    [
        ({"y": "<cyclic>", "z": "1"}, "held = {'y': None, 'z': 1}; held['y'] = held; held"),
        (["1", "<cyclic>"], "held = [1, None]; held[1] = held; held"),
        ({"a": {"b": "<cyclic>"}}, "held = {'b': None}; held['b'] = held; {'a': held}"),
        ("<cyclic>", "object()"),
    ],
)
def test_what_holds_itself_is_made_first(held: object, source: str) -> None:
    assert source_of(held) == source


def test_a_text_is_asked_for_by_its_name_whatever_class_is_called_so() -> None:
    files = {
        "shop.py": "class Name:\n    pass\n\n\nclass Price:\n    pass\n\n\n"
        "class Item:\n    def __init__(self, name, price):\n        self.both = name, price\n"
    }
    assert source_of("<shop.Item object at 0x7f00>", files) == "Item(name='x', price=Price())"


def test_objects_in_objects_are_made_up_to_a_number() -> None:
    files = {"shop.py": "class Pen:\n    pass\n"}
    text = f"[{', '.join(['<shop.Pen object at 0x7f00>'] * 400)}]"
    made = source_of(text, files)
    assert made.count("Pen()") == MOST_BUILT
    assert made.count("None") == 400 - MOST_BUILT


def test_a_word_is_what_the_module_has_under_it() -> None:
    files = {"shop.py": "from core import MISSING\n\nT = object()\nsmall = 1\n"}
    assert source_of("[T.name, MISSING, small, OTHER]", files) == "[T.name, MISSING, 'small', 'OTHER']"
