"""What is wrong in healer.toml is said at the start, not by events that never arrive."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from healer import cli, settings, wiring
from healer.errors import NotConfigured

ONE = '[[project]]\nname = "a"\nrepository = "/nowhere"\n'
OTHER = ONE.replace('"a"', '"b"')
SLUG = 'sentry_project = "api"\n'
KEY = f'dsn_key = "{"a" * 32}"\n'


def loaded(tmp_path: Path, text: str) -> settings.Settings:
    file = tmp_path / "healer.toml"
    file.write_text(text)
    return settings.load({"HEALER_HOME": str(tmp_path / "home")}, file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ONE + ONE, "two projects have the name 'a'"),
        (ONE + KEY + OTHER + KEY, "two projects have the id '1'"),
        (
            f"{ONE}{SLUG}{OTHER}{SLUG}",
            "two projects have the sentry_project 'api'",
        ),
        (
            f'{ONE}{SLUG}{OTHER}{SLUG}organization = "globex"\n[organization.globex]\n'
            f'[[project]]\nname = "c"\nrepository = "/nowhere"\n{SLUG}organization = "globex"\n',
            "two projects have the sentry_project 'api'",
        ),
        (f'{ONE}organization = "globex"\n', "add [organization.globex]"),
        ('[sentry]\norganization = "acme"\n[organization.acme]\n', "keep one of them"),
        ("[organization]\nglobex = 3\n", "organization.globex"),
        ("organization = 3\n", "organization"),
        (f'{ONE}dsn_key = "not a key"\n', "32 hex digits"),
        (f'{ONE}id = "shop"\n', "id"),
        (f'{ONE}floor = {{ levels = ["eror"] }}\n', "levels"),
        (f"{ONE}floor = {{ events = -1 }}\n", "events"),
    ],
)
def test_a_project_that_would_never_hear_of_its_errors(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(NotConfigured, match=r"correct it in healer\.toml") as told:
        loaded(tmp_path, text)
    assert says in str(told.value)


def test_a_key_is_whatever_a_client_could_name(tmp_path: Path) -> None:
    [project] = loaded(tmp_path, f'{ONE}dsn_key = "testkey"\n').project
    assert project.dsn_key.get_secret_value() == "testkey"


def test_a_second_organisation_of_sentry_has_its_own_token(tmp_path: Path) -> None:
    file = tmp_path / "healer.toml"
    file.write_text(
        f'[sentry]\norganization = "acme"\n[organization.globex-eu]\nurl = "https://de.sentry.io"\n'
        f'{ONE}{SLUG}{OTHER}{SLUG}organization = "globex-eu"\n'
    )
    given = {"HEALER_SENTRY_TOKEN": "first", "HEALER_ORGANIZATION_GLOBEX_EU_TOKEN": "second"}
    found = settings.load({"HEALER_HOME": str(tmp_path), **given}, file)
    first, second = found.sentry_of("a"), found.sentry_of("b")
    assert (first.organization, first.token.get_secret_value()) == ("acme", "first")
    assert (second.organization, second.token.get_secret_value()) == ("globex-eu", "second")
    assert second.url == "https://de.sentry.io"
    assert second.can_be_asked


def test_projects_without_a_door_need_no_number_of_their_own(tmp_path: Path) -> None:
    assert len(loaded(tmp_path, ONE + KEY + OTHER).project) == 2


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    chosen = loaded(tmp_path, '[database]\nurl = "postgresql://ada:hunter2@127.0.0.1:1/shop"\n')
    with pytest.raises(NotConfigured, match=r"check database\.url") as told, wiring.service(chosen):
        pass
    assert "hunter2" not in str(told.value)


def test_a_port_that_is_taken_is_said_before_anything_is_started(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "healer.toml").write_text(f"[web]\nport = {port}\n{ONE}")
        monkeypatch.setenv("HEALER_HOME", str(tmp_path / "home"))
        monkeypatch.chdir(tmp_path)
        assert cli.main(["serve"]) == 2
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err
