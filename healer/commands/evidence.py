"""`healer evidence`: what a case rests on, question by question; asked again, and compared."""

from __future__ import annotations

import argparse

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from healer import settings, wiring
from healer.errors import BadInput, NotConfigured
from healer.store.reading import Reading
from healer.tools.inquiry import Inquiry
from triage.incident import Answer

COLUMNS = ("id", "question", "asked by", "rows", "ms", "digest")


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=int, help="its id, as `healer cases` lists it")
    parser.add_argument("--again", action="store_true", help="ask each question again; 1 where one differs")
    parser.add_argument("--sql", action="store_true", help="print each question with what was bound")


def run(args: argparse.Namespace) -> int:
    console, differs = Console(), False
    with wiring.service(settings.load()) as service:
        reading = Reading(service.dsn)
        if reading.case(args.case) is None:
            raise BadInput(f"there is no case {args.case}; `healer cases` lists them")
        table = Table(*COLUMNS, *(["again"] if args.again else []))
        for answer in reading.known(args.case).answers:
            again = [_again(service.inquiry, answer)] if args.again else []
            differs = differs or again not in ([], ["the same"])
            table.add_row(*map(escape, (*_row(answer), *again)))
            if args.sql:
                console.print(escape(f"{answer.id}: {answer.sql}\n-- {answer.bindings}\n"), highlight=False)
    console.print(table)
    return int(differs)


def _row(answer: Answer) -> tuple[str, ...]:
    rows = f"{answer.row_count}{'+' if answer.truncated else ''}"
    by = answer.by or "healer"
    return answer.id, answer.question, by, rows, f"{answer.milliseconds:.1f}", answer.digest[:12]


def _again(inquiry: Inquiry | None, answer: Answer) -> str:
    if inquiry is None:
        raise NotConfigured("there is no event log to ask; set observed.url")
    found = inquiry.again(answer)
    if not found.answers:
        return f"not answered: {found.gaps[0].reason}"
    (now,) = found.answers
    return "the same" if now.digest == answer.digest else f"differs: {now.row_count} rows now"
