"""The frames that called into the repository: whose lines show the call, and what stood around it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass

from healer.reproduction import lines
from triage.incident import Frame

_RUNNERS = ("unittest/case.py", "_pytest/python_api.py", "_pytest/raises.py")
_INSTALLED = ("site-packages/", "dist-packages/", "/lib/python", "<")


@dataclass(frozen=True)
class Callers:
    """`near`: the frame that made the call, with what is known of its locals. `deployed`: the last one that
    is no library's, where a library stands between."""

    near: Frame | None = None
    deployed: Frame | None = None
    shared: tuple[ast.stmt, ...] = ()  # what the event quotes of their modules
    modules: frozenset[str] = frozenset({"__main__"})  # that a test cannot import
    entered: tuple[ast.stmt, ...] = ()  # parameters of `near` that its lines bind anew, as it was called

    @property
    def quoted(self) -> tuple[ast.stmt, ...]:
        """Every statement that is quoted of them."""
        return (*self.shared, *(s for f in self.frames for s in lines.before(f, 0)))

    @property
    def frames(self) -> tuple[Frame, ...]:
        return tuple(f for f in (self.near, self.deployed) if f)


NOBODY = Callers()


def find(frames: Sequence[Frame], entered: Frame | None) -> Callers:
    """Of the stack's frames, the outermost first; `entered` is the first of the repository's own."""
    first = next((n for n, f in enumerate(frames) if entered and _same(f, entered)), 0)
    outer = frames[:first]
    strangers = (f.module for f in frames if f.module and not f.in_app and not _installed(f))
    modules = frozenset({"__main__", *strangers})
    if not outer:
        return Callers(modules=modules)
    at = next((n for n in reversed(range(first)) if not _passes_on(outer[n])), first - 1)
    given = {name: value for f in frames[at + 1 : first + 1] for name, value in f.arguments.items()}
    near = outer[at].model_copy(update={"vars": {**outer[at].vars, **given}})
    own = next((f for f in reversed(outer[:at]) if not _installed(f)), None) if _installed(near) else None
    files = {f.abs_path for f in (near, own) if f}
    shared = lines.shared([f for f in frames if f.abs_path in files])
    given_anew = tuple(lines.entered(near, outer[at - 1])) if at else ()
    return Callers(near, own, tuple(shared), modules, given_anew)


def _installed(frame: Frame) -> bool:
    return any(sign in (frame.abs_path or frame.filename) for sign in _INSTALLED)


def _passes_on(frame: Frame) -> bool:
    """Code made at run time, and a test runner's: neither shows the line that made the call."""
    return frame.filename.startswith("<") or frame.filename.endswith(_RUNNERS)


def _same(one: Frame, other: Frame) -> bool:
    return (one.abs_path, one.lineno, one.function) == (other.abs_path, other.lineno, other.function)
