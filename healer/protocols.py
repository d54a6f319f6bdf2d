"""Every promise that a plug-in makes, on one page, in our own nouns."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from pydantic import Field

from healer.case import (
    Cost,
    Limits,
    Patch,
    Project,
    Proof,
    PullRequest,
    PullState,
    Reproduction,
    Review,
    Run,
    Suggestion,
    Target,
    UnprovenDraft,
)
from healer.errors import Refused
from triage.incident import Evidence, Source
from triage.noun import Json, Noun

N = TypeVar("N", bound=Noun)


class Step(Protocol):
    """Durable memory of a stage: a finished step is remembered, also after kill -9, and not done again."""

    def __call__(self, name: str, kind: type[N], work: Callable[[], N]) -> N:
        """The remembered result of `name`, or `work()`, remembered before it is returned.
        `name` is unique within a case."""


class Rows(Noun):
    columns: tuple[str, ...]
    rows: tuple[tuple[Json, ...], ...]
    truncated: bool = False
    milliseconds: float = 0.0


class Ask(Protocol):
    """One read-only question to the observed database.

    Raises `triage.correlate.Unanswered` with a readable reason: failed, timed out, too large."""

    def __call__(self, sql: str, bindings: Mapping[str, Json], *, limit: int) -> Rows: ...


class Mount(Noun):
    """A host path shown read-only inside the sandbox."""

    host: str
    inside: str


class Job(Noun):
    """One command, run on a private tree. Everything it writes vanishes with it."""

    tree: str  # host directory, shown at /work inside, under an overlay
    command: tuple[str, ...]
    cwd: str = ""  # relative to the tree
    env: dict[str, str] = Field(default_factory=dict)  # all of it, beyond PATH, HOME, LANG, TMPDIR
    files: dict[str, str] = Field(default_factory=dict)  # laid over the tree, relative path -> text
    deleted: tuple[str, ...] = ()  # hidden from the tree
    read_only: tuple[str, ...] = ()  # paths of the tree the job may not change
    mounts: tuple[Mount, ...] = ()
    scratch: str = ""  # an absolute path inside that is made: empty, writable, and gone with the rest
    python: str = ""  # interpreter whose installation (prefixes, site-packages) is shown at its own path
    report: bool = False  # give the job an inherited pipe; its number is in HEALER_REPORT_FD
    report_kb: int = 65536  # cap on what is read from it
    limits: Limits = Field(default_factory=Limits)
    database: bool = False  # an ephemeral PostgreSQL inside; its address in DATABASE_URL
    database_from: str = ""  # a baked data directory to start it from; "" means: an empty database


class Completed(Noun):
    exit_code: int  # 128+n when ended by signal n
    seconds: float
    output: str  # stdout and stderr, head and tail, control characters stripped
    output_digest: str  # sha256 of the raw output
    report: bytes = b""
    limits_hit: tuple[str, ...] = ()  # seconds | memory | processes | disk | output | report
    denied: tuple[str, ...] = ()  # in words


class SelfTest(Noun):
    """What `healer doctor` shows. Every check must hold, or no foreign code runs."""

    ok: bool
    checks: tuple[tuple[str, bool, str], ...]  # (name, held, detail)
    remedy: str = ""


class Sandbox(Protocol):
    def check(self) -> SelfTest: ...

    def run(self, job: Job) -> Completed:
        """Raises NoSandbox where the self-test does not hold."""


class Trial(Noun):
    """One run of a project's tests on a fresh private tree of the target's commit."""

    name: str
    target: Target
    files: dict[str, str] = Field(default_factory=dict)  # path -> text: tests and patch, laid over the commit
    protected: tuple[str, ...] = ()  # read-only for the run, besides the target's tests and configuration
    select: tuple[str, ...] = ()  # node ids or test files; () is the whole suite
    watch: tuple[tuple[str, int], ...] = ()  # (path, line): was it executed?
    survey: float = 0  # seconds after which no test is begun; `Run.reached` says how far each came
    rough: bool = False  # sooner, and without the values of failed assertions: for what is only tried
    seed: int = 0  # PYTHONHASHSEED
    seconds: float = 120
    plain: bool = False  # functions that need nothing are called without any test framework


class Bench(Protocol):
    """Runs tests for the service. What it returns comes over a chained pipe, not from a file."""

    def run(self, trial: Trial) -> Run: ...

    def source(self, target: Target) -> Source: ...


class Brief(Noun):
    """What an agent is told. Everything inside is sanitized; nothing inside is an instruction."""

    reproduction: Reproduction
    hint: str = ""  # why the last attempt was not enough
    lessons: tuple[str, ...] = ()  # of earlier proposals for the same file, fingerprint or exception
    asked: Evidence = Field(default_factory=Evidence)  # by agents before this one


class Written(Noun):
    """A test file that an agent wrote. What it is worth, the service finds out."""

    source: str = ""
    agent: str = ""
    code: str = ""  # why there is none
    reason: str = ""
    cost: Cost = Field(default_factory=Cost)


class Abstained(Refused):
    """An agent proposes nothing, and says why, what that cost and what it asked of the event log."""

    def __init__(self, code: str, reason: str, cost: Cost, asked: Evidence | None = None) -> None:
        self.cost, self.asked = cost, asked or Evidence()
        super().__init__(code, reason)


class Agent(Protocol):
    """Proposes an edit inside the scope. Holds no shell, network, secret or merge."""

    name: str

    def propose(self, brief: Brief, bench: Bench) -> Patch:
        """Raises Refused(code, reason) where it abstains, with its ranked ideas in the reason."""


class Writer(Protocol):
    """An agent that writes the failing test where the service itself could make none."""

    name: str

    def write_test(self, brief: Brief, bench: Bench) -> Written:
        """The service judges it as any reproduction. Raises Refused where it abstains."""


class Reviewer(Protocol):
    def review(self, proof: Proof, source: Source) -> Review: ...


class Push(Protocol):
    """Make the commit of a proof in our mirror and push it as a `healer/*` branch, never another.

    The same proof gives the same commit, so doing it twice is harmless. `token` is for https remotes
    and never touches the disk. `replaces`: our commit on the branch that this one takes the place of."""

    def __call__(self, proof: Proof, branch: str, *, url: str, token: str = "", replaces: str = "") -> str:
        """Returns the commit, 40 hex. Raises Refused where somebody else's commit is on the branch."""


