"""Report -> Markdown, HTML, Slack blocks, JSON. Pure. Every text passes the encoder of its channel."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from typing import Any

from triage.noun import Noun
from triage.report.nouns import Report
from triage.report.words import Section, sections, title
from triage.sanitize import clean, for_html, for_slack, inline_github
from triage.sanitize.inline import JOINER

SLACK_SECTION, SLACK_TOTAL, SLACK_ROWS = 2900, 12_500, 6

STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
body{color:#1f2937}
h1{font-size:1.6rem}h2{font-size:1.1rem;margin:1.8rem 0 .4rem;border-bottom:1px solid #d1d5db}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.25rem .6rem .25rem 0;
vertical-align:top;border-bottom:1px solid #e5e7eb;overflow-wrap:anywhere}
p{margin:.3rem 0}img{max-width:100%;height:auto}small{color:#4b5563}"""


class Chart(Noun):
    """A picture, PNG."""

    name: str  # file name
    alt: str
    png: bytes


def markdown(report: Report) -> str:
    lines = [f"# {inline_github(title(report))}", "", _period(report), ""]
    for section in sections(report):
        lines += [f"## {section.heading}", "", *(_paragraph(section)), *(_markdown_table(section)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _paragraph(section: Section) -> Iterator[str]:
    for line in section.lines:
        yield line if section.own else _inline(line)
        yield ""


def _inline(text: str) -> str:
    """Without the joiners that keep a word like `fixes` from acting, where it has nothing to act on."""
    inert = inline_github(text)
    return inert if any(mark in text for mark in ("#", "/", "-", "@", "www")) else inert.replace(JOINER, "")


def _markdown_table(section: Section) -> Iterator[str]:
    if not section.rows:
        return
    yield "| " + " | ".join(head or " " for head in section.head) + " |"
    yield "|" + " --- |" * len(section.head)
    for row in section.rows:
        yield "| " + " | ".join(_inline(cell.replace("|", "¦")) or " " for cell in row) + " |"


def page(report: Report, charts: Sequence[Chart] = ()) -> str:
    """One HTML file: no script, nothing from elsewhere, pictures inside."""
    name = for_html(title(report))
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    body = "".join(_html_section(section) for section in sections(report))
    pictures = "".join(_picture(chart) for chart in charts)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{name}</title><style>{STYLE}</style></head>"
        f"<body><h1>{name}</h1><small>{for_html(_period(report))}</small>{body}{pictures}</body></html>\n"
    )


def _html_section(section: Section) -> str:
    lines = "".join(f"<p>{for_html(line)}</p>" for line in section.lines)
    return f"<h2>{html.escape(section.heading)}</h2>{lines}{_html_table(section)}"


def _html_table(section: Section) -> str:
    if not section.rows:
        return ""
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in section.head)
    rows = "".join("<tr>" + "".join(f"<td>{for_html(c)}</td>" for c in row) + "</tr>" for row in section.rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _picture(chart: Chart) -> str:
    data = base64.b64encode(chart.png).decode()
    return f'<p><img alt="{html.escape(chart.alt)}" src="data:image/png;base64,{data}"></p>'


def slack(report: Report) -> list[dict[str, Any]]:
    """Block Kit, within its limits: long tables show their first rows and say how many there are."""
    head = {"type": "plain_text", "text": clean(title(report)).text[:100], "emoji": False}
    blocks: list[dict[str, Any]] = [{"type": "header", "text": head}]
    room = SLACK_TOTAL - 200
    for section in sections(report):
        text = f"*{section.heading}*\n" + "\n".join(_slack_lines(section))
        text = _whole_lines(text, min(SLACK_SECTION, room))
        if not text:
            break
        room -= len(text)
        blocks.append({"type": "section", "text": {"type": "mrkdwn", "text": text}})
    return blocks


def _slack_lines(section: Section) -> Iterator[str]:
    yield from (_slack_text(line, 700) for line in section.lines)
    for row in section.rows[:SLACK_ROWS]:
        cells = [
            f"{name} {cell}" if name and n else cell
            for n, (name, cell) in enumerate(zip(section.head, row, strict=True))
            if cell
        ]
        yield "• " + _slack_text(" · ".join(cells), 400)
    if len(section.rows) > SLACK_ROWS:
        yield f"• … {len(section.rows) - SLACK_ROWS} more"


def _slack_text(text: str, limit: int) -> str:
    flat = " ".join(text.split())
    escaped = for_slack(flat)
    return escaped if len(escaped) <= limit else for_slack(flat[: limit // 5 * 4 - 1])[: limit - 1] + "…"


def _whole_lines(text: str, room: int) -> str:
    kept: list[str] = []
    for line in text.split("\n"):
        if sum(map(len, kept)) + len(kept) + len(line) > room:
            break
        kept.append(line)
    return "\n".join(kept)


def _period(report: Report) -> str:
    return f"{report.since:%Y-%m-%d %H:%M} to {report.until:%Y-%m-%d %H:%M} UTC, weeks of {report.zone}"
