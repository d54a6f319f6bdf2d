"""Which paths a fix may touch. Deny wins. Pure."""

from __future__ import annotations

import fnmatch
import sys
from collections.abc import Iterable

from healer.case import Scope

# Never part of a fix: they decide what runs, how it is tested, or who may see it.
_DENIED = (
    ".*",
    "*/.*",
    "*.lock",
    "*-lock.json",
    "*.pth",
    "*.pyc",
    "*.so",
    "*.pem",
    "*.key",
    "*requirements*.txt",
    "*requirements*.in",
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
    "makefile",
    "*/makefile",
    "dockerfile*",
    "*/dockerfile*",
    "jenkinsfile",
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
    name = parts[-1]
    return name.startswith("test_") or name.endswith("_test.py") or bool({"tests", "test"} & set(parts[:-1]))


def shadows(path: str, roots: Iterable[str]) -> str:
    """The standard or test module that a new file would hide; "" where it hides none."""
    for root in roots:
        prefix = "" if root in {"", "."} else root.rstrip("/") + "/"
        if not path.startswith(prefix):
            continue
        head = path[len(prefix) :].split("/")[0].removesuffix(".py")
        if head in sys.stdlib_module_names or head in _TOOLS:
            return head
    return ""
