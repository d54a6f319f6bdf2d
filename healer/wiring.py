"""The composition root: Settings -> Tools. The only room that knows concrete classes."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from healer import settings as environment
from healer.case import Declined, Diagnosis, Healed, Project
from healer.engine import Queue
from healer.errors import NotConfigured
from healer.eventlog import partitions
from healer.following import deliver
from healer.intake import Entrance, Integration, Routes
from healer.intake.episodes import reopens
from healer.observed import Observed, own_questions
from healer.outlets import Outlets
from healer.pipeline import Tools, follow, heal
from healer.policy import Decision
from healer.protocols import Chronicle, Notifier, Step
from healer.proving.remember import Remembering
from healer.settings import ProjectSettings, Sentry, Settings
from healer.staff import Staff
from healer.store import ledger
from healer.store.database import Connection, apply_schema, connect
from healer.store.embedded import EmbeddedPostgres
from healer.store.past import past
from healer.store.reading import READ_ONLY
from healer.store.record import ripen
from healer.store.spending import Books
from healer.tools.desk import Past
from healer.tools.inquiry import Inquiry
from healer.tools.session import Audit
from healer.workshop.bench import SandboxBench
from healer.workshop.dependencies import Installer
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard
from triage.correlate import correlate, merged, shipped
from triage.incident import Evidence, Incident

log = logging.getLogger(__name__)

READER = "healer_reader"
Work: TypeAlias = Callable[[Incident, Step], Healed | Declined]


def heal_locally(
    incident: Incident,
    project: Project,
    step: Step,
    home: Path,
    staff: Staff | None = None,
    *,
    place: Place | None = None,
    unproven: bool = False,
) -> Healed | Declined:
    """One incident without a server: no database, no notifier, a branch in the repository itself."""
    workplace = Workplace(home, Bubblewrap(home), place or Place(), staff=staff or Staff(), attended=True)
    workplace = replace(workplace, outlets=Outlets(unproven=unproven))
    with workplace.tools(project) as tools:
        return heal(incident, tools, step)


@dataclass(frozen=True)
class Place:
    """What foreign code gets beside its tree."""

    installer: Installer = field(default_factory=Installer)
    secrets: Mapping[str, str] = field(default_factory=dict)  # by name; a project sees those it lists
    tell: Callable[[str], None] = log.info

    @classmethod
    def of(cls, settings: Settings, tell: Callable[[str], None] = log.info) -> Place:
        given = settings.dependencies
        index = given.index.get_secret_value()
        installer = Installer(index, given.hosts, given.seconds, given.find_links, given.days)
        return cls(installer, settings.secrets(), tell)

    def yard(self, home: Path, sandbox: Bubblewrap, token: Callable[[str], str] = lambda url: "") -> Yard:
        env = environment.virtual_env()
        return Yard(home, sandbox, virtual_env=env, token=token, installer=self.installer, tell=self.tell)

    def bench(self, home: Path, sandbox: Bubblewrap, yard: Yard) -> SandboxBench:
        cache = home / "bytecode"
        return SandboxBench(
            sandbox, yard.source, yard.tree, secrets=self.secrets, cache=cache, database=yard.database
        )


@dataclass(frozen=True)
class Workplace:
    """What every case of this process shares. `attended`: a person asked and is watching."""

    home: Path
    sandbox: Bubblewrap
    place: Place = field(default_factory=Place)
    evidence: Callable[[Incident], Evidence] = field(default=lambda incident: Evidence())
    lessons: Callable[[Diagnosis], tuple[str, ...]] = field(default=lambda diagnosis: ())
    notifiers: tuple[Notifier, ...] = ()
    staff: Staff = field(default_factory=Staff)
    outlets: Outlets = field(default_factory=Outlets)
    attended: bool = False

    @contextmanager
    def tools(self, project: Project) -> Iterator[Tools]:
        outlets = self.outlets
        with self.place.yard(self.home, self.sandbox, outlets.token) as yard:
            forge = outlets.forge(project, yard)
            yield Tools(
                project=project,
                workshop=yard,
                bench=Remembering(self.place.bench(self.home, self.sandbox, yard)),
                evidence=self.evidence,
                agents=self.staff.agents(yard, self.sandbox),
                writers=self.staff.writers(yard),
                drafts=outlets.drafts(forge),
                reviewer=self.staff.reviewer(),
                proposals=outlets.proposals(project),
                forge=forge,
                dialogue=outlets.dialogue(forge),
                manners=self.outlets.manners(),
                notifiers=self.notifiers,
                tracker=outlets.tracker(project),
                lessons=self.lessons,
                attended=self.attended,
            )


@dataclass(frozen=True)
class Service:
    """A running installation: its settings and where its record is."""

    settings: Settings
    dsn: str
    sandbox: Bubblewrap
    observed: Observed | None = None
    staff: Staff = field(default_factory=Staff)
    inquiry: Inquiry | None = None

    def work(self, incident: Incident, step: Step, notifiers: tuple[Notifier, ...] = ()) -> Healed | Declined:
        """What a worker does with a case."""
        with self._tools(incident, notifiers) as tools:
            return heal(incident, tools, step)

    def follow(
        self, incident: Incident, chronicle: Chronicle, step: Step, notifiers: tuple[Notifier, ...] = ()
    ) -> str:
        """What a worker does with a case's proposal; says what it did."""
        with self._tools(incident, notifiers) as tools:
            return follow(incident, tools, chronicle, step).kind.value

    def deliver(self, event: str, delivery: str, payload: Mapping[str, Any]) -> str:
        """What the door for GitHub's webhooks does with one."""
        with connect(self.dsn) as connection:
            return deliver(connection, Queue(), event, delivery, payload)

    @contextmanager
    def _tools(self, incident: Incident, notifiers: tuple[Notifier, ...] = ()) -> Iterator[Tools]:
        project = self.settings.find(incident.project).project()
        workplace = Workplace(
            self.settings.home,
            self.sandbox,
            Place.of(self.settings),
            evidence=self.ask,
            lessons=self.lessons,
            notifiers=notifiers,
            staff=self.staff,
            outlets=Outlets(self.settings, self.dsn),
        )
        with workplace.tools(project) as tools:
            yield tools

    def ask(self, incident: Incident) -> Evidence:
        asked = self.inquiry
        return correlate(incident, asked.questions, asked.ask, asked.record) if asked else Evidence()

    def lessons(self, diagnosis: Diagnosis) -> tuple[str, ...]:
        """What people said about earlier proposals for the same incident, files or exception."""
        incident, files = diagnosis.incident, ledger.files_of(diagnosis)
        with connect(self.dsn) as connection:
            return ledger.lessons(
                connection, incident.project, incident.fingerprint, diagnosis.signature.exception, files
            )

    def ripen(self, connection: Connection) -> int:
        """Open the cases whose incidents have become old enough; how many."""
        floors = {one.name: one.floor for one in self.settings.project if one.floor.minutes}
        spawn = Queue().spawn
        return sum(ripen(connection, n, floor, spawn=spawn, reopens=reopens) for n, floor in floors.items())

    def routes(self) -> Routes:
        settings = self.settings
        entrances = tuple(_entrance(one, settings.sentry_of(one.name)) for one in settings.project)
        integrations = {
            slug: Integration(app=sentry.app, fetches=sentry.can_be_asked)
            for slug, sentry in settings.sentries().items()
        }
        return Routes(entrances, installation_secret(settings.home), integrations)


