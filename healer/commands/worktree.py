"""`healer worktree CASE`: the place where a case's tests run, for a person."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

from healer import settings, wiring
from healer.commands.sandbox import left_out, show, tell
from healer.engine import Queue
from healer.engine.steps import unpacked
from healer.errors import BadInput
from healer.outlets import Outlets
from healer.store import cases
from healer.store.database import Connection, connect
from healer.workshop import shell


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=int, metavar="CASE", help="its number; `healer cases` lists them")
    parser.add_argument("--print", action="store_true", help="print the files' names instead of a shell")
    parser.add_argument(
        "words", nargs="*", metavar="CMD", help="run this in the sandbox, as the case's tests are run"
    )


def run(args: argparse.Namespace) -> int:
    """A shell in a private tree of the commit that the case is about, gone when the shell ends.

    It is your shell, outside the sandbox: give a command after `--` to run the repository's own code, with
    the environment, database and secrets that its tests get."""
    config = settings.load()
    with wiring.service(config) as service:
        with connect(service.dsn) as connection:
            incident = cases.load(connection, args.case)
            commit = _commit(connection, args.case)
        if incident is None:
            raise BadInput(f"there is no case {args.case}; `healer cases` lists them")
        project = config.find(incident.project).project()
        place, token = wiring.Place.of(config, tell), Outlets(config, service.dsn).token
        with place.yard(config.home, service.sandbox, token) as yard:
            target = yard.open(project.model_copy(update={"base": commit or project.base}))
            tree = yard.export(target)
            left_out(tree)
            if args.words:
                return show(shell.run(yard, service.sandbox, target, args.words, secrets=place.secrets))
            if args.print:
                print("\n".join(str(path) for path in sorted(tree.path.rglob("*")) if path.is_file()))
                return 0
            print(f"{tree.path} at {tree.commit[:12]}; leave the shell to remove it", file=sys.stderr)
            return subprocess.run([settings.shell()], cwd=tree.path, check=False).returncode


def _commit(connection: Connection, case: int) -> str:
    """What was diagnosed; "" where it did not come to that."""
    state = Queue().recalled(connection, case, "diagnose")
    return str(json.loads(unpacked(state))["target"]["commit"]) if state else ""
