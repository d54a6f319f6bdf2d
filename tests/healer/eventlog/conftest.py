from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

Connection = psycopg.Connection[Any]


@pytest.fixture
def connection(schema_url: str) -> Iterator[Connection]:
    with psycopg.connect(schema_url, autocommit=True) as connection:
        yield connection
