"""Rating items, each assessor alone; saved item by item, as it is typed."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.recording import record_of
from attain.assessments.models import AssessorPart, Rating
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.ratings import items_of
from attain.assessments.rules.entries import Entry, faults_of
from attain.assessments.rules.stages import AssessmentState
from attain.assessments.words import FAULTS
from attain.organisations.actions.changing import change
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Member
from attain.standards.maturity_model import MaturityModel

NEW = 0
"""The version that somebody has seen of a rating that nobody has made yet."""
LONGEST = 4_000


def refuse_faults(model: MaturityModel, item: str, entry: Entry) -> None:
    """Refuse an entry that cannot stand, with every reason."""
    faults = [str(FAULTS[fault]) for fault in faults_of(model, item, entry)]
    if any(len(text) > LONGEST for text in (entry.reason, entry.note, entry.needed)):
        faults.append(_("A text has at most 4,000 characters."))
    if faults:
        raise RefusedActionError(" ".join(faults))


@transaction.atomic
def rate(
    *, by: Member, part: AssessorPart, item: str, seen: int, entry: Entry, now: datetime
) -> Rating:
    """Enter what an assessor says of an item of their part.

    `seen` is the version that they saw, NEW where there was none. ChangedMeanwhileError where it
    was entered from elsewhere since; RefusedActionError once the part is handed in.
    """
    row, written = enter(part=part, item=item, seen=seen, entry=entry, now=now)
    if written:
        details = {"item": item, **told_of(entry)}
        record_of(by, "assessments.rate", part.assessment, now, **details)
    return row


def enter(
    *, part: AssessorPart, item: str, seen: int, entry: Entry, now: datetime
) -> tuple[Rating, bool]:
    """Write what `rate` writes, and say whether it is another than before.

    Whoever calls it adds the entry to the trail.
    """
    demand_open(part, [item])
    refuse_faults(model_of(part.assessment.edition), item, entry)
    return _written(part, item, seen, entry, now)


def demand_open(part: AssessorPart, items: Iterable[str]) -> None:
    """Refuse to rate items once their part is handed in, and those of another part."""
    if part.submitted_at is not None or part.assessment.state != AssessmentState.RATING:
        raise RefusedActionError(_("The part is handed in. Its ratings stay as they are."))
    if not {each.key for each in items_of(part)}.issuperset(items):
        raise RefusedActionError(_("The item is not in your part."))


def _written(
    part: AssessorPart, item: str, seen: int, entry: Entry, now: datetime
) -> tuple[Rating, bool]:
    row = part.ratings.filter(item=item).first()
    if row is not None:
        return row, bool(change(row, seen=seen, what=_("the rating"), **asdict(entry)))
    if seen != NEW:
        raise ChangedMeanwhileError(_("the rating"), {}, asdict(entry))
    given = {"organisation": part.organisation, "rated_at": now, **asdict(entry)}
    made, is_new = Rating.objects.get_or_create(part=part, item=item, defaults=given)
    if not is_new:
        # Another window entered it between the read and the write.
        change(made, seen=seen, what=_("the rating"), **asdict(entry))
    return made, is_new


def told_of(entry: Entry) -> dict[str, object]:
    """Return what the trail says of an entry."""
    if not entry.is_applicable:
        return {"not_applicable": entry.reason}
    return {"level": entry.level, "target": entry.target}
