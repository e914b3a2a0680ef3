"""Roadmaps: the list, opening one, how it counts, its sources, and putting it away."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import StringConstraints

from attain.improvement.actions import roadmaps as actions
from attain.improvement.models import Roadmap
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.reading import read_roadmap
from attain.improvement.queries.roadmap_lists import RoadmapLine, roadmap_lines
from attain.improvement.queries.sources import (
    closed_assessments,
    sources_of,
    standing_of_sources,
)
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.measurement.periods import Month
from attain.organisations.api_parts import (
    Key,
    Line,
    Listed,
    MonthText,
    PageAsked,
    Said,
    SeenIn,
    Version,
    answers,
    listed_of,
    member_of,
    now,
)
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.queries import demand, demand_somewhere, find_centre
from attain.organisations.rules import Permission

router = Router(tags=["roadmaps"])
Asked = Query[PageAsked]
HERE = "/roadmaps"
ONE = f"{HERE}/{{roadmap}}"
_PLAN = Permission.PLAN_ROADMAPS
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$"), Field(examples=["GBP"])]
UpToTwenty = Annotated[int, Field(strict=True, ge=1, le=20, examples=[4])]


class RoadmapSettingsIn(Said):
    """How a roadmap counts: by which rule, over how many years, in which quarters."""

    title: Line
    rule: RankingRule = RankingRule.RETURN_AND_IMPACT
    unknowns: Unknowns = Unknowns.APART
    years: UpToTwenty = 3
    currency: Currency = "GBP"
    first_month: MonthText
    quarters: UpToTwenty = 4

    @property
    def settings(self) -> actions.RoadmapSettings:
        """The settings as the action takes them."""
        names = ("title", "rule", "unknowns", "years", "currency", "quarters")
        month = Month.parse(self.first_month)
        return actions.RoadmapSettings(
            **{name: getattr(self, name) for name in names}, first_month=month
        )


class RoadmapIn(RoadmapSettingsIn):
    """A roadmap to be opened, of a centre or of the whole organisation, over assessments.

    They are closed, by one model, and one of a place.
    """

    centre: Key | None = None
    assessments: list[UUID] = Field(min_length=1, max_length=500)


class ChangedRoadmapIn(RoadmapSettingsIn):
    """How a roadmap is to count, and the version that was seen."""

    version: Version


class RoadmapLineOut(Schema):
    """A roadmap: its place, how it counts, and of how many steps something was said."""

    uuid: UUID
    title: str
    place: str
    centre: str | None
    state: Literal["in_use", "archived"]
    rule: RankingRule
    unknowns: Unknowns
    years: int
    currency: str
    first_month: str
    quarters: int
    sources: int
    said: int
    opened_at: datetime
    version: int


class RoadmapSourceOut(Schema):
    """An assessment of a roadmap, and the one that was closed of the same since, if any."""

    uuid: UUID
    assessment: UUID
    place: str
    closed_at: datetime
    later: UUID | None
    version: int


class UnknownGapOut(Schema):
    """An item of which nobody knows a gap, at the place of an assessment."""

    place: str
    item: str
    assessment: UUID


class RoadmapOut(RoadmapLineOut):
    """A roadmap with its sources.

    `gone` are steps of which something was said and that are not; `unknown_gaps` are items without
    a level or a target, which have no steps.
    """

    steps: int
    appraised: int
    ranked: int
    assessments: list[RoadmapSourceOut]
    gone: list[str]
    unknown_gaps: list[UnknownGapOut]


def _line(line: RoadmapLine) -> dict[str, Any]:
    row = line.roadmap
    return {
        "uuid": row.uuid,
        "title": row.title,
        "place": line.place,
        "centre": row.centre.key if row.centre else None,
        "state": line.state,
        "rule": row.rule,
        "unknowns": row.unknowns,
        "years": row.years,
        "currency": row.currency,
        "first_month": str(row.first_month),
        "quarters": row.quarters,
        "sources": line.sources,
        "said": line.appraised,
        "opened_at": row.opened_at,
        "version": row.version,
    }


def _whole(request: HttpRequest, roadmap: Roadmap) -> dict[str, Any]:
    member = member_of(request)
    line = next(each for each in roadmap_lines(member) if each.roadmap.pk == roadmap.pk)
    reading = read_roadmap(roadmap)
    versions = {source.uuid: source.version for source in reading.sources}
    return {
        **_line(line),
        "steps": len(reading.lines),
        "appraised": reading.appraised,
        "ranked": len(reading.ranking.ranked),
        "gone": [row.step for row in reading.gone],
        "unknown_gaps": [
            {"place": each.place, "item": each.item, "assessment": each.assessment.uuid}
            for each in reading.unknown_gaps
        ],
        "assessments": [
            {
                "uuid": each.uuid,
                "assessment": each.line.uuid,
                "place": each.line.place,
                "closed_at": each.line.closed_at,
                "later": each.later.uuid if each.later else None,
                "version": versions[each.uuid],
            }
            for each in standing_of_sources(roadmap, member)
        ],
    }


@router.get(HERE, response=answers((200, Listed[RoadmapLineOut])))
def index(request: HttpRequest, asked: Asked) -> Any:
    """List the roadmaps that the member may see, latest first."""
    demand_somewhere(member_of(request), Permission.READ_ROADMAPS)
    return listed_of([_line(each) for each in roadmap_lines(member_of(request))], asked)


@router.post(HERE, response=answers((201, RoadmapOut)))
def open_one(request: HttpRequest, said: RoadmapIn) -> Any:
    """Open a roadmap over closed assessments."""
    member = member_of(request)
    centre = None if said.centre is None else find_centre(member, said.centre, _PLAN)
    if centre is None:
        demand(member, _PLAN)
    closed = {line.uuid: line for line in closed_assessments(member, centre)}
    if missing := [str(uuid) for uuid in said.assessments if uuid not in closed]:
        told = f"No closed assessments of this place: {', '.join(missing)}."
        raise RefusedActionError(told)
    made = actions.open_roadmap(
        by=member,
        centre=centre,
        settings=said.settings,
        sources=[closed[uuid] for uuid in dict.fromkeys(said.assessments)],
        now=now(),
    )
    return Status(201, _whole(request, made))


@router.get(ONE, response=answers((200, RoadmapOut)))
def one(request: HttpRequest, roadmap: Path[UUID]) -> Any:
    """Return a roadmap with its sources."""
    return _whole(request, find_roadmap(member_of(request), roadmap))


@router.put(ONE, response=answers((200, RoadmapOut)))
def change(request: HttpRequest, roadmap: Path[UUID], said: ChangedRoadmapIn) -> Any:
    """Change how a roadmap counts."""
    by = member_of(request)
    found = find_roadmap(by, roadmap, _PLAN)
    changed = actions.change_roadmap(
        by=by, roadmap=found, seen=said.version, settings=said.settings, now=now()
    )
    return _whole(request, changed)


@router.post(f"{ONE}/archive", response=answers((200, RoadmapOut)))
def archive(request: HttpRequest, roadmap: Path[UUID], said: SeenIn) -> Any:
    """Put a roadmap away."""
    by = member_of(request)
    found = find_roadmap(by, roadmap, _PLAN)
    seen = said.version
    return _whole(request, actions.archive_roadmap(by=by, roadmap=found, seen=seen, now=now()))


@router.post(f"{ONE}/sources/{{source}}/later", response=answers((200, RoadmapOut)))
def take_later(request: HttpRequest, roadmap: Path[UUID], source: Path[UUID], said: SeenIn) -> Any:
    """Take the later assessment of a place in the place of a source."""
    by = member_of(request)
    found = find_roadmap(by, roadmap, _PLAN)
    row = next((each for each in sources_of(found) if each.uuid == source), None)
    if row is None:
        raise UnknownError
    standing = {each.uuid: each.later for each in standing_of_sources(found, by)}
    later = standing[row.uuid]
    if later is None:
        raise RefusedActionError("No later assessment of this place is closed.")
    actions.take_later(by=by, roadmap=found, source=row, seen=said.version, later=later, now=now())
    return _whole(request, found)
