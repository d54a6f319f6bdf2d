"""A week of rows -> Report -> Markdown, HTML, Slack blocks, JSON. Pure; charts are in `charts`."""

from triage.report.build import build, parameters
from triage.report.nouns import Report, wilson
from triage.report.render import Chart, markdown, page, slack
from triage.report.words import sections, title

__all__ = [
    "Chart",
    "Report",
    "build",
    "markdown",
    "page",
    "parameters",
    "sections",
    "slack",
    "title",
    "wilson",
]
