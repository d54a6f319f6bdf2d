"""`'Order' object has no attribute 'totl'` → the member that is meant: the closest in spelling, or the one
that its place names, its arguments fit, its neighbours ask for, or nothing else uses."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import AnyFunction
from healer.agents.rules.names import (
    builtin_members,
    class_members,
    close,
    likeness,
    module_members,
    own_members,
)
from healer.agents.rules.site import Site
from healer.agents.rules.syntax import Edit, code, dotted

MAX_IDEAS = 3
MAX_MEMBERS = 40  # of a class that says anything about which one is meant
MAX_UNUSED = 2  # with more of them, which one is meant is not told
PLACE, BESIDE, FITS, UNUSED, WORD = 1.6, 1.1, 0.6, 1.0, 0.8  # log-odds
CALLED_SO = 1.2  # log-odds: two arguments and more are called like its parameters
SEVERAL = ("list", "tuple", "set", "dict", "sequence", "iterable", "mapping")
ENOUGH = 0.9  # log-odds that must speak for a name that is spelt otherwise
REAL = 1.6  # log-odds: somebody else's member is called so, and the object is the wrong one


@dataclass(frozen=True)
class Meant:
    name: str
    weight: float
    reasons: tuple[str, ...]


def ideas(site: Site) -> Iterator[Idea]:
    attr, owner = site.crash.words.get("attr", ""), site.crash.words.get("owner", "").split(".")[-1]
    nodes = [n for n in site.on_line(cst.Attribute) if n.attr.value == attr]
    if not nodes or attr in class_members(site.repository, site.file.path, owner):
        return  # where the class has it, only this object has it not
    known = members(site, owner) or _around(site, nodes[0])
    real = REAL if defined(site, attr) else 0.0
    spelt = [
        Meant(other, (ratio - 0.85) * 8 - rank, (f"`{other}` is the closest member",))
        for rank, (other, ratio) in enumerate(close(attr, known))
    ]
    other = [one for one in _otherwise(site, nodes[0], known) if one.name not in {s.name for s in spelt}]
    for one in [*spelt, *other[:MAX_IDEAS]]:
        every = siblings(site, nodes[0], attr)
        yield Idea(
            edits=tuple(edit for node in every for edit in _edits(site, node, one.name)),
            change=f"`.{attr}` is spelled `.{one.name}`"
            + (f", in {len(every)} places." if len(every) > 1 else "."),
            behaviour=f"attribute {one.name}",
            bonus=one.weight - real,
            reasons=one.reasons,
        )


def members(site: Site, owner: str) -> set[str]:
    if site.crash.kind is Kind.MODULE_ATTRIBUTE:
        return module_members(site.repository, site.crash.words.get("module", ""))
    found = class_members(site.repository, site.file.path, owner) or builtin_members(owner)
    return found - {site.crash.words.get("attr"), site.function_name}


def _around(site: Site, node: cst.Attribute) -> set[str]:
    """Members of the class around, where `self` or `cls` is of a class that only a caller knows."""
    first = site.parameters()[:1]
    if site.klass is None or not first or dotted(node.value) != first[0]:
        return set()
    found = class_members(site.repository, site.file.path, site.klass.name.value)
    return found - {site.crash.words.get("attr"), site.function_name}


def defined(site: Site, attr: str) -> bool:
    """Whether a class of the project has a member of this name."""
    return any(
        attr in own_members(node)
        for _, tree in site.repository.mentioning(attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    )


def _otherwise(site: Site, node: cst.Attribute, known: set[str]) -> list[Meant]:
    """Members that something besides their spelling speaks for, best first."""
    plain = {name for name in known if not name.startswith("_")}
    if len(plain) > MAX_MEMBERS or site.crash.kind is Kind.MODULE_ATTRIBUTE:
        return []
    owner = site.crash.words.get("owner", "").split(".")[-1]
    functions = _functions(site, owner)
    called = _call(site, node)
    data = [name for name in plain if (called is None) is (name not in functions)]
    unused = [name for name in data if not _asked_for(site, name, owner)]
    if _iterated(site, node):
        unused = [name for name in unused if _collection(site, owner, name)]
    takers, found = _takers(functions, called), []
    for name in sorted(plain):
        fits = _fits(functions.get(name), called)
        if fits is False:
            continue
        reasons = dict(_reasons(site, node, name, unused, fits=takers.get(name, 0.0)))
        weight = sum(reasons.values()) + max(0.0, likeness(node.attr.value, name) - 0.5) * 1.6
        if weight >= ENOUGH and len(reasons) > (BESIDE in reasons.values()):
            found.append(Meant(name, weight - ENOUGH, tuple(reasons)))
    return sorted(found, key=lambda one: (-one.weight, one.name))


def _reasons(
    site: Site, node: cst.Attribute, name: str, unused: list[str], *, fits: float
) -> Iterator[tuple[str, float]]:
    if name in _places(site, node):
        yield f"its value is called `{name}`", PLACE
    if _beside(site, node, name):
        yield f"`.{name}` is asked of the same beside it", BESIDE
    if fits:
        yield f"`{name}` alone takes these arguments", fits
    if name in unused and len(unused) <= MAX_UNUSED:
        yield f"nothing else asks for `{name}`", UNUSED
    if _words(node.attr.value) & _words(name):
        yield "they have a word in common", WORD


def _words(name: str) -> set[str]:
    return {word for word in name.lower().split("_") if len(word) > 3}


def _places(site: Site, node: cst.Attribute) -> set[str]:
    """Names of what the value goes to: a keyword, a key, a variable."""
    above = site.file.parent(node)
    if isinstance(above, cst.Arg) and above.keyword is not None:
        return {above.keyword.value}
    if isinstance(above, cst.DictElement):
        return {code(above.key).strip().strip("\"'")}
    if isinstance(above, cst.Assign):
        return {code(target.target).strip().rpartition(".")[2] for target in above.targets}
    return set()


def _beside(site: Site, node: cst.Attribute, name: str) -> bool:
    """`p.amount.number`, asked of `x.amount` elsewhere in the file."""
    last = code(node.value).strip().rpartition(".")[2]
    uses = (n for n in site.file.find(cst.Attribute) if n.attr.value == name)
    return any(code(use.value).strip().rpartition(".")[2] == last for use in uses)


def _iterated(site: Site, node: cst.Attribute) -> bool:
    above = site.file.parent(node)
    called = site.file.parent(above) if isinstance(above, cst.Arg) else None
    func = code(called.func).strip() if isinstance(called, cst.Call) else ""
    return isinstance(above, (cst.For, cst.CompFor)) or func.endswith(
        ("extend", "len", "sorted", "join", "update")
    )


def _collection(site: Site, owner: str, name: str) -> bool:
    """Whether it is said to be, or starts as, several."""
    for _, klass in site.repository.classes(owner):
        for node in ast.walk(klass):
            if isinstance(node, ast.AnnAssign) and ast.unparse(node.target).removeprefix("self.") == name:
                return any(word in ast.unparse(node.annotation).lower() for word in SEVERAL)
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == f"self.{name}":
                return ast.unparse(node.value).startswith(("[", "(", "{", "list(", "tuple(", "set(", "dict("))
    return False


def _functions(site: Site, owner: str) -> dict[str, AnyFunction]:
    """Methods of the class itself; a property is none."""
    return {
        node.name: node
        for _, klass in site.repository.classes(owner)
        for node in klass.body
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and not any("property" in ast.unparse(d) for d in node.decorator_list)
    }


def _call(site: Site, node: cst.Attribute) -> cst.Call | None:
    above = site.file.parent(node)
    return above if isinstance(above, cst.Call) and above.func is node else None


def _fits(function: AnyFunction | None, call: cst.Call | None) -> bool | None:
    """Whether the method takes what is given; None where neither is a call. What is called without arguments
    may be a plain attribute."""
    if function is None:
        return None if call is None or not call.args else False
    if call is None:
        return False
    params = function.args.args[1:]
    required = len(params) - len(function.args.defaults)
    return required <= len(call.args) <= len(params) or function.args.vararg is not None


def _takers(functions: dict[str, AnyFunction], call: cst.Call | None) -> dict[str, float]:
    """The one method that most of the arguments are named for, of those that take as many."""
    if call is None:
        return {}
    taken = {name: _named_for(f, call) for name, f in functions.items() if _fits(f, call)}
    best = [name for name, count in taken.items() if count == max(taken.values())]
    return {name: CALLED_SO if taken[name] > 1 else FITS for name in best if len(best) == 1}


def _named_for(function: AnyFunction, call: cst.Call) -> int:
    """How many arguments are called like a parameter, or made of the class that it is annotated with."""
    params = function.args.args[1:]
    known = {a.arg for a in params} | {ast.unparse(a.annotation) for a in params if a.annotation is not None}
    given = (code(arg.value).strip().partition("(")[0].rpartition(".")[2] for arg in call.args)
    return sum(text in known for text in given)


def _asked_for(site: Site, member: str, owner: str) -> bool:
    inside = {id(n) for _, klass in site.repository.classes(owner) for n in ast.walk(klass)}
    return any(
        isinstance(n, ast.Attribute)
        and n.attr == member
        and isinstance(n.ctx, ast.Load)
        and id(n) not in inside
        for _, tree in site.repository.mentioning(f".{member}")
        for n in ast.walk(tree)
    )


def siblings(site: Site, node: cst.Attribute, attr: str) -> list[cst.Attribute]:
    """The same slip elsewhere in the file: on the same holder, and on any where nothing has this name."""
    holder, uses = dotted(node.value), [n for n in site.file.find(cst.Attribute) if n.attr.value == attr]
    if any(isinstance(site.file.parent(n), cst.AssignTarget) for n in uses) or not holder:
        return [node]
    known = any(True for _ in site.repository.functions(attr)) or hasattr(builtins, attr)
    return [n for n in uses if not known or dotted(n.value) == holder]


def _edits(site: Site, node: cst.Attribute, name: str) -> tuple[Edit, ...]:
    """With the call's arguments in the order of the parameters that are called like them; without the call,
    where a plain attribute is meant."""
    call = _call(site, node)
    owner = site.crash.words.get("owner", "").split(".")[-1]
    function = _functions(site, owner).get(name)
    renamed = site.replace(node.attr, name)
    if call is None:
        return (renamed,)
    if function is None and not call.args and _stored(site, owner, name):
        return (site.replace(call, f"{site.source(node.value)}.{name}"),)
    given = [code(arg.value).strip() for arg in call.args]
    params = [a.arg for a in function.args.args[1:]] if function is not None else []
    named = [text for text in given if text in params]
    ordered = iter(sorted(named, key=params.index))
    if any(arg.keyword or arg.star for arg in call.args) or sorted(named, key=params.index) == named:
        return (renamed,)
    swaps = [
        site.replace(arg.value, next(ordered))
        for arg, text in zip(call.args, given, strict=True)
        if text in params
    ]
    return (renamed, *swaps)


def _stored(site: Site, owner: str, name: str) -> bool:
    """Whether it is a property, or a plain attribute."""
    return name in class_members(site.repository, site.file.path, owner)


TEMPLATE = Template("member_meant", frozenset({Kind.ATTRIBUTE, Kind.MODULE_ATTRIBUTE}), 1.0, ideas)
