"""What a commit says it needs, as plain requirement lines. Pure: texts in, lines out.

Only names with versions, markers and hashes are taken. Whatever would make an installer run or fetch
something else (paths, URLs, editable projects, options) is left out, and said.
"""

from __future__ import annotations

import ast
import configparser
import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeAlias

from triage import python
from triage.incident import Source

NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[A-Za-z0-9._, -]*\])?"
VERSIONS = r"(?:[ ]*\(?[<>=!~]=?=?[^;#@]{1,200})?"
REQUIREMENT = re.compile(rf"{NAME}{VERSIONS}(?:[ ]*;[^#@]{{1,500}})?")
HASH = re.compile(r"--hash=(sha(?:256|384|512):[0-9a-f]{64,128})")
INCLUDE = re.compile(r"(?:-r|--requirement|-c|--constraint)[ =]?[ ]*(\S+)")
_FROM = r"python(?:_full)?_version (?:>=? ['\"]3[\d.]*|<=? ['\"][4-9][\d.]*)['\"]"
EVERYWHERE = re.compile(rf"{_FROM}(?: and {_FROM})*")
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
    """From the first that is there: a lock, requirements files, pyproject.toml, setup.cfg, setup.py."""
    base = PurePosixPath(subdirectory)
    for name, load, read in LOCKS:
        text = source.read(str(base / name))
        if text is not None and (found := parsed(text, load, read)) is not None:
            found.lock, found.pinned = str(base / name), True
            found.main = names_of(pyproject(source, base).main or found.lines)
            return found
    named = pyproject(source, base)
    told = named.lines or named.left_out
    return requirements(source, base) or (named if told else setuptools(source, base))


def names_of(lines: list[str]) -> list[str]:
    """The distributions that are wanted on every machine: a line with a marker may not be, unless that says
    no more than from which Python 3 on."""
    split = (line.partition(" --hash=")[0].partition(";") for line in lines)
    wanted = (line for line, _, marker in split if not marker or EVERYWHERE.fullmatch(marker.strip()))
    bare = (re.match(r"[A-Za-z0-9._-]+", line) for line in wanted)
    return list(dict.fromkeys(found.group() for found in bare if found))


def parsed(text: str, load: Loader, read: Reader) -> Needs | None:
    try:
        return read(load(text))
    except (ValueError, RecursionError, TypeError, AttributeError, KeyError):
        return None


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


def pylock(table: dict[str, Any]) -> Needs:
    """The format that all installers share."""
    found = Needs()
    for package in table["packages"]:
        if {"vcs", "directory", "archive"} & set(package):
            found.left_out.append(f"{package['name']} (not from a registry)")
            continue
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        hashes = tuple(f"sha256:{f['hashes']['sha256']}" for f in files if "sha256" in f["hashes"])
        marker = package.get("marker", "")
        chosen = "dependency_groups" in marker or "extras" in marker  # which nobody chose here: take all
        found.add(package["name"], package["version"], "" if chosen else marker, hashes)
    return found


def pipenv(table: dict[str, Any]) -> Needs:
    found = Needs()
    for name, told in {**table.get("develop", {}), **table["default"]}.items():
        if "version" not in told:
            found.left_out.append(f"{name} (not from a registry)")
            continue
        extras = f"[{','.join(told['extras'])}]" if told.get("extras") else ""
        version = told["version"].removeprefix("==")
        found.add(f"{name}{extras}", version, told.get("markers", ""), tuple(told.get("hashes", ())))
    return found


Loader: TypeAlias = Callable[[str], dict[str, Any]]
Reader: TypeAlias = Callable[[dict[str, Any]], Needs]
LOCKS: tuple[tuple[str, Loader, Reader], ...] = (
    ("uv.lock", tomllib.loads, uv),
    ("poetry.lock", tomllib.loads, poetry),
    ("pdm.lock", tomllib.loads, pdm),
    ("pylock.toml", tomllib.loads, pylock),
    ("Pipfile.lock", json.loads, pipenv),
)


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
    path = str(base / "pyproject.toml")
    found = parsed(source.read(path) or "", tomllib.loads, declared) or Needs()
    if found.lines:
        found.lock = path
    return found


