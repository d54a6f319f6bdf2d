"""A `ConfigParser` that takes "%" in a value for a reference: `interpolation=None`."""

from __future__ import annotations

from collections.abc import Iterator

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit


def ideas(site: Site) -> Iterator[Idea]:
    """Where no value of the project's own is written with a reference: `%(name)s`."""
    if not site.crash.type.startswith("Interpolation"):
        return
    for path, _ in site.repository.mentioning("ConfigParser("):
        text = site.repository.text(path) or ""
        made = text.count("ConfigParser(")
        if made != 1 or "interpolation" in text or "RawConfigParser" in text or "%(" in text:
            continue
        at = text.index("ConfigParser(") + len("ConfigParser(")
        comma = "" if text[at:].lstrip().startswith(")") else ", "
        yield Idea(
            (Edit(at, at, f"interpolation=None{comma}"),),
            "A % in a value stands for itself.",
            "values as they are written",
            0.0,
            ("nothing here is written with references",),
            path,
        )


TEMPLATE = Template("plain_values", frozenset({Kind.OTHER}), 1.6, ideas, outer=True)
