"""What a test of the repository lends to another one: its fixtures, its class's set-up, its helpers.

Only the repository's own code is taken, by definition and use, and none of it runs here."""

from __future__ import annotations

import ast
import unittest
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from healer.reproduction import slices
from healer.reproduction.index import Index, is_test
from healer.reproduction.modules import FunctionNode, Module, dotted
from healer.reproduction.slices import ModuleSlice

LARGEST = 400_000  # characters of a test module that is looked into
ONLY = "lent"  # id of the one set of values that a parametrized fixture gets
_ALWAYS = {
    "setUp",
    "tearDown",
    "setUpClass",
    "tearDownClass",
    "asyncSetUp",
    "asyncTearDown",
    "setup_method",
    "teardown_method",
    "setup_class",
    "teardown_class",
    "setup",
    "teardown",
}


@dataclass(frozen=True)
class Donor:
    """A test function of the repository, or a helper beside them."""

    module: Module
    node: FunctionNode
    owner: ast.ClassDef | None = None

    @property
    def is_test(self) -> bool:
        return self.node.name.startswith("test")

    @property
    def name(self) -> str:
        return f"{self.owner.name}.{self.node.name}" if self.owner else self.node.name

    @property
    def test(self) -> str:
        """Its node id, without parameters."""
        return "::".join((self.module.path, *self.name.split(".")))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        return tuple(a.arg for a in self.node.args.args)

    @property
    def receiver(self) -> str:
        """`self`, where it is a method."""
        return self.parameters[0] if self.owner and self.parameters else ""

    @cached_property
    def words(self) -> frozenset[str]:
        """Every name and text in it."""
        found: set[str] = {self.node.name, self.owner.name if self.owner else ""}
        for node in ast.walk(self.node):
            match node:
                case ast.Name(id=word) | ast.Attribute(attr=word) | ast.keyword(arg=str() as word):
                    found.add(word)
                case ast.Constant(value=str() as text) if len(text) < 200:
                    found |= set(text.split())
        return frozenset(found)


@dataclass(frozen=True)
class Loan:
    """Everything around the lines of a test, as another test of the same folder has it."""

    path: str  # of the module that lends
    test: str  # its test, for the reader
    top: tuple[str, ...] = ()  # imports, helpers, fixtures
    holder: tuple[str, ...] = ()  # the class around the test, without its tests
    parameters: tuple[str, ...] = ()
    decorators: tuple[str, ...] = ()
    is_async: bool = False
    beside: tuple[str, ...] = ()  # imports of other test modules: some register what they define

    def wide(self) -> Loan:
        """With the imports beside it."""
        return replace(self, top=(*self.beside, *self.top), beside=())

    @property
    def suffix(self) -> str:
        """What the test's node id ends in."""
        many = sum(f"ids=['{ONLY}']" in d for d in self.decorators)
        return f"[{'-'.join([ONLY] * many)}]" if many else ""

    @property
    def folder(self) -> str:
        return self.path.rpartition("/")[0]


def donors(module: Module) -> Iterator[Donor]:
    """The functions of a test module and of its classes."""
    for statement in module.tree.body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            if not slices.is_fixture(statement):
                yield Donor(module, statement)
        elif isinstance(statement, ast.ClassDef):
            yield from (Donor(module, f, statement) for f in slices.functions(statement).values())


def test_modules(index: Index, words: Sequence[str], most: int) -> list[Module]:
    """Test modules in which one of the words stands, those with most of them first."""
    found = []
    for path in index.paths:
        text = index.read(path) if is_test(path) else ""
        count = sum(word in text for word in words) if len(text) < LARGEST else 0
        if count:
            found.append((-count, path.count("/"), path))
    modules = (index.module(path) for _, _, path in sorted(found)[:most])
    return [m for m in modules if m]


def lend(donor: Donor, body: Sequence[ast.stmt]) -> Loan | None:
    """What a test with this body needs of the donor's module and class; None where that is too much,
    or would bring other tests along."""
    node = donor.node
    used = slices.uses(*body)
    unrolled = {n for d in _parametrized(donor) for n in _names(d.args[0])}
    wanted = {p for p in donor.parameters if p in used or p in _marked(node)} - unrolled
    decorators = [d for d in map(_single, node.decorator_list) if not _unrolled(d)]
    if any(dotted(d).rpartition(".")[2] in {"patch", "object", "given", "mock"} for d in decorators):
        return None
    module = ModuleSlice(donor.module)
    holder: tuple[str, ...] = ()
    own = ""  # the class's name, as in `super(ShopTest, self).setUp()`
    if donor.owner and (donor.receiver in used or _prepares(donor, wanted)):
        own = donor.owner.name
        members = _members(donor.owner, body, donor.receiver, wanted | _generating(donor.module))
        wanted.add(donor.receiver)
        holder = tuple(_skeleton(donor, members))
        module.need(slices.uses(*members, *donor.owner.bases, *donor.owner.decorator_list) - {own})
        module.need(a for m in members if slices.is_fixture(m) for a in _arguments(m))
    module.need({*(used - _bound(body)), *slices.uses(*decorators), *wanted} - {own})
    top = module.lines()
    if top is None or any(_tests(c) for c in module.classes):
        return None
    return Loan(
        path=donor.module.path,
        test=donor.name,
        top=tuple(top),
        holder=holder,
        parameters=tuple(p for p in donor.parameters if p in wanted),
        decorators=tuple(ast.unparse(d) for d in decorators),
        is_async=isinstance(node, ast.AsyncFunctionDef),
        beside=tuple(_beside(donor.module)),
    )


