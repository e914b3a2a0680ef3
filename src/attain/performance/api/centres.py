"""Centres: what they are, their coverage, what is missing, their service level, their dossier."""

import tempfile
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import Path as InPath
from ninja import Query, Router, Schema
from ninja.responses import Status

from attain.dossier import assembly
from attain.measurement.periods import Month, last_full_month, months_until
from attain.organisations.api_parts import (
    Day,
    Listed,
    LongKey,
    MonthText,
    PageAsked,
    Said,
    Whole,
    answers,
    file_answer,
    listed,
    listed_of,
    member_of,
)
from attain.organisations.pages import Centre
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission
from attain.performance import models, queries
from attain.performance.actions import covering
from attain.performance.api.parts import find, today_of
from attain.performance.queries.rows import rows_of

router = Router(tags=["centres"])
Asked = Query[PageAsked]
_YEAR = 12


class CentreOut(Schema):
    """A centre: a whole site, or one programme at a site."""

    key: str
    name: str
    site: str
    programme: str | None
    timezone: str
    channels: list[str]

    @staticmethod
    def resolve_site(centre: Centre) -> str:
        """Return the key of the site."""
        return centre.site.key

    @staticmethod
    def resolve_programme(centre: Centre) -> str | None:
        """Return the key of the programme; None for a whole site."""
        return centre.programme.key if centre.programme else None

    @staticmethod
    def resolve_timezone(centre: Centre) -> str:
        """Return the time zone of the site."""
        return centre.site.timezone


class CoverageOut(Schema):
    """How many contacts the site has, and how many of them are assessed, from a date on."""

    since: date
    site_volume: int
    assessed_volume: int


class CoverageIn(Said):
    """A coverage that holds from a date on."""

    since: Day
    site_volume: Whole
    assessed_volume: Whole


class MissingOut(Schema):
    """What a centre has not recorded of a month."""

    centre: str
    month: str
    metrics: list[str]
    systems: list[str]
    channels: list[str]
    is_closed: bool


class SlotOut(Schema):
    """A half hour of a weekday: Monday is 0, and the first half hour of the day.

    `open` of the `offered` contacts lie in intervals for which no target is in force.
    """

    weekday: int
    half_hour: int
    attained: int
    open: int
    offered: int


class HeatOut(Schema):
    """The service level of a channel by weekday and half hour, over twelve months."""

    channel: str
    first_month: str
    last_month: str
    slots: list[SlotOut]


@router.get("/centres", response=answers((200, Listed[CentreOut])))
def centres(request: HttpRequest, asked: Asked) -> Any:
    """List the centres whose figures the member may see."""
    return listed(visible_centres(member_of(request)).order_by("name", "pk"), asked)


@router.get("/centres/{centre}", response=answers((200, CentreOut)))
def centre(request: HttpRequest, centre: InPath[LongKey]) -> Any:
    """Return a centre."""
    return find(request, centre)


@router.get("/centres/{centre}/coverage", response=answers((200, Listed[CoverageOut])))
def coverage(request: HttpRequest, centre: InPath[LongKey], asked: Asked) -> Any:
    """List how much of the site was assessed, the latest first."""
    rows = models.CoverageFigure.objects.filter(
        centre=find(request, centre), is_current=True, withdrawn=False
    )
    return listed(rows.order_by("-since"), asked)


@router.post("/centres/{centre}/coverage", response=answers((201, CoverageOut)))
def set_coverage(request: HttpRequest, centre: InPath[LongKey], said: CoverageIn) -> Any:
    """Say how much of the site is assessed from a date on."""
    found = find(request, centre, Permission.RECORD_FIGURES)
    made = covering.set_coverage(centre=found, by=member_of(request), **said.dict())
    return Status(201, made)


@router.get("/missing", response=answers((200, Listed[MissingOut])))
def missing(request: HttpRequest, asked: Asked, month: Query[MonthText | None] = None) -> Any:
    """List what each centre has not recorded of a month: the last full one where none is named."""
    member = member_of(request)
    rows = visible_centres(member).select_related("organisation").order_by("name", "pk")
    part = rows[asked.offset : asked.offset + asked.limit]
    chosen = list(part)
    if not chosen:
        return {"count": rows.count(), "items": []}
    last = last_full_month(today_of(chosen[0]))
    lines = queries.missing_in(chosen, Month.parse(month) if month else last)
    return {"count": rows.count(), "items": [_missing(line) for line in lines]}


@router.get("/centres/{centre}/missing", response=answers((200, MissingOut)))
def missing_at(
    request: HttpRequest, centre: InPath[LongKey], month: Query[MonthText | None] = None
) -> Any:
    """Return what a centre has not recorded of a month."""
    found = find(request, centre)
    asked = Month.parse(month) if month else last_full_month(today_of(found))
    return _missing(queries.missing_in([found], asked)[0])


def _missing(line: queries.MissingLine) -> dict[str, Any]:
    return {
        "centre": line.centre.key,
        "month": str(line.month),
        "metrics": [metric.key for metric in line.metrics],
        "systems": [system.key for system in line.systems],
        "channels": list(line.channels),
        "is_closed": line.is_closed,
    }


@router.get("/centres/{centre}/service-level", response=answers((200, Listed[HeatOut])))
def service_level(
    request: HttpRequest,
    centre: InPath[LongKey],
    asked: Asked,
    until: Query[MonthText | None] = None,
) -> Any:
    """List the service level of each channel by weekday and half hour of the site's own clock."""
    found = find(request, centre)
    targets = assembly.service_levels(rows_of([found], None, ("service_levels",))[found.pk])
    channels = list(dict.fromkeys((*found.channels, *(t.channel for t in targets))))
    last = Month.parse(until) if until else last_full_month(today_of(found))
    part = listed_of(channels, asked)
    months = months_until(last, _YEAR)
    return part | {"items": [_heat(found, channel, months) for channel in part["items"]]}


def _heat(centre: Centre, channel: str, months: tuple[Month, ...]) -> dict[str, Any]:
    found = queries.service_level_heat(centre, channel, months)
    slots = [
        {
            "weekday": slot.weekday,
            "half_hour": slot.half_hour,
            "attained": tally.good,
            "open": tally.open,
            "offered": tally.total,
        }
        for slot, tally in sorted(found.items())
    ]
    span = {"first_month": str(months[0]), "last_month": str(months[-1])}
    return {"channel": channel, "slots": slots, **span}


@router.get(
    "/centres/{centre}/dossier",
    response=answers(),
    openapi_extra=file_answer("application/zip"),
)
def dossier(request: HttpRequest, centre: InPath[LongKey], as_of: Query[Day | None] = None) -> Any:
    """Return the records of a centre as a dossier in a zip file, which `attain certify` reads."""
    found = find(request, centre, Permission.ANALYSE)
    # The file goes when the answer was sent: nothing else names it.
    packed = tempfile.TemporaryFile()  # noqa: SIM115
    with tempfile.TemporaryDirectory(prefix="attain-dossier-") as place:
        folder = Path(place) / found.key
        names = queries.export_dossier(found, folder, as_of or today_of(found))
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.write(folder / name, f"{found.key}/{name}")
    packed.seek(0)
    return FileResponse(
        packed, as_attachment=True, filename=f"{found.key}.zip", content_type="application/zip"
    )
