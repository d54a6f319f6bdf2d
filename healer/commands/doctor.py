"""`healer doctor`: what this machine can do, and what to do where it cannot."""

from __future__ import annotations

import argparse
import importlib.util
import shutil
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape

from healer import reach, settings, wiring
from healer.errors import HealerError, Refused
from healer.workshop.sandbox import Bubblewrap

NO_LOG = "no event log is asked; set observed.url (deploy/readonly_role.sql makes its role)"


def add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-database", action="store_true", help="do not start or reach PostgreSQL")
    parser.add_argument("--offline", action="store_true", help="ask neither GitHub nor Slack nor Sentry")


def run(args: argparse.Namespace) -> int:
    """0 where all of it holds."""
    console, well = Console(), True
    for name, held, detail in _checks(no_database=args.no_database, offline=args.offline):
        mark = "[green]ok[/]  " if held else "[red]no[/]  "
        console.print(f"{mark}{escape(name)}" + (f": {escape(detail)}" if detail else ""))
        well = well and held
    return 0 if well else 1


def _checks(*, no_database: bool, offline: bool) -> Iterator[tuple[str, bool, str]]:
    git = shutil.which("git", path=settings.search_path())
    yield "git", git is not None, "" if git else "install git 2.28 or newer"
    tested = Bubblewrap().check()
    for name, held, detail in tested.checks:
        yield f"sandbox: {name}", held, detail
    yield "sandbox", tested.ok, tested.remedy
    try:
        config = settings.load()
    except HealerError as error:
        yield "settings", False, str(error)
        return
    named = ", ".join(project.name for project in config.project)
    yield (
        "settings",
        True,
        f"projects: {named}" if named else "no project yet; add a [[project]] to healer.toml",
    )
    yield _model(config)
    if not offline:
        yield from reach.checks(config)
    if not no_database:
        yield _database(config)


def _model(config: settings.Settings) -> tuple[str, bool, str]:
    name = config.model.name
    if not name:
        return "model", True, "none: rules work alone"
    if importlib.util.find_spec("pydantic_ai") is None:
        return "model", False, "not installed; run in Healer's checkout: pip install '.[model]'"
    if not config.model.key.get_secret_value() and not config.model.url:
        return "model", False, "set HEALER_MODEL_KEY"
    named = [one for one in (name, config.model.cheap, config.model.review) if one]
    try:
        for one in named:
            config.budget.prices().of(one)
    except Refused as unpriced:
        return "model", False, unpriced.reason
    return "model", True, ", ".join(dict.fromkeys(named))


def _database(config: settings.Settings) -> tuple[str, bool, str]:
    try:
        with wiring.service(config) as service:
            return "database", True, "with an event log" if service.observed else NO_LOG
    except HealerError as error:
        return "database", False, str(error)
