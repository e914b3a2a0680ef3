"""The figures of records: exactly what `attain certify` reads of the dossier that is exported."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attain.certification.queries.verdicts import decisive_since
from attain.commands import run
from attain.commands.proof import find_scheme
from attain.dossier.folder import read_dossier
from attain.lake import intervals
from attain.measurement.faults import RefusedError
from attain.measurement.metrics import Direction
from attain.measurement.periods import Month
from attain.organisations.models import Centre, Member
from attain.performance.actions.covering import set_coverage
from attain.performance.actions.defining import change_metric, set_service_level
from attain.performance.actions.loading import load_rows
from attain.performance.models import Metric, Reading
from attain.performance.queries import (
    export_dossier,
    figures_of,
    figures_of_many,
    metric_lists,
    missing_in,
    scope_of,
)
from attain.standards.figures import Aspect, Documented, ProcessClass
from attain.standards.standing import Standing
from attain.standards.verdicts import certify
from estate import Estate

AS_OF = date(2026, 10, 31)


def verdict_of(centre: Centre, as_of: date = AS_OF) -> str:
    """Return the verdict on the records as JSON text."""
    scheme, models = find_scheme("performance-tiers")
    verdict = certify(figures_of(centre, as_of), scheme, as_of, models)
    return json.dumps(verdict.as_json(), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 10, 30), date(2026, 5, 31)])
def test_the_exported_dossier_is_judged_alike_byte_for_byte(
    centres: dict[str, Centre],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    as_of: date,
) -> None:
    tiers = {}
    for site, centre in centres.items():
        export_dossier(centre, tmp_path / "out" / site, as_of)
        assert run(["certify", str(tmp_path / "out" / site), "--json"]) == 0
        told = capsys.readouterr().out
        assert told.encode() == verdict_of(centre, as_of).encode()
        tiers[site] = json.loads(told)["tier"]
    if as_of == AS_OF:
        assert len(set(tiers.values())) == 2


def test_the_volumes_are_those_of_the_exported_intervals(
    centres: dict[str, Centre], tmp_path: Path
) -> None:
    centre = centres["harbour"]
    export_dossier(centre, tmp_path / "out", AS_OF)
    exported = read_dossier(tmp_path / "out").figures
    records = figures_of(centre, AS_OF)
    window = {
        channel: {m: tally for m, tally in months.items() if m > Month.of(AS_OF).plus(-12)}
        for channel, months in records.volumes.items()
    }
    assert window["phone"]
    assert replace(records, volumes=window) == exported


_NAMES = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12
).filter(str.strip)
_NUMBERS = st.decimals(-1000, 1000, places=3, allow_nan=False).map(Fraction)
_BACK = st.one_of(st.integers(0, 14), st.integers(11, 40))
_MONTHS = _BACK.map(lambda back: Month.of(AS_OF).plus(-back))
_SHARES = st.decimals(0, 1, places=3, allow_nan=False).map(Fraction)
_DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))
_TEXTS = st.one_of(st.none(), _NAMES)


@st.composite
def _rows(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    processes = draw(st.lists(_NAMES, min_size=1, max_size=3, unique=True))
    metrics = draw(st.lists(_NAMES, min_size=1, max_size=4, unique=True))
    systems = draw(st.lists(_NAMES, max_size=2, unique=True))
    booleans = st.booleans()

    def each(keys: Any, **columns: st.SearchStrategy[Any]) -> list[dict[str, Any]]:
        return [key | {n: draw(c) for n, c in columns.items()} for key in keys]

    pairs = st.lists(st.tuples(st.sampled_from(metrics), _MONTHS), max_size=20, unique=True).map(
        lambda found: [{"metric": m, "month": month} for m, month in found]
    )
    zones = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
    moments = st.tuples(st.integers(0, 10**8), zones).map(
        lambda drawn: datetime.fromtimestamp(1_735_000_000 + drawn[0], drawn[1])
    )
    return {
        "processes": each(
            [{"process": p} for p in processes],
            **{"class": st.sampled_from(ProcessClass)},
            low_volume=booleans,
            time_and_materials=booleans,
        ),
        "metrics": each(
            [{"metric": m} for m in metrics],
            process=st.sampled_from(processes),
            aspect=st.sampled_from(Aspect),
            unit=_TEXTS,
            better=st.sampled_from(Direction),
        ),
        "targets": each(
            [{"metric": m, "from": d} for m in metrics for d in draw(st.sets(_DAYS, max_size=2))],
            target=_NUMBERS,
        ),
        "readings": each(
            draw(pairs), numerator=_NUMBERS, denominator=st.one_of(st.none(), _NUMBERS.map(abs))
        ),
        "improvement_actions": each(draw(pairs), action=_NAMES, taken_on=_DAYS),
        "practices": each(
            [{"item": i} for i in draw(st.sets(_NAMES, max_size=3))],
            documented=st.sampled_from(Documented),
            reason=_TEXTS,
            evidence=_TEXTS,
        ),
        "systems": each(
            [{"system": s} for s in systems], **{"class": st.sampled_from(ProcessClass)}
        ),
        "uptime": each(
            [
                {"system": system, "month": month}
                for system in systems
                for month in draw(st.lists(_MONTHS, max_size=6, unique=True))
            ],
            uptime=_SHARES,
            target=_SHARES,
        ),
        "incidents": each(
            [{"incident": i} for i in draw(st.sets(_NAMES, max_size=3 if systems else 0))],
            system=st.sampled_from(systems or ["none"]),
            opened=moments,
            severity=_TEXTS,
            responded_minutes=st.one_of(st.none(), _NUMBERS.map(abs)),
            cost_impact=st.one_of(st.none(), _NUMBERS.map(abs)),
        ),
    }


@given(rows=_rows(), name=_NAMES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_recorded_is_exported_and_judged_alike(
    estate: Estate,
    lead: Member,
    tmp_path_factory: pytest.TempPathFactory,
    rows: dict[str, list[dict[str, Any]]],
    name: str,
) -> None:
    count = Centre.objects.count()
    programme = type(estate.programme).objects.create(
        organisation=estate.organisation, key=f"p{count}", name=name, client="c"
    )
    centre = Centre.objects.create(
        organisation=estate.organisation,
        site=estate.leeds,
        programme=programme,
        key=f"c{count}",
        name=name,
        channels=["phone"],
    )
    load_rows(centre=centre, rows=rows, by=lead)
    out = tmp_path_factory.mktemp("out") / "dossier"
    export_dossier(centre, out, AS_OF)
    dossier = read_dossier(out)
    scheme, models = find_scheme("performance-tiers")
    told = certify(dossier.figures, scheme, AS_OF, models).as_json()
    ours = certify(figures_of(centre, AS_OF), scheme, AS_OF, models).as_json()
    assert json.dumps(told) == json.dumps(ours)
    assert dossier.figures == figures_of(centre, AS_OF)
    since = decisive_since("performance-tiers", AS_OF)
    recent = figures_of_many([centre], AS_OF, since=since)[centre.pk]
    assert certify(recent, scheme, AS_OF, models).as_json() == ours


def test_a_metric_that_was_given_up_years_ago_has_gaps_and_no_beginning(
    estate: Estate, lead: Member
) -> None:
    rows: dict[str, list[dict[str, Any]]] = {
        "processes": [
            {"process": "p", "class": ProcessClass.ENABLING, "low_volume": False,
             "time_and_materials": False}
        ],
        "metrics": [
            {"metric": name, "process": "p", "aspect": Aspect.SERVICE, "unit": None,
             "better": Direction.HIGHER} for name in ("given-up", "begun")
        ],
        # Of a metric that begins in 2026 two months before have no data: they are no beginning.
        "readings": [
            {"metric": name, "month": Month.parse(month), "numerator": Fraction(1),
             "denominator": Fraction(of)}
            for name, month, of in (
                ("given-up", "2022-03", 0), ("given-up", "2022-04", 2), ("given-up", "2022-05", 2),
                ("begun", "2022-03", 0), ("begun", "2026-09", 2),
            )
        ],
    }  # fmt: skip
    load_rows(centre=estate.centre, rows=rows, by=lead)
    Reading.objects.filter(denominator=0).update(denominator="0.00")
    since = Month.parse("2026-01")
    whole, recent = (
        Standing(figures_of_many([estate.centre], AS_OF, since=each)[estate.centre.pk], AS_OF)
        for each in (None, since)
    )
    months = [since.plus(n) for n in range(10)]
    for name in ("given-up", "begun"):
        assert [recent.tracks[name].state(m) for m in months] == [
            whole.tracks[name].state(m) for m in months
        ]
    assert recent.tracks["given-up"].first == Month.parse("2022-04")
    assert [len(m.readings) for m in recent.figures.metrics] == [1, 1]


def test_as_many_queries_are_asked_for_many_centres_and_figures_as_for_one(
    centres: dict[str, Centre], estate: Estate
) -> None:
    everywhere = list(Centre.objects.select_related("site", "programme", "organisation"))
    figures_of_many(everywhere, AS_OF)
    with CaptureQueriesContext(connection) as for_one:
        figures_of(everywhere[0], AS_OF)
    with CaptureQueriesContext(connection) as for_all:
        figures_of_many(everywhere, AS_OF)
    assert len(everywhere) == 5
    assert len(for_one) == len(for_all) == 16
    for ask in (metric_lists, lambda c, d: missing_in(c, Month.of(d))):
        with CaptureQueriesContext(connection) as for_one:
            ask(everywhere[:1], AS_OF)
        with CaptureQueriesContext(connection) as for_all:
            ask(everywhere, AS_OF)
        assert len(for_one) == len(for_all)


def test_intervals_are_judged_anew_when_a_target_changes_and_only_then(
    centres: dict[str, Centre], lead: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = centres["harbour"]
    before = figures_of(centre, AS_OF).volumes
    asked: list[int] = []
    judge = intervals.tally_centres

    def counted(*given: Any) -> Any:
        asked.append(1)
        return judge(*given)

    monkeypatch.setattr(intervals, "tally_centres", counted)
    assert figures_of(centre, AS_OF).volumes == before
    assert not asked
    set_service_level(
        centre=centre,
        channel="phone",
        since=date(2025, 12, 1),
        share=Fraction(1),
        of="offered",
        by=lead,
    )
    after = figures_of(centre, AS_OF).volumes
    month = Month.of(AS_OF)
    assert asked == [1]
    assert after["phone"][month].total == before["phone"][month].total
    assert after["phone"][month].good < before["phone"][month].good


def test_a_retired_metric_is_read_until_the_day_on_which_it_is_retired(
    centres: dict[str, Centre], lead: Member
) -> None:
    centre = centres["harbour"]
    metric = Metric.objects.filter(centre=centre).first()
    assert metric
    change_metric(metric=metric, seen=1, by=lead, retired_on=date(2026, 9, 15))
    then = {m.metric for m in figures_of(centre, date(2026, 9, 14)).metrics}
    now = {m.metric for m in figures_of(centre, date(2026, 9, 15)).metrics}
    assert then - now == {metric.key}
    assert now == {m.metric for m in figures_of(centre).metrics}


def test_the_coverage_is_that_in_force_on_the_day(estate: Estate, lead: Member) -> None:
    centre = estate.programme_centre
    assert (scope_of(centre).site_volume, scope_of(centre).kind) == (0, "programme")
    for since, site in ((date(2026, 1, 1), 900), (date(2026, 6, 1), 1000)):
        set_coverage(centre=centre, since=since, site_volume=site, assessed_volume=500, by=lead)
    assert scope_of(centre, date(2025, 12, 31)).site_volume == 0
    assert scope_of(centre, date(2026, 5, 31)).site_volume == 900
    assert scope_of(centre, date(2026, 6, 1)).site_volume == 1000


def test_a_dossier_is_exported_into_a_new_folder_only(estate: Estate, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "kept.txt").write_text("mine")
    with pytest.raises(RefusedError, match="a new or empty folder"):
        export_dossier(estate.centre, tmp_path / "full", AS_OF)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["kept.txt"]
    assert export_dossier(estate.centre, tmp_path / "new", AS_OF) == ("dossier.yaml",)


@pytest.mark.django_db(transaction=True)
def test_the_command_line_exports_a_centre(
    centres: dict[str, Centre], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = run([
        "dossier", "export", "harbour", str(tmp_path / "o"), "--organisation", "northwind",
        "--as-of", "2026-10-31",
    ])  # fmt: skip
    assert status == 0
    capsys.readouterr()
    assert run(["certify", str(tmp_path / "o"), "--json"]) == 0
    assert capsys.readouterr().out == verdict_of(centres["harbour"])
    assert run(["dossier", "export", "nowhere", str(tmp_path / "p"), "--organisation", "x"]) == 2
    assert "the key of a centre of x" in capsys.readouterr().err
