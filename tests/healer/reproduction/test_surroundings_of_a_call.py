"""What the process held, and what an earlier round taught, become part of the test."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.source import Files
from healer.case import Raised, RaisedAt, Run
from healer.reproduction.index import Index
from healer.reproduction.lessons import NOTHING_LEARNT, Lessons, learn

Deploy = Callable[..., Any]

CASES: dict[str, tuple[str, str, tuple[str, str], str]] = {
    "a variable": (
        "import os\n\ndef workers():\n    raw = os.environ['SHOP_WORKERS']\n    return int(raw)\n",
        "import os, shop\ndef main():\n    os.environ['SHOP_WORKERS'] = 'auto'\n    shop.workers()\n",
        ("int(raw)", "0 if raw == 'auto' else int(raw)"),
        "monkeypatch.setenv('SHOP_WORKERS', 'auto')",
    ),
    "a module that fails while it is loaded": (
        "import os\nRATE = int(os.environ.get('SHOP_RATE', '1'))\n",
        "import os\ndef main():\n    os.environ['SHOP_RATE'] = '12%'\n    import shop\n",
        ("'1'))", "'1').rstrip('%'))"),
        'importlib.import_module("shop")',
    ),
    "arguments of the command line": (
        "import sys\n\ndef main():\n    name, count = sys.argv[1:]\n    return name * int(count)\n",
        "import sys, shop\ndef main():\n    sys.argv[1:] = ['x']\n    shop.main()\n",
        ("sys.argv[1:]", "(sys.argv[1:] + ['1'])[:2]"),
        'monkeypatch.setattr(sys, "argv", [',
    ),
    "standard input": (
        "import sys\n\ndef total():\n    out = 0\n    for line in sys.stdin:\n"
        "        name, value = line.split(':')\n        out += int(value)\n    return out\n",
        "import io, sys, shop\ndef main():\n    sys.stdin = io.StringIO('a:1\\nb\\n')\n    shop.total()\n",
        ("line.split(':')", "(line.split(':') + ['0'])[:2]"),
        "io.StringIO('b\\n')",
    ),
    "what chance gave": (
        "import random\nPRIZES = {1: 'pen'}\n\ndef draw():\n    number = random.randint(1, 900)\n"
        "    return PRIZES[number]\n",
        "import random, shop\ndef main():\n    random.seed(7)\n    shop.draw()\n",
        ("PRIZES[number]", "PRIZES.get(number)"),
        'monkeypatch.setattr("random.randint", lambda *args, **kwargs: ',
    ),
    "a wrapper around a function": (
        "import functools\n\ndef limited(call):\n    @functools.wraps(call)\n"
        "    def inner(*args, **kwargs):\n"
        "        if kwargs['count'] > 5:\n            raise PermissionError\n"
        "        return call(*args, **kwargs)\n    return inner\n\n"
        "@limited\ndef order(item, count=1):\n    return item * count\n",
        "import shop\ndef main():\n    shop.order('x')\n",
        ("kwargs['count']", "kwargs.get('count', 1)"),
        "order(",
    ),
    "a session that a wrapper asks for": (
        "import functools\nSESSIONS = []\n\ndef in_session(call):\n    @functools.wraps(call)\n"
        "    def inner(*args):\n        return call(SESSIONS[-1], *args)\n    return inner\n\n"
        "@in_session\ndef order(session, item):\n    name, count = item.split(':')\n"
        "    return name * int(count)\n",
        "import shop\ndef main():\n    shop.SESSIONS.append('s')\n    work()\n\n\n\n\n\n\n\n\n"
        "def work():\n    order = shop.order\n    text = 'x'\n    list(map(order, [text]))\n",
        ("item.split(':')", "(item + ':1').split(':')[:2]"),
        "unwrap(order)(",
    ),
    "a command line that a decorator makes": (
        "class Command:\n    def __init__(self, callback):\n        self.callback = callback\n\n"
        "    def __call__(self, line):\n        return self.callback(*line.split())\n\n"
        "def command(function):\n    return Command(function)\n\n"
        "@command\ndef order(item, count):\n    return item * int(count)\n",
        "import shop\ndef main():\n    list(map(shop.order, ['pen two']))\n",
        ("int(count)", "(int(count) if count.isdigit() else 1)"),
        "unwrap(getattr(order, 'callback', order))('pen', 'two')",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_the_process_held_is_set_before_the_call(name: str, deploy: Deploy) -> None:
    program, driver, (old, new), line = CASES[name]
    shop = deploy({"shop.py": program}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert line in made.source
    assert shop.passes(made, {"shop.py": program.replace(old, new)}), made.source


def test_the_clock_stands_where_it_stood(deploy: Deploy) -> None:
    program = (
        "from datetime import datetime\n\ndef next_month():\n    now = datetime.now()\n"
        "    return now.replace(month=now.month + 1, day=1)\n"
    )
    driver = (
        "import datetime\nclass Clock(datetime.datetime):\n    @classmethod\n    def now(cls, tz=None):\n"
        "        return cls(2025, 12, 5)\n"
        "def main():\n    datetime.datetime = Clock\n    import shop\n    shop.next_month()\n"
    )
    shop = deploy({"shop.py": program}, driver)
    shop.payload["timestamp"] = "2025-12-05T10:00:00Z"
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "moment = datetime.datetime(2025, 12, 5, 10, 0, 0)" in made.source
    fixed = program.replace("month=now.month + 1", "month=now.month % 12 + 1")
    assert shop.passes(made, {"shop.py": fixed}), made.source


def test_a_frameworks_call_tells_what_a_parameter_was(deploy: Deploy) -> None:
    program = (
        "def view(number, page='1', *, sort=None):\n    number = {'7': 'seven'}.get(number.strip())\n"
        "    page = int(page)\n    return number.upper(), page\n"
    )
    driver = (
        "import shop\nVIEWS = {'v': shop.view}\ndef dispatch(name, told):\n    return VIEWS[name](**told)\n"
        "def main():\n    dispatch('v', {'number': ' 9', 'page': '2'})\n"
    )
    shop = deploy({"shop.py": program}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "' 9'" in made.source
    assert shop.passes(made, {"shop.py": program.replace("number.upper()", "(number or '').upper()")})


def test_text_of_an_event_stays_text(deploy: Deploy) -> None:
    """Whoever writes an event picks argv, variables and locals; none of it becomes code."""
    program = (
        "import os, sys\n\ndef main():\n    raw = os.environ['SHOP_MODE']\n    return int(raw), sys.argv[9]\n"
    )
    driver = "import os, shop\ndef main():\n    os.environ['SHOP_MODE'] = 'x'\n    shop.main()\n"
    shop = deploy({"shop.py": program}, driver)
    hostile = "str(__import__('os').system('touch /tmp/owned'))"
    shop.payload["extra"] = {"sys.argv": [hostile, "');import os#"]}
    frame = shop.payload["exception"]["values"][-1]["stacktrace"]["frames"][-1]
    frame["vars"]["raw"] = repr(f"'); {hostile} #")
    made = shop.reproduce()
    assert made.reproduced, made.why
    nodes = list(ast.walk(ast.parse(made.source)))
    imported = {alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names}
    assert "os" not in imported
    assert not {"__import__", "os"} & {n.id for n in nodes if isinstance(n, ast.Name)}


SHOP = """
class Till:
    def __init__(self, size):
        if size < 9:
            raise ValueError(size)
        self.cache = None

    def look(self, key):
        return self.cache.get(key)
