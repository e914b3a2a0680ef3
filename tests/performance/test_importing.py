"""Imports: every refused row with its reason, the same file once, a whole import taken back."""

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter

from attain.dossier.tables import TABLES
from attain.measurement.faults import RefusedError
from attain.measurement.periods import Month
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import AuditEntry
from attain.performance import models
from attain.performance.actions.importing import (
    Preview,
    carry_out_import,
    preview_import,
    undo_import,
)
from attain.performance.actions.readings import close_month, correct_reading, record_reading
from attain.performance.queries import figures_of
from attain.performance.queries.previews import Upload, default_mapping, saved_mapping
from performing import Measured

NOW = datetime(2026, 6, 10, 12, 0, tzinfo=UTC)
MARCH = Month.parse("2026-03")
HEADER = "metric,month,numerator,denominator\n"
PLAIN = default_mapping(TABLES["readings"], HEADER.strip().split(","), "Europe/London")
GOOD = HEADER + "aht,2026-03,300,2\naht,2026-04,310,2\n"
THREE_BAD = (
    HEADER
    + 'aht,2026-03,300,2\naht,2026-13,310,2\nunknown,2026-04,1,1\n"aht",2026-05,12%,2\n'
    + "aht,2027-01,1,1\n"
)
MODE = models.ImportMode


@pytest.fixture
def uploaded(tmp_path: Path) -> Callable[[str, str], Upload]:
    def upload(text: str, name: str = "march.csv") -> Upload:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return Upload(tmp_path / name, name)

    return upload


Uploaded = Callable[..., Upload]


def imported(
    measured: Measured,
    upload: Upload,
    mode: models.ImportMode = MODE.ALL_OR_NOTHING,
    table: str = "readings",
    mapping: str = PLAIN,
) -> models.Import:
    return carry_out_import(
        centre=measured.centre,
        table=table,
        upload=upload,
        mapping=mapping,
        mode=mode,
        by=measured.by,
        now=NOW,
    )


def previewed(measured: Measured, upload: Upload, **given: str) -> Preview:
    asked = {"table": "readings", "mapping": PLAIN} | given
    return preview_import(centre=measured.centre, upload=upload, now=NOW, **asked)


def values(measured: Measured) -> dict[str, Fraction]:
    [metric] = figures_of(measured.centre).metrics
    return {str(month): reading.value for month, reading in metric.readings.items()}


def test_a_preview_names_every_refused_row_and_stores_nothing(
    measured: Measured, uploaded: Uploaded
) -> None:
    preview = previewed(measured, uploaded(THREE_BAD))
    assert [(r.line, r.column) for r in preview.read.refused] == [
        (3, "month"),
        (4, "metric"),
        (5, "numerator"),
        (6, "month"),
    ]
    assert preview.read.refused[1].raw == ["unknown", "2026-04", "1", "1"]
    assert preview.counts == {
        "read": 5,
        "refused": 4,
        "repeated": 0,
        "gaps": 0,
        "added": 1,
        "revised": 0,
        "unchanged": 0,
    }
    assert not models.Import.objects.exists()
    assert not models.Reading.objects.exists()


def test_all_rows_or_none(measured: Measured, uploaded: Uploaded) -> None:
    with pytest.raises(RefusedError) as refused:
        imported(measured, uploaded(THREE_BAD))
    assert len(refused.value.faults) == 4
    assert not models.Reading.objects.exists()
    imported(measured, uploaded(GOOD))
    assert values(measured) == {"2026-03": 150, "2026-04": 155}


def test_good_rows_only_keeps_the_refused_ones_to_be_mended(
    measured: Measured, uploaded: Uploaded
) -> None:
    done = imported(measured, uploaded(THREE_BAD), MODE.GOOD_ROWS_ONLY)
    assert values(measured) == {"2026-03": 150}
    assert [fault.line for fault in done.faults.all()] == [3, 4, 5, 6]
    assert done.faults.all()[2].raw == ["aht", "2026-05", "12%", "2"]
    mended = ",".join(done.header) + "\naht,2026-05,12,2\n"
    imported(measured, uploaded(mended, "mended.csv"))
    assert values(measured) == {"2026-03": 150, "2026-05": 6}


def test_the_same_file_again_changes_nothing_and_names_its_first_import(
    measured: Measured, uploaded: Uploaded
) -> None:
    first = imported(measured, uploaded(GOOD))
    entries = AuditEntry.objects.count()
    assert previewed(measured, uploaded(GOOD, "again.csv")).first == first
    assert imported(measured, uploaded(GOOD, "again.csv")) == first
    assert (AuditEntry.objects.count(), models.Reading.objects.count()) == (entries, 2)


