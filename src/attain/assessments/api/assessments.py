"""Assessments: the list, opening one, how far it is, and moving it on to its end."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from attain.assessments.actions import assessing
from attain.assessments.actions.editions import enter_library_model
from attain.assessments.api.library import ModelKey
from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.choosing import teams_to_assess
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.finding import find_assessment, place_of
from attain.assessments.queries.progress import (
    AssessmentLine,
    PartProgress,
    Progress,
    assessment_lines,
    progress_of,
)
from attain.assessments.rules.next_steps import NextStep
from attain.assessments.rules.stages import OPEN_STATES, AssessmentKind, AssessmentState
from attain.organisations.api_parts import (
    Day,
    Key,
    Line,
    Listed,
    PageAsked,
    Reason,
    Said,
    SeenIn,
    Version,
    answers,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import Member
from attain.organisations.queries import demand, demand_somewhere, find_centre
from attain.organisations.rules import Permission

router = Router(tags=["assessments"])
ONE = "/assessments/{assessment}"
_LEAD = Permission.LEAD_ASSESSMENTS


class AssessmentsAsked(PageAsked):
    """Which assessments are asked for; without a word of it every one."""

    state: AssessmentState | None = None
    kind: AssessmentKind | None = None
    centre: Key | None = None
    model: ModelKey | None = None


class AssessmentLineOut(Schema):
    """An assessment: `done` of `of` are rated items of all parts, or agreed items afterwards."""

    uuid: UUID
    title: str
    kind: AssessmentKind
    state: AssessmentState
    place: str
    centre: str | None
    team: UUID | None
    model: str
    edition: str
    due_on: date
    is_overdue: bool
    done: int
    of: int
    number: int
    opened_at: datetime
    version: int


class PartOut(Schema):
    """An assessor's part: how far it is, and nothing of what was rated; no category means all."""

    uuid: UUID
    assessor: str
    delegated_from: str | None
    categories: list[str]
    due_on: date
    rated: int
    items: int
    is_mine: bool
    submitted_at: datetime | None
    version: int


class AssessmentOut(AssessmentLineOut):
    """An assessment with its parts, and what the member does next."""

    opened_by: str
    closed_at: datetime | None
    reason: str
    reopens: UUID | None
    moved_from: UUID | None
    parts: list[PartOut]
    uncovered: list[str]
    agreed: int
    items: int
    step: NextStep


class AssessmentIn(Said):
    """An assessment to be opened, by a model of attain's library or by an own `edition`.

    It is of a centre, of a team, or of the whole organisation where neither is named.
    """

    title: Line
    kind: AssessmentKind
    model: ModelKey | None = None
    edition: UUID | None = None
    centre: Key | None = None
    team: UUID | None = None
    due_on: Day


class WithdrawalIn(Said):
    """The version that was seen, and why an assessment is withdrawn."""

    version: Version
    reason: Reason


class ReopeningIn(Said):
    """Why a closed assessment is reopened, and until when the new version is due."""

    reason: Reason
    due_on: Day


def _base(assessment: Assessment) -> dict[str, Any]:
    edition, centre, team = assessment.edition, assessment.centre, assessment.team
    return {
        "uuid": assessment.uuid,
        "title": assessment.title,
        "kind": assessment.kind,
        "state": assessment.state,
        "place": str(place_of(assessment)),
        "centre": centre.key if centre else None,
        "team": team.uuid if team else None,
        "model": edition.key,
        "edition": edition.edition,
        "due_on": assessment.due_on,
        "number": assessment.number,
        "opened_at": assessment.opened_at,
        "version": assessment.version,
    }


def _line(line: AssessmentLine) -> dict[str, Any]:
    how_far = {"is_overdue": line.is_overdue, "done": line.done, "of": line.of}
    return _base(line.assessment) | how_far


def told_part(progress: PartProgress) -> dict[str, Any]:
    """Return a part with how far it is."""
    part = progress.part
    giver = part.delegated_from
    return {
        "uuid": part.uuid,
        "assessor": part.assessor.account.name,
        "delegated_from": giver.account.name if giver else None,
        "categories": part.categories,
        "due_on": part.due_on,
        "rated": progress.rated,
        "items": progress.items,
        "is_mine": progress.is_mine,
        "submitted_at": part.submitted_at,
        "version": part.version,
    }


