"""Loading one site of the demonstration: its place, its people, the figures of its centres."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from attain.dossier.rows import Row
from attain.dossier.tables import TABLES
from attain.measurement.periods import Month
from attain.measurement.zones import zone_named
from attain.organisations.actions import audit, places
from attain.organisations.models import Person, Posting, Programme
from attain.organisations.pages import Centre, Member, Region, Site, Team
from attain.performance.actions.covering import set_coverage
from attain.performance.actions.importing import carry_out_import
from attain.performance.actions.loading import load_rows
from attain.performance.actions.readings import close_month
from attain.performance.queries.exporting import write_table
from attain.performance.queries.previews import Upload, default_mapping
from attain.website.demonstration.catalogue import NAMES
from attain.website.demonstration.centres import DemonstrationCentre, Rows
from attain.website.demonstration.generate import DemonstrationSite
from attain.website.demonstration.people import DemonstrationPerson, DemonstrationTeam
from attain.website.demonstration.places import TIMEZONE

# The months that were reported and closed: all of the last half-year but the last.
_CLOSED = range(6, 0, -1)
READINGS = TABLES["readings"]


def load_site(site: DemonstrationSite, by: Member) -> None:
    """Make a site with its centres, teams and people."""
    hours = [places.Opening(h.weekday, h.opens, h.closes) for h in site.opening_hours]
    made = places.add_site(
        key=site.key,
        name=site.name,
        region=Region.objects.get(key=site.region),
        timezone=site.timezone,
        operation=site.operation,
        kind=site.kind,
        channels=site.channels,
        opening_hours=hours,
        by=by,
    )
    programmes = {programme.key: programme for programme in Programme.objects.all()}
    for served in (centre.programme for centre in site.centres if centre.programme):
        programme = programmes[served]
        places.serve_programme(programme=programme, site=made, channels=site.channels, by=by)
    teams = {team.key: _add_team(made, team, programmes, by) for team in site.teams}
    _add_people(site, teams, by)


def _add_team(
    site: Site, team: DemonstrationTeam, programmes: Mapping[str, Programme], by: Member
) -> Team:
    programme = programmes[team.programme] if team.programme else None
    return places.add_team(site=site, key=team.key, name=team.name, programme=programme, by=by)


def _add_people(site: DemonstrationSite, teams: Mapping[str, Team], by: Member) -> None:
    """Write the people of a site at once: a thousand actions would take as long as all the rest."""
    organisation = by.organisation
    people = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            name=person.name,
            employee_number=person.number,
            grade=person.grade,
            left_on=person.left_on,
        )
        for person in site.people
    )
    Posting.objects.bulk_create(
        posting
        for person, kept in zip(site.people, people, strict=True)
        for posting in _postings(person, kept, teams)
    )
    audit.record(
        by=by,
        action="organisations.add_people",
        kind="site",
        key=site.key,
        details={"people": len(people)},
    )


def _postings(
    person: DemonstrationPerson, kept: Person, teams: Mapping[str, Team]
) -> list[Posting]:
    return [
        Posting(
            organisation=kept.organisation,
            person=kept,
            team=teams[posting.team],
            since=posting.since,
            until=posting.until,
        )
        for posting in person.postings
    ]


def load_figures(centre: DemonstrationCentre, by: Member, now: datetime) -> None:
    """Write the figures of a centre, close its reported months, correct what was told wrong."""
    kept = Centre.objects.select_related("site", "organisation").get(key=centre.key)
    months = sorted(row["month"] for row in centre.rows["readings"])
    set_coverage(
        centre=kept,
        since=months[0].first_day,
        site_volume=centre.scope.site_volume,
        assessed_volume=centre.scope.assessed_volume,
        by=by,
        now=now,
    )
    corrected = centre.first_reading
    if corrected:
        early = _until(centre.rows_before_correction(), corrected.row["month"])
        early_on = _reported(corrected.row["month"])
        load_rows(centre=kept, rows=early, by=by, now=early_on, names=NAMES)
        _close(kept, corrected.row["month"], by)
        again = {"readings": _until(centre.rows, corrected.row["month"])["readings"]}
        at = _morning(corrected.corrected_on)
        load_rows(centre=kept, rows=again, by=by, now=at, reason=corrected.reason)
    without = {name: rows for name, rows in centre.rows.items() if name != READINGS.name}
    load_rows(centre=kept, rows=without, by=by, now=now, names=NAMES)
    _import_readings(kept, centre.rows[READINGS.name], by, now)
    for month in (months[-1].plus(-months_ago) for months_ago in _CLOSED):
        if month >= months[0] and not (corrected and month == corrected.row["month"]):
            _close(kept, month, by)


def _import_readings(centre: Centre, rows: Sequence[Row], by: Member, now: datetime) -> None:
    """Import the readings of a centre by a file, as a site does, so that each leads to its file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / READINGS.file
        write_table(path, READINGS, rows)
        upload = Upload(path, f"{centre.key} {READINGS.file}")
        carry_out_import(
            centre=centre,
            table=READINGS.name,
            upload=upload,
            mapping=default_mapping(READINGS, READINGS.names, centre.site.timezone),
            by=by,
            now=now,
        )


def _until(rows: Rows, month: Month) -> Rows:
    """Return what is measured, its readings up to a month."""
    defined = {name: rows[name] for name in ("processes", "metrics", "targets")}
    return {**defined, "readings": tuple(r for r in rows["readings"] if r["month"] <= month)}


def _close(centre: Centre, month: Month, by: Member) -> None:
    close_month(centre=centre, month=month, by=by, now=_reported(month))


def _reported(month: Month) -> datetime:
    """Return when the figures of a month were reported: in the week after it."""
    return _morning(month.last_day + timedelta(days=7))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(9), zone_named(TIMEZONE))
