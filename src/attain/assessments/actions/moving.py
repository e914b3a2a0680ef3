"""Moving an assessment to the next edition of its model, keeping both."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.assessments.actions.beginning import new_seed, taken_over
from attain.assessments.actions.recording import record_of
from attain.assessments.models import AgreedRating, Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.moving import MOVABLE, Moving, moving_of
from attain.assessments.rules.stages import AssessmentState
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member


@transaction.atomic
def move_assessment(
    *, by: Member, assessment: Assessment, edition: ModelEdition, due_on: date, now: datetime
) -> Assessment:
    """Open an assessment by the next edition, in moderation, with what is taken over as agreed.

    What needs a look is left open, to be agreed on; the assessment that is moved stays as it is.
    """
    _demand_movable(assessment, edition)
    moving = moving_of(assessment, edition)
    moved = Assessment.objects.create(
        organisation=assessment.organisation,
        title=assessment.title,
        kind=assessment.kind,
        edition=edition,
        centre=assessment.centre,
        team=assessment.team,
        state=AssessmentState.MODERATION,
        due_on=due_on,
        moved_from=assessment,
        seed=new_seed(),
        opened_by=by,
        opened_at=now,
    )
    _take_over(assessment, moved, moving)
    _record(by, moved, moving, now)
    return moved


def _record(by: Member, moved: Assessment, moving: Moving, now: datetime) -> None:
    record_of(
        by,
        "assessments.move_to_edition",
        moved,
        now,
        moved_from=str(moved.moved_from.uuid) if moved.moved_from else "",
        edition=str(moved.edition),
        taken_over=[each.item.key for each in moving.taken_over],
        to_confirm=[each.item.key for each in moving.to_confirm],
    )


def _demand_movable(assessment: Assessment, edition: ModelEdition) -> None:
    if assessment.state not in MOVABLE:
        raise RefusedActionError(_("Only what is in moderation, or closed, moves to an edition."))
    if edition.status != "published":
        raise RefusedActionError(_("Only a published model is assessed with."))
    follows = model_of(edition).follows
    before = assessment.edition
    if edition.key != before.key or follows is None or follows.edition != before.edition:
        raise RefusedActionError(_("An assessment moves to the edition that follows its own."))
    if Assessment.objects.filter(moved_from=assessment, edition=edition).exists():
        raise RefusedActionError(_("It was moved to this edition already."))


def _take_over(before: Assessment, moved: Assessment, moving: Moving) -> None:
    agreed = {row.item: row for row in before.agreed.filter(is_current=True)}
    AgreedRating.objects.bulk_create(
        taken_over(
            moved, agreed[each.moved.came_from[0]], item=each.item.key, entry=each.moved.entry
        )
        for each in moving.taken_over
    )
