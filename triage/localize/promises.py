"""Clues from what the code around has promised: its own errors, its patterns, its annotations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from triage.localize.code import File
from triage.localize.flow import Spot
from triage.localize.scene import Clue, Scene
from triage.localize.syntax import own_nodes

_NEAR = 3  # functions up the stack
_OF_TYPE = re.compile(r"^'(\w{1,80})' object ")
_MATCHERS = frozenset(("match", "search", "fullmatch"))
_ANY = frozenset(("Any", "object", "Self", "Union", "Optional", "Literal", "Annotated", "ClassVar"))
_HELD = {  # what an annotation of plain types lets in, by the run-time type
    "int": frozenset(("int", "float", "complex", "Number", "Hashable")),
    "float": frozenset(("float", "complex", "Number", "Hashable")),
    "bool": frozenset(("bool", "int", "float", "complex", "Hashable")),
    "str": frozenset(("str", "Sequence", "Iterable", "Collection", "Container", "Hashable", "Sized")),
    "bytes": frozenset(("bytes", "Sequence", "Iterable", "Collection", "Container", "Hashable", "Sized")),
    "list": frozenset(
        ("list", "List", "Sequence", "MutableSequence", "Iterable", "Collection", "Container", "Sized")
    ),
    "tuple": frozenset(("tuple", "Tuple", "Sequence", "Iterable", "Collection", "Container", "Sized")),
    "dict": frozenset(
        ("dict", "Dict", "Mapping", "MutableMapping", "Iterable", "Collection", "Container", "Sized")
    ),
}
_PLAIN = frozenset[str]().union(*_HELD.values(), _HELD, ("None",))


def own_error(scene: Scene) -> Iterator[Clue]:
    """The crash lies in code that knows nothing of the project's own errors, and a caller above raises one
    that is made from the error's own type: it is where the one has to become the other."""
    seen = {scene.crash.place.key}
    if any(True for _ in _derived(scene, scene.crash)):
        return
    for spot in reversed(scene.spots[:-1]):
        if spot.place.key in seen or len(seen) > _NEAR:
            continue
        seen.add(spot.place.key)
        for name in _derived(scene, spot):
            why = f"it raises {name} elsewhere, a kind of {scene.error.type}"
            yield Clue(spot.place, spot.located.line, 0.64, why)
            return


def _derived(scene: Scene, spot: Spot) -> Iterator[str]:
    """Classes of the project that the function raises and that are made from the error's type."""
    for node in own_nodes(spot.body) if spot.body and spot.unit else ():
        if isinstance(node, ast.Raise) and node.exc is not None:
            raised = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = raised.attr if isinstance(raised, ast.Attribute) else getattr(raised, "id", "")
            if name != scene.error.type and _is_kind(scene, spot.file, name):
                yield name


def _is_kind(scene: Scene, file: File, name: str) -> bool:
    found = scene.code.class_named(name, file) if name else None
    if found is None:
        return False
    bases = {
        ast.unparse(base).rpartition(".")[2]
        for at, cls in scene.code.bases(*found)
        for base in at.classes[cls].bases
    }
    return scene.error.type in bases


def pattern(scene: Scene) -> Iterator[Clue]:
    """A deliberate refusal of text that a pattern of the module did not match: the pattern decided."""
    if not scene.raises or scene.crash.body is None:
        return
    text = ast.unparse(scene.crash.body)
    for origin in scene.origins:
        name = origin.how.rpartition(" ")[2]
        if origin.kind == "global" and any(f"{name}.{matcher}(" in text for matcher in _MATCHERS):
            yield Clue(origin.place, origin.line, 0.66, f"{origin.how}, which did not match")


def annotation(scene: Scene) -> Iterator[Clue]:
    """A value of a type that the parameter's annotation rules out: whoever made it is at fault."""
    found = _OF_TYPE.match(scene.error.value)
    if found is None or scene.raises or not _broken(scene, found[1]):
        return
    givers = [o for o in scene.origins if o.place.key != scene.crash.place.key]
    giver = next((o for kind in ("maker", "caller") for o in givers if o.kind == kind), None)
    if giver is not None:
        why = f"{giver.how}, a {found[1]}, against its annotation"
        yield Clue(giver.place, giver.line, 0.66, why)


def _broken(scene: Scene, held: str) -> bool:
    node = scene.crash.unit.node if scene.crash.unit else None
    names = {value.id for value in scene.culprits if isinstance(value, ast.Name)}
    arguments = (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs) if node else ()
    return any(a.arg in names and a.annotation and rules_out(a.annotation, held) for a in arguments)


def rules_out(annotated: ast.expr, held: str) -> bool:
    """Whether an annotation made of plain types alone has no room for a value of the type `held`."""
    words = {word for word in _outer_words(annotated) if word not in ("Union", "Optional")}
    known = words <= _PLAIN and not words & _ANY
    return known and bool(words) and held in _HELD and not words & (_HELD[held] | {held})


def _outer_words(node: ast.expr) -> Iterator[str]:
    """`dict`, `None` of `dict[str, int] | None`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except SyntaxError:
            yield "?"
            return
    if isinstance(node, ast.BinOp):
        yield from _outer_words(node.left)
        yield from _outer_words(node.right)
    elif isinstance(node, ast.Subscript):
        heads = list(_outer_words(node.value))
        yield from heads
        if heads and heads[0] in ("Union", "Optional"):
            inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for part in inner:
                yield from _outer_words(part)
    elif isinstance(node, ast.Attribute):
        yield node.attr
    else:
        yield "None" if isinstance(node, ast.Constant) else getattr(node, "id", "?")
