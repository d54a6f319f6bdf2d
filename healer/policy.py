"""What an agent may see and change: every tool call passes here, at run time. Pure; deny wins.

The proof's static gate judges the finished patch again, by its own rules. This is the first of two walls.
"""

from __future__ import annotations

import fnmatch
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import re2

from healer.case import Reproduction, Scope, Target
from triage.incident import Event, Source
from triage.noun import Noun

FLAGGED_RISK = 0.5  # of prompt injection; from here on an incident gets the smaller set
LONGEST_PATH = 300  # characters

# Nobody's business: neither shown nor changed, whatever a project's configuration says.
SECRET = (
    ".git",
    ".git/**",
    "**/.env",
    "**/.env.*",
    "**/*.pem",
    "**/*.key",
    "**/*.p12",
    "**/*.pfx",
    "**/*.jks",
    "**/*.keystore",
    "**/id_rsa*",
    "**/id_ed25519*",
    "**/.netrc",
    "**/.npmrc",
    "**/.pypirc",
    "**/.aws/**",
    "**/.ssh/**",
    "**/credentials",
    "**/credentials.*",
    "**/secrets.*",
    "**/secret.*",
    "**/.htpasswd",
    "**/*.tfstate",
    "**/*.tfvars",
)
# What decides what runs, how it is tested or what an agent is told: changed only where `editable` names it.
GUARDED = (
    "**/.*",
    "**/.*/**",
    "**/*.lock",
    "**/*-lock.json",
    "**/*lock.yaml",
    "**/go.sum",
    "**/*requirements*.txt",
    "**/*requirements*.in",
    "**/requirements/**",
    "**/pipfile",
    "**/pyproject.toml",
    "**/setup.cfg",
    "**/setup.py",
    "**/tox.ini",
    "**/*pytest.ini",
    "**/*pytest.toml",
    "**/noxfile.py",
    "**/tasks.py",
    "**/makefile",
    "**/justfile",
    "**/*dockerfile*",
    "**/*compose*.y*ml",
    "**/jenkinsfile*",
    "**/azure-pipelines*",
    "**/bitbucket-pipelines*",
    "**/ci/**",
    "**/migrations/**",
    "**/alembic/**",
    "**/conftest.py",
    "**/test_*.py",
    "**/*_test.py",
    "**/tests/**",
    "**/test/**",
    "**/sitecustomize.py",
    "**/usercustomize.py",
    "**/*.pth",
    "**/*.pyc",
    "**/*.so",
    "**/agents.md",
    "**/claude.md",
    "**/gemini.md",
    "**/contributing.md",
    "**/codeowners",
)
# The set for incidents whose text shows signs of injection: look, mend, run the reproduction, answer.
NARROW = frozenset(
    {"list_files", "read_file", "search", "find_symbol", "evidence", "run_tests", "edit", "finish"}
)
NARROW_FILES = 2


class Decision(Noun):
    """One call, judged. `code` is stable; `rule` names what decided, in a person's words."""

    tool: str
    subject: str = ""  # the path or name it was about
    allowed: bool
    rule: str = ""
    code: str = "ok"
    detail: str = ""


