"""Initiatives: list, plan, change, start, done, dropped."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.assessments.queries.finding import visible_assessments
from attain.improvement.actions import progress
from attain.improvement.actions.initiatives import StepTaken, change_initiative, plan_initiative
from attain.improvement.models import Initiative
from attain.improvement.queries import initiatives as queries
from attain.improvement.queries.choosing import owners_of, processes_by_key
from attain.improvement.queries.finding import find_initiative, visible_initiatives
from attain.improvement.queries.recorded import centres_of, recorded_at
from attain.improvement.rules.stages import InitiativeState
from attain.organisations.api_parts import (
    Day,
    Flag,
    Line,
    Listed,
    LongKey,
    PageAsked,
    Reason,
    Said,
    Text,
    Version,
    Whole,
    answers,
    changes,
    listed_of,
    member_of,
    now_and_today,
)
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import demand, demand_somewhere, find_centre
from attain.organisations.rules import Permission

router = Router(tags=["initiatives"])
ONE = "/initiatives/{initiative}"
_MOST = 500
_PLAN = Permission.PLAN_ROADMAPS
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["GBP"])]
Days = Annotated[int, Field(strict=True, ge=0, le=100_000, examples=[12])]
Level = Annotated[int, Field(strict=True, ge=0, le=999, examples=[2])]
Others = Annotated[list[UUID], Field(max_length=_MOST)]


class InitiativeLineOut(Schema):
    """An initiative; one without a centre is a central project. Cost is in minor units."""

    uuid: UUID
    title: str
    centre: str | None
    owner: str
    state: InitiativeState
    starts_on: date
    due_on: date
    started_on: date | None
    ended_on: date | None
    is_overdue: bool
    milestones: int
    reached: int
    steps: int
    version: int


class StepTakenOut(Schema):
    """A step that an initiative takes: an item of an assessed place, from a level to the next."""

    assessment: UUID
    centre: str | None
    item: str
    level: int
    to: int


class RecordedOut(Schema):
    """A centre of a structured initiative, and whether it is on record there."""

    centre: str
    has_process: bool
    is_recorded: bool


class InitiativeOut(Schema):
    """An initiative with all that was planned and written down of it."""

    uuid: UUID
    title: str
    aim: str
    centre: str | None
    roadmap: UUID | None
    process: str | None
    owner: str
    starts_on: date
    due_on: date
    days: int | None
    cost: int | None
    currency: str
    is_structured: bool
    analysis: str
    outcome: str
    state: InitiativeState
    started_on: date | None
    ended_on: date | None
    is_overdue: bool
    after: list[UUID]
    steps: list[StepTakenOut]
    recorded: list[RecordedOut]
    version: int


class StepTakenIn(Said):
    """A step to take, of a closed assessment."""

    assessment: UUID
    item: LongKey
    level: Level
    to: Level


class InitiativeIn(Said):
    """An initiative to plan; without a centre it is a central project. Cost is in minor units."""

    title: Line
    aim: Text = ""
    centre: LongKey | None = None
    process: LongKey | None = None
    owner: UUID
    starts_on: Day
    due_on: Day
    days: Days | None = None
    cost: Whole | None = None
    currency: Currency = "GBP"
    is_structured: Flag = False
    steps: Annotated[list[StepTakenIn], Field(max_length=_MOST)] = []
    after: Others = []


class InitiativeChange(Said):
    """What is to be otherwise of an initiative; what is not named stays."""

    version: Version
    title: Line | None = None
    aim: Text | None = None
    process: LongKey | None = None
    owner: UUID | None = None
    starts_on: Day | None = None
    due_on: Day | None = None
    days: Days | None = None
    cost: Whole | None = None
    currency: Currency | None = None
    is_structured: Flag | None = None
    after: Others | None = None


class StartIn(Said):
    """The day on which an initiative started."""

    version: Version
    on: Day


class WriteUpIn(Said):
    """The analysis before an initiative, and its outcome."""

    version: Version
    analysis: Text = ""
    outcome: Text = ""


class EndIn(WriteUpIn):
    """The day on which an initiative was done; an analysis that is not named stays."""

    on: Day


class DropIn(Said):
    """Why an initiative is dropped."""

    version: Version
    reason: Reason


@router.get("/initiatives", response=answers((200, Listed[InitiativeLineOut])))
def index(request: HttpRequest, asked: Query[PageAsked]) -> Any:
    """List the initiatives that the member may see, the open and earliest due first."""
    member = member_of(request)
    _at, today = now_and_today(request)
    lines = queries.initiative_lines(member, today)
    if not lines:
        demand_somewhere(member, Permission.READ_ROADMAPS)
    part = listed_of(lines, asked)
    return part | {"items": [_line(each) for each in part["items"]]}


_OWN = ("uuid", "title", "state", "starts_on", "due_on", "started_on", "ended_on", "version")


def _line(line: queries.InitiativeLine) -> dict[str, Any]:
    row = line.initiative
    counted = ("is_overdue", "milestones", "reached", "steps", "owner")
    return {
        **{name: getattr(row, name) for name in _OWN},
        **{name: getattr(line, name) for name in counted},
        "centre": row.centre.key if row.centre else None,
    }


def _told(request: HttpRequest, row: Initiative) -> dict[str, Any]:
    _at, today = now_and_today(request)
    plain = (*_OWN, "aim", "days", "cost", "currency", "is_structured", "analysis", "outcome")
    steps = row.steps.select_related("assessment", "centre").defer("assessment__closing")
    return {
        **{name: getattr(row, name) for name in plain},
        "centre": row.centre.key if row.centre else None,
        "roadmap": row.roadmap.uuid if row.roadmap else None,
        "process": row.process.key if row.process else None,
        "owner": str(row.owner),
        "is_overdue": queries.is_overdue(row, today),
        "after": [each.uuid for each in queries.waited_for(row)],
        "steps": [
            {
                "assessment": each.assessment.uuid,
                "centre": each.centre.key if each.centre else None,
                "item": each.item,
                "level": each.level,
                "to": each.to,
            }
            for each in steps
        ],
        "recorded": [
            {"centre": e.centre.key, "has_process": e.has_process, "is_recorded": e.counts}
            for e in recorded_at(row)
        ],
    }


@router.post("/initiatives", response=answers((201, InitiativeOut)))
def plan(request: HttpRequest, said: InitiativeIn) -> Any:
    """Plan an initiative at a centre, or a central project of the whole organisation."""
    member = member_of(request)
    centre = find_centre(member, said.centre, _PLAN) if said.centre else None
    if centre is None:
        demand(member, _PLAN)
    at, _today = now_and_today(request)
    steps = _steps(member, said.steps)
    places = [centre] if centre else [step.centre for step in steps if step.centre]
    values = said.dict(exclude={"centre", "process", "owner", "steps", "after"})
    made = plan_initiative(
        by=member,
        centre=centre,
        process=_process(places, said.process),
        owner=_owner(centre, said.owner),
        steps=steps,
        after=_others(member, said.after),
        now=at,
        **values,
    )
    return Status(201, _told(request, made))


def _steps(member: Member, said: Sequence[StepTakenIn]) -> list[StepTaken]:
    wanted = {each.assessment for each in said}
    rows = visible_assessments(member).filter(uuid__in=wanted).defer("closing")
    known = {row.uuid: row for row in rows}
    if wanted - known.keys():
        raise RefusedActionError("No such assessment.")
    return [
        StepTaken(known[s.assessment], known[s.assessment].centre, s.item, s.level, s.to)
        for s in said
    ]


def _process(places: Sequence[Centre], key: str | None) -> Any:
    if key is None:
        return None
    found = processes_by_key(places).filter(key=key).first()
    if found is None:
        raise RefusedActionError("No such process there.")
    return found


def _owner(centre: Centre | None, uuid: UUID) -> Member:
    found = owners_of(centre).filter(uuid=uuid).first()
    if found is None:
        raise RefusedActionError("No such member, or none who may see initiatives there.")
    return found


def _others(member: Member, uuids: Sequence[UUID]) -> list[Initiative]:
    found = list(visible_initiatives(member).filter(uuid__in=uuids))
    if len(found) != len(set(uuids)):
        raise RefusedActionError("No such initiative to wait for.")
    return found


@router.get(ONE, response=answers((200, InitiativeOut)))
def one(request: HttpRequest, initiative: Path[UUID]) -> Any:
    """Return an initiative."""
    return _told(request, find_initiative(member_of(request), initiative))


@router.patch(ONE, response=answers((200, InitiativeOut)))
def change(request: HttpRequest, initiative: Path[UUID], said: InitiativeChange) -> Any:
    """Change what was planned of an initiative that has not ended."""
    member = member_of(request)
    found = queries.find_to_plan(member, initiative)
    at, _today = now_and_today(request)
    seen, values = changes(said, "process", "days", "cost")
    if "process" in values:
        values["process"] = _process(centres_of(found), values["process"])
    if "owner" in values:
        values["owner"] = _owner(found.centre, values["owner"])
    if "after" in values:
        values["after"] = _others(member, values["after"])
    change_initiative(by=member, initiative=found, seen=seen, now=at, **values)
    return _told(request, found)


@router.post(f"{ONE}/start", response=answers((200, InitiativeOut)))
def start(request: HttpRequest, initiative: Path[UUID], said: StartIn) -> Any:
    """Start an initiative; a structured one is recorded at its centres as started."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    seen = said.version
    progress.start_initiative(by=member, initiative=found, seen=seen, on=said.on, now=at)
    return _told(request, found)