class Surveyed(Noun):
    """How a branch of ours stands in a repository of this machine."""

    head: str  # "" where the branch is gone
    base: str  # head of the branch it is to be merged into
    merged: bool = False  # the base holds our commit
    conflict: bool = False


class Survey(Protocol):
    def __call__(self, repository: str, branch: str, commit: str, base: str) -> Surveyed:
        """`commit` is ours, as it was pushed; `base` a branch or revision."""


class Forge(Protocol):
    """Idempotent by the case's natural key. There is no merge."""

    name: str

    def ready(self) -> None:
        """Raises NotConfigured where publishing would not be safe."""

    def find(self, key: str) -> PullRequest | None: ...

    def publish(self, key: str, proof: Proof, title: str, body: str) -> PullRequest:
        """Push branch healer/<key> and open its pull request as a draft, or adopt the one that is there.

        Raises Refused where somebody else's commits are on the branch."""

    def update(self, pull: PullRequest) -> PullRequest:
        """Make title, body and state (draft to ready) there what they are in `pull`."""

    def close(self, pull: PullRequest, reason: str) -> PullRequest: ...


class PushUnproven(Protocol):
    """As `Push`, for what is not proven: the branch is `healer/unproven-*`, never another."""

    def __call__(self, suggestion: Suggestion, branch: str, *, url: str, token: str = "") -> str: ...


class Drafts(Protocol):
    """Where a suggestion may be shown to people: only ever as a draft. Off by default."""

    def suggest(self, key: str, suggestion: Suggestion, title: str, body: str) -> UnprovenDraft:
        """Idempotent. Raises Refused where there is no way to show it as a draft."""


class Heard(Noun):
    """What a person said about a proposal. `text` is theirs: clean it before it is used or shown."""

    id: str  # review-12 | comment-3 | line-5: unique within the proposal
    who: str
    kind: str  # changes | approved | comment; by button also rejected | person
    text: str = ""
    at: datetime


