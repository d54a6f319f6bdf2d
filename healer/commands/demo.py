"""`healer demo`: the whole of it on this machine alone."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console

from healer import settings


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--keep", default="", metavar="DIR", help="keep every file in DIR")


def run(args: argparse.Namespace) -> int:
    from healer.demo.run import run as play

    directory = Path(args.keep).absolute() if args.keep else settings.load().home / "demo"
    return play(directory, keep=bool(args.keep), console=Console())
