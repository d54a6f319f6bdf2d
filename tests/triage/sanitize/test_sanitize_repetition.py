"""What comes again in one text is judged once, and no differently for it."""

from __future__ import annotations

import pytest

from triage.sanitize import clean
from triage.sanitize.people import inside
from triage.sanitize.rule import AROUND, Anchors, Found, Rule, RuleBook


def found_by(rule: Rule, text: str) -> list[int]:
    book = RuleBook([rule])
    data = text.encode()
    anchors = Anchors(book.labels())
    spans, _ = book.find(data, anchors.awake(data, anchors.find(data.lower())), most=5000)
    return [span.start for span in spans]


def test_candidates_that_fail_are_asked_about_once_per_surroundings() -> None:
    asked: list[int] = []

    def never(found: Found) -> bool:
        asked.append(found.start)
        return False

    assert not found_by(Rule("key", ("k=",), r"k=([a-z]+)", never), "k=abc " * 1000)
    assert len(asked) < 200  # where the text begins and ends, surroundings differ


def test_equal_candidates_are_told_apart_by_what_stands_around() -> None:
    def after_a_sign(found: Found) -> bool:
        return found.before(3) == b"!k="

    text = "k=abc " * 200 + "!k=abc " + "k=abc " * 200
    assert found_by(Rule("key", ("k=",), r"k=([a-z]+)", after_a_sign), text) == [200 * 6 + 3]


def test_no_surroundings_are_forgotten_up_to_where_a_validator_looks() -> None:
    def far_off(found: Found) -> bool:
        return b"!" in found.before(AROUND)

    text = "k=abc " * 200 + "!" + "k=abc " * 200
    near = [at for at in range(1201, 2401, 6) if at + 2 - 1200 <= AROUND]
    assert found_by(Rule("key", ("k=",), r"k=([a-z]+)", far_off), text) == [at + 2 for at in near]


@pytest.mark.parametrize("words", [b"Aa Bb", b"Aa " * 60 + b"Bb"])
def test_a_person_is_found_in_a_run_however_long_it_is(words: bytes) -> None:
    for _ in range(2):
        assert inside(Found(words, 0, len(words))) is False
        data = words + b" Maria Schneider"
        told = inside(Found(data, 0, len(data)))
        assert isinstance(told, Found)
        assert told.value.endswith(b"Maria Schneider")


def test_each_row_of_a_table_hides_its_own() -> None:
    rows = "".join(f"{number},Ann Lee,ann{number}@shop.example\n{number},,none\n" for number in range(60))
    shown = clean(f"id,name,email\n{rows}").text
    assert "Ann Lee" not in shown
    assert "@shop" not in shown
    assert shown.count(",,none") == 60


def test_values_are_bound_to_the_statement_before_them() -> None:
    one = "UPDATE t SET phone = %s WHERE sku = %s [parameters: ('0171 5550142', 'AB-{0}')]\n"
    other = "UPDATE t SET sku = %s WHERE colour = %s [parameters: ('XY-{0}', 'blue')]\n"
    shown = clean("".join((one + "x" * 2000 + "\n" + other).format(n) for n in range(10))).text
    assert "5550142" not in shown
    assert all(f"AB-{n}" in shown for n in range(10))
    assert all(f"'XY-{n}', 'blue'" in shown for n in range(10))


def test_a_name_that_tells_nothing_hides_no_later_one() -> None:
    text = "monkey=a1 turkey=b2 " * 300 + "password=Xk29sLw0Q1 " + "monkey=a1 turkey=b2 " * 300
    shown = clean(text).text
    assert "Xk29sLw0Q1" not in shown
    assert shown.count("monkey=a1 turkey=b2") == 600