def _beside(module: Module) -> Iterator[str]:
    package = module.name.rpartition(".")[0]
    for statement in module.tree.body:
        if isinstance(statement, ast.ImportFrom):
            origin = f"{package}.{statement.module or ''}" if statement.level else statement.module or ""
            if is_test(f"{origin.replace('.', '/')}/"):
                yield from slices.source(module, statement)


def asked_of_self(donor: Donor, body: Sequence[ast.stmt]) -> set[str]:
    """What a body reads from `self`, beyond what every test case has."""
    asked = _through(body, {donor.receiver}) if donor.owner else set()
    return {name for name in asked if not hasattr(unittest.TestCase, name)}


def held(index: Index, donor: Donor) -> set[str]:
    """What the donor's class has, or inherits."""
    if donor.owner is None:
        return set()
    cls = index.find_class(donor.owner.name, donor.module)
    lineage = [c.node for c in index.parents(cls) if c.node] if cls else [donor.owner]
    found = {n for node in lineage for s in node.body for n in slices.stores(s)}
    nodes = (n for c in lineage for n in ast.walk(c))
    return found | {n.attr for n in nodes if isinstance(n, ast.Attribute) and _stored_on_self(n)}


def _stored_on_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)


def _bound(body: Sequence[ast.stmt]) -> set[str]:
    """Names that are the body's own."""
    shared = {n for s in body for node in ast.walk(s) if isinstance(node, ast.Global) for n in node.names}
    return {n for s in body for n in slices.stores(s)} - shared


def _arguments(node: ast.stmt) -> list[str]:
    return [a.arg for a in node.args.args] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []


def _marked(node: FunctionNode) -> set[str]:
    """Fixtures that act by being asked for."""
    return {"monkeypatch", "mocker"} & {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}


def _unrolled(decorator: ast.expr) -> bool:
    """Parametrized: one set of values is written into the test instead."""
    if _expanded(decorator):
        return True
    return dotted(decorator).endswith("parametrize") and not _indirect(decorator)


def _expanded(decorator: ast.expr) -> bool:
    """`@parameterized.expand([...])`, whose rows are the test's arguments in order."""
    return dotted(decorator).endswith("parameterized.expand")


