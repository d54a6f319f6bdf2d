"""Makes requests under day limits until none is left: `holding_worker.py DSN MODEL_URL LEASE`."""

from __future__ import annotations

import os
import sys
import threading

from healer.budget import Budget, Limits
from healer.errors import Refused
from healer.models.line import Line, Outages
from healer.models.talk import Endpoint
from healer.prices import Price, PriceTable
from healer.spending import Allowance
from healer.store.spending import Books

DOLLARS = 0.15  # of the project's day
PRICES = PriceTable((Price(model="scripted", input=3.0, output=15.0, cache_read=0.3, cache_write=3.75),))
LIMITS = Limits(run=Allowance(), project_day=Allowance(dollars=DOLLARS), day=Allowance(dollars=2 * DOLLARS))


def ask(books: Books, url: str, number: int) -> None:
    from healer.models.vendors import VendorTalk

    budget = Budget(LIMITS, PRICES, books, f"shop-{number % 2}")
    endpoint = Endpoint(wire="anthropic", model="scripted", url=url, max_output=300, seconds=20)
    with VendorTalk(endpoint, "You are asked for nothing.", ()) as talk:
        line = Line(talk, budget, Outages(), "p@1")
        while True:
            talk.say(f"{os.getpid()} {'word ' * 1000}")
            try:
                line.ask()
            except Refused:
                return


def work(dsn: str, url: str, number: int) -> None:
    import healer.budget

    healer.budget.GRACE = -19.0
    books = Books(dsn)
    threads = [threading.Thread(target=ask, args=(books, url, number + n)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    import healer.models.vendors  # noqa: F401

    children = []
    for number in range(8):
        if (child := os.fork()) == 0:
            work(sys.argv[1], sys.argv[2], number)
            os._exit(0)
        children.append(child)
    print(*children, flush=True)
    for child in children:
        os.waitpid(child, 0)
