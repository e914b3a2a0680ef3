"""An import whose worker is killed in the middle ends as if nothing had happened."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope, scopes_disabled
from django_tasks.base import TaskResultStatus

from attain.dossier.tables import TABLES
from attain.lake.engines import engine_from_environment
from attain.organisations.jobs.actions import enqueue
from attain.organisations.jobs.models import Job
from attain.organisations.rules import Role
from attain.performance.models import Import
from attain.performance.queries.previews import default_mapping
from attain.performance.queries.volumes import lake_of, lake_version
from attain.performance.tasks import import_file
from estate import Estate, make_estate
from frame.processes import beside, kill, wait_until

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ("-m", "frame.run_worker")
HEADER = "channel,start,offered,answered,within_threshold"
ROWS = 20_000


def intervals(folder: Path) -> Path:
    first = datetime(2026, 3, 1, tzinfo=UTC)
    path = folder / "intervals.csv"
    starts = (first + timedelta(minutes=15 * n) for n in range(ROWS))
    lines = (f"phone,{start.isoformat()},10,9,8" for start in starts)
    path.write_text("\n".join([HEADER, *lines]) + "\n")
    return path


def rows_in_the_lake(lake: Path) -> int:
    if lake_version(lake) is None:
        return 0
    import pyarrow.parquet as pq

    files = engine_from_environment({}).read(lake).files
    return sum(pq.ParquetFile(file).metadata.num_rows for file in files)


def asked(estate: Estate, path: Path) -> Job:
    mapping = default_mapping(TABLES["intervals"], HEADER.split(","), "Europe/London")
    return enqueue(
        import_file,
        by=estate.member(Role.PROGRAMME_LEAD),
        organisation=estate.organisation,
        title="Import of intervals.csv",
        centre="leeds",
        table="intervals",
        path=str(path),
        name=path.name,
        mapping=mapping,
        mode="all_or_nothing",
        rows=ROWS,
    )


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.LAKE = tmp_path / "lake"
    return tmp_path


def test_a_worker_killed_when_the_lake_has_the_rows_and_the_records_have_not(
    data: Path, settings: Any
) -> None:
    estate = make_estate()
    job = asked(estate, intervals(data))
    lake = lake_of("northwind")
    with beside(*WORKER, ATTAIN_DATA=str(data)) as first:
        # The keys are written just before the rows are appended, and the entry comes last.
        wait_until(lambda: list((lake.parent / "imports").glob("*.parquet")), 60)
        kill(first)
    with scopes_disabled():
        assert not Import.objects.exists()
    with beside(*WORKER, ATTAIN_DATA=str(data)):
        wait_until(lambda: now(job).is_over, 90)
    assert now(job).status == TaskResultStatus.SUCCESSFUL
    with scope(organisation=estate.organisation):
        done = Import.objects.get()
        assert done.counts["added"] == ROWS
    assert rows_in_the_lake(lake) == ROWS


def now(job: Job) -> Job:
    with scopes_disabled():
        return Job.objects.select_related("result").get(pk=job.pk)
