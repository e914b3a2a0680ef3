"""The steps of a roadmap: what is said of each, taking it over, and their ranking."""

from datetime import datetime
from fractions import Fraction
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Field, Path, Query, Router, Schema
from pydantic import StringConstraints

from attain.improvement.actions import appraising as actions
from attain.improvement.actions.goals import MOST_GOALS
from attain.improvement.queries.finding import find_roadmap
from attain.improvement.queries.reading import RoadmapReading, StepLine, read_roadmap
from attain.improvement.queries.roadmaps import said_by
from attain.improvement.roadmap_rows import row_of
from attain.improvement.rules.appraisal import (
    FIFTHS,
    HIGHEST_IMPACT,
    Range,
)
from attain.improvement.rules.ranking import (
    Lacking,
)
from attain.improvement.rules.saying import LONGEST_NOTE, MOST_BEFORE, MOST_DAYS, StepSaid
from attain.organisations.api_parts import (
    Key,
    Listed,
    LongKey,
    PageAsked,
    Said,
    SeenVersion,
    Whole,
    answers,
    listed_of,
    member_of,
    now,
)
from attain.organisations.errors import UnknownError
from attain.organisations.rules import Permission

router = Router(tags=["roadmaps"])
ONE = "/roadmaps/{roadmap}"
STEP = f"{ONE}/steps/{{place}}/{{item}}/{{to}}"
_PLAN = Permission.PLAN_ROADMAPS
_LINE = r"^[^\x00-\x1f\x7f]*$"
StepKey = Annotated[
    str,
    StringConstraints(min_length=1, max_length=360, pattern=_LINE),
    Field(examples=["leeds/forecast/2"]),
]
PlaceKey = Annotated[
    str, StringConstraints(min_length=1, max_length=200, pattern=r"^[-a-zA-Z0-9_.]+$")
]
Level = Annotated[int, Field(ge=0, le=999)]
Impact = Annotated[int, Field(strict=True, ge=0, le=HIGHEST_IMPACT)]
Scale = Annotated[int, Field(strict=True, ge=1, le=FIFTHS, examples=[4])]
Days = Annotated[int, Field(strict=True, ge=0, le=MOST_DAYS, examples=[12])]
UpToTwenty = Annotated[int, Field(strict=True, ge=1, le=20, examples=[1])]
Quarter = Annotated[int, Field(strict=True, ge=0, le=19, examples=[0])]
Note = Annotated[
    str,
    StringConstraints(max_length=LONGEST_NOTE, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"),
    Field(examples=["Two quotes were asked for."]),
]


class AmountRangeOut(Schema):
    """An estimate in minor units: at the least, most likely, at the most."""

    low: int
    likely: int
    high: int


class AmountRangeIn(Said):
    """An estimate in minor units: at the least, most likely, at the most."""

    low: Whole
    likely: Whole
    high: Whole


class StepSaidOut(Schema):
    """What was said of a step; what nobody said is null."""

    one_off: AmountRangeOut | None
    running: AmountRangeOut | None
    benefit: AmountRangeOut | None
    scale: int | None
    impacts: dict[str, int]
    days: int | None
    quarters: int
    earliest: int
    latest: int | None
    after: list[str]
    note: str
    appraised_by: str
    appraised_at: datetime
    version: int


class RoadmapStepOut(Schema):
    """A step from a level to the next; `before` is the lower step of the item, which comes first.

    `returned` and `impact` are exact fractions from 0 to 1, null where they are not known.
    """

    step: str
    place: str
    item: str
    title: str
    level: int
    to: int
    process: str | None
    effort: int | None
    gain: int | None
    benefit: str
    before: str | None
    state: Literal["appraised", "partly_appraised", "not_appraised"]
    lacking: list[Lacking]
    returned: str | None
    impact: str | None
    said: StepSaidOut | None


class StepAppraisalIn(Said):
    """What is said of a step as a whole; version 0 where nothing was said before.

    The return is three ranges of money in minor units, or the scale; quarters count from 0.
    """

    version: SeenVersion
    one_off: AmountRangeIn | None = None
    running: AmountRangeIn | None = None
    benefit: AmountRangeIn | None = None
    scale: Scale | None = None
    impacts: dict[Key, Impact] = Field({}, max_length=MOST_GOALS)
    days: Days | None = None
    quarters: UpToTwenty = 1
    earliest: Quarter = 0
    latest: Quarter | None = None
    after: list[StepKey] = Field([], max_length=MOST_BEFORE)
    note: Note = ""

    @property
    def whole(self) -> StepSaid:
        """What is said, as the rules read it."""
        names = ("scale", "impacts", "days", "quarters", "earliest", "latest", "note")
        return StepSaid(
            one_off=_range(self.one_off),
            running=_range(self.running),
            benefit=_range(self.benefit),
            after=tuple(dict.fromkeys(self.after)),
            **{name: getattr(self, name) for name in names},
        )


class TakingOverIn(Said):
    """To which steps what was said of one is taken over."""

    to: list[StepKey] = Field(min_length=1, max_length=1_000)


class TakenOverOut(Schema):
    """The steps to which it was taken over."""

    to: list[str]


class StepsAsked(PageAsked):
    """Which steps are asked for; without a word of it every one."""

    process: Key | None = None
    place: PlaceKey | None = None
    state: Literal["appraised", "partly_appraised", "not_appraised"] | None = None


def _range(said: AmountRangeIn | None) -> Range | None:
    return None if said is None else Range(said.low, said.likely, said.high)


def exact(value: Fraction | None) -> str | None:
    """Return a fraction as a text, exact: 9/10."""
    return None if value is None else str(value)


def _out(reading: RoadmapReading, line: StepLine) -> dict[str, Any]:
    step, row = line.read.step, row_of(reading, line)
    return {
        "step": line.key,
        "place": step.centre,
        "item": step.item,
        "title": line.read.words.item,
        "level": step.level,
        "to": step.to,
        "process": step.process,
        "effort": step.effort,
        "gain": step.gain,
        "benefit": step.benefit,
        "before": reading.lower.get(line.key),
        "state": line.state,
        "lacking": line.lacking,
        "returned": exact(row.returned),
        "impact": exact(row.impact),
        "said": _said(line),
    }


def _said(line: StepLine) -> dict[str, Any] | None:
    row = line.row
    if row is None:
        return None
    said = said_by(row)
    ranges = {name: None if each is None else vars(each) for name, each in said.ranges.items()}
    by = {"appraised_by": str(row.appraised_by), "appraised_at": row.appraised_at}
    return {**vars(said), **ranges, **by, "version": row.version}


def _line(reading: RoadmapReading, place: str, item: str, to: int) -> StepLine:
    key = f"{place}/{item}/{to}"
    found = next((line for line in reading.lines if line.key == key), None)
    if found is None:
        raise UnknownError
    return found


@router.get(f"{ONE}/steps", response=answers((200, Listed[RoadmapStepOut])))
def index(request: HttpRequest, roadmap: Path[UUID], asked: Query[StepsAsked]) -> Any:
    """List the steps of a roadmap with what was said of each."""
    reading = read_roadmap(find_roadmap(member_of(request), roadmap))
    wanted = ((line, line.read.step) for line in reading.lines)
    found = [
        line
        for line, step in wanted
        if asked.process in (None, step.process)
        and asked.place in (None, step.centre)
        and asked.state in (None, line.state)
    ]
    return listed_of([_out(reading, line) for line in found], asked)


@router.get(STEP, response=answers((200, RoadmapStepOut)))
def one(
    request: HttpRequest,
    roadmap: Path[UUID],
    place: Path[PlaceKey],
    item: Path[LongKey],
    to: Path[Level],
) -> Any:
    """Return a step with what was said of it."""
    reading = read_roadmap(find_roadmap(member_of(request), roadmap))
    return _out(reading, _line(reading, place, item, to))


@router.put(STEP, response=answers((200, RoadmapStepOut)))
def appraise(
    request: HttpRequest,
    roadmap: Path[UUID],
    place: Path[PlaceKey],
    item: Path[LongKey],
    to: Path[Level],
    said: StepAppraisalIn,
) -> Any:
    """Say of a step what it costs and brings, as a whole."""
    by = member_of(request)
    found = find_roadmap(by, roadmap, _PLAN)
    key = _line(read_roadmap(found), place, item, to).key
    actions.appraise(by=by, roadmap=found, step=key, seen=said.version, said=said.whole, now=now())
    reading = read_roadmap(found)
    return _out(reading, _line(reading, place, item, to))


@router.post(f"{STEP}/take-over", response=answers((200, TakenOverOut)))
def take_over(
    request: HttpRequest,
    roadmap: Path[UUID],
    place: Path[PlaceKey],
    item: Path[LongKey],
    to: Path[Level],
    said: TakingOverIn,
) -> Any:
    """Take over what was said of a step to the same step elsewhere."""
    by = member_of(request)
    found = find_roadmap(by, roadmap, _PLAN)
    key = _line(read_roadmap(found), place, item, to).key
    taken = actions.take_over(by=by, roadmap=found, origin=key, to=said.to, now=now())
    return {"to": taken}
