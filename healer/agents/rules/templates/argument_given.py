"""`f() missing 1 required positional argument: 'zone'`: the call gives what is at hand under that name, or
the parameter gets the default that its namesakes have."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.names import in_scope
from healer.agents.rules.places import offset
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit

_SHOWN = re2.compile(r"[(,] ?(\w+)=")
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
            yield from _left_out(site, call, callee)
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


def _left_out(site: Site, call: cst.Call, callee: list[str]) -> Iterator[Idea]:
    """`Failed(job.id, reason)` for `(id, attempts, error)`: what is left out is told of the same object, and
    those behind it have moved up by one."""
    owners = {site.source(a.value.value) for a in call.args if isinstance(a.value, cst.Attribute)}
    if len(owners) != 1 or any(a.keyword is not None or a.star for a in call.args):
        return
    owner = owners.pop()
    held, given = _attributes(site, owner), [site.source(a.value) for a in call.args]
    for number, name in enumerate(_parameters(site, callee)[: len(given) + 1]):
        told = f"{owner}.{name}"
        if name in held and told not in given:
            own = site.file.span(call.args[number])[0] if number < len(given) else site.file.span(call)[1] - 1
            text = f"{told}, " if number < len(given) else f", {told}"
            reason = f"`{told}` is at hand there"
            yield Idea(
                (Edit(own, own, text),),
                f"The call gives `{told}` as well.",
                f"{name} is {told}",
                OWN,
                (reason,),
            )


def _parameters(site: Site, callee: list[str]) -> list[str]:
    """Names of the parameters that must be given, without `self`: of the class's own `__init__`, or of the
    one function of that name."""
    found = [function for _, function in site.repository.functions(callee[-1])]
    if callee[-1] == "__init__" and len(callee) > 1:
        found = [f for _, one in site.repository.classes(callee[-2]) for f in one.body if f in found]
    if len(found) != 1:
        return []
    arguments = found[0].args
    names = [a.arg for a in arguments.args[: len(arguments.args) - len(arguments.defaults)]]
    return [name for name in names if name not in {"self", "cls"}]


def _attributes(site: Site, owner: str) -> set[str]:
    """What this file reads of the object, and what the event shows of it: `Job(id=3, attempts=5)`."""
    read = {n.attr.value for n in site.file.find(cst.Attribute) if site.source(n.value) == owner}
    shown = site.value(cst.Name(owner)) if owner.isidentifier() else None
    return read | (set(_SHOWN.findall(shown[:4000])) if isinstance(shown, str) else set())


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
