"""What is measured: processes, metrics and systems, defined and changed."""

from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from ninja.responses import Status

from attain.measurement.metrics import Direction, MonthState
from attain.organisations.api_parts import (
    Day,
    Flag,
    Line,
    Listed,
    LongKey,
    PageAsked,
    Said,
    Text,
    Version,
    answers,
    listed,
    listed_of,
    member_of,
)
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre
from attain.organisations.rules import Permission
from attain.performance import models, queries
from attain.performance.actions import defining
from attain.performance.api.parts import (
    MonthOut,
    exact,
    find,
    owner_of,
    process_of,
    strip,
    today_of,
)
from attain.standards.figures import Aspect, ProcessClass

router = Router(tags=["definitions"])
Asked = Query[PageAsked]
Row = TypeVar("Row", models.Process, models.System)


class ProcessOut(Schema):
    """A process of a centre."""

    uuid: UUID
    key: str
    name: str
    facing: ProcessClass
    low_volume: bool
    time_and_materials: bool
    version: int


class ProcessIn(Said):
    """A process to be defined."""

    key: LongKey
    name: Line
    facing: ProcessClass
    low_volume: Flag = False
    time_and_materials: Flag = False


class ProcessChange(Said):
    """What is to be changed of a process, and the version that was seen of it."""

    version: Version
    name: Line | None = None
    facing: ProcessClass | None = None
    low_volume: Flag | None = None
    time_and_materials: Flag | None = None


class SystemOut(Schema):
    """A technology system of a centre."""

    uuid: UUID
    key: str
    name: str
    facing: ProcessClass
    version: int


class SystemIn(Said):
    """A technology system to be defined."""

    key: LongKey
    name: Line
    facing: ProcessClass


class SystemChange(Said):
    """What is to be changed of a system, and the version that was seen of it."""

    version: Version
    name: Line | None = None
    facing: ProcessClass | None = None


class MetricOut(Schema):
    """A metric with its last twelve months; `value` and `target` are those of the last one."""

    uuid: UUID
    key: str
    name: str
    process: str
    aspect: Aspect
    better: Direction
    unit: str
    numerator_words: str
    denominator_words: str
    why: str
    owner: UUID | None
    next_review: date | None
    library_key: str
    retired_on: date | None
    version: int
    months: list[MonthOut]
    on_target: int
    counted: int
    state: MonthState | None
    value: str | None
    target: str | None
    exemption: str | None


class MetricIn(Said):
    """A metric to be defined."""

    key: LongKey
    name: Line
    process: LongKey
    aspect: Aspect
    better: Direction
    unit: Line | None = None
    numerator_words: Text = ""
    denominator_words: Text = ""
    why: Text = ""
    owner: UUID | None = None
    next_review: Day | None = None


class MetricChange(Said):
    """What is to be changed of a metric, and the version that was seen of it."""

    version: Version
    name: Line | None = None
    process: LongKey | None = None
    aspect: Aspect | None = None
    better: Direction | None = None
    unit: Line | None = None
    numerator_words: Text | None = None
    denominator_words: Text | None = None
    why: Text | None = None
    owner: UUID | None = None
    next_review: Day | None = None
    retired_on: Day | None = None


@router.get("/centres/{centre}/processes", response=answers((200, Listed[ProcessOut])))
def processes(request: HttpRequest, centre: Path[LongKey], asked: Asked) -> Any:
    """List the processes of a centre."""
    rows = models.Process.objects.filter(centre=find(request, centre), withdrawn=False)
    return listed(rows, asked)


@router.post("/centres/{centre}/processes", response=answers((201, ProcessOut)))
def define_process(request: HttpRequest, centre: Path[LongKey], said: ProcessIn) -> Any:
    """Define a process."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    made = defining.define_process(centre=found, by=member_of(request), **said.dict())
    return Status(201, made)


@router.patch("/centres/{centre}/processes/{process}", response=answers((200, ProcessOut)))
def change_process(
    request: HttpRequest, centre: Path[LongKey], process: Path[UUID], said: ProcessChange
) -> Any:
    """Change a process that nobody else has changed since it was read."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    row = _found(models.Process, found, process)
    seen, values = _changes(said)
    return defining.change_process(process=row, seen=seen, by=member_of(request), **values)


@router.get("/centres/{centre}/systems", response=answers((200, Listed[SystemOut])))
def systems(request: HttpRequest, centre: Path[LongKey], asked: Asked) -> Any:
    """List the technology systems of a centre."""
    rows = models.System.objects.filter(centre=find(request, centre), withdrawn=False)
    return listed(rows, asked)


