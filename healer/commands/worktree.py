"""`healer worktree CASE`: the place where a case's tests run, for a person."""

from __future__ import annotations

import argparse
import subprocess
import sys

from healer import settings, wiring
from healer.errors import BadInput
from healer.store import cases
from healer.store.database import connect
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.shell import worktree


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=int, metavar="CASE", help="its number; `healer cases` lists them")
    parser.add_argument("--print", action="store_true", help="print the files' names instead of a shell")


def run(args: argparse.Namespace) -> int:
    """A shell in a private tree of the case's base commit, gone when the shell ends.

    It is your shell, outside the sandbox: run the repository's own code with `healer sandbox`."""
    config = settings.load()
    with wiring.service(config) as service, connect(service.dsn) as connection:
        incident = cases.load(connection, args.case)
    if incident is None:
        raise BadInput(f"there is no case {args.case}; `healer cases` lists them")
    project = config.find(incident.project)
    with worktree(project.repository, project.base, config.home, Bubblewrap(config.home)) as tree:
        for path, why in tree.left_out.items():
            print(f"left out: {path}: {why}", file=sys.stderr)
        if args.print:
            print("\n".join(str(path) for path in sorted(tree.path.rglob("*")) if path.is_file()))
            return 0
        print(f"{tree.path} at {tree.commit[:12]}; leave the shell to remove it", file=sys.stderr)
        return subprocess.run([settings.shell()], cwd=tree.path, check=False).returncode
