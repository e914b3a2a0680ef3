"""A lake is what its Delta log or its folder says, and nothing that would be read wrongly."""

import json
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from attain.lake.duckdb_engine import DuckdbEngine
from attain.lake.intervals import tally_lake
from attain.lake.snapshots import snapshot_of
from attain.lake.stretches import CentreWindow
from attain.measurement.faults import RefusedError
from attain.measurement.periods import Month
from interval_rows import Row, columns_of, utc, write_parquet

ENGINE = DuckdbEngine()
OCTOBER = Month.parse("2026-10")


def intervals(site: str, hours: int = 3) -> pa.Table:
    rows = [
        Row("phone", utc(2026, 10, 5) + timedelta(hours=hour), 1, 1, 1) for hour in range(hours)
    ]
    return pa.table({"site": pa.array([site] * hours, pa.string()), **columns_of(rows)})


def volume(lake: Path, site: str) -> int:
    centres = {site: CentreWindow("UTC", (), (OCTOBER,))}
    months = tally_lake(lake, centres, ENGINE).by_site[site].get("phone", {})
    return sum(tally.total for tally in months.values())


def refused(lake: Path) -> str:
    with pytest.raises(RefusedError) as error:
        snapshot_of(lake)
    [fault] = error.value.faults
    return str(fault)


def test_a_delta_table_is_the_files_that_its_log_names(tmp_path: Path) -> None:
    write_deltalake(tmp_path, intervals("leeds"))
    write_deltalake(tmp_path, intervals("york"), mode="append")
    (tmp_path / "never-committed.parquet").write_bytes(b"half written")
    snapshot = snapshot_of(tmp_path)
    assert snapshot.version == 1
    assert len(snapshot.files) == 2
    assert volume(tmp_path, "york") == 3


def test_rows_that_were_erased_are_not_counted(tmp_path: Path) -> None:
    write_deltalake(tmp_path, intervals("leeds"))
    write_deltalake(tmp_path, intervals("york"), mode="append")
    DeltaTable(tmp_path).delete("site = 'leeds' OR start = '2026-10-05T01:00:00Z'")
    assert volume(tmp_path, "leeds") == 0
    assert volume(tmp_path, "york") == 2


@pytest.mark.parametrize("site", ["a b", "a/b", "100%", "é=è", "[x]*?{y}", "a'b", "%20"])
def test_a_site_may_be_named_as_one_likes(tmp_path: Path, site: str) -> None:
    write_deltalake(tmp_path, intervals(site), partition_by=["site"])
    write_deltalake(tmp_path, intervals("2026"), partition_by=["site"], mode="append")
    assert volume(tmp_path, site) == 3
    assert volume(tmp_path, "2026") == 3


@pytest.mark.parametrize("name", ["a b", "100%", "é=è", "*?{y}", "a'b", "a#b"])
def test_a_lake_may_lie_in_a_folder_of_almost_any_name(tmp_path: Path, name: str) -> None:
    write_deltalake(tmp_path / name, intervals("leeds"), partition_by=["site"])
    assert volume(tmp_path / name, "leeds") == 3


@pytest.mark.parametrize("name", ["[x]", "*?{y}", "%20"])
def test_a_folder_of_files_may_lie_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / "x").mkdir()
    write_parquet(tmp_path / name / "[1].parquet", intervals("leeds"))
    write_parquet(tmp_path / "x" / "1.parquet", intervals("leeds", 20))
    assert volume(tmp_path / name, "leeds") == 3


@pytest.mark.parametrize("name", ["[x]", "a^b", "%20"])
def test_a_lake_in_a_folder_with_a_name_that_cannot_be_is_refused(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / name / "_delta_log").mkdir(parents=True)
    assert "expected a lake in a folder whose path has none of" in refused(tmp_path / name)


def with_first_entries(lake: Path, **entries: dict[str, object]) -> None:
    """Rewrite the first entries of a Delta log by kind, leaving their other keys."""
    log = lake / "_delta_log" / f"{0:020}.json"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    for line in lines:
        for kind, change in entries.items():
            if kind in line:
                line[kind] |= change
    log.write_text("\n".join(map(json.dumps, lines)))
    log.with_name(f".{log.name}.crc").unlink(missing_ok=True)


