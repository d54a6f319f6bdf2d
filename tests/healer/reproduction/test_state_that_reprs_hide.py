"""State that an event does not show, found by what the code does with it, or tried as the exception says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.source import Files
from healer.case import Outcome, Raised, Run
from healer.reproduction import fillers
from healer.reproduction.candidate import Act, Argument, Candidate
from healer.reproduction.engine import Workbench
from healer.reproduction.index import Index
from healer.reproduction.render import TRIED
from healer.reproduction.values import NONE, Guess, Literal, Name, Value, plain

Deploy = Callable[..., Any]
FAR = "\n" * 12  # what stands so far from a line is not quoted in an event

CASES: dict[str, tuple[str, str, tuple[str, str], str]] = {
    "a function made with any number of arguments": (
        "def split_by(sep, *more):\n    def stage(lines):\n        for line in lines:\n"
        "            yield line.split(sep)[more[0]]\n\n    return stage\n",
        "import shop\nSTAGE = shop.split_by(';', 2)\n{far}def main():\n    list(STAGE(['a;b']))\n",
        ("yield line.split(sep)[more[0]]", "yield line.split(sep)[:more[0]]"),
        "split_by(';', 2)",
    ),
    "a function that a method makes": (
        "class Rates:\n    def __init__(self, base):\n        self.base = base\n\n"
        "    def into(self, name):\n        def rate(value):\n"
        "            return value / self.base[name]\n        return rate\n",
        "import shop\nRATE = shop.Rates({'CHF': 0}).into('CHF')\n{far}def main():\n    RATE(3)\n",
        ("return value / self.base[name]", "return self.base[name] and value / self.base[name]"),
        ".into(name='CHF')(",
    ),
    "a list of its own class, with what its constructor asks for": (
        "class Row(list):\n    def __init__(self, values, columns):\n        super().__init__(values)\n"
        "        self.columns = columns\n\n    def number(self, at):\n"
        "        columns = self.columns\n        return int(self[at])\n\n\n"
        "class Table:\n    def __init__(self, rows):\n        self.rows = rows\n\n"
        "    def numbers(self, at):\n        return [row.number(at) for row in self.rows]\n",
        "import shop\nTABLE = shop.Table([shop.Row(['1', None], ['a', 'b'])])\n"
        "{far}def main():\n    TABLE.numbers(1)\n",
        ("return int(self[at])", "return int(self[at] or 0)"),
        "Row(values=['1', None], columns=['a', 'b'])",
    ),
    "a dict of its own class that takes anything": (
        "class Node(dict):\n    def __init__(self, *args, parent=None, **more):\n"
        "        super().__init__(*args, **more)\n        self.parent = parent\n\n"
        "    def find(self, key):\n        return self[key] if key in self else self.parent.find(key)\n\n\n"
        "def path(node, keys):\n    return [node.find(key) for key in keys]\n",
        "import shop\nNODE = shop.Node(a=1)\n{far}def main():\n    shop.path(NODE, ['a', 'b'])\n",
        ("else self.parent.find(key)", "else self.parent and self.parent.find(key)"),
        "Node({'a': 1}",
    ),
    "an item that a key function was called on": (
        "class Track:\n    def __init__(self, tag):\n        self.tag = tag\n\n    def number(self):\n"
        "        text = self.tag\n        return int(text)\n\n\n"
        "class Album:\n    def __init__(self):\n        self.tracks = []\n\n"
        "    def ordered(self):\n        return sorted(self.tracks, key=lambda t: t.number())\n",
        "import shop\nALBUM = shop.Album()\nALBUM.tracks.append(shop.Track('A2'))\n"
        "{far}def main():\n    ALBUM.ordered()\n",
        ("return int(text)", "return int(text) if text.isdigit() else 0"),
        "Track(tag='A2')]",
    ),
    "a local that still is the loop's last": (
        "class Signal:\n    def __init__(self):\n        self.handlers = []\n\n"
        "    def send(self):\n        for handler in self.handlers:\n"
        "            name = handler.__name__\n            handler()\n",
        "import functools, shop\nSIGNAL = shop.Signal()\n"
        "SIGNAL.handlers += [main_ := lambda: 3, functools.partial(main_)]\n"
        "{far}def main():\n    SIGNAL.send()\n",
        ("handler.__name__", "getattr(handler, '__name__', '')"),
        "functools.partial(lambda",
    ),
    "what one of two ways answered": (
        "_forms = {}\n\n\ndef plural(one, many, n):\n    form = _forms.get('en')\n"
        "    index = form(n) if form else int(n != 1)\n    return [one, many][index]\n",
        "import shop\nshop._forms['en'] = lambda n: 2\n{far}def main():\n    shop.plural('a', 'b', 5)\n",
        ("[one, many][index]", "[one, many][min(index, 1)]"),
        'setattr("shop._forms", ',
    ),
    "a property that goes through what nobody recorded": (
        "class Template:\n    def __init__(self, text):\n        self.text = text\n\n    @property\n"
        "    def parts(self):\n        return [p.split(':') for p in self.text.split()]\n\n"
        "    def render(self, values):\n        out = ''\n        for kind, name in self.parts:\n"
        "            out += values[name] if kind == 'name' else name\n        return out\n",
        "import shop\nPAGE = shop.Template('text:a name:b')\n{far}def main():\n    PAGE.render({'a': 'x'})\n",
        ("values[name]", "values.get(name, '')"),
        'setattr("shop.Template.parts", [',
    ),
    "numbers that may be nothing": (
        "class Box:\n    __slots__ = ('width', 'height')\n\n    def __init__(self, width, height):\n"
        "        self.width, self.height = width * 1, height * 1\n\n    def ratio(self, other):\n"
        "        return other.area() / self.area()\n\n    def area(self):\n"
        "        return self.width * self.height\n",
        "import shop\nSMALL, BIG = shop.Box(0, 3), shop.Box(4, 5)\n{far}def main():\n    SMALL.ratio(BIG)\n",
        ("/ self.area()", "/ (self.area() or 1)"),
        "Box(width=0",
    ),
    "a client that is awaited": (
        "class Feed:\n    def __init__(self, fetch):\n        self.fetch = fetch\n\n"
        "    async def titles(self, names):\n        await self.fetch(names)\n"
        "        return names[0].upper()\n",
        "import asyncio, shop\nasync def fetch(names):\n    return ''\nFEED = shop.Feed(fetch)\n"
        "{far}def main():\n    asyncio.run(FEED.titles([]))\n",
        ("names[0].upper()", "names and names[0].upper()"),
        "Feed(fetch=AsyncMock())",
    ),
    "a set that the loop tells one item of": (
        "class Bot:\n    def __init__(self):\n        self.channels = set()\n\n    def join(self, name):\n"
        "        for channel in self.channels:\n            self.channels.add(name)\n",
        "import shop\nBOT = shop.Bot()\nBOT.channels.add('a')\n{far}def main():\n    BOT.join('b')\n",
        ("in self.channels:", "in list(self.channels):"),
        "channels = {'a'}",
    ),
    "an argument whose class is the caller's own, below one that wants a name": (
        "class Node:\n    def __init__(self, name, parent=None):\n        self.name = name\n"
        "        self.parent = parent\n\n    def replace(self, other):\n"
        "        other.parent = self.parent\n        return self.parent.name + other.name\n",
        "import shop\nclass Section(shop.Node):\n    def __init__(self):\n"
        "        super().__init__('section')\nONE, TWO = Section(), Section()\n"
        "{far}def main():\n    ONE.replace(TWO)\n",
        ("self.parent.name +", "(self.parent.name if self.parent else '') +"),
        "type('Section', (Node,), {})(name=",
    ),
    "an object whose class is the caller's own": (
        "class Schema:\n    names = ()\n\n    def __init__(self, only=None):\n        self.only = only\n\n"
        "    def __repr__(self):\n        return '<%s()>' % type(self).__name__\n\n"
        "    def dump(self, value):\n        return [value[name] for name in self.only]\n",
        "import shop\nclass Person(shop.Schema):\n    names = ('a',)\n{far}def main():\n"
        "    schema = Person()\n    schema.dump({'a': 1})\n",
        ("in self.only]", "in self.only or self.names]"),
        "Schema(only=None).dump({'a': 1})",
    ),
    "what several lines took out of one dict": (
        "class Job:\n    def __init__(self, options):\n        self.options = options\n\n"
        "    def run(self):\n        size = self.options['size']\n"
        "        name = self.options.get('name')\n        for step in self.options['steps']:\n"
        "            size += step\n        return name.upper() * size + self.options['end']\n",
        "import shop\nJOB = shop.Job({'size': 2, 'name': 'x', 'steps': [3]})\n"
        "{far}def main():\n    JOB.run()\n",
        ("self.options['end']", "self.options.get('end', '')"),
        "options={'size': 5, 'name': 'x', 'steps': [3]}",
    ),
    "the key that an error names": (
        "class Entry:\n    def __init__(self, project, minutes=0):\n        self.project = project\n"
        "        self.minutes = minutes\n\n\ndef rate(rates, entry):\n"
        "    return rates[entry.project] * entry.minutes\n",
        "import shop\nENTRY = shop.Entry('attic')\n{far}def main():\n    shop.rate({'hall': 3}, ENTRY)\n",
        ("rates[entry.project]", "rates.get(entry.project, 0)"),
        "Entry(project='attic')",
    ),
    "an object of the class that a parameter is called like": (
        "class PriceList:\n    def __init__(self, kind='net'):\n        self.kind = kind\n\n"
        "    def key(self):\n        return self.kind + '_price'\n\n\n"
        "class Till:\n    def __init__(self, price_list):\n        self.listed = price_list\n\n"
        "    def add(self, item):\n        return item[self.listed.key()]\n",
        "import shop\nTILL = shop.Till(shop.PriceList())\n{far}def main():\n    TILL.add({'price': 1})\n",
        ("item[self.listed.key()]", "item.get(self.listed.key(), 0)"),
        "Till(price_list=PriceList(",
    ),
    "an object that a frame has under a parameter's name": (
        "class Steps:\n    def key(self):\n        return 'net_price'\n\n\n"
        "class Till:\n    def __init__(self, how):\n        self.listed = how\n\n"
        "    def add(self, item):\n        return item[self.listed.key()]\n\n\n"
        "def run(how, items):\n    till = Till(how)\n    return [till.add(i) for i in items]\n",
        "import shop\n{far}def main():\n    shop.run(shop.Steps(), [{'price': 1}])\n",
        ("item[self.listed.key()]", "item.get(self.listed.key(), 0)"),
        "Steps()",
    ),
    "an object of an abstract class": (
        "from abc import ABC, abstractmethod\n\nclass Shape(ABC):\n    @abstractmethod\n"
        "    def area(self):\n        ...\n\n    def label(self, names):\n        return names[0].upper()\n",
        "import shop\nclass Square(shop.Shape):\n    def area(self):\n        return 1\nSHAPE = Square()\n"
        "{far}def main():\n    SHAPE.label([])\n",
        ("names[0]", "(names or ['?'])[0]"),
        "Shape,), {'area': ",
    ),
    "an object that a frame above made": (
        "class Reader:\n    def __init__(self, text, skip):\n"
        "        self._rows = [line.split(',') for line in text.splitlines()[skip:]]\n\n"
        "    def cell(self, row):\n        return self._rows[row][1]\n\n\n"
        "def cells(view, text):\n    if not isinstance(view, memoryview):\n"
        "        raise PermissionError(view)\n"
        "    reader = Reader(text, skip=1)\n    return first(reader)\n\n\n"
        "def first(reader):\n    return reader.cell(0)\n",
        "import shop\nVIEW = memoryview(b'')\n{far}def main():\n    shop.cells(VIEW, 'a,b\\nc\\nd,e')\n",
        ("self._rows[row][1]", "(self._rows[row] + [''])[1]"),
        "skip=1",
    ),
    "a dict that holds itself": (
        "import json\n\ndef text(value):\n    return json.dumps(value)\n",
        "import shop\nVALUE = {'a': 1}\nVALUE['own'] = VALUE\n{far}def main():\n    shop.text(VALUE)\n",
        ("json.dumps(value)", "str(value)"),
        "held['own'] = held",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_test_is_made_without_it(name: str, deploy: Deploy) -> None:
    program, driver, (old, new), told = CASES[name]
    shop = deploy({"shop.py": program}, driver.replace("{far}", FAR))
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert told in made.source, made.source
    assert old in program
    assert shop.passes(made, {"shop.py": program.replace(old, new)}), made.source


def test_a_name_from_elsewhere_is_no_class_of_the_repository() -> None:
    shop = "from decimal import Context\n\n\ndef names(data):\n    return data\n"
    fields = "class Mapping:\n    pass\n\n\nclass Context:\n    pass\n\n\nclass Field:\n    pass\n"
    tests = "class TestShop:\n    class Order:\n        pass\n"
    index = Index(Files({"shop.py": shop, "fields.py": fields, "tests/test_shop.py": tests}), ("",))
    near = index.module("shop.py")
    found = {name: index.find_class(name, near) for name in ("Mapping", "Context", "Order", "Field")}
    assert [name for name, cls in found.items() if cls] == ["Field"]


@pytest.mark.parametrize(
    ("exception", "message", "likeliest"),
    [
        ("ZeroDivisionError", "division by zero", 0),
        ("ValueError", "invalid literal for int() with base 10: 'A2'", "A2"),
        ("KeyError", "'city'", "city"),
        ("TypeError", "'<' not supported between instances of 'int' and 'str'", "x"),
        ("ValueError", "max() arg is an empty sequence", ""),
    ],
)
def test_an_exception_speaks_of_the_values_that_led_to_it(
    exception: str, message: str, likeliest: object
) -> None:
    assert plain(fillers.wanted(exception, message)[0]) == likeliest


def test_an_exception_that_speaks_of_no_value_gives_none() -> None:
    assert fillers.wanted("RuntimeError", "no backend") == ()
    assert fillers.wanted("TypeError", "'NoneType' object is not iterable") == (NONE,)


def test_only_what_nobody_saw_is_tried_with_other_values() -> None:
    given: list[Value] = [Literal.of(1), Guess(Literal.of(2)), Guess(Literal.of(3))]
    act = Act(Name("shop", "add"), tuple(Argument(f"n{n}", value) for n, value in enumerate(given)))
    made = fillers.variants(Candidate(act, 0, "add"), (Literal.of(0),))
    tried = [[plain(a.value) for a in found.act.arguments] for found in made if found.act]
    assert tried == [[1, 0, 0], [1, 0, 3], [1, 2, 0]]


def test_an_error_that_shows_no_frame_ends_no_search(deploy: Deploy) -> None:
    program = "def rate(box, total):\n    return total / box.size\n"
    shop = deploy(
        {"shop.py": program}, "import shop\ndef main():\n    shop.rate(type('B', (), {'size': 0}), 3)\n"
    )
    work = Workbench(shop.diagnosis(), Files({"shop.py": program}))
    runs: list[Run] = []
    rounds = work.rounds(runs)
    tests = [f"{work.scratch}::{TRIED}{number}" for number, _ in enumerate(next(rounds))]
    raised = tuple(Raised(test=test, exception="MemoryError") for test in tests)
    outcomes = dict.fromkeys(tests, Outcome.FAILED)
    run = Run(name="candidates", command=(), exit_code=1, seconds=0.1, outcomes=outcomes, raised=raised)
    runs.append(run)
    assert next(rounds, None) is None  # nothing was learnt from it
