"""What is missing, the uptime of systems, and the service level by the hour."""

from collections.abc import Mapping
from datetime import date, time
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.dossier import assembly
from attain.lake.heat import Slot
from attain.measurement.counting import Tally
from attain.measurement.periods import Month, last_full_month, months_until
from attain.organisations.pages import Centre, MemberRequest, now_and_today
from attain.organisations.queries import find_centre, may, visible_centres
from attain.organisations.rules import Permission
from attain.organisations.words import channel_words
from attain.performance import queries, words
from attain.performance.list_forms import SystemsFilter
from attain.performance.queries.rows import rows_of
from attain.performance.tables import SystemsTable
from attain.performance.views.common import (
    address,
    context_of,
    read_month,
    strip,
    today_of,
)
from attain.performance.words import month_words

_YEAR = 12
_A_MONDAY = date(2024, 1, 1)
# The least share, per hundred, of each level of the heat map.
_LEVELS = ((5, 90), (4, 80), (3, 65), (2, 50), (1, 0))


@require_GET
def missing(request: MemberRequest) -> HttpResponse:
    """Show what each centre has not recorded of a month."""
    centres = list(visible_centres(request.member).select_related("organisation"))
    last = last_full_month(now_and_today(request)[1])
    asked = request.GET.get("month")
    month = read_month(asked) if asked else last
    lines = queries.missing_in(centres, month)
    rows = [
        {
            "line": line,
            "centre": line.centre,
            "channels": [channel_words(channel) for channel in line.channels],
            **context_of(request, line.centre),
        }
        for line in lines
    ]
    context = {
        "rows": rows,
        "month": month,
        "month_words": month_words(month),
        "earlier": month.plus(-1),
        "earlier_words": month_words(month.plus(-1)),
        "later": month.plus(1) if month < last else None,
        "later_words": month_words(month.plus(1)),
        "total": sum(line.count for line in lines),
    }
    return render(request, "performance/missing.html", context)


@require_GET
def choose_uptime(request: MemberRequest) -> HttpResponse:
    """Lead to the systems of a centre."""
    return _choice(request, "uptime", _("Systems and uptime"))


@require_GET
def choose_service_level(request: MemberRequest) -> HttpResponse:
    """Lead to the service level of a centre."""
    return _choice(request, "service-level", _("Service level"))


def _choice(request: MemberRequest, name: str, title: str) -> HttpResponse:
    centres = visible_centres(request.member).order_by("name")
    rows = [{"centre": c, "url": address(request, name, centre=c.key)} for c in centres]
    return render(request, "performance/choice.html", {"rows": rows, "title": title})


@require_GET
def uptime(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the systems of a centre with their twelve months of uptime."""
    found = find_centre(request.member, centre)
    lines = queries.uptime_list(found, today_of(found))
    form = SystemsFilter(request.GET or None)
    context = context_of(request, found, form=form, is_empty=not lines)
    table = SystemsTable([_system_row(line) for line in lines if form.takes(line.system)], found)
    table.file_name = f"{found.key}-systems"
    exports = may(request.member, Permission.ANALYSE, found)
    return table.answer(request, "performance/uptime.html", context, exports=exports)


def _system_row(line: queries.UptimeLine) -> dict[str, Any]:
    """Return a system as a row of the list, with the last month of which there is an uptime."""
    month = max((m for m in line.readings if m <= line.track.last), default=None)
    reading = line.readings[month] if month else None
    return {
        "system": line.system,
        "name": line.system.name,
        "months": strip(line.months),
        "on_target": line.on_target,
        "incidents": line.incidents,
        "month": month,
        "uptime": Fraction(reading.uptime) if reading else None,
        "target": Fraction(reading.target) if reading else None,
    }


@require_GET
def service_level(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the service level of a channel by weekday and time of day, with its volume."""
    found = find_centre(request.member, centre)
    targets = assembly.service_levels(rows_of([found], None, ("service_levels",))[found.pk])
    channels = list(dict.fromkeys((*found.channels, *(t.channel for t in targets))))
    channel = request.GET.get("channel", channels[0] if channels else "")
    months = months_until(last_full_month(today_of(found)), _YEAR)
    slots = queries.service_level_heat(found, channel, months) if channel in channels else {}
    context = context_of(
        request,
        found,
        channel=channel,
        heat=_heat(channel, months, slots) if slots else None,
        total=_total(slots),
        targets=[
            (t, channel_words(t.channel), words.figure_words(t.share, "share")) for t in targets
        ],
        tabs=_channel_tabs(request, found, channels, channel),
    )
    return render(request, "performance/service_level.html", context)


def _channel_tabs(
    request: MemberRequest, centre: Centre, channels: list[str], current: str
) -> list[dict[str, Any]]:
    url = address(request, "service-level", centre=centre.key)
    return [
        {"title": channel_words(c), "url": f"{url}?channel={c}", "is_current": c == current}
        for c in channels
    ]


def _total(slots: Mapping[Slot, Tally]) -> dict[str, Any]:
    """Return the volume of the year, and what of it attained."""
    offered = sum(tally.total for tally in slots.values())
    attained = sum(tally.good for tally in slots.values())
    share = Fraction(attained, offered) if offered else None
    words_of = number_format(offered, use_l10n=True, force_grouping=True)
    return {"offered": words_of, "share": words.figure_words(share, "share")}


def _heat(channel: str, months: tuple[Month, ...], slots: Mapping[Slot, Tally]) -> dict[str, Any]:
    """Return the map as the layout draws it: a row for each half hour that has contacts."""
    halves = sorted({slot.half_hour for slot in slots})
    span = {"first": month_words(months[0]), "last": month_words(months[-1])}
    return {
        "caption": _("Contacts in intervals that attained the service level of %(channel)s, "
                     "%(first)s to %(last)s") % ({"channel": channel_words(channel)} | span),
        "corner": _("From"),
        "columns": [
            *(date_format(_A_MONDAY.replace(day=n + 1), "D") for n in range(7)),
            _("Contacts"),
        ],
        "rows": [
            {
                "name": time_format(time(half // 2, half % 2 * 30), "TIME_FORMAT"),
                "cells": [
                    *(_cell(slots.get(Slot(day, half))) for day in range(7)),
                    {"level": None, "text": _volume(slots, half)},
                ],
            }
            for half in range(halves[0], halves[-1] + 1)
        ],
        "legend": _legend(),
        "scale": "judged",
    }  # fmt: skip


def _volume(slots: Mapping[Slot, Tally], half: int) -> str:
    """Return the contacts of a half hour on all days of the week."""
    found = sum(tally.total for slot, tally in slots.items() if slot.half_hour == half)
    return number_format(found, use_l10n=True, force_grouping=True)


def _cell(tally: Tally | None) -> dict[str, Any]:
    """Return a half hour of a weekday: the share that attained, cut, with the volume beside."""
    if tally is None:
        return {"level": None, "text": ""}
    volume = number_format(tally.total, use_l10n=True, force_grouping=True)
    if tally.open:
        return {"level": None, "text": "?", "note": _("%s contacts, no target") % volume}
    percent = tally.good * 100 // tally.total
    level = next(level for level, least in _LEVELS if percent >= least)
    return {"level": level, "text": f"{percent}", "note": _("%s contacts") % volume}


def _legend() -> list[tuple[int, str]]:
    legend, most = [], 100
    for level, least in _LEVELS:
        legend.append((level, _("%(least)s to %(most)s %%") % {"least": least, "most": most}))
        most = least
    return legend
