"""Each statement is one readable file that every engine can run; its Spark text is kept beside.

Where a statement or SQLGlot changes, `PYTHONPATH=src:tests python tests/lake/test_statements.py`
writes the texts anew, for a person to read before they are kept.
"""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from attain.lake.engine import Statement
from attain.lake.spark_sql import to_spark
from project import PACKAGE

FILES = sorted((PACKAGE / "lake" / "statements").glob("*.sql"))
KEPT = Path(__file__).parent / "spark"


def names(file: Path) -> str:
    return file.stem


@pytest.mark.parametrize("file", FILES, ids=names)
def test_the_text_for_spark_is_the_one_that_was_read_and_kept(file: Path) -> None:
    kept = (KEPT / file.name).read_text("utf-8")
    assert to_spark(Statement.named(file.stem).text) + "\n" == kept


def test_no_text_is_kept_of_a_statement_that_there_is_not() -> None:
    assert [file.name for file in sorted(KEPT.glob("*.sql"))] == [file.name for file in FILES]


@pytest.mark.parametrize("file", FILES, ids=names)
def test_a_statement_says_first_what_it_is_for(file: Path) -> None:
    assert file.read_text("utf-8").startswith("-- ")


@pytest.mark.parametrize("file", FILES, ids=names)
def test_no_name_given_in_a_selection_hides_a_column_that_it_reads(file: Path) -> None:
    # Engines differ in which of the two such a name then means.
    for select in sqlglot.parse_one(file.read_text("utf-8"), read="duckdb").find_all(exp.Select):
        given = {e.alias for e in select.expressions if isinstance(e, exp.Alias)}
        own = (c for e in select.expressions for c in e.find_all(exp.Column))
        assert not given & {column.name for column in own}


def test_counts_that_need_more_than_64_bits_are_decimals_in_spark() -> None:
    assert to_spark("SELECT CAST(a AS HUGEINT) AS b FROM t") == (
        "SELECT\n  CAST(a AS DECIMAL(38, 0)) AS b\nFROM t"
    )


if __name__ == "__main__":
    for statement in FILES:
        text = to_spark(Statement.named(statement.stem).text)
        (KEPT / statement.name).write_text(text + "\n", "utf-8")
