"""What becomes of the agreed ratings of an assessment in the next edition of its model."""

from dataclasses import dataclass

from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of, visible_assessments
from attain.assessments.queries.ratings import agreed_entries
from attain.assessments.rules.editions import Moved, move
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.pages import Member
from attain.organisations.queries import may
from attain.organisations.rules import Permission
from attain.standards.model_items import ModelItem

MOVABLE = (AssessmentState.MODERATION, AssessmentState.CLOSED)


@dataclass(frozen=True)
class MovedItem:
    """An item of the next edition, with what it takes over and from which items."""

    item: ModelItem
    moved: Moved
    came_from: tuple[str, ...]


@dataclass(frozen=True)
class Moving:
    """The items of the next edition: taken over as they were, to be confirmed, and left open."""

    taken_over: tuple[MovedItem, ...]
    to_confirm: tuple[MovedItem, ...]
    left_open: tuple[ModelItem, ...]


def moving_of(assessment: Assessment, edition: ModelEdition) -> Moving:
    """Return what the next edition takes over of an assessment, before anything is done."""
    old, new = model_of(assessment.edition), model_of(edition)
    moved = move(old, new, agreed_entries(assessment))
    titles = {item.key: item.title for item in old.items}
    items = [
        MovedItem(item, moved[item.key], tuple(titles[key] for key in moved[item.key].came_from))
        for item in new.rated_items
        if item.key in moved
    ]
    return Moving(
        tuple(each for each in items if not needs_a_look(each.moved)),
        tuple(each for each in items if needs_a_look(each.moved)),
        tuple(item for item in new.rated_items if item.key not in moved),
    )


def needs_a_look(moved: Moved) -> bool:
    """Say whether a person has to agree anew on what an item takes over."""
    return moved.to_confirm or moved.entry.rating.is_open


def movable_assessments(member: Member, edition: ModelEdition) -> list[Assessment]:
    """Return the assessments by an edition that a member may move, and nobody has moved yet."""
    found = visible_assessments(member).filter(edition=edition, state__in=MOVABLE, moved_to=None)
    lead = Permission.LEAD_ASSESSMENTS
    return [each for each in found if may(member, lead, place_of(each))]
