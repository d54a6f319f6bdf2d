"""What a commit says it needs, as plain requirement lines. Pure: texts in, lines out.

Only names with versions, markers and hashes are taken. Whatever would make an installer run or fetch
something else (paths, URLs, editable projects, options) is left out, and said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from triage.incident import Source

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[A-Za-z0-9._, -]*\])?"
VERSIONS = r"(?:[ ]*\(?[<>=!~]=?=?[^;#@]{1,200})?"
REQUIREMENT = re.compile(rf"{NAME}{VERSIONS}(?:[ ]*;[^#@]{{1,500}})?")
HASH = re.compile(r"--hash=(sha(?:256|384|512):[0-9a-f]{64,128})")
INCLUDE = re.compile(r"(?:-r|--requirement|-c|--constraint)[ =]?[ ]*(\S+)")
MAIN = ("requirements.lock", "requirements.txt")
# Beside the main list: what its tests need.
EXTRA = (
    "requirements-dev.lock",
    "requirements-dev.txt",
    "requirements_dev.txt",
    "dev-requirements.txt",
    "requirements-test.txt",
    "requirements-tests.txt",
    "test-requirements.txt",
    "requirements/dev.txt",
    "requirements/test.txt",
    "requirements/tests.txt",
)
ALONE = ("requirements/base.txt", "requirements/local.txt")
TESTING = {"dev", "test", "tests", "testing"}


def acceptable(line: str) -> bool:
    """A name with versions and a marker, and no option behind it."""
    return REQUIREMENT.fullmatch(line) is not None and " -" not in line


@dataclass
class Needs:
    """`lock` is the file it was read from, "" where there is none."""

    lock: str = ""
    lines: list[str] = field(default_factory=list)
    constraints: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    pinned: bool = False  # every version is exact, so nothing is resolved again
    main: list[str] = field(default_factory=list)  # names the program itself imports, wherever it runs

    def add(self, name: str, version: str = "", marker: str = "", hashes: tuple[str, ...] = ()) -> None:
        line = f"{name}{f'=={version}' if version else ''}{f' ; {marker}' if marker else ''}"
        if acceptable(line):
            self.lines.append(" ".join([line, *(f"--hash={h}" for h in hashes)]))
        else:
            self.left_out.append(line[:200])


def needs(source: Source, subdirectory: str = "") -> Needs:
    """From the first that is there: uv.lock, poetry.lock, pdm.lock, requirements files, pyproject.toml."""
    base = PurePosixPath(subdirectory)
    for name, read in (("uv.lock", uv), ("poetry.lock", poetry), ("pdm.lock", pdm)):
        text = source.read(str(base / name))
        if text is not None and (found := parsed(text, read)) is not None:
            found.lock, found.pinned = str(base / name), True
            found.main = names_of(pyproject(source, base).main or found.lines)
            return found
    return requirements(source, base) or pyproject(source, base)


def names_of(lines: list[str]) -> list[str]:
    """The distributions that are wanted on every machine: a line with a marker may not be."""
    bare = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines if ";" not in line]
    return list(dict.fromkeys(found.group() for found in bare if found))


def parsed(text: str, read: Any) -> Needs | None:
    try:
        table = tomllib.loads(text)
        found: Needs = read(table)
    except (tomllib.TOMLDecodeError, TypeError, AttributeError, KeyError):
        return None
    return found


def uv(table: dict[str, Any]) -> Needs:
    found = Needs()
    for package in table.get("package", []):
        where = package["source"]
        if "registry" not in where:
            if not {"virtual", "editable"} & set(where):
                found.left_out.append(f"{package['name']} (not from a registry)")
            continue
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        hashes = tuple(file["hash"] for file in files if file.get("hash", "").startswith("sha256:"))
        found.add(package["name"], package["version"], marks(package.get("resolution-markers")), hashes)
    return found


def poetry(table: dict[str, Any]) -> Needs:
    found = Needs()
    for package in table.get("package", []):
        if package.get("source", {}).get("type", "legacy") in {"git", "url", "directory", "file"}:
            found.left_out.append(f"{package['name']} (not from a registry)")
            continue
        marker = package.get("markers", "")
        if isinstance(marker, dict):
            marker = " or ".join(f"({m})" for m in marker.values())
        hashes = tuple(f["hash"] for f in package.get("files", []) if f["hash"].startswith("sha256:"))
        found.add(package["name"], package["version"], marker, hashes)
    return found


def pdm(table: dict[str, Any]) -> Needs:
    found = Needs()
    for package in table.get("package", []):
        if {"git", "url", "path", "editable"} & set(package):
            found.left_out.append(f"{package['name']} (not from a registry)")
            continue
        hashes = tuple(f["hash"] for f in package.get("files", []) if f["hash"].startswith("sha256:"))
        found.add(package["name"], package["version"], package.get("marker", ""), hashes)
    return found


def marks(markers: list[str] | None) -> str:
    return " or ".join(f"({marker})" for marker in markers) if markers else ""


def requirements(source: Source, base: PurePosixPath) -> Needs | None:
    found = Needs()
    present = set(source.paths())
    names = [name for name in (*MAIN, *EXTRA) if str(base / name) in present]
    names = names or [name for name in ALONE if str(base / name) in present]
    if not names:
        return None
    found.lock = str(base / names[0])
    seen: set[str] = set()
    for name in names[:1] if names[0].endswith(".lock") else names:
        follow(source, base / name, found, seen)
        if name in (*MAIN, *ALONE):
            found.main = names_of(found.lines)
    found.pinned = bool(found.lines) and all("--hash=" in line for line in found.lines)
    if not found.pinned and any("--hash=" in line for line in found.lines):
        found.lines = [HASH.sub("", line).rstrip() for line in found.lines]
    return found


def follow(
    source: Source, path: PurePosixPath, found: Needs, seen: set[str], constraint: bool = False
) -> None:
    """One requirements file and those it includes, once each."""
    text = source.read(str(path))
    if str(path) in seen or text is None:
        return
    seen.add(str(path))
    for line in logical(text):
        include = INCLUDE.fullmatch(line)
        if include is not None:
            inner = normal(path.parent / include.group(1))
            follow(source, inner, found, seen, constraint or line.startswith(("-c", "--c")))
            continue
        bare = HASH.sub("", line).strip()
        if acceptable(bare):
            hashes = [f"--hash={h}" for h in HASH.findall(line)]
            (found.constraints if constraint else found.lines).append(" ".join([bare, *hashes]))
        else:
            found.left_out.append(line[:200])


def logical(text: str) -> Iterator[str]:
    """Lines without comments, joined over backslashes."""
    for line in text.replace("\\\r\n", " ").replace("\\\n", " ").splitlines():
        bare = re.split(r"(?:^|\s)#", line, maxsplit=1)[0].strip()
        if bare:
            yield bare


def normal(path: PurePosixPath) -> PurePosixPath:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts = parts[:-1]
        else:
            parts.append(part)
    return PurePosixPath(*parts)


def pyproject(source: Source, base: PurePosixPath) -> Needs:
    found = Needs()
    try:
        table = tomllib.loads(source.read(str(base / "pyproject.toml")) or "")
    except tomllib.TOMLDecodeError:
        return found
    project, groups = table.get("project", {}), table.get("dependency-groups", {})
    extras = project.get("optional-dependencies", {})
    lines = [*project.get("dependencies", [])]
    found.main = names_of([line for line in lines if isinstance(line, str)])
    for name in sorted(TESTING):
        lines += [*extras.get(name, []), *groups.get(name, [])]
    for line in lines:
        if isinstance(line, str) and acceptable(line.strip()):
            found.lines.append(line.strip())
        elif isinstance(line, str):
            found.left_out.append(line[:200])
    if found.lines:
        found.lock = str(base / "pyproject.toml")
    return found
