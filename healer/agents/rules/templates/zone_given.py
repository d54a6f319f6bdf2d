"""A moment without a time zone meets one with: the naive one is taken to be UTC, as the code around takes it.

Right where the project has a helper that does so, or makes the naive moment itself with `utcnow()`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst as cst

from healer.agents.rules.candidate import Idea, Template
from healer.agents.rules.crash import Kind
from healer.agents.rules.functions import own_nodes
from healer.agents.rules.guards import by_design
from healer.agents.rules.names import module_names
from healer.agents.rules.places import replaced, segment
from healer.agents.rules.site import UNKNOWN, Site
from healer.agents.rules.spots import in_comprehension
from healer.agents.rules.syntax import Edit, dotted, walk

SAYS_UTC = 1.8  # log-odds
HELPED = 1.8  # log-odds: the project has a word for it
NOW = {"datetime.utcnow", "datetime.now", "datetime.datetime.utcnow", "datetime.datetime.now"}


def ideas(site: Site) -> Iterator[Idea]:
    if site.depth:
        yield from _passed(site)
        return
    yield from _anywhere(site)
    yield from _combined(site)
    yield from _read_plainly(site)
    for operand in _naive(site):
        yield from _helped(site, operand)
        yield from _guarded(site, operand)
    yield from _clock(site)
    yield from _reader(site)


def _reader(site: Site) -> Iterator[Idea]:
    """The one function that reads moments, and says that they are in UTC."""
    found = []
    for path, tree in site.repository.mentioning("UTC"):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and "UTC" in (ast.get_docstring(node) or ""):
                found += [(path, node, made) for made in _read(node)]
    if len(found) != 1:
        return
    path, function, made = found[0]
    text = site.repository.text(path) or ""
    lines, name = text.splitlines(keepends=True), ast.unparse(made.targets[0])
    if "tzinfo" in ast.unparse(function) or not isinstance(function.body[-1], ast.Return):
        return  # who gives zones to some leaves the others without one on purpose
    indent = " " * made.col_offset
    zone = _importable(text)
    at = sum(map(len, lines[: made.end_lineno or made.lineno]))
    unit = site.file.unit
    given = f"{indent}if {name}.tzinfo is None:\n{indent}{unit}{name} = {name}.replace(tzinfo={zone})\n"
    if zone:
        yield Idea(
            (Edit(at, at, given),),
            f"`{function.name}` takes a moment without a zone to be in UTC.",
            "reader gives zone",
            SAYS_UTC,
            (f"`{function.name}` says that its moments are in UTC",),
            path,
        )


def _importable(text: str) -> str:
    """`timezone.utc` or `UTC`, as the module has it at hand."""
    for line in text.splitlines():
        if line.startswith("from datetime import"):
            return "timezone.utc" if "timezone" in line else "UTC" if "UTC" in line else ""
    return "datetime.timezone.utc" if "import datetime\n" in text else ""


def _read(function: ast.FunctionDef) -> list[ast.Assign]:
    """`moment = datetime.fromisoformat(…)`, of what it then returns."""
    given = {ast.unparse(n.value) for n in own_nodes(function) if isinstance(n, ast.Return) and n.value}
    return [
        node
        for node in own_nodes(function)
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func).rpartition(".")[2] in {"fromisoformat", "strptime"}
        and ast.unparse(node.targets[0]) in given
    ]


def _naive(site: Site) -> list[cst.BaseExpression]:
    """Operands without a zone; only those known to have none where any is."""
    operands: list[cst.BaseExpression] = []
    for node in site.on_line(cst.Comparison):
        operands += [node.left, *(target.comparator for target in node.comparisons)]
    for operation in site.on_line(cst.BinaryOperation):
        if isinstance(operation.operator, cst.Subtract):
            operands += [operation.left, operation.right]
    zones = {id(node): _zone(site, node) for node in operands}
    certain = [node for node in operands if zones[id(node)] is False]
    return certain or [node for node in operands if zones[id(node)] is None]


def _zone(site: Site, node: cst.BaseExpression) -> bool | None:
    """Whether the event shows a moment with a zone; None where it does not show one."""
    shown = site.value(node)
    if not isinstance(shown, str) or shown == UNKNOWN or not shown.startswith("datetime.datetime("):
        return None
    return "tzinfo=" in shown


def _helped(site: Site, operand: cst.BaseExpression) -> Iterator[Idea]:
    for name in _helpers(site):
        shown = site.source(operand)
        yield Idea(
            (site.replace(operand, f"{name}({shown})"),),
            f"`{shown}` passes through `{name}`, which gives it a zone.",
            f"zone for {shown}",
            HELPED,
            (f"`{name}` gives a zone to moments that have none",),
        )


def _helpers(site: Site) -> Iterator[str]:
    """Functions of the module, of one parameter, that ask for its `tzinfo` and replace it."""
    for node in (site.repository.tree(site.file.path) or ast.Module([], [])).body:
        if isinstance(node, ast.FunctionDef) and len(node.args.args) == 1 and node.name != site.function_name:
            text = " ".join(ast.unparse(inner) for inner in own_nodes(node))
            if ".tzinfo is None" in text and "tzinfo=" in text:
                yield node.name


def _guarded(site: Site, operand: cst.BaseExpression) -> Iterator[Idea]:
    name, statement = dotted(operand), site.insertable
    given = name in site.parameters()
    if not name or "." in name or statement is None or (in_comprehension(site, operand) and not given):
        return
    zone, imports = _utc(site)
    asked = f"{name} is not None and " if given and by_design(site, name) else ""
    yield Idea(
        (
            *imports,
            site.before(
                statement, f"if {asked}{name}.tzinfo is None:", f"\t{name} = {name}.replace(tzinfo={zone})"
            ),
        ),
        f"`{name}` is taken to be UTC where it has no zone.",
        f"zone for {name}",
        0.6 if _zone(site, operand) is False else -0.4,
        ("the other moment has a zone",),
    )


def _clock(site: Site) -> Iterator[Idea]:
    """`datetime.utcnow()` in this function, or in the class around: with a zone from the start."""
    holder = site.klass or site.function
    for call in site.file.find(cst.Call) if holder is not None else ():
        if dotted(call.func) in NOW and not call.args and any(n is holder for n in site.file.ancestors(call)):
            zone, imports = _utc(site)
            owner = dotted(call.func).rpartition(".")[0]
            utc = dotted(call.func).endswith("utcnow")
            yield Idea(
                (*imports, site.replace(call, f"{owner}.now({zone})")),
                f"`{site.source(call)}` has its zone from the start.",
                "clock with zone",
                1.0 if utc else 0.2,
                ("it was made without a zone",),
            )


def _passed(site: Site) -> Iterator[Idea]:
    """A parameter without a zone, handed on: this is where moments come in."""
    names = {
        n.value
        for call in site.on_line(cst.Call)
        for arg in call.args
        for n in walk(arg)
        if isinstance(n, cst.Name)
    }
    for name in site.parameters():
        if name in names and _zone(site, cst.Name(name)) is False and site.insertable is not None:
            zone, imports = _utc(site)
            lines = (f"if {name}.tzinfo is None:", f"\t{name} = {name}.replace(tzinfo={zone})")
            yield Idea(
                (*imports, site.before(site.insertable, *lines)),
                f"`{name}` is taken to be UTC where it has no zone.",
                f"zone for {name}",
                0.8,
                ("the moments it is kept with have a zone",),
            )


def _anywhere(site: Site) -> Iterator[Idea]:
    """The one clock of the project that gives no zone, in another file."""
    found = [
        (path, node)
        for path, tree in site.repository.mentioning("now(")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in NOW
        and not node.args
        and not node.keywords
    ]
    if len(found) != 1 or found[0][0] == site.file.path:
        return
    path, call = found[0]
    text = site.repository.text(path) or ""
    if zone := _importable(text):
        owner = ast.unparse(call.func).rpartition(".")[0]
        yield Idea(
            (replaced(text, call, f"{owner}.now({zone})"),),
            f"`{segment(text, call)}` has its zone from the start.",
            "clock with zone",
            SAYS_UTC,
            ("no other clock is read, and the moments it is compared with have a zone",),
            path,
        )


def _combined(site: Site) -> Iterator[Idea]:
    """`datetime.combine(local.date(), clock)` in this function: with the zone of `local`."""
    for call in walk(site.function.body) if site.function is not None else ():
        func = call.func if isinstance(call, cst.Call) else None
        if not isinstance(call, cst.Call) or func is None or dotted(func).rpartition(".")[2] != "combine":
            continue
        day = call.args[0].value if len(call.args) == 2 else None
        made = day.func if isinstance(day, cst.Call) else None
        if isinstance(made, cst.Attribute) and made.attr.value == "date" and call in site.file:
            holder, end = site.source(made.value), site.file.span(call)[1] - 1
            yield Idea(
                (Edit(end, end, f", tzinfo={holder}.tzinfo"),),
                f"The moment is in the zone of `{holder}`.",
                "combined with zone",
                SAYS_UTC,
                (f"its day is that of `{holder}`, which has a zone",),
            )


def _read_plainly(site: Site) -> Iterator[Idea]:
    """The one `return datetime.fromisoformat(text)` of the project: what it reads need not name a zone."""
    found = [
        (path, node)
        for path, tree in site.repository.mentioning("fromisoformat(")
        for node in ast.walk(tree)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Call)
        if ast.unparse(node.value.func).endswith("datetime.fromisoformat")
    ]
    if len(found) != 1:
        return
    path, node = found[0]
    text = site.repository.text(path) or ""
    if (zone := _importable(text)) and node.value is not None:
        indent = " " * node.col_offset
        given = f"when if when.tzinfo is not None else when.replace(tzinfo={zone})"
        made = f"when = {segment(text, node.value)}\n{indent}return {given}"
        yield Idea(
            (replaced(text, node, made),),
            "What is read without a zone is taken to be UTC.",
            "reader gives zone",
            SAYS_UTC - 0.4,
            ("no other place reads moments",),
            path,
        )


def _utc(site: Site) -> tuple[str, tuple[Edit, ...]]:
    """How UTC is written in this file, with the import that takes."""
    known = module_names(site.file.module)
    if "UTC" in known or "timezone" in known:
        return ("UTC" if "UTC" in known else "timezone.utc"), ()
    if "datetime" in known and "datetime.datetime" in site.file.text:
        return "datetime.timezone.utc", ()
    return "timezone.utc", site.importing("from datetime import timezone")


TEMPLATE = Template("zone_given", frozenset({Kind.ZONE}), 0.2, ideas, outer=True)
