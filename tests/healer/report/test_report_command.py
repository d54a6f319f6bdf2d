from __future__ import annotations

import json
from pathlib import Path

import pytest

from healer import cli


@pytest.fixture
def command(record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    config = tmp_path / "healer.toml"
    config.write_text('[report]\nzone = "Asia/Kathmandu"\n')
    monkeypatch.setenv("HEALER_CONFIG", str(config))
    monkeypatch.setenv("HEALER_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HEALER_DATABASE_URL", record.url)
    return lambda *arguments: cli.main(["report", *arguments])


def test_a_week_is_printed_in_the_teams_zone(command, capsys) -> None:
    assert command("--week", "2026-W47", "--format", "json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["week"], told["since"], told["zone"]) == (
        "2026-W47",
        "2026-11-15T18:15:00Z",
        "Asia/Kathmandu",
    )


def test_the_last_week_that_is_over_is_the_default(command, capsys) -> None:
    assert command() == 0
    assert capsys.readouterr().out.startswith("# The week: 20")


@pytest.mark.parametrize(
    ("form", "start"), [("html", "<!doctype html>"), ("slack", '{\n "blocks"'), ("md", "# The")]
)
def test_each_format_can_be_written(command, tmp_path: Path, form: str, start: str) -> None:
    out = tmp_path / "week"
    assert command("--week", "2026-W47", "--format", form, "--out", str(out)) == 0
    assert out.read_text().startswith(start)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--week", "2025-W53"), "52 or 53"),
        (("--week", "last"), "2026-W47"),
        (("--out", "/no/such/place"), "--out"),
        (("--post",), "slack.token"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(command, capsys, arguments, said: str) -> None:
    assert command(*arguments) == 2
    assert said in capsys.readouterr().err
