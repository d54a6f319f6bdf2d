from __future__ import annotations

from pathlib import Path

import pytest

from healer.case import Project
from healer.errors import NotConfigured
from healer.forges.github import GithubForge
from healer.forges.local import LocalForge
from healer.outlets import Outlets, account_of, name_below
from healer.settings import Github, Settings
from healer.store.reservations import Reservations, Unreserved
from healer.trackers.local import LocalTracker
from healer.trackers.sentry import SentryTracker
from healer.workshop.sandbox import Bubblewrap
from healer.workshop.yard import Yard


@pytest.mark.parametrize(
    ("repository", "name"),
    [
        ("https://github.com/acme/shop", "acme/shop"),
        ("https://github.com/acme/shop.git", "acme/shop"),
        ("https://github.com/acme/shop/", "acme/shop"),
        ("https://github.com.evil.example/acme/shop", ""),
        ("http://github.com/acme/shop", ""),
        ("https://user@github.com/acme/shop", ""),
        ("https://github.com/acme", ""),
        ("git@github.com:acme/shop.git", ""),
        ("/srv/git/shop.git", ""),
    ],
)
def test_a_repository_is_githubs_or_it_is_not(repository: str, name: str) -> None:
    assert name_below("https://github.com", repository) == name


def settings(tmp_path: Path, **sections: object) -> Settings:
    return Settings.model_validate({"home": tmp_path, **sections})


def test_each_project_gets_the_forge_of_its_repository(tmp_path: Path) -> None:
    yard = Yard(tmp_path, Bubblewrap(tmp_path))
    outlets = Outlets(settings(tmp_path, github={"token": "ghp_x"}), "postgresql:///nowhere")
    there = Project(name="shop", repository="https://github.com/acme/shop.git")
    forge = outlets.forge(there, yard)
    assert isinstance(forge, GithubForge)
    assert outlets.dialogue(forge) is forge
    assert outlets.token(there.repository) == "ghp_x"
    assert outlets.token("https://elsewhere.example/acme/shop.git") == ""
    local = outlets.forge(Project(name="shop", repository=str(tmp_path)), yard)
    assert isinstance(local, LocalForge)
    assert outlets.dialogue(local) is local
    assert isinstance(outlets.proposals(there), Reservations)
    assert "ghp_x" not in repr(outlets)
    with pytest.raises(NotConfigured, match=r"github\.token"):
        Outlets(settings(tmp_path)).forge(there, yard)


def test_sentry_is_told_where_it_can_be(tmp_path: Path) -> None:
    given = {"token": "sntryu_x", "organization": "acme"}
    shop, web = (Project(name=name, repository="/x") for name in ("shop", "web"))
    projects = [
        {"name": "shop", "repository": "/x"},
        {"name": "web", "repository": "/x", "organization": "globex"},
    ]
    told = Outlets(settings(tmp_path, sentry=given, organization={"globex": {}}, project=projects))
    assert isinstance(told.tracker(shop), SentryTracker)
    assert isinstance(told.tracker(web), LocalTracker)
    assert isinstance(Outlets(settings(tmp_path, project=projects[:1])).tracker(shop), LocalTracker)
    assert isinstance(Outlets().proposals(Project(name="x", repository="/x")), Unreserved)


def test_an_apps_key_may_stand_in_a_file(tmp_path: Path) -> None:
    key = tmp_path / "app.pem"
    key.write_text("-----BEGIN RSA PRIVATE KEY-----\n")
    assert account_of(Github(app_id="7", private_key=str(key))).private_key.startswith("-----BEGIN")
    with pytest.raises(NotConfigured, match="PEM"):
        account_of(Github(app_id="7", private_key=str(tmp_path / "gone.pem")))
    with pytest.raises(NotConfigured, match="without"):
        account_of(Github(app_id="7"))
