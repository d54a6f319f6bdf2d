"""What speaks against an idea, whichever template had it. How much each doubt weighs is in `weights.json`.

They ask what a passing test cannot see: what the function had done already, what it would have tried next,
what its result would have held besides, and who promised that the value is there.
"""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst
import re2

from healer.agents.rules.candidate import Idea
from healer.agents.rules.crash import Kind
from healer.agents.rules.effects import changed_before
from healer.agents.rules.functions import sentences
from healer.agents.rules.keys import missing_keys
from healer.agents.rules.producers import promises
from healer.agents.rules.site import Site
from healer.agents.rules.spots import NONE_KINDS, Spot, none_spots, test_operand
from healer.agents.rules.syntax import code, walk

# What each is called in `weights.json`
OPEN = "open"  # `x and x[0] or y`: where the other operand holds, the block reads it all the same
LATE = "late"  # the function has changed something by then, and leaves it so
UNTRIED = "untried"  # `x.lower() or self.phone`: leaving takes the other way as well
PARTIAL = "partial"  # `name + " " + x`: what was there would be lost with what was not
DISCARDED = (
    "discarded"  # the crash is in work done only sometimes, and the function's own result is still to come
)
LOOKED_AT = "looked at"  # what the statement makes is looked at below for its absence: that is planned for
NO_KEY = "no key"  # None is no key that anybody means: whoever came with it should not have
BROKEN = "broken promise"  # who gave the None promised not to, and is easily mended
TOLERANT = "tolerant"  # the function reads other keys of this mapping with a default
PROMISED = "promised"  # an annotation says that it is never None, or is text: who passed it is at fault
SILENT = "silent"  # the function's other ways out of this kind say something
STANDS_BY = "stands by"  # `x.parts or "none"`: what stands by for an empty value need not for an absent one
ALLOWED = "allowed"  # the docstring lets something be left out, and refusing it may refuse just that
MOVED = "moved"  # the call then fails further on, by mechanism as it did before
ESCAPES = "escapes"  # the call ends with an error yet, which no frame above awaits and no docstring names
REFUSED = "refused"  # so it does, but by a refusal of the program's own that stood there before
SPELT = "spelt out"  # an absence, or an object without a text of its own, ends up spelt out in a text
ANSWERED = "answered"  # it guards what a stand-in of the failing test answers: the real call was never made

GUARDS = ("return", "raise", "skip", "continue", "leave", "condition")

_WORD = re2.compile(r"[A-Za-z_]\w*")
_LETS = re2.compile(
    r"may (?:also )?be (?:left out|omitted|missing|absent|empty|blank)|"
    r"(?:is|are) (?:ignored|skipped|left out|passed over|dropped)|\boptional\b"
)

TEXT = "text of the value"  # what templates say that write a value as text
EMPTY: dict[str, type[cst.BaseExpression]] = {
    "[]": cst.List,
    "()": cst.Tuple,
    "{}": cst.Dict,
    '""': cst.SimpleString,
    "''": cst.SimpleString,
}


def doubts(site: Site, idea: Idea) -> tuple[str, ...]:
    """By name, against an idea that edits the function of the crash."""
    if (idea.path and idea.path != site.file.path) or not _inside(site, idea):
        return ()
    if site.crash.kind is Kind.KEY and site.crash.message.strip() == "None" and not site.depth:
        return (NO_KEY,)
    spots = none_spots(site) if site.crash.kind in NONE_KINDS else []
    found = [*_of_the_value(site, idea, spots)]
    if idea.behaviour.startswith(("return", "raise")):
        found += _of_leaving(site, idea, spots)
    if idea.behaviour.startswith("return"):
        found += _of_the_answer(site, idea.behaviour.removeprefix("return "), spots)
    return tuple(found)


def _of_the_value(site: Site, idea: Idea, spots: list[Spot]) -> Iterator[str]:
    if spots and all(promised(site, spot.subject) for spot in spots):
        yield PROMISED
    if idea.behaviour == TEXT and promised_text(site, idea):
        yield PROMISED
    if idea.behaviour.startswith("condition false") and read_below(site):
        yield OPEN
    if idea.behaviour.startswith("condition") and any(stood_by(site, spot) for spot in spots):
        yield STANDS_BY
    if any(promises(site, spot.subject) for spot in spots):
        yield BROKEN


def _of_leaving(site: Site, idea: Idea, spots: list[Spot]) -> Iterator[str]:
    if changed_before(site, min(edit.start for edit in idea.edits)):
        yield LATE
    if idea.behaviour.startswith("raise") and tolerant(site):
        yield TOLERANT
    if idea.behaviour.startswith("raise") and lets(site):
        yield ALLOWED
    if looked_at(site):
        yield LOOKED_AT
    if any(untried(site, spot) for spot in spots):
        yield UNTRIED


