"""An event and a proof come from strangers: whatever such a file is, the answer is one readable sentence."""

from __future__ import annotations

import pytest

from healer.cli import main
from healer.verify import Verification


@pytest.mark.parametrize("command", ["heal", "verify"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"base": ' + "1" * 5000 + "}", "not JSON"),
        ('{"base": "d58', "not JSON"),
        ("[" * 100_000, "not JSON"),
        ('["\\u001b]0;title\\u0007"]', "give"),
    ],
)
def test_what_is_no_document(command, text, why, tmp_path, capsys):
    path = tmp_path / "document.json"
    path.write_text(text)
    assert main([command, str(path), "--repo", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert why in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("command", ["heal", "verify"])
@pytest.mark.parametrize(("path", "why"), [("/dev/zero", "larger than"), ("/etc", "directory")])
def test_what_never_ends_and_what_is_no_file(command, path, why, tmp_path, capsys):
    assert main([command, path, "--repo", str(tmp_path)]) == 2
    assert why in capsys.readouterr().err


def test_the_words_of_a_document_do_not_steer_the_terminal(tmp_path, monkeypatch, capsys):
    lines = ("\x1b[2J\x1b]0;owned\x07the gate says no\nthe proof holds", "x" * 1_000_000)
    found = Verification(holds=False, differences=lines)
    monkeypatch.setattr("healer.commands.verify.verify", lambda *more, **named: found)
    (tmp_path / "proof.json").write_text("{}")
    assert main(["verify", str(tmp_path / "proof.json"), "--repo", str(tmp_path)]) == 3
    told = capsys.readouterr().out.splitlines()
    assert told[:2] == ["the proof does not hold", "  the gate says no\\nthe proof holds"]
    assert len(told) == 3
    assert "999000 characters more" in told[2]


def test_the_words_of_an_error_do_not_steer_the_terminal(tmp_path, capsys):
    assert main(["verify", str(tmp_path / "\x1b[31mred"), "--repo", str(tmp_path)]) == 2
    assert "\x1b" not in capsys.readouterr().err