@router.post("/centres/{centre}/systems", response=answers((201, SystemOut)))
def define_system(request: HttpRequest, centre: Path[LongKey], said: SystemIn) -> Any:
    """Define a technology system."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    made = defining.define_system(centre=found, by=member_of(request), **said.dict())
    return Status(201, made)


@router.patch("/centres/{centre}/systems/{system}", response=answers((200, SystemOut)))
def change_system(
    request: HttpRequest, centre: Path[LongKey], system: Path[UUID], said: SystemChange
) -> Any:
    """Change a system that nobody else has changed since it was read."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    row = _found(models.System, found, system)
    seen, values = _changes(said)
    return defining.change_system(system=row, seen=seen, by=member_of(request), **values)


def _found(model: type[Row], centre: Centre, uuid: UUID) -> Row:
    row = model.objects.filter(centre=centre, uuid=uuid, withdrawn=False).first()
    if row is None:
        raise UnknownError
    return row


def _changes(said: Schema, *emptied: str) -> tuple[int, dict[str, Any]]:
    """Return the version that was seen, and the changes; None empties only what may be empty."""
    values = said.dict(exclude_unset=True)
    seen = values.pop("version")
    return seen, {n: v for n, v in values.items() if v is not None or n in emptied}


@router.get("/centres/{centre}/metrics", response=answers((200, Listed[MetricOut])))
def metrics(
    request: HttpRequest, centre: Path[LongKey], asked: Asked, as_of: Query[Day | None] = None
) -> Any:
    """List the metrics of a centre with their last twelve months."""
    found = find(request, centre)
    part = listed_of(queries.metric_list(found, as_of or today_of(found)), asked)
    return part | {"items": [_metric(line.metric, line) for line in part["items"]]}


@router.post("/centres/{centre}/metrics", response=answers((201, MetricOut)))
def define_metric(request: HttpRequest, centre: Path[LongKey], said: MetricIn) -> Any:
    """Define a metric of a process."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    values = said.dict() | {"process": process_of(found, said.process), "unit": said.unit or ""}
    values["owner"] = owner_of(found, said.owner)
    made = defining.define_metric(by=member_of(request), **values)
    return Status(201, _metric(made, None))


@router.get("/centres/{centre}/metrics/{metric}", response=answers((200, MetricOut)))
def metric(
    request: HttpRequest,
    centre: Path[LongKey],
    metric: Path[UUID],
    as_of: Query[Day | None] = None,
) -> Any:
    """Return a metric with its last twelve months."""
    found = find(request, centre)
    row = queries.find_metric(found, str(metric))
    return _metric(row, queries.metric_page(row, as_of or today_of(found)).line)


@router.patch("/centres/{centre}/metrics/{metric}", response=answers((200, MetricOut)))
def change_metric(
    request: HttpRequest, centre: Path[LongKey], metric: Path[UUID], said: MetricChange
) -> Any:
    """Change a metric that nobody else has changed since it was read, or retire it."""
    found = find(request, centre, Permission.CHANGE_METRICS)
    row = queries.find_metric(found, str(metric))
    seen, values = _changes(said, "next_review", "retired_on", "owner")
    if "owner" in values:
        values["owner"] = owner_of(found, said.owner)
    if said.process:
        values["process"] = process_of(found, said.process)
    changed = defining.change_metric(metric=row, seen=seen, by=member_of(request), **values)
    return _metric(changed, queries.metric_page(changed, today_of(found)).line)


_OWN = (
    "uuid", "key", "name", "aspect", "better", "unit", "numerator_words", "denominator_words",
    "why", "next_review", "library_key", "retired_on", "version",
)  # fmt: skip


def _metric(metric: models.Metric, line: queries.MetricLine | None) -> dict[str, Any]:
    """Return a metric; one that is retired has no months to tell."""
    target = line.target if line else None
    return {
        **{name: getattr(metric, name) for name in _OWN},
        "process": metric.process.key,
        "owner": metric.owner.uuid if metric.owner else None,
        "months": strip(line.months) if line else [],
        "on_target": line.on_target if line else 0,
        "counted": line.counted if line else 0,
        "state": line.state if line else None,
        "value": exact(line.value) if line else None,
        "target": exact(target.value) if target else None,
        "exemption": line.exemption if line else None,
    }
