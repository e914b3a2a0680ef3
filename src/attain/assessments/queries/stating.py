"""What a closed assessment states of its centre's practices, beside what is on record."""

from uuid import UUID

from django.utils.translation import gettext as _

from attain.assessments.models import Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.evidence import evidence_by_item
from attain.assessments.queries.finding import find_assessment, place_of
from attain.assessments.queries.results import ratings_at_closing
from attain.assessments.rules.stages import AssessmentState
from attain.assessments.rules.stating import StatedPractice, stated_practices
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.organisations.queries import demand
from attain.organisations.rules import Permission
from attain.performance.queries.evidence import practices_on_record

LONGEST = 400


def find_to_state(member: Member, uuid: UUID) -> Assessment:
    """Return a closed assessment of a centre whose figures a member records."""
    found = find_assessment(member, uuid)
    demand(member, Permission.RECORD_FIGURES, place_of(found))
    if not (found.centre and found.closing):
        raise RefusedActionError(_("Only a closed assessment of a centre states its practices."))
    return found


def practices_of(assessment: Assessment) -> list[StatedPractice]:
    """Return what an assessment states; nothing where it is not closed, or of no centre."""
    if assessment.state != AssessmentState.CLOSED or assessment.centre is None:
        return []
    titles = {
        item: [each.title for each in shown] for item, shown in evidence_by_item(assessment).items()
    }
    closed = assessment.closing["as_of"]
    return stated_practices(
        model_of(assessment.edition),
        ratings_at_closing(assessment),
        titles,
        f"{assessment.title[:LONGEST]}, {closed}",
        practices_on_record(assessment.centre),
    )
