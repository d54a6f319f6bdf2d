"""Where a patch goes in, as the file's own text counts."""

from __future__ import annotations

import pytest

from healer.agents.rules.syntax import File, apply, line_edit
from triage.python import parse, parsed

MARKED = "\ufeffimport os\nx = 1\n"


@pytest.mark.parametrize("text", [MARKED, MARKED.replace("\n", "\r\n"), MARKED[1:], "\ufeff"])
def test_a_line_goes_in_behind_an_editors_mark(text):
    newline = "\r\n" if "\r" in text else "\n"
    mark = text[:1] if text.startswith("\ufeff") else ""
    new = apply(text, (line_edit(text, 1, "import re"),))
    assert new == f"{mark}import re{newline}{text.removeprefix(mark)}"
    assert parsed(new)


def test_spans_of_a_marked_file_are_its_texts():
    file = File("x.py", MARKED)
    assert [file.source(statement) for statement in file.module.body] == ["import os", "x = 1"]


def test_what_is_no_python_is_none():
    assert parsed("x = (") is None
    assert parsed("x = '\\d'") is not None, "a doubtful escape is no news"
    with pytest.raises(SyntaxError):
        parse("x = 1\ufeff")
