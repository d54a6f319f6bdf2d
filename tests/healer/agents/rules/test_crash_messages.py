"""Messages as the Pythons from 3.8 to 3.14 word them."""

from __future__ import annotations

import pytest

from healer.agents.rules.crash import Kind, read


@pytest.mark.parametrize(
    ("error", "message", "kind", "words"),
    [
        (
            "AttributeError",
            "'NoneType' object has no attribute 'group'",
            Kind.NONE_ATTRIBUTE,
            {"attr": "group"},
        ),
        (
            "AttributeError",
            "module 'time' has no attribute 'clock'",
            Kind.MODULE_ATTRIBUTE,
            {"module": "time"},
        ),
        (
            "AttributeError",
            "type object 'A' has no attribute 'b'",
            Kind.ATTRIBUTE,
            {"owner": "A", "attr": "b"},
        ),
        ("TypeError", "argument of type 'NoneType' is not iterable", Kind.NONE_IN, {}),
        ("TypeError", "argument of type 'NoneType' is not a container or iterable", Kind.NONE_IN, {}),
        ("TypeError", "cannot unpack non-iterable NoneType object", Kind.NONE_ITERATION, {}),
        (
            "TypeError",
            "unsupported operand type(s) for +: 'int' and 'NoneType'",
            Kind.NONE_OPERAND,
            {"left": "int"},
        ),
        ("TypeError", 'can only concatenate str (not "int") to str', Kind.CONCATENATE, {"right": "int"}),
        (
            "TypeError",
            "list indices must be integers or slices, not float",
            Kind.INDEX_TYPE,
            {"right": "float"},
        ),
        ("TypeError", "f() got an unexpected keyword argument 'x'", Kind.UNEXPECTED_KEYWORD, {"name": "x"}),
        (
            "TypeError",
            "A.f() missing 1 required positional argument: 'x'",
            Kind.MISSING_ARGUMENTS,
            {"name": "x"},
        ),
        (
            "TypeError",
            "f() takes 1 positional argument but 2 were given",
            Kind.TOO_MANY_ARGUMENTS,
            {"given": "2"},
        ),
        ("ValueError", "too many values to unpack (expected 2)", Kind.TOO_MANY_VALUES, {}),
        ("ValueError", "too many values to unpack (expected 2, got 3)", Kind.TOO_MANY_VALUES, {}),
        (
            "ValueError",
            "not enough values to unpack (expected 2, got 1)",
            Kind.TOO_FEW_VALUES,
            {"given": "1"},
        ),
        ("ValueError", "max() arg is an empty sequence", Kind.EMPTY_SEQUENCE, {}),
        ("ValueError", "max() iterable argument is empty", Kind.EMPTY_SEQUENCE, {}),
        ("UnboundLocalError", "local variable 'x' referenced before assignment", Kind.UNBOUND, {"name": "x"}),
        (
            "UnboundLocalError",
            "cannot access local variable 'x' where it is not associated with a value",
            Kind.UNBOUND,
            {"name": "x"},
        ),
        ("InvalidOperation", "[<class 'decimal.ConversionSyntax'>]", Kind.NUMBER_PARSE, {}),
        ("KeyError", "'a'", Kind.KEY, {}),
        ("IndexError", "pop from empty list", Kind.EMPTY_POP, {}),
        ("IndexError", "list index out of range", Kind.INDEX, {}),
        ("UnicodeDecodeError", "'utf-8' codec can't decode byte 0xe9", Kind.DECODE, {"codec": "utf-8"}),
        ("RuntimeError", "dictionary changed size during iteration", Kind.MUTATED, {}),
        ("OwnError", "no row fits", Kind.OTHER, {}),
    ],
)
def test_a_message_is_read(error: str, message: str, kind: Kind, words: dict[str, str]) -> None:
    crash = read(error, message)
    assert crash.kind is kind
    assert words.items() <= crash.words.items()


def test_a_huge_message_is_read_in_linear_time() -> None:
    assert read("TypeError", "'" + "a" * 5_000_000).kind is Kind.OTHER
