"""edit and edit_diff: onto the overlay in memory. Nothing is written anywhere else."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from healer.proving import diff, text
from healer.proving.paths import shadows
from healer.tools.base import Arguments, Tool, ToolError
from healer.tools.desk import Desk
from triage.python import parse

LARGEST = 256 * 1024  # characters of a file after an edit


class Edit(Arguments):
    path: str = Field(max_length=400)
    old: str = Field(
        max_length=100_000, description="exactly one passage of the file; empty makes a new file"
    )
    new: str = Field(max_length=100_000, description="what stands there instead")


class EditDiff(Arguments):
    diff: str = Field(
        min_length=1, max_length=200_000, description="unified, with --- a/… and +++ b/… headers"
    )


def edit(desk: Desk, asked: Edit) -> str:
    desk.allow(desk.policy.editable("edit", asked.path, desk.changed))
    return _laid(desk, {asked.path: _replaced(asked, desk.text(asked.path))})


def _replaced(asked: Edit, before: str | None) -> str:
    if before is None:
        if asked.old:
            raise ToolError("no_such_file", f"{asked.path} does not exist; leave `old` empty to make it")
        return asked.new
    if not asked.old:
        raise ToolError("exists", f"{asked.path} exists; give the passage to replace in `old`")
    times = before.count(asked.old)
    if times != 1:
        hint = (
            "read the lines again, and copy them without numbers"
            if not times
            else "take more lines around it"
        )
        raise ToolError("no_match", f"`old` stands {times} times in {asked.path}; {hint}")
    return before.replace(asked.old, asked.new)


def edit_diff(desk: Desk, asked: EditDiff) -> str:
    """All files of the diff or none. No file is looked into before it may be changed."""
    touched = set(desk.changed)

    def read(path: str) -> str | None:
        desk.allow(desk.policy.editable("edit_diff", path, touched))
        touched.add(path)
        return desk.text(path)

    try:
        files = diff.apply(read, asked.diff)
    except diff.BadDiff as error:
        raise ToolError("bad_diff", f"{error}; copy the lines exactly, or use edit") from None
    return _laid(desk, files)


def _laid(desk: Desk, files: Mapping[str, str]) -> str:
    for path, new in files.items():
        _sound(desk, path, new)
    _small(desk, {**desk.overlay, **files})
    for path, new in files.items():
        desk.overlay[path] = new
        if new == desk.source.read(path):
            del desk.overlay[path]
    return f"edited {', '.join(sorted(files))}; {_lines(desk, desk.overlay)} lines changed so far"


def _sound(desk: Desk, path: str, new: str) -> None:
    before = desk.source.read(path)
    if len(new) > LARGEST:
        raise ToolError("too_large", f"{path} would hold more than {LARGEST} characters")
    if reason := text.unreadable(path, before, new):
        raise ToolError("unreadable", reason)
    if before is None and (hidden := shadows(path, desk.diagnosis.target.source_roots, desk.source)):
        raise ToolError("shadows", f"{path} would hide the module {hidden}; choose another name")
    if path.endswith(".py") and (error := _syntax(new)):
        raise ToolError("syntax", f"{path} would no longer be Python: {error}")


def _syntax(source: str) -> str:
    try:
        parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return str(error)[:200]
    return ""


def _small(desk: Desk, overlay: Mapping[str, str]) -> None:
    lines, most = _lines(desk, overlay), desk.policy.scope.max_lines
    if lines > most:
        raise ToolError(
            "too_many_lines", f"{lines} lines would be changed, at most {most} may be; change less"
        )


def _lines(desk: Desk, overlay: Mapping[str, str]) -> int:
    """Added and removed, of what would become the patch."""
    kept = {path: new for path, new in overlay.items() if not desk.policy.scratch(path)}
    return sum(diff.count(desk.source.read(path) or "", new) for path, new in kept.items())


EDIT = Tool(
    "edit",
    "Replace one exact passage of a file, or make a new file. Only inside the scope.",
    Edit,
    edit,
    mutates=True,
)
DIFF = Tool(
    "edit_diff", "Apply a unified diff, exactly. Only inside the scope.", EditDiff, edit_diff, mutates=True
)
