"""`healer cases`: every incident and case, also those below the floor, with the reason."""

from __future__ import annotations

import argparse
import json
import sys

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from healer import settings, wiring
from healer.case import Proof
from healer.errors import BadInput
from healer.proving.document import to_json
from healer.store import cases, proposals
from healer.store.database import connect


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--project", default="", help="default: all")
    parser.add_argument("--limit", type=int, default=50, metavar="N")
    parser.add_argument(
        "--proof", default="", metavar="KEY", help="print proof.json of a case, for `healer verify`"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of tables")


def run(args: argparse.Namespace) -> int:
    with wiring.service(settings.load()) as service, connect(service.dsn) as connection:
        if args.proof:
            return _print_proof(proposals.proof(connection, args.proof, args.project), args.proof)
        known = {
            "cases": cases.listed(connection, project=args.project, limit=args.limit),
            "incidents": cases.incidents(connection, project=args.project, limit=args.limit),
        }
    if args.json:
        json.dump(known, sys.stdout, indent=1, default=str)
        print()
        return 0
    console = Console()
    for title, names in (
        ("cases", ("id", "project", "title", "state", "reason", "url", "seconds", "dollars")),
        ("incidents", ("project", "title", "events", "last_seen", "state", "held")),
    ):
        table = Table(*names, title=title)
        for row in known[title]:
            table.add_row(*(escape(str(row[name])[:80]) for name in names))
        console.print(table)
    return 0


def _print_proof(proof: Proof | None, key: str) -> int:
    if proof is None:
        raise BadInput(f"{key} has no proof in the record; `healer cases` lists what was proposed")
    json.dump(to_json(proof), sys.stdout, indent=1)
    print()
    return 0
