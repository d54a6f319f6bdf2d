"""Finding what runs a repository's tests: interpreter, source roots, tests, command."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from healer.case import Limits, Project, Target
from healer.errors import BadInput
from healer.protocols import Job, Sandbox
from healer.workshop import suite
from healer.workshop.bench import runner_of
from healer.workshop.claims import scratch
from triage.incident import Source

OLDEST, NEWEST = (3, 8), (3, 14)
_ASK = """\
import sys, json, importlib.util as u
try:
    from importlib.metadata import distribution
except ImportError:
    distribution = None
def lacks(name):
    try:
        return distribution is not None and not distribution(name)
    except Exception:
        return True
found = [*sys.version_info[:2], u.find_spec('pytest') is not None, [n for n in sys.argv[1:] if lacks(n)]]
print('HEALER' + json.dumps(found))
"""
MANAGE = ("python", "manage.py", "test")
_ENVIRONMENTS = (".venv", "venv", "env", ".env", "virtualenv")
_PACKAGE_DIR = re.compile(r"package_dir\s*=\s*\{\s*['\"]{2}\s*:\s*['\"]([\w./-]{1,80})['\"]")
_WHERE = re.compile(r"find_(?:namespace_)?packages\(\s*(?:where\s*=\s*)?['\"]([\w./-]{1,80})['\"]")


@dataclass(frozen=True, slots=True)
class Interpreter:
    path: str
    version: tuple[int, int]
    pytest: bool
    lacking: tuple[str, ...] = ()  # of the distributions it was asked for


@dataclass(frozen=True, slots=True)
class Outfit:
    """How an interpreter comes by what a commit's tests import."""

    names: tuple[str, ...] = ()  # distributions without which it is not complete
    equip: Callable[[Interpreter], tuple[Interpreter, tuple[str, ...]]] = lambda found: (found, ())
    # -> the interpreter to use, and what a person should know about it


def find(
    project: Project,
    source: Source,
    *,
    commit: str,
    sandbox: Sandbox,
    checkout: str = "",
    mirror: str = "",
    virtual_env: str = "",
    outfit: Outfit | None = None,
) -> Target:
    """The target of one commit. `checkout` is the repository on this machine, where environments lie beside
    the code; `virtual_env` is the caller's active one. Raises BadInput where nothing can run the tests."""
    folder = project.subdirectory.strip("/")
    tests = suite.homes(source, folder)
    of_django = not project.test_command and suite.of_django(source, tests, folder)
    command = project.test_command or (MANAGE if of_django else ("python", "-m", "pytest"))
    runner, _ = runner_of(command)
    wants_pytest = runner == "pytest"
    outfit = outfit or Outfit()
    asked = Asked(sandbox, outfit.names, wants_pytest)
    found = _choose(project, source, asked, checkout, virtual_env)
    chosen, notes = outfit.equip(found)
    if wants_pytest and not chosen.pytest:
        command = _without_pytest(project, source, tests, chosen)
    return Target(
        project=project,
        commit=commit,
        python=chosen.path,
        python_version=chosen.version,
        source_roots=project.source_roots or source_roots(source, folder),
        test_command=command,
        tests=tests,
        mirror=mirror,
        notes=notes,
    )