"""


def learnt(exception: str, message: str, *frames: tuple[str, int]) -> Lessons:
    path = "tests/test_them.py"
    at = tuple(RaisedAt(path="shop.py", function=name, line=line) for name, line in frames)
    raised = Raised(test=f"{path}::test_candidate_0", exception=exception, message=message, frames=at)
    run = Run(name="candidates", command=(), exit_code=1, seconds=1, raised=(raised,))
    return learn(Index(Files({"shop.py": SHOP})), run, path, NOTHING_LEARNT, "production said this")


@pytest.mark.parametrize(
    ("told", "lesson"),
    [
        (("ValueError", "1", ("__init__", 5)), Lessons(unbuilt=frozenset({"Till"}))),
        (("TypeError", "Till.__init__() missing 1 required"), Lessons(unbuilt=frozenset({"Till"}))),
        (
            ("AttributeError", "'NoneType' object has no attribute 'get'", ("look", 9)),
            Lessons(absent=frozenset({("Till", "cache")})),
        ),
        (
            ("AttributeError", "'Till' object has no attribute 'size'", ("look", 9)),
            Lessons(absent=frozenset({("Till", "size")})),
        ),
        (("TypeError", "expected str, bytes or os.PathLike object, not MagicMock"), Lessons(unknown="text")),
        (("RuntimeError", "Working outside of application context.\n\nThis"), Lessons(context="app")),
        (("RuntimeError", "Working outside of request context."), Lessons(context="request")),
        (("ImportError", "no MutableMapping", ("<module>", 2)), Lessons(unloaded=frozenset({"shop.py"}))),
        (("AttributeError", "production said this", ("look", 9)), NOTHING_LEARNT),
        (("KeyError", "'x'", ("look", 9)), NOTHING_LEARNT),
    ],
)
def test_a_refused_guess_teaches(told: Any, lesson: Lessons) -> None:
    exception, message, *frames = told
    assert learnt(exception, message, *frames) == lesson


def test_what_cannot_be_imported_here_is_not_used(deploy: Deploy) -> None:
    program = (
        "import sys\nif sys.version_info[0] == 2:\n    from old import Fraction\nelse:\n"
        "    from fractions import Fraction\n\ndef rate(part, rates):\n    return rates[part.denominator]\n"
    )
    old = "from collections import MutableMapping\nclass Fraction(MutableMapping):\n    pass\n"
    driver = (
        "import shop\nPART = shop.Fraction(1, 2)\ndef main():\n    list(map(shop.rate, [PART], [{3: 1}]))\n"
    )
    shop = deploy({"shop.py": program, "old.py": old}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert "from fractions import Fraction" in made.source
    assert shop.passes(made, {"shop.py": program.replace("rates[part.denominator]", "rates.get(part)")})


def test_a_later_round_builds_what_the_first_could_not(deploy: Deploy) -> None:
    program = (
        "class Till:\n    def __init__(self, opener):\n        if not opener.endswith('key'):\n"
        "            raise RuntimeError(opener)\n        self.rates = {}\n        self.day = 3\n\n"
        "    def __repr__(self):\n        return '<Till>'\n\n"
        "    def rate(self, name):\n        return self.rates[name]\n"
    )
    driver = "import shop\ndef main():\n    shop.Till(open('/dev/null').name + 'key').rate('EUR')\n"
    shop = deploy({"shop.py": program}, driver)
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert shop.passes(made, {"shop.py": program.replace("self.rates[name]", "self.rates.get(name)")})
