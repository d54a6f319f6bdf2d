"""What stood behind a call cannot be made again; what the call answered can be said."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from benchmarks.source import Files
from healer.reproduction import answers
from healer.reproduction.engine import Workbench
from healer.reproduction.values import Name, walk

Deploy = Callable[..., Any]
FAR = "\n" * 12  # what stands so far from a line is not quoted in an event

CASES: dict[str, tuple[str, str, tuple[str, str], str]] = {
    "a row of a session": (
        "class Orders:\n    def __init__(self, session):\n        self.session = session\n\n"
        "    def total(self, key):\n"
        "        row = self.session.query('orders').filter(key).first()\n"
        "        return row['amount'] * row['rate']\n",
        "import shop\nclass Session:\n    def query(self, name):\n        return self\n"
        "    def filter(self, key):\n        return self\n"
        "    def first(self):\n        return {'amount': 12}\n"
        "{far}def main():\n    shop.Orders(Session()).total(7)\n",
        ("row['rate']", "row.get('rate', 1)"),
        "return_value={'amount': 12}",
    ),
    "what a client was answered": (
        "def newest(client, name):\n    answer = client.get('/orders/' + name)\n    body = answer.json()\n"
        "    return body['items'][0]\n",
        "import shop\nclass Answer:\n    def json(self):\n        return {'items': []}\n"
        "class Client:\n    def get(self, path):\n        return Answer()\n"
        "{far}def main():\n    shop.newest(Client(), 'ada')\n",
        ("body['items'][0]", "(body['items'] or [None])[0]"),
        "answer.json = Mock(return_value={'items': []})",
    ),
    "what a service holds": (
        "import subprocess\n\ndef branch():\n"
        "    done = subprocess.run(['git', 'branch', '-vv'], capture_output=True)\n    told = done.stdout\n"
        "    return {b'main': 1}[told.split()[0]]\n",
        "import subprocess, shop\nclass Done:\n    stdout = b'wip 4f2a'\n{far}def main():\n"
        "    subprocess.run = lambda *args, **kwargs: Done()\n    shop.branch()\n",
        ("{b'main': 1}[told.split()[0]]", "told"),
        'monkeypatch.setattr("shop.subprocess.run", Mock(return_value=',
    ),
    "a method that reads what nobody recorded": (
        "class Book:\n    def __init__(self, pages):\n        self._pages = pages\n\n"
        "    def _page(self, number):\n        return self._pages.table[number]\n\n"
        "    def title(self, number):\n        page = self._page(number)\n"
        "        return page['title'].upper()\n",
        "import shop\nclass Pages:\n    table = {3: {'title': None}}\n"
        "{far}def main():\n    shop.Book(Pages()).title(3)\n",
        ("page['title'].upper()", "(page['title'] or '').upper()"),
        "Mock(return_value={'title': None})",
    ),
    "a call of the failing line": (
        "class Users:\n    def __init__(self, store):\n        self.store = store\n\n"
        "    def name(self, key):\n        return self.store.find(key).name\n",
        "import shop\nclass Store:\n    def find(self, key):\n        return None\n"
        "{far}def main():\n    shop.Users(Store()).name(7)\n",
        ("self.store.find(key).name", "getattr(self.store.find(key), 'name', '')"),
        "find=Mock(return_value=None)",
    ),
    "an awaited row": (
        "class Stock:\n    def __init__(self, pool):\n        self.pool = pool\n\n"
        "    async def left(self, item):\n"
        "        row = await self.pool.fetchrow('select', item)\n        return row['left'] // row['pack']\n",
        "import asyncio, shop\nclass Pool:\n    async def fetchrow(self, *args):\n"
        "        return {'left': 4, 'pack': 0}\n"
        "{far}def main():\n    asyncio.run(shop.Stock(Pool()).left('pen'))\n",
        ("row['left'] // row['pack']", "row['left'] // (row['pack'] or 1)"),
        "AsyncMock(return_value={'left': 4, 'pack': 0})",
    ),
    "a module's own connection": (
        "def connect():\n    raise RuntimeError('not here')\n\nclass Lazy:\n"
        "    def __getattr__(self, name):\n        return getattr(connect(), name)\n\ncache = Lazy()\n\n"
        "def rate(code):\n    held = cache.get('rate:' + code)\n    return 1 / held['value']\n",
        "import shop\nclass Cache:\n    def get(self, key):\n        return {'value': 0}\n"
        "{far}def main():\n    shop.connect = Cache\n    shop.rate('EUR')\n",
        ("1 / held['value']", "1 / (held['value'] or 1)"),
        'monkeypatch.setattr("shop.cache", MagicMock(get=Mock(return_value={',
    ),
    "a function that was given": (
        "def report(fetch, month):\n    rows = fetch(month)\n    return sum(rows) / len(rows)\n",
        "import shop\ndef make():\n    def fetch(month):\n        return []\n    return fetch\n"
        "{far}def main():\n    shop.report(make(), '2024-02')\n",
        ("sum(rows) / len(rows)", "sum(rows) / (len(rows) or 1)"),
        "report(Mock(return_value=[]), '2024-02')",
    ),
    "a setting far inside": (
        "class Plan:\n    def __init__(self, config):\n        self.config = config\n\n"
        "    def share(self, total):\n        parts = self.config.limits.parts\n"
        "        return total / parts\n",
        "import shop\nclass Limits:\n    parts = 0\nclass Config:\n    limits = Limits()\n"
        "{far}def main():\n    shop.Plan(Config()).share(12)\n",
        ("total / parts", "total / (parts or 1)"),
        "limits=MagicMock(parts=0)",
    ),
    "a setting of a module's object": (
        "class Config:\n    rate = 2\n\nconfig = Config()\n\n"
        "def share(total):\n    rate = config.rate\n    return total / rate\n",
        "import shop\n{far}def main():\n    shop.config.rate = 0\n{far}    shop.share(12)\n",
        ("total / rate", "total / (rate or 1)"),
        'monkeypatch.setattr("shop.config.rate", 0)',
    ),
    "a service's own error": (
        "import urllib.request\n\ndef status(url):\n    return urllib.request.urlopen(url).status\n",
        "import shop\ndef main():\n    shop.status('http://127.0.0.1:9/')\n",
        (
            "    return urllib.request.urlopen(url).status",
            "    try:\n        return urllib.request.urlopen(url).status\n"
            "    except OSError:\n        return 0",
        ),
        "status(",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_call_answers_what_the_event_recorded(name: str, deploy: Deploy) -> None:
    program, driver, (old, new), line = CASES[name]
    shop = deploy({"shop.py": program}, driver.replace("{far}", FAR))
    made = shop.reproduce()
    assert made.reproduced, made.why
    assert line in made.source
    assert all(f"`{answered}`" in made.why for answered in made.answered)
    assert bool(made.answered) is ("answer what" in made.why)
    assert shop.passes(made, {"shop.py": program.replace(old, new)})


def test_what_it_answers_is_named(deploy: Deploy) -> None:
    program, driver, _, _ = CASES["what a client was answered"]
    made = deploy({"shop.py": program}, driver.replace("{far}", FAR)).reproduce()
    assert made.answered == ("get", "json")


def test_what_leads_into_the_failure_is_made_for_real(deploy: Deploy) -> None:
    """The answer of `_price` is recorded once, and the second call of it is the one that fails."""
    program = (
        "class Cart:\n    def __init__(self, prices):\n        self.prices = prices\n\n"
        "    def _price(self, item):\n        return self.prices.of(item)['net']\n\n"
        "    def total(self, items):\n        first = self._price(items[0])\n"
        "        return first + self._price(items[1])\n"
    )
    driver = (
        "import shop\nclass Prices:\n    def of(self, item):\n"
        "        return {'net': 2} if item == 'pen' else {'gross': 3}\n"
        "{far}def main():\n    shop.Cart(Prices()).total(['pen', 'ink'])\n"
    )
    made = deploy({"shop.py": program}, driver.replace("{far}", FAR)).reproduce()
    assert not {"_price = ", "_price="} & set(made.source.split())


@pytest.mark.parametrize(
    "module", ["urllib.error", "os; import evil #", "urllib.error; import os", "strange"]
)
def test_no_module_is_named_that_only_the_event_names(module: str, deploy: Deploy) -> None:
    program, driver, _, _ = CASES["a service's own error"]
    shop = deploy({"shop.py": program}, driver)
    for link in shop.payload["exception"]["values"]:
        link["module"] = module
    diagnosis = shop.diagnosis()
    work = Workbench(diagnosis, Files({"shop.py": program}))
    raised = diagnosis.incident.event.raised
    found = answers.gather(work.index, work.sites, work.facts, raised, own=False)
    named = {n.module for one in found.replaced for n in walk(one.value) if isinstance(n, Name)}
    assert named == ({module} if module == "urllib.error" else set())
