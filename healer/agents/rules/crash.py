"""What an exception's message says, over Python 3.8 to 3.14. Messages are a stranger's text: RE2 only."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

import re2


class Kind(StrEnum):
    """Crash classes that templates answer."""

    NONE_ATTRIBUTE = "none_attribute"
    NONE_SUBSCRIPT = "none_subscript"
    NONE_ITERATION = "none_iteration"
    NONE_IN = "none_in"
    NONE_CALL = "none_call"
    NONE_LEN = "none_len"
    NONE_OPERAND = "none_operand"
    NONE_COMPARISON = "none_comparison"
    NONE_ARGUMENT = "none_argument"
    NONE_STORE = "none_store"
    ATTRIBUTE = "attribute"
    MODULE_ATTRIBUTE = "module_attribute"
    READ_ONLY = "read_only"
    IMPORT_NAME = "import_name"
    NO_MODULE = "no_module"
    NAME = "name"
    UNBOUND = "unbound"
    KEY = "key"
    INDEX = "index"
    EMPTY_POP = "empty_pop"
    EMPTY_SEQUENCE = "empty_sequence"
    ABSENT_ITEM = "absent_item"
    DIVISION = "division"
    TOO_MANY_VALUES = "too_many_values"
    TOO_FEW_VALUES = "too_few_values"
    NOT_ITERABLE = "not_iterable"
    NOT_SUBSCRIPTABLE = "not_subscriptable"
    NOT_CALLABLE = "not_callable"
    NO_LEN = "no_len"
    NO_ASSIGNMENT = "no_assignment"
    TYPE_SUBSCRIPT = "type_subscript"
    OPERAND = "operand"
    COMPARISON = "comparison"
    CONCATENATE = "concatenate"
    JOIN = "join"
    INDEX_TYPE = "index_type"
    NOT_INTEGER = "not_integer"
    MULTIPLY = "multiply"
    BYTES_EXPECTED = "bytes_expected"
    STR_EXPECTED = "str_expected"
    TUPLE_EXPECTED = "tuple_expected"
    UNHASHABLE = "unhashable"
    FORMAT_ARGUMENTS = "format_arguments"
    FORMAT_NUMBER = "format_number"
    NUMBER_PARSE = "number_parse"
    ISO_DATE = "iso_date"
    JSON_PARSE = "json_parse"
    NOT_JSON = "not_json"
    DECODE = "decode"
    ENCODE = "encode"
    PADDING = "padding"
    REGEX = "regex"
    MUTATED = "mutated"
    STOP_ITERATION = "stop_iteration"
    RECURSION = "recursion"
    TOO_MANY_ARGUMENTS = "too_many_arguments"
    MISSING_ARGUMENTS = "missing_arguments"
    UNEXPECTED_KEYWORD = "unexpected_keyword"
    AWAIT = "await"
    MUTABLE_DEFAULT = "mutable_default"
    NOT_EXCEPTION = "not_exception"
    FILE_EXISTS = "file_exists"
    NO_FILE = "no_file"
    ZONE = "zone"
    OTHER = "other"


@dataclass(frozen=True)
class Crash:
    """An exception, read. `words` holds the names and types the message mentions."""

    type: str
    message: str
    kind: Kind
    words: dict[str, str] = field(default_factory=dict)

    @property
    def about_none(self) -> bool:
        return self.kind.value.startswith("none_")


_ROWS: tuple[tuple[str, str, Kind], ...] = (
    # exception types (| separated, "" is any), pattern, kind
    ("AttributeError", r"^'NoneType' object has no attribute '(?P<attr>\w+)'$", Kind.NONE_ATTRIBUTE),
    (
        "AttributeError",
        r"module '(?P<module>[\w.]+)' has no attribute '(?P<attr>\w+)'",
        Kind.MODULE_ATTRIBUTE,
    ),
    ("AttributeError", r"'coroutine' object has no attribute '(?P<attr>\w+)'", Kind.AWAIT),
    (
        "AttributeError",
        r"object attribute '(?P<attr>\w+)' is read-only|can't set attribute|has no setter|"
        r"cannot assign to field",
        Kind.READ_ONLY,
    ),
    ("FrozenInstanceError", r"cannot assign to field '(?P<attr>\w+)'", Kind.READ_ONLY),
    (
        "AttributeError",
        r"^(?:type object )?'?(?P<owner>[\w.]+)'?(?: object| instance)? has no attribute '(?P<attr>\w+)'",
        Kind.ATTRIBUTE,
    ),
    ("AttributeError", r"^(?P<attr>[A-Za-z_]\w*)$", Kind.ATTRIBUTE),
    ("ImportError", r"cannot import name '(?P<attr>\w+)' from '(?P<module>[\w.]+)'", Kind.IMPORT_NAME),
    ("ModuleNotFoundError|ImportError", r"No module named '(?P<module>[\w.]+)'", Kind.NO_MODULE),
    (
        "NameError|UnboundLocalError",
        r"(?:local|free) variable '(?P<name>\w+)' (?:referenced before|where it is not)",
        Kind.UNBOUND,
    ),
    ("NameError|UnboundLocalError", r"cannot access (?:local|free) variable '(?P<name>\w+)'", Kind.UNBOUND),
    ("NameError", r"name '(?P<name>\w+)' is not defined", Kind.NAME),
    ("TypeError", r"'NoneType' object is not subscriptable", Kind.NONE_SUBSCRIPT),
    ("TypeError", r"'NoneType' object does not support item (?:assignment|deletion)", Kind.NONE_STORE),
    (
        "TypeError",
        r"cannot unpack non-iterable NoneType|'NoneType' object is not (?:iterable|an iterator|a mapping)|"
        r"argument after \*\*? must be an? \w+, not NoneType|can only join an iterable",
        Kind.NONE_ITERATION,
    ),
    ("TypeError", r"argument of type 'NoneType' is not", Kind.NONE_IN),
    ("TypeError", r"'NoneType' object is not callable", Kind.NONE_CALL),
    ("TypeError", r"'NoneType' has no len\(\)", Kind.NONE_LEN),
    (
        "TypeError",
        r"unsupported operand type\(s\) for (?:divmod|pow)\(\): (?:'NoneType' and|'[^']+' and 'NoneType')",
        Kind.NONE_ARGUMENT,
    ),
    (
        "TypeError",
        r"unsupported operand type\(s\) for (?P<op>[^:]+): '(?P<left>NoneType)' and '(?P<right>[^']+)'",
        Kind.NONE_OPERAND,
    ),
    (
        "TypeError",
        r"unsupported operand type\(s\) for (?P<op>[^:]+): '(?P<left>[^']+)' and '(?P<right>NoneType)'",
        Kind.NONE_OPERAND,
    ),
    ("TypeError", r"bad operand type for (?P<op>[^:]+): 'NoneType'", Kind.NONE_OPERAND),
    (
        "TypeError",
        r"(?:can only concatenate|must be) (?P<left>\w+),? \(?not \"?(?P<right>NoneType)",
        Kind.NONE_OPERAND,
    ),
    (
        "TypeError",
        r"'(?P<op>[<>]=?)' not supported between instances of '(?P<left>NoneType)' and '(?P<right>[^']+)'",
        Kind.NONE_COMPARISON,
    ),
    (
        "TypeError",
        r"'(?P<op>[<>]=?)' not supported between instances of '(?P<left>[^']+)' and '(?P<right>NoneType)'",
        Kind.NONE_COMPARISON,
    ),
    ("TypeError", r"offset-naive and offset-aware", Kind.ZONE),
    ("TypeError", r"[Uu]nsupported operand type.*\|", Kind.TYPE_SUBSCRIPT),
    (
        "TypeError",
        r"unsupported operand type\(s\) for (?P<op>[^:]+): '(?P<left>[^']+)' and '(?P<right>[^']+)'",
        Kind.OPERAND,
    ),
    (
        "TypeError",
        r"'(?P<op>[<>]=?)' not supported between instances of '(?P<left>[^']+)' and '(?P<right>[^']+)'",
        Kind.COMPARISON,
    ),
    (
        "TypeError",
        r"sequence item (?P<item>\d+): expected (?P<left>str|bytes)\w* ?\w*, (?:'?)(?P<right>\w+)",
        Kind.JOIN,
    ),
    ("TypeError", r"sequence item \d+: expected a bytes-like object, (?P<right>\w+) found", Kind.JOIN),
    ("TypeError", r"can only concatenate (?P<left>\w+) \(not \"(?P<right>[\w.]+)\"\) to", Kind.CONCATENATE),
    ("TypeError", r"can't concat (?P<right>\w+) to (?P<left>\w+)", Kind.CONCATENATE),
    (
        "TypeError",
        r"'type' object is not subscriptable|'\w+' object is not subscriptable: type",
        Kind.TYPE_SUBSCRIPT,
    ),
    (
        "TypeError",
        r"'ABCMeta' object is not subscriptable|'_\w*Meta' object is not subscriptable",
        Kind.TYPE_SUBSCRIPT,
    ),
    (
        "TypeError",
        r"(?:list|tuple|string|bytes|range) ?(?:object)? ?ind(?:ices|ex) must be integers.*"
        r"not '?(?P<right>\w+)",
        Kind.INDEX_TYPE,
    ),
    ("TypeError", r"slice indices must be integers", Kind.INDEX_TYPE),
    ("TypeError", r"sequence index must be integer, not '(?P<other>slice)'", Kind.NOT_SUBSCRIPTABLE),
    (
        "TypeError",
        r"'(?P<right>float|str|Decimal)' object cannot be interpreted as an integer",
        Kind.NOT_INTEGER,
    ),
    ("TypeError", r"integer argument expected, got (?P<right>\w+)", Kind.NOT_INTEGER),
    ("TypeError", r"can't multiply sequence by non-int of type '(?P<right>\w+)'", Kind.MULTIPLY),
    (
        "TypeError",
        r"a bytes-like object is required, not '(?P<right>\w+)'|bytes or buffer expected|"
        r"must be encoded before",
        Kind.BYTES_EXPECTED,
    ),
    (
        "TypeError",
        r"cannot use a string pattern on a bytes-like|argument must be str, not bytes|"
        r"must be str, not (?P<right>bytes)|first arg must be bytes or a tuple of bytes, not str",
        Kind.STR_EXPECTED,
    ),
    ("TypeError", r"first arg must be (?:str|bytes) or a tuple.*, not NoneType", Kind.NONE_ARGUMENT),
    (
        "TypeError",
        r"first arg must be (?:str|bytes) or a tuple of (?:str|bytes), not (?P<right>\w+)",
        Kind.TUPLE_EXPECTED,
    ),
    (
        "TypeError",
        r"isinstance\(\) arg 2 must be a type|except clause|catching classes that do not inherit",
        Kind.TUPLE_EXPECTED,
    ),
    (
        "TypeError",
        r"(?:int|float|decode|fromisoformat|strptime|expected string or bytes-like|path should be|"
        r"expected str).*"
        r"(?:not|got) '?NoneType'?",
        Kind.NONE_ARGUMENT,
    ),
    ("TypeError", r"cannot create weak reference to 'NoneType' object", Kind.NONE_ARGUMENT),
    ("TypeError", r"expected string or bytes-like object", Kind.STR_EXPECTED),
    ("TypeError", r"unhashable type: '(?P<right>\w+)'", Kind.UNHASHABLE),
    ("TypeError", r"cannot use '(?P<right>\w+)' as a (?:dict key|set element)", Kind.UNHASHABLE),
    (
        "TypeError",
        r"not all arguments converted during string formatting|not enough arguments for format string",
        Kind.FORMAT_ARGUMENTS,
    ),
    ("TypeError", r"unsupported format string passed to NoneType\.__format__", Kind.NONE_ARGUMENT),
    (
        "TypeError",
        r"%(?P<code>\w) format: an? (?:real )?(?:number|integer) is required, not (?P<right>\w+)",
        Kind.FORMAT_NUMBER,
    ),
    ("TypeError", r"unsupported format string passed to (?P<right>\w+)\.__format__", Kind.FORMAT_NUMBER),
    (
        "ValueError",
        r"Unknown format code '(?P<code>\w)' for object of type '(?P<right>\w+)'",
        Kind.FORMAT_NUMBER,
    ),
    ("TypeError", r"Object of type '?(?P<right>\w+)'? is not JSON serializable", Kind.NOT_JSON),
    ("TypeError", r"object of type '(?P<right>[\w.]+)' has no len\(\)", Kind.NO_LEN),
    ("TypeError", r"'(?P<right>NotImplementedType)' object is not callable", Kind.NOT_EXCEPTION),
    ("TypeError", r"exceptions must derive from", Kind.NOT_EXCEPTION),
    (
        "TypeError",
        r"'coroutine' object is not (?:iterable|subscriptable)|argument of type 'coroutine'",
        Kind.AWAIT,
    ),
    ("TypeError", r"object (?P<right>\w+) can't be used in 'await' expression", Kind.AWAIT),
    ("TypeError", r"'(?P<other>async_generator)' object is not iterable", Kind.AWAIT),
    ("TypeError", r"'(?P<right>[\w.]+)' object is not callable", Kind.NOT_CALLABLE),
    ("TypeError", r"'(?P<right>[\w.]+)' object is not subscriptable", Kind.NOT_SUBSCRIPTABLE),
    (
        "TypeError",
        r"'(?P<right>[\w.]+)' object does not support item (?:assignment|deletion)",
        Kind.NO_ASSIGNMENT,
    ),
    (
        "TypeError",
        r"cannot unpack non-iterable '?(?P<right>[\w.]+)|"
        r"'(?P<other>[\w.]+)' object is not (?:iterable|an iterator)|"
        r"argument of type '(?P<third>[\w.]+)' is not",
        Kind.NOT_ITERABLE,
    ),
    (
        "TypeError",
        r"(?P<function>[\w.<>]+)\(\) got an unexpected keyword argument '(?P<name>\w+)'",
        Kind.UNEXPECTED_KEYWORD,
    ),
    (
        "TypeError",
        r"'(?P<name>\w+)' is an invalid keyword argument for (?P<function>\w+)",
        Kind.UNEXPECTED_KEYWORD,
    ),
    (
        "TypeError",
        r"(?P<function>[\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) arguments?: "
        r"'(?P<name>\w+)'",
        Kind.MISSING_ARGUMENTS,
    ),
    (
        "TypeError",
        r"(?P<function>[\w.<>]+)\(\) takes (?:exactly |at most |from \d+ to )?"
        r"(?P<expected>\w+) (?:positional )?"
        r"arguments?.* \(?(?P<given>\d+)\)? ?(?:were|was)? ?given",
        Kind.TOO_MANY_ARGUMENTS,
    ),
    ("ValueError", r"too many values to unpack", Kind.TOO_MANY_VALUES),
    (
        "ValueError",
        r"not enough values to unpack \(expected (?:at least )?(?P<expected>\d+), got (?P<given>\d+)\)",
        Kind.TOO_FEW_VALUES,
    ),
    ("ValueError", r"need more than (?P<given>\d+) values? to unpack", Kind.TOO_FEW_VALUES),
    (
        "ValueError",
        r"(?:min|max)\(\) (?:arg|iterable argument) is (?:an )?empty|Cannot choose from an empty|"
        r"cannot choose from an empty",
        Kind.EMPTY_SEQUENCE,
    ),
    ("IndexError", r"Cannot choose from an empty sequence", Kind.EMPTY_SEQUENCE),
    ("TypeError", r"reduce\(\) of empty (?:sequence|iterable)", Kind.EMPTY_SEQUENCE),
    (
        "StatisticsError",
        r"at least one data point|no median for empty|at least two data points",
        Kind.EMPTY_SEQUENCE,
    ),
    (
        "ValueError",
        r"is not in (?:list|tuple|deque)|not in list|x not in|substring not found|subsection not found",
        Kind.ABSENT_ITEM,
    ),
    ("ValueError", r"mutable default .* for field (?P<name>\w+) is not allowed", Kind.MUTABLE_DEFAULT),
    ("ValueError", r"Invalid isoformat string: '?(?P<value>[^']*)", Kind.ISO_DATE),
    (
        "ValueError",
        r"invalid literal for int\(\) with base \d+: b?['\"]?(?P<value>[^'\"]*)",
        Kind.NUMBER_PARSE,
    ),
    ("ValueError", r"could not convert string to float: ['\"]?(?P<value>[^'\"]*)", Kind.NUMBER_PARSE),
    ("InvalidOperation|ConversionSyntax|DecimalException", r"ConversionSyntax", Kind.NUMBER_PARSE),
    (
        "JSONDecodeError|ValueError",
        r"Expecting value|No JSON object could be decoded|Extra data: line",
        Kind.JSON_PARSE,
    ),
    ("IndexError", r"pop from (?:an )?empty|pop index out of range", Kind.EMPTY_POP),
    ("IndexError", r"", Kind.INDEX),
    ("UnicodeDecodeError", r"'(?P<codec>[\w-]+)' codec can't decode", Kind.DECODE),
    ("UnicodeEncodeError", r"'(?P<codec>[\w-]+)' codec can't encode", Kind.ENCODE),
    ("UnicodeDecodeError", r"", Kind.DECODE),
    ("UnicodeEncodeError", r"", Kind.ENCODE),
    ("ZeroDivisionError|DivisionByZero|DivisionUndefined", r"", Kind.DIVISION),
    ("InvalidOperation", r"DivisionUndefined", Kind.DIVISION),
    ("Error", r"[Ii]ncorrect padding", Kind.PADDING),
    ("error|PatternError", r"(?P<what>.*) at position \d+", Kind.REGEX),
    ("RuntimeError", r"(?:changed size|keys changed|mutated) during iteration", Kind.MUTATED),
    ("RuntimeError", r"generator raised StopIteration", Kind.STOP_ITERATION),
    ("StopIteration", r"", Kind.STOP_ITERATION),
    ("RecursionError", r"", Kind.RECURSION),
    ("FileExistsError", r"", Kind.FILE_EXISTS),
    ("FileNotFoundError", r"", Kind.NO_FILE),
    ("KeyError", r"", Kind.KEY),
)
_COMPILED = tuple((frozenset(types.split("|")), re2.compile(pattern), kind) for types, pattern, kind in _ROWS)


def read(type_name: str, message: str) -> Crash:
    """The first row that fits; Kind.OTHER where none does."""
    text = message[:2000]
    for types, pattern, kind in _COMPILED:
        if type_name in types and (found := pattern.search(text)):
            words = {name: value for name, value in found.groupdict().items() if value is not None}
            return Crash(type_name, message, kind, words)
    return Crash(type_name, message, Kind.OTHER)
