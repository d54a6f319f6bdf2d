"""Names of persons in runs of capitals, told by learned weights."""

from __future__ import annotations

import pytest

from triage.sanitize import clean
from triage.sanitize.persons import (
    MOST_WORDS,
    RUN,
    TABLE,
    named,
    run_of,
    scored,
    told,
    weights,
)
from triage.sanitize.rule import Found, bytes_pattern

_RUN = bytes_pattern(RUN, captures=False)


def first_run(text: str) -> Found:
    data = text.encode()
    match = _RUN.search(data)
    assert match is not None
    return Found(data, *match.span())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("refund for Marta Kowalczyk was declined", "Marta Kowalczyk"),
        ("Rechnung an Jürgen Öztürk konnte nicht zugestellt werden", "Jürgen Öztürk"),
        ("счёт клиента Елена Крылова заблокирован", "Елена Крылова"),
        ("ο πελάτης Γιώργος Παπαδάκης δεν βρέθηκε", "Γιώργος Παπαδάκης"),
        ("ValueError: no booking of passenger Ngozi Adeyemi on LH 400", "Ngozi Adeyemi"),
    ],
)
def test_a_person_is_hidden(text: str, name: str) -> None:
    shown = clean(text).text
    assert name not in shown
    assert shown.startswith(text.partition(name)[0])
    assert shown.endswith(text.partition(name)[2])


@pytest.mark.parametrize(
    "text",
    [
        "Johnnie Walker Black Label is out of stock",
        "Internal Server Error while loading Visual Studio Code",
        "New York Stock Exchange closed before the feed was read",
        "Django Rest Framework could not import Celery Beat Scheduler",
        "Der Vorgang Neue Bestellung wurde abgebrochen",
        "Unknown column in Order History Export",
        "Ошибка: Личный Кабинет недоступен",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert clean(text).text == text


def test_only_the_name_of_a_run_is_hidden() -> None:
    assert clean("Kunde Jürgen Müller Premium Tarif").text.startswith("Kunde [name:")
    assert clean("Kunde Jürgen Müller Premium Tarif").text.endswith("] Premium Tarif")


def test_a_run_inside_a_word_is_none() -> None:
    for text in ("getMaria Kowalska", "user_Maria Kowalska", "éMaria Kowalska"):
        assert named(first_run(text)) is False
    assert named(first_run("für «Maria Kowalska»"))


def test_a_run_is_bounded() -> None:
    run = first_run("Anna " * 50)
    assert len(run_of(run)[0]) == MOST_WORDS


def test_what_stands_around_is_told_by_sign_and_word() -> None:
    assert told('refund of order 77 for "', back=True) == ('␣"', "for", "␣", "#")
    assert told(", Berlin\n", back=False) == (",␣", "berlin", "⏎", "")
    assert told("", back=True) == ("^", "", "", "")


def test_a_place_changes_what_a_word_is_worth() -> None:
    _, person = run_of(first_run("my name is Florence Nakamura"))
    _, ship = run_of(first_run("the vessel Florence Harbour Terminal"))
    assert min(scored(person)) > max(scored(ship))


def test_every_trait_is_weighed_once() -> None:
    head, *lines = TABLE.read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert len(head.split("\t")) == 2
    every = [trait for line in lines for trait in line.split("\t")[1:]]
    assert len(every) == len(set(every)) == sum(map(len, weights().of.values())) > 5000
