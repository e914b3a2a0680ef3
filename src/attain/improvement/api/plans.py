"""The API of plans: asking for one, reading, comparing, adopting, carrying out, taking away."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status

from attain.improvement.actions import planning
from attain.improvement.actions.carrying_out import carry_out
from attain.improvement.models import KeptPlan, Roadmap
from attain.improvement.plan_tasks import ask_for_plan
from attain.improvement.printing import PDF_TYPE, file_of, roadmap_pdf
from attain.improvement.queries.finding import find_plan, find_roadmap
from attain.improvement.queries.plans import (
    PlanPage,
    owners_of_plan,
    plan_of,
    plan_page,
    plans_of,
)
from attain.improvement.queries.reporting import report_of
from attain.improvement.rules.candidates import Lock, LockKind
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.left_out import LeftOutReason
from attain.improvement.rules.offering import PlanLacking, PlanUnit
from attain.improvement.rules.plans import compare_plans
from attain.improvement.spreadsheet import roadmap_workbook
from attain.organisations.api_parts import (
    Line,
    Listed,
    PageAsked,
    Said,
    SeenIn,
    Version,
    Whole,
    answers,
    file_answer,
    listed_of,
    member_of,
    now,
)
from attain.organisations.errors import RefusedActionError
from attain.organisations.exports import EXCEL_TYPE
from attain.organisations.rules import Permission

router = Router(tags=["roadmaps"])
Asked = Query[PageAsked]
MOST_QUARTERS, MOST_DAYS, MOST_LOCKS = 20, 1_000_000, 2_000
Days = Annotated[int, Field(strict=True, ge=0, le=MOST_DAYS, examples=[60])]
Quarter = Annotated[int, Field(strict=True, ge=0, lt=MOST_QUARTERS, examples=[0])]
StepKey = Annotated[
    str,
    Field(
        min_length=1, max_length=360, pattern=r"^[^\x00-\x1f\x7f]*$", examples=["leeds/forecast/2"]
    ),
]


class LockIn(Said):
    """What is decided of a step beforehand; only `at` has a quarter, counted from 0."""

    step: StepKey
    kind: LockKind
    quarter: Quarter | None = None


class PlanIn(Said):
    """What a plan is asked for: means of each quarter, amounts in minor units, and locks.

    Without a budget capacity alone limits the plan; without a unit it is the roadmap's usual one.
    """

    title: Line
    capacity: list[Days] = Field(min_length=1, max_length=MOST_QUARTERS, examples=[[60, 60]])
    budget: list[Whole] | None = Field(
        None, min_length=1, max_length=MOST_QUARTERS, examples=[[500000, 500000]]
    )
    locks: list[LockIn] = Field([], max_length=MOST_LOCKS)
    unit: PlanUnit | None = None


class PlanAskedOut(Schema):
    """The job that looks for a plan, and the uuid that the plan will have."""

    job: UUID
    plan: UUID


class PlanLineOut(Schema):
    """A plan: what it brings and takes; no plan of its means brings more than `bound`."""

    uuid: UUID
    number: int
    title: str
    state: Literal["adopted", "proposed"]
    unit: PlanUnit
    currency: str
    value: int
    bound: int | None
    cost: int
    days: int
    made_by: str
    made_at: datetime
    version: int


class PlannedStepOut(Schema):
    """A step in its quarters, counted from 0; a cost that nobody said is null."""

    step: str
    place: str
    title: str
    start: int
    last: int
    value: int
    cost: int | None
    days: int
    initiative: UUID | None


class LeftOutOut(Schema):
    """A step that is not in a plan, and why."""

    step: str
    reason: LeftOutReason


class ApartOut(Schema):
    """A step that could not be planned, and what it lacks."""

    step: str
    lacking: list[PlanLacking]


class QuarterOut(Schema):
    """What a plan takes of a quarter."""

    cost: int
    budget: int | None
    days: int
    capacity: int


class RoadmapPlanOut(PlanLineOut):
    """A plan whole, with the hash of what it was made of."""

    quarters: list[QuarterOut]
    steps: list[PlannedStepOut]
    left_out: list[LeftOutOut]
    apart: list[ApartOut]
    sha256: str


class MovedOut(Schema):
    """A step that starts in another quarter."""

    step: str
    first: int
    second: int


class ComparedOut(Schema):
    """What two plans differ by; the value is null where they count in different units."""

    only_first: list[str]
    only_second: list[str]
    moved: list[MovedOut]
    value: int | None
    cost: int
    days: int


class TitleIn(Said):
    """Another title, and the version that was seen."""

    title: Line
    version: Version


class CarryOutIn(Said):
    """Steps to carry out and their owner; with a title they become one initiative together."""

    steps: list[StepKey] = Field(min_length=1, max_length=MOST_LOCKS)
    owner: UUID
    title: Annotated[
        str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", examples=["Knowledge"])
    ] = ""


class CarriedOutOut(Schema):
    """An initiative that was planned."""

    uuid: UUID
    title: str


def _roadmap(request: HttpRequest, roadmap: UUID, permission: Permission) -> Roadmap:
    return find_roadmap(member_of(request), roadmap, permission)


def _plan(
    request: HttpRequest,
    roadmap: UUID,
    plan: UUID,
    permission: Permission = Permission.READ_ROADMAPS,
) -> KeptPlan:
    return find_plan(_roadmap(request, roadmap, permission), plan)


def _line(kept: KeptPlan) -> dict[str, Any]:
    same = ("uuid", "number", "title", "value", "bound", "cost", "days", "made_at", "version")
    return {
        **{name: getattr(kept, name) for name in same},
        "state": "adopted" if kept.adopted_at else "proposed",
        "unit": kept.request["unit"],
        "currency": kept.request["currency"],
        "made_by": str(kept.made_by),
    }


def _whole(page: PlanPage) -> dict[str, Any]:
    return {
        **_line(page.kept),
        "quarters": [
            {**vars(each), "budget": each.budget if page.basis.has_budget else None}
            for each in page.use
        ],
        "steps": _steps(page),
        "left_out": [{"step": key, "reason": why} for key, why in page.left_out],
        "apart": [{"step": key, "lacking": lacking} for key, lacking in page.apart],
        "sha256": page.fingerprint,
    }


def _steps(page: PlanPage) -> list[dict[str, Any]]:
    return [
        {
            "step": each.key,
            "place": each.words.centre if each.words else "",
            "title": each.words.title if each.words else each.key,
            "start": each.placement.start,
            "last": each.placement.last,
            "value": each.candidate.value,
            "cost": None if each.key in page.unpriced else each.candidate.cost,
            "days": each.candidate.days,
            "initiative": each.initiative.uuid if each.initiative else None,
        }
        for each in page.steps
    ]


@router.get("/roadmaps/{roadmap}/plans", response=answers((200, Listed[PlanLineOut])))
def index(request: HttpRequest, roadmap: Path[UUID], asked: Asked) -> Any:
    """List the plans of a roadmap, the latest first."""
    found = _roadmap(request, roadmap, Permission.READ_ROADMAPS)
    return listed_of([_line(each) for each in plans_of(found)], asked)


@router.post("/roadmaps/{roadmap}/plans", response=answers((202, PlanAskedOut)))
def make(request: HttpRequest, roadmap: Path[UUID], said: PlanIn) -> Any:
    """Ask for the plan that brings most; it is there once its job is done."""
    wishes = PlanWishes(
        title=said.title,
        capacity=tuple(said.capacity),
        budget=None if said.budget is None else tuple(said.budget),
        locks=tuple(Lock(each.step, each.kind, each.quarter) for each in said.locks),
        unit=said.unit,
    )
    found = _roadmap(request, roadmap, Permission.PLAN_ROADMAPS)
    job, plan = ask_for_plan(by=member_of(request), roadmap=found, wishes=wishes)
    return Status(202, {"job": job.uuid, "plan": plan})


@router.get("/roadmaps/{roadmap}/plans/{plan}", response=answers((200, RoadmapPlanOut)))
def one(request: HttpRequest, roadmap: Path[UUID], plan: Path[UUID]) -> Any:
    """Return a plan whole."""
    return _whole(plan_page(_plan(request, roadmap, plan)))


@router.patch("/roadmaps/{roadmap}/plans/{plan}", response=answers((200, PlanLineOut)))
def rename(request: HttpRequest, roadmap: Path[UUID], plan: Path[UUID], said: TitleIn) -> Any:
    """Give a plan another title."""
    found = _plan(request, roadmap, plan, Permission.PLAN_ROADMAPS)
    by, seen = member_of(request), said.version
    return _line(planning.rename_plan(by=by, plan=found, seen=seen, title=said.title, now=now()))


@router.post("/roadmaps/{roadmap}/plans/{plan}/adopt", response=answers((200, PlanLineOut)))
def adopt(request: HttpRequest, roadmap: Path[UUID], plan: Path[UUID], said: SeenIn) -> Any:
    """Go by a plan from now on, and by no other of its roadmap."""
    found = _plan(request, roadmap, plan, Permission.PLAN_ROADMAPS)
    by = member_of(request)
    return _line(planning.adopt_plan(by=by, plan=found, seen=said.version, now=now()))


@router.post(
    "/roadmaps/{roadmap}/plans/{plan}/carry-out", response=answers((201, list[CarriedOutOut]))
)
def carry(request: HttpRequest, roadmap: Path[UUID], plan: Path[UUID], said: CarryOutIn) -> Any:
    """Make initiatives of chosen steps of the adopted plan."""
    found = _plan(request, roadmap, plan, Permission.PLAN_ROADMAPS)
    owner = next((each for each in owners_of_plan(found) if each.uuid == said.owner), None)
    if owner is None:
        raise RefusedActionError("Nobody of that uuid may own an initiative there.")
    made = carry_out(
        by=member_of(request),
        plan=found,
        steps=said.steps,
        owner=owner,
        now=now(),
        title=said.title.strip(),
    )
    return Status(201, made)


@router.get(
    "/roadmaps/{roadmap}/plans/{plan}/compare/{second}", response=answers((200, ComparedOut))
)
def compare(request: HttpRequest, roadmap: Path[UUID], plan: Path[UUID], second: Path[UUID]) -> Any:
    """Return what another plan of the same roadmap differs from a plan by."""
    one_of, other = _plan(request, roadmap, plan), _plan(request, roadmap, second)
    made = compare_plans(plan_of(one_of)[1], plan_of(other)[1])
    alike = one_of.request["unit"] == other.request["unit"]
    moved = [{"step": key, "first": was, "second": is_now} for key, was, is_now in made.moved]
    return {**vars(made), "moved": moved, "value": made.value if alike else None}


@router.get(
    "/roadmaps/{roadmap}/roadmap.pdf", openapi_extra=file_answer(PDF_TYPE), response=answers()
)
def pdf(request: HttpRequest, roadmap: Path[UUID], plan: UUID | None = None) -> Any:
    """Return a roadmap as PDF, with the plan that is named, the adopted one, or the latest."""
    report = report_of(_roadmap(request, roadmap, Permission.READ_ROADMAPS), plan)
    return file_of(roadmap_pdf(report, now()), PDF_TYPE, "roadmap.pdf")


@router.get(
    "/roadmaps/{roadmap}/roadmap.xlsx", openapi_extra=file_answer(EXCEL_TYPE), response=answers()
)
def excel(request: HttpRequest, roadmap: Path[UUID], plan: UUID | None = None) -> Any:
    """Return a roadmap as a workbook."""
    report = report_of(_roadmap(request, roadmap, Permission.READ_ROADMAPS), plan)
    return file_of(roadmap_workbook(report), EXCEL_TYPE, "roadmap.xlsx")
