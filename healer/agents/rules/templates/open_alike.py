"""A file opened otherwise than its like: `open(path)` beside `open(path, encoding=ENCODING)`, and files that
begin with a byte order mark."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.places import replaced
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

OPENERS = ("open", "gzip.open", "bz2.open", "io.open", "lzma.open", "codecs.open")
MARK = "\ufeff"
NAMED = 0.6  # log-odds: a constant or a setting says which
MAX_PLACES = 4
BYTES = frozenset({Kind.DECODE, Kind.BYTES_EXPECTED, Kind.STR_EXPECTED, Kind.CONCATENATE})


def ideas(site: Site) -> Iterator[Idea]:
    as_bytes = site.crash.kind in BYTES or "not bytes" in site.crash.message
    marked = _marked(site)
    opened = list(_opened(site)) if as_bytes or marked else []
    if as_bytes:
        for path, call in opened[:MAX_PLACES]:
            for other in _unlike(call, [c for _, c in opened]):
                yield _like(site, path, call, other)
        yield from _by_constant(site, opened)
    for path, call in opened[:MAX_PLACES] if marked else ():
        for keyword in call.keywords:
            if keyword.arg == "encoding" and ast.unparse(keyword.value).lower() in {"'utf-8'", "'utf8'"}:
                yield _signed(site, path, keyword.value)


def _opened(site: Site) -> Iterator[tuple[str, ast.Call]]:
    """Calls that open a file to read text, in the file of the crash first."""
    own = site.file.path
    trees = sorted(site.repository.mentioning("open("), key=lambda pair: pair[0] != own)
    for path, tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in OPENERS and not _writes(node):
                yield path, node


def _writes(call: ast.Call) -> bool:
    mode = call.args[1] if len(call.args) > 1 else None
    text = mode.value if isinstance(mode, ast.Constant) and isinstance(mode.value, str) else ""
    return any(letter in text for letter in "wax")


def _rest(call: ast.Call) -> list[str]:
    return [
        *(ast.unparse(a) for a in call.args[1:]),
        *(f"{k.arg}={ast.unparse(k.value)}" for k in call.keywords),
    ]


def _unlike(call: ast.Call, others: list[ast.Call]) -> Iterator[ast.Call]:
    """Ways in which others are opened that tell more."""
    seen = [_rest(call)]
    for other in others:
        if other is not call and _rest(other) not in seen and "encoding=" in " ".join(_rest(other)):
            seen.append(_rest(other))
            yield other


def _like(site: Site, path: str, call: ast.Call, other: ast.Call) -> Idea:
    text = site.repository.text(path) or ""
    rest = _rest(other)
    compressed = ast.unparse(call.func) != "open" and len(other.args) < 2
    if compressed:
        rest = ["'rt'", *rest]
    new = f"{ast.unparse(call.func)}({', '.join([ast.unparse(call.args[0]), *rest])})".replace("'", '"')
    return _idea(
        path, replaced(text, call, new), f"as {', '.join(rest)}", "other files here are opened so", 0.6
    )


def _by_constant(site: Site, opened: list[tuple[str, ast.Call]]) -> Iterator[Idea]:
    """`encoding="utf-8"` where the module has an ENCODING that nobody uses."""
    for path, call in opened[:MAX_PLACES]:
        tree, text = site.repository.tree(path), site.repository.text(path) or ""
        names = [
            t.id
            for s in (tree.body if tree else ())
            if isinstance(s, ast.Assign)
            for t in s.targets
            if isinstance(t, ast.Name)
        ]
        for keyword in call.keywords:
            if keyword.arg == "encoding" and isinstance(keyword.value, ast.Constant):
                for name in names:
                    if name.endswith("ENCODING") or name == "CHARSET":
                        yield _idea(
                            path, replaced(text, keyword.value, name), name, f"`{name}` says which", NAMED
                        )


def _marked(site: Site) -> bool:
    """Whether a byte order mark stands before a key, or where JSON should begin."""
    if any(word in site.crash.message for word in ("BOM", MARK, "\\ufeff")):
        return True
    held = [value for _, values in site.frames for value in values.values()]
    return any(MARK in repr(one) or "\\ufeff" in repr(one) for one in held)


def _signed(site: Site, path: str, value: ast.expr) -> Idea:
    text = site.repository.text(path) or ""
    change = replaced(text, value, '"utf-8-sig"')
    return _idea(path, change, "utf-8-sig", "the file begins with a byte order mark", 1.4)


def _idea(path: str, edit: Edit, how: str, reason: str, bonus: float) -> Idea:
    return Idea((edit,), f"The file is opened with {how}.", f"opened {how}", bonus, (reason,), path)


TEMPLATE = Template("open_alike", BYTES | {Kind.KEY, Kind.JSON_PARSE, Kind.OTHER}, 0.8, ideas)
