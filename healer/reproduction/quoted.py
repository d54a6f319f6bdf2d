"""The call as the caller's line shows it, where the caller is not in the repository.

A line of an event is a stranger's text. It is parsed, never evaluated, and only this is taken from it: a call
of the very function that the next frame shows, whose arguments are constants, containers, locals of that
frame, classes of the repository, or functions that the repository's own tests call."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from healer.reproduction.facts import Site
from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import Class, Function, dotted
from healer.reproduction.reprs import read
from healer.reproduction.values import Attribute, Call, Literal, Many, Name, Opaque, Table, Value
from triage.incident import Frame

_LINES = 6  # of one statement
_LONGEST = 4000  # characters
_BUILTINS = {
    "range",
    "iter",
    "bytes",
    "bytearray",
    "str",
    "int",
    "float",
    "set",
    "frozenset",
    "tuple",
    "list",
    "dict",
}


def quoted_call(index: Index, site: Site, caller: Frame) -> tuple[Value, dict[str, Value]] | None:
    """What the function was called on (its callee) and its arguments by parameter name."""
    function = site.function
    if function is None:
        return None
    reader = _Reader(index, {k: read(v) for k, v in caller.vars.items()})
    wanted = {
        function.name,
        function.owner.name if function.owner and function.name == "__init__" else function.name,
    }
    for tree in _statements(caller):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in wanted | _last(
                node.func, wanted
            ):
                try:
                    return _read(reader, function, node)
                except (_NotTaken, RecursionError):
                    continue
    return None


def _last(node: ast.expr, wanted: set[str]) -> set[str]:
    """A method called on a call's result has no dotted name of its own."""
    return {""} if isinstance(node, ast.Attribute) and node.attr in wanted and not dotted(node) else set()


def _statements(frame: Frame) -> Iterator[ast.AST]:
    """The line itself, and as many of those after (and before) it as make a statement."""
    after, before = list(frame.post_context), list(frame.pre_context)
    for back in range(3):
        start = before[len(before) - back :] if back else []
        for ahead in range(_LINES):
            lines = [*start, frame.context_line, *after[:ahead]]
            text = "\n".join(lines)[:_LONGEST].strip().removesuffix(":")
            for head in ("", "async def _():\n ") if "await" in text else ("",):
                try:
                    yield ast.parse(head + _headless(text))
                except (SyntaxError, ValueError, RecursionError, MemoryError):
                    continue


def _headless(text: str) -> str:
    """`with pytest.raises(X):`, `if f(x):`, `for a in f(x):` without their word."""
    for word in ("with ", "if ", "while ", "elif "):
        if text.startswith(word):
            return text.removeprefix(word).partition(" as ")[0]
    if text.startswith("for ") and " in " in text:
        return text.partition(" in ")[2]
    return text


class _NotTaken(Exception):
    pass


def _read(reader: _Reader, function: Function, node: ast.Call) -> tuple[Value, dict[str, Value]]:
    owner = function.owner
    if function.enclosing or (owner and "<locals>" in owner.qualname):
        raise _NotTaken
    callee: Value
    if owner is None:
        callee = Name(function.module.name, function.qualname)
    elif function.name == "__init__":
        callee = Name(owner.module.name, owner.qualname)
    elif set(function.decorators) & {"classmethod", "staticmethod"}:
        callee = Attribute(Name(owner.module.name, owner.qualname), function.name)
    else:
        if not isinstance(node.func, ast.Attribute):
            raise _NotTaken
        callee = Attribute(reader.read(node.func.value), function.name)
    names = [p.name for p in function.parameters if p.kind in {"positional", "plain"}]
    names = names[1:] if owner and "staticmethod" not in function.decorators else names
    if (
        len(node.args) > len(names)
        or any(isinstance(a, ast.Starred) for a in node.args)
        or any(not k.arg for k in node.keywords)
    ):
        raise _NotTaken
    bound = {name: reader.read(given) for name, given in zip(names, node.args, strict=False)}
    bound.update({k.arg: reader.read(k.value) for k in node.keywords if k.arg})
    return callee, bound


class _Reader:
    def __init__(self, index: Index, values: Mapping[str, Value]) -> None:
        self._index = index
        self._values = values

    def read(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=constant):
                return Literal.of(constant)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
                return Literal.of(-number)
            case ast.List(elts=items):
                return Many(tuple(map(self.read, items)))
            case ast.Tuple(elts=items):
                return Many(tuple(map(self.read, items)), "tuple")
            case ast.Set(elts=items):
                return Many(tuple(map(self.read, items)), "set")
            case ast.Dict(keys=keys, values=values) if all(keys):
                return Table(
                    tuple((self.read(k), self.read(v)) for k, v in zip(keys, values, strict=True) if k)
                )
            case ast.Name(id=name) if name in self._values:
                return self._known(name)
            case ast.Call():
                return self._call(node)
            case ast.Name() | ast.Attribute():
                return self._named(dotted(node))
            case _:
                raise _NotTaken

    def _known(self, name: str) -> Value:
        """A local, as far as its repr tells it: the lines that made an object know more of it."""
        value = self._values[name]
        if isinstance(value, Opaque) and value.kind == "object":
            raise _NotTaken
        return value

    def _call(self, node: ast.Call) -> Value:
        if any(isinstance(a, ast.Starred) for a in node.args) or any(not k.arg for k in node.keywords):
            raise _NotTaken
        args = tuple(map(self.read, node.args))
        kwargs = tuple((k.arg or "", self.read(k.value)) for k in node.keywords)
        name = dotted(node.func)
        if name in _BUILTINS:
            return Call(Name("", name), args, kwargs)
        return Call(self._callable(name), args, kwargs)

    def _callable(self, name: str) -> Value:
        """A class of the repository, or a function of it that its own tests call."""
        if cls := self._class(name):
            return Name(cls.module.name, cls.qualname)
        owner, _, method = name.rpartition(".")
        cls = self._class(owner) if owner else None
        found = self._index.method(cls, method) if cls else None
        if cls and found and {"classmethod", "staticmethod"} & set(found.decorators) and self._tested(method):
            return Attribute(Name(cls.module.name, cls.qualname), method)
        if self._tested(method) and (function := self._index.only_function(method)):
            return Name(function.module.name, function.qualname)
        raise _NotTaken

    def _class(self, name: str) -> Class | None:
        cls = self._index.find_class(name.rpartition(".")[2])
        return cls if cls and not is_test(cls.module.path) and "<locals>" not in cls.qualname else None

    def _tested(self, name: str) -> bool:
        return any(is_test(module.path) for module, _ in self._index.calls(name, 1))

    def _named(self, name: str) -> Value:
        cls = self._class(name) if name else None
        if cls is None:
            owner, _, member = name.rpartition(".")
            cls = self._class(owner) if owner else None
            if cls is None or member not in cls.members:
                raise _NotTaken
            return Attribute(Name(cls.module.name, cls.qualname), member)
        return Name(cls.module.name, cls.qualname)
