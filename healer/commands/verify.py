"""`healer verify proof.json --repo PATH`: does the proof hold here, too?"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from healer import settings, wiring
from healer.commands.reading import read_json
from healer.errors import BadInput
from healer.verify import verify
from healer.workshop.sandbox import Bubblewrap
from triage.noun import Json
from triage.sanitize.characters import visible

MOST = 64 << 20  # bytes of a proof
LONGEST = 1000  # characters of a line that is shown


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proof", metavar="proof.json")
    parser.add_argument("--repo", required=True, metavar="PATH", help="a repository that has the base commit")
    parser.add_argument(
        "--commit", default="", metavar="REV", help="must be the base with the proof's change, and no other"
    )
    parser.add_argument("--python", default="", metavar="PATH", help="interpreter (default: found)")
    parser.add_argument(
        "--secret", action="append", default=[], metavar="NAME", help="a variable its tests may see"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of prose")


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 it holds, 3 it does not, 2 usage."""
    document = _read(Path(args.proof))
    repository = Path(args.repo)
    if not repository.is_dir():
        raise BadInput(f"{repository}: no such directory; give the repository's path with --repo")
    config = settings.load(secrets=args.secret)
    place = wiring.Place.of(config, lambda text: print(text, file=sys.stderr))
    found = verify(
        document,
        repository.resolve(),
        args.python or None,
        sandbox=Bubblewrap(config.home),
        commit=args.commit,
        secrets={name: place.secrets[name] for name in args.secret if name in place.secrets},
        virtual_env=settings.virtual_env(),
        installer=place.installer,
        tell=place.tell,
    )
    if args.json:
        print(found.model_dump_json(indent=1))
    else:
        print("the proof holds" if found.holds else "the proof does not hold")
        for line in (*found.differences, *found.notes):
            print(f"  {_shown(line)}")
    return 0 if found.holds else 3


def _shown(line: str) -> str:
    """Whoever wrote the document chose these words: on one line, and without what a terminal obeys."""
    text = visible(line).replace("\n", "\\n")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text) - LONGEST} characters more)"


def _read(path: Path) -> dict[str, Json]:
    document = read_json(path, MOST, "a proof.json")
    if not isinstance(document, dict):
        raise BadInput(f"{path}: not a proof; give a proof.json")
    return document
