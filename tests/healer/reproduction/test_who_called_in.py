"""The frames that called into the repository."""

from __future__ import annotations

import ast

from healer.reproduction.callers import find
from triage.incident import Frame

DRIVER = Frame(
    abs_path="/srv/deploy/job.py",
    filename="job.py",
    module="job",
    function="main",
    lineno=4,
    pre_context=("from shop import cli", "", "def main():"),
    context_line="    cli.main(['add'])",
)
LIBRARY = Frame(
    abs_path="/opt/venv/lib/python3.11/site-packages/click/core.py",
    filename="click/core.py",
    module="click.core",
    function="invoke",
    lineno=9,
    context_line="    return callback(*args)",
    vars={"args": ["'x'"]},
)
OWN = Frame(
    abs_path="/srv/app/shop.py", filename="shop.py", module="shop", function="add", lineno=2, in_app=True
)


def test_the_deployed_code_is_asked_too_where_a_library_made_the_call() -> None:
    found = find((DRIVER, LIBRARY, OWN.model_copy(update={"arguments": {"args": ["'y'"]}})), OWN)
    assert found.near
    assert found.near.function == "invoke"
    assert found.near.vars == {"args": ["'y'"]}
    assert found.frames[1:] == (DRIVER,)
    assert [ast.unparse(node) for node in found.shared] == ["from shop import cli"]


def test_only_the_deployed_code_cannot_be_imported() -> None:
    assert find((DRIVER, LIBRARY, OWN), OWN).modules == {"__main__", "job"}


def test_who_called_himself_has_no_lines() -> None:
    assert find((OWN,), OWN).frames == ()
    assert find((), None).frames == ()
