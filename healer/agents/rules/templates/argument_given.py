"""`f() missing 1 required positional argument: 'zone'`: the call gives what is at hand under that name, or
the parameter gets the default that its namesakes have."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.names import in_scope
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

OWN = 0.8  # log-odds: it is a variable here
HELD = 0.4  # an argument, or the object, has an attribute of that name


def ideas(site: Site) -> Iterator[Idea]:
    missing = site.crash.words.get("name", "")
    callee = site.crash.words.get("function", "").split(".")
    name = callee[-2] if len(callee) > 1 and callee[-1] == "__init__" else callee[-1]
    for call in site.on_line(cst.Call):
        called = call.func.attr.value if isinstance(call.func, cst.Attribute) else site.source(call.func)
        if called.rpartition(".")[2] in {name, "cls", "__init__"}:
            for written, bonus in _at_hand(site, call, missing):
                yield _given(site, call, missing, written, bonus)
    yield from _defaulted(site, callee[-1], missing)


def _at_hand(site: Site, call: cst.Call, missing: str) -> Iterator[tuple[str, float]]:
    given = {site.source(a.value) for a in call.args}
    if missing in in_scope(site) and missing not in given:  # else it stands in another's place
        yield missing, OWN
    upper = {n for n in in_scope(site) if n.isupper() and missing.upper() in [*n.split("_"), n]}
    for name in sorted(upper):
        yield name, HELD
    holders = [n for n in site.parameters() if n != missing]
    for node in site.file.find(cst.Attribute):
        shown = site.source(node)
        if node.attr.value == missing and shown.partition(".")[0] in holders and shown.count(".") == 1:
            yield shown, HELD
            return


def _given(site: Site, call: cst.Call, missing: str, written: str, bonus: float) -> Idea:
    end = site.file.span(call)[1] - 1
    before = site.file.text[:end].rstrip()
    comma = "" if before.endswith(("(", ",")) else ", "
    named = any(a.keyword is not None for a in call.args)
    text = f"{missing}={written}" if named else written
    return Idea(
        (Edit(end, end, comma + text),),
        f"The call gives `{written}` for `{missing}`.",
        f"{missing} is {written}",
        bonus,
        (f"`{written}` is at hand there",),
    )


def _defaulted(site: Site, name: str, missing: str) -> Iterator[Idea]:
    """The default that parameters of this name have elsewhere."""
    known = list(site.repository.functions(name)) if name.isidentifier() and name != "__init__" else []
    defaults = Counter(
        default
        for _, tree in site.repository.mentioning(f"{missing}=")
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for param, default in _with_defaults(node)
        if param == missing
    )
    if len(known) == 1 and defaults:
        path, function = known[0]
        text = site.repository.text(path) or ""
        params = [a for a in function.args.args if a.arg == missing]
        if params and function.args.args[-1] is params[0]:
            default = defaults.most_common(1)[0][0]
            end = offset(text, params[0].end_lineno or 1, params[0].end_col_offset or 0)
            spaced = " = " if params[0].annotation is not None else "="
            yield Idea(
                (Edit(end, end, f"{spaced}{default}"),),
                f"`{name}` takes {default} for `{missing}` where none is given.",
                f"default {default} for {missing}",
                0.2,
                (f"`{missing}` has this default elsewhere",),
                path,
            )


def _with_defaults(function: AnyFunction) -> Iterator[tuple[str, str]]:
    arguments = function.args
    optional = arguments.args[len(arguments.args) - len(arguments.defaults) :]
    yield from ((a.arg, ast.unparse(d)) for a, d in zip(optional, arguments.defaults, strict=True))


TEMPLATE = Template("argument_given", frozenset({Kind.MISSING_ARGUMENTS}), 1.2, ideas)
