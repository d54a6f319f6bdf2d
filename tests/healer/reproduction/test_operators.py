"""Special methods that a line calls by name."""

from __future__ import annotations

import ast

import pytest

from healer.reproduction.operators import spelt


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("x.__repr__()", "repr(x)"),
        ("a.b.__eq__(c)", "a.b == c"),
        ("x.__contains__(y)", "y in x"),
        ("x.__getitem__(0)", "x[0]"),
        ("f(x.__len__().__str__())", "f(str(len(x)))"),
        ("x.__subclasses__()", "x.__subclasses__()"),
        ("x.__eq__(*y)", "x.__eq__(*y)"),
    ],
)
def test_special_methods_become_operators(written: str, meant: str) -> None:
    assert ast.unparse(spelt(ast.parse(written))) == meant
