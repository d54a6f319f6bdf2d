"""Files that production had and a test has to make: which arguments name one, and what stood in it."""

from __future__ import annotations

import ast
import csv
import io
import json
import re
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import replace

from healer.reproduction.candidate import Act, Argument, Candidate
from healer.reproduction.facts import Site, last_binding
from healer.reproduction.modules import dotted, own_nodes
from healer.reproduction.values import (
    Call,
    Literal,
    Many,
    Name,
    Opaque,
    Raw,
    Table,
    Value,
    children,
    plain,
    transform,
    walk,
)

MOST = 3  # guesses of a file's content
OPENED = 2  # of one that no argument names
_TEXTS: tuple[str, ...] = (
    "text",
    "raw",
    "data",
    "content",
    "contents",
    "source",
    "body",
    "buf",
    "buffer",
    "document",
    "payload",
    "xml",
)
_TEXTS += (
    "html",
    "csv",
    "json",
    "toml",
    "yaml",
    "string",
    "s",
    "src",
    "code",
    "stream",
    "lines",
    "line",
    "row",
    "record",
)
_PATHS: tuple[str, ...] = (
    "path",
    "file",
    "filename",
    "fname",
    "filepath",
    "file_path",
    "infile",
    "src",
    "source",
    "config",
    "input",
)
_STREAMS = (Name("io", "StringIO"), Name("io", "BytesIO"))
_OPEN = re.compile(r"\A<_io\.(?:TextIOWrapper|Buffered\w{1,10}|FileIO) name='([\w.-]{1,100})'")
_BINARY = 64  # bytes from which on a value is what a file held
_WRITES = {"write", "write_text", "write_bytes"}
_UNICODE = re.compile(
    r"'([\w.-]{1,20})' codec can't decode bytes? (0x[0-9a-f]{2})?.{0,20}?in position (\d{1,6})"
)
_EXTENSION = re.compile(r"[\w./-]{0,200}[\w-]\.[A-Za-z][A-Za-z0-9]{0,6}\Z")


def with_files(
    candidate: Candidate,
    sites: tuple[Site, ...],
    exception: str,
    message: str,
    quoted: Sequence[ast.stmt] = (),
    present: Container[str] = frozenset(),
) -> list[Candidate]:
    """The candidate with its absent files made below tmp_path, once per guess of their content.

    `quoted`: statements of the caller, as the event quotes them. `present`: files of the repository."""
    found = _passed(candidate, sites, exception, message, quoted, present)
    return [*_opened(found[0], sites, exception, message, quoted), *found]


def _passed(
    candidate: Candidate,
    sites: tuple[Site, ...],
    exception: str,
    message: str,
    quoted: Sequence[ast.stmt],
    present: Container[str],
) -> list[Candidate]:
    """With the files that its arguments name."""
    act = candidate.act
    if act is None:
        return [candidate]
    told = [*act.arguments, *(Argument("file", value) for value in candidate.argv[1:])]
    paths = list(dict.fromkeys(p for a in told for p in _paths(a) if p not in present))[:3]
    if not paths and any(_is_stream(v) for a in act.arguments for v in walk(a.value)):
        first, *more = _guesses(sites, exception, message, quoted)
        held = list(dict.fromkeys([first, b"", *more]))[:MOST]  # it may have been there to be written to
        return [_streamed(candidate, act, content) for content in held]
    if not paths or exception in {"FileNotFoundError", "NotADirectoryError"}:
        return [candidate]
    names = {path: _variable(path, n) for n, path in enumerate(paths)}
    moved = tuple(replace(a, value=_moved(a.value, names)) for a in act.arguments)
    out = []
    for content in _guesses(sites, exception, message, quoted, paths[0]):
        files = tuple((names[p], p.rstrip("/").rpartition("/")[2] or "file", content) for p in paths)
        out.append(
            replace(
                candidate,
                act=replace(act, arguments=moved),
                argv=tuple(_moved(value, names) for value in candidate.argv),
                files=files,
                note=candidate.note + ", file",
            )
        )
    return out


def _opened(
    candidate: Candidate, sites: tuple[Site, ...], exception: str, message: str, quoted: Sequence[ast.stmt]
) -> Iterator[Candidate]:
    """In a folder with the file that a frame had open under a name relative to where it ran. The repository
    may have one of that name, but it ran elsewhere."""
    texts = (value.text for site in sites for value in site.values.values() if isinstance(value, Opaque))
    name = next((found[1] for text in texts if (found := _OPEN.match(text))), "")
    if not name or candidate.files or candidate.loan:
        return
    for content in _guesses(sites, exception, message, quoted, name)[:OPENED]:
        setup = ("monkeypatch.chdir(tmp_path)", *candidate.setup)
        note = candidate.note + ", file"
        yield replace(candidate, files=(("opened", name, content),), setup=setup, note=note)


