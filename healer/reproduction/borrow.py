"""Candidates that stand on what the repository's own tests prepare.

An event tells the arguments of a call, but seldom the state of the object it was made on. A test that makes
such an object, or makes such a call, says how: its preparation is borrowed, by definition and use, and the
event's values take the place of its own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, zip_longest

from healer.reproduction import render, shrink, slices, ways
from healer.reproduction.acts import leads
from healer.reproduction.candidate import Act, Candidate
from healer.reproduction.facts import Site
from healer.reproduction.index import Index
from healer.reproduction.loans import Donor, asked_of_self, donors, first_of, held, lend, test_modules
from healer.reproduction.modules import Class, Function, Module, dotted, own_nodes
from healer.reproduction.snippet import Snippet
from healer.reproduction.values import Literal, Raw, Value, Writer, invention, plain, walk
from healer.reproduction.ways import Way
from triage.incident import Frame

MODULES = 10  # test modules looked into for one name
DONORS = 60  # tests that are sliced for one frame
WAYS = 16  # functions through which a frame is reached
EACH = 6  # candidates of one kind for the outermost frame
FEW = 2  # and for those deep below
MOST = 30
_ASYNCIO = ("asyncio", "")
_SHORT = 60  # characters of a text that counts as a word
_PREPARED = (slices.up_to_relevant, slices.relevant)  # of a test's statements; the first that can be lent


@dataclass(frozen=True)
class Borrower:
    """Borrows for the frames of one stack."""

    index: Index
    sites: tuple[Site, ...]
    outside: Frame | None
    exception: str  # production's
    told: Callable[[int], Mapping[str, Value]]  # a frame's arguments, buildable
    act: Callable[[int, Value], Act | None]  # a call of a frame's function on this object
    known: Callable[[int], Mapping[str, Value]]  # attributes of a frame's `self`, buildable
    quoted: Callable[[Container[str]], Iterator[Snippet]]  # the caller's lines, given names that are lent
    _donors: dict[str, tuple[Donor, ...]] = field(default_factory=dict)
    _of_class: dict[str, set[str]] = field(default_factory=dict)  # what a class has, by its place
    _globals: dict[str, set[str]] = field(default_factory=dict)  # of a module, by its path

    def candidates(self, depths: Sequence[int]) -> list[Candidate]:
        """At most `MOST`, of each frame in turn; more of the outermost, where a fix may stand below."""
        queues = [list(self._lines())] if self.outside and self.sites else []
        for depth in depths:
            share = max(EACH - 2 * depth, FEW)
            if self.sites[depth].function:
                queues += [list(islice(kind(depth), share)) for kind in (self._calls, self._objects)]
        turns = zip_longest(*queues)
        found = (made for turn in turns for made in turn if made is not None)
        return list(islice(dict.fromkeys(found), MOST))

    # The caller's own lines, among what a test has around it.

    def _lines(self) -> Iterator[Candidate]:
        lacking = {name for snippet in self.quoted(_Everything()) for name in snippet.borrowed}
        if not lacking:
            return
        words = [w for w in self._outer_words if w.isidentifier() and len(w) > 2]
        seen: set[tuple[str, ...]] = set()
        lending = test_modules(self.index, sorted(lacking), MODULES)
        modules = {m.path: m for m in (*lending, *test_modules(self.index, words, MODULES))}
        for donor in self._ranked(list(modules.values()), self._outer_words):
            lent = self._lent(donor)
            for snippet in self.quoted(lent) if lent & lacking else ():
                made = self._quoted(donor, snippet)
                if made and made.body not in seen:
                    seen.add(made.body)
                    yield made
            if len(seen) >= EACH:
                return

    def _lent(self, donor: Donor) -> frozenset[str]:
        """Names that a stranger's line may use as this test does."""
        local = {n for s in donor.node.body for n in slices.stores(s)}
        own = {donor.receiver} if donor.receiver else set()
        module = donor.module
        if module.path not in self._globals:
            self._globals[module.path] = self._global(module)
        return frozenset(local | own | set(donor.parameters) | self._globals[module.path])

    def _held(self, donor: Donor) -> set[str]:
        key = f"{donor.module.path}::{donor.owner.name if donor.owner else ''}"
        if key not in self._of_class:
            self._of_class[key] = held(self.index, donor)
        return self._of_class[key]

    def _global(self, module: Module) -> set[str]:
        names = set(module.functions) | set(module.classes) | set(module.assigned)
        known = {
            name
            for name, (origin, original) in module.imports.items()
            if self.index.path_of(origin) or self.index.path_of(f"{origin}.{original}")
        }
        shared = {n for node in ast.walk(module.tree) if isinstance(node, ast.Global) for n in node.names}
        return {n for n in names | known | shared if "." not in n}

    def _quoted(self, donor: Donor, snippet: Snippet) -> Candidate | None:
        if not snippet.borrowed:
            return None
        own = {n for s in donor.node.body for n in slices.stores(s)} & snippet.borrowed
        stated = _parsed(snippet.body)
        if (asked := asked_of_self(donor, stated)) and not asked <= self._held(donor):
            return None
        again = {n for s in stated for n in slices.stores(s)}
        start = slices.before(donor.node.body, again)
        early = bool(start) and own <= {n for s in start for n in slices.stores(s)}
        for take in (slices.everything, *_PREPARED) if early else _PREPARED:
            needed = set(own)
            before = start if take is slices.everything else donor.node.body
            body = [*(take(before, needed) if own or early else ()), *stated]
            needed |= snippet.borrowed
            if made := self.lent_to(donor, body, 0, needed, snippet.imports, snippet.guessed):
                return replace(made, note="quoted")
        return None

    # The call as a test makes it, with the event's arguments.

    def _calls(self, depth: int) -> Iterator[Candidate]:
        seen: set[tuple[str, ...]] = set()
        for way in self._ways(depth):
            modules = test_modules(self.index, (way.name,), MODULES)
            for donor in self._ranked(modules, self._words):
                node = self._match(donor, way, self.sites[depth])
                made = self._recalled(donor, node, way, depth) if node else None
                if made and made.body not in seen:
                    seen.add(made.body)
                    yield made
                if len(seen) >= EACH:
                    return

    def _ways(self, depth: int) -> Iterator[Way]:
        function = self.sites[depth].function
        assert function
        told = {k: v for k, v in self.told(depth).items() if ways.written(v)}
        first = ways.way(function, told)
        if first.name:
            yield first
        if not function.name.startswith("__"):
            yield from self._callers(function, first)

    def _callers(self, function: Function, way: Way) -> Iterator[Way]:
        """Functions that pass their own arguments on to it, the nearest first."""
        queue, seen = [(function, way)], {function.qualname}
        while queue and len(seen) < WAYS:
            inner, known = queue.pop(0)
            for module, call in self.index.calls(inner.name):
                caller = ways.around(module, call)
                if caller is None or caller.qualname in seen or caller.name.startswith("test"):
                    continue
                seen.add(caller.qualname)
                made = ways.passing(caller, call, inner, known)
                if made and made.name:
                    queue.append((caller, made))
                    yield made

    def _match(self, donor: Donor, way: Way, site: Site) -> ast.expr | None:
        """The expression in a test that goes this way, and is not meant to fail so."""
        function = site.function
        read = way.name == site.name and function and any("property" in d for d in function.decorators)
        for node in own_nodes(donor.node):
            if isinstance(node, ast.Call) and ways.last(node.func) == way.name and ways.fits(node, way):
                called = self.index.find_function(donor.module, dotted(node.func))
                meant = self.exception.rpartition(".")[2] in slices.expected(donor.node, node)
                if not meant and (called is None or called.qualname == way.function.qualname):
                    return node
            if read and isinstance(node, ast.Attribute) and leads(node, site):
                return node
        return None

    def _recalled(self, donor: Donor, node: ast.expr, way: Way, depth: int) -> Candidate | None:
        writer = Writer()
        act = ways.again(node, way, writer)
        if act is None or writer.statements:
            return None
        stated = ways.consumed(donor, node, act, way.lazy)
        for whole in (True, False):
            needed = slices.uses(stated)
            body = slices.leading(donor.node.body, node, [stated], needed, whole=whole)
            made = body and self.lent_to(donor, body, depth, needed, tuple(sorted(writer.imports)), 1)
            if made:
                return made
        return None

    # An object as a test makes it, and the event's call on it.

    def _objects(self, depth: int) -> Iterator[Candidate]:
        site = self.sites[depth]
        function = site.function
        if function is None or function.owner is None or function.name in {"__init__", "__new__"}:
            return
        names = self._kinds(function.owner, site)
        seen: set[tuple[str, ...]] = set()
        for donor in self._ranked(test_modules(self.index, sorted(names), MODULES), self._words):
            if self._meant(donor, function.name):
                continue
            for receiver in self._receivers(donor, names):
                for made in self._upon(donor, receiver, depth):
                    if made.body not in seen:
                        seen.add(made.body)
                        yield made
                if len(seen) >= EACH:
                    return

    def _meant(self, donor: Donor, name: str) -> bool:
        """Whether a test holds that a call of this name should fail as production did."""
        calls = (n for n in ast.walk(donor.node) if isinstance(n, ast.Call) and ways.last(n.func) == name)
        wanted = self.exception.rpartition(".")[2]
        return any(wanted in slices.expected(donor.node, call) for call in calls)

    def _kinds(self, owner: Class, site: Site) -> set[str]:
        """The class of `self` as the event names it, else the one that has the method."""
        first = site.function.parameters[0].name if site.function and site.function.parameters else ""
        value = site.values.get(first)
        named = getattr(value, "name", "").rpartition(".")[2]
        found = self.index.find_class(named, owner.module) if named else None
        if found and any(p.qualname == owner.qualname for p in self.index.parents(found)):
            return {found.name}
        return {owner.name}

    def _receivers(self, donor: Donor, names: set[str]) -> Iterator[str]:
        """Expressions of such an object in a test: a local, a fixture, an attribute of its set-up."""
        if not donor.is_test:
            return
        for statement in donor.node.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.Assign) and _makes(node.value, names):
                    yield from (t.id for t in node.targets if isinstance(t, ast.Name))
        for parameter in donor.parameters:
            fixture = self._fixture(donor, parameter)
            if fixture and any(_makes(v, names) for v in _given(fixture)):
                yield parameter
        for method in slices.functions(donor.owner).values() if donor.owner else ():
            if method.name.lower().startswith("setup") and method is not donor.node:
                yield from (
                    ast.unparse(t)
                    for n in ast.walk(method)
                    if isinstance(n, ast.Assign) and _makes(n.value, names)
                    for t in n.targets
                )
        used = slices.uses(*donor.node.body)
        for name, value in donor.module.assigned.items():
            if name in used and _makes(value, names):
                yield name

    def _fixture(self, donor: Donor, name: str) -> ast.AST | None:
        folder = donor.module.path.rpartition("/")[0]
        modules = [donor.module]
        while True:
            conftest = self.index.module(f"{folder}/conftest.py" if folder else "conftest.py")
            modules += [conftest] if conftest else []
            if not folder:
                break
            folder = folder.rpartition("/")[0]
        own = slices.functions(donor.owner).get(name) if donor.owner else None
        found = [own, *(m.functions[name].node for m in modules if name in m.functions)]
        return next((f for f in found if f and slices.is_fixture(f)), None)

    def _upon(self, donor: Donor, receiver: str, depth: int) -> Iterator[Candidate]:
        """The call on the object as the test leaves it, and on one with what is known of its attributes."""
        act = self.act(depth, Raw(receiver))
        if act is None:
            return
        written = render.write(shrink.smallest(Candidate(act, depth, "")))
        writer = Writer(imports=set(written.imports))
        known = [f"{receiver}.{name} = {writer.write(value)}" for name, value in self.known(depth).items()]
        guessed = 1 + invention(act.callee) + sum(invention(a.value) for a in act.arguments)
        for lines in ((*known, *written.body), written.body) if known else (written.body,):
            if not render.readable("\n".join(lines)):
                continue
            stated = _parsed(lines)
            for take in _PREPARED:
                needed = {receiver.partition(".")[0]} | slices.uses(*stated)
                body = [*take(donor.node.body, needed), *stated]
                if made := self.lent_to(donor, body, depth, needed, tuple(sorted(writer.imports)), guessed):
                    yield made
                    break

    # What they share.

    def lent_to(
        self,
        donor: Donor,
        body: list[ast.stmt],
        depth: int,
        needed: set[str],
        imports: tuple[tuple[str, str], ...],
        guessed: int,
    ) -> Candidate | None:
        rows = first_of(donor, needed, self._plain)
        if rows is None:
            return None
        if isinstance(donor.node, ast.AsyncFunctionDef):
            body = slices.awaited(body)
            imports = tuple(i for i in imports if i != _ASYNCIO or "asyncio" in slices.uses(*body))
        stated = [*rows, *body]
        loan = lend(donor, stated)
        if loan is None:
            return None
        text = "\n".join(ast.unparse(ast.fix_missing_locations(s)) for s in stated)
        return Candidate(
            None,
            depth,
            self.sites[depth].name,
            body=tuple(text.split("\n")),
            imports=imports,
            note="borrowed",
            guessed=guessed,
            loan=loan,
        )

    def ranked(self, modules: Sequence[Module], sites: Sequence[Site]) -> list[Donor]:
        """Tests, those first that have most in common with what is known of these frames."""
        return self._ranked(modules, self._outer_words | {w for s in sites for w in _site_words(s)})

    def _ranked(self, modules: Sequence[Module], words: frozenset[str]) -> list[Donor]:
        """Tests, those first that share rare words with what is known of the crash."""
        found = [d for m in modules for d in self._donors_of(m)]
        count = Counter(w for d in found for w in d.words & words)

        def score(donor: Donor) -> float:
            return -sum(1 / count[w] for w in donor.words & words)

        return sorted((d for d in found if d.is_test), key=score)[:DONORS]

    def _donors_of(self, module: Module) -> tuple[Donor, ...]:
        if module.path not in self._donors:
            self._donors[module.path] = tuple(donors(module))
        return self._donors[module.path]

    @cached_property
    def _words(self) -> frozenset[str]:
        return self._outer_words | {w for s in self.sites for w in _site_words(s)}

    @cached_property
    def _outer_words(self) -> frozenset[str]:
        """Words of the lines that called into the repository."""
        frame = self.outside
        if frame is None:
            return frozenset()
        text = "\n".join([*frame.pre_context, frame.context_line, *frame.post_context])
        spaced = "".join(c if c.isalnum() or c == "_" else " " for c in text)
        return frozenset({*spaced.split(), *frame.vars, frame.function})

    @cached_property
    def _plain(self) -> dict[str, object]:
        return {n: plain(v) for s in self.sites for n, v in s.values.items() if isinstance(v, Literal)}


class _Everything(Container[str]):
    def __contains__(self, name: object) -> bool:
        return True


def _site_words(site: Site) -> Iterator[str]:
    yield site.name
    if site.function and site.function.owner:
        yield site.function.owner.name
    for name, value in site.values.items():
        yield name
        for part in walk(value):
            if isinstance(part, Literal) and isinstance(part.constant, str) and len(part.constant) < _SHORT:
                yield part.constant


def _makes(node: ast.expr | None, names: set[str]) -> bool:
    return isinstance(node, ast.Call) and ways.last(node.func) in names


def _given(fixture: ast.AST) -> Iterator[ast.expr]:
    """What a fixture returns or yields, also through a local."""
    local = {
        n.targets[0].id: n.value
        for n in ast.walk(fixture)
        if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)
    }
    for node in ast.walk(fixture):
        if isinstance(node, ast.Return | ast.Yield) and node.value:
            yield local.get(node.value.id, node.value) if isinstance(node.value, ast.Name) else node.value


def _parsed(lines: Sequence[str]) -> list[ast.stmt]:
    return ast.parse("\n".join(lines)).body
