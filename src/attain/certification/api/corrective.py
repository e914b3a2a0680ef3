"""Corrective actions: owner, answer, milestones, evidence, re-test."""

from datetime import date, datetime
from typing import Annotated, Any, BinaryIO, cast
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, File, Form, Path, Query, Router, Schema, UploadedFile
from ninja.responses import Status
from pydantic import StringConstraints

from attain.certification.actions import corrective as actions
from attain.certification.api.parts import chosen, name_of
from attain.certification.models import CorrectiveAction
from attain.certification.queries.corrective import corrective_seen, how_it_stands
from attain.certification.queries.finding import find_corrective, find_milestone
from attain.certification.rules.corrective import CorrectiveState, DueState
from attain.organisations.api_parts import (
    Day,
    Listed,
    MemberOut,
    PageAsked,
    Reason,
    Said,
    Text,
    Version,
    answers,
    listed,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.queries import demand_somewhere, who_may
from attain.organisations.rules import Permission

router = Router(tags=["corrective actions"])
Asked = Query[PageAsked]
_ONE = "/corrective-actions/{corrective}"
Step = Annotated[
    str,
    StringConstraints(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$"),
    Field(examples=["Train the team leaders"]),
]


class CorrectiveOut(Schema):
    """What a centre must put right within ninety days, and how that stands."""

    uuid: UUID
    centre: str
    certificate: str
    failed: list[str]
    state: CorrectiveState
    raised_on: date
    due_on: date
    stands: DueState
    owner: str | None
    cause: str
    answer: str
    answered_at: datetime | None
    verified_at: datetime | None
    version: int


class OwnerIn(Said):
    """Who sees to a corrective action."""

    version: Version
    owner: UUID


class CorrectiveAnswerIn(Said):
    """Why it came to that, and what is done about it."""

    version: Version
    cause: Reason
    answer: Reason


class MilestoneIn(Said):
    """A step with its own date."""

    text: Step
    due: Day


class MilestoneSeen(Said):
    """The version that was seen of a milestone."""

    version: Version


class MilestoneOut(Schema):
    """A step of a corrective action."""

    uuid: UUID
    text: str
    due_on: date
    done_on: date | None
    version: int


class NoteIn(Said):
    """What a file shows."""

    note: Text = ""


class ShownOut(Schema):
    """A file that shows what was put right."""

    uuid: UUID
    name: str
    sha256: str
    note: str
    added_at: datetime


class RetestIn(Said):
    """The day on whose figures a re-test rests."""

    version: Version
    as_of: Day


class RetestOut(Schema):
    """A re-test of exactly what had failed."""

    uuid: UUID
    at: datetime
    as_of: date
    outcomes: dict[str, str | None]
    held: bool


@router.get("/corrective-actions", response=answers((200, Listed[CorrectiveOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the corrective actions that the member may see, the open and earliest due first."""
    member = member_of(request)
    demand_somewhere(member, Permission.READ_CERTIFICATION)
    _at, today = now_and_today(request)
    part = listed_of(corrective_seen(member, today), asked)
    return part | {"items": [_out(row, today) for row, _stands in part["items"]]}


@router.get(_ONE, response=answers((200, CorrectiveOut)))
def one(request: HttpRequest, corrective: Path[UUID]) -> Any:
    """Return a corrective action."""
    return _told(request, find_corrective(member_of(request), corrective))


def _told(request: HttpRequest, corrective: CorrectiveAction) -> dict[str, Any]:
    _at, today = now_and_today(request)
    return _out(corrective, today)


_OWN = (
    "uuid", "failed", "state", "raised_on", "due_on", "cause", "answer", "answered_at",
    "verified_at", "version",
)  # fmt: skip


def _out(corrective: CorrectiveAction, today: date) -> dict[str, Any]:
    return {
        **{name: getattr(corrective, name) for name in _OWN},
        "centre": corrective.centre.key,
        "certificate": corrective.certificate.number,
        "owner": name_of(corrective.owner),
        "stands": how_it_stands(corrective, today),
    }


@router.get(f"{_ONE}/owners", response=answers((200, Listed[MemberOut])))
def owners(request: HttpRequest, corrective: Path[UUID], asked: Asked) -> Any:
    """List the members who may see to a corrective action."""
    found = find_corrective(member_of(request), corrective, Permission.APPLY)
    return listed(who_may(Permission.APPLY, found.centre), asked)


@router.put(f"{_ONE}/owner", response=answers((200, CorrectiveOut)))
def assign(request: HttpRequest, corrective: Path[UUID], said: OwnerIn) -> Any:
    """Say who sees to a corrective action."""
    member = member_of(request)
    found = find_corrective(member, corrective, Permission.APPLY)
    at, _today = now_and_today(request)
    owner = chosen(said.owner, Permission.APPLY, found.centre)
    seen = said.version
    actions.assign_corrective_action(by=member, corrective=found, seen=seen, owner=owner, now=at)
    return _told(request, found)


@router.put(f"{_ONE}/answer", response=answers((200, CorrectiveOut)))
def answer(request: HttpRequest, corrective: Path[UUID], said: CorrectiveAnswerIn) -> Any:
    """Answer a corrective action: why it came to that, and what is done about it."""
    member = member_of(request)
    found = find_corrective(member, corrective, Permission.APPLY)
    at, _today = now_and_today(request)
    actions.answer_corrective_action(
        by=member,
        corrective=found,
        seen=said.version,
        cause=said.cause,
        answer=said.answer,
        now=at,
    )
    return _told(request, found)


@router.get(f"{_ONE}/milestones", response=answers((200, Listed[MilestoneOut])))
def milestones(request: HttpRequest, corrective: Path[UUID], asked: Asked) -> Any:
    """List the steps of a corrective action."""
    return listed(find_corrective(member_of(request), corrective).milestones.all(), asked)


@router.post(f"{_ONE}/milestones", response=answers((201, MilestoneOut)))
def add_milestone(request: HttpRequest, corrective: Path[UUID], said: MilestoneIn) -> Any:
    """Add a step with its own date, within the time of the corrective action."""
    member = member_of(request)
    found = find_corrective(member, corrective, Permission.APPLY)
    at, _today = now_and_today(request)
    made = actions.add_milestone(by=member, corrective=found, now=at, **said.dict())
    return Status(201, made)


@router.post(f"{_ONE}/milestones/{{milestone}}/finish", response=answers((200, MilestoneOut)))
def finish_milestone(
    request: HttpRequest, corrective: Path[UUID], milestone: Path[UUID], said: MilestoneSeen
) -> Any:
    """Say that a step is done, today."""
    member = member_of(request)
    found = find_milestone(find_corrective(member, corrective, Permission.APPLY), milestone)
    at, _today = now_and_today(request)
    return actions.finish_milestone(by=member, milestone=found, seen=said.version, now=at)


@router.get(f"{_ONE}/evidence", response=answers((200, Listed[ShownOut])))
def evidence(request: HttpRequest, corrective: Path[UUID], asked: Asked) -> Any:
    """List the files that show what was put right."""
    return listed(find_corrective(member_of(request), corrective).evidence.all(), asked)


@router.post(f"{_ONE}/evidence", response=answers((201, ShownOut)))
def add_evidence(
    request: HttpRequest, corrective: Path[UUID], said: Form[NoteIn], file: File[UploadedFile]
) -> Any:
    """Add a file of at most 25 MB; it is kept under its hash and never replaced."""
    member = member_of(request)
    found = find_corrective(member, corrective, Permission.APPLY)
    at, _today = now_and_today(request)
    name, opened = file.name or "file", cast("BinaryIO", file)
    made = actions.add_evidence(
        by=member, corrective=found, file=opened, name=name, note=said.note, now=at
    )
    return Status(201, made)


@router.get(f"{_ONE}/retests", response=answers((200, Listed[RetestOut])))
def retests(request: HttpRequest, corrective: Path[UUID], asked: Asked) -> Any:
    """List the re-tests of a corrective action."""
    return listed(find_corrective(member_of(request), corrective).retests.all(), asked)


@router.post(f"{_ONE}/retests", response=answers((201, RetestOut)))
def retest(request: HttpRequest, corrective: Path[UUID], said: RetestIn) -> Any:
    """Judge exactly what had failed anew, as somebody who did not answer it."""
    member = member_of(request)
    found = find_corrective(member, corrective, Permission.REVIEW)
    at, _today = now_and_today(request)
    seen, as_of = said.version, said.as_of
    made = actions.retest(by=member, corrective=found, seen=seen, as_of=as_of, now=at)
    return Status(201, made)