def _guesses(
    sites: tuple[Site, ...], exception: str, message: str, quoted: Sequence[ast.stmt], path: str = ""
) -> list[bytes]:
    found = [*written(quoted), *contents(sites, exception, message, path)]
    return list(dict.fromkeys(found))[:MOST]


def _is_stream(value: Value) -> bool:
    """An open file, of which nothing is known but that it was one."""
    return isinstance(value, Call) and not value.args and value.target in _STREAMS


def _streamed(candidate: Candidate, act: Act, content: bytes) -> Candidate:
    """The candidate whose open files hold that."""

    def filled(value: Value) -> Value:
        if not _is_stream(value) or not isinstance(value, Call) or not content:
            return value
        text = value.target == _STREAMS[0]
        return Call(value.target, (Literal.of(content.decode("utf-8", "replace") if text else content),))

    given = tuple(replace(a, value=transform(a.value, filled)) for a in act.arguments)
    return replace(candidate, act=replace(act, arguments=given))


def _paths(argument: Argument) -> Iterator[str]:
    for value in _outer(argument.value):
        text = plain(value)
        if (
            isinstance(text, str)
            and 1 < len(text) < 300
            and "\n" not in text
            and looks_like_path(text, argument.name)
        ):
            yield text


def _outer(value: Value) -> Iterator[Value]:
    """The value and what lists and objects in it hold; a path inside a dict is data like any other."""
    yield value
    if not isinstance(value, Table):
        for child in children(value):
            yield from _outer(child)


def looks_like_path(text: str, name: str) -> bool:
    """An absolute file path, or a file name in a parameter that is named as one."""
    if text.startswith("/") and text.count("/") >= 2 and " " not in text.rpartition("/")[2].strip()[:1]:
        return text.startswith(
            ("/tmp/", "/var/", "/home/", "/srv/", "/data/", "/opt/", "/mnt/", "/root/", "/Users/")
        ) or (_EXTENSION.match(text) is not None)
    return _named_as_path(name) and _EXTENSION.match(text) is not None


def _named_as_path(name: str) -> bool:
    return name in _PATHS or name.endswith(("path", "file", "filename"))


def _variable(path: str, number: int) -> str:
    return "path" if number == 0 else f"path_{number + 1}"


def _moved(value: Value, names: dict[str, str]) -> Value:
    def change(node: Value) -> Value:
        if isinstance(node, Call) and node.target == Name("pathlib", "Path") and len(node.args) == 1:
            inner = node.args[0]
            return (
                Raw(inner.source[4:-1])
                if isinstance(inner, Raw) and inner.source.startswith("str(path")
                else node
            )
        text = node.constant if isinstance(node, Literal) else None
        return Raw(f"str({names[text]})") if isinstance(text, str) and text in names else node

    return transform(value, change)


