"""The nouns of the act. Each holds the one before it, so the wrong order does not type-check:
`Proof` holds its `Patch`, which holds its `Reproduction`, its `Diagnosis` and its `Incident`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from triage.incident import Evidence, ExceptionInfo, Incident, Located, Suspect, Verdict
from triage.noun import Noun


class Project(Noun):
    """What the team said about one project. Paths inside the repository are relative, with `/`."""

    name: str
    repository: str  # a path or URL that git can fetch from
    base: str = "HEAD"  # branch or revision to heal
    python: str = ""  # interpreter to run its tests; "" means: find it
    source_roots: tuple[str, ...] = ()  # () means: find them
    subdirectory: str = ""  # of a monorepo
    test_command: tuple[str, ...] = ()  # () means: python -m pytest; `python` means `python` above
    path_map: tuple[tuple[str, str], ...] = ()  # (stack root, source root), as Sentry's code mappings
    editable: tuple[str, ...] = ()  # globs an edit may touch; () means: in-app frames' files
    secrets: tuple[str, ...] = ()  # names of environment variables its tests may see
    test_seconds: int = 600
    environment: Literal["auto", "always", "none"] = "auto"  # made from the lock file: where it is lacking, …
    setup: tuple[str, ...] = ()  # the project's own command that completes that environment
    database: bool = False  # its tests want a PostgreSQL of their own
    database_variable: str = "DATABASE_URL"  # where they look for its address
    migrate: tuple[str, ...] = ()  # the command that prepares it
    migrations: tuple[str, ...] = ()  # globs of what `migrate` follows from; () means: the whole commit


class Target(Noun):
    """One commit of one project, with everything needed to run its tests. Made by the workshop."""

    project: Project
    commit: str  # 40 hex
    python: str  # absolute path of the interpreter
    python_version: tuple[int, int]
    source_roots: tuple[str, ...]
    test_command: tuple[str, ...]  # without selection; ("python", "-m", "pytest")
    tests: tuple[str, ...] = ()  # directories or files that hold tests
    mirror: str = ""  # our bare mirror's path
    notes: tuple[str, ...] = ()  # in words, what a person should know about this place


class Scope(Noun):
    """What an edit may touch. Deny wins."""

    allow: tuple[str, ...]
    deny: tuple[str, ...] = ()
    max_files: int = 5
    max_lines: int = 200


CIRCLE = 40  # last frames of an endless recursion that count as its place
BEYOND = 3  # calls that may lead out of it before its limit is met


class Signature(Noun):
    """How the incident shows itself: the same exception type at the same in-app frame."""

    exception: str  # type name without module
    path: str
    function: str  # unqualified co_name
    line: int = 0
    message: str = ""
    circle: tuple[tuple[str, str], ...] = ()  # (path, function) where an endless recursion may end as well

    @classmethod
    def of(cls, raised: ExceptionInfo | None, located: tuple[Located, ...]) -> Signature:
        """From the in-app frames, outermost first. Which frame of a recursion meets its limit is chance."""
        kind, message = (raised.type, raised.value) if raised else ("", "")
        if not located:
            return cls(exception=kind, path="", function="", message=message)
        near = located[-CIRCLE:] if kind == "RecursionError" else ()
        return cls(
            exception=kind,
            path=located[-1].path,
            function=located[-1].frame.function.rpartition(".")[2],
            line=located[-1].line,
            message=message,
            circle=tuple(sorted({(one.path, one.frame.function.rpartition(".")[2]) for one in near})),
        )

    def ends(self, places: Sequence[tuple[str, str]]) -> bool:
        """Whether a stack of (path, unqualified function), outermost first, ends as the incident's."""
        if not self.circle:
            return places[-1:] == [(self.path, self.function.rpartition(".")[2])]
        return any(place in self.circle for place in places[-1 - BEYOND :])


class Diagnosis(Noun):
    incident: Incident
    evidence: Evidence
    verdict: Verdict
    target: Target
    located: tuple[Located, ...]  # in-app frames of the raised exception, outermost first
    suspects: tuple[Suspect, ...]
    signature: Signature
    scope: Scope
    cause: str = ""  # in words, by code


class Outcome(StrEnum):
    """One test's outcome in one run."""

    PASSED = "passed"
    FAILED = "failed"
    ERROR = "error"
    SKIPPED = "skipped"
    XFAILED = "xfailed"
    XPASSED = "xpassed"


class RaisedAt(Noun):
    """An in-tree frame of a test's exception, and the line that was reached."""

    path: str
    function: str
    line: int


class Raised(Noun):
    """The exception a failing test ended with, as the probe saw it."""

    test: str  # node id
    exception: str
    message: str = ""
    frames: tuple[RaisedAt, ...] = ()  # inside the tree, outermost first
    module: str = ""  # where the exception's class was defined


class Limits(Noun):
    """Of one sandboxed command."""

    seconds: float = 120
    memory_mb: int = 2048
    processes: int = 256
    disk_mb: int = 512
    output_kb: int = 256


class Run(Noun):
    """One run of tests, as the service (not the code under test) recorded it."""

    name: str  # red | green | suite | again …
    command: tuple[str, ...]
    exit_code: int
    seconds: float
    outcomes: dict[str, Outcome] = Field(default_factory=dict)  # node id -> outcome
    raised: tuple[Raised, ...] = ()
    executed: tuple[tuple[str, int], ...] = ()  # which of the watched (path, line) were executed
    reached: dict[str, tuple[tuple[str, int], ...]] = Field(default_factory=dict)  # of a survey: by each test
    usable: bool = True  # False: the record is broken, forged or incomplete; `why` says how
    why: str = ""
    ended_in: str = ""  # the test during which the whole process ended: killed, or out of memory or time
    runner: str = (
        ""  # pytest | unittest | junit: who reported; junit is a file the code under test could write
    )
    tampered: tuple[str, ...] = ()  # vital functions of the test framework that were replaced during the run
    limits_hit: tuple[str, ...] = ()
    output: str = ""  # last part, cleaned
    output_digest: str = ""  # sha256 of the whole output

    def failed(self) -> tuple[str, ...]:
        bad = {Outcome.FAILED, Outcome.ERROR}
        return tuple(sorted(t for t, o in self.outcomes.items() if o in bad))

    def passed(self) -> tuple[str, ...]:
        return tuple(sorted(t for t, o in self.outcomes.items() if o is Outcome.PASSED))


