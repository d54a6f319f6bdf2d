"""What zero-token repair can make of what people did: `python -m benchmarks.histories --mirrors FOLDER`.

FOLDER holds git repositories, bare or not, one a project (`NAME`, `NAME/repo` or `NAME/.git`). Of each are
read the commits that name a crash and change a few lines of one function, outside tests. Nothing is run: the
place of the crash and its words are supposed from the change (`benchmarks.supposed`), the locals are those
that the message tells, the candidates are made from the file alone, as it was before, and a fix counts as
made if one of them is alike (`benchmarks.likeness`) to what the project did.

That is a lower bound, by far: another way to the same end does not count. It serves to compare two versions
of the rules over many projects, and shows which fixes they have no word for. Projects fall into two halves by
their names, so that one can be studied (`--half study`) and the other kept (`--half kept`).

The last line is one JSON object: fixes, those made, those that no other candidate was put before.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import hashlib
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import re2

from benchmarks.likeness import Function, form, names
from benchmarks.source import Files
from benchmarks.supposed import Supposed, crashes
from healer.agents.rules.candidate import Candidate
from healer.agents.rules.ideas import candidates, sites
from healer.case import Diagnosis, Project, Scope, Signature, Target
from triage.incident import Decision, Event, Evidence, ExceptionInfo, Frame, Incident, Located, Verdict

MOST_LINES = 8  # code lines of the function that a fix adds, and that it takes away
MOST_FILES = 12  # that a fix changes besides: notes, tests
MOST_TEXT = 150_000  # characters of a file
MOST_CRASHES = 24  # supposed of a fix
PER_PROJECT = 25
NAMED = re2.compile(r"\b([A-Z][A-Za-z]*Error|StopIteration)\b")
NO_FIX = re2.compile(
    r"(?i)clean ?up|refactor|\bremov|improve|better|typo|\blint|mypy|pep ?8|deprecat|rename|simplif|revert|"
    r"\bdocs?\b|\btest|propagate|don't catch"
)
TESTS = re2.compile(
    r"(?:^|/)(?:tests?|testing|examples?|docs?)/|(?:^|/)(?:test_[^/]*|[^/]*_test|conftest|setup)\.py$"
)
KNOWN = frozenset(name for name, kind in vars(builtins).items() if isinstance(kind, type))


@dataclass(frozen=True)
class Fix:
    """One function of one file, before and after. `kinds` are the exceptions that its commit names."""

    project: str
    commit: str
    path: str
    function: str  # qualified
    kinds: tuple[str, ...]
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True)
class Made:
    """The candidate that is alike, and how many were thought more of."""

    fix: Fix
    crash: Supposed
    candidate: Candidate
    rank: int


def git(repository: Path, *arguments: str) -> str:
    command = ["git", "-C", str(repository), *arguments]
    return subprocess.run(command, capture_output=True, check=False).stdout.decode("utf-8", "replace")


def repositories(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.iterdir()):
        places = (path / "repo", path / ".git", path)
        found = next((place for place in places if (place / "HEAD").exists()), None)
        if found is not None:
            yield path.name, found


def fixes(project: str, repository: Path) -> Iterator[Fix]:
    """The newest first."""
    log = (
        "log",
        "--no-merges",
        "-E",
        r"--grep=\b[A-Z][A-Za-z]*Error\b|StopIteration",
        "--raw",
        "--no-renames",
    )
    for block in git(repository, *log, "--abbrev=40", "--format=%x01%H%x00%B%x02").split("\x01")[1:]:
        head, _, changes = block.partition("\x02")
        commit, _, message = head.partition("\x00")
        kinds = tuple(dict.fromkeys(k for k in NAMED.findall(message) if k in KNOWN))[:2]
        rows = [line.split() for line in changes.splitlines() if line.startswith(":")]
        source = [row for row in rows if row[5].endswith(".py") and not TESTS.search(row[5])]
        if not kinds or NO_FIX.search(message.partition("\n")[0]) or len(rows) > MOST_FILES:
            continue
        if len(source) == 1 and source[0][4] == "M":
            before, after = (git(repository, "cat-file", "blob", source[0][n]) for n in (2, 3))
            function = changed(before, after) if max(len(before), len(after)) < MOST_TEXT else ""
            if function and not raises_them(after, before, kinds):
                yield Fix(project, commit[:12], source[0][5], function, kinds, before, after)


def functions(text: str) -> dict[str, Function]:
    """Those of the module and its classes, by qualified name, without docstrings; {} if it is no Python."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return dict(_functions(tree.body, ""))