def test_corrected_values_are_further_revisions_and_undoing_takes_them_back(
    measured: Measured, uploaded: Uploaded
) -> None:
    imported(measured, uploaded(GOOD))
    second = imported(measured, uploaded(GOOD.replace("310", "290") + "aht,2026-05,1,1\n"))
    assert second.counts["revised"] == 1
    assert values(measured) == {"2026-03": 150, "2026-04": 145, "2026-05": 1}
    undone = undo_import(done=second, by=measured.by, now=NOW)
    assert undone.state == models.ImportState.UNDONE
    assert values(measured) == {"2026-03": 150, "2026-04": 155}
    revisions = models.Reading.objects.filter(month=MARCH.plus(1)).order_by("revision")
    assert [r.numerator for r in revisions] == [310, 290, 310]
    assert [r.is_current for r in revisions] == [False, False, True]
    with pytest.raises(RefusedActionError, match="undone already"):
        undo_import(done=second, by=measured.by)


def test_what_was_undone_can_be_imported_again(measured: Measured, uploaded: Uploaded) -> None:
    undo_import(done=imported(measured, uploaded(GOOD)), by=measured.by, now=NOW)
    assert values(measured) == {}
    imported(measured, uploaded(GOOD))
    assert values(measured) == {"2026-03": 150, "2026-04": 155}


def test_an_import_is_not_undone_after_its_month_was_closed(
    measured: Measured, uploaded: Uploaded
) -> None:
    done = imported(measured, uploaded(GOOD))
    close_month(centre=measured.centre, month=MARCH, by=measured.by, now=NOW)
    with pytest.raises(RefusedActionError, match="2026-03 was closed since"):
        undo_import(done=done, by=measured.by)
    assert models.Import.objects.get(pk=done.pk).state == models.ImportState.DONE


def test_an_import_is_not_undone_after_one_of_its_figures_was_corrected(
    measured: Measured, uploaded: Uploaded
) -> None:
    done = imported(measured, uploaded(GOOD))
    correct_reading(
        metric=measured.metric,
        month=MARCH,
        numerator=Fraction(1),
        denominator=None,
        seen=1,
        reason="miscounted",
        by=measured.by,
    )
    with pytest.raises(RefusedActionError, match="corrected since"):
        undo_import(done=done, by=measured.by)
    assert values(measured)["2026-04"] == 155


def test_a_key_twice_with_equal_values_is_one_row_and_with_others_both_are_refused(
    measured: Measured, uploaded: Uploaded
) -> None:
    twice = previewed(measured, uploaded(GOOD + "aht,2026-04,310.0,2\n"))
    assert (twice.read.repeated, twice.counts["added"]) == (1, 2)
    differing = previewed(measured, uploaded(GOOD + "aht,2026-04,311,2\n"))
    assert [r.line for r in differing.read.refused] == [3, 4]
    assert "lines 3, 4 say different things" in differing.read.refused[0].expected


def test_a_half_reading_and_a_gap_are_never_taken_for_nought(
    measured: Measured, uploaded: Uploaded
) -> None:
    preview = previewed(measured, uploaded(HEADER + "aht,2026-03,,\naht,2026-04,,5\n"))
    assert preview.read.taken == ()
    assert {r.line for r in preview.read.refused} == {2, 3}


def test_a_mapping_is_kept_for_the_next_month(measured: Measured, uploaded: Uploaded) -> None:
    mapping = """
file: {delimiter: ";", decimal_mark: ","}
columns:
  metric: {value: aht}
  month: {column: Monat, format: "%m/%Y"}
  numerator: Zeit
  denominator: Anrufe
"""
    upload = uploaded("Monat;Zeit;Anrufe\n03/2026;301,5;2\n")
    imported(measured, upload, mapping=mapping)
    assert values(measured) == {"2026-03": Fraction("150.75")}
    assert saved_mapping(measured.centre, "readings") == mapping
    assert saved_mapping(measured.centre, "uptime") is None


def test_a_mapping_for_many_dossiers_is_refused(measured: Measured, uploaded: Uploaded) -> None:
    with pytest.raises(RefusedError, match="one table of one centre"):
        previewed(measured, uploaded(GOOD), mapping=PLAIN + "scope: {column: metric}\n")


def test_a_spreadsheet_is_read_like_a_text(measured: Measured, tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "march.xlsx")
    sheet = book.add_worksheet("figures")
    sheet.write_row(0, 0, ["metric", "month", "numerator", "denominator"])
    sheet.write_row(1, 0, ["aht", "2026-03", 300.5, 2])
    book.close()
    imported(measured, Upload(tmp_path / "march.xlsx", "march.xlsx"))
    assert values(measured) == {"2026-03": Fraction("150.25")}


