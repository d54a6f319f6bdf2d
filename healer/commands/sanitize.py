"""`healer sanitize`: what is left of a text or an event when nothing in it can harm or leak."""

from __future__ import annotations

import argparse
import sys

from triage.sanitize.command import run as clean


def add(parser: argparse.ArgumentParser) -> None:
    channels = ("model", "github", "slack", "html")
    parser.add_argument("--channel", choices=channels, help="encode for this reader; default: only clean")


def run(args: argparse.Namespace) -> int:
    sys.stdout.buffer.write(clean(sys.stdin.buffer.read(), args.channel).encode())  # whatever the locale
    sys.stdout.flush()
    return 0
