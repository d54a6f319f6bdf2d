"""`healer sanitize`: whatever comes in, and wherever it goes."""

from __future__ import annotations

import io
import sys

import pytest

from healer import cli


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