def declared(table: dict[str, Any]) -> Needs:
    found = Needs()
    if poetic := table.get("tool", {}).get("poetry", {}):
        poetry_project(poetic, found)
    project, groups = table.get("project", {}), table.get("dependency-groups", {})
    extras = project.get("optional-dependencies", {})
    lines = [*project.get("dependencies", [])]
    found.main = names_of([*found.main, *(line for line in lines if isinstance(line, str))])
    for name in sorted(TESTING):
        lines += [*extras.get(name, []), *groups.get(name, [])]
    take(found, lines)
    return found


def take(found: Needs, lines: Iterable[Any]) -> None:
    for line in lines:
        if isinstance(line, str) and acceptable(line.strip()):
            found.lines.append(line.strip())
        elif isinstance(line, str):
            found.left_out.append(line[:200])


def poetry_project(table: dict[str, Any], found: Needs) -> None:
    """`[tool.poetry]`, where no lock is kept."""
    groups = [group.get("dependencies", {}) for n, group in table.get("group", {}).items() if n in TESTING]
    sections = [table.get("dependencies", {}), table.get("dev-dependencies", {}), *groups]
    for number, section in enumerate(sections):
        for name, told in section.items():
            version = told.get("version") if isinstance(told, dict) else told
            if name == "python" or (isinstance(told, dict) and told.get("optional")):
                continue
            bounds = bounded(version) if isinstance(version, str) else None
            if bounds is None:
                found.left_out.append(f"{name} (not from a registry, or of several versions)")
                continue
            take(found, [f"{name}{bounds}"])
            found.main += [name] if number == 0 else []


def bounded(version: str) -> str | None:
    """Poetry's `^1.2` and `~1.2` in everybody's words; None where there are none."""
    sign, plain = version[:1], version.lstrip("^~ ")
    if version == "*":
        return ""
    if sign in "^~" and re.fullmatch(r"\d+(\.\d+)*", plain):
        parts = plain.split(".")
        kept = next((n for n, part in enumerate(parts) if part != "0"), len(parts) - 1)
        kept = kept if sign == "^" else min(1, len(parts) - 1)
        return f">={plain},<{'.'.join([*parts[:kept], str(int(parts[kept]) + 1)])}"
    if "|" in version or "^" in version:
        return None
    return version if sign in "<>=!~" else f"=={version}"


def setuptools(source: Source, base: PurePosixPath) -> Needs:
    """setup.cfg, and what setup.py says in so many words; neither is run."""
    found = Needs()
    for name, read in (("setup.cfg", setup_cfg), ("setup.py", setup_py)):
        main, testing = read(source.read(str(base / name)) or "")
        take(found, [*main, *testing])
        found.main += names_of([line for line in main if acceptable(line.strip())])
        if found.lines and not found.lock:
            found.lock = str(base / name)
    return found


def setup_cfg(text: str) -> tuple[list[str], list[str]]:
    """What it needs, and what its tests need besides."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error:
        return [], []
    main = parser.get("options", "install_requires", fallback="").splitlines()
    extras = "options.extras_require"
    named = [name for name in sorted(TESTING) if parser.has_option(extras, name)]
    testing = [line for name in named for line in parser.get(extras, name).splitlines()]
    return [line for line in main if line.strip()], [line for line in testing if line.strip()]


def setup_py(text: str) -> tuple[list[str], list[str]]:
    tree = python.parsed(text)
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)) if tree else ():
        if getattr(call.func, "id", getattr(call.func, "attr", "")) == "setup":
            said = {word.arg: literal(word.value) for word in call.keywords if word.arg}
            extras = said.get("extras_require")
            named = [extras.get(name) for name in sorted(TESTING)] if isinstance(extras, dict) else []
            testing = [line for lines in (*named, said.get("tests_require")) for line in texts(lines)]
            return texts(said.get("install_requires")), testing
    return [], []


def literal(node: ast.expr) -> Any:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, RecursionError, MemoryError):
        return None


def texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