def _of_the_answer(site: Site, answer: str, spots: list[Spot]) -> Iterator[str]:
    if any(partial(site, spot) for spot in spots):
        yield PARTIAL
    if optional(site):
        yield DISCARDED
    if silent(site, answer):
        yield SILENT


def guards_answer(site: Site, idea: Idea, answered: tuple[str, ...]) -> bool:
    """Whether the idea only asks about a value that the failing test's stand-ins answer (`answered`: the
    calls' names): a test that stands on the same answer says little for it."""
    if not answered or site.function is None or not idea.behaviour.startswith(GUARDS):
        return False
    given = {n for assign in _assigns(site) if _asks(assign.value, answered) for n in _targets(assign)}
    words = {word for edit in idea.edits for word in _WORD.findall(edit.text)}
    return bool(words & given) or any(_asks(call, answered) for call in site.on_line(cst.Call))


def _assigns(site: Site) -> Iterator[cst.Assign]:
    assert site.function is not None
    return (node for node in walk(site.function.body) if isinstance(node, cst.Assign))


def _asks(node: cst.CSTNode, names: tuple[str, ...]) -> bool:
    calls = (n.func for n in walk(node) if isinstance(n, cst.Call))
    return any(code(func).strip().rpartition(".")[2] in names for func in calls)


def _targets(assign: cst.Assign) -> set[str]:
    return {n.value for t in assign.targets for n in walk(t.target) if isinstance(n, cst.Name)}


def _inside(site: Site, idea: Idea) -> bool:
    if site.function is None:
        return False
    start, end = site.file.span(site.function)
    return bool(idea.edits) and all(start <= edit.start <= end for edit in idea.edits)


def looked_at(site: Site) -> bool:
    """`found = table[name]`, with `if found is None` or `if found` below it."""
    small = site.small
    if site.function is None or not isinstance(small, cst.Assign) or len(small.targets) != 1:
        return False
    name = code(small.targets[0].target).strip()
    asked = {name, f"not {name}", f"{name} is None", f"{name} is not None"}
    return any(
        code(node.test).strip() in asked and site.file.lines(node.test)[0] > site.line
        for node in walk(site.function.body)
        if isinstance(node, (cst.If, cst.IfExp)) and node in site.file
    )


def tolerant(site: Site) -> bool:
    """Whether the mapping that misses its key is read by `.get` in the same function, whose docstring does
    not refuse just this."""
    if site.crash.kind is not Kind.KEY or site.function is None:
        return False
    refused = [s for s in sentences(site.function.get_docstring() or "") if "aise" in s]
    missing = [(node, key.strip("\"'")) for node, key in missing_keys(site)]
    missing = [(node, key) for node, key in missing if not any(key in s for s in refused)]
    holders = {site.source(node.value) for node, _ in missing}
    if any(asked_for(site, node.value) for node, _ in missing):
        return True
    calls = (node.func for node in walk(site.function.body) if isinstance(node, cst.Call))
    asked = (f for f in calls if isinstance(f, cst.Attribute) and f.attr.value == "get")
    return any(site.source(func.value) in holders for func in asked)


def asked_for(site: Site, holder: cst.BaseExpression) -> bool:
    """`if name in holder:` elsewhere in the function, which passes over what is not there."""
    shown = site.source(holder)
    for node in walk(site.function.body) if site.function is not None else ():
        if (
            not isinstance(node, cst.If)
            or node.orelse is not None
            or not isinstance(node.test, cst.Comparison)
        ):
            continue
        target = node.test.comparisons[0]
        leaves = any(isinstance(n, (cst.Raise, cst.Return)) for n in walk(node.body))
        if isinstance(target.operator, cst.In) and code(target.comparator).strip() == shown and not leaves:
            return True
    return False


def lets(site: Site) -> bool:
    """Whether the docstring says that something may be left out, or is passed over."""
    told = (site.function.get_docstring() or "") if site.function is not None else ""
    return _LETS.search(told[:4000]) is not None


def optional(site: Site) -> bool:
    """Whether the statement stands in an `if` without `else`, and a result is worked out below it."""
    inner: cst.CSTNode | None = site.statement
    while inner is not None and not isinstance(inner, cst.FunctionDef):
        block = site.file.parent(inner)
        if isinstance(inner, cst.If) and inner is not site.statement and inner.orelse is None:
            below = block.body[block.body.index(inner) + 1 :] if isinstance(block, cst.IndentedBlock) else ()
            if any(_result(statement) for statement in below):
                return True
        inner = block
    return False


def _result(statement: cst.CSTNode) -> bool:
    """`return` of something worked out."""
    found = (n.value for n in walk(statement) if isinstance(n, cst.Return))
    return any(value is not None and any(isinstance(n, cst.Name) for n in walk(value)) for value in found)


