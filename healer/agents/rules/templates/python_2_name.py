"""Names of Python 2: `unicode`, `xrange`, `d.iteritems()`, `d.has_key(k)` …"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit
from healer.agents.rules.templates.name_typo import renamed

NAMES = {
    "unicode": "str",
    "basestring": "str",
    "long": "int",
    "xrange": "range",
    "unichr": "chr",
    "raw_input": "input",
    "izip": "zip",
    "imap": "map",
    "ifilter": "filter",
    "StandardError": "Exception",
    "buffer": "memoryview",
    "WindowsError": "OSError",
}
METHODS = {
    "iteritems": "items",
    "itervalues": "values",
    "iterkeys": "keys",
    "viewitems": "items",
    "viewkeys": "keys",
    "viewvalues": "values",
    "next": "__next__",
    "func_name": "__name__",
    "func_doc": "__doc__",
    "func_code": "__code__",
    "im_func": "__func__",
    "im_self": "__self__",
    "im_class": "__class__",
}


def ideas(site: Site) -> Iterator[Idea]:
    if site.crash.kind is Kind.NAME:
        yield from _name(site, site.crash.words.get("name", ""))
    else:
        yield from _method(site, site.crash.words.get("attr", ""))


def _name(site: Site, name: str) -> Iterator[Idea]:
    if name in NAMES:
        yield _idea(renamed(site, name, NAMES[name]), name, NAMES[name])


def _method(site: Site, attr: str) -> Iterator[Idea]:
    for node in site.on_line(cst.Attribute):
        if node.attr.value != attr:
            continue
        call = site.file.parent(node)
        if attr == "has_key" and isinstance(call, cst.Call) and call.args:
            written = f"({site.source(call.args[0].value)} in {site.source(node.value)})"
            yield _idea((site.replace(call, written),), attr, "in")
        elif attr == "next" and isinstance(call, cst.Call) and not call.args:
            yield _idea((site.replace(call, f"next({site.source(node.value)})"),), attr, "next()")
        elif attr in METHODS:
            every = tuple(
                site.replace(n.attr, METHODS[attr])
                for n in site.file.find(cst.Attribute)
                if n.attr.value == attr
            )
            yield _idea(every, attr, METHODS[attr])


def _idea(edits: tuple[Edit, ...], old: str, new: str) -> Idea:
    return Idea(
        edits, f"`{old}` of Python 2 is `{new}` now.", f"use {new}", 0.0, ("Python 3 has it under this name",)
    )


TEMPLATE = Template("python_2_name", frozenset({Kind.NAME, Kind.ATTRIBUTE}), 2.2, ideas)
