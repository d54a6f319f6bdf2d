"""list_files and read_file."""

from __future__ import annotations

import fnmatch

from pydantic import Field

from healer.tools.base import Arguments, Tool, ToolError
from healer.tools.desk import Desk

MOST_NAMES = 300
MOST_LINES = 400
FEW_LINES = 150  # past the soft limit of the budget


class ListFiles(Arguments):
    glob: str = Field(
        default="*", min_length=1, max_length=200, description="fnmatch pattern; * crosses folders"
    )


class ReadFile(Arguments):
    path: str = Field(max_length=400, description="relative to the repository")
    start: int = Field(default=1, ge=1, le=10_000_000, description="first line, from 1")
    lines: int = Field(default=200, ge=1, le=MOST_LINES)


def list_files(desk: Desk, asked: ListFiles) -> str:
    if asked.glob.count("*") > 8:
        raise ToolError("bad_arguments", "at most eight * in a pattern")
    names = fnmatch.filter((*desk.readable, *desk.overlay), asked.glob)
    found = sorted(set(names))
    rest = f"\n… {len(found) - MOST_NAMES} more; narrow the pattern" if len(found) > MOST_NAMES else ""
    return "\n".join(found[:MOST_NAMES]) + rest or "no file matches; try a wider pattern"


def read_file(desk: Desk, asked: ReadFile) -> str:
    if asked.path not in desk.overlay:
        desk.allow(desk.policy.readable("read_file", asked.path))
    lines = desk.shown(asked.path)
    if asked.start > len(lines):
        raise ToolError("no_such_line", f"{asked.path} has {len(lines)} lines")
    most = min(asked.lines, FEW_LINES if desk.budget.saving else MOST_LINES)
    part = lines[asked.start - 1 : asked.start - 1 + most]
    numbered = "\n".join(f"{n:>5}| {line[:2000]}" for n, line in enumerate(part, start=asked.start))
    return f"{asked.path}, lines {asked.start}-{asked.start + len(part) - 1} of {len(lines)}\n{numbered}"


LIST = Tool("list_files", "List the repository's files that match a pattern.", ListFiles, list_files)
READ = Tool(
    "read_file",
    "Read lines of a file, with your edits in it. Numbers and the bar before each line are not part of it.",
    ReadFile,
    read_file,
)