def written(quoted: Sequence[ast.stmt]) -> Iterator[bytes]:
    """What quoted lines write: `file.write(DATA)`, with `DATA` a constant of theirs."""
    nodes = [node for statement in quoted for node in ast.walk(statement)]
    constants = {
        target.id: node.value.value
        for node in nodes
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            given = node.args[0]
            held = constants.get(given.id) if isinstance(given, ast.Name) else getattr(given, "value", None)
            if node.func.attr in _WRITES and isinstance(held, str | bytes):
                yield held.encode("utf-8", "replace") if isinstance(held, str) else held


def contents(sites: tuple[Site, ...], exception: str, message: str, path: str) -> list[bytes]:
    """What the file may have held, the likeliest first; at the end nothing at all."""
    found = [
        *_undecodable(exception, message),
        *_parsed(sites),
        *_seen(sites),
        *_rows(sites, path),
        *_documents(sites, path),
        b"",
    ]
    return list(dict.fromkeys(found))


def _undecodable(exception: str, message: str) -> Iterator[bytes]:
    """The byte a UnicodeDecodeError names, at the position it names."""
    found = _UNICODE.search(message) if exception == "UnicodeDecodeError" else None
    if found:
        byte = int(found[2] or "0xe9", 16)
        yield b"a" * int(found[3]) + bytes([byte]) + b"a\n"


def _seen(sites: tuple[Site, ...]) -> list[bytes]:
    """Texts among the locals, by name and by having lines."""
    scored = []
    for site in sites:
        for name, value in site.values.items():
            text = _as_text(value) if not isinstance(value, Many) or _lined(name) else None
            if text is None or name.lower() in _PATHS[:6]:
                continue
            score = 2 * (text.count(b"\n") > 0) + (name.lower().strip("_") in _TEXTS)
            score += isinstance(plain(value), bytes) and len(text) > _BINARY
            if score:
                scored.append((score, len(text), text))
    return [text for _, _, text in sorted(scored, reverse=True)]


def _as_text(value: Value) -> bytes | None:
    held = plain(value)
    if isinstance(held, str):
        return held.encode("utf-8", "replace")
    if isinstance(held, bytes):
        return held
    if isinstance(value, Many) and value.items and all(isinstance(plain(i), str) for i in value.items):
        lines = [str(plain(i)) for i in value.items]
        return "".join(line if line.endswith("\n") else line + "\n" for line in lines).encode(
            "utf-8", "replace"
        )
    return None


def _lined(name: str) -> bool:
    return name.lower().strip("_") in {
        "lines",
        "rows",
        "text",
        "content",
        "contents",
        "source",
        "raw",
        "data",
    }


def _rows(sites: tuple[Site, ...], path: str) -> Iterator[bytes]:
    """A CSV of the one row that a frame shows."""
    if path and not path.endswith((".csv", ".tsv", ".txt")):
        return
    for site in reversed(sites):
        for value in site.values.values():
            pairs = value.items if isinstance(value, Table) else ()
            if pairs and all(isinstance(plain(v), str) for pair in pairs for v in pair):
                out = io.StringIO()
                writer = csv.writer(
                    out, delimiter="\t" if path.endswith(".tsv") else ",", lineterminator="\n"
                )
                writer.writerow([plain(k) for k, _ in pairs])
                writer.writerow([plain(v) for _, v in pairs])
                yield out.getvalue().encode()


def _parsed(sites: tuple[Site, ...]) -> Iterator[bytes]:
    """What a frame got from `json.load` and its like, written down as such."""
    for site in sites:
        for node in own_nodes(site.function.node) if site.function else ():
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)) if (
                    dotted(function) in _DUMPED
                    and name in site.values
                    and last_binding(site, name) == node.lineno
                ):
                    held = as_json(site.values[name])
                    if held is not None:
                        yield _DUMPED[dotted(function)](held).encode()


def _toml(held: object) -> str:
    """A document of one line for each key, tables in braces."""
    lines = (f"{json.dumps(key)} = {_inline(value)}" for key, value in _pairs(held) if value is not None)
    return "".join(f"{line}\n" for line in lines)


def _inline(held: object) -> str:
    if isinstance(held, dict):
        inner = (f"{json.dumps(k)} = {_inline(v)}" for k, v in held.items() if v is not None)
        return f"{{{', '.join(inner)}}}"
    return f"[{', '.join(map(_inline, held))}]" if isinstance(held, list) else json.dumps(held)


def _pairs(held: object) -> list[tuple[str, object]]:
    return list(held.items()) if isinstance(held, dict) else []


_DUMPED: dict[str, Callable[[object], str]] = {
    **dict.fromkeys(("json.load", "json.loads"), json.dumps),
    **dict.fromkeys(("yaml.safe_load", "yaml.load", "yaml.full_load"), json.dumps),  # JSON is YAML
    **{
        f"{name}.{verb}": _toml
        for name in ("tomllib", "tomli", "toml", "tomlkit")
        for verb in ("load", "loads")
    },
}


def _documents(sites: tuple[Site, ...], path: str) -> Iterator[bytes]:
    """A JSON document of a container that a frame shows."""
    if path and not path.endswith((".json", ".jsonl", ".ndjson")):
        return
    for site in sites:
        for name, value in site.values.items():
            if isinstance(value, Table | Many) and name in {
                *_TEXTS,
                "config",
                "doc",
                "obj",
                "settings",
                "items",
                "entry",
            }:
                held = as_json(value)
                if held is not None:
                    yield json.dumps(held).encode()


def as_json(value: Value) -> object:
    """Plain JSON of a value made of constants; None where it holds anything else."""
    match value:
        case Literal(constant=str() | int() | float() | bool() as held):
            return held
        case Many(items=items):
            return [as_json(i) for i in items]
        case Table(items=pairs):
            return {str(plain(k)): as_json(v) for k, v in pairs}
        case _:
            return None