def _without_pytest(
    project: Project, source: Source, tests: tuple[str, ...], chosen: Interpreter
) -> tuple[str, ...]:
    """unittest can run a suite that never mentions pytest; any other needs it installed."""
    files = [p for p in suite.python_files(source) if any(p == t or p.startswith(t + "/") for t in tests)]
    needs = next((p for p in files if "pytest" in (source.read(p) or "")), "")
    if needs or project.test_command:
        reason = f"{needs} needs it" if needs else "the test command names it"
        raise BadInput(
            f"{chosen.path} has no pytest, and {reason}; run `{chosen.path} -m pip install pytest`,"
            " or name another interpreter with --python"
        )
    return ("python", "-m", "unittest")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an interpreter is asked for, inside the sandbox."""

    sandbox: Sandbox
    names: tuple[str, ...]
    wants_pytest: bool

    def __call__(self, path: str) -> Interpreter | None:
        return examine(path, self.sandbox, self.names)


def _choose(project: Project, source: Source, asked: Asked, checkout: str, virtual_env: str) -> Interpreter:
    if project.python:
        return _named(project.python, asked)
    usable: list[Interpreter] = []
    wanted = required(source, project.subdirectory.strip("/"))
    for path in candidates(source, project.subdirectory.strip("/"), checkout, virtual_env):
        found = asked(path)
        if found is None or not OLDEST <= found.version <= NEWEST or not wanted(found.version):
            continue
        usable.append(found)
        if not found.lacking and (found.pytest or not asked.wants_pytest):
            return found
    if not usable:
        raise BadInput(
            "no Python was found that can run this repository's tests; name one with --python PATH"
        )
    return next((one for one in usable if one.pytest or not asked.wants_pytest), usable[0])


def _named(python: str, asked: Asked) -> Interpreter:
    path = python if "/" in python else shutil.which(python) or ""
    found = asked(path) if path else None
    if found is None:
        raise BadInput(f"{python} is not a Python that starts in the sandbox; name one with --python")
    if not OLDEST <= found.version <= NEWEST:
        raise BadInput(f"{python} is Python {_dotted(found.version)}; 3.8 to 3.14 are supported")
    return found


def _dotted(version: tuple[int, int]) -> str:
    return f"{version[0]}.{version[1]}"


def examine(path: str, sandbox: Sandbox, names: tuple[str, ...] = ()) -> Interpreter | None:
    """Ask an interpreter about itself and the distributions `names`, inside the sandbox: an environment
    is foreign code too."""
    if not os.path.exists(path):  # nor where we may not look
        return None
    with scratch() as empty:
        command = (path, "-I", "-c", _ASK, *names)
        job = Job(tree=str(empty), command=command, python=path, limits=Limits(seconds=30))
        completed = sandbox.run(job)
    line = next((ln for ln in completed.output.splitlines() if ln.startswith("HEALER")), "")
    if completed.exit_code or not line:
        return None
    major, minor, has_pytest, lacking = json.loads(line.removeprefix("HEALER"))
    return Interpreter(path, (int(major), int(minor)), bool(has_pytest), tuple(map(str, lacking)))


def candidates(source: Source, folder: str, checkout: str, virtual_env: str) -> Iterator[str]:
    """Interpreters worth asking, best first: the repository's environment, the active one, its named
    version, what is on this machine."""
    tracked = set(source.paths())
    seen: set[str] = set()
    for path in _places(source, folder, checkout, virtual_env):
        if path and path not in seen and os.path.exists(path):
            seen.add(path)
            inside = path.removeprefix(checkout.rstrip("/") + "/") if checkout else path
            if inside not in tracked:
                yield path


def _places(source: Source, folder: str, checkout: str, virtual_env: str) -> Iterator[str]:
    if checkout:
        for home in dict.fromkeys((str(Path(checkout) / folder), checkout)):
            for name in _ENVIRONMENTS:
                yield f"{home.rstrip('/')}/{name}/bin/python"
            yield from sorted(str(p) for p in Path(home).glob(".tox/py3*/bin/python"))[::-1]
    if virtual_env:
        yield f"{virtual_env.rstrip('/')}/bin/python"
    named = (source.read(suite.below(folder, ".python-version")) or "").split()
    installed = list(_installed())
    for name in named:
        yield from (p for p, version in installed if version == name or version.startswith(name + "."))
    yield from (p for p, _ in installed)


def _installed() -> Iterator[tuple[str, str]]:
    """(interpreter, version) on this machine, newest first: PATH, pyenv, uv."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        if found := shutil.which(f"python3.{minor}", path="/usr/local/bin:/usr/bin"):
            yield found, f"3.{minor}"
    home = Path.home()
    for pattern in (".pyenv/versions/3.*", ".local/share/uv/python/cpython-3.*"):
        for place in sorted(home.glob(pattern), key=lambda p: _numbers(p.name), reverse=True):
            version = ".".join(str(n) for n in _numbers(place.name)[:3])
            yield str(place / "bin/python3"), version


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(n) for n in re.findall(r"\d{1,4}", text)[:3])


