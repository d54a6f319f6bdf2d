"""The tables of learned weights: read as they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.learned import written
from triage.sanitize import persons, private_fields, wording
from triage.sanitize.learned import read


@pytest.mark.parametrize(
    "table", [persons.TABLE, private_fields.TABLE, wording.TABLE], ids=["persons", "fields", "wordings"]
)
def test_a_table_is_written_as_it_is_read(table: Path) -> None:
    limits, weights = read(table)
    assert written(limits, weights.items()) == table.read_text(encoding="utf-8")


def test_what_weighs_nothing_is_left_out() -> None:
    assert written((0.5, 1.0), [("a", 0.0), ("b", -1.5), ("c", 2.0), ("d", 2.0)]) == (
        "0.50\t1.00\n2.0\tc\td\n-1.5\tb\n"
    )
