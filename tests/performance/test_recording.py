"""Recording: nothing is edited, a correction is a revision, and a closed month stays told."""

import io
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from attain.measurement.faults import RefusedError
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry, Centre, Member
from attain.performance import models
from attain.performance.actions.covering import append_intervals, set_coverage
from attain.performance.actions.defining import (
    change_metric,
    define_metric,
    define_process,
    set_target,
)
from attain.performance.actions.evidence import evidence_folder, store_evidence
from attain.performance.actions.improving import (
    document_practice,
    file_document,
    plan_initiative,
    take_improvement_action,
)
from attain.performance.actions.loading import load_rows
from attain.performance.actions.readings import (
    close_month,
    correct_reading,
    record_reading,
    record_satisfaction,
)
from attain.performance.actions.recording import withdraw_row
from attain.performance.actions.revising import Stamp, plan_rows, write_plan
from attain.performance.actions.systems import (
    assess_incident,
    record_change,
    record_incident,
    record_uptime,
)
from attain.performance.queries import figures_of, metric_history
from attain.performance.rules import RowRefusedError
from attain.standards import figures
from attain.standards.figures import Aspect, ProcessClass, SatisfactionKind
from estate import Estate
from performing import Measured

MARCH, APRIL = Month.parse("2026-03"), Month.parse("2026-04")
NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def recorded(measured: Measured, month: Month = MARCH, numerator: int = 300) -> models.Reading:
    return record_reading(
        metric=measured.metric,
        month=month,
        numerator=Fraction(numerator),
        denominator=None,
        by=measured.by,
        now=NOW,
    )


def corrected(
    measured: Measured, numerator: int, seen: int, reason: str = "late calls"
) -> models.Reading:
    return correct_reading(
        metric=measured.metric,
        month=MARCH,
        numerator=Fraction(numerator),
        denominator=Fraction(2),
        seen=seen,
        reason=reason,
        by=measured.by,
        now=NOW,
    )


def test_a_correction_is_a_further_revision_and_the_first_stays(measured: Measured) -> None:
    recorded(measured)
    second = corrected(measured, 290, seen=1)
    assert (second.revision, second.reason) == (2, "late calls")
    [month] = metric_history(measured.metric)
    assert [r.numerator for r in month.revisions] == [290, 300]
    assert figures_of(measured.centre).metrics[0].readings[MARCH].value == 145


def test_what_is_recorded_already_is_corrected_and_not_recorded_again(measured: Measured) -> None:
    recorded(measured)
    with pytest.raises(RefusedActionError, match="correct it instead"):
        recorded(measured, numerator=1)


def test_a_correction_needs_its_reason(measured: Measured) -> None:
    recorded(measured)
    with pytest.raises(RefusedActionError, match="needs its reason"):
        corrected(measured, 290, seen=1, reason="  ")


def test_who_saw_an_earlier_revision_is_shown_both(measured: Measured) -> None:
    recorded(measured)
    corrected(measured, 290, seen=1)
    with pytest.raises(ChangedMeanwhileError) as refused:
        corrected(measured, 280, seen=1)
    assert refused.value.theirs["numerator"] == "290"
    assert refused.value.yours["numerator"] == "280"
    assert models.Reading.objects.count() == 2


def test_the_database_keeps_one_current_revision(measured: Measured) -> None:
    reading = recorded(measured)
    reading.pk, reading.revision = None, 2
    reading.uuid = measured.metric.uuid
    with pytest.raises(IntegrityError), transaction.atomic():
        reading.save(force_insert=True)


def test_a_correction_after_the_close_is_shown_beside_the_frozen_figure(
    measured: Measured,
) -> None:
    recorded(measured)
    recorded(measured, APRIL, 310)
    close_month(centre=measured.centre, month=MARCH, by=measured.by, now=NOW)
    april, march = metric_history(measured.metric)
    assert (march.is_closed, march.is_restated, april.is_closed) == (True, False, False)
    corrected(measured, 290, seen=1)
    march = metric_history(measured.metric)[1]
    assert march.is_restated
    assert march.frozen
    assert march.current
    assert (march.frozen.numerator, march.current.numerator) == (300, 290)


def test_a_figure_that_comes_after_the_close_restates_an_empty_month(measured: Measured) -> None:
    close_month(centre=measured.centre, month=MARCH, by=measured.by, now=NOW)
    recorded(measured)
    [march] = metric_history(measured.metric)
    assert march.is_restated
    assert march.frozen is None


