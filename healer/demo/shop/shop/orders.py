"""Orders, kept in PostgreSQL."""

from decimal import Decimal

import psycopg

SCHEMA = """
create table if not exists orders (
    id bigint generated always as identity primary key,
    lines text not null,
    total numeric(10, 2) not null,
    placed_at timestamptz not null default now()
)
"""


def prepare(url: str) -> None:
    with psycopg.connect(url, connect_timeout=3) as connection:
        connection.execute(SCHEMA)


def place(url: str, lines: str, total: Decimal) -> int:
    """Keeps the order and returns its number."""
    with psycopg.connect(url, connect_timeout=3) as connection:
        row = connection.execute(
            "insert into orders (lines, total) values (%s, %s) returning id", (lines, total)
        ).fetchone()
    return int(row[0])
