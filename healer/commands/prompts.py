"""`healer prompts`: every prompt, its version, and whether it may be used."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from healer import prompting
from healer.errors import BadInput


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lock", action="store_true", help="add new versions to prompts.lock")


def run(args: argparse.Namespace) -> int:
    """0 where every prompt may be used."""
    prompts = {file: prompting.parse(text, file) for file, text in prompting.files().items()}
    if args.lock:
        _write(prompting.relocked(prompts, prompting.locked()))
    table, well, lock = Table("prompt", "tier", "inputs", "output", "state"), True, prompting.locked()
    for prompt in prompts.values():
        problems = prompting.lint(prompt, lock)
        inputs = ", ".join(f"{name} ({kind})" for name, kind in prompt.header.inputs.items())
        state = "; ".join(problems) or "ok"
        table.add_row(*map(escape, (prompt.id, prompt.header.tier, inputs, prompt.header.output, state)))
        well = well and not problems
    Console().print(table)
    return 0 if well else 1


def _write(text: str) -> None:
    place = Path(str(prompting.folder())) / prompting.LOCK
    try:
        place.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{place}: {error.strerror}; run this in a checkout of the project") from None