def test_a_month_is_closed_once_and_after_its_end(measured: Measured) -> None:
    with pytest.raises(RefusedActionError, match="when it has ended"):
        close_month(centre=measured.centre, month=Month.parse("2026-05"), by=measured.by, now=NOW)
    close_month(centre=measured.centre, month=MARCH, by=measured.by, now=NOW)
    with pytest.raises(RefusedActionError, match="closed already"):
        close_month(centre=measured.centre, month=MARCH, by=measured.by, now=NOW)


def test_what_is_withdrawn_is_not_there_and_may_be_recorded_anew(measured: Measured) -> None:
    reading = recorded(measured)
    withdraw_row(record=reading, seen=1, reason="wrong metric", by=measured.by)
    assert not figures_of(measured.centre).metrics[0].readings
    again = record_reading(
        metric=measured.metric,
        month=MARCH,
        numerator=Fraction(5),
        denominator=None,
        by=measured.by,
    )
    assert again.revision == 3


def test_a_target_is_never_edited(measured: Measured) -> None:
    first = date(2026, 1, 1)
    set_target(metric=measured.metric, since=first, target=Fraction(330), by=measured.by)
    with pytest.raises(RefusedActionError):
        set_target(metric=measured.metric, since=first, target=Fraction(340), by=measured.by)
    set_target(metric=measured.metric, since=date(2026, 4, 1), target=Fraction(340), by=measured.by)
    [metric] = figures_of(measured.centre).metrics
    assert [t.value for t in metric.targets] == [330, 340]


def test_the_direction_of_a_metric_with_readings_does_not_turn(measured: Measured) -> None:
    change_metric(metric=measured.metric, seen=1, by=measured.by, better="higher")
    change_metric(metric=measured.metric, seen=2, by=measured.by, better="lower")
    recorded(measured)
    measured.metric.refresh_from_db()
    with pytest.raises(RefusedActionError, match="Retire it"):
        change_metric(metric=measured.metric, seen=3, by=measured.by, better="higher")


def test_two_people_change_a_metric_and_the_second_sees_both(measured: Measured) -> None:
    change_metric(metric=measured.metric, seen=1, by=measured.by, name="Handle time")
    with pytest.raises(ChangedMeanwhileError) as refused:
        change_metric(metric=measured.metric, seen=1, by=measured.by, name="AHT")
    assert refused.value.theirs == {"name": "Handle time"}
    assert refused.value.yours == {"name": "AHT"}


def test_a_key_is_defined_once(measured: Measured) -> None:
    with pytest.raises(RefusedActionError, match="there already"):
        define_process(
            centre=measured.centre,
            key="calls",
            name="Calls",
            facing=ProcessClass.ENABLING,
            by=measured.by,
        )
    with pytest.raises(RefusedActionError, match="1 to 200"):
        define_metric(
            process=measured.process,
            key="x" * 201,
            name="X",
            aspect=Aspect.COST,
            better=Direction.LOWER,
            by=measured.by,
        )


def test_an_incident_is_recorded_and_assessed_later(measured: Measured) -> None:
    incident = figures.Incident("INC-1", "acd", NOW, None, None, None)
    record_incident(centre=measured.centre, incident=incident, by=measured.by)
    assessed = figures.Incident("INC-1", "acd", NOW, "2", Fraction(9), Fraction("12.5"))
    assess_incident(
        centre=measured.centre, incident=assessed, seen=1, reason="assessed", by=measured.by
    )
    assert figures_of(measured.centre).incidents == (assessed,)


def test_an_initiative_a_change_and_an_action_are_recorded(measured: Measured) -> None:
    initiative = figures.Initiative("wrap-up", "calls", MARCH.first_day, None, True, "study", None)
    plan_initiative(centre=measured.centre, initiative=initiative, by=measured.by)
    change = figures.TechnologyChange(
        "CHG-1", figures.ChangeKind.UPGRADE, MARCH.first_day, None, "plan"
    )
    record_change(centre=measured.centre, change=change, by=measured.by)
    take_improvement_action(
        metric=measured.metric,
        month=MARCH,
        action="coaching",
        taken_on=APRIL.first_day,
        by=measured.by,
    )
    read = figures_of(measured.centre)
    assert read.initiatives == (initiative,)
    assert read.changes == (change,)
    assert [a.action for a in read.actions] == ["coaching"]