@dataclass(frozen=True)
class Policy:
    """Of one run. `named` are the globs that the project's configuration names itself."""

    scope: Scope
    source: Source
    target: Target
    flagged: bool = False
    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, reproduction: Reproduction, source: Source) -> Policy:
        diagnosis = reproduction.diagnosis
        event = diagnosis.incident.event
        return cls(
            scope=diagnosis.scope,
            source=source,
            target=diagnosis.target,
            flagged=suspicious(event),
            named=diagnosis.target.project.editable,
        )

    @property
    def max_files(self) -> int:
        return min(self.scope.max_files, NARROW_FILES) if self.flagged else self.scope.max_files

    def tool(self, name: str, known: Iterable[str], closed: Mapping[str, str] | None = None) -> Decision:
        """May this tool be called at all? `closed`: those that are off, and why."""
        if name not in known:
            return _no(name, "unknown_tool", "only the listed tools exist", name)
        if self.flagged and name not in NARROW:
            return _no(
                name, "flagged", "an incident with signs of injection gets a smaller set of tools", name
            )
        if closed and name in closed:
            return _no(name, "off", closed[name], name)
        return Decision(tool=name, subject=name, allowed=True, rule="known tool")

    def readable(self, tool: str, path: str) -> Decision:
        """May this file be shown?"""
        if bad := self._malformed(tool, path):
            return bad
        if pattern := first_match(path, SECRET):
            return _no(tool, "secret", f"{pattern} is never shown", path)
        if path not in self._files:
            return _no(
                tool, "no_such_file", "only regular files of the commit can be read", path, self._hint(path)
            )
        return Decision(tool=tool, subject=path, allowed=True, rule="a file of the commit")

    def visible(self) -> tuple[str, ...]:
        """Every file of the commit that may be shown."""
        hidden = _any_of(SECRET).fullmatch
        return tuple(
            path for path in self.source.paths() if not hidden(path.casefold()) and path.isprintable()
        )

    def editable(self, tool: str, path: str, changed: Iterable[str] = ()) -> Decision:
        """May this file be changed or made? `changed` are the files changed so far."""
        return (
            self._malformed(tool, path)
            or self._scratch(tool, path)
            or self._guarded(tool, path)
            or self._out_of_scope(tool, path)
            or self._not_a_place(tool, path)
            or self._too_many(tool, path, {*changed, path})
            or Decision(tool=tool, subject=path, allowed=True, rule="inside the scope")
        )

    def selectable(self, tool: str, node: str, extra: Iterable[str] = ()) -> Decision:
        """May this test file or node id be run? `extra` are test files that the service lays over."""
        path = node.partition("::")[0]
        if node.startswith("-") or "\n" in node or len(node) > LONGEST_PATH + 200:
            return _no(tool, "not_a_test", "a test is a path, or path::name", node[:80])
        if bad := self._malformed(tool, path):
            return bad
        held = any(
            path == t or path.startswith(t.rstrip("/") + "/") or t in {".", ""} for t in self.target.tests
        )
        if path in set(extra) or (held and (path in self._files or path in self._directories)):
            return Decision(tool=tool, subject=node, allowed=True, rule="a test of the project")
        return _no(tool, "not_a_test", "only the project's tests and the reproduction can be run", node)

    def _malformed(self, tool: str, path: str) -> Decision | None:
        reason = malformed(path)
        return (
            _no(tool, "bad_path", "a path is relative to the repository, plain, with /", path[:80], reason)
            if reason
            else None
        )

    def _scratch(self, tool: str, path: str) -> Decision | None:
        """A new test may be written to try something out; it never becomes part of the patch."""
        if self.flagged or not self.scratch(path) or first_match(path, SECRET):
            return None
        return Decision(
            tool=tool, subject=path, allowed=True, rule="a new test, for this run only", code="scratch"
        )

    def scratch(self, path: str) -> bool:
        """Is this a new test file in a folder of tests?"""
        folder, _, name = path.rpartition("/")
        new = path not in self._files and _folded(path) not in self._by_fold
        fits = name.startswith("test_") and name.endswith(".py") and folder in self._directories
        return new and fits and bool(self._test_folder(path))

    def _guarded(self, tool: str, path: str) -> Decision | None:
        if pattern := first_match(path, SECRET):
            return _no(tool, "secret", f"{pattern} is never changed", path)
        pattern = first_match(path, GUARDED) or self._test_folder(path)
        if pattern and not any(first_match(path, (own,)) and first_match(own, GUARDED) for own in self.named):
            return _no(tool, "guarded", f"{pattern} is changed by people only", path)
        if pattern := first_match(path, self.scope.deny):
            return _no(tool, "denied", f"{pattern} is denied by the scope", path)
        return None

    def _test_folder(self, path: str) -> str:
        held = (t for t in self.target.tests if t not in {"", "."})
        return next((t for t in held if path == t or path.startswith(t.rstrip("/") + "/")), "")

    def _out_of_scope(self, tool: str, path: str) -> Decision | None:
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in self.scope.allow):
            return None
        return _no(tool, "out_of_scope", f"an edit may touch: {', '.join(self.scope.allow)}", path)

    def _not_a_place(self, tool: str, path: str) -> Decision | None:
        """A new file must stand in a real folder, and not look like a file that is there."""
        if path in self._files:
            return None
        if path in self._directories:
            return _no(tool, "not_a_file", "this is a folder", path)
        if _folded(path) in self._by_fold:
            return _no(
                tool,
                "look_alike",
                "a file with nearly this name is there",
                path,
                self._by_fold[_folded(path)],
            )
        folder = path.rpartition("/")[0]
        if folder and folder not in self._directories:
            return _no(tool, "no_such_folder", "new files stand in folders that are there", path)
        return None

    def _too_many(self, tool: str, path: str, changed: set[str]) -> Decision | None:
        if len(changed) <= self.max_files:
            return None
        return _no(tool, "too_many_files", f"at most {self.max_files} files may be changed", path)

    def _hint(self, path: str) -> str:
        return self._by_fold.get(_folded(path), "")

    @cached_property
    def _files(self) -> frozenset[str]:
        return frozenset(self.source.paths())

    @cached_property
    def _directories(self) -> frozenset[str]:
        found: set[str] = set()
        for path in self._files:
            while (path := path.rpartition("/")[0]) and path not in found:
                found.add(path)
        return frozenset(found)

    @cached_property
    def _by_fold(self) -> dict[str, str]:
        return {_folded(path): path for path in self._files}


