"""One freely written SELECT, parsed and held to what a question may do."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.scope import traverse_scope

from healer.errors import BadInput

MOST_CHARS = 10_000

logging.getLogger("sqlglot").setLevel(logging.ERROR)  # its warnings quote the query

# Functions that compute and do nothing else. A function that is not here is refused: Postgres has some
# that sleep, signal, notify, lock, set, read files or reach the network, and extensions bring more.
_FUNCTIONS = frozenset(
    re.findall(
        r"\w+",
        """
        abs any array array_agg array_length avg bool_and bool_or cast ceil char_length coalesce concat
        concat_ws count cume_dist date_bin date_part date_trunc dense_rank every exists extract first_value
        floor greatest initcap jsonb_array_elements jsonb_array_elements_text jsonb_array_length jsonb_each
        jsonb_each_text jsonb_extract_path jsonb_extract_path_text jsonb_object_keys jsonb_typeof lag
        last_value lead least left length ln lower ltrim max min mod now ntile nullif percentile_cont
        percentile_disc position power rank replace reverse right round row_number rtrim sign split_part
        sqrt starts_with stddev stddev_pop stddev_samp string_agg strpos substr substring sum to_char
        to_timestamp trim trunc unnest upper var_pop var_samp variance
        """,
    )
)
_FORBIDDEN = (exp.DML, exp.DDL, exp.Command, exp.Into, exp.Lock, exp.Parameter, exp.Placeholder, exp.Operator)
_CALL = re.compile(r'"?([A-Za-z_][A-Za-z0-9_$]*)"?\(')


def checked(sql: str, relations: Iterable[str]) -> str:
    """The statement as Postgres will see it, written anew from its parse: comments and tricks are gone.

    `relations` are `schema.name`. Raises BadInput: not one SELECT, another relation, or a function not known
    to be harmless."""
    if len(sql) > MOST_CHARS:
        raise BadInput(f"the query is longer than {MOST_CHARS} characters")
    try:
        statements = [statement for statement in sqlglot.parse(sql, read="postgres") if statement is not None]
        if len(statements) != 1 or not isinstance(statements[0], exp.Select | exp.SetOperation):
            raise BadInput("only one SELECT is allowed")
        _check(statements[0], frozenset(relations))
        return statements[0].sql(dialect="postgres", comments=False)
    except (SqlglotError, RecursionError) as error:
        raise BadInput("the query cannot be parsed as one PostgreSQL SELECT") from error


def _check(statement: exp.Expression, relations: frozenset[str]) -> None:
    for node in statement.walk():
        # Select and Values are of the same family as Insert, so writing is told by its own classes.
        if isinstance(node, _FORBIDDEN) and not isinstance(node, exp.Query):
            raise BadInput(f"{node.key} is not allowed in a query")
        if isinstance(node, exp.Func) and not isinstance(node, exp.Connector):
            _check_call(node)
        if isinstance(node, exp.Table):
            _check_table(node, relations)
    for scope in traverse_scope(statement):
        for source in scope.sources.values():
            if isinstance(source, exp.Table) and isinstance(source.this, exp.Identifier) and not source.db:
                raise BadInput(f"name {source.name} with its schema: one of {_listed(relations)}")


def _check_call(node: exp.Func) -> None:
    """By the name Postgres will see; operators and CASE have none."""
    if isinstance(node.parent, exp.Dot):
        raise BadInput("functions are called by their plain name")
    match = _CALL.match(node.sql(dialect="postgres", comments=False))
    name = node.name if isinstance(node, exp.Anonymous) else match[1] if match else ""
    if name and name.lower() not in _FUNCTIONS:
        known = ", ".join(sorted(_FUNCTIONS))
        raise BadInput(f"function {name.lower()[:63]} is not allowed; allowed are {known}")


def _check_table(table: exp.Table, relations: frozenset[str]) -> None:
    """A name without a schema may be one of the query's own; whether it is, is seen by its scope."""
    if table.catalog or (table.db and f"{table.db}.{table.name}" not in relations):
        raise BadInput(f"{table.db}.{table.name} is not readable; readable are {_listed(relations)}")


def _listed(relations: frozenset[str]) -> str:
    return ", ".join(sorted(relations))
