"""Rows that have lost the names of their fields."""

from __future__ import annotations

import json
from typing import Any

import pytest

from triage.sanitize import clean, clean_event

ROW = ("LOT-2026-02-0093", "Yannick Le Floch", "1 71 09 29 232 118 40", "ann.lee@shop.example.org", "QUEUED")


def cleaned(event: dict[str, Any]) -> str:
    return json.dumps(clean_event(event), ensure_ascii=False)


@pytest.mark.parametrize(
    "text",
    [
        repr(ROW),
        repr(list(ROW))[:-6] + "...",
        f"cannot insert {json.dumps(ROW)}: too long",
        "line 52: '" + ";".join(ROW) + "'",
        "[]interface {}{" + json.dumps(ROW)[1:-1] + "}",
        "[Parameters=[" + ", ".join(f"@p{n}='{cell}' (Size = 40)" for n, cell in enumerate(ROW)) + "]]",
    ],
)
def test_a_cell_of_somebodys_row_is_hidden_and_the_application_s_own_stay(text: str) -> None:
    shown = clean(text).text
    assert "1 71 09 29 232 118 40" not in shown
    assert "LOT-2026-02-0093" in shown


def test_a_row_of_a_list_is_read_as_one_in_a_text() -> None:
    shown = cleaned({"extra": {"rows": [list(ROW)]}})
    assert "1 71 09 29 232 118 40" not in shown
    assert "LOT-2026-02-0093" in shown
    assert "QUEUED" in shown


def test_a_cell_that_is_cut_keeps_its_dots() -> None:
    row = ["ann.lee@shop.example.org", "+49 30 1234567", "83022 Rosenheim..."]
    assert clean_event({"extra": {"row": row}})["extra"]["row"][2].endswith("]...")


def test_cells_whose_names_stand_before_them_are_judged_by_these() -> None:
    text = "Key (mail, txn_ref)=(ann.lee@shop.example.org, TXN2026100100044871) already exists."
    assert "TXN2026100100044871" in clean(text).text


def test_a_row_beside_which_nothing_is_hidden_is_nobodys() -> None:
    text = "('BAR-2026-T1', 'GARANTIE_NIVEAU_2', '1 71 09 30 999 118 41')"
    assert clean(text).text == text