# --- what the repository asks for -------------------------------------------------------------------


class _Required:
    """`requires-python` as a check on (major, minor). What cannot be read allows everything."""

    def __init__(self, text: str) -> None:
        found = re.findall(r"(>=|<=|==|~=|!=|>|<)\s{0,3}(\d{1,2})\.(\d{1,3})", text[:200])
        self._clauses = [(op, (int(major), int(minor))) for op, major, minor in found]

    def __call__(self, version: tuple[int, int]) -> bool:
        checks = {
            ">=": lambda v: version >= v,
            "~=": lambda v: version >= v,
            "<=": lambda v: version <= v,
            "<": lambda v: version < v,
        }
        return all(checks[op](v) for op, v in self._clauses if op in checks)


def required(source: Source, folder: str) -> _Required:
    document = suite.toml(source.read(suite.below(folder, "pyproject.toml")) or "")
    text = _dig(document, "project", "requires-python") or _dig(
        document, "tool", "poetry", "dependencies", "python"
    )
    text = text if isinstance(text, str) else ""
    if not text:
        for name in ("setup.cfg", "setup.py"):
            content = source.read(suite.below(folder, name)) or ""
            if found := re.search(r"python_requires\s{0,4}=\s{0,4}['\"]?([^'\"\n]{1,80})", content):
                text = found.group(1)
    if text.startswith("^"):
        text = ">=" + text[1:]
    return _Required(text)


def _dig(document: Any, *keys: str) -> Any:
    for key in keys:
        document = document.get(key) if isinstance(document, dict) else None
    return document


def source_roots(source: Source, folder: str = "") -> tuple[str, ...]:
    """Folders that belong on sys.path, most specific first; `.` is the repository itself."""
    told = [*_told_by_pytest(source, folder), *_told_by_build(source, folder)]
    guesses = [*told, "src", "lib", "."]
    roots = [str(Path(suite.below(folder, g.strip("/") or ".") or ".")) for g in guesses]
    return tuple(dict.fromkeys(r for r in roots if r == (folder or ".") or _holds_python(source, r)))


def _holds_python(source: Source, root: str) -> bool:
    """Modules or packages directly inside."""
    if root == ".":
        return True
    if f"{root}/__init__.py" in source.paths():
        return False
    return any(p[len(root) + 1 :].count("/") <= 1 for p in suite.python_files(source, root))


def _told_by_pytest(source: Source, folder: str) -> list[str]:
    config = suite.pytest_config(source, folder)
    return [w for w in config.words("pythonpath") if not w.startswith("/")]


def _told_by_build(source: Source, folder: str) -> list[str]:
    document = suite.toml(source.read(suite.below(folder, "pyproject.toml")) or "")
    tool = ("tool", "setuptools")
    found: list[Any] = [_dig(document, *tool, "package-dir", "")]
    found += _dig(document, *tool, "packages", "find", "where") or []
    for entry in _dig(document, "tool", "poetry", "packages") or []:
        found.append(_dig(entry, "from"))
    for entry in _dig(document, "tool", "hatch", "build", "targets", "wheel", "packages") or []:
        found.append(str(entry).rpartition("/")[0])
    found += _setup_cfg(source.read(suite.below(folder, "setup.cfg")) or "")
    script = source.read(suite.below(folder, "setup.py")) or ""
    found += [*_PACKAGE_DIR.findall(script), *_WHERE.findall(script)]
    return [f for f in found if isinstance(f, str) and f]


def _setup_cfg(text: str) -> list[str]:
    where = re.findall(r"^where\s{0,4}=\s{0,4}([\w./-]{1,80})\s*$", text, re.MULTILINE)
    mapped = re.findall(r"^package_dir\s{0,4}=\s*=\s{0,4}([\w./-]{1,80})\s*$", text, re.MULTILINE)
    return [*where, *mapped]
