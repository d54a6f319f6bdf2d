"""Tells the person at the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from healer.protocols import Message, Receipt


class ConsoleNotifier:
    name = "console"

    def __init__(self, console: Console) -> None:
        self._console = console

    def notify(self, message: Message) -> Receipt:
        facts = "  ".join(f"[dim]{escape(k)}[/] {escape(v)}" for k, v in message.facts)
        text = "\n".join([*(escape(line) for line in message.lines), facts, escape(message.link)]).strip()
        colour = "green" if "approve" in message.actions else "yellow"
        self._console.print(Panel(text, title=escape(message.title), border_style=colour, title_align="left"))
        return Receipt(key=message.key, channel=self.name, reference=message.key)
