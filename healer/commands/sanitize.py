"""`healer sanitize`: what is left of a text or an event when nothing in it can harm or leak."""

from __future__ import annotations

import argparse
import sys

from healer.errors import BadInput
from triage.sanitize.command import LARGEST
from triage.sanitize.command import run as clean


def add(parser: argparse.ArgumentParser) -> None:
    channels = ("model", "github", "slack", "html")
    parser.add_argument("--channel", choices=channels, help="encode for this reader; default: only clean")


def run(args: argparse.Namespace) -> int:
    if sys.stdin is None:
        raise BadInput("standard input is closed; give an event there: healer sanitize < event.json")
    data = sys.stdin.buffer.read(LARGEST + 1)
    try:
        cleaned = clean(data, args.channel)
    except ValueError as error:
        raise BadInput(str(error)) from None
    sys.stdout.buffer.write(cleaned.encode())  # whatever the locale
    sys.stdout.flush()
    return 0
