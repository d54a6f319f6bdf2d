"""Nodes of syntax trees: `<ast.Raise object at 0x…>` tells no more than its kind.

A linter's frames mostly hold the text that was parsed, too: a node of that kind in it is taken, else the
plainest there is."""

from __future__ import annotations

import ast
from collections.abc import Container, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from healer.reproduction.values import Attribute, Call, Guess, Literal, Many, Name, Opaque, Value

LONGEST = 20_000  # characters of a text that is parsed
SHORTEST = 3
TEXTS = 6  # that are parsed
NODES = 40  # of one kind that are looked at
_EXPRESSIONS = """
x.y  x()  1  x[0]  x+1  -x  (x)and(y)  x<1  lambda:x  {}  {x}  []  ()  (x:=1)  f'{x}'  (x)if(y)else(z)
[x(y)for(y)in(z)]  {x(y)for(y)in(z)}  {x:y(x)for(x)in(z)}  (x(y)for(y)in(z))
"""
_STATEMENTS = """
x = 1; x: int = 1; x += 1; raise x; assert x; del x; pass; global x; import x; from x import y; return x
def x(): pass
async def x(): pass
class x: pass
if x: pass
for x in y: pass
while x: pass
with x: pass
try: pass
except x: pass
"""
_PLAIN = tuple(map(ast.parse, (*_EXPRESSIONS.split(), _STATEMENTS)))


def kind(value: Value, imported: Container[str]) -> str:
    """The node's class, where the value is one; `imported`: names of the module that met it."""
    name = value.name if isinstance(value, Opaque) and value.kind == "object" else ""
    module, _, short = name.rpartition(".")
    found = vars(ast).get(short)
    of_tree = isinstance(found, type) and issubclass(found, ast.stmt | ast.expr | ast.mod)
    known = module in {"ast", "_ast"} or (not module and "ast" in imported)
    return short if known and of_tree else ""


def texts(value: Value) -> Iterator[str]:
    """A text that may have been parsed: whole, or a list of its lines."""
    lines = value.items if isinstance(value, Many) else (value,)
    held = [line.constant for line in lines if isinstance(line, Literal) and isinstance(line.constant, str)]
    if held and len(held) == len(lines) and SHORTEST < sum(map(len, held)) < LONGEST:
        yield ("" if held[0].endswith("\n") else "\n").join(held)


def node(short: str, seen: Sequence[str], position: int = 0) -> Value | None:
    """The node at a position among those of its kind in the texts; where there is none, a plain one."""
    read = [(text, tree) for text in seen if (tree := _parsed(text))][:TEXTS]
    if issubclass(getattr(ast, short), ast.mod):
        return Guess(_parse(read[0][0] if read else ""))
    trees = (*(tree for _, tree in read), *_PLAIN)
    nodes = (n for tree in trees for n in ast.walk(tree) if type(n).__name__ == short and _read(n))
    chosen = list(dict.fromkeys(text for n in islice(nodes, NODES) if (text := _written(n))))
    if not chosen:
        return None
    text = chosen[min(position, len(chosen) - 1)]
    if issubclass(getattr(ast, short), ast.expr):
        return Guess(Attribute(_parse(text, ("mode", Literal.of("eval"))), "body"))
    return Guess(Call(Attribute(Attribute(_parse(text), "body"), "pop")))


def _parse(text: str, *how: tuple[str, Value]) -> Call:
    return Call(Attribute(Name("ast", ""), "parse"), (Literal.of(text),), how)


def _read(found: ast.AST) -> bool:
    """Whether it can stand by itself: no target of an assignment."""
    return isinstance(getattr(found, "ctx", ast.Load()), ast.Load)


def _written(found: ast.AST) -> str:
    """Its source; nothing where it is nested beyond reason."""
    try:
        return ast.unparse(found)
    except RecursionError:
        return ""


@lru_cache(maxsize=64)
def _parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