def told_of(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    """Return an assessment as programs read it: its parts, how far it is, and what is next."""
    _at, today = now_and_today(request)
    progress = progress_of(assessment, member_of(request), today)
    reopens, moved_from = assessment.reopens, assessment.moved_from
    return {
        **_base(assessment),
        **_how_far(assessment, progress, today),
        "opened_by": assessment.opened_by.account.name,
        "closed_at": assessment.closed_at,
        "reason": assessment.reason,
        "reopens": reopens.uuid if reopens else None,
        "moved_from": moved_from.uuid if moved_from else None,
        "parts": [told_part(each) for each in progress.parts],
        "uncovered": list(progress.uncovered),
        "agreed": progress.agreed,
        "items": progress.items,
        "step": progress.step,
    }


def _how_far(assessment: Assessment, progress: Progress, today: date) -> dict[str, Any]:
    done, of = progress.agreed, progress.items
    if assessment.state == AssessmentState.RATING:
        done, of = sum(p.rated for p in progress.parts), sum(p.items for p in progress.parts)
    late = assessment.state in OPEN_STATES and assessment.due_on < today
    return {"is_overdue": late, "done": done, "of": of}


@router.get("/assessments", response=answers((200, Listed[AssessmentLineOut])))
def index(request: HttpRequest, asked: Query[AssessmentsAsked]) -> Any:
    """List the assessments that the member may see, the latest first."""
    member = member_of(request)
    demand_somewhere(member, Permission.READ_ASSESSMENTS)
    _at, today = now_and_today(request)
    lines = [each for each in assessment_lines(member, today) if _is_asked(each.assessment, asked)]
    part = listed_of(lines, asked)
    return part | {"items": [_line(each) for each in part["items"]]}


def _is_asked(assessment: Assessment, asked: AssessmentsAsked) -> bool:
    key = assessment.centre.key if assessment.centre else ""
    return (
        asked.state in (None, assessment.state)
        and asked.kind in (None, assessment.kind)
        and asked.centre in (None, key)
        and asked.model in (None, assessment.edition.key)
    )


@router.post("/assessments", response=answers((201, AssessmentOut)))
def open_one(request: HttpRequest, said: AssessmentIn) -> Any:
    """Open an assessment by a published model; then name who rates it."""
    member = member_of(request)
    demand_somewhere(member, _LEAD)
    place = _place(member, said)
    at, _today = now_and_today(request)
    opened = assessing.open_assessment(
        by=member,
        title=said.title,
        kind=said.kind,
        edition=_edition(member, said, at),
        due_on=said.due_on,
        now=at,
        **place,
    )
    return Status(201, told_of(request, opened))


def _place(member: Member, said: AssessmentIn) -> dict[str, Any]:
    if said.centre is not None and said.team is not None:
        raise RefusedActionError("Name a centre or a team, or neither of them.")
    if said.centre is not None:
        return {"centre": find_centre(member, said.centre, _LEAD)}
    if said.team is None:
        demand(member, _LEAD)
        return {}
    for team in teams_to_assess(member):
        if team.uuid == said.team:
            return {"team": team}
    raise UnknownError


def _edition(member: Member, said: AssessmentIn, at: datetime) -> ModelEdition:
    if said.edition is not None and said.model is None:
        return find_edition(member, said.edition)
    if said.model is None or said.edition is not None:
        raise RefusedActionError("Name a model of attain's library, or an own edition.")
    return enter_library_model(by=member, key=said.model, now=at)


@router.get(ONE, response=answers((200, AssessmentOut)))
def one(request: HttpRequest, assessment: Path[UUID]) -> Any:
    """Return an assessment: how far each assessor is, and nothing of what they rated."""
    return told_of(request, find_assessment(member_of(request), assessment))


@router.post(f"{ONE}/moderation/begin", response=answers((200, AssessmentOut)))
def begin_moderation(request: HttpRequest, assessment: Path[UUID], said: SeenIn) -> Any:
    """Begin moderation, once every part is handed in."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    assessing.begin_moderation(by=member, assessment=found, seen=said.version, now=at)
    return told_of(request, found)


@router.post(f"{ONE}/close", response=answers((200, AssessmentOut)))
def close(request: HttpRequest, assessment: Path[UUID], said: SeenIn) -> Any:
    """Close an assessment of which every item is agreed; it is frozen for good."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    assessing.close_assessment(by=member, assessment=found, seen=said.version, now=at)
    return told_of(request, found)


@router.post(f"{ONE}/withdraw", response=answers((200, AssessmentOut)))
def withdraw(request: HttpRequest, assessment: Path[UUID], said: WithdrawalIn) -> Any:
    """Withdraw an assessment that is not closed."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    assessing.withdraw_assessment(
        by=member, assessment=found, seen=said.version, reason=said.reason, now=at
    )
    return told_of(request, found)


@router.post(f"{ONE}/reopen", response=answers((201, AssessmentOut)))
def reopen(request: HttpRequest, assessment: Path[UUID], said: ReopeningIn) -> Any:
    """Reopen a closed assessment as a new version in moderation; the closed one stays."""
    member = member_of(request)
    found = find_assessment(member, assessment, _LEAD)
    at, _today = now_and_today(request)
    again = assessing.reopen_assessment(by=member, assessment=found, now=at, **said.dict())
    return Status(201, told_of(request, again))
