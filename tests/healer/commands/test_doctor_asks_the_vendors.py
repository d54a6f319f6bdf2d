"""What `healer doctor` says of GitHub, Slack and Sentry, asked of the fakes by the real clients."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from healer import cli
from healer.reach import checks
from healer.settings import Settings
from tests.fakes.github import TOKEN as GITHUB_TOKEN
from tests.fakes.github import FakeGithub
from tests.fakes.proposals import app_keys, bare, fake, shop
from tests.fakes.sentry import TOKEN, FakeSentry
from tests.fakes.slack import Serving, Slack

__all__ = ["app_keys", "bare", "fake", "shop"]


class Vendors:
    def __init__(self, home: Path, github: FakeGithub, slack: Slack, sentry: FakeSentry, key: str) -> None:
        self.github, self.slack, self.sentry = github, slack, sentry
        project = {"name": "shop", "repository": github.remote, "base": "main", "sentry_project": "shop"}
        self.given: dict[str, Any] = {
            "home": home,
            "project": [project],
            "github": {"url": github.url, "api_url": github.url, "app_id": "77", "private_key": key},
            "slack": {
                "token": "xoxb-1",
                "channel": "C0ALERTS",
                "team": "T0ACME",
                "users": ["U0ADA"],
                "signing_secret": "s",
                "url": f"{slack.url}/api/",
            },
            "sentry": {"url": sentry.url, "organization": "acme", "token": TOKEN, "client_secret": "c"},
        }

    def change(self, section: str, **values: object) -> None:
        self.given[section] = {**self.given[section], **values}

    def wrong(self) -> dict[str, str]:
        """What does not hold -> what is said about it."""
        found = {name: (held, detail) for name, held, detail in checks(Settings.model_validate(self.given))}
        assert found
        return {name: detail for name, (held, detail) in found.items() if not held}


@pytest.fixture
def vendors(tmp_path: Path, fake: FakeGithub, app_keys: tuple[str, str]) -> Iterator[Vendors]:
    with Serving(Slack()) as slack, FakeSentry().running() as sentry:
        yield Vendors(tmp_path, fake, slack, sentry, app_keys[0])


def test_each_organisation_of_sentry_is_asked_for_its_own(vendors: Vendors) -> None:
    [project] = vendors.given["project"]
    vendors.given["project"] = [project, {**project, "name": "web", "organization": "globex"}]
    vendors.given["organization"] = {"globex": {"url": vendors.sentry.url, "token": "another"}}
    wrong = vendors.wrong()
    assert "401" in wrong["Sentry globex: token"]
    assert "401" in wrong["Sentry globex: shop"]
    assert not any(name.startswith("Sentry:") for name in wrong)


def test_nothing_is_wrong_where_nothing_is(vendors: Vendors) -> None:
    assert vendors.wrong() == {}
    vendors.change("github", app_id="", private_key="", token=GITHUB_TOKEN)
    assert vendors.wrong() == {}


def test_github_says_what_is_missing(vendors: Vendors) -> None:
    vendors.github.permissions = {"contents": "write", "pull_requests": "read"}
    vendors.github.rules = []
    wrong = vendors.wrong()
    assert "may not write pull requests, write checks" in wrong["shop: permissions"]
    assert "add a ruleset" in wrong["shop: base branch"]
    vendors.github.pushes = False
    vendors.github.rules = ["pull_request"]
    vendors.github.bypass = "always"
    vendors.change("github", app_id="", private_key="", token=GITHUB_TOKEN)
    wrong = vendors.wrong()
    assert "may not push" in wrong["shop: permissions"]
    assert "bypass list" in wrong["shop: base branch"]
    vendors.change("github", token="")
    assert set(vendors.wrong()) == {"shop: permissions", "shop: base branch"}


@pytest.mark.parametrize(
    ("change", "scopes", "check", "said"),
    [
        ({}, "chat:write", "Slack: token", "files:write, channels:history"),
        ({"team": "T0OTHER"}, "", "Slack: token", "slack.team is T0OTHER"),
        ({"channel": "C0GONE"}, "", "Slack: channel", "invite the app"),
        ({"users": []}, "", "Slack: buttons", "slack.users"),
        ({"app_token": "xapp-1"}, "", "Slack: buttons", "not_allowed_token_type"),
        ({"token": "other"}, "", "Slack: token", "set slack.token"),
    ],
)
def test_slack_says_what_is_missing(
    vendors: Vendors, change: dict[str, Any], scopes: str, check: str, said: str
) -> None:
    vendors.change("slack", **change)
    vendors.slack.scopes = scopes or vendors.slack.scopes
    assert said in vendors.wrong()[check]


def test_sentry_says_what_is_missing(vendors: Vendors) -> None:
    vendors.sentry.scopes = ["event:read"]
    assert "event:write, project:read" in vendors.wrong()["Sentry: token"]
    vendors.given["project"][0]["sentry_project"] = "gone"
    assert "404" in vendors.wrong()["Sentry: gone"]
    vendors.change("sentry", token="expired")
    assert "401" in vendors.wrong()["Sentry: token"]


def test_what_is_not_configured_is_said_and_is_no_fault(
    tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEALER_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    cli.main(["doctor", "--no-database"])
    told = capsys.readouterr().out
    assert "slack.token" in told
    assert "sentry.token" in told
