"""Crash classes: what kind of slip an exception tells of."""

from __future__ import annotations

import re

from triage.incident import ExceptionInfo

_PATTERNS: tuple[tuple[str, str, str], ...] = (
    # class, exception types ("" is any), message
    ("recursion", "RecursionError", ""),
    ("assertion", "AssertionError", ""),
    ("missing_import", "ImportError ModuleNotFoundError", ""),
    ("name_typo", "NameError UnboundLocalError", ""),
    ("division_by_zero", "ZeroDivisionError DivisionByZero", ""),
    ("encoding", "UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError", ""),
    ("none_dereference", "AttributeError TypeError", "NoneType"),
    ("none_dereference", "TypeError", r"not None$|, got None\b"),
    ("missing_attribute", "AttributeError", ""),
    ("missing_key", "KeyError", ""),
    ("empty_sequence", "IndexError", r"from (?:an )?empty|from an empty|empty (?:list|deque|range|sequence)"),
    ("empty_sequence", "ValueError", r"empty (?:sequence|iterable|range)|arg(?:ument)? is (?:an )?empty"),
    ("empty_sequence", "TypeError", r"of empty (?:sequence|iterable)"),
    ("empty_sequence", "StatisticsError StopIteration StopAsyncIteration", ""),
    ("index_out_of_range", "IndexError", ""),
    ("unpack_mismatch", "ValueError TypeError", r"to unpack|cannot unpack|dictionary update sequence"),
    ("wrong_arguments", "TypeError", r"\(\) (?:takes|missing|got)|(?:nal|rd) argument|expected at "),
    ("wrong_type", "TypeError", ""),
    ("missing_key", "DoesNotExist MultipleObjectsReturned NoResultFound LookupError", ""),
    ("bad_value", "ValueError InvalidOperation OverflowError JSONDecodeError ParserError", ""),
    ("bad_value", "ValidationError ArithmeticError FloatingPointError", ""),
)  # fmt: skip
_TABLE = tuple((name, frozenset(types.split()), re.compile(message)) for name, types, message in _PATTERNS)


def category(error: ExceptionInfo) -> str:
    """The crash class of an exception; "other" where its type says nothing, as with a project's own types."""
    message = error.value[:2000]
    return next(
        (name for name, types, pattern in _TABLE if error.type in types and pattern.search(message)), "other"
    )
