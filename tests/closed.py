"""Assessments that one person rated and that were closed, for tests of an estate."""

from collections.abc import Mapping
from datetime import datetime

from assessing import DUE, NOW
from attain.assessments.actions.agreeing import agree
from attain.assessments.actions.assessing import (
    begin_moderation,
    close_assessment,
    name_assessor,
    open_assessment,
    submit_part,
)
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.organisations.actions.places import add_site
from attain.organisations.models import Centre, Region
from attain.organisations.rules import Role
from attain.performance.models import CoverageFigure
from estate import Estate


def close_one(
    estate: Estate,
    centre: Centre,
    edition: ModelEdition,
    levels: Mapping[str, int | None],
    *,
    kind: AssessmentKind = AssessmentKind.SELF,
    now: datetime = NOW,
    note: str = "",
    target: int = 2,
) -> Assessment:
    """Have a centre assessed and closed: items that are not named on level 1, None: not applicable.

    Every target is the same, or the level where that is higher.
    """
    lead = estate.member(Role.PROGRAMME_LEAD)
    made = open_assessment(
        by=lead, title=f"{centre.name} {kind.value}", kind=kind, edition=edition, due_on=DUE,
        now=now, centre=centre,
    )  # fmt: skip
    part = name_assessor(
        by=lead, assessment=made, assessor=lead, categories=[], due_on=DUE, now=now
    )
    entries = {
        item.key: _entry(levels.get(item.key, 1), target, note)
        for item in model_of(edition).rated_items
    }
    for item, entry in entries.items():
        rate(by=lead, part=part, item=item, seen=NEW, entry=entry, now=now)
    submit_part(by=lead, part=part, seen=part.version, now=now)
    begin_moderation(by=lead, assessment=made, seen=made.version, now=now)
    for item, entry in entries.items():
        agree(by=lead, assessment=made, item=item, seen=0, entry=entry, rationale="Seen", now=now)
    return close_assessment(by=lead, assessment=made, seen=made.version, now=now)


def _entry(level: int | None, target: int, note: str) -> Entry:
    if level is None:
        return Entry(is_applicable=False, reason="not done here")
    return Entry(level=level, target=max(level, target), note=note)


def more_centres(estate: Estate, count: int, region: Region | None = None) -> list[Centre]:
    """Add sites and return their centres."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    keys = [f"site-{number:02}" for number in range(count)]
    for key in keys:
        add_site(
            key=key, name=key.title(), timezone="Europe/London", region=region or estate.north,
            channels=["phone"], by=lead,
        )  # fmt: skip
    return list(Centre.objects.filter(key__in=keys).select_related("site__region").order_by("key"))


def cover(estate: Estate, centre: Centre, contacts: int) -> None:
    """Record the contacts of twelve months of a centre."""
    CoverageFigure.objects.create(
        organisation=estate.organisation, centre=centre, recorded_at=NOW,
        recorded_by=estate.member(Role.PROGRAMME_LEAD), since=NOW.date().replace(year=2020),
        site_volume=contacts, assessed_volume=contacts,
    )  # fmt: skip
