"""Which paths a fix may touch. Deny wins. Pure."""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterable, Iterator, Mapping

import re2

from healer.case import Scope
from triage.incident import Source

# Never part of a fix: they decide what runs, how it is tested, or who may see it.
_DENIED = (
    ".*",
    "*/.*",
    "*.lock",
    "*-lock.json",
    "*.pth",
    "*.py[codx]",
    "*.so",
    "*.so.*",
    "*.dll",
    "*.dylib",
    "*.zip",
    "*.egg",
    "*.whl",
    "*.egg-info*",
    "*.dist-info/*",
    "*.pem",
    "*.key",
    "*requirements*.txt",
    "*requirements*.in",
    "*constraints*.txt",
    "pip.conf",
    "*/pip.conf",
    "uv.toml",
    "*/uv.toml",
    "hatch.toml",
    "pixi.toml",
    "package.json",
    "*/package.json",
    "pipfile",
    "*/pipfile",
    "pyproject.toml",
    "*/pyproject.toml",
    "setup.cfg",
    "*/setup.cfg",
    "setup.py",
    "*/setup.py",
    "tox.ini",
    "*/tox.ini",
    "*pytest.ini",
    "*pytest.toml",
    "noxfile.py",
    "*/noxfile.py",
    "*makefile",
    "*.mk",
    "justfile",
    "procfile",
    "dockerfile*",
    "*/dockerfile*",
    "*compose*.y*ml",
    "jenkinsfile",
    "azure-pipelines.yml",
    "conftest.py",
    "*/conftest.py",
    "sitecustomize.py",
    "*/sitecustomize.py",
    "usercustomize.py",
    "*/usercustomize.py",
    "migrations/*",
    "*/migrations/*",
    "claude.md",
    "agents.md",
)
_TOOLS = frozenset(
    {"pytest", "_pytest", "pluggy", "unittest", "iniconfig", "packaging", "exceptiongroup", "py"}
)


_TESTS = frozenset({"tests.py", "test.py"})  # as Django's applications have them


def refused(path: str, scope: Scope, tests: Iterable[str]) -> str:
    """Why `path` may not be changed; "" where it may."""
    parts = path.split("/")
    if not path or path.startswith("/") or {"", ".", ".."} & set(parts) or not path.isprintable():
        return f"{path!r} is not a plain relative path"
    lower = path.lower()
    if any(fnmatch.fnmatchcase(lower, pattern) for pattern in _DENIED):
        return f"{path} decides what runs or how it is tested"
    if any(t in {path, ".", ""} or path.startswith(t.rstrip("/") + "/") for t in tests) or _named_test(parts):
        return f"{path} belongs to the tests"
    if any(fnmatch.fnmatchcase(path, pattern) for pattern in scope.deny):
        return f"{path} is denied by the scope"
    if not any(fnmatch.fnmatchcase(path, pattern) for pattern in scope.allow):
        return f"{path} is outside the scope ({', '.join(scope.allow)})"
    return ""


def _named_test(parts: list[str]) -> bool:
    *folders, name = [part.lower() for part in parts]
    named = name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in _TESTS
    return named or bool({"tests", "test", "__snapshots__"}.intersection(folders))


def behind_links(path: str, tests: Iterable[str], links: Mapping[str, str]) -> str:
    """Why a path may not be changed because of the symlinks of base (path -> where it leads)."""
    if path in links:
        return f"{path} is a symlink"
    inside = tuple(t.rstrip("/") for t in tests if t not in {"", "."})
    for link, to in links.items():
        of_tests = any(link == t or link.startswith(t + "/") for t in inside)
        if of_tests and (path == to or path.startswith(to.rstrip("/") + "/")):
            return f"{path} belongs to the tests, which reach it by {link}"
    return ""


def shadows(path: str, roots: Iterable[str], source: Source) -> str:
    """The standard, test or foreign module, or the file of the tree, that a new file would hide; "" where it
    hides none."""
    known = frozenset(source.paths())
    for root in roots:
        prefix = "" if root in {"", "."} else root.rstrip("/") + "/"
        if not path.startswith(prefix):
            continue
        inside = path[len(prefix) :]
        head = inside.split("/")[0].removesuffix(".py")
        if head in sys.stdlib_module_names or head in _TOOLS:
            return head
        if hidden := next((f for f in _same(inside, roots) if f in known and f != path), ""):
            return hidden
        own = any(p.startswith((f"{prefix}{head}/", f"{prefix}{head}.py")) for p in known)
        if not own and _imported(head, known, source):
            return head
    return ""


def _same(inside: str, roots: Iterable[str]) -> Iterator[str]:
    """Where a module of the same dotted name may lie: `shop/prices.py` beside `shop/prices/__init__.py`, or
    below another root."""
    module = inside.removesuffix(".py").removesuffix("/__init__")
    for root in roots:
        prefix = "" if root in {"", "."} else root.rstrip("/") + "/"
        yield from (f"{prefix}{module}.py", f"{prefix}{module}/__init__.py")


def _imported(name: str, known: Iterable[str], source: Source) -> bool:
    """Does the tree import a top-level module of this name, which is not its own?"""
    wanted = re2.compile(rf"(?m)^[ \t]*(?:import|from)[ \t]+{re2.escape(name)}\b")
    return any(wanted.search(source.read(p) or "") for p in known if p.endswith(".py"))