def _entrance(project: ProjectSettings, sentry: Sentry) -> Entrance:
    return Entrance(
        name=project.name,
        floor=project.floor,
        id=project.id,
        key=project.dsn_key.get_secret_value(),
        organization=sentry.organization,
        sentry=(project.sentry_project,) if project.sentry_project else (),
    )


def installation_secret(home: Path) -> bytes:
    """Thirty-two random bytes of this installation. They key placeholders, so that nobody who guesses a
    secret can check the guess against what is shown."""
    path = home / "secret"
    home.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        draft = home / f".secret.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_bytes(secrets.token_bytes(32))
        with suppress(FileExistsError):
            os.link(draft, path)  # whoever comes first decides, for all processes
        draft.unlink()
    return path.read_bytes()


@contextmanager
def service(settings: Settings) -> Iterator[Service]:
    """The record reachable and its schema right; the observed database open and read-only."""
    sandbox = Bubblewrap(settings.home)  # one per process: it tests itself once
    with ExitStack() as stack:
        dsn, theirs, ours = stack.enter_context(_database(settings))
        books = stack.enter_context(closing(Books(dsn)))
        record = stack.enter_context(Observed(ours)) if ours else None
        observed = stack.enter_context(Observed(theirs)) if theirs else record
        inquiry = _inquiry(settings, observed, record) if observed else None
        staff = Staff(
            settings.model, settings.budget, books, past=_past(dsn), inquiry=inquiry, audit=_audit(books)
        )
        yield Service(settings, dsn, sandbox, observed, staff, inquiry)


def _inquiry(settings: Settings, observed: Observed, record: Observed | None) -> Inquiry:
    """Raises NotConfigured where a team's own question cannot be used."""
    chosen = settings.observed
    theirs = own_questions(Path(chosen.questions)) if chosen.questions else ()
    return Inquiry(
        questions=merged(shipped(), theirs),
        ask=observed.ask,
        record=record.ask if record else None,
        relations=chosen.relations if chosen.select else (),
    )


def _past(dsn: str) -> Past:
    def told(diagnosis: Diagnosis) -> tuple[str, ...]:
        files = ledger.files_of(diagnosis)
        with connect(dsn, options=READ_ONLY) as connection:
            return past(connection, diagnosis.incident, diagnosis.signature.exception, files)

    return told


def _audit(books: Books) -> Audit:
    def audit(incident: Incident, decision: Decision) -> None:
        books.decided(incident.project, incident.key, decision)

    return audit


@contextmanager
def _database(settings: Settings) -> Iterator[tuple[str, str, str]]:
    """(DSN of the record, of the team's observed database, of our own reader); "" where there is none."""
    observed = settings.observed.url.get_secret_value()
    given = settings.database.url.get_secret_value()
    if given:
        _reach(given)
        yield given, observed, ""
        return
    with EmbeddedPostgres(settings.home / "postgres") as server:
        dsn = make_conninfo(server, dbname=_create(server, "healer"))
        _prepare(dsn, with_reader=True)
        yield dsn, observed, make_conninfo(dsn, user=READER)


def _reach(dsn: str) -> None:
    try:
        _prepare(dsn, with_reader=False)
    except psycopg.Error as error:
        said = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise NotConfigured(
            f"the database cannot be used: {said}; check database.url, that the server runs, and that"
            " the role may create schemas"
        ) from None


def _create(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if not known:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return name


def _prepare(dsn: str, *, with_reader: bool) -> None:
    apply_schema(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        partitions.apply_schema(connection)
        if with_reader:
            partitions.make_reader(connection)
