"""Proof -> the places it touches. Two proposals that share one mend the same bug, or would conflict. Pure."""

from __future__ import annotations

import re2

from healer.case import Proof

MARGIN = 2  # lines around a change that git needs unchanged
HUNK = re2.compile(r"@@ -(\d+)(?:,(\d+))? \+")


def touches(proof: Proof) -> tuple[str, ...]:
    """`path:line` of the base commit for every changed line and its neighbours, and the root-cause frame:
    its line, and what it raises in which function (which survives shifted lines)."""
    signature = proof.patch.reproduction.diagnosis.signature
    frame = {
        f"{signature.path}:{signature.line}",
        f"{signature.path}::{signature.function}::{signature.exception}",
    }
    return tuple(sorted(frame | _changed(proof.patch.diff)))


def _changed(diff: str) -> set[str]:
    found: set[str] = set()
    path, line = "", 0
    for text in diff.splitlines():
        hunk = HUNK.match(text)
        if text.startswith("--- "):
            path = text[4:].partition("\t")[0].removeprefix("a/")
        elif text.startswith("+++ "):
            continue
        elif hunk:
            line = int(hunk[1])
        elif text.startswith(("-", "+")):
            found.update(f"{path}:{n}" for n in range(max(1, line - MARGIN), line + MARGIN + 1))
            line += text.startswith("-")
        elif text.startswith(" "):
            line += 1
    return found
