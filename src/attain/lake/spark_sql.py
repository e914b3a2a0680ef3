"""Statements in Spark's SQL: turned from DuckDB's by SQLGlot, with the few words that it leaves."""

from functools import lru_cache
from typing import cast

import sqlglot
from sqlglot import exp

# Functions of DuckDB that SQLGlot passes on as they are, and what Spark calls them.
_FUNCTIONS = {
    "EPOCH_US": "UNIX_MICROS",
    "MAKE_TIMESTAMPTZ": "TIMESTAMP_MICROS",
    "STRLEN": "OCTET_LENGTH",
}
_WIDE = "DECIMAL(38, 0)"


@lru_cache(maxsize=256)
def to_spark(statement: str) -> str:
    """Return a statement of DuckDB's dialect in Spark's."""
    tree = sqlglot.parse_one(statement, read="duckdb").transform(_reword)
    return tree.sql(dialect="spark", pretty=True, comments=False)


def _reword(node: exp.Expression) -> exp.Expression:
    """Put what Spark knows where SQLGlot left what only DuckDB knows."""
    if isinstance(node, exp.DataType) and node.is_type(exp.DataType.Type.INT128):
        return exp.DataType.build(_WIDE, dialect="spark")
    if not isinstance(node, exp.Anonymous):
        return node
    # Spark reads timestamps in nanoseconds as the whole numbers that they are.
    if node.name.upper() == "EPOCH_NS":
        [start] = node.expressions
        return cast("exp.Expression", start)
    name = _FUNCTIONS.get(node.name.upper(), node.name)
    return exp.Anonymous(this=name, expressions=node.expressions)
