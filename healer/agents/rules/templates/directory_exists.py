"""`os.makedirs(path)` of what is there already → `exist_ok=True`."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted


def ideas(site: Site) -> Iterator[Idea]:
    for call in site.on_line(cst.Call):
        name = call.func.attr.value if isinstance(call.func, cst.Attribute) else dotted(call.func)
        if any(a.keyword and a.keyword.value == "exist_ok" for a in call.args):
            continue
        text = site.source(call)
        inside = text.rstrip()[:-1].rstrip().rstrip(",")
        comma = ", " if call.args else ""
        if name == "makedirs" or (name == "mkdir" and not dotted(call.func).startswith("os.")):
            yield _idea(site, call, f"{inside}{comma}exist_ok=True)")
        elif dotted(call.func) == "os.mkdir":
            yield _idea(site, call, inside.replace("os.mkdir", "os.makedirs", 1) + f"{comma}exist_ok=True)")


def _idea(site: Site, call: cst.Call, text: str) -> Idea:
    return Idea(
        (site.replace(call, text),),
        "A directory that is there already is fine.",
        "exist_ok",
        0.0,
        ("making sure of a directory may happen twice",),
    )


TEMPLATE = Template("directory_exists", frozenset({Kind.FILE_EXISTS}), 1.6, ideas)