def _indirect(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and any(k.arg == "indirect" for k in decorator.keywords)


def _single(decorator: ast.expr) -> ast.expr:
    """Values that go through a fixture: the first of them, under an id of its own."""
    if not _indirect(decorator) or not isinstance(decorator, ast.Call) or len(decorator.args) < 2:
        return decorator
    rows = _rows(decorator.args[1])[:1]
    keywords = [k for k in decorator.keywords if k.arg == "indirect"]
    ids = ast.keyword("ids", ast.List([ast.Constant(ONLY)], ast.Load()))
    return ast.Call(decorator.func, [decorator.args[0], ast.List(list(rows), ast.Load())], [*keywords, ids])


def _prepares(donor: Donor, wanted: set[str]) -> bool:
    """Whether the donor's class sets something up, or has a fixture that is asked for."""
    owner = donor.owner
    assert owner
    fixtures = (name for name, node in slices.functions(owner).items() if slices.is_fixture(node))
    generated = "pytest_generate_tests" in donor.module.functions
    return generated or _prepared(owner, donor.module) or not wanted.isdisjoint(fixtures)


def _generating(module: Module) -> set[str]:
    """What the module's own parametrizing reads from its classes."""
    hook = module.functions.get("pytest_generate_tests")
    return {n.attr for n in ast.walk(hook.node) if isinstance(n, ast.Attribute)} if hook else set()


def _prepared(owner: ast.ClassDef, module: Module) -> bool:
    """Whether the class, or a base of it in the same module, sets something up for its tests."""
    if _ALWAYS & set(slices.functions(owner)):
        return True
    bases = {dotted(b) for b in owner.bases}
    near = (s for s in module.tree.body if isinstance(s, ast.ClassDef) and s.name in bases and s is not owner)
    return any(_prepared(base, module) for base in near)


def _tests(node: ast.ClassDef) -> bool:
    return any(name.startswith("test") for name in slices.functions(node))


def _members(
    owner: ast.ClassDef, body: Sequence[ast.stmt], receiver: str, wanted: set[str]
) -> list[ast.stmt]:
    """The class's own statements that the body needs through `self`, in order."""
    chosen: set[int] = set()
    asked = _through(body, {receiver, owner.name}) | wanted
    grown = True
    while grown:
        grown = False
        for position, member in enumerate(owner.body):
            if position in chosen or not _belongs(member, asked):
                continue
            chosen.add(position)
            grown = True
            asked |= _through([member], {"self", "cls", receiver, owner.name}) | slices.uses(member)
            asked |= set(_arguments(member)) if slices.is_fixture(member) else set()
    return [owner.body[n] for n in sorted(chosen)]


def _belongs(member: ast.stmt, asked: set[str]) -> bool:
    if isinstance(member, ast.FunctionDef | ast.AsyncFunctionDef):
        if member.name in _ALWAYS or slices.ambient(member):
            return True
        return member.name in asked and not member.name.startswith("test")
    return bool(slices.stores(member) & asked)


def _through(nodes: Sequence[ast.AST], roots: set[str]) -> set[str]:
    """Attributes read from `self`, or from the class by its name."""
    return {
        n.attr
        for node in nodes
        for n in ast.walk(node)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id in roots
    }


def _skeleton(donor: Donor, members: Sequence[ast.stmt]) -> Iterator[str]:
    owner = donor.owner
    assert owner
    for decorator in owner.decorator_list:
        if not _unrolled(decorator):
            yield f"@{ast.unparse(decorator)}"
    bases = ", ".join(ast.unparse(b) for b in [*owner.bases, *owner.keywords])
    yield f"class {owner.name}({bases}):" if bases else f"class {owner.name}:"
    for member in members:
        yield from slices.source(donor.module, member)
        yield ""


def _parametrized(donor: Donor) -> Iterator[ast.Call]:
    for decorator in [*donor.node.decorator_list, *(donor.owner.decorator_list if donor.owner else [])]:
        if not _unrolled(decorator) or not isinstance(decorator, ast.Call):
            continue
        if _expanded(decorator) and decorator.args:
            own: list[ast.expr] = [ast.Constant(p) for p in donor.parameters[bool(donor.owner) :]]
            yield ast.Call(decorator.func, [ast.List(own, ast.Load()), decorator.args[0]], [])
        elif len(decorator.args) > 1:
            yield decorator


def first_of(donor: Donor, names: set[str], like: dict[str, object]) -> list[ast.stmt] | None:
    """Assignments of parametrized names: the set that is most like what is known, else the first.

    None where a set cannot be read."""
    made: list[ast.stmt] = []
    for decorator in _parametrized(donor):
        told = _names(decorator.args[0])
        if not told & names:
            continue
        rows = _rows(decorator.args[1])
        if not rows:
            return None
        row = max(rows, key=lambda r: _likeness(decorator.args[0], r, like))
        target: ast.expr = _target(decorator.args[0])
        made.append(ast.Assign([target], row))
    return made


def _listed(node: ast.expr) -> list[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [n.strip() for n in node.value.split(",") if n.strip()]
    if isinstance(node, ast.List | ast.Tuple):
        return [n.value for n in node.elts if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return []


def _names(node: ast.expr) -> set[str]:
    return set(_listed(node))


def _target(node: ast.expr) -> ast.expr:
    names: list[ast.expr] = [ast.Name(n, ast.Store()) for n in _listed(node)]
    single = len(names) == 1 and isinstance(node, ast.Constant)
    return names[0] if single else ast.Tuple(names, ast.Store())


def _rows(node: ast.expr) -> list[ast.expr]:
    rows = list(node.elts) if isinstance(node, ast.List | ast.Tuple | ast.Set) else []
    return [_row(r) for r in rows if not isinstance(r, ast.Starred)]


def _row(node: ast.expr) -> ast.expr:
    """`pytest.param(a, b, id="x")` is `(a, b)`."""
    if isinstance(node, ast.Call) and dotted(node.func).endswith("param"):
        return node.args[0] if len(node.args) == 1 else ast.Tuple(list(node.args), ast.Load())
    return node


def _likeness(told: ast.expr, row: ast.expr, like: dict[str, object]) -> int:
    names = _listed(told)
    parts = row.elts if isinstance(row, ast.Tuple | ast.List) and len(names) > 1 else [row]
    pairs = zip(names, parts, strict=False)
    return sum(isinstance(v, ast.Constant) and n in like and like[n] == v.value for n, v in pairs)
