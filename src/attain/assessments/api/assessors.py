"""The parts of assessors: who may rate, naming one, handing a part on, handing one's own in."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router
from ninja.responses import Status

from attain.assessments.actions import assessing
from attain.assessments.api.assessments import ONE, PartOut, told_part
from attain.assessments.models import Assessment, AssessorPart
from attain.assessments.queries.choosing import who_may_rate
from attain.assessments.queries.finding import (
    find_assessment,
    find_own_part,
    find_part_to_delegate,
)
from attain.assessments.queries.progress import progress_of
from attain.organisations.api_parts import (
    Day,
    Listed,
    LongKey,
    MemberOut,
    PageAsked,
    Said,
    SeenIn,
    Version,
    answers,
    listed,
    member_of,
    now_and_today,
)
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.organisations.rules import Permission

router = Router(tags=["assessments"])
Asked = Query[PageAsked]
_LEAD = Permission.LEAD_ASSESSMENTS


class PartIn(Said):
    """A part for an assessor: some categories of the model by their keys, or all of them."""

    assessor: UUID
    categories: Annotated[list[LongKey], Field(max_length=200)] = []
    due_on: Day


class DelegationIn(Said):
    """Who rates a part from now on."""

    version: Version
    assessor: UUID


def _told(request: HttpRequest, part: AssessorPart) -> dict[str, Any]:
    _at, today = now_and_today(request)
    progress = progress_of(part.assessment, member_of(request), today)
    return next(told_part(each) for each in progress.parts if each.part.pk == part.pk)


def _chosen(assessment: Assessment, uuid: UUID) -> Member:
    member = who_may_rate(assessment).filter(uuid=uuid).first()
    if member is None:
        raise RefusedActionError("No such member, or none who may rate here and has no part yet.")
    return member


@router.get(f"{ONE}/assessors", response=answers((200, Listed[MemberOut])))
def assessors(request: HttpRequest, assessment: Path[UUID], asked: Asked) -> Any:
    """List the members who may be given a part of an assessment and have none yet, by name."""
    found = find_assessment(member_of(request), assessment, _LEAD)
    return listed(who_may_rate(found), asked)


@router.post(f"{ONE}/parts", response=answers((201, PartOut)))
def name_assessor(request: HttpRequest, assessment: Path[UUID], said: PartIn) -> Any:
    """Give a member a part of an assessment in rating, and tell them."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    part = assessing.name_assessor(
        by=member,
        assessment=found,
        assessor=_chosen(found, said.assessor),
        categories=said.categories,
        due_on=said.due_on,
        now=at,
    )
    return Status(201, _told(request, part))


@router.post(f"{ONE}/parts/{{part}}/delegate", response=answers((200, PartOut)))
def delegate(
    request: HttpRequest, assessment: Path[UUID], part: Path[UUID], said: DelegationIn
) -> Any:
    """Hand a part on with what was rated of it: one's own, or anybody's as who leads."""
    member = member_of(request)
    row = find_part_to_delegate(member, assessment, part)
    to = _chosen(row.assessment, said.assessor)
    at, _today = now_and_today(request)
    assessing.delegate_part(by=member, part=row, seen=said.version, to=to, now=at)
    return _told(request, row)


@router.post(f"{ONE}/hand-in", response=answers((200, PartOut)))
def hand_in(request: HttpRequest, assessment: Path[UUID], said: SeenIn) -> Any:
    """Hand in one's own part, every item rated; nobody changes its ratings after that."""
    member = member_of(request)
    part = find_own_part(member, assessment)
    at, _today = now_and_today(request)
    assessing.submit_part(by=member, part=part, seen=said.version, now=at)
    return _told(request, part)