class Standing(Noun):
    """A proposal as its forge shows it now."""

    pull: PullRequest  # `commit` is the branch's head there, whoever made it
    base: str = ""  # head of the branch it is to be merged into
    conflict: bool | None = None  # None: the forge does not know yet
    checks: str = "none"  # green | red | pending | none, without our own
    merged_as: str = ""  # commit on the base
    ended_by: str = ""  # who merged or closed it
    ours: bool = True  # closed by Healer itself
    heard: tuple[Heard, ...] = ()  # of people with write access, oldest first
    unheard: int = 0  # remarks of bots and of people without
    quiet_since: datetime  # of the last remark or push


class Dialogue(Protocol):
    """A forge where people answer. Every word of ours has a key and is said once."""

    def look(self, pull: PullRequest) -> Standing: ...

    def answer(self, pull: PullRequest, to: str, text: str) -> None:
        """Say `text` about the remark `to` (`Heard.id`, or a word of ours), in its thread if it has one."""

    def amend(self, pull: PullRequest, proof: Proof, title: str, body: str) -> PullRequest:
        """Replace our commit `pull.commit` by the proof's. Raises Refused where it is not the head now."""

    def ask(self, pull: PullRequest, proof: Proof) -> None:
        """Ask one person for a review, unless somebody was asked or has answered."""


class Kept(Noun):
    """A proposal as the record has it."""

    pull: PullRequest
    proof: Proof
    amendments: int = 0
    heard: tuple[str, ...] = ()  # ids of remarks that were dealt with, and of our own moves
    why: str = ""  # it was closed
    snoozed_until: datetime | None = None  # somebody asked to leave it alone until then


class Chronicle(Protocol):
    """One proposal's record. Every verb may be repeated."""

    def kept(self) -> Kept: ...

    def heard(self, id: str, who: str, kind: str, outcome: str) -> None:
        """This was dealt with, and how."""

    def moved(self, state: PullState, by: str = "", why: str = "") -> None: ...

    def amended(self, pull: PullRequest, proof: Proof, id: str, who: str, kind: str) -> None:
        """The proposal is this now, because of that remark, in one transaction."""

    def asked(self) -> tuple[Heard, ...]:
        """What people asked for by button: of the kinds of `Heard`, and `rejected` and `person`."""

    def learn(self, outcome: str, text: str) -> None:
        """Keep a lesson: merged, or rejected with the reason. The last one of a proposal stands."""


class Proposals(Protocol):
    """Who may open a proposal, decided for all workers at once."""

    def reserve(self, proof: Proof) -> None:
        """Take the case's slot and budget, or keep the ones it has.

        Raises Refused("joined") where an open proposal mends the same place, Later where a cap is reached."""

    def release(self, key: str) -> None:
        """Give back what will not be used."""


class Message(Noun):
    """What a person is told. Plain text; each notifier encodes for its channel."""

    key: str  # natural key, case/step: the same key is never sent twice
    title: str
    lines: tuple[str, ...] = ()
    link: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()  # approve | changes | reject | person | snooze
    thread: str = ""  # the case's key
    project: str = ""  # with `thread` it names the case


class Receipt(Noun):
    key: str
    channel: str = ""
    reference: str = ""  # the channel's own id of the message


class Notifier(Protocol):
    name: str

    def notify(self, message: Message) -> Receipt: ...


class Tracker(Protocol):
    """Where the error came from."""

    name: str

    def comment(self, issue: str, text: str) -> None: ...

    def link(self, issue: str, pull: PullRequest) -> None: ...

    def resolve(self, issue: str, commit: str) -> None:
        """Only after a merge."""


class Workshop(Protocol):
    """Foreign repositories, on our side of the wall."""

    def open(self, project: Project) -> Target:
        """Fetch, resolve the base and find interpreter, roots and tests. Raises BadInput."""

    def source(self, target: Target) -> Source: ...

    def history(self, target: Target, path: str, start: int, end: int) -> tuple[Commit, ...]:
        """Commits that touched these lines, newest first, at most ten."""


class Commit(Noun):
    sha: str
    author: str
    email: str
    when: str  # ISO 8601
    subject: str
