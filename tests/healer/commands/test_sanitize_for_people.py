"""`healer sanitize`: whatever comes in, and wherever it goes."""

from __future__ import annotations

import io
import sys

import pytest

from healer import cli
from triage.sanitize.command import LARGEST_TEXT


@pytest.mark.parametrize("channel", ["model", "github", "slack", "html"])
@pytest.mark.parametrize("data", [b"", b"caf\xc3\xa9 @x", bytes(range(256)), b'{"message": "\\ud800"}'])
def test_the_locale_of_the_terminal_does_not_matter(
    channel: str, data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding="ascii"))
    assert cli.main(["sanitize", "--channel", channel]) == 0
    assert out.getvalue().decode("utf-8") or not data


def test_what_is_too_large_is_refused_before_it_is_read_as_text(monkeypatch, capsys):
    """A text is held many times over while it is cleaned."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"a" * (LARGEST_TEXT + 1))))
    assert cli.main(["sanitize"]) == 2
    assert "give a part of it" in capsys.readouterr().err


def test_a_closed_standard_input_says_what_to_give(monkeypatch, capsys):
    monkeypatch.setattr(sys, "stdin", None)
    assert cli.main(["sanitize"]) == 2
    assert "healer sanitize < event.json" in capsys.readouterr().err
