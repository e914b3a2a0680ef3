"""Workbooks: one's own part goes out and comes back, a result leaves; moving to an edition."""

from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Field, File, Form, Path, Router, Schema
from ninja.files import UploadedFile
from ninja.responses import Status

from attain.assessments.actions.moving import move_assessment
from attain.assessments.actions.workbook import import_workbook
from attain.assessments.api.assessments import ONE, AssessmentOut, told_of
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.finding import (
    find_assessment,
    find_own_part,
    find_with_result,
    place_of,
)
from attain.assessments.queries.result_sheets import result_sheets
from attain.assessments.queries.workbook import plan_for, read_workbook, sent_part
from attain.assessments.workbook_file import part_workbook
from attain.organisations.api_parts import (
    Day,
    LongKey,
    Said,
    answers,
    file_answer,
    member_of,
    now_and_today,
)
from attain.organisations.errors import UnknownError
from attain.organisations.exports import EXCEL_TYPE, workbook_of
from attain.organisations.queries import demand
from attain.organisations.rules import Permission

router = Router(tags=["assessments"])


class WorkbookIn(Said):
    """What becomes of a workbook: whose conflicts are taken from it, and of refused rows."""

    taken: Annotated[list[LongKey], Field(max_length=5000, examples=[["volume-forecast"]])] = []
    good_rows_only: Annotated[bool, Field(examples=[True])] = False


class WorkbookOut(Schema):
    """What a workbook came to: how many items of each kind, and which are conflicts left alone."""

    counts: dict[str, int]
    conflicts: list[str]
    missing: list[str]


class EditionMoveIn(Said):
    """The edition that an assessment moves to, and until when what is left is agreed on."""

    edition: UUID
    due_on: Day


@router.get(f"{ONE}/workbook", openapi_extra=file_answer(EXCEL_TYPE), response=answers())
def workbook(request: HttpRequest, assessment: Path[UUID]) -> Any:
    """Return the Excel workbook of one's own part."""
    part = find_own_part(member_of(request), assessment)
    return HttpResponse(part_workbook(sent_part(part)), content_type=EXCEL_TYPE)


@router.post(f"{ONE}/workbook", response=answers((200, WorkbookOut)))
def take_workbook(
    request: HttpRequest, assessment: Path[UUID], said: Form[WorkbookIn], file: File[UploadedFile]
) -> Any:
    """Take over what the workbook of one's own part says otherwise: all of it, or nothing.

    An item that was changed on both sides is left alone unless it is named.
    """
    member = member_of(request)
    part = find_own_part(member, assessment)
    read = read_workbook(file, part)
    plan, (at, _today) = plan_for(part, read), now_and_today(request)
    counts = import_workbook(
        by=member,
        part=part,
        read=read,
        plan=plan,
        taken=said.taken,
        good_rows_only=said.good_rows_only,
        now=at,
    )
    left = [each.item for each in plan.conflicts if each.item not in said.taken]
    return {"counts": counts, "conflicts": left, "missing": list(plan.missing)}


@router.get(f"{ONE}/result.xlsx", openapi_extra=file_answer(EXCEL_TYPE), response=answers())
def result_workbook(request: HttpRequest, assessment: Path[UUID]) -> Any:
    """Return the result of an assessment as an Excel workbook, for who may export."""
    member = member_of(request)
    demand(member, Permission.ANALYSE, place_of(find_assessment(member, assessment)))
    _at, today = now_and_today(request)
    sheets = result_sheets(find_with_result(member, assessment), today)
    return HttpResponse(workbook_of(sheets), content_type=EXCEL_TYPE)


@router.post(f"{ONE}/move", response=answers((201, AssessmentOut)))
def move(request: HttpRequest, assessment: Path[UUID], said: EditionMoveIn) -> Any:
    """Open an assessment by the next edition with what its item map takes over; both are kept."""
    member = member_of(request)
    found = find_assessment(member, assessment, Permission.LEAD_ASSESSMENTS)
    to = find_edition(member, said.edition)
    if to.key != found.edition.key:
        raise UnknownError
    at, _today = now_and_today(request)
    moved = move_assessment(by=member, assessment=found, edition=to, due_on=said.due_on, now=at)
    return Status(201, told_of(request, moved))
