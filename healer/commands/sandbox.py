"""`healer sandbox --repo PATH -- CMD …`: any command, the way tests are run."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from healer import settings, wiring
from healer.case import Limits, Project
from healer.errors import BadInput
from healer.protocols import Completed
from healer.workshop import shell
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.tree import Tree
from triage.sanitize.characters import visible

LONGEST = 24 * 3600
SHOWN = 20  # of what was left out of a tree


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--repo", required=True, metavar="PATH")
    parser.add_argument("--base", default="HEAD", metavar="REV")
    parser.add_argument("--python", default="", metavar="PATH", help="interpreter (default: found)")
    parser.add_argument("--seconds", type=duration, default=Limits().seconds, help="default: %(default)s")
    parser.add_argument("--database", action="store_true", help="an empty PostgreSQL inside, in DATABASE_URL")
    parser.add_argument("words", nargs=argparse.REMAINDER, metavar="-- CMD")


def duration(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= LONGEST:
        raise argparse.ArgumentTypeError(f"give more than 0, and at most {LONGEST}, seconds")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Exit code of the command."""
    words = args.words[1:] if args.words[:1] == ["--"] else args.words
    if not words:
        raise BadInput("no command is given; write it behind --, as in: healer sandbox --repo . -- pytest -q")
    repository = Path(args.repo)
    if not repository.is_dir():
        raise BadInput(f"{repository}: no such directory; give the repository's path with --repo")
    config = settings.load()
    sandbox = Bubblewrap(config.home)
    project = Project(
        name="local",
        repository=str(repository.resolve()),
        base=args.base,
        python=args.python,
        database=args.database,
    )
    with wiring.Place.of(config, tell).yard(config.home, sandbox) as yard:
        target = yard.open(project)
        left_out(yard.export(target))
        done = shell.run(yard, sandbox, target, words, limits=Limits(seconds=args.seconds))
    return show(done)


def show(done: Completed) -> int:
    """Its output, and what there is to say of it; its exit code."""
    sys.stdout.write(done.output)
    sys.stdout.flush()
    tell(f"exit code {done.exit_code} after {done.seconds:.2f} s")
    for name, found in (("limits hit", done.limits_hit), ("denied", done.denied)):
        tell(f"{name}: {', '.join(found) or 'none'}")
    return done.exit_code


def left_out(tree: Tree) -> None:
    for path, why in sorted(tree.left_out.items())[:SHOWN]:
        tell(f"left out: {visible(path)}: {why}")
    if len(tree.left_out) > SHOWN:
        tell(f"left out: {len(tree.left_out) - SHOWN} more")


def tell(text: str) -> None:
    print(f"healer: {text}", file=sys.stderr)