def untried(site: Site, spot: Spot) -> bool:
    """Whether another value stands by for this one: `spot or other`."""
    inner: cst.CSTNode = spot.use
    for above in site.file.ancestors(spot.use):
        other = isinstance(above, cst.BooleanOperation) and isinstance(above.operator, cst.Or)
        if other and isinstance(above, cst.BooleanOperation) and inner is above.left:
            return True
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Lambda)):
            return False
        inner = above
    return False


def partial(site: Site, spot: Spot) -> bool:
    """Whether the result is put together, by `+` or in a formatted string, with other values."""
    whole = _sum(site, spot)
    if whole is None:
        return False
    own = {code(node) for node in walk(spot.subject)}
    return any(isinstance(n, (cst.Name, cst.Attribute)) and code(n) not in own for n in _terms(whole, spot))


def _sum(site: Site, spot: Spot) -> cst.BaseExpression | None:
    """The outermost text or sum that holds the spot."""
    found: cst.BaseExpression | None = None
    for above in (spot.use, *site.file.ancestors(spot.use)):
        if isinstance(above, cst.FormattedString) or (
            isinstance(above, cst.BinaryOperation) and isinstance(above.operator, cst.Add)
        ):
            found = above
        if isinstance(above, (cst.BaseSmallStatement, cst.BaseCompoundStatement)):
            return found
    return found


def _terms(whole: cst.BaseExpression, spot: Spot) -> Iterator[cst.CSTNode]:
    """Operands of the sum besides the spot."""
    if isinstance(whole, cst.BinaryOperation) and isinstance(whole.operator, cst.Add):
        yield from _terms(whole.left, spot)
        yield from _terms(whole.right, spot)
    elif isinstance(whole, cst.FormattedString):
        for part in whole.parts:
            if isinstance(part, cst.FormattedStringExpression):
                yield from _terms(part.expression, spot)
    elif spot.subject not in walk(whole):
        yield whole


def read_below(site: Site) -> bool:
    """Whether the test is one of several of which any will do, and the block reads what the test reads."""
    statement = site.statement
    if not isinstance(statement, cst.If) or not isinstance(statement.test, cst.BooleanOperation):
        return False
    if not isinstance(statement.test.operator, cst.Or):
        return False
    about_none = site.crash.kind in NONE_KINDS
    held = [spot.use for spot in none_spots(site)] if about_none else site.on_line(cst.Subscript)
    read = {code(node).strip() for node in held}
    return any(isinstance(n, cst.BaseExpression) and code(n).strip() in read for n in walk(statement.body))


def promised(site: Site, subject: cst.BaseExpression) -> bool:
    """Whether the subject is a parameter whose annotation and default leave no room for None."""
    param = _parameter(site, subject.value) if isinstance(subject, cst.Name) else None
    if param is None or param.annotation is None:
        return False
    text = code(param.annotation.annotation)
    loose = any(word in text for word in ("None", "Optional", "Any", "object"))
    return not loose and param.default is None


def promised_text(site: Site, idea: Idea) -> bool:
    """Whether what would be written as text is a parameter that is annotated as text."""
    params = [_parameter(site, site.file.text[edit.start : edit.end]) for edit in idea.edits]
    kinds = (p.annotation.annotation for p in params if p is not None and p.annotation is not None)
    return any(code(kind).strip("'\"") == "str" for kind in kinds)


def _parameter(site: Site, name: str) -> cst.Param | None:
    if site.function is None:
        return None
    params = site.function.params
    every = (*params.posonly_params, *params.params, *params.kwonly_params)
    return next((param for param in every if param.name.value == name), None)


def stood_by(site: Site, spot: Spot) -> bool:
    """Whether a literal stands by for the spot's empty value: `… or "none"`."""
    operand, _ = test_operand(site, spot.use) or (None, "")
    above = site.file.parent(operand) if operand is not None else None
    if not isinstance(above, cst.BooleanOperation) or not isinstance(above.operator, cst.Or):
        return False
    return above.left is operand and isinstance(above.right, (cst.SimpleString, cst.Integer))


def silent(site: Site, answer: str) -> bool:
    """Whether `answer` is an empty list or text where the function, leaving early, always says something."""
    kind = EMPTY.get(answer)
    if kind is None or site.function is None:
        return False
    answers = [value for value in _left_with(site) if isinstance(value, kind)]
    return any(map(_says, answers)) and not any(site.source(value) in EMPTY for value in answers)


def _says(value: cst.BaseExpression) -> bool:
    return any(isinstance(n, (cst.SimpleString, cst.FormattedString)) for n in walk(value))


def _left_with(site: Site) -> Iterator[cst.BaseExpression]:
    """Values of the returns that stand under an `if`."""
    assert site.function is not None
    for node in walk(site.function.body):
        if isinstance(node, cst.Return) and node.value is not None and node in site.file:
            above = site.file.enclosing(node, cst.If, cst.FunctionDef)
            if isinstance(above, cst.If):
                yield node.value
