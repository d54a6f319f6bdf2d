"""`raise ValueError(…)` where its callers expect, and its siblings raise, the project's own error."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.names import module_names
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import dotted

LIKELY = 1.0  # log-odds: below it the contract names the error too faintly


def ideas(site: Site) -> Iterator[Idea]:
    small = site.small
    if site.depth or not isinstance(small, cst.Raise) or not isinstance(small.exc, cst.Call):
        return
    name = dotted(small.exc.func)
    if not hasattr(builtins, name):
        return
    for outcome in site.outcomes(""):
        error = outcome.text.partition("(")[0]
        if outcome.action != "raise" or hasattr(builtins, error) or outcome.weight < LIKELY:
            continue
        if error in module_names(site.file.module) and _takes_text(site, error):
            yield Idea(
                (site.replace(small.exc.func, error),),
                f"`{site.function_name}` raises {error}, as those who call it expect.",
                f"raise {error}",
                min(outcome.weight - LIKELY, 2.0),
                outcome.reasons,
            )


def _takes_text(site: Site, error: str) -> bool:
    """Whether the class is made from a message alone, as far as its constructor tells."""
    for _, klass in site.repository.classes(error):
        for node in klass.body:
            if isinstance(node, ast.FunctionDef) and node.name == "__init__":
                required = len(node.args.args) - len(node.args.defaults) - 1
                return required <= 1
    return True


TEMPLATE = Template("raised_class", frozenset(Kind), 0.8, ideas)
