"""Every tool of an agent. One more costs one entry here and a decision in `healer.policy`."""

from __future__ import annotations

from typing import Any

from healer.tools.asking import ASK, SELECT
from healer.tools.base import Tool
from healer.tools.edits import DIFF, EDIT
from healer.tools.ending import FINISH
from healer.tools.files import LIST, READ
from healer.tools.knowledge import EVIDENCE, HISTORY, PAST, QUESTIONS
from healer.tools.looking import SEARCH, SYMBOL
from healer.tools.trying import RUN

AGENT_TOOLS: tuple[Tool[Any, Any], ...] = (
    LIST, READ, SEARCH, SYMBOL, HISTORY, EVIDENCE, QUESTIONS, ASK, SELECT, PAST, RUN, EDIT, DIFF, FINISH
)  # fmt: skip
BY_NAME = {tool.name: tool for tool in AGENT_TOOLS}
