"""Names that tell only beside something else of somebody, and names written in escapes."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from triage.sanitize import clean, clean_event
from triage.sanitize.keys import in_company, kind_of_key


@pytest.mark.parametrize(
    "record",
    [
        {"telefon": "04921 88 31 70", "ort": "Ummerstadt", "strasse": "Kraanvogelplein"},
        {"telefone": "(49) 98817-2204", "cidade": "Urupema", "nome": "Deolinda"},
        {"no_hp": "0812-4487-0912", "kota": "Wonosobo", "jalan": "Jl. Kenanga"},
        {"電話番号": "090-4487-0912", "市区町村": "焼津市", "名": "恭一郎"},
    ],
)
def test_a_town_a_street_and_a_short_name_are_hidden_beside_a_telephone(record: dict[str, str]) -> None:
    written = [
        json.dumps(clean_event({"extra": {"form": record}}), ensure_ascii=False),
        clean("rejected: " + json.dumps(record, ensure_ascii=False)).text,
        clean("rejected: " + json.dumps(record)).text,
        clean("&".join(f"{quote(name)}={quote(value)}" for name, value in record.items())).text,
        clean(", ".join(f"{name}: {value}" for name, value in record.items())).text,
    ]
    for value in record.values():
        assert not any(value in text or quote(value) in text or json.dumps(value) in text for text in written)


@pytest.mark.parametrize(
    "text",
    [
        '{"city": "Grand Rapids", "population": 198917}',
        "ad=banner_top by=cron il=3 cap=20000",
        "no weather for city: Hardenberg",
        '{"street": "Kraanvogelplein", "tiles": 14}',
    ],
)
def test_alone_they_tell_nothing(text: str) -> None:
    assert clean(text).text == text


def test_a_billing_address_tells_of_its_parts() -> None:
    shown = clean_event({"data": {"billingAddress": {"street": "Kraanvogelplein", "city": "Hardenberg"}}})
    assert "Kraanvogelplein" not in str(shown)
    assert "Hardenberg" not in str(shown)


@pytest.mark.parametrize(
    "message",
    [
        "Violation of UNIQUE KEY constraint 'UQ_Staff_SteuerId'. The duplicate key value is (51 864 279 539).",
        "would be truncated in table 'shop.dbo.Staff', column 'SteuerId'. Truncated value: '51 864 279 539'.",
        "Field error in object 'staff' on field 'steuerId': rejected value [51 864 279 539]; codes [Pattern]",
        "Unique index violation: \"PUBLIC.UK ON PUBLIC.S(STEUER_ID NULLS FIRST) VALUES ( /* 1 */ '51 864 279 539' )\"",
        "Duplicate entry '51 864 279 539' for key 'records.снилс'",
    ],
)
def test_a_constraint_names_the_value_that_broke_it(message: str) -> None:
    assert "51 864 279 539" not in clean(message).text


def test_a_short_word_tells_only_as_the_whole_of_a_name() -> None:
    assert in_company("by") == "home_town"
    assert in_company("created_by") is None
    assert in_company("billingCity") == "home_town"


def test_names_tell_without_their_accents_too() -> None:
    assert kind_of_key("telefonní_číslo") == kind_of_key("telefonni_cislo") == "phone"


@pytest.mark.parametrize(
    "extra",
    [
        {"tags": [["phone", "04921 88 31 70"], ["ort", "Ummerstadt"]]},
        {"fields": [{"name": "phone", "value": "04921 88 31 70"}, {"name": "ort", "value": "Ummerstadt"}]},
        {
            "answers": [
                {"question": "Phone", "answer": "04921 88 31 70"},
                {"question": "Ort", "answer": "Ummerstadt"},
            ]
        },
        {"logentry": {"message": "phone=%s ort=%s", "params": ["04921 88 31 70", "Ummerstadt"]}},
        {"sql": "INSERT INTO staff (phone, ort) VALUES ('04921 88 31 70', 'Ummerstadt')"},
        {"csv": "phone,ort\n04921 88 31 70,Ummerstadt"},
        {"erlang": '#{phone => <<"04921 88 31 70">>,ort => <<"Ummerstadt"/utf8>>}'},
    ],
)
def test_names_of_pairs_rows_and_templates_keep_each_other_company(extra: dict[str, object]) -> None:
    shown = str(clean_event({"extra": extra}))
    assert "88 31 70" not in shown
    assert "Ummerstadt" not in shown


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("Telefon '04921 88 31 70' is not valid", "04921 88 31 70"),
        ('Nachname "Brockstedt-Ahl" exceeds 12 characters', "Brockstedt-Ahl"),
        ('record.familienname[0]: "Brockstedt-Ahl" does not match', "Brockstedt-Ahl"),
        ("rec plz:98663,nachname:Brockstedt-Ahl,state:new", "Brockstedt-Ahl"),
    ],
)
def test_a_value_in_quotes_or_brackets_beside_its_name_is_hidden(message: str, value: str) -> None:
    assert value not in clean(message).text


@pytest.mark.parametrize(
    "message",
    [
        "Le nom 'Projet Alpha' existe déjà",
        "surname 'x' is too short",
        "PASSWORD_HASHERS[0] = 'auth.hashers.Argon2'",
    ],
)
def test_a_quoted_word_beside_a_common_name_stays(message: str) -> None:
    assert clean(message).text == message


def test_a_family_name_with_the_arabic_article_is_hidden() -> None:
    assert "الزغبيري" not in str(clean_event({"extra": {"اسم_العائلة": "الزغبيري"}}))


def test_a_zip_file_has_no_postcode() -> None:
    text = "zipfile.BadZipFile: Bad CRC-32 for file 'word/document.xml'"
    assert clean(text).text == text
