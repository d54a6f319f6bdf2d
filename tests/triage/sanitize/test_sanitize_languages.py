"""People, addresses, papers and logins in the languages of the world, and what roles say of software there.

In the samples ⟦…⟧ marks what must not survive.
"""

from __future__ import annotations

import re
from pathlib import Path

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