def test_a_file_under_a_false_name_is_refused_as_a_whole(
    measured: Measured, tmp_path: Path
) -> None:
    for name, content in (("a.xlsx", b"<html>"), ("a.csv", b"PK\x03\x04"), ("a.exe", b"MZ")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(RefusedError):
            previewed(measured, Upload(tmp_path / name, name))


def test_definitions_are_imported_and_withdrawn_unless_something_is_built_on_them(
    measured: Measured, uploaded: Uploaded
) -> None:
    def define(table: str, text: str) -> models.Import:
        mapping = default_mapping(TABLES[table], text.splitlines()[0].split(","), "Europe/London")
        return imported(measured, uploaded(text, f"{table}.csv"), table=table, mapping=mapping)

    processes = define(
        "processes", "process,class,low_volume,time_and_materials\nmail,enabling,no,yes\n"
    )
    metrics = define("metrics", "metric,process,aspect,unit,better\nbacklog,mail,service,,lower\n")
    with pytest.raises(RefusedActionError, match="built upon"):
        undo_import(done=processes, by=measured.by)
    undo_import(done=metrics, by=measured.by)
    undo_import(done=processes, by=measured.by)
    assert [m.metric for m in figures_of(measured.centre).metrics] == ["aht"]
    define("processes", "process,class,low_volume,time_and_materials\nmail,enabling,no,no\n")
    assert models.Process.objects.filter(key="mail", withdrawn=False).count() == 1


INTERVALS = "channel,start,offered,answered,within_threshold\n"
DAY = (
    INTERVALS
    + "phone,2026-03-02T09:00,10,9,8\nphone,2026-03-02T09:30,10,9,9\n"
    + "phone,2026-03-29T01:30,5,5,5\n"
    + "phone,2026-03-02T10:00,5,6,5\n"
    + "phone,2026-06-10T13:30:00+01:00,5,5,5\n"
)


def test_intervals_go_to_the_lake_and_out_of_it_again(
    measured: Measured, uploaded: Uploaded
) -> None:
    mapping = default_mapping(TABLES["intervals"], INTERVALS.strip().split(","), "Europe/London")
    preview = previewed(measured, uploaded(DAY), table="intervals", mapping=mapping)
    assert [(r.line, r.column) for r in preview.read.refused] == [
        (4, "start"),
        (5, "answered"),
        (6, "start"),
    ]
    assert "skip this one" in preview.read.refused[0].expected

    def bring(text: str) -> models.Import:
        upload = uploaded(text)
        return imported(measured, upload, MODE.GOOD_ROWS_ONLY, "intervals", mapping)

    first = bring(DAY)
    assert figures_of(measured.centre).volumes["phone"][MARCH].total == 20
    second = bring(INTERVALS + "phone,2026-03-02T09:30,9,9,9\nphone,2026-03-03T09:30,7,7,7\n")
    assert second.counts["refused"] == 1
    assert "not in the lake yet" in second.faults.get().expected
    assert figures_of(measured.centre).volumes["phone"][MARCH].total == 27
    undo_import(done=first, by=measured.by)
    assert figures_of(measured.centre).volumes["phone"][MARCH].total == 7
    undo_import(done=second, by=measured.by)
    assert figures_of(measured.centre).volumes == {}
    bring(DAY)
    assert figures_of(measured.centre).volumes["phone"][MARCH].total == 20


def test_intervals_that_overlap_are_refused_where_their_length_is_declared(
    measured: Measured, uploaded: Uploaded
) -> None:
    mapping = default_mapping(
        TABLES["intervals"], INTERVALS.strip().split(","), "Europe/London"
    ).replace("times:\n", "times:\n  length: 30\n")
    text = INTERVALS + "phone,2026-03-02T09:00,1,1,1\nphone,2026-03-02T09:15,1,1,1\n"
    preview = previewed(measured, uploaded(text), table="intervals", mapping=mapping)
    assert [r.line for r in preview.read.refused] == [3]
    assert "on the grid of 30 minutes" in preview.read.refused[0].expected


def test_a_figure_recorded_by_hand_is_said_again_after_an_undo(
    measured: Measured, uploaded: Uploaded
) -> None:
    record_reading(
        metric=measured.metric,
        month=MARCH,
        numerator=Fraction(7),
        denominator=None,
        by=measured.by,
    )
    done = imported(measured, uploaded(GOOD))
    undo_import(done=done, by=measured.by)
    assert values(measured) == {"2026-03": 7}
