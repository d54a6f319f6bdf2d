"""Fixtures that any test may use: a real PostgreSQL, the real sentry-sdk, and a free port."""

from __future__ import annotations

import shutil
import socket
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from healer.store.database import apply_schema
from healer.store.embedded import EmbeddedPostgres
from healer.workshop.sandbox import Bubblewrap
from tests.fakes.environments import PYTEST, build
from tests.fakes.sdk import Sdk

# Speed over durability: these servers die with their tests.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """One embedded server for the whole session, with the schema in a template."""
    with _open_directory() as directory, EmbeddedPostgres(directory, settings=FAST) as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute("create database healer_template")
        server = EmbeddedPostgres(directory)
        apply_schema(server.dsn("healer_template"))
        yield server


@contextmanager
def _open_directory() -> Iterator[Path]:
    """Not below pytest's own, which each run of pytest closes to other accounts, also to the one that
    the server runs as where the tests run as root."""
    with tempfile.TemporaryDirectory(prefix="healer-test-") as name:
        yield Path(name)


@pytest.fixture
def empty_database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a fresh database without any schema."""
    yield from _database(postgres, "template1")


@pytest.fixture
def database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a fresh database with the schema applied."""
    yield from _database(postgres, "healer_template")


def _database(server: EmbeddedPostgres, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f'create database "{name}" template "{template}"')
    yield server.dsn(name)
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        connection.execute(f'drop database "{name}" with (force)')


@pytest.fixture(scope="session")
def sdk() -> Iterator[Sdk]:
    with Sdk() as running:
        yield running


@pytest.fixture
def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def samples() -> Path:
    return Path(__file__).parent / "samples"


@pytest.fixture(scope="session")
def sandbox() -> Bubblewrap:
    """Fails with the remedy where this machine cannot hold the promises."""
    box = Bubblewrap()
    tested = box.check()
    assert tested.ok, tested.remedy
    return box


@pytest.fixture(scope="session")
def make_environment(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """A small virtual environment, as a repository has one: nothing but pytest, or not even that."""

    pristine: dict[tuple[str, ...], Path] = {}

    def make(*modules: str) -> Path:
        if modules not in pristine:
            pristine[modules] = build(tmp_path_factory.mktemp("pristine"), modules or PYTEST)
        home = tmp_path_factory.mktemp("environment")
        return shutil.copytree(pristine[modules], home, symlinks=True, dirs_exist_ok=True)

    return make


@pytest.fixture(scope="session")
def environment(make_environment: Callable[..., Path]) -> Path:
    return make_environment()


@pytest.fixture(scope="session")
def interpreter(environment: Path) -> str:
    return str(environment / "bin/python")
