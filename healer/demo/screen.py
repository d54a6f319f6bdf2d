"""What the demo shows."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.panel import Panel
from rich.status import Status
from rich.syntax import Syntax
from rich.table import Table

from healer.demo.build import ShopRepository
from healer.store.database import connect

STEPS = """
select s.name, s.seconds, s.dollars from healer.step s
 where s.case_id = %s order by s.started_at
"""
EVIDENCE = """
select max(extract(epoch from s.started_at - e.at) + s.seconds)::float8 as seconds
  from healer.step s
  join healer.cases c on c.id = s.case_id
  join healer.event e on e.project = c.project and e.event_id = c.event_id
 where s.name = 'correlate'
"""
EVENT = """
select e.body from healer.cases c
  join healer.event e on e.project = c.project and e.event_id = c.event_id
 where c.id = %s
"""


class Screen:
    def __init__(self, console: Console) -> None:
        self._console, self._started = console, time.monotonic()
        self._status: Status | None = None

    def say(self, text: str) -> None:
        passed = time.monotonic() - self._started
        self._console.print(f"[dim]{passed:5.1f} s[/]  {escape(text)}")

    @contextmanager
    def working(self) -> Iterator[None]:
        with self._console.status("the cases are worked on") as status:
            self._status = status
            yield
        self._status = None

    def progress(self, known: list[dict[str, Any]]) -> None:
        if self._status:
            states = ", ".join(f"{escape(case['title'][:40])}: {case['state']}" for case in known)
            self._status.update(states)

    def summary(
        self, dsn: str, shop: ShopRepository, finished: list[dict[str, Any]], directory: Path, *, keep: bool
    ) -> None:
        pulls = shop.origin / "healer"
        for case in sorted(finished, key=lambda one: int(one["id"])):
            key = f"{case['fingerprint'][:12]}-{case['episode']}"
            if case["state"] == "proposed":
                self._pull_request(pulls / key)
        self._overview(dsn, finished)
        self._steps(dsn, finished)
        where = f"{directory}" if keep else "gone at the end; `make demo KEEP=dir` keeps them"
        self._console.print(f"\nFiles: {escape(where)}")
        if keep:
            self._console.print(f"  pull requests and proofs: {escape(str(pulls))}")
            self._console.print(
                f"  the shop: {escape(str(shop.checkout))}, its origin: {escape(str(shop.origin))}"
            )
        self.say("done")

    def _pull_request(self, folder: Path) -> None:
        text = _folded((folder / "pull.md").read_text(encoding="utf-8"))
        self._console.print(Panel(Markdown(text), title="the pull request, as a reviewer reads it"))
        diff = (folder / "fix.patch").read_text(encoding="utf-8")
        self._console.print(Panel(Syntax(diff, "diff", background_color="default"), title="the change"))

    def _overview(self, dsn: str, finished: list[dict[str, Any]]) -> None:
        table = Table(title="What became of it", show_lines=True)
        for name in ("error", "outcome", "why", "text of the event"):
            table.add_column(name, overflow="fold")
        with connect(dsn) as connection:
            for case in sorted(finished, key=lambda one: int(one["id"])):
                row = connection.execute(EVENT, (case["id"],)).fetchone()
                outcome = (
                    "[green]proposed[/]" if case["state"] == "proposed" else f"[yellow]{case['state']}[/]"
                )
                table.add_row(
                    escape(case["title"][:160]),
                    outcome,
                    escape(case["reason"]),
                    escape(_text(row["body"] if row else {})),
                )
        self._console.print(table)

    def _steps(self, dsn: str, finished: list[dict[str, Any]]) -> None:
        table = Table(title="Seconds and dollars per step")
        for name in ("case", "step", "seconds", "dollars"):
            table.add_column(name, justify="right" if name in {"seconds", "dollars"} else "left")
        with connect(dsn) as connection:
            for case in sorted(finished, key=lambda one: int(one["id"])):
                for row in connection.execute(STEPS, (case["id"],)).fetchall():
                    dollars = f"{row['dollars']:.4f}"
                    table.add_row(str(case["id"]), row["name"], f"{row['seconds']:.2f}", dollars)
            slowest = connection.execute(EVIDENCE).fetchone()
        self._console.print(table)
        if slowest:
            self._console.print(f"From an error to its evidence: {slowest['seconds']:.2f} s at most")


def _folded(body: str) -> str:
    """What a forge shows before anybody unfolds the questions' SQL."""
    shown, *rest = body.split("<details>")
    return shown + "".join(part.partition("</details>")[2] for part in rest)


def _text(event: dict[str, Any]) -> str:
    """What the sanitizer found in the event's text."""
    found = []
    if flags := event.get("flags"):
        found.append("prompt injection, defused: " + ", ".join(flags))
    if hidden := event.get("redactions"):
        found.append("redacted: " + ", ".join(f"{n} × {kind}" for kind, n in sorted(hidden.items())))
    return "; ".join(found) or "harmless"
