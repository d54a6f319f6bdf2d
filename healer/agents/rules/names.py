"""Names near a name: what is in scope, what a class or module has, and which spelling is closest."""

from __future__ import annotations

import ast
import builtins
import difflib
import sys
from collections.abc import Iterable

import libcst as cst

from healer.agents.rules.repository import Repository
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import walk

BUILTINS = frozenset(n for n in dir(builtins) if not n.startswith("_"))


SHORT = 4  # letters
PART = 0.8  # likeness
PLAIN_VERBS = ("get_", "fetch_", "load_", "is_")


def close(name: str, known: Iterable[str], limit: int = 3) -> list[tuple[str, float]]:
    """Known names like `name`, closest first, with their likeness 0..1. Short names must match better."""
    floor = 0.85 if len(name) <= 3 else 0.74
    scored = [(other, likeness(name, other)) for other in set(known) if other != name]
    return sorted(((o, r) for o, r in scored if r >= floor), key=lambda pair: (-pair[1], pair[0]))[:limit]


def likeness(a: str, b: str) -> float:
    """Ratio of equal letters; the same words in another case or order count as nearly equal."""
    plain_a, plain_b = (x.replace("_", "").lower() for x in (a, b))
    if plain_a == plain_b or sorted(a.lower().split("_")) == sorted(b.lower().split("_")):
        return 0.98
    if len(plain_a) > 3 and _swapped(plain_a, plain_b):
        return 0.95
    ratio = difflib.SequenceMatcher(None, plain_a, plain_b).ratio()
    if plain_a + "s" == plain_b or plain_b + "s" == plain_a or _bare(a) == _bare(b):
        return max(ratio, 0.93)
    part = PART - 0.002 * abs(len(a) - len(b)) if _part(a, b) or _part(b, a) else 0.0
    return max(ratio, part)


def _part(name: str, longer: str) -> bool:
    """`events` of `trait_events`: a longer name without its first word."""
    return len(name) > SHORT and longer.endswith(f"_{name}")


def _bare(name: str) -> str:
    """`price` of `get_price`: the name without a verb that says nothing more."""
    bare = next((name.removeprefix(verb) for verb in PLAIN_VERBS if name.startswith(verb)), name)
    return bare if len(bare) > 3 else name


def _swapped(a: str, b: str) -> bool:
    """Two neighbouring letters changed places."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    return len(a) == len(b) and a[:at] + a[at : at + 2][::-1] + a[at + 2 :] == b


def in_scope(site: Site) -> set[str]:
    """Names visible at the site, without builtins."""
    return site.names_above() | module_names(site.file.module) | _enclosing_names(site)


def module_names(module: cst.Module) -> set[str]:
    found: set[str] = set()
    for statement in module.body:
        found |= _bound(statement)
        if isinstance(statement, (cst.If, cst.Try)):
            for node in walk(statement):
                found |= _bound(node)
    return found


def _bound(statement: cst.CSTNode) -> set[str]:
    if isinstance(statement, (cst.FunctionDef, cst.ClassDef)):
        return {statement.name.value}
    found: set[str] = set()
    if isinstance(statement, cst.SimpleStatementLine):
        for small in statement.body:
            if isinstance(small, (cst.Import, cst.ImportFrom)):
                found |= imported(small)
            if isinstance(small, cst.Assign):
                for target in small.targets:
                    found |= {n.value for n in walk(target.target) if isinstance(n, cst.Name)}
            if isinstance(small, cst.AnnAssign) and isinstance(small.target, cst.Name):
                found.add(small.target.value)
    return found


def imported(node: cst.Import | cst.ImportFrom) -> set[str]:
    if isinstance(node.names, cst.ImportStar):
        return set()
    found = set()
    for alias in node.names:
        name: cst.BaseExpression = alias.asname.name if alias.asname else alias.name
        while isinstance(name, cst.Attribute):
            name = name.value
        if isinstance(name, cst.Name):
            found.add(name.value)
    return found


def _enclosing_names(site: Site) -> set[str]:
    found: set[str] = set()
    if site.function is not None:
        for above in site.file.ancestors(site.function):
            if isinstance(above, cst.FunctionDef):
                found |= {p.name.value for p in walk(above.params) if isinstance(p, cst.Param)}
                for node in walk(above.body):
                    if isinstance(node, cst.AssignTarget) and isinstance(node.target, cst.Name):
                        found.add(node.target.value)
    return found


def class_members(
    repository: Repository, path: str, name: str, seen: frozenset[str] = frozenset()
) -> set[str]:
    """Attributes and methods of a class of the repository, with those of its bases."""
    if name in seen:
        return set()
    here = [(p, c) for p, c in repository.classes(name)]
    chosen = next((c for p, c in here if p == path), here[0][1] if here else None)
    if chosen is None:
        return set()
    found = own_members(chosen)
    for base in chosen.bases:
        last = base.attr if isinstance(base, ast.Attribute) else base.id if isinstance(base, ast.Name) else ""
        found |= class_members(repository, path, last, seen | {name})
    return found


def sets_attribute(function: ast.FunctionDef, name: str) -> bool:
    """Whether it assigns the attribute of its first parameter."""
    return any(
        isinstance(n, ast.Attribute) and n.attr == name and isinstance(n.ctx, ast.Store) and _is_self(n.value)
        for n in ast.walk(function)
    )


def own_members(node: ast.ClassDef) -> set[str]:
    found: set[str] = set()
    for item in ast.walk(node):
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            found.add(item.name)
        if isinstance(item, ast.Attribute) and isinstance(item.ctx, ast.Store) and _is_self(item.value):
            found.add(item.attr)
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found.add(statement.target.id)
        if isinstance(statement, ast.Assign):
            found |= {t.id for t in statement.targets if isinstance(t, ast.Name)}
            if any(isinstance(t, ast.Name) and t.id == "__slots__" for t in statement.targets):
                found |= {
                    c.value
                    for c in ast.walk(statement.value)
                    if isinstance(c, ast.Constant) and isinstance(c.value, str)
                }
    return found


def _is_self(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id in {"self", "cls"}


def builtin_members(type_name: str) -> set[str]:
    found = getattr(builtins, type_name, None)
    return {n for n in dir(found) if not n.startswith("_")} if isinstance(found, type) else set()


def module_members(repository: Repository, dotted: str) -> set[str]:
    """What a module offers: of this repository by its source, of the standard library where it is loaded."""
    path = repository.module_path(dotted)
    if path is not None:
        tree = repository.tree(path)
        return _top_level(tree) if tree is not None else set()
    if dotted.split(".")[0] in sys.stdlib_module_names and dotted in sys.modules:
        return {n for n in dir(sys.modules[dotted]) if not n.startswith("_")}
    return set()


def _top_level(tree: ast.Module) -> set[str]:
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.AsyncFunctionDef)):
            found.add(node.name)
        if isinstance(node, ast.Assign):
            found |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            found |= {(a.asname or a.name).split(".")[0] for a in node.names}
    return found
