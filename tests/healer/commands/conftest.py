"""A small repository with a slip, and the event that the real sentry-sdk makes of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.fakes.sdk import Sdk

LEDGER = '''"""Payments, read from statements."""

import re

CARD = re.compile(r"card (\\d{4})")


def card_suffix(payee):
    """Last four digits of the card used, '' when it was no card payment."""
    found = CARD.search(payee)
    return found.group(1)


def by_card(payees):
    counts = {}
    for payee in payees:
        suffix = card_suffix(payee)
        if suffix:
            counts[suffix] = counts.get(suffix, 0) + 1
    return counts
'''
TEST = """from ledger import by_card


def test_cards_are_counted():
    assert by_card(["card 4242 shop", "card 4242 inn"]) == {"4242": 2}
"""
DRIVER = """
def main():
    import ledger
    ledger.by_card(["card 4242 shop", "Cash machine"])
"""


@pytest.fixture(scope="session")
def crashed(tmp_path_factory: pytest.TempPathFactory, sdk: Sdk) -> Path:
    """A directory with both."""
    place = tmp_path_factory.mktemp("crashed")
    repository = place / "repository"
    (repository / "tests").mkdir(parents=True)
    (repository / "ledger.py").write_text(LEDGER)
    (repository / "tests" / "test_ledger.py").write_text(TEST)
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", str(repository)]
    subprocess.run([*git, "init", "-q", "-b", "main"], check=True)
    subprocess.run([*git, "add", "-A"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "Start"], check=True)
    driver = place / "driver.py"
    driver.write_text(DRIVER)
    text = json.dumps(sdk.event(repository, driver)).replace(str(repository), "/srv/app")
    (place / "event.json").write_text(text)
    return place


@pytest.fixture
def crash(crashed: Path, tmp_path: Path) -> tuple[Path, Path]:
    """(event file, repository), this test's own."""
    shutil.copytree(crashed / "repository", tmp_path / "repository")
    shutil.copy(crashed / "event.json", tmp_path)
    return tmp_path / "event.json", tmp_path / "repository"
