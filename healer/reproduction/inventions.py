"""Values that nobody saw: of parameters, and of attributes where no constructor may run."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import TYPE_CHECKING

from healer.reproduction import hints, naming, reprs, standard, usage
from healer.reproduction.modules import (
    Class,
    Function,
    Module,
    Parameter,
    dotted,
    mangled,
    own_nodes,
)
from healer.reproduction.values import (
    NONE,
    Attribute,
    Call,
    Guess,
    Instance,
    Literal,
    Many,
    Name,
    Opaque,
    Table,
    Value,
    plain,
    walk,
)

if TYPE_CHECKING:
    from healer.reproduction.rebuild import Choice, Rebuilder


def invent(rebuild: Rebuilder, cls: Class | None, parameter: Parameter, depth: int) -> Value:
    """A value nobody saw: as the event has it under the same name, else as the repository's own code
    writes it, else by annotation and name."""
    seen = rebuild.facts.heard.called(parameter.name)
    if seen and (not parameter.annotation or hints.admits(parameter.annotation, seen.constant)):
        return Guess(seen)
    if not parameter.annotation and (held := rebuild.facts.alike(parameter.name)) is not None:
        return Guess(rebuild.value(held, cls.module if cls else None, name=parameter.name, depth=depth + 1))
    if cls and rebuild.choice.examples and (written := rebuild.examples.of(cls, parameter.name)):
        module, read = written
        return Guess(rebuild.value(read, module, depth=4))
    near = cls.module if cls else None
    known = standard.default_for(parameter.annotation, parameter.name)
    scalar = isinstance(plain(known), str | int)  # a `name` is a text, whatever class is called Name
    untold = depth < 3 and not parameter.annotation and not scalar
    if untold and (like := _by_name(rebuild, parameter.name, near, depth)):
        return like
    if depth < 3 and (inner := rebuild.index.find_class(hints.bare(parameter.annotation), near)):
        return Guess(rebuild.construct(inner, (), {}, "", depth + 1))
    if known:
        return known
    init = rebuild.index.method(cls, "__init__") if cls else None
    if init and (used := usage.guess(init.node, parameter.name)):
        return Guess(used)
    return stand_in(rebuild.choice) if rebuild.choice.mocks else Guess(NONE, 2)


def _by_name(rebuild: Rebuilder, name: str, near: Module | None, depth: int) -> Value | None:
    """The object that the event has under a parameter's name, else one of the class that is called like it:
    an `order_item` is an `OrderItem`."""
    held = rebuild.facts.heard.objects.get(name)
    if held and rebuild.index.find_class(held.name, near):
        return Guess(rebuild.value(held, near, name=name, depth=depth + 1))
    found = rebuild.index.find_class("".join(part.capitalize() for part in name.split("_")), near)
    return Guess(rebuild.construct(found, (), {}, "", depth + 1)) if found else None


def stand_in(choice: Choice) -> Value:
    """For what the repository asked nothing of yet, or something of some kind."""
    asked = choice.lessons.unknown
    known = {"text": Guess(Literal.of("x"), 3), "number": Guess(Literal.of(1), 3)}
    mock = "AsyncMock" if asked == "awaited" else "MagicMock"
    return known.get(asked, Guess(Call(Name("unittest.mock", mock)), 3))


def concrete(rebuild: Rebuilder, cls: Class, known: Mapping[str, Value]) -> Value:
    """The class, or one below it that has what it leaves open: no object is made of an abstract one."""
    name = naming.of_class(cls)
    missing = unwritten(rebuild, cls, known)
    if not missing.items:
        return name
    return Guess(Call(Name("", "type"), (Literal.of(cls.name), Many((name,), "tuple"), missing)))


def unwritten(rebuild: Rebuilder, cls: Class, known: Mapping[str, Value]) -> Table:
    """What a class below it has to have: as far as it is known, else a stand-in."""
    names = rebuild.index.unwritten(cls)
    return Table(tuple((Literal.of(n), known.get(n) or stand_in(rebuild.choice)) for n in names))


def bare(rebuild: Rebuilder, cls: Class, known: Mapping[str, Value], depth: int) -> Value:
    """`Class.__new__(Class)`, what `__init__` sets to constants, and what is known."""
    name = concrete(rebuild, cls, known)
    # its own may make something else, or want arguments
    own = rebuild.index.method(cls, "__new__") or name != naming.of_class(cls)
    base = Guess(Call(Attribute(Name("", "object") if own else name, "__new__"), (name,)), 2)
    attributes: dict[str, Value] = {}
    for parent in reversed(list(rebuild.index.parents(cls))):
        init = parent.method("__init__")
        for node in own_nodes(init.node) if init else ():
            target = (
                node.targets[0]
                if isinstance(node, ast.Assign)
                else node.target
                if isinstance(node, ast.AnnAssign)
                else None
            )
            if isinstance(target, ast.Attribute) and dotted(target.value) == "self":
                attributes[mangled(parent.name, target.attr)] = _initially(
                    rebuild, getattr(node, "value", None), init, parent, depth
                )
    attributes |= {k: v for k, v in known.items() if rebuild.settable(cls, k, v)}
    attributes |= rebuild.asked(cls, attributes)
    if cls.name == rebuild.facts.absent[0]:
        attributes.pop(rebuild.facts.absent[1], None)
    return Instance(base, tuple(attributes.items()), naming.label(cls.name)) if attributes else base


def _initially(
    rebuild: Rebuilder, node: ast.expr | None, init: Function | None, cls: Class, depth: int
) -> Value:
    """What `__init__` sets an attribute to, where that is a constant or a parameter's default."""
    if isinstance(node, ast.Name) and init:
        parameter = next((p for p in init.parameters if p.name == node.id), None)
        if parameter and isinstance(parameter.default, ast.Constant):
            return Literal.of(parameter.default.value)
        return invent(rebuild, cls, parameter, depth + 1) if parameter else Guess(NONE, 2)
    held = reprs.read_node(node)
    if held is None or any(isinstance(v, Opaque) for v in walk(held)):
        return Guess(NONE, 2)
    return rebuild.value(held, cls.module, depth=depth + 1)
