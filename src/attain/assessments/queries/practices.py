"""What donors shared of an item as good practice, and who may share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from attain.assessments.models import AgreedRating, Assessment, GoodPractice
from attain.assessments.queries.finding import find_assessment
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member
from attain.organisations.rules import Permission


@dataclass(frozen=True)
class SharedPractice:
    """A practice that a centre shared, and the level that it was closed on."""

    practice: GoodPractice
    centre: Centre
    level: int | None


def shared_practices(model: str, item: str) -> list[SharedPractice]:
    """Return what is shared of an item of a model in the whole organisation, latest first.

    Sharing is what makes a practice known to members who may not read its assessment.
    """
    rows = GoodPractice.objects.filter(
        item=item, withdrawn_at=None, assessment__edition__key=model
    ).select_related("assessment__centre__site", "shared_by__account")
    return [shared_practice(row) for row in rows.defer("assessment__edition")]


def shared_practice(practice: GoodPractice) -> SharedPractice:
    """Return a practice with its centre, and the level on which its assessment was closed."""
    assessment = practice.assessment
    if assessment.centre is None:
        # None is shared but of an assessment of a centre.
        raise UnknownError
    level = assessment.closing["items"].get(practice.item, {}).get("level")
    return SharedPractice(practice, assessment.centre, level)


def agreed_notes(assessments: Iterable[UUID], item: str) -> Mapping[UUID, str]:
    """Return what was noted of an item when it was agreed on, by assessment."""
    rows = AgreedRating.objects.filter(
        assessment__uuid__in=list(assessments), item=item, is_current=True
    ).exclude(note="")
    return dict(rows.values_list("assessment__uuid", "note"))


def find_to_share(member: Member, assessment: UUID) -> Assessment:
    """Return an assessment of which a member may share what was noted: they lead it."""
    return find_assessment(member, assessment, Permission.LEAD_ASSESSMENTS)


def find_practice(member: Member, practice: UUID) -> GoodPractice:
    """Return a practice that a member may withdraw.

    UnknownError where they may not see the assessment, ForbiddenError where they do not lead it.
    """
    found = GoodPractice.objects.filter(uuid=practice).select_related("assessment").first()
    if found is None:
        raise UnknownError
    found.assessment = find_assessment(member, found.assessment.uuid, Permission.LEAD_ASSESSMENTS)
    return found
