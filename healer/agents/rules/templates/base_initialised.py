"""An attribute that the base's `__init__` sets, where the class has an `__init__` of its own that never asks
the base's: `super().__init__(…)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import sets_attribute
from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import line_edit

STEPS = 3  # bases above each other


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").rpartition(".")[2]
    for path, klass in site.repository.classes(owner):
        own = initialiser(klass)
        base = _base(site, klass, attr) if own is not None and not _asks_base(own) else None
        given = arguments(own, base) if own is not None and base is not None else None
        if own is None or given is None:
            continue
        first = own.body[1] if ast.get_docstring(own) is not None and len(own.body) > 1 else own.body[0]
        text = f"super().__init__({', '.join(given)})"
        yield Idea(
            (line_edit(site.repository.text(path) or "", first.lineno, " " * first.col_offset + text),),
            f"`{owner}` lets its base set up its part, `{attr}` among it.",
            f"{attr} set by the base",
            0.0,
            (f"the base's `__init__` sets `{attr}`, and nothing calls it",),
            path,
        )


def initialiser(klass: ast.ClassDef) -> ast.FunctionDef | None:
    return next((n for n in klass.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)


def _base(site: Site, klass: ast.ClassDef, attr: str) -> ast.FunctionDef | None:
    """The `__init__` above the class that sets the attribute: by the class's bases, or, where these are not
    written out, by the class whose method missed it."""
    found = setter(site.repository, klass, attr)
    if found is not None or site.klass is None or site.klass.name.value == klass.name:
        return found
    around = (node for _, node in site.repository.classes(site.klass.name.value))
    inits = (init for node in around if (init := initialiser(node)) is not None)
    return next((init for init in inits if sets_attribute(init, attr)), None)


def setter(
    repository: Repository, klass: ast.ClassDef, attr: str, steps: int = STEPS
) -> ast.FunctionDef | None:
    """The nearest `__init__` above the class, where that sets the attribute."""
    for base in klass.bases:
        for _, found in repository.classes(ast.unparse(base).rpartition(".")[2]):
            init = initialiser(found)
            if init is not None:
                return init if sets_attribute(init, attr) else None
            if steps > 1 and (above := setter(repository, found, attr, steps - 1)) is not None:
                return above
    return None


def _asks_base(init: ast.FunctionDef) -> bool:
    calls = (n.func for n in ast.walk(init) if isinstance(n, ast.Call))
    return any(isinstance(func, ast.Attribute) and func.attr == "__init__" for func in calls)


def arguments(own: ast.FunctionDef, base: ast.FunctionDef) -> list[str] | None:
    """What the base's `__init__` is given: parameters by their names, the rest in order where as many are
    left on both sides. None where that does not come out even."""
    mine = [a.arg for a in own.args.args[1:]]
    required = base.args.args[1 : len(base.args.args) - len(base.args.defaults)]
    wanted = [a.arg for a in required]
    optional = [a.arg for a in base.args.args[1:] if a.arg not in wanted and a.arg in mine]
    spare = [name for name in mine if name not in wanted and name not in optional]
    missing = [name for name in wanted if name not in mine]
    if missing and len(missing) != len(spare):
        return None
    stands_for = dict(zip(missing, spare, strict=False))
    keyed = [a.arg for a, d in zip(base.args.kwonlyargs, base.args.kw_defaults, strict=True) if d is None]
    if any(name not in mine for name in keyed):
        return None
    named = [*optional, *keyed]
    return [*(stands_for.get(name, name) for name in wanted), *(f"{name}={name}" for name in named)]


TEMPLATE = Template("base_initialised", frozenset({Kind.ATTRIBUTE}), 2.0, ideas)
