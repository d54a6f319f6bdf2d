"""`healer report`: the week, computed from the record."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from healer import settings, weekly, wiring
from healer.channels import Channels
from healer.errors import BadInput
from healer.store.database import connect
from triage import report as reports
from triage.report import Report
from triage.report import week as weeks


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--week", default="", metavar="2026-W47", help="default: the last one that is over")
    parser.add_argument("--format", default="md", choices=("md", "html", "json", "slack"))
    parser.add_argument("--project", default="", help="default: all")
    parser.add_argument("--out", type=Path, metavar="FILE", help="default: standard output")
    parser.add_argument("--post", action="store_true", help="post it to Slack, once, with its charts")


def run(args: argparse.Namespace) -> int:
    config = settings.load()
    zone = ZoneInfo(config.report.zone)
    try:
        monday = weeks.parse(args.week) if args.week else weeks.last_complete(datetime.now(UTC), zone)
    except weeks.NoWeek as error:
        raise BadInput(str(error)) from None
    with wiring.service(config) as service:
        with connect(service.dsn) as connection:
            made = weekly.report(connection, monday, zone, args.project)
        if args.post:
            weekly.post(Channels(config, service.dsn).slack(), made)
            return 0
    _write(_rendered(made, args.format), args.out)
    return 0


def _rendered(made: Report, form: str) -> str:
    match form:
        case "html":
            return reports.page(made, weekly.charts(made))
        case "json":
            return made.model_dump_json(indent=1) + "\n"
        case "slack":
            return json.dumps({"blocks": reports.slack(made)}, indent=1, ensure_ascii=False) + "\n"
    return reports.markdown(made)


def _write(text: str, file: Path | None) -> None:
    if file is None:
        sys.stdout.write(text)
        return
    try:
        file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror}; choose another --out") from None
