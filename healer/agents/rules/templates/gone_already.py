"""`os.remove(path)` of what is gone, `sock.shutdown(…)` and `pipe.flush()` with nobody there any more: all is
as it should be afterwards. → `try: … except FileNotFoundError: pass`."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.handlers import tried, tried_already
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted

REMOVES = frozenset({"remove", "unlink", "rmdir", "removedirs", "rmtree"})
ENDS = frozenset({"close", "shutdown", "flush", "kill", "killpg", "terminate", "send_signal"})
GONE = {  # what each kind of call says of what is not there any more
    REMOVES: ("FileNotFoundError",),
    ENDS: ("BrokenPipeError", "ConnectionError", "ProcessLookupError", "OSError"),
}


def ideas(site: Site) -> Iterator[Idea]:
    small, error = site.small, site.crash.type
    if not isinstance(small, cst.Expr) or not isinstance(small.value, cst.Call) or site.statement is None:
        return
    name = dotted(small.value.func).rpartition(".")[2]
    if tried_already(site) is not None or not _gone(name, error):
        return
    shown = site.source(small)
    yield Idea(
        (tried(site, site.statement, f"except {error}:", "pass"),),
        f"Where there is nothing left for `{shown}`, nothing is done.",
        "skip statement",
        reasons=("afterwards it is gone either way",),
    )


def _gone(name: str, error: str) -> bool:
    kind = getattr(builtins, error, None)
    if not isinstance(kind, type) or not issubclass(kind, OSError):
        return False
    return any(
        name in names and any(issubclass(kind, getattr(builtins, base)) for base in bases)
        for names, bases in GONE.items()
    )


TEMPLATE = Template("gone_already", frozenset({Kind.NO_FILE, Kind.OTHER}), 1.4, ideas)
