"""Entering many ratings of a part at once, as from a file: all of them, or none."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.rating import demand_open, refuse_faults
from attain.assessments.actions.recording import record_of
from attain.assessments.models import AssessorPart, Rating
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.entries import Entry
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member


@transaction.atomic
def rate_new_items(
    *, by: Member, part: AssessorPart, entries: Mapping[str, Entry], now: datetime
) -> None:
    """Enter what an assessor says of items that they have not rated yet, with one audit entry.

    RefusedActionError once the part is handed in, where an item is not in it or is rated already,
    and where an entry cannot stand.
    """
    _refuse_unfit(part, entries)
    Rating.objects.bulk_create(
        Rating(organisation=part.organisation, part=part, item=item, rated_at=now, **asdict(entry))
        for item, entry in entries.items()
    )
    levels = {item: entry.level for item, entry in entries.items()}
    record_of(by, "assessments.rate_new_items", part.assessment, now, levels=levels)


def _refuse_unfit(part: AssessorPart, entries: Mapping[str, Entry]) -> None:
    demand_open(part, entries)
    if part.ratings.filter(item__in=list(entries)).exists():
        raise RefusedActionError(_("Some of the items are rated already."))
    model = model_of(part.assessment.edition)
    for item, entry in entries.items():
        refuse_faults(model, item, entry)
