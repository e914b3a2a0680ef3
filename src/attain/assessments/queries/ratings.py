"""Reading what was rated and agreed, as the rules take it."""

from collections.abc import Iterable

from django.db.models import Prefetch

from attain.assessments.models import AgreedRating, Assessment, AssessorPart, Rating
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentState, items_covered
from attain.standards.model_items import ModelItem
from attain.standards.ratings import ItemRating


def entry_of(row: Rating | AgreedRating) -> Entry:
    """Return what a row says of its item."""
    return Entry(row.level, row.target, row.is_applicable, row.reason, row.note, row.needed)


def items_of(part: AssessorPart) -> list[ModelItem]:
    """Return the items that an assessor's part has, in the order of the model."""
    return items_covered(model_of(part.assessment.edition), part.categories)


def entries_of(part: AssessorPart) -> dict[str, Entry]:
    """Return what the assessor of a part has entered, by item."""
    return {row.item: entry_of(row) for row in part.ratings.all()}


def open_items(part: AssessorPart) -> list[str]:
    """Return the items of a part that have neither a level nor a reason why they do not apply."""
    entered = entries_of(part)
    return [
        item.key
        for item in items_of(part)
        if item.key not in entered or entered[item.key].rating.is_open
    ]


def entries_by_part(assessment: Assessment, item: str = "") -> dict[str, dict[str, Entry]]:
    """Return what each assessor entered, by the uuid of their part; of one item if it is named.

    Nothing while the assessment is in rating: assessors are blind to each other until then.
    """
    if assessment.state == AssessmentState.RATING:
        return {}
    rows = Rating.objects.filter(item=item) if item else Rating.objects.all()
    parts = assessment.parts.prefetch_related(Prefetch("ratings", rows))
    return {str(part.uuid): {r.item: entry_of(r) for r in part.ratings.all()} for part in parts}


def agreed_entries(assessment: Assessment) -> dict[str, Entry]:
    """Return what was agreed of each item, the latest agreement of each."""
    rows = assessment.agreed.filter(is_current=True)
    return {row.item: entry_of(row) for row in rows}


def ratings_of(entries: Iterable[tuple[str, Entry]]) -> dict[str, ItemRating]:
    """Return entries as the roll-up reads them."""
    return {item: entry.rating for item, entry in entries}