class Reproduction(Noun):
    """A test the service made from the event, and what it did on the base commit."""

    diagnosis: Diagnosis
    path: str = ""  # of the test file, inside the repository
    source: str = ""  # its whole text
    test: str = ""  # node id
    how: str = ""  # call | request | existing | agent
    reproduced: bool = False
    why: str = ""  # in words: how it was made, or why it could not be
    answered: tuple[str, ...] = ()  # calls and attributes that it answers with what the event recorded
    red: Run | None = None


class Cost(Noun):
    dollars: float = 0.0
    input_tokens: int = 0
    output_tokens: int = 0
    calls: int = 0
    model: str = ""
    prompt: str = ""  # prompt id, name@version


class Patch(Noun):
    """An edit, as whole new texts of files, and the unified diff made from them by the service."""

    reproduction: Reproduction
    files: dict[str, str]  # path -> new text
    diff: str  # unified, a/ b/ prefixes, git-appliable
    agent: str  # rules | model | command | scripted
    template: str = ""  # of the rules agent
    explanation: str = ""
    rationale: tuple[str, ...] = ()  # why this one and not the others
    confidence: float = 0.0
    alternatives: tuple[str, ...] = ()  # plausible rivals, in words: hints for the next tier
    cost: Cost = Field(default_factory=Cost)
    asked: Evidence = Field(default_factory=Evidence)  # by agents, besides the diagnosis' own


class Proof(Noun):
    """Evidence by tests, not correctness: red, green, the whole suite, red again."""

    patch: Patch
    base: str  # commit, 40 hex
    runs: tuple[Run, ...]
    fail_to_pass: tuple[str, ...]
    pass_to_pass: tuple[str, ...]
    flaky: tuple[str, ...] = ()
    failing_before: tuple[str, ...] = ()  # red on base already, not held against the patch
    executed: bool = False  # the failing line was executed in the green run
    flags: tuple[str, ...] = ()  # swallows_exception | hard_coded | …: for the reviewer's eyes
    surplus: tuple[str, ...] = ()  # path:line of each change without which the test passes as well
    not_checked: tuple[str, ...] = ()
    made_at: datetime = Field(default_factory=lambda: datetime.now(UTC))


class Suggestion(Noun):
    """A change that nothing shows to be right, or even needed: no test fails without it. It is no fix and no
    proof; at most it becomes a draft that says so in its title."""

    patch: Patch
    base: str  # commit, 40 hex
    why: str  # why nothing could be shown, in words
    suite: Run | None = None  # the whole suite with it, no worse than base; None: the project has none
    flags: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_unproven(self) -> Suggestion:
        if self.patch.reproduction.reproduced:
            raise ValueError("what is reproduced is proven or refuted, never suggested")
        return self


class UnprovenDraft(Noun):
    """Where people find a suggestion. Not a `PullRequest`: it is not followed, counted or marked ready."""

    key: str  # the case's natural key
    branch: str  # healer/unproven-<key>
    commit: str
    number: int = 0
    url: str = ""
    title: str = ""


class Refutation(Noun):
    """Why a patch is not proven. `stage` is the run or gate that said no."""

    patch: Patch
    stage: str
    reason: str
    runs: tuple[Run, ...] = ()


class Attempt(Noun):
    """What an agent came back with: a patch, or why it abstained (a hint for the next one)."""

    patch: Patch | None = None
    agent: str = ""
    code: str = ""
    reason: str = ""
    cost: Cost = Field(default_factory=Cost)
    asked: Evidence = Field(default_factory=Evidence)  # of the event log, by this agent and those before it


class Judgement(Noun):
    """What the proof came back with."""

    proof: Proof | None = None
    refutation: Refutation | None = None

    @property
    def reason(self) -> str:
        return f"{self.refutation.stage}: {self.refutation.reason}" if self.refutation else ""


class Remark(Noun):
    severity: str  # critical | high | medium | low
    text: str


class Review(Noun):
    remarks: tuple[Remark, ...] = ()
    reviewer: str = "rules"
    cost: Cost = Field(default_factory=Cost)

    def blocking(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.severity in {"critical", "high"})


class PullState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    MERGED = "merged"
    CLOSED = "closed"
    STALE = "stale"  # closed by us, for nobody said a word; a forge calls it closed


class PullRequest(Noun):
    key: str  # the case's natural key
    branch: str  # healer/<key>
    commit: str
    number: int = 0
    url: str = ""
    title: str = ""
    body: str = ""
    state: PullState = PullState.DRAFT


class Healed(Noun):
    pull_request: PullRequest
    proof: Proof
    review: Review = Field(default_factory=Review)


class Declined(Noun):
    """We decided: a person takes over, with the reason and what is known."""

    code: str
    reason: str
    ideas: str = ""  # an agent's ranked candidates that were not proposed, with their diffs
    diagnosis: Diagnosis | None = None
    reproduction: Reproduction | None = None
    draft: UnprovenDraft | None = None  # off by default


class Failed(Noun):
    """We broke. Only this is retried."""

    stage: str
    error: str
