"""A conversion that its like have and this one lacks: `add(name)` beside `add(name.lower())`,
`message["Subject"] = text` beside `message[key] = one_line(value)`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import atom, code

MAX_IDEAS = 4
MAX_CALLS = 30  # of the same function, that are looked at
TWICE = 0.4  # log-odds: more than one of its like have it


@dataclass(frozen=True)
class Wrap:
    """`head(…)`, or `….tail()`."""

    head: str = ""
    tail: str = ""

    def around(self, node: cst.BaseExpression, text: str) -> str:
        return f"{self.head}({text})" if self.head else f"{atom(node, text)}{self.tail}"


def ideas(site: Site) -> Iterator[Idea]:
    made = 0
    for node, likes in (*_arguments(site), *_stored(site)):
        known = module_names(site.file.module)
        counts = {wrap: likes.count(wrap) for wrap in likes}
        for wrap, times in sorted(counts.items(), key=lambda pair: -pair[1]):
            text = site.source(node)
            held = wrap.head.partition(".")[0]
            if made >= MAX_IDEAS or _has(text, wrap) or (held and held not in known | {"str", "int", "list"}):
                continue
            made += 1
            written = wrap.around(node, text)
            yield Idea(
                (site.replace(node, written),),
                f"`{text}` is given as `{written}`.",
                f"given {written}",
                TWICE if times > 1 else 0.0,
                ("the same is done elsewhere",),
            )


def _has(text: str, wrap: Wrap) -> bool:
    return text.startswith(f"{wrap.head}(") if wrap.head else wrap.tail in text


def _arguments(site: Site) -> Iterator[tuple[cst.BaseExpression, list[Wrap]]]:
    """Arguments of the line's calls, with what is done to those of other calls of the same function."""
    for call in site.on_line(cst.Call):
        name = code(call.func).strip().rpartition(".")[2]
        others = list(islice(_calls(site, name), MAX_CALLS)) if _own(site, name) else []
        for number, arg in enumerate(call.args):
            if arg.star or isinstance(arg.value, (cst.SimpleString, cst.Integer, cst.Lambda)):
                continue
            keyword = arg.keyword.value if arg.keyword is not None else None
            given = [_argument(other, number, keyword) for other in others]
            likes = [wrap for one in given if one is not None and (wrap := _wrap(site, one)) is not None]
            if likes:
                yield arg.value, likes


def _own(site: Site, name: str) -> bool:
    """Whether the project defines it: what is given to `append` anywhere says nothing."""
    known = site.repository
    return name.isidentifier() and (any(known.functions(name)) or any(known.classes(name)))


def _calls(site: Site, name: str) -> Iterator[ast.Call]:
    for _, tree in site.repository.mentioning(f"{name}("):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name:
                yield node


def _argument(call: ast.Call, number: int, keyword: str | None) -> ast.expr | None:
    if keyword is not None:
        return next((k.value for k in call.keywords if k.arg == keyword), None)
    return call.args[number] if len(call.args) > number else None


def _stored(site: Site) -> Iterator[tuple[cst.BaseExpression, list[Wrap]]]:
    """`table[key] = value` on the line, with what is done to other values stored in the same."""
    small = site.small
    target = small.targets[0].target if isinstance(small, cst.Assign) else None
    tree = site.repository.tree(site.file.path)
    if not isinstance(small, cst.Assign) or not isinstance(target, cst.Subscript) or tree is None:
        return
    holder = site.source(target.value)
    stored = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Subscript)
        if ast.unparse(node.targets[0].value) == holder and node.lineno != site.line
    ]
    likes = [wrap for value in stored if (wrap := _wrap(site, value)) is not None]
    if likes:
        yield small.value, likes


def _wrap(site: Site, node: ast.expr) -> Wrap | None:
    """What is done to a plain value: one function of it, or one method without arguments."""
    if not isinstance(node, ast.Call) or node.keywords:
        return None
    if len(node.args) == 1 and not isinstance(node.args[0], (ast.Constant, ast.Starred)):
        name = ast.unparse(node.func)
        own = name in {"str", "int", "list", "tuple", "Decimal", "float"}
        known = own or ("." not in name and any(site.repository.functions(name)))
        return Wrap(head=name) if known else None
    if isinstance(node.func, ast.Attribute) and not node.args:
        plain = isinstance(node.func.value, (ast.Name, ast.Attribute, ast.Subscript))
        return Wrap(tail=f".{node.func.attr}()") if plain else None
    return None


TEMPLATE = Template("wrapped_alike", frozenset(Kind), 0.8, ideas, outer=True)
