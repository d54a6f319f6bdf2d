"""Loads `queries.sql`: statements that can be read, run and EXPLAINed on their own, each under its name."""

from __future__ import annotations

from importlib import resources


def load(text: str) -> dict[str, bytes]:
    """Statements by name. A statement begins at `-- name: x` and ends before the next one."""
    found: dict[str, bytes] = {}
    for block in text.split("-- name: ")[1:]:
        name, _, statement = block.partition("\n")
        if name.strip() in found:
            raise ValueError(f"two statements are named {name.strip()}")
        found[name.strip()] = statement.strip().encode()
    return found


QUERIES = load((resources.files("healer.store") / "queries.sql").read_text(encoding="utf-8"))