@router.put(f"{ONE}/write-up", response=answers((200, InitiativeOut)))
def write_up(request: HttpRequest, initiative: Path[UUID], said: WriteUpIn) -> Any:
    """Write down the analysis before an initiative, and what came of it so far."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    seen, texts = said.version, {"analysis": said.analysis, "outcome": said.outcome}
    progress.write_up(by=member, initiative=found, seen=seen, now=at, **texts)
    return _told(request, found)


@router.post(f"{ONE}/complete", response=answers((200, InitiativeOut)))
def complete(request: HttpRequest, initiative: Path[UUID], said: EndIn) -> Any:
    """Say that an initiative is done; a structured one needs its analysis and its outcome."""
    member = member_of(request)
    found = queries.find_to_carry_on(member, initiative)
    at, _today = now_and_today(request)
    progress.complete_initiative(
        by=member,
        initiative=found,
        seen=said.version,
        on=said.on,
        analysis=said.analysis or found.analysis,
        outcome=said.outcome or found.outcome,
        now=at,
    )
    return _told(request, found)


@router.post(f"{ONE}/drop", response=answers((200, InitiativeOut)))
def drop(request: HttpRequest, initiative: Path[UUID], said: DropIn) -> Any:
    """Drop an initiative; what was recorded of it at its centres is withdrawn."""
    member = member_of(request)
    found = queries.find_to_plan(member, initiative)
    at, _today = now_and_today(request)
    seen, reason = said.version, said.reason
    progress.drop_initiative(by=member, initiative=found, seen=seen, reason=reason, now=at)
    return _told(request, found)
