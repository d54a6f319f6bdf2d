"""One freely written SELECT, parsed and held to what a question may do."""

from __future__ import annotations

from collections.abc import Iterable

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from healer.errors import BadInput

MOST_CHARS = 10_000

# Functions that compute and do nothing else. A function that is not here is refused: Postgres has some
# that sleep, signal, notify, lock, set, read files or reach the network, and extensions bring more.
_FUNCTIONS = frozenset(
    """
    abs array_agg array_length avg bool_and bool_or cast ceil char_length coalesce concat concat_ws count
    cume_dist current_date current_timestamp date_bin date_part date_trunc dense_rank every exists
    extract first_value floor greatest initcap jsonb_array_elements jsonb_array_elements_text jsonb_array_length
    jsonb_each jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_object_keys jsonb_typeof lag
    last_value lead least left length lower ltrim max min mod nullif now ntile percentile_cont
    percentile_disc position rank replace reverse right round row_number rtrim sign split_part
    sqrt starts_with stddev string_agg strpos substr substring sum to_char to_timestamp trim trunc unnest upper
    variance
    """.split()
)


def checked(sql: str, schemas: Iterable[str]) -> str:
    """The statement as Postgres will see it, written anew from its parse: comments and tricks are gone.

    Raises BadInput: not one SELECT, a relation outside `schemas`, or a function that is not known to be harmless."""
    if len(sql) > MOST_CHARS:
        raise BadInput(f"the query is longer than {MOST_CHARS} characters")
    try:
        statements = [s for s in sqlglot.parse(sql, read="postgres") if s is not None]
    except (SqlglotError, RecursionError) as error:
        raise BadInput("the query cannot be parsed as PostgreSQL") from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        raise BadInput("only one SELECT is allowed")
    (statement,) = statements
    for node in statement.walk():
        _check(node, frozenset(schemas))
    _relations(statement, frozenset(schemas))
    return statement.sql(dialect="postgres", comments=False)
