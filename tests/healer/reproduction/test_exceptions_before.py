"""What an exception that was handled on the way tells of the objects that the last one met."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from healer.reproduction import causes
from healer.reproduction.facts import Facts
from healer.reproduction.values import NONE, Literal
from triage.incident import Event, ExceptionInfo, Frame

Deploy = Callable[..., Any]

STORE = """
class Rows:
    def __init__(self, source):
        self.source = source

    def find(self, key):
        return self.source.index[key]


class Store:
    def __init__(self, rows, names):
        self.rows = rows
        self.names = names

    def name(self, key):
        try:
            return self.rows.find(key)
        except TypeError:
            return self.names[key].strip()
"""
DRIVER = """
from types import SimpleNamespace
from store import Rows, Store


def main(index):
    store = Store(Rows(SimpleNamespace(index=index)), {"a": None})
    helped(store)


def helped(store):
    store.name("a")


main(None)
"""


def test_the_way_into_a_handler_is_gone_again(deploy: Deploy) -> None:
    shop = deploy({"store.py": STORE}, DRIVER)
    assert [error.type for error in shop.diagnosis().incident.event.exceptions] == [
        "TypeError",
        "AttributeError",
    ]
    made = shop.reproduce()
    assert made.reproduced, made.why
    fixed = STORE.replace("self.names[key].strip()", '(self.names[key] or "").strip()')
    assert shop.passes(made, {"store.py": fixed})


def test_the_nearest_causes_come_first() -> None:
    frame = Frame(filename="a.py", function="f", lineno=1)
    errors = [ExceptionInfo(type=f"E{n}", frames=(frame,)) for n in range(6)]
    event = Event(event_id="1" * 32, exceptions=(ExceptionInfo(type="Bare"), *errors))
    assert [error.type for error in causes.before(event)] == ["E4", "E3", "E2"]


def test_what_the_last_frames_say_counts_more() -> None:
    facts = Facts(attributes={"<a>": {"size": NONE}})
    causes.add(facts, Facts(attributes={"<a>": {"size": Literal.of(1), "name": NONE}, "<b>": {"x": NONE}}))
    assert facts.attributes == {"<a>": {"size": NONE, "name": NONE}, "<b>": {"x": NONE}}
