"""The demo: a shop, its customers, a stranger, and Healer with nothing configured."""

from __future__ import annotations

import fcntl
import secrets
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import psycopg
from psycopg.conninfo import make_conninfo
from pydantic import SecretStr
from rich.console import Console

from healer import wiring
from healer.demo import shop_process
from healer.demo.build import ShopRepository, build
from healer.demo.screen import Screen
from healer.errors import BadInput, HealerError
from healer.settings import Database, Floor, ProjectSettings, Settings
from healer.store import cases
from healer.store.database import connect
from healer.web.server import application, serving
from healer.worker import Worker

CASES = 3
PATIENCE = 240.0  # seconds for all cases to end
UNFINISHED = ("queued", "working", "waiting")


def run(directory: Path, *, keep: bool, console: Console) -> int:
    """0 when one case was healed and two went to a person. What an earlier start left is finished."""
    directory.mkdir(parents=True, exist_ok=True)
    with _alone(directory):
        done = Demo(directory, console).play(keep)
    if done and not keep:
        shutil.rmtree(directory, ignore_errors=True)
    return 0 if done else 1


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    with (directory / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise BadInput(f"a demo is running in {directory}; wait for it, or give --keep another") from None
        yield


@dataclass
class Demo:
    directory: Path
    console: Console

    def play(self, keep: bool) -> bool:
        screen = Screen(self.console)
        with ExitStack() as stack:
            screen.say("A shop with a history: building its repository")
            shop = build(self.directory)
            screen.say("An embedded PostgreSQL starts")
            settings = self._settings(shop)
            service = stack.enter_context(wiring.service(settings))
            routes = service.routes()
            app = stack.enter_context(application(service.dsn, routes, processes=0))
            address = stack.enter_context(serving(app, "127.0.0.1", shop_process.free_port()))
            screen.say(f"Healer listens on {address}, its worker is ready")
            worker = Worker(service.dsn, service.work, slots=2)
            stack.enter_context(_working(worker))
            known = self._cases(service.dsn)
            if len(known) < CASES:
                self._break(stack, shop, service.dsn, address, screen)
            finished = self._wait(service.dsn, screen)
            screen.summary(service.dsn, shop, finished, self.directory, keep=keep)
        return _as_promised(finished)

    def _settings(self, shop: ShopRepository) -> Settings:
        key = self.directory / "dsn.key"
        if not key.exists():
            key.write_text(secrets.token_hex(16))
        project = ProjectSettings(
            name="shop",
            repository=str(shop.origin),
            base="main",
            python=sys.executable,  # the one that serves the shop
            dsn_key=SecretStr(key.read_text()),
            floor=Floor(events=1),
        )
        return Settings(home=self.directory / "healer", database=Database(), project=(project,))

    def _break(self, stack: ExitStack, shop: ShopRepository, dsn: str, address: str, screen: Screen) -> None:
        """Real requests to a real shop, whose sentry-sdk reports to our own door."""
        store = _shop_database(dsn)
        key = (self.directory / "dsn.key").read_text()
        client = stack.enter_context(
            shop_process.running_shop(
                shop.checkout,
                database_url=store,
                dsn=f"{address.replace('://', f'://{key}@')}/1",
                logs_url=f"{address}/v1/logs",
            )
        )
        screen.say("The shop is open; customers come")
        shop_process.trade(client)
        for say, act in self._accidents(client, dsn):
            screen.say(say)
            before = len(self._cases(dsn))
            act()
            _until(lambda n=before: len(self._cases(dsn)) > n, 20, "the event did not arrive")  # type: ignore[misc]

    def _accidents(self, client: httpx.Client, dsn: str) -> Iterator[tuple[str, Callable[[], object]]]:
        yield (
            "(a) a customer types a coupon that does not exist",
            lambda: shop_process.unknown_coupon(client),
        )
        yield (
            "(b) the shop's database goes away in the middle of an order",
            lambda: _order_in_the_dark(client, dsn),
        )
        yield (
            "(c) a stranger writes to whoever reads the error, and leaks a credential",
            lambda: shop_process.hostile_review(client),
        )

    def _cases(self, dsn: str) -> list[dict[str, Any]]:
        with connect(dsn) as connection:
            return cases.listed(connection, project="shop")

    def _wait(self, dsn: str, screen: Screen) -> list[dict[str, Any]]:
        def ended() -> bool:
            known = self._cases(dsn)
            screen.progress(known)
            return all(case["state"] not in UNFINISHED for case in known)

        with screen.working():
            _until(ended, PATIENCE, "the cases did not end in time")
        return self._cases(dsn)


def _as_promised(finished: list[dict[str, Any]]) -> bool:
    states = sorted(case["state"] for case in finished)
    return states == ["declined", "declined", "proposed"]


@contextmanager
def _working(worker: Worker) -> Iterator[None]:
    thread = Thread(target=worker.run, name="worker")
    thread.start()
    try:
        yield
    finally:
        worker.stop()
        thread.join()


def _shop_database(dsn: str) -> str:
    """The shop's own database, beside ours on the embedded server."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        known = connection.execute("select 1 from pg_database where datname = 'shop'").fetchone()
        if not known:
            connection.execute("create database shop")
        connection.execute("alter database shop allow_connections true")
    return make_conninfo(dsn, dbname="shop")


def _order_in_the_dark(client: httpx.Client, dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("alter database shop allow_connections false")
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'shop'")
        try:
            shop_process.order_without_database(client)
        finally:
            connection.execute("alter database shop allow_connections true")


def _until(true: Callable[[], bool], seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise HealerError(f"{otherwise}; run it again with --keep and look at the files")
        time.sleep(0.1)
