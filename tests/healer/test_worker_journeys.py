from __future__ import annotations

from datetime import UTC, datetime


from healer.case import Declined
from healer.engine import Queue
from healer.errors import Refused
from healer.protocols import Step
from healer.store import cases
from healer.store.database import connect
from healer.store.record import Arrival, Saved, save
from healer.worker import Worker
from triage.incident import Event, Incident
from triage.noun import Noun


class Anything:
    events = 1
    minutes = 0
    levels: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()


class Word(Noun):
    text: str


def arrive(url: str, number: int = 1, fingerprint: str = "f1") -> Saved:
    event = Event(event_id=f"{number:032x}", timestamp=datetime.now(UTC), message=f"boom {number}")
    arrival = Arrival("envelope", "shop", f"event:{number}", event=event, fingerprint=fingerprint)
    with connect(url) as connection:
        (saved,) = save(connection, [arrival], floor=lambda _: Anything(), spawn=Queue().spawn)
    return saved


def test_a_case_is_worked_once_and_its_outcome_recorded(database_url: str) -> None:
    arrive(database_url)
    seen: list[str] = []

    def work(incident: Incident, step: Step) -> Declined:
        seen.append(incident.event.message)
        word = step("look", Word, lambda: Word(text="nul \0 and ü"))
        assert step("look", Word, lambda: Word(text="never")).text == word.text
        raise Refused("cascade", "the database is gone")

    assert Worker(database_url, work).run(until_idle=True) == 0
    assert seen == ["boom 1"]
    with connect(database_url) as connection:
        (row,) = cases.listed(connection)
        steps = connection.execute("select name, seconds from healer.step").fetchall()
    assert (row["state"], row["code"], row["reason"]) == ("declined", "cascade", "the database is gone")
    assert [s["name"] for s in steps] == ["look"]
