"""Settings -> can the vendors be reached, and may we do there what we want to? For `healer doctor`.

Every check asks for something and changes nothing; where it does not hold, its detail says what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TypeAlias

from healer.case import Project
from healer.channels import Channels
from healer.errors import HealerError, NotConfigured
from healer.forges.github_client import PERMISSIONS
from healer.notifiers import slack_checks
from healer.notifiers.slack_client import client
from healer.outlets import Outlets
from healer.sentry_api import SentryApi
from healer.settings import ProjectSettings, Sentry, Settings
from healer.workshop.mirror import local_path
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard

Check: TypeAlias = tuple[str, bool, str]  # name, whether it holds, detail

RANK = {"": 0, "read": 1, "write": 2, "admin": 3}


def checks(settings: Settings) -> Iterator[Check]:
    for project in settings.project:
        yield from _forge(settings, project)
    yield from _slack(settings)
    for slug, chosen in settings.sentries().items():
        yield from _sentry(settings, slug, chosen)


def _asked(name: str, work: Callable[[], str]) -> Check:
    """`work` gives the detail, or raises what is wrong."""
    try:
        return name, True, work()
    except HealerError as error:
        return name, False, str(error)


def _forge(settings: Settings, given: ProjectSettings) -> Iterator[Check]:
    outlets, project = Outlets(settings), given.project()
    yield _asked(f"{given.name}: permissions", lambda: _permissions(outlets, project))
    yield _asked(f"{given.name}: base branch", lambda: _base(settings, outlets, project))


def _permissions(outlets: Outlets, project: Project) -> str:
    if local_path(project.repository) is not None:
        return "a repository of this machine"
    there = outlets.client(project.repository)
    if there is None:
        raise NotConfigured("no forge is configured for it; set github.app_id or github.token")
    if not there.is_app:
        allowed = there.call(lambda: there.get("")).get("permissions") or {}
        if not allowed.get("push"):
            raise NotConfigured("github.token may not push; give it contents, pull requests and statuses")
        return "a token: its proofs are commit statuses, for only apps may write check runs"
    missing = _missing(there.call(there.installation).get("permissions") or {})
    if missing:
        raise NotConfigured(f"the app may not {missing}; change its permissions, and accept them where it is")
    return "an app"


def _missing(granted: Mapping[str, str]) -> str:
    lacking = [
        f"{wanted} {name.replace('_', ' ')}"
        for name, wanted in PERMISSIONS.items()
        if RANK.get(str(granted.get(name, "")), 0) < RANK[wanted]
    ]
    return ", ".join(lacking)


def _base(settings: Settings, outlets: Outlets, project: Project) -> str:
    forge = outlets.forge(project, Yard(settings.home, Bubblewrap(settings.home)))
    forge.ready()
    return "proposals only" if forge.name == "github" else ""


def _slack(settings: Settings) -> Iterator[Check]:
    chosen = settings.slack
    if not chosen.told:
        yield "Slack", True, "none: set slack.token and slack.channel to tell a channel"
        return
    web = client(chosen.token.get_secret_value(), chosen.url)
    yield _asked("Slack: token", partial(slack_checks.token, web, chosen.team))
    yield _asked("Slack: channel", partial(slack_checks.channel, web, chosen.channel))
    yield _asked("Slack: buttons", lambda: _slack_buttons(settings))


def _slack_buttons(settings: Settings) -> str:
    chosen = settings.slack
    if Channels(settings, "").desk() is None:
        return "none: set slack.signing_secret, or slack.app_token for Socket Mode"
    if token := chosen.app_token.get_secret_value():
        slack_checks.socket(token, chosen.url)
        return "over Socket Mode"
    return "at /slack/interactions"


def _sentry(settings: Settings, organization: str, chosen: Sentry) -> Iterator[Check]:
    further = organization in settings.organization
    name, section = (
        (f"Sentry {organization}", f"organization.{organization}") if further else ("Sentry", "sentry")
    )
    if not chosen.can_be_asked:
        needed = f"{section}.token" if further else "sentry.token and sentry.organization"
        yield name, True, f"none: set {needed} to ask it and to tell it"
        return
    known = [p for p in settings.project if settings.sentry_of(p.name).organization == organization]
    slugs = [project.sentry_project for project in known if project.sentry_project]
    with SentryApi(chosen.url, organization, chosen.token.get_secret_value()) as api:
        yield _asked(f"{name}: token", lambda: _sentry_token(api, chosen))
        for slug in slugs:
            yield _asked(f"{name}: {slug}", partial(_sentry_project, api, chosen, slug))
    if slugs and not chosen.client_secret.get_secret_value():
        yield f"{name}: hooks", True, f"none: set {section}.client_secret; until then Sentry is only asked"


def _sentry_token(api: SentryApi, chosen: Sentry) -> str:
    api.read(f"{api.path}/issues/?limit=1", list)
    scopes = api.scopes()
    if not scopes:
        return "Sentry does not say what it may"
    wanted = {"event:read", "project:read"} | ({"event:write"} if chosen.comments else set())
    if missing := sorted(wanted - scopes):
        lacking = ", ".join(missing)
        raise NotConfigured(f"its scopes lack {lacking}; give them to the integration and make a new token")
    return ", ".join(sorted(wanted))


def _sentry_project(api: SentryApi, chosen: Sentry, slug: str) -> str:
    return str(api.read(f"/api/0/projects/{chosen.organization}/{slug}/").get("slug", ""))
