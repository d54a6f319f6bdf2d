import json

import pytest

from triage.sanitize.command import run


def test_a_text_comes_back_cleaned() -> None:
    assert "hunter2" not in run(b"password=hunter2!x", None)


def test_an_event_comes_back_as_json() -> None:
    assert json.loads(run(b'{"message": "hi", "level": "error"}', None)) == {
        "message": "hi",
        "level": "error",
    }


def test_a_channel_is_applied() -> None:
    assert run(b"hello", "github") == "```text\nhello\n```"


def test_bytes_that_are_no_text_are_survived() -> None:
    run(b"\xff\xfe{\x00", None)
    run(b"[" * 100_000, None)


def test_an_unknown_channel_names_the_known() -> None:
    with pytest.raises(ValueError, match="model, github, slack, html"):
        run(b"x", "fax")
