"""Finds crashes between releases: `python -m benchmarks.crashes.mine PROJECT BUGGY FIXED [--roots src] …`.

Upstream's tests of the fixed release run against both; one that passes on the fixed release and on the buggy
one raises inside the package is a crash that upstream fixed. Prints recipes, one for each place of failure.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.crashes.releases import Release, Yard

_NOT_CRASHES = {
    "AssertionError",
    "Failed",
    "Skipped",
    "NotImplementedError",
    "ImportError",
    "ModuleNotFoundError",
}
_NOT_CRASHES |= {
    "SyntaxError",
    "XFailed",
    "KeyboardInterrupt",
    "DeprecationWarning",
    "OSError",
    "ConnectionError",
}


def crashes(yard: Yard, release: Release) -> list[dict[str, Any]]:
    """One failing node for each (exception, file, function, line)."""
    buggy, fixed = yard.buggy_tree(release).resolve(), yard.fixed_tree(release).resolve()
    failing = _failing(yard, release, buggy, release.tests)
    inside = [f for f in failing if f["frames"] and f["exception"] not in _NOT_CRASHES]
    places: dict[tuple[str, ...], dict[str, Any]] = {}
    for found in inside:
        if not found["frames"][-1][0].startswith(tuple(f"{t}" for t in release.tests)):
            places.setdefault((found["exception"], *map(str, found["frames"][-1])), found)
    if not places:
        return []
    nodes = [f["node"] for f in places.values()]
    still = {f["node"] for f in _failing(yard, release, fixed, nodes)}
    return [f for f in places.values() if f["node"] not in still and not _on_purpose(buggy, f)]


def _failing(yard: Yard, release: Release, repo: Path, nodes: Any) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "seen.json"
        yard.capture(release, repo, "-", out, list(nodes))
        return json.loads(out.read_text()) if out.exists() else []


def _on_purpose(repo: Path, found: dict[str, Any]) -> bool:
    """A `raise` statement is the program's own answer, not a crash."""
    path, _, line = found["frames"][-1]
    lines = (repo / path).read_text("utf-8", "replace").splitlines()
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return text.startswith(("raise", "assert"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project")
    parser.add_argument("versions", nargs="+", help="oldest first; each is compared with the next")
    parser.add_argument("--python", default="3.11")
    parser.add_argument("--roots", default="")
    parser.add_argument("--tests", default="tests")
    parser.add_argument("--install", default="")
    parser.add_argument("--cache", default=str(Path(tempfile.gettempdir()) / "healer-crashes"))
    options = parser.parse_args()
    yard = Yard(Path(options.cache))
    for buggy, fixed in zip(options.versions, options.versions[1:], strict=False):
        release = Release(
            options.project,
            buggy,
            fixed,
            options.python,
            tuple(options.install.split()),
            (options.roots,),
            tuple(options.tests.split()),
        )
        try:
            for found in crashes(yard, release):
                print(_recipe(release, found), flush=True)
        except (RuntimeError, OSError) as error:
            print(
                f"# {release.project} {buggy} -> {fixed}: {' '.join(str(error).split())[:300]}",
                file=sys.stderr,
            )


def _recipe(release: Release, found: dict[str, Any]) -> str:
    path, function, line = found["frames"][-1]
    return "\n".join(
        [
            "[[crash]]",
            f'project = "{release.project}"',
            f'buggy = "{release.buggy}"',
            f'fixed = "{release.fixed}"',
            f'python = "{release.python}"',
            f"install = {json.dumps(list(release.install))}",
            f"roots = {json.dumps(list(release.roots))}",
            f"tests = {json.dumps(list(release.tests))}",
            f"node = {json.dumps(found['node'])}",
            f'exception = "{found["exception"]}"',
            f"# {path}:{line} {function}: {' '.join(found['message'].split())[:90]}",
            "",
        ]
    )


if __name__ == "__main__":
    main()