def test_satisfaction_and_uptime_are_recorded_and_corrected(measured: Measured) -> None:
    for seen, reason, value in ((None, "", "4.1"), (1, "late answers", "4.3")):
        record_satisfaction(
            centre=measured.centre,
            kind=SatisfactionKind.STAFF,
            month=MARCH,
            value=Fraction(value),
            target=Fraction(4),
            by=measured.by,
            seen=seen,
            reason=reason,
        )
        record_uptime(
            system=measured.system,
            month=MARCH,
            uptime=Fraction("0.99") if seen else Fraction("0.98"),
            target=Fraction("0.995"),
            by=measured.by,
            seen=seen,
            reason=reason,
        )
    read = figures_of(measured.centre)
    assert read.satisfaction[0].value == Fraction("4.3")
    assert read.systems[0].uptime[MARCH].uptime == Fraction("0.99")


def test_a_practice_said_anew_keeps_its_file(measured: Measured) -> None:
    file = store_evidence(
        centre=measured.centre, file=io.BytesIO(b"%PDF-1.7 x"), name="handbook.pdf", by=measured.by
    )
    practice = figures.Practice("capacity-planning", figures.Documented.YES, None, "part 2")
    document_practice(centre=measured.centre, practice=practice, file=file, by=measured.by)
    again = document_practice(
        centre=measured.centre,
        practice=figures.Practice("capacity-planning", figures.Documented.YES, None, "part 3"),
        seen=1,
        reason="new edition",
        by=measured.by,
    )
    assert again.file == file
    assert figures_of(measured.centre).practices[0].evidence == "part 3"


def test_a_document_that_is_tested_is_a_further_revision(measured: Measured) -> None:
    filed = figures.Document(
        "business_continuity_plan", "Continuity", MARCH.first_day, True, True, None, None
    )
    file_document(centre=measured.centre, document=filed, by=measured.by)
    tested = figures.Document(
        "business_continuity_plan",
        "Continuity",
        MARCH.first_day,
        True,
        True,
        None,
        APRIL.first_day,
    )
    file_document(centre=measured.centre, document=tested, seen=1, reason="tested", by=measured.by)
    assert figures_of(measured.centre).documents == (tested,)


def test_evidence_lies_under_its_hash_once_and_only_for_its_owner(measured: Measured) -> None:
    def store(content: bytes, name: str) -> models.EvidenceFile:
        return store_evidence(
            centre=measured.centre, file=io.BytesIO(content), name=name, by=measured.by
        )

    first, again = store(b"%PDF-1.4 plan", "plan.pdf"), store(b"%PDF-1.4 plan", "copy.pdf")
    assert first == again
    [path] = evidence_folder("northwind").iterdir()
    assert path.name == first.sha256
    assert path.read_bytes() == b"%PDF-1.4 plan"
    assert path.stat().st_mode & 0o777 == 0o600
    assert Path(settings.EVIDENCE) in path.parents


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        (b"<html><script>", "page.pdf"),
        (b"<svg onload=x>", "a.txt"),
        (b"MZ\0\0", "a.txt"),
        (b"PK\x03\x04", "a.xlsm"),
        (b"plain", "a.html"),
        (b"%PDF-" + b"x" * 25_000_000, "large.pdf"),
    ],
)
def test_what_is_no_evidence_leaves_no_file(measured: Measured, content: bytes, name: str) -> None:
    with pytest.raises(RefusedActionError):
        store_evidence(centre=measured.centre, file=io.BytesIO(content), name=name, by=measured.by)
    assert not list(evidence_folder("northwind").iterdir())
    assert not models.EvidenceFile.objects.exists()


def test_rows_are_loaded_all_or_none(measured: Measured) -> None:
    good = {"metric": "aht", "month": MARCH, "numerator": Fraction(1), "denominator": None}
    bad = good | {"metric": "unknown"}
    with pytest.raises(RefusedError, match="a metric that the centre has"):
        load_rows(centre=measured.centre, rows={"readings": [good, bad]}, by=measured.by)
    with pytest.raises(RefusedError, match="again, first on line 2"):
        load_rows(centre=measured.centre, rows={"readings": [good, good]}, by=measured.by)
    assert not models.Reading.objects.exists()


