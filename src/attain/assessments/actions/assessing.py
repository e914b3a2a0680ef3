"""Opening assessments, naming assessors, moving to moderation, closing and reopening."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.assessments.actions.beginning import new_seed, taken_over
from attain.assessments.actions.recording import record_of
from attain.assessments.actions.telling import tell_handed_in, tell_named
from attain.assessments.models import (
    AgreedRating,
    Assessment,
    AssessorPart,
    ModelEdition,
)
from attain.assessments.queries.closing import closing_of
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of
from attain.assessments.queries.ratings import entry_of, open_items
from attain.assessments.rules.stages import (
    OPEN_STATES,
    AssessmentKind,
    AssessmentState,
    may_move,
    uncovered,
)
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member, Team
from attain.organisations.queries import may
from attain.organisations.rules import Permission


@transaction.atomic
def open_assessment(
    *,
    by: Member,
    title: str,
    kind: AssessmentKind,
    edition: ModelEdition,
    due_on: date,
    now: datetime,
    centre: Centre | None = None,
    team: Team | None = None,
) -> Assessment:
    """Open an assessment of a centre, a team or the whole organisation by a published model."""
    if edition.status != "published":
        raise RefusedActionError(_("Only a published model is assessed with."))
    assessment = Assessment.objects.create(
        organisation=by.organisation,
        title=title,
        kind=kind,
        edition=edition,
        centre=centre,
        team=team,
        due_on=due_on,
        seed=new_seed(),
        opened_by=by,
        opened_at=now,
    )
    details = {"kind": kind, "model": str(edition), "due": due_on, "seed": assessment.seed}
    record_of(by, "assessments.open", assessment, now, **details)
    return assessment


@transaction.atomic
def name_assessor(
    *,
    by: Member,
    assessment: Assessment,
    assessor: Member,
    categories: Sequence[str],
    due_on: date,
    now: datetime,
) -> AssessorPart:
    """Give somebody a part of an assessment: some categories, or all where none is named."""
    _demand_state(assessment, AssessmentState.RATING)
    _demand_may_rate(assessor, assessment)
    unknown = sorted(set(categories) - model_of(assessment.edition).parts.keys())
    if unknown:
        raise RefusedActionError(
            _("The model has no category %(names)s.") % {"names": ", ".join(unknown)}
        )
    if assessment.parts.filter(assessor=assessor).exists():
        raise RefusedActionError(_("They have a part of this assessment already."))
    part = AssessorPart.objects.create(
        organisation=assessment.organisation,
        assessment=assessment,
        assessor=assessor,
        categories=list(categories),
        due_on=due_on,
    )
    details = {"assessor": str(assessor), "categories": list(categories), "due": due_on}
    record_of(by, "assessments.name_assessor", assessment, now, **details)
    tell_named(part, now)
    return part


@transaction.atomic
def delegate_part(
    *, by: Member, part: AssessorPart, seen: int, to: Member, now: datetime
) -> AssessorPart:
    """Hand a part on to somebody else, with what was rated of it so far."""
    _demand_state(part.assessment, AssessmentState.RATING)
    _demand_may_rate(to, part.assessment)
    if part.submitted_at is not None:
        raise RefusedActionError(_("The part is handed in already."))
    if part.assessment.parts.filter(assessor=to).exists():
        raise RefusedActionError(_("They have a part of this assessment already."))
    giver = part.assessor
    change(part, seen=seen, what=_("the part"), assessor=to, delegated_from=giver)
    details = {"from": str(giver), "to": str(to)}
    record_of(by, "assessments.delegate_part", part.assessment, now, **details)
    tell_named(part, now)
    return part


@transaction.atomic
def submit_part(*, by: Member, part: AssessorPart, seen: int, now: datetime) -> AssessorPart:
    """Hand in a part whose items are all rated; nobody changes its ratings after that."""
    _demand_state(part.assessment, AssessmentState.RATING)
    if part.submitted_at is not None:
        raise RefusedActionError(_("The part is handed in already."))
    left = open_items(part)
    if left:
        raise RefusedActionError(
            ngettext(
                "%(count)s item of the part is not rated yet.",
                "%(count)s items of the part are not rated yet.",
                len(left),
            )
            % {"count": len(left)}
        )
    change(part, seen=seen, what=_("the part"), submitted_at=now)
    record_of(by, "assessments.submit_part", part.assessment, now, assessor=str(part.assessor))
    if not part.assessment.parts.filter(submitted_at=None).exists():
        tell_handed_in(part.assessment, now)
    return part


@transaction.atomic
def begin_moderation(*, by: Member, assessment: Assessment, seen: int, now: datetime) -> Assessment:
    """Show all parts to those who moderate, once every one is handed in and nothing is left out."""
    parts = list(assessment.parts.all())
    if any(part.submitted_at is None for part in parts) or not parts:
        raise RefusedActionError(_("Every part has to be handed in first."))
    left = uncovered([p.categories for p in parts], list(model_of(assessment.edition).parts))
    if left:
        raise RefusedActionError(_("Nobody has rated %(names)s.") % {"names": ", ".join(left)})
    return _move(by, assessment, seen, AssessmentState.MODERATION, now)


@transaction.atomic
def close_assessment(*, by: Member, assessment: Assessment, seen: int, now: datetime) -> Assessment:
    """Close an assessment of which every item is agreed; it is frozen with what records say."""
    agreed = set(assessment.agreed.filter(is_current=True).values_list("item", flat=True))
    left = [i.key for i in model_of(assessment.edition).rated_items if i.key not in agreed]
    if left:
        raise RefusedActionError(
            ngettext(
                "%(count)s item is not agreed yet.",
                "%(count)s items are not agreed yet.",
                len(left),
            )
            % {"count": len(left)}
        )
    closing = closing_of(assessment, now)
    return _move(
        by, assessment, seen, AssessmentState.CLOSED, now, closed_by=by, closed_at=now,
        closing=closing,
    )  # fmt: skip


@transaction.atomic
def withdraw_assessment(
    *, by: Member, assessment: Assessment, seen: int, reason: str, now: datetime
) -> Assessment:
    """Withdraw an assessment that is not closed, and say why."""
    if not reason.strip():
        raise RefusedActionError(_("Say why it is withdrawn."))
    return _move(by, assessment, seen, AssessmentState.WITHDRAWN, now, reason=reason)


@transaction.atomic
def reopen_assessment(
    *, by: Member, assessment: Assessment, reason: str, due_on: date, now: datetime
) -> Assessment:
    """Reopen a closed assessment as a new version, in moderation, with everything agreed so far.

    The closed one stays as it was.
    """
    _demand_state(assessment, AssessmentState.CLOSED)
    if not reason.strip():
        raise RefusedActionError(_("Say why it is reopened."))
    if Assessment.objects.filter(reopens=assessment).exists():
        raise RefusedActionError(_("There is a later version already."))
    again = Assessment.objects.create(
        organisation=assessment.organisation,
        title=assessment.title,
        kind=assessment.kind,
        edition=assessment.edition,
        centre=assessment.centre,
        team=assessment.team,
        state=AssessmentState.MODERATION,
        due_on=due_on,
        number=assessment.number + 1,
        reopens=assessment,
        seed=assessment.seed,
        opened_by=by,
        opened_at=now,
        reason=reason,
    )
    agreed = assessment.agreed.filter(is_current=True)
    AgreedRating.objects.bulk_create(
        taken_over(again, row, item=row.item, entry=entry_of(row)) for row in agreed
    )
    record_of(by, "assessments.reopen", again, now, reason=reason, reopens=str(assessment.uuid))
    return again


def _move(
    by: Member,
    assessment: Assessment,
    seen: int,
    to: AssessmentState,
    now: datetime,
    **further: object,
) -> Assessment:
    start = AssessmentState(assessment.state)
    if not may_move(start, to):
        raise _in_another_state(assessment)
    change(assessment, seen=seen, what=_("the assessment"), state=to.value, **further)
    told = {k: v for k, v in further.items() if k == "reason"}
    record_of(by, f"assessments.move_to_{to}", assessment, now, was=start.value, **told)
    return assessment


def _demand_state(assessment: Assessment, state: AssessmentState) -> None:
    if assessment.state != state:
        raise _in_another_state(assessment)


def demand_open(assessment: Assessment) -> None:
    """Refuse what is done to an assessment that is closed or withdrawn."""
    if assessment.state not in OPEN_STATES:
        raise _in_another_state(assessment)


def _in_another_state(assessment: Assessment) -> RefusedActionError:
    state = assessment.get_state_display().lower()
    return RefusedActionError(_("The assessment is %(state)s.") % {"state": state})


def _demand_may_rate(member: Member, assessment: Assessment) -> None:
    if member.suspended_at or not may(member, Permission.ASSESS, place_of(assessment)):
        raise RefusedActionError(
            _("%(name)s may not rate at this place.") % {"name": member.account.name}
        )