def test_a_table_with_deletion_vectors_is_refused_and_not_read_wrongly(tmp_path: Path) -> None:
    write_deltalake(tmp_path, intervals("leeds", 40))
    features: dict[str, object] = {
        "minReaderVersion": 3,
        "minWriterVersion": 7,
        "readerFeatures": ["deletionVectors"],
        "writerFeatures": ["deletionVectors"],
    }
    with_first_entries(tmp_path, protocol=features)
    assert len(snapshot_of(tmp_path).files) == 1
    vector = {
        "storageType": "i",
        "pathOrInlineDv": "^Bg9^0rr910000000000iXQKl0rr91000f55c8Xg0@@D72lkbi5=-{L",
        "sizeInBytes": 44,
        "cardinality": 6,
    }
    with_first_entries(tmp_path, add={"deletionVector": vector})
    assert "found a Delta table with deletion vectors (rewrite its files" in refused(tmp_path)


def test_a_table_whose_columns_go_by_other_names_in_its_files_is_refused(tmp_path: Path) -> None:
    write_deltalake(tmp_path, intervals("leeds"))
    protocol: dict[str, object] = {"minReaderVersion": 2, "minWriterVersion": 5}
    fields = json.loads(DeltaTable(tmp_path).schema().to_json())
    for number, field in enumerate(fields["fields"]):
        other = {"delta.columnMapping.id": number, "delta.columnMapping.physicalName": f"c{number}"}
        field["metadata"] = other
    metadata: dict[str, object] = {
        "configuration": {"delta.columnMapping.mode": "name"},
        "schemaString": json.dumps(fields),
    }
    with_first_entries(tmp_path, protocol=protocol, metaData=metadata)
    assert "found a Delta table with columnMapping" in refused(tmp_path)


def test_a_log_that_does_not_read_is_refused(tmp_path: Path) -> None:
    write_deltalake(tmp_path, intervals("leeds"))
    (tmp_path / "_delta_log" / f"{0:020}.json").write_text("{not json")
    assert "found a Delta log that does not read" in refused(tmp_path)


def test_a_folder_of_files_leaves_out_what_is_set_aside(tmp_path: Path) -> None:
    write_parquet(tmp_path / "1.parquet", intervals("leeds"))
    (tmp_path / "_temporary").mkdir()
    (tmp_path / "_temporary" / "2.parquet").write_bytes(b"half written")
    (tmp_path / ".3.parquet").write_bytes(b"half written")
    (tmp_path / "_SUCCESS").touch()
    assert [file.name for file in snapshot_of(tmp_path).files] == ["1.parquet"]
    assert volume(tmp_path, "leeds") == 3


def test_folders_of_a_lake_must_be_named_alike(tmp_path: Path) -> None:
    for folder in ("site=leeds", "site=york/month=2026-10"):
        (tmp_path / folder).mkdir(parents=True)
        write_parquet(tmp_path / folder / "1.parquet", intervals("leeds"))
    assert "expected every file in folders named alike" in refused(tmp_path)


def test_a_folder_above_a_lake_says_nothing_about_its_rows(tmp_path: Path) -> None:
    lake = tmp_path / "site=hull" / "lake"
    lake.mkdir(parents=True)
    write_parquet(lake / "1.parquet", intervals("leeds"))
    assert volume(lake, "leeds") == 3


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_a_lake_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    assert "expected a lake of intervals" in refused(tmp_path / name)


def test_a_file_is_named_by_its_place_in_its_table_however_an_engine_calls_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "lake" / "site=a%20b"
    folder.mkdir(parents=True)
    file = write_parquet(folder / "1.parquet", intervals("leeds").drop(["site"]))
    monkeypatch.chdir(tmp_path)
    snapshot = snapshot_of(Path("lake"))
    for called in (str(snapshot.files[0]), str(file), file.as_uri()):
        assert snapshot.name_of(called) == "site=a%20b/1.parquet"
    assert snapshot.fixed_in(snapshot.files[0]) == {"site": "a b"}
