"""What a name hides in one place of an event is hidden wherever else the event says it."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.sanitize import Echoes, Placeholders, clean_event, sanitize
from triage.sanitize.echoes import _CODED, _runs
from triage.sanitize.encoded import cores

NAMES = Placeholders(b"one case")
WORD = "Marble$6605Tz3/x y"


def cleaned(**event: Any) -> str:
    return json.dumps(clean_event(event, placeholders=NAMES), ensure_ascii=False)


@pytest.mark.parametrize(
    "said",
    [
        f"saw {WORD} refused",
        f"a\\n{WORD}",
        "q=Marble%246605Tz3%2Fx+y&page=2",
        "q=Marble%246605Tz3%2Fx%20y&page=2",
        json.dumps({"inner": json.dumps({"q": f'"{WORD}"'})}),
        {"deep": [{"er": [WORD]}]},
        {WORD: 1},
    ],
)
def test_a_password_of_the_form_is_hidden_in_every_spelling(said: Any) -> None:
    shown = cleaned(request={"data": {"password": WORD}}, extra={"said": said})
    assert "6605Tz3" not in shown
    assert shown.count(NAMES.name("password", WORD)) == 2


@pytest.mark.parametrize(
    ("kept_in", "value"),
    [
        ({"user": {"name": "Henrike Vogelsang"}}, "Henrike Vogelsang"),
        ({"user": {"name": "Henrike Vogelsang"}}, "HENRIKE VOGELSANG"),
        ({"user": {"name": "Henrike Vogelsang"}}, "Vogelsang"),
        ({"extra": {"customer_name": "王小明"}}, "王小明"),
        ({"extra": {"customer_name": "Пётр Ильич"}}, "Пётр"),
        ({"extra": {"username": "wessel_vdberg"}}, "wessel_vdberg"),
        ({"extra": {"row": "Customer { Pesel = 90032551126, Tier = Gold }"}}, "90032551126"),
        ({"extra": {"card_number": "4716859130998822"}}, 4716859130998822),
        ({"request": {"headers": [["X-Api-Key", "9ap54kE7FiKjeHrud"]]}}, "9ap54kE7FiKjeHrud"),
    ],
)
def test_a_value_is_hidden_where_nothing_names_it(kept_in: dict[str, Any], value: Any) -> None:
    assert str(value) not in cleaned(**kept_in, message=f"row ({value}) is taken", extra2=[[value]])


@pytest.mark.parametrize(
    ("kept_in", "said"),
    [
        ({"user": {"name": "Mark Page"}}, "Mark the Page as read"),
        ({"user": {"username": "admin"}}, "admin.views: admin is not allowed"),
        ({"user": {"username": "app_rw"}}, "role app_rw lacks the right to log in"),
        ({"extra": {"api_key": "12345"}}, "12345 rows"),
        ({"extra": {"password": "production"}}, "environment production"),
        ({"extra": {"account_number": "881203"}}, "order 98812031 of 5"),
        ({"extra": {"first_name": "Anna"}}, "Annabel's annual plan"),
        ({"user": {"id": "90032551127", "country_code": "NL"}}, "page 90032551127 of NL"),
        ({"extra": {"address": "Reading"}}, "Reading the file failed"),
        ({"extra": {"gender": "female"}}, "no column female"),
    ],
)
def test_words_and_short_numbers_of_the_application_stay(kept_in: dict[str, Any], said: str) -> None:
    assert said in cleaned(**kept_in, message=said)


@pytest.mark.parametrize(
    "named",
    [
        {"logentry": {"message": "login failed for user %s from %s", "params": ["wessel_vdberg", 3]}},
        {"extra": {"message": "login failed for user {}", "args": ["wessel_vdberg"]}},
        {
            "crumb": {
                "message": "SELECT 1 FROM u WHERE username = %s",
                "data": {"db_params": ["wessel_vdberg"]},
            }
        },
        {"data": {"query": "INSERT INTO u (id, username) VALUES (?, ?)", "params": [4, "wessel_vdberg"]}},
        {"data": {"query": "UPDATE u SET username = $1 WHERE id = $2", "params": ["wessel_vdberg", 4]}},
    ],
)
def test_a_template_names_the_values_beside_it(named: dict[str, Any]) -> None:
    assert "wessel_vdberg" not in cleaned(**named)


def test_odd_templates_are_read_without_harm() -> None:
    odd = {"message": "%s %s %(x)s ?", "params": [None, {"a": [1]}], "args": "no list", "values": []}
    assert json.loads(cleaned(extra=odd)) == {"extra": odd}
    assert clean_event({"message": "\ud800 %s", "params": [10**5000], "n": 1})["n"] == 1


def test_code_is_named_by_words_that_name_people_too() -> None:
    shown = clean_event(
        {"user": {"last_name": "Kowalska"}, "frames": [{"module": "Kowalska", "filename": "Kowalska"}]}
    )
    assert shown["frames"] == [{"module": "Kowalska", "filename": "Kowalska"}]


def test_what_is_hidden_twice_is_counted_twice_and_never_shown_by_repr() -> None:
    result = sanitize({"extra": {"api_key": "9ap54kE7FiKjeHrud"}, "message": "got 9ap54kE7FiKjeHrud"})
    assert result.redactions == {"key": 2}
    assert "9ap54" not in repr(result)


def test_an_event_whose_echoes_cannot_be_told_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Echoes, "hide", lambda self, cleaned: 1 / 0)
    result = sanitize({"extra": {"api_key": "9ap54kE7FiKjeHrud"}, "message": "got 9ap54kE7FiKjeHrud"})
    assert result.event == {}
    assert result.redactions["dropped"] == 1


@given(st.binary(max_size=40), st.binary(min_size=5, max_size=20), st.binary(max_size=40))
def test_no_code_of_a_text_hides_what_is_in_it(before: bytes, value: bytes, after: bytes) -> None:
    said = before + value + after
    for code in (base64.b64encode(said), base64.urlsafe_b64encode(said).rstrip(b"="), said.hex().encode()):
        assert any(core in code for core in cores(value))
        assert any(len(core) > 3 for core in cores(value))


@pytest.mark.parametrize(
    "encode",
    [
        lambda name: base64.b64encode(name),
        lambda name: base64.urlsafe_b64encode(b"user=" + name),
        lambda name: name.hex().encode(),
    ],
)
def test_what_is_hidden_is_hidden_in_base64_and_hex_too(encode) -> None:
    name = "Ottokar Vogelsang"
    code = encode(name.encode()).decode()
    shown = clean_event(
        {
            "patient_name": name,
            "extra": {"d": f"got {code} from a queue", "trace": "5d452db456f400b0ad734f6cb7b0e18e"},
        }
    )
    assert code not in str(shown)
    assert shown["extra"]["trace"] == "5d452db456f400b0ad734f6cb7b0e18e"


def test_the_flag_of_a_command_joins_nothing() -> None:
    shown = clean_event(
        {
            "value": "Command 'mysqldump -u root -pmaple5155! shop' failed",
            "cmd": ["mysqldump", "-pmaple5155!", "shop"],
        }
    )
    assert "maple5155" not in str(shown)


@given(st.text('aZ0+/_-= "\\.', max_size=120))
def test_runs_of_code_are_found_by_word_as_by_pattern(text: str) -> None:
    data = text.encode()
    assert list(_runs(data)) == [match.group() for match in _CODED.finditer(data)]
