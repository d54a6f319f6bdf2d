"""A crash that only a database shows: reproduced, mended, proven, and proven again elsewhere."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from healer.cli import main
from tests.fakes.environments import PSYCOPG, PYTEST

CUSTOMERS = '''"""Customers, as the database has them."""

import os

import psycopg


def connection():
    return psycopg.connect(os.environ["SHOP_DATABASE"])


def discount(customer):
    """Percent off for a customer; 0 where nobody knows the customer."""
    with connection() as db:
        row = db.execute("select percent from customers where id = %s", (customer,)).fetchone()
    return row[0]


def name(customer):
    """Name of a customer, '' where nobody knows the customer."""
    with connection() as db:
        row = db.execute("select name from customers where id = %s", (customer,)).fetchone()
    if row is None:
        return ""
    return row[0]
'''
TESTS = """from shop.customers import connection, discount, name


def test_what_the_migrations_made_is_there():
    assert discount(1) == 15
    assert name(1) == "Ada"
    assert name(2) == ""


def test_what_a_test_writes_is_gone_with_its_run():
    with connection() as db:
        db.execute("insert into customers values (2, 'Bo', 5)")
    assert discount(2) == 5
"""
FILES = {
    "shop/__init__.py": "",
    "shop/customers.py": CUSTOMERS,
    "db/001.sql": "create table customers (id int primary key, name text, percent int);",
    "db/002.sql": "insert into customers values (1, 'Ada', 15);",
    "tests/test_customers.py": TESTS,
}
EVENT = {
    "event_id": "0" * 31 + "7",
    "timestamp": "2026-11-20T10:00:00Z",
    "platform": "python",
    "level": "error",
    "exception": {
        "values": [
            {
                "type": "TypeError",
                "value": "'NoneType' object is not subscriptable",
                "stacktrace": {
                    "frames": [
                        {
                            "filename": "shop/customers.py",
                            "abs_path": "/srv/app/shop/customers.py",
                            "module": "shop.customers",
                            "function": "discount",
                            "lineno": 16,
                            "context_line": "    return row[0]",
                            "in_app": True,
                            "vars": {"customer": "7", "row": "None"},
                        }
                    ]
                },
            }
        ]
    },
}


@pytest.fixture(scope="module")
def interpreter(make_environment: Callable[..., Path]) -> str:
    return str(make_environment(*PYTEST, *PSYCOPG) / "bin/python")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HEALER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "shop"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-C", str(root)]
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "Open")):
        subprocess.run([*git, *words], check=True)
    (tmp_path / "event.json").write_text(json.dumps(EVENT))
    toml = '[[project]]\nname = "shop"\nrepository = "shop"\n'
    (tmp_path / "healer.toml").write_text(toml)
    return root


def test_it_is_mended_and_the_proof_holds_elsewhere(
    shop: Path, tmp_path: Path, interpreter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--repo", str(shop), "--python", interpreter]
    migrate = "psql -q -v ON_ERROR_STOP=1 -f db/001.sql -f db/002.sql"
    database = ["--migrate", migrate, "--database-variable", "SHOP_DATABASE"]
    out = tmp_path / "out"
    code = main(["heal", str(tmp_path / "event.json"), *place, *database, "--json", "--out", str(out)])
    told = json.loads(capsys.readouterr().out)
    assert code == 0, told["reason"]
    assert told["reproduction"]["reproduced"]
    assert told["proof"]["fail_to_pass"] == [told["reproduction"]["test"]]
    assert len(told["proof"]["pass_to_pass"]) == 2
    assert main(["verify", str(out / "proof.json"), *place]) == 0


def test_migrations_that_fail_are_the_answer(
    shop: Path, tmp_path: Path, interpreter: str, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ["--repo", str(shop), "--python", interpreter]
    code = main(["heal", str(tmp_path / "event.json"), *place, "--migrate", "psql -f db/003.sql", "--json"])
    assert code == 2
    said = capsys.readouterr().err
    assert "the database could not be prepared" in said
    assert "003.sql" in said