def malformed(path: str) -> str:
    """Why this is no plain relative path; "" where it is one."""
    parts = path.split("/")
    if not path or len(path) > LONGEST_PATH:
        return "empty or too long"
    if path.startswith(("/", "~")) or ":" in parts[0]:
        return "absolute"
    if {"", ".", ".."} & set(parts):
        return "not normal"
    if "\\" in path or not path.isprintable():
        return "holds a character that no path should"
    if any(part != part.strip() or part.endswith(".") for part in parts):
        return "blanks or dots at the end of a name"
    if unicodedata.normalize("NFKC", path) != path:
        return "characters that look like others"
    return ""


def first_match(path: str, patterns: tuple[str, ...]) -> str:
    """The first pattern that holds for `path` whatever its case; "" for none.

    `*` and `**` cross folders, as in `fnmatch`; `**/` also means: at the root."""
    folded = path.casefold()
    if not patterns or not _any_of(patterns).fullmatch(folded):
        return ""
    return next(pattern for pattern in patterns if _any_of((pattern,)).fullmatch(folded))


@cache
def _any_of(patterns: tuple[str, ...]) -> Any:
    """One RE2 for all of them: a repository may hold a hundred thousand names that a stranger chose."""
    return re2.compile("(?s)" + "|".join(_translated(pattern.casefold()) for pattern in patterns))


def _translated(glob: str) -> str:
    anywhere, glob = glob.startswith("**/"), glob.removeprefix("**/")
    pieces = {"*": ".*", "?": "."}
    body = "".join(pieces.get(char) or re2.escape(char) for char in glob.replace("**", "*"))
    return f"(?:(?:.*/)?{body})" if anywhere else f"(?:{body})"


def _folded(path: str) -> str:
    return unicodedata.normalize("NFKC", path).casefold()


def suspicious(event: Event) -> bool:
    """Does its text show signs of prompt injection?"""
    return bool(event.flags) or event.risk >= FLAGGED_RISK


def asking(tool: str, subject: str, code: str = "ok", why: str = "") -> Decision:
    """One question to the event log, judged by what it may be asked with."""
    if code == "ok":
        return Decision(tool=tool, subject=subject, allowed=True, rule="a question of this incident")
    return _no(tool, code, why, subject)


def _no(tool: str, code: str, rule: str, subject: str, detail: str = "") -> Decision:
    return Decision(tool=tool, subject=subject, allowed=False, rule=rule, code=code, detail=detail)
