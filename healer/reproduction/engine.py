"""The search for a reproduction, without running anything: what to try, how to judge, what to keep."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from healer.case import Diagnosis, Raised, Reproduction, Run
from healer.reproduction import (
    answers,
    callers,
    causes,
    contract,
    deployed,
    existing,
    fillers,
    judge,
    makings,
    matches,
    mocks,
    place,
    render,
    replay,
    shrink,
    surroundings,
    syntax,
)
from healer.reproduction.apps import App, find
from healer.reproduction.borrow import Borrower
from healer.reproduction.calls import Caller
from healer.reproduction.candidate import Candidate
from healer.reproduction.encores import Encores
from healer.reproduction.facts import Site, gather
from healer.reproduction.files import with_files
from healer.reproduction.index import Index, is_test
from healer.reproduction.judge import Hit
from healer.reproduction.lessons import NOTHING_LEARNT, Lessons, learn
from healer.reproduction.loans import Loan
from healer.reproduction.modules import Function, Module
from healer.reproduction.reprs import read
from healer.reproduction.snippet import Snippet
from healer.reproduction.surroundings import Setting
from healer.reproduction.values import Value
from triage.incident import Located, Source

MOST = 24  # candidates of one run
MOST_LEARNT = 16  # of a later one
MOST_REFILLED = 24  # of it, with other values for what nobody saw
MOST_ANSWERED = 16  # of it, where calls answer what the event recorded
ROUNDS = 3
ENDS = 30  # frames of a deep stack that are read, at either end
PER_FRAME = 8
REPLAYS = 6
_ATTRIBUTES = {"__getattr__", "__getattribute__"}  # right to fail where there is none of that name
_SCRATCH = "test_healer_candidates"


class Workbench:
    """One incident's search. Holds the repository's index and what the frames say. `given`: the diagnosis
    as it came; `diagnosis`: with production's paths as the checkout's."""

    def __init__(self, diagnosis: Diagnosis, source: Source) -> None:
        self.index = Index(source, diagnosis.target.source_roots)
        self._taken = frozenset(self.index.all_paths())
        self.given = diagnosis
        self.diagnosis = diagnosis = deployed.at_home(diagnosis, self.index.all_paths())
        self.sites = tuple(_site(self.index, located) for located in _ends(diagnosis.located))
        signature = diagnosis.signature
        raised = diagnosis.incident.event.raised
        entered = next((located.frame for located in diagnosis.located if _usable(located)), None)
        self.callers = callers.find(raised.frames if raised else (), entered)
        modules = self.callers.modules
        self.facts = gather(self.sites, signature.exception, signature.message, modules)
        self._hear_causes(source)
        self.facts.made, self.facts.patterns = makings.noted(self.sites), matches.noted(self.sites)
        for frame in self.callers.frames:
            for name, value in frame.vars.items():
                self.facts.heard.hear(name, read(value))
        for frame in raised.frames if raised else ():
            self.facts.heard.texts += (
                text for held in frame.vars.values() for text in syntax.texts(read(held))
            )
        self.facts.request = diagnosis.incident.event.request
        self.folder = place.folder(diagnosis.target, self.index, signature.path)
        self._case = place.case_class(diagnosis.target, self.index)
        self._managed = place.managed(diagnosis.target)
        self._apps = replay.apps(self.index, self.sites, diagnosis.incident.event.request)
        self.scratch = place.file_name(self.folder, _SCRATCH, self._taken)
        self.reached: dict[str, tuple[tuple[str, int], ...]] = {}  # what tests of the repository executed
        self._mocked = 0  # candidates that failed so, but on nothing except mocks
        self._reported = 0  # and those that called nothing but what raises for its callers

    def _hear_causes(self, source: Source) -> None:
        known, event = self.diagnosis.located, self.diagnosis.incident.event
        for error in causes.before(event):
            found = _ends(causes.located(error, event, source, known))
            sites = tuple(_site(self.index, one) for one in found)
            causes.add(self.facts, gather(sites, error.type, error.value, self.callers.modules))

    def rounds(self, runs: list[Run]) -> Iterator[tuple[Candidate, ...]]:
        """Rounds of candidates; `runs` grows with the answers, so a later round can learn from them."""
        request = self.diagnosis.incident.event.request
        replayed = tuple(
            replay.candidates(self.index, self.sites, request, self._apps, managed=self._managed)
        )[:REPLAYS]
        made = tuple(c for c in (*replayed, *self._calls(NOTHING_LEARNT)) if render.fits(c))[:MOST]
        made += tuple(c for c in self._borrowed() if render.fits(c))
        tried: set[Candidate] = set()
        lessons = NOTHING_LEARNT
        while made:
            tried |= set(made)
            yield made
            more = learn(self.index, runs[-1], self.scratch, lessons, self.diagnosis.signature.message)
            if len(runs) >= ROUNDS or not self.ran(runs[-1]):
                return
            self.index.forget(more.unloaded - {site.path for site in self.sites})
            taught = self._calls(more) if more != lessons else iter(())
            lessons = more
            refilled = self._refilled(made, runs[-1])
            made = tuple(c for c in taught if c not in tried and render.fits(c))[:MOST_LEARNT]
            made += tuple(islice((c for c in refilled if c not in tried and render.fits(c)), MOST_REFILLED))
            if len(runs) == 1:
                made += tuple(c for c in self.encores.candidates(self.reached) if render.fits(c))
                made += tuple(islice(filter(render.fits, self._answered(lessons)), MOST_ANSWERED))

    def _refilled(self, made: tuple[Candidate, ...], run: Run) -> Iterator[Candidate]:
        """What came as far as the repository's code, with such values for its guesses as the exception
        speaks of: one of each candidate before anyone's second."""
        values = fillers.wanted(self.diagnosis.signature.exception, self.diagnosis.signature.message)
        queues = []
        for number, candidate in enumerate(made):
            raised = judge.raised_by(run, f"{render.TRIED}{number}")
            if not raised or any(frame.path != self.scratch for frame in raised.frames):
                queues.append(fillers.variants(candidate, values))
        while queues:
            found = [(queue, next(queue, None)) for queue in queues]
            yield from (candidate for _, candidate in found if candidate)
            queues = [queue for queue, candidate in found if candidate]

    def _calls(self, lessons: Lessons) -> Iterator[Candidate]:
        """The frames' candidates in turn: each frame's likeliest reading before anyone's second."""
        caller = Caller(self.index, self.sites, self.facts, self.callers, lessons)
        settings = self._settings
        queues = []
        for depth in _chosen(self.sites):
            read = caller.candidates(depth)
            made = (c for candidate in read for c in self._within(candidate, settings, lessons))
            queues.append(list(islice(made, PER_FRAME)))
        for turn in range(PER_FRAME):
            yield from (queue[turn] for queue in queues if turn < len(queue))

    @cached_property
    def _settings(self) -> tuple[Setting, ...]:
        event = self.diagnosis.incident.event
        return surroundings.settings(self.index, self.sites, event, managed=self._managed)

    @cached_property
    def _argv(self) -> tuple[Value, ...]:
        return surroundings.arguments(self.index, self.sites, self.diagnosis.incident.event)

    def _within(
        self, candidate: Candidate, settings: tuple[Setting, ...], lessons: Lessons
    ) -> Iterator[Candidate]:
        """The candidate in its request, its process, and among its files, as far as they are known."""
        signature, depth = self.diagnosis.signature, candidate.depth
        sites = (*self.sites[depth:], *self.sites[:depth])
        for placed in self._placed(candidate, lessons):
            for around in surroundings.surrounded(placed, settings, self._argv):
                yield from with_files(
                    around, sites, signature.exception, signature.message, self.callers.quoted, self._taken
                )

    def _answered(self, lessons: Lessons) -> Iterator[Candidate]:
        """The frames' calls where others answer what the event recorded of them: those that lead outside the
        repository, then the repository's own too."""
        raised = self.diagnosis.incident.event.raised
        every = [answers.gather(self.index, self.sites, self.facts, raised, own=own) for own in (False, True)]
        for found in every if every[0].names != every[1].names else every[1:]:
            caller = Caller(self.index, self.sites, found.facts, self.callers, lessons)
            settings = (*self._settings, *surroundings.replacing(self.index, found))
            for depth in _chosen(self.sites) if found else ():
                for candidate in caller.answered(depth):
                    answering = replace(candidate, answered=found.names)
                    yield from islice(self._within(answering, settings, lessons), 1)

    @cached_property
    def encores(self) -> Encores:
        return Encores(self._borrower, _chosen(self.sites))

    def _borrowed(self) -> list[Candidate]:
        """What stands on the preparations of the repository's own tests."""
        return self._borrower.candidates(_chosen(self.sites))

    @cached_property
    def _borrower(self) -> Borrower:
        outside = self.callers.near
        caller = Caller(self.index, self.sites, self.facts, self.callers)

        def quoted(lent: Container[str]) -> Iterator[Snippet]:
            return caller.quoted(self.sites[0], outside, lent) if outside else iter(())

        exception = self.diagnosis.signature.exception
        return Borrower(
            self.index, self.sites, outside, exception, caller.told, caller.upon, caller.known, quoted
        )

    def _placed(self, candidate: Candidate, lessons: Lessons) -> Iterator[Candidate]:
        """The call, before it in the request it was made in, or in the application's context it asked for."""
        request = self.diagnosis.incident.event.request
        if placed := replay.within(candidate, self.index, self.sites, request, self._apps):
            yield placed
        elif lessons.context and (inside := replay.inside(candidate, lessons.context, self._contexts)):
            yield inside
        yield candidate

    @cached_property
    def _contexts(self) -> tuple[App, ...]:
        return tuple(find(self.index, self.sites))

    def trial(self, candidates: tuple[Candidate, ...], without: Container[int] = ()) -> dict[str, str]:
        """The candidates as test files, by path; `without` those of these numbers."""
        files = {self.scratch: render.trial_file(candidates, without)}
        for number, candidate in enumerate(candidates):
            if candidate.loan and number not in without:
                files[self._lent_path(candidate.loan, number)] = render.lent_trial(candidate, number)
        return files

    def selected(self, candidates: tuple[Candidate, ...], without: Container[int] = ()) -> tuple[str, ...]:
        """What of those files is run: a class that is lent may inherit tests."""
        lent = (
            render.test_id(candidate, self._lent_path(candidate.loan, number), f"{render.TRIED}{number}", "")
            for number, candidate in enumerate(candidates)
            if candidate.loan and number not in without
        )
        return (self.scratch, *(test.partition("[")[0] for test in lent))

    def _lent_path(self, loan: Loan, number: int) -> str:
        return place.file_name(loan.folder, f"{_SCRATCH}_{number}", self._taken)

    @cached_property
    def _statement(self) -> range:
        """Lines of the statement that failed in production, where the checkout still has it there."""
        last = self.diagnosis.located[-1] if self.diagnosis.located else None
        return self.index.statement(last.path, last.line) if last and last.exact else range(0)

    def hits(self, candidates: tuple[Candidate, ...], run: Run) -> list[Hit]:
        found = []
        stack = tuple(site.name for site in self.sites)
        for number, candidate in enumerate(candidates):
            raised = judge.raised_by(run, f"{render.TRIED}{number}")
            hit = judge.hit(self.diagnosis, candidate, raised, stack, self._statement) if raised else None
            if hit and self._only_reports(candidate):
                self._reported += 1
            elif hit and self._only_mocks(candidate):
                self._mocked += 1
            elif hit:
                found.append(hit)
        return found

    def _only_reports(self, candidate: Candidate) -> bool:
        """Whether it calls nothing but the function by which the code before it gave up."""
        crash = self.sites[-1]
        inner = len(self.sites) > 1 and candidate.depth == len(self.sites) - 1
        if not inner or candidate.loan is not None:
            return False
        absent = self.diagnosis.signature.exception == "AttributeError" and crash.name in _ATTRIBUTES
        return absent or judge.reports(crash.function, crash.line)

    def _only_mocks(self, candidate: Candidate) -> bool:
        written = render.write(candidate)
        names = frozenset((name or module).partition(".")[0] for module, name in written.imports)
        lent = candidate.loan is not None or candidate.how == "request" or bool(candidate.answered)
        return not lent and mocks.alone(written.body, names)

    def forms(self, best: Hit) -> list[Hit]:
        """As it may be kept: without what says nothing, as it was seen to fail, with more around it."""
        candidate = best.candidate
        found = [shrink.smallest(candidate), candidate]
        if candidate.loan and candidate.loan.beside:
            found.append(replace(candidate, loan=candidate.loan.wide()))
        return [replace(best, candidate=form) for form in dict.fromkeys(found)]

    def existing(self) -> tuple[str, ...]:
        """Tests of the repository that speak of the failure: one may be red already."""
        request = self.diagnosis.incident.event.request
        singles = place.single_files(self.diagnosis.target, self.index)
        return existing.speaking(self.index, singles, self.sites, request.url if request else "")

    def ran(self, run: Run) -> bool:
        """Whether any candidate was run at all: a broken test file beside them may stop everything."""
        return run.usable and any(f"::{render.TRIED}" in test for test in run.outcomes)

    def already(self, run: Run) -> Reproduction | None:
        """A test of the repository that fails as production did."""
        for raised in run.raised:
            path = raised.test.partition("::")[0]
            if path in self._taken and judge.shows(self.diagnosis, raised) and self._same_line(raised):
                return Reproduction(
                    diagnosis=self.given,
                    path=path,
                    source=self.index.read(path),
                    test=raised.test,
                    how="existing",
                    why="A test of the repository fails on the base commit as production did.",
                )
        return None

    def _same_line(self, raised: Raised) -> bool:
        wanted = self.diagnosis.signature.line
        return not wanted or raised.frames[-1].line == wanted

    def final(self, best: Hit) -> Reproduction:
        signature = self.diagnosis.signature
        candidate = best.candidate
        name = f"test_{render.slug(candidate.function)}_{render.slug(signature.exception)}"
        folder = candidate.loan.folder if candidate.loan else self.folder
        path = place.file_name(folder, f"test_regression_{name.removeprefix('test_')}", self._taken)
        kept = self._with_contract(candidate)
        holder = render.case_name(kept, name) if self._case else ""
        source = render.final_file(
            kept,
            name=name,
            docstring=self._docstring(candidate),
            comment=f"must not raise {signature.exception}",
            holder=holder,
            case=self._case,
        )
        return Reproduction(
            diagnosis=self.given,
            path=path,
            source=source,
            test=render.test_id(candidate, path, name, holder),
            how=candidate.how,
            why=self._how(best),
            answered=candidate.answered,
        )

    def _with_contract(self, candidate: Candidate) -> Candidate:
        raised, exception = self.diagnosis.incident.event.raised, self.diagnosis.signature.exception
        if raised and raised.module and raised.type == exception:
            exception = f"{raised.module}.{exception}"
        crash = self.sites[-1]
        if candidate.depth == len(self.sites) - 1 and (
            owed := contract.demanded(self.index, crash, exception)
        ):
            return replace(candidate, demanded=owed)
        sites = self.sites[max(candidate.depth, 0) :]
        refusals = contract.refusals(self.index, sites, exception, self.callers.near)
        if candidate.late:  # a name of the repository cannot stand at the top of the test
            refusals = tuple(name for name in refusals if not name.module)
        return replace(candidate, refusals=refusals)

    def _docstring(self, candidate: Candidate) -> str:
        event = self.diagnosis.incident.event
        signature = self.diagnosis.signature
        said = render.safe_doc(f"{signature.exception}: {signature.message}".rstrip(": "))
        lent = f" Set up as {candidate.loan.test} is." if candidate.loan else ""
        return f"Production event {render.safe_doc(event.event_id)[:32]}: {said}.{lent}"

    def _how(self, best: Hit) -> str:
        candidate = best.candidate
        place_ = (
            "the outermost in-app frame"
            if candidate.depth == 0
            else f"in-app frame {candidate.depth + 1} of {len(self.sites)}"
        )
        told = f"Calls `{candidate.function}` ({place_}) with values rebuilt from the event"
        if candidate.how == "request":
            told = "Replays the event's HTTP request through the application's own test client"
        if candidate.loan:
            return f"{told}; what the event does not tell is set up as in `{candidate.loan.test}`."
        guessed = candidate.invented
        told += f"; {guessed} of them guessed" if guessed else ""
        if candidate.answered:
            named = ", ".join(f"`{name}`" for name in candidate.answered)
            told += f"; {named} answer what the event recorded of them"
        return f"{told}."

    def confirms(self, run: Run) -> bool:
        return run.usable and any(judge.shows(self.diagnosis, raised) for raised in run.raised)

    def faithful(self, run: Run, seen: Hit) -> bool:
        """Whether it failed as closely to production as it was seen to among others."""
        return any(judge.again(self.diagnosis, raised, seen) for raised in run.raised)

    def unconfirmed(self, run: Run) -> str:
        return f"A test reproduced the failure among others but not by itself: {run.why or run.output[-300:]}"

    def why_not(self, tried: int, runs: list[Run]) -> str:
        """What a person needs to go on by hand."""
        if not self.diagnosis.located:
            return "No frame of the event was found in the repository."
        if self._mocked:
            return (
                "The failure was seen only where every object of the failing call is a mock, which says"
                " nothing of the objects production had: a test needs to make at least one of them."
            )
        if self._reported:
            return (
                "Only a call of the innermost function failed so. It raises whatever it is given: what counts"
                " is how its caller came to call it, and no call of a caller did."
            )
        if not tried:
            return "No in-app frame belongs to a function of the repository that a test could call."
        last = runs[-1] if runs else None
        if last and not last.usable:
            return f"The tests could not be run: {last.why or last.output[-300:]}"
        raised = [one for run in runs for one in run.raised]
        return judge.otherwise(self.diagnosis, tried, raised, self._taken)


