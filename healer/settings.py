"""The one reader of the environment and of healer.toml.

Every setting can be given in the file or as `HEALER_<SECTION>_<NAME>`; the environment wins, so that
secrets need not stand in a file. Secrets are `SecretStr`: their repr is stars.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)

from healer.budget import Limits
from healer.case import Project
from healer.errors import NotConfigured
from healer.prices import Price, PriceTable, shipped_prices
from healer.spending import Allowance
from triage.envelope import is_key

PREFIX = "HEALER_"


# What the event log is made of. `past_case` is not in it: it tells of all projects.
LOG = tuple(f"eventlog.{name}" for name in ("event", "per_minute", "release", "failure", "deployment"))
Relation: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_]*$")]


Slug: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_][a-z0-9_\-]*$")]
Level: TypeAlias = Literal["debug", "info", "warning", "error", "fatal"]


def listed(value: object) -> object:
    """The environment knows no lists: there, blanks or commas separate."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Floor(Section):
    """What an incident must reach before work starts. Quiet by default; what stays below is still visible."""

    events: int = Field(default=10, ge=0)
    minutes: int = Field(default=0, ge=0)  # age since first seen
    levels: tuple[Level, ...] = ("error", "fatal")
    environments: tuple[str, ...] = ()  # () means: any


class ProjectSettings(Section):
    """One project: where its errors come from and where its code lives."""

    name: str
    repository: str
    id: str = Field(default="1", pattern=r"^[0-9]{1,18}$")  # the number in the DSN's path
    dsn_key: SecretStr = SecretStr("")  # public key of our envelope endpoint; "" closes that door
    organization: str = ""  # slug, where it is another than `sentry.organization`
    sentry_project: str = ""  # slug, where Sentry is the source
    base: str = "HEAD"
    python: str = ""
    source_roots: tuple[str, ...] = ()
    subdirectory: str = ""
    test_command: tuple[str, ...] = ()
    path_map: tuple[tuple[str, str], ...] = ()
    editable: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()  # environment variables that its tests may see, by name
    test_seconds: int = 600
    environment: Literal["auto", "always", "none"] = "auto"  # from its lock file; auto: where it is lacking
    setup: tuple[str, ...] = ()  # its own command that completes that environment
    database: bool = False  # a PostgreSQL of its own for every run of its tests
    database_variable: str = "DATABASE_URL"
    migrate: tuple[str, ...] = ()  # prepares that database, once per state of `migrations`
    migrations: tuple[str, ...] = ()  # globs; () means: the whole commit
    floor: Floor = Floor()

    @field_validator("dsn_key")
    @classmethod
    def _is_key(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and not is_key(value.get_secret_value()):
            raise ValueError(
                "a public key is letters and digits (Sentry: 32 hex digits), as from: openssl rand -hex 16"
            )
        return value

    def project(self) -> Project:
        return Project.model_validate(self.model_dump(include=set(Project.model_fields)))


class Database(Section):
    url: SecretStr = SecretStr("")  # "" means: the embedded server in the data directory
    received_days: int = Field(
        default=90, ge=7
    )  # how long what arrived is remembered, so that it counts once


class Observed(Section):
    """The team's own database, read-only. Without it the questions go to Healer's own event log."""

    url: SecretStr = SecretStr("")
    questions: str = ""  # folder of the team's own questions
    select: bool = False  # may agents write SELECTs of their own, over `relations`
    relations: tuple[Relation, ...] = LOG  # schema.name of each

    @field_validator("relations", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return listed(value)


class Web(Section):
    host: str = "127.0.0.1"
    port: int = 8377
    public_url: str = ""
    pages: bool = False  # the pages people look at; on loopback they are there anyway


class EventLog(Section):
    """Our own event log: who may write to it, and how long it remembers."""

    token: SecretStr = SecretStr("")  # senders show it as a bearer token; "" lets all in
    retention_days: int = 30


class Slack(Section):
    """A channel that is told, and whose people may answer by button."""

    token: SecretStr = SecretStr("")  # xoxb-…, of the bot; "" means: no Slack
    channel: str = ""  # a channel's id
    team: str = ""  # the workspace's id; clicks of any other are refused
    users: tuple[str, ...] = ()  # ids of who may click; nobody else may
    signing_secret: SecretStr = SecretStr("")  # opens POST /slack/interactions
    app_token: SecretStr = SecretStr("")  # xapp-…: Socket Mode instead, nothing public needed
    url: str = ""  # of Slack's API; "" means: Slack's own

    @field_validator("users", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return listed(value)

    @property
    def told(self) -> bool:
        return bool(self.token.get_secret_value() and self.channel)


class ReportSettings(Section):
    """The week, posted to Slack once: on `weekday` at `hour`, the ISO week that ended before."""

    post: bool = True
    weekday: Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] = "monday"
    hour: int = Field(default=9, ge=0, le=23)
    zone: str = "UTC"  # of the tz database: Europe/Berlin

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"there is no time zone {value!r}") from None
        return value


class Model(Section):
    """A model of the team's own choice; without `name` there is none, and `rules` works alone."""

    wire: Literal["anthropic", "openai-chat", "openai-responses"] = "anthropic"
    name: str = ""  # the strong one
    cheap: str = ""  # explores first, and goes on alone past the day's soft limit
    review: str = ""  # attacks patches; "" means: the strong one, in a context of its own
    key: SecretStr = SecretStr("")
    url: str = ""  # of a compatible server (vLLM, Ollama, a gateway); "" means: the provider's own
    max_output: int = Field(default=8192, ge=256, le=64_000)  # tokens of one answer
    context_tokens: int = Field(default=140_000, ge=8_000)  # of one request
    stream: bool = True
    attempts: int = Field(default=2, ge=1, le=5)  # of the strong model
    reviewed: bool = True  # every proven patch is attacked by a fresh context
    guest: Literal["", "claude", "codex"] = ""  # a command line that a person installed, as the last agent
    guest_path: str = ""  # of its binary; "" means: found on PATH


class BudgetSettings(Section):
    """Hard limits; at `soft` of one, a run begins to save."""

    run_dollars: float = 1.0
    run_tokens: int = 600_000
    run_requests: int = 60
    run_seconds: float = 900.0
    tool_calls: int = 120
    tool_calls_of: dict[str, int] = {"run_tests": 12, "search": 40, "edit": 40, "ask": 20, "select": 10}
    project_day_dollars: float = 20.0
    project_day_tokens: int = 20_000_000
    project_day_requests: int = 5_000
    project_day_seconds: float = 86_400.0
    day_dollars: float = 100.0
    day_tokens: int = 100_000_000
    day_requests: int = 25_000
    day_seconds: float = 432_000.0
    soft: float = Field(default=0.7, gt=0, le=1)
    worst_input: float | None = None  # dollars per million tokens of a model without a known price;
    worst_output: float | None = None  # without both such a model is not used
    price: tuple[Price, ...] = ()

    def limits(self) -> Limits:
        def allowance(prefix: str) -> Allowance:
            names = {"dollars": "dollars", "tokens": "tokens", "calls": "requests", "seconds": "seconds"}
            return Allowance(**{key: getattr(self, f"{prefix}_{name}") for key, name in names.items()})

        return Limits(
            run=allowance("run"),
            project_day=allowance("project_day"),
            day=allowance("day"),
            tool_calls=self.tool_calls,
            tools=self.tool_calls_of,
            soft=self.soft,
        )

    def prices(self) -> PriceTable:
        """The team's own prices win over the shipped ones."""
        own = {price.model for price in self.price}
        rest = tuple(price for price in shipped_prices() if price.model not in own)
        if self.worst_input is None or self.worst_output is None:
            return PriceTable((*self.price, *rest))
        worst = Price(model="", input=self.worst_input, output=self.worst_output)
        return PriceTable((*self.price, *rest), worst)


class Dependencies(Section):
    """Where projects' dependencies are installed from: only these hosts can be reached, only then."""

    index: SecretStr = SecretStr("https://pypi.org/simple")  # may hold a password: set-up code can see it
    hosts: tuple[str, ...] = ("pypi.org", "files.pythonhosted.org")  # `name` or `name:port`
    find_links: str = ""  # a directory of wheels on this machine
    seconds: int = 900
    days: int = 60  # then an environment or a database that nobody asked for is removed

    @field_validator("hosts", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


class Mcp(Section):
    token: SecretStr = SecretStr("")  # of the HTTP door for people's assistants; "" closes it


class Worker(Section):
    cases: int = 2  # worked at the same time
    attempts: int = 3  # of propose and prove


class Sentry(Section):
    """Our internal integration in one organisation."""

    client_secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    organization: str = ""
    app: str = ""  # our integration's uuid: its own actions are ignored
    url: str = "https://sentry.io"
    installation: str = ""  # uuid of our integration's installation: links proposals to issues
    comments: bool = True  # on the issue, with the proposal's link

    @property
    def can_be_asked(self) -> bool:
        return bool(self.token.get_secret_value() and self.organization)


class Github(Section):
    """A GitHub App (`app_id` and `private_key`), or a `token`; for repositories below `url`."""

    app_id: str = ""
    private_key: SecretStr = SecretStr("")  # PEM, or the path of a file that holds it
    token: SecretStr = SecretStr("")
    webhook_secret: SecretStr = SecretStr("")  # "" closes that door; then Healer only polls
    url: str = "https://github.com"
    api_url: str = "https://api.github.com"
    labels: tuple[str, ...] = ("healer",)
    ask_owner: bool = True  # one, for a review


class Proposals(Section):
    """How much Healer may ask of people. Per repository."""

    open: int = 20  # at the same time
    day: int = 10  # within 24 hours
    amendments: int = 3  # of one proposal
    unproven: bool = False  # where nothing is reproduced, an agent's change as a draft titled *unproven*
    stale_days: int = 14  # without a word; 0 never closes a draft
    poll_seconds: int = 300


class Settings(Section):
    home: Path
    database: Database = Database()
    observed: Observed = Observed()
    web: Web = Web()
    eventlog: EventLog = EventLog()
    worker: Worker = Worker()
    model: Model = Model()
    budget: BudgetSettings = BudgetSettings()
    dependencies: Dependencies = Dependencies()
    mcp: Mcp = Mcp()
    sentry: Sentry = Sentry()
    organization: dict[Slug, Sentry] = Field(default_factory=dict)  # further ones, by their slug
    github: Github = Github()
    proposals: Proposals = Proposals()
    slack: Slack = Slack()
    report: ReportSettings = ReportSettings()
    project: tuple[ProjectSettings, ...] = Field(default=())
    passed: dict[str, SecretStr] = Field(default_factory=dict)  # the projects' named secrets

    @field_validator("project")
    @classmethod
    def _told_apart(cls, projects: tuple[ProjectSettings, ...]) -> tuple[ProjectSettings, ...]:
        """Of two that share a name or an address, one would never hear of its errors."""
        doors = [one for one in projects if one.dsn_key.get_secret_value()]
        for what, values in (
            ("name", [one.name for one in projects]),
            ("id", [one.id for one in doors]),
        ):
            twice = next((value for n, value in enumerate(values) if value in values[:n]), None)
            if twice is not None:
                raise ValueError(f"two projects have the {what} {twice!r}; give each its own")
        return projects

    @model_validator(mode="after")
    def _known_to_sentry(self) -> Settings:
        """Each project by one organisation that is configured, and under a slug of its own there."""
        if self.sentry.organization in self.organization:
            raise ValueError(
                f"organization.{self.sentry.organization} is what [sentry] sets; keep one of them"
            )
        known = self.sentries()
        seen = set()
        for one in self.project:
            where = one.organization or self.sentry.organization
            if where not in known:
                raise ValueError(
                    f"project {one.name!r} is of the organization {where!r}, of which nothing is set; "
                    f"add [organization.{where}]"
                )
            if one.sentry_project and (where, one.sentry_project) in seen:
                raise ValueError(
                    f"two projects have the sentry_project {one.sentry_project!r}; give each its own"
                )
            seen.add((where, one.sentry_project))
        return self

    def sentries(self) -> dict[str, Sentry]:
        """What is set for each organisation, by its slug; "" where the only one is not named."""
        main = {self.sentry.organization: self.sentry}
        return main | {
            slug: one.model_copy(update={"organization": slug}) for slug, one in self.organization.items()
        }

    def sentry_of(self, project: str) -> Sentry:
        """Of the organisation that knows a project of this name."""
        return self.sentries()[self.find(project).organization or self.sentry.organization]

    def secrets(self) -> dict[str, str]:
        """Values of the projects' named secrets, where the environment has them."""
        return {name: value.get_secret_value() for name, value in self.passed.items()}

    def find(self, name: str) -> ProjectSettings:
        for one in self.project:
            if one.name == name:
                return one
        known = ", ".join(p.name for p in self.project) or "none"
        raise NotConfigured(f"no project named {name!r}; healer.toml has: {known}")


def load(
    environ: Mapping[str, str] | None = None, file: Path | None = None, *, secrets: Iterable[str] = ()
) -> Settings:
    """Settings from `file`, or `$HEALER_CONFIG`, or ./healer.toml where that exists; then the environment.
    `secrets`: names besides those that the projects list.

    Raises NotConfigured with the setting's name."""
    env = os.environ if environ is None else environ
    path = file or (Path(env[PREFIX + "CONFIG"]) if PREFIX + "CONFIG" in env else None)
    data = _read(path) if path else _read(Path("healer.toml"), optional=True)
    data.setdefault("home", env.get(PREFIX + "HOME") or _default_home(env))
    _overlay(data, env)
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        raise NotConfigured(_sentence(error)) from None
    names = {n for p in settings.project for n in p.secrets} | set(secrets)
    passed = {n: SecretStr(env[n]) for n in sorted(names) if n in env}
    return settings.model_copy(update={"passed": passed})


def _default_home(env: Mapping[str, str]) -> str:
    base = env.get("XDG_DATA_HOME") or os.path.join(env.get("HOME") or "/tmp", ".local", "share")
    return os.path.join(base, "healer")


def _read(path: Path, *, optional: bool = False) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if optional:
            return {}
        raise NotConfigured(f"{path}: no such file; write it or unset {PREFIX}CONFIG") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotConfigured(f"{path}: {error}; correct the file") from None


def _overlay(data: dict[str, Any], env: Mapping[str, str]) -> None:
    for section, info in Settings.model_fields.items():
        kind = info.annotation
        if not (isinstance(kind, type) and issubclass(kind, Section)):
            continue
        for name in kind.model_fields:
            value = env.get(f"{PREFIX}{section}_{name}".upper())
            if value is not None:
                data.setdefault(section, {})[name] = value
    for slug, table in _tables(data.get("organization")):
        for name in Sentry.model_fields:
            value = env.get(f"{PREFIX}ORGANIZATION_{slug}_{name}".upper().replace("-", "_"))
            if value is not None:
                table[name] = value


def _tables(found: object) -> list[tuple[str, dict[str, Any]]]:
    """What else stands there is told by the validation."""
    return [(k, v) for k, v in found.items() if isinstance(v, dict)] if isinstance(found, dict) else []


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}; correct it in healer.toml or the environment"


def virtual_env(environ: Mapping[str, str] | None = None) -> str:
    """The active virtual environment, one of the places where a repository's interpreter is looked for."""
    return (os.environ if environ is None else environ).get("VIRTUAL_ENV", "")


def search_path(environ: Mapping[str, str] | None = None) -> str:
    return (os.environ if environ is None else environ).get("PATH", os.defpath)


def shell(environ: Mapping[str, str] | None = None) -> str:
    return (os.environ if environ is None else environ).get("SHELL") or "/bin/sh"
