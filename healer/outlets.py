"""Where a project's proposals go: its forge, its tracker and its slots. Concrete classes, for `wiring`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from healer.case import Project, Proof
from healer.errors import NotConfigured
from healer.forges.github import GithubForge, Manners
from healer.forges.github_client import PERMISSIONS, READING, Account, GithubClient
from healer.forges.local import LocalForge
from healer.protocols import Commit, Dialogue, Drafts, Forge, Proposals, Tracker
from healer.settings import Github, Settings
from healer.stages.follow import Manners as Follow
from healer.store.database import connect
from healer.store.reservations import Caps, Reservations, Unreserved
from healer.trackers.local import LocalTracker
from healer.trackers.sentry import SentryTracker
from healer.workshop.mirror import local_path
from healer.workshop.yard import Yard


@dataclass(frozen=True)
class Outlets:
    """`settings` None: a person heals one event by hand, in a repository of this machine."""

    settings: Settings | None = None
    dsn: str = ""
    unproven: bool = False  # a person asked for suggestions

    def forge(self, project: Project, yard: Yard) -> Forge:
        """Raises NotConfigured where there is none for the project's repository."""
        path = local_path(project.repository)
        if path is not None:
            unproven = yard.push_unproven
            return LocalForge(path, yard.push, yard.survey, project.base, push_unproven=unproven)
        client = self.client(project.repository)
        if client is None:
            where = project.repository
            raise NotConfigured(
                f"{where}: no forge is configured for it; set github.app_id or github.token where it is "
                "below github.url, or give a path of this machine"
            )
        assert self.settings is not None
        base = "" if project.base == "HEAD" else project.base
        github = self.settings.github
        manners = Manners(base=base, labels=github.labels, ask=github.ask_owner)
        blame, drafts = partial(_blame, yard), yard.push_unproven
        return GithubForge(client, project.repository, yard.push, manners, blame, drafts)

    def drafts(self, forge: Forge) -> Drafts | None:
        """Where suggestions go, None where nobody asked for them."""
        wanted = self.unproven or (self.settings is not None and self.settings.proposals.unproven)
        return forge if wanted and isinstance(forge, LocalForge | GithubForge) else None

    def dialogue(self, forge: Forge) -> Dialogue | None:
        """Where people can answer."""
        return forge if isinstance(forge, GithubForge | LocalForge) else None

    def token(self, repository: str) -> str:
        """What git reads a repository with, "" where it is no repository of a forge with an account."""
        client = self.client(repository, READING) if "://" in repository else None
        return client.token() if client else ""

    def proposals(self, project: Project) -> Proposals:
        if self.settings is None:
            return Unreserved()
        caps = Caps(open=self.settings.proposals.open, day=self.settings.proposals.day)
        days = self.settings.budget.limits().days
        return Reservations(partial(connect, self.dsn), project.name, project.repository, caps, days)

    def manners(self) -> Follow:
        """How a proposal is looked after."""
        if self.settings is None:
            return Follow()
        given = self.settings.proposals
        return Follow(amendments=given.amendments, stale_days=given.stale_days)

    def tracker(self, project: Project) -> Tracker:
        sentry = self.settings.sentry_of(project.name) if self.settings else None
        if sentry is None or not sentry.can_be_asked:
            return LocalTracker()
        return SentryTracker(
            sentry.url,
            sentry.organization,
            sentry.token.get_secret_value(),
            installation=sentry.installation,
            comments=sentry.comments,
        )

    def client(self, repository: str, permissions: Mapping[str, str] = PERMISSIONS) -> GithubClient | None:
        """None where the repository is elsewhere, or no account is set."""
        if self.settings is None:
            return None
        github = self.settings.github
        name = name_below(github.url, repository)
        account = account_of(github)
        known = name and (account.app_id or account.token)
        return GithubClient(account, name, permissions=permissions) if known else None


def account_of(github: Github) -> Account:
    key = github.private_key.get_secret_value()
    if key and "-----BEGIN" not in key:
        try:
            key = Path(key).read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            raise NotConfigured(
                "github.private_key is neither a PEM text nor a file that holds one"
            ) from None
    if github.app_id and not key:
        raise NotConfigured(
            "github.app_id is set without github.private_key; download one from the app's page"
        )
    return Account(github.api_url, github.app_id, key, github.token.get_secret_value())


def name_below(url: str, repository: str) -> str:
    """`owner/name` of a repository on the host of `url`, "" where it is elsewhere."""
    host, there = urlsplit(url), urlsplit(repository)
    parts = there.path.strip("/").removesuffix(".git").split("/")
    if (host.scheme, host.netloc) != (there.scheme, there.netloc) or len(parts) != 2 or not all(parts):
        return ""
    return "/".join(parts)


def _blame(yard: Yard, proof: Proof) -> tuple[Commit, ...]:
    diagnosis = proof.patch.reproduction.diagnosis
    signature = diagnosis.signature
    if not signature.line:
        return ()
    return yard.history(diagnosis.target, signature.path, signature.line, signature.line)