def test_the_same_rows_again_change_nothing_and_others_revise(measured: Measured) -> None:
    rows = [
        {"metric": "aht", "month": month, "numerator": Fraction(1), "denominator": None}
        for month in (MARCH, APRIL)
    ]
    told = [
        load_rows(centre=measured.centre, rows={"readings": given}, by=measured.by)["readings"]
        for given in (rows, rows, [rows[0] | {"numerator": Fraction(2)}, rows[1]])
    ]
    assert told[0] == {"added": 2, "revised": 0, "unchanged": 0}
    assert told[1] == {"added": 0, "revised": 0, "unchanged": 2}
    assert told[2] == {"added": 0, "revised": 1, "unchanged": 1}
    assert models.Reading.objects.count() == 3


def test_loading_asks_queries_for_batches_and_not_for_rows(measured: Measured) -> None:
    def rows(first: int, count: int) -> list[dict[str, object]]:
        return [
            {"metric": "aht", "month": MARCH.plus(n), "numerator": Fraction(1), "denominator": None}
            for n in range(first, first + count)
        ]

    asked = []
    for first, count in ((0, 2), (100, 400)):
        with CaptureQueriesContext(connection) as queries:
            load_rows(centre=measured.centre, rows={"readings": rows(first, count)}, by=measured.by)
        asked.append(len(queries))
    # A statement holds a bounded number of values: of SQLite's, over sixty rows.
    assert asked[1] - asked[0] <= 400 // 60


def test_what_somebody_recorded_meanwhile_is_not_written_over(measured: Measured) -> None:
    row = {"metric": "aht", "month": MARCH, "numerator": Fraction(1), "denominator": None}
    plan = plan_rows(measured.centre, "readings", [row])
    recorded(measured)
    with pytest.raises(RefusedActionError, match="in the meantime"):
        write_plan(measured.centre, plan, Stamp(measured.by, NOW))
    plan = plan_rows(measured.centre, "readings", [row])
    corrected(measured, 290, seen=1)
    with pytest.raises(RefusedActionError, match="in the meantime"):
        write_plan(measured.centre, plan, Stamp(measured.by, NOW))
    assert models.Reading.objects.get(is_current=True).numerator == 290


def test_what_is_decided_is_not_edited_by_loading(measured: Measured) -> None:
    row = {
        "process": "calls",
        "class": ProcessClass.ENABLING,
        "low_volume": False,
        "time_and_materials": False,
    }
    with pytest.raises(RefusedError, match="changed on its page"):
        load_rows(centre=measured.centre, rows={"processes": [row]}, by=measured.by)


def test_a_text_that_the_database_cannot_keep_is_refused(measured: Measured) -> None:
    for text in ("x" * 201, "a\0b", "\ud800"):
        practice = figures.Practice(text, figures.Documented.YES, None, None)
        with pytest.raises(RowRefusedError):
            document_practice(centre=measured.centre, practice=practice, by=measured.by)


def test_coverage_has_one_figure_a_date(estate: Estate, lead: Member) -> None:
    def cover(site: int, assessed: int) -> None:
        set_coverage(
            centre=estate.centre,
            since=date(2026, 1, 1),
            site_volume=site,
            assessed_volume=assessed,
            by=lead,
        )

    with pytest.raises(RefusedActionError, match="part of the site"):
        cover(10, 11)
    cover(10, 10)
    with pytest.raises(RefusedActionError, match="already"):
        cover(12, 10)


def test_intervals_that_are_in_the_lake_already_are_refused_and_nothing_is_told(
    centres: dict[str, Centre], estate: Estate, lead: Member, tmp_path: Path
) -> None:
    entries = AuditEntry.objects.count()
    table = pq.read_table(tmp_path / "intervals.parquet", filters=[("site", "=", "harbour")])
    pq.write_table(table.drop(["site"]), tmp_path / "own.parquet")
    with pytest.raises(RefusedError, match="not in the lake yet"):
        append_intervals(centre=centres["harbour"], parquet=tmp_path / "own.parquet", by=lead)
    assert AuditEntry.objects.count() == entries
    append_intervals(centre=estate.centre, parquet=tmp_path / "own.parquet", by=lead)
    assert AuditEntry.objects.count() == entries + 1


def test_every_record_leaves_one_entry_in_the_trail(measured: Measured) -> None:
    before = AuditEntry.objects.count()
    recorded(measured)
    corrected(measured, 290, seen=1)
    entries = list(AuditEntry.objects.order_by("sequence"))[before:]
    assert [e.action for e in entries] == [
        "performance.record_reading",
        "performance.correct_reading",
    ]
    assert entries[1].object_key == "leeds aht 2026-03"
    assert '"reason": "late calls"' in entries[1].content.text