def _ends(located: Sequence[Located]) -> Sequence[Located]:
    """The usable frames; of an endless recursion those at its ends, as the ones between tell the same."""
    usable = [one for one in located if _usable(one)]
    return usable if len(usable) <= 2 * ENDS else [*usable[:ENDS], *usable[-ENDS:]]


def _usable(located: Located) -> bool:
    return not is_test(located.path) and not located.frame.filename.startswith("<")


def _site(index: Index, located: Located) -> Site:
    module = index.module(located.path)
    name = located.frame.function.rpartition(".")[2] or located.function.rpartition(".")[2]
    function = _function(module, located, name) if module else None
    values = {k: read(v) for k, v in located.frame.vars.items() if k.isidentifier()}
    return Site(located.path, located.line, function, values, name)


def _function(module: Module, located: Located, name: str) -> Function | None:
    """By its lines first: a property and its setter have one name."""
    return module.function_at(located.line, name) or module.functions.get(located.function)


def _chosen(sites: tuple[Site, ...]) -> list[int]:
    """Which frames are tried: of a deep or recursive stack the outer and the inner ones. A comprehension's
    own frame is no call of its function."""
    distinct: list[int] = []
    for depth, site in enumerate(sites):
        same = [d for d in distinct if sites[d].function is site.function]
        if same and site.comprehends:
            continue
        if (site.function or not depth) and len(same) < 2:
            distinct.append(depth)
    return distinct if len(distinct) <= 8 else distinct[:4] + distinct[-4:]