def _functions(body: Sequence[ast.stmt], above: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if ast.get_docstring(node) is not None:
                node.body = node.body[1:] or [ast.Pass(lineno=node.lineno, col_offset=0)]
            yield above + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{above}{node.name}.")


def changed(before: str, after: str) -> str:
    """The one function that differs, by a few lines; "" where there are others, or none."""
    old, new = functions(before), functions(after)
    differ = [name for name in old if name in new and ast.dump(old[name]) != ast.dump(new[name])]
    if len(differ) != 1 or old.keys() != new.keys():
        return ""
    one, other = (Counter(map(str.strip, ast.unparse(of[differ[0]]).splitlines())) for of in (old, new))
    small = max((one - other).total(), (other - one).total()) <= MOST_LINES
    return differ[0] if small else ""


def raises_them(after: str, before: str, kinds: Sequence[str]) -> bool:
    """Whether the error is the change's own: what it names is no crash then."""
    return any(after.count(f"raise {kind}") > before.count(f"raise {kind}") for kind in kinds)


def made(fix: Fix) -> Made | None:
    old, new = functions(fix.before)[fix.function], functions(fix.after)[fix.function]
    known, owner = names(old), fix.function.rpartition(".")[0]
    wanted, seen = form(new, known), {form(old, known)}
    if wanted in seen:
        return None
    supposed = (crash for kind in fix.kinds for crash in crashes(old, new, kind, owner)[:MOST_CRASHES])
    for crash in supposed:
        diagnosis = diagnosed(fix, crash)
        found = candidates(sites(diagnosis, Files({fix.path: fix.before})), diagnosis.scope)
        for rank, candidate in enumerate(found):
            function = functions(candidate.after).get(fix.function)
            if function is not None and form(function, known) == wanted:
                return Made(fix, crash, candidate, rank)
    return None


def diagnosed(fix: Fix, crash: Supposed) -> Diagnosis:
    """As the service would have it, with nothing but this file and this frame."""
    function = fix.function.rpartition(".")[2]
    frame = Frame(
        filename=fix.path, function=function, lineno=crash.line, in_app=True, vars=dict(crash.values)
    )
    raised = ExceptionInfo(type=crash.kind, value=crash.message, frames=(frame,))
    event = Event(event_id="0" * 32, exceptions=(raised,))
    target = Target(
        project=Project(name=fix.project, repository="."),
        commit="0" * 40,
        python=sys.executable,
        python_version=sys.version_info[:2],
        source_roots=(".",),
        test_command=("pytest",),
        tests=("tests",),
    )
    return Diagnosis(
        incident=Incident(project=fix.project, fingerprint="0" * 16, event=event),
        evidence=Evidence(),
        verdict=Verdict(decision=Decision.HEAL, code="single_point", reason=""),
        target=target,
        located=(Located(path=fix.path, function=function, line=crash.line, frame=frame),),
        suspects=(),
        signature=Signature(
            exception=crash.kind, path=fix.path, function=function, line=crash.line, message=crash.message
        ),
        scope=Scope(allow=("*.py",), deny=()),
    )


def half(project: str) -> str:
    return "study" if hashlib.sha256(project.encode()).digest()[0] % 2 == 0 else "kept"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mirrors", type=Path, required=True)
    parser.add_argument("--half", choices=("study", "kept"), default="study")
    parser.add_argument("--avoid", nargs="*", default=[], help="projects that are kept for something else")
    parser.add_argument("--limit", type=int, default=PER_PROJECT, help="fixes of one project")
    options = parser.parse_args()
    total, found = 0, list[Made]()
    for project, repository in repositories(options.mirrors):
        if half(project) != options.half or project in options.avoid:
            continue
        for fix, _ in zip(fixes(project, repository), range(options.limit), strict=False):
            total += 1
            one = made(fix)
            found += [one] if one is not None else []
            print(f"{project} {fix.commit} {fix.function} {fix.kinds[0]}: {shown(one)}", flush=True)
    templates = Counter(one.candidate.template.name for one in found)
    told = {"fixes": total, "made": len(found), "first": sum(one.rank == 0 for one in found)}
    print(json.dumps({**told, "templates": dict(templates.most_common())}))


def shown(one: Made | None) -> str:
    return f"{one.candidate.template.name}, {one.rank + 1}." if one is not None else "not made"


if __name__ == "__main__":
    main()
