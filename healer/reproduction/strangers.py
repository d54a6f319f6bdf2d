"""Objects of classes that are not the repository's, or that no test can import: what is known of them, on a
class made for it or on a stand-in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from healer.reproduction import naming
from healer.reproduction.inventions import stand_in, unwritten
from healer.reproduction.modules import Class
from healer.reproduction.values import Call, Guess, Instance, Literal, Many, Name, Table, Value

if TYPE_CHECKING:
    from healer.reproduction.rebuild import Rebuilder

DEEPEST = 24


def build(rebuild: Rebuilder, name: str, text: str, attributes: Mapping[str, Value], depth: int) -> Value:
    """An object of a class that is not the repository's: its known attributes, on a stand-in."""
    known = {**attributes, **rebuild.told(text, None, depth + 4)}
    short = name.rpartition(".")[2]
    if unreachable(rebuild, name) and short.isidentifier():
        known |= rebuild.missed({short}, known)
        special = {k: known.pop(k) for k in list(known) if k.startswith("__")}  # looked up on the class
        made = its_class(rebuild, name, {**rebuild.told(f"<class '{name}'>", None, depth + 4), **special})
        base, known = _inherited(rebuild, made, _owner(rebuild, name), known, depth)
        return Guess(Instance(base, tuple(known.items()), naming.label(short)) if known else base, 2)
    if not known and rebuild.choice.lessons.unknown:
        return stand_in(rebuild.choice)
    if not rebuild.choice.mocks:
        return Guess(Call(Name("types", "SimpleNamespace"), (), tuple(known.items())), 4)
    return Guess(Call(Name("unittest.mock", "MagicMock"), (), tuple(known.items())), 4)


def unreachable(rebuild: Rebuilder, path: str) -> bool:
    """A class that no test can import: made inside a function, in a caller's module, or in a module of
    the repository that has none of that name at its base commit."""
    module = path.rpartition(".")[0]
    return "<locals>" in path or module in rebuild.facts.callers or rebuild.index.named(module) is not None


def its_class(rebuild: Rebuilder, path: str, known: Mapping[str, Value]) -> Value:
    """A class of that name with what is known of it, for one that is the caller's own: below the class of
    the repository whose methods ran on its objects."""
    owner = _owner(rebuild, path)
    name = path.rpartition(".")[2]
    plain_base = "Exception" if name.endswith(("Error", "Exception")) else "object"
    base = naming.of_class(owner) if owner else Name("", plain_base)
    held = {**known, **rebuild.missed({name}, known)}
    members = Table(tuple((Literal.of(k), v) for k, v in held.items() if k.isidentifier()))
    if owner:
        members = unwritten(rebuild, owner, rebuild.told(f"<class '{path}'>", None, 4))
    return Call(Name("", "type"), (Literal.of(name), Many((base,), "tuple"), members))


def _owner(rebuild: Rebuilder, path: str) -> Class | None:
    """Of the classes whose methods ran on a class's objects, the one that knows the most others; else the
    one that it was asked for, and was below."""
    owners = rebuild.facts.owners_of(path)
    asked = rebuild.checked(f"<class '{path}'>")
    return max(owners, key=lambda c: len(rebuild.index.parents(c)), default=asked)


def _inherited(
    rebuild: Rebuilder, made: Value, owner: Class | None, known: dict[str, Value], depth: int
) -> tuple[Call, dict[str, Value]]:
    """A call of a caller's own class by the constructor that it has of the repository's, and what else is
    known."""
    parameters = rebuild.index.initial(owner) if owner else None
    if owner is None or not parameters or depth > DEEPEST:
        return Call(made), known
    given, left = rebuild.bind(owner, parameters, (), known, depth)
    return Call(made, *given), {k: v for k, v in left.items() if rebuild.settable(owner, k, v)}
