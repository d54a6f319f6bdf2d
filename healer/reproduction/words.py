"""Words without quotes in a repr: types, constants, and what the repository's modules hold under them."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from healer.reproduction import naming, standard
from healer.reproduction.modules import Module, Parameter, dotted
from healer.reproduction.reprs import PARAMETRISED
from healer.reproduction.values import (
    NONE,
    Attribute,
    Call,
    Guess,
    Item,
    Literal,
    Made,
    Many,
    Name,
    Opaque,
    Value,
    plain,
)

if TYPE_CHECKING:
    from healer.reproduction.rebuild import Rebuilder

_SHORT = 60  # characters: no state, no address
_UNNAMED = {  # types that no builtin name stands for
    "NoneType": Call(Name("", "type"), (NONE,)),
    "ellipsis": Call(Name("", "type"), (Literal.of(...),)),
    "function": Name("types", "FunctionType"),
    "method": Name("types", "MethodType"),
    "module": Name("types", "ModuleType"),
    "generator": Name("types", "GeneratorType"),
    "coroutine": Name("types", "CoroutineType"),
    "mappingproxy": Name("types", "MappingProxyType"),
    "builtin_function_or_method": Name("types", "BuiltinFunctionType"),
}


def bare(rebuild: Rebuilder, value: Opaque, near: Module | None) -> Value:
    """A constant, a class, a variable of a module, or a string in a repr that writes none."""
    return _known(rebuild, value.name, near) or Guess(Literal.of(value.name))


def _known(rebuild: Rebuilder, path: str, near: Module | None) -> Value | None:
    found = standard.module_attribute(path) or rebuild.enum(path, near)
    if found:
        return found
    cls = rebuild.index.find_class(path, near)
    return naming.of_class(cls) if cls else _variable(path, near)


def _variable(path: str, near: Module | None) -> Value | None:
    """`T.imag`, `MISSING`: a module's object that shows itself by its name. Words in small letters are
    taken for text."""
    first, *rest = path.split(".")
    if near is None or first != first.upper():
        return None
    value: Value
    if first in near.assigned:
        value = Name(near.name, first)
    elif near.imports.get(first, ("", ""))[1]:
        value = Name(*near.imports[first])
    else:
        return None
    for part in rest:
        value = Attribute(value, part)
    return value


def default(value: Value, parameter: Parameter) -> bool:
    """Whether a repr speaks of the object that the parameter's default names: `<unset>` of `unset`,
    `Sentinel('_MISSING')` of `core._MISSING`."""
    written = parameter.default
    if not isinstance(written, ast.Name | ast.Attribute) or not isinstance(value, Opaque | Made):
        return False
    if isinstance(value, Opaque) and value.kind not in {"name", "object"}:
        return False
    word = dotted(written).rpartition(".")[2].strip("_").casefold()
    return bool(word) and len(value.text) < _SHORT and word in value.text.casefold()


def builtin_type(name: str) -> Value | None:
    """A type as its repr names it, without a module."""
    if isinstance(getattr(builtins, name, None), type):
        return Name("", name)
    return _UNNAMED.get(name)


def parametrised(rebuild: Rebuilder, made: Made, near: Module | None) -> Value:
    """`typing.Dict[str, tests.Book]`; a parameter that cannot be named is `Any`."""
    if made.name == "~":
        return Call(Name("typing", "TypeVar"), made.args)
    head, key = made.args
    if isinstance(key, Many) and key.kind == "tuple":
        held: Value = Many(tuple(_type(rebuild, part, near) for part in key.items), "tuple")
    else:
        held = _type(rebuild, key, near)
    return Item(_type(rebuild, head, near), held)


def _type(rebuild: Rebuilder, value: Value, near: Module | None) -> Value:
    match value:
        case Opaque(name=name, kind="name"):
            return builtin_type(name) or _known(rebuild, name, near) or Guess(Name("typing", "Any"))
        case Made(name=name) if name in PARAMETRISED:
            return parametrised(rebuild, value, near)
        case Made(name="|", args=args):
            return Item(Name("typing", "Union"), Many(tuple(_type(rebuild, a, near) for a in args), "tuple"))
        case Many(kind="list", items=items):
            return Many(tuple(_type(rebuild, item, near) for item in items))
        case Opaque() | Made(name="ForwardRef"):
            return rebuild.value(value, near, depth=1)
        case Literal() if plain(value) in (None, ...) or isinstance(plain(value), str):
            return value
        case _:
            return Guess(Name("typing", "Any"))
