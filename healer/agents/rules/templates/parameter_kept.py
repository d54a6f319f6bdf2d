"""An object lacks the attribute that its `__init__` was given and did not keep: `self.op = op`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import own_nodes
from healer.agents.rules.names import own_members
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import line_edit

KEEPS = 0.6  # log-odds: it keeps others just so


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").rpartition(".")[2]
    for path, klass in site.repository.classes(owner) if owner.isidentifier() else ():
        init = next((n for n in klass.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"), None)
        if init is None or not init.args.args or attr not in _given(init):
            continue
        holder = init.args.args[0].arg
        kept = [n for n in init.body if _keeps(n, holder)]
        if (attr in _read(init) and not kept) or attr in own_members(klass):
            continue
        place = kept[0].lineno if kept else (init.body[-1].end_lineno or init.lineno) + 1
        text = f"{' ' * init.body[-1].col_offset}{holder}.{attr} = {attr}"
        yield Idea(
            (line_edit(site.repository.text(path) or "", place, text),),
            f"`{owner}` keeps the `{attr}` that it is made with.",
            f"{attr} kept",
            KEEPS if kept else 0.0,
            (f"`__init__` takes `{attr}`, and nothing in the class sets it",),
            path,
        )


def _given(init: ast.FunctionDef) -> set[str]:
    return {a.arg for a in (*init.args.posonlyargs, *init.args.args, *init.args.kwonlyargs)}


def _read(init: ast.FunctionDef) -> set[str]:
    return {n.id for n in own_nodes(init) if isinstance(n, ast.Name)}


def _keeps(node: ast.stmt, holder: str) -> bool:
    """`self.x = x`"""
    target = node.targets[0] if isinstance(node, ast.Assign) else None
    own = isinstance(target, ast.Attribute) and ast.unparse(target.value) == holder
    return own and isinstance(node, ast.Assign) and isinstance(node.value, ast.Name)


TEMPLATE = Template("parameter_kept", frozenset({Kind.ATTRIBUTE}), 2.4, ideas)
