"""The engine is chosen by ATTAIN_ENGINE; what it cannot be is said clearly."""

import sys
from pathlib import Path

import pytest

from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.engine import Query, Statement
from attain.lake.engines import engine_from_environment
from attain.measurement.faults import RefusedError


@pytest.mark.parametrize("environment", [{}, {"ATTAIN_ENGINE": ""}, {"ATTAIN_ENGINE": "duckdb"}])
def test_duckdb_is_the_engine_where_nothing_else_is_set(environment: dict[str, str]) -> None:
    assert isinstance(engine_from_environment(environment), DuckdbEngine)


@pytest.mark.parametrize(
    "name", ["polars", "spark://", "spark:host:7077", "http://host", "local[2]"]
)
def test_an_engine_that_there_is_not_is_refused(name: str) -> None:
    with pytest.raises(RefusedError) as refused:
        engine_from_environment({"ATTAIN_ENGINE": name})
    [fault] = refused.value.faults
    assert str(fault) == (
        f'environment:1: ATTAIN_ENGINE: found "{name}", '
        "expected duckdb, or the master of a Spark cluster such as spark://host:7077"
    )


def test_spark_without_its_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pyspark", "pyspark.errors", "pyspark.sql"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(RefusedError, match="pyspark to be installed, by the extra"):
        engine_from_environment({"ATTAIN_ENGINE": "spark://127.0.0.1:7077"})


def test_two_tables_of_one_query_may_not_bear_one_name() -> None:
    inner = Query(Statement("inner", "SELECT a FROM t"), {"t": {"a": [1]}})
    outer = Query(Statement("outer", "SELECT * FROM inner, t"), {"t": {"a": [2]}, "inner": inner})
    with pytest.raises(ValueError, match="two tables of one query are named t"):
        DuckdbEngine().query(outer).rows()


def test_what_does_not_fit_into_memory_leaves_nothing_behind_on_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    engine = DuckdbEngine("40MB")
    text = "SELECT COUNT(*) FROM (SELECT a, COUNT(*) FROM range(4000000) AS t (a) GROUP BY a)"
    assert engine.query(Query(Statement("many", text), {})).rows() == [(4_000_000,)]
    del engine
    assert not list(tmp_path.iterdir())
