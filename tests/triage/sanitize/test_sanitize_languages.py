"""People, addresses, papers and logins in the languages of the world, and what roles say of software there.

In the samples ⟦…⟧ marks what must not survive.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from triage.sanitize import clean

SAMPLES = Path(__file__).parents[2] / "samples"
MARKED = re.compile("⟦(.*?)⟧")


def lines(name: str) -> list[str]:
    return [line for line in (SAMPLES / name).read_text(encoding="utf-8").split("\n") if line]


def test_people_are_hidden_in_every_language() -> None:
    shown = {
        line: clean(line.replace("⟦", "").replace("⟧", "")).text for line in lines("sanitize_people.txt")
    }
    assert [
        line for line, text in shown.items() if any(value in text for value in MARKED.findall(line))
    ] == []


def test_what_is_said_of_fields_and_software_stays() -> None:
    assert [line for line in lines("sanitize_roles_harmless.txt") if clean(line).text != line] == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("ログイン失敗。パスワード「k8Zr2Lw9qX」が違います", "k8Zr2Lw9qX"),
        ("密码「abc12345Xy」错误", "abc12345Xy"),
        ("паспорт: серия 45 09, номер 731846 не найден", "731846"),
        ("GPSLatitude 48° 12' 31.4\" N GPSLongitude 16° 22' 9.8\" E found", "16° 22' 9.8\" E"),
    ],
)
def test_what_stands_in_other_signs_is_hidden(text: str, hidden: str) -> None:
    shown = clean(text).text
    assert hidden not in shown
    assert shown.endswith(text.partition(hidden)[2][-3:])


@pytest.mark.parametrize(
    "text",
    ["パスワード「必須項目」が間違っています", "トークン「csrf」がありません", "серия 12 номер заказа 123456", "Foo Bar Baz is unknown"],
)  # fmt: skip
def test_what_is_no_value_stays_in_them(text: str) -> None:
    assert clean(text).text == text
