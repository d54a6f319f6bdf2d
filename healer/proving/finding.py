"""One thing that a piece of Python does, which a fix has no need to do or which a person should see."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    code: str
    detail: str
    refuse: bool = True  # False: for the reviewer's eyes
