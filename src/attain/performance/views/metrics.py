"""The metrics: of every centre, of one centre, and one metric with its history."""

from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.dossier.tables import TABLES
from attain.measurement.metrics import MonthState
from attain.measurement.periods import Month, last_full_month, months_until
from attain.organisations.pages import MemberRequest, get_or_post
from attain.organisations.queries import find_centre, visible_centres
from attain.organisations.rules import Permission
from attain.performance import models, queries, words
from attain.performance.actions import readings
from attain.performance.forms import RowForm, initial_of
from attain.performance.queries.metrics import MetricLine, MetricPage
from attain.performance.shelves import SHELVES
from attain.performance.views.common import (
    address,
    context_of,
    form_page,
    month_words,
    read_month,
    strip,
    today_everywhere,
    today_of,
)

_TWO_YEARS = 24


@require_GET
def estate(request: MemberRequest) -> HttpResponse:
    """Show each centre that a member may see, and how many of its metrics are on target."""
    centres = list(visible_centres(request.member).select_related("organisation"))
    lists = queries.metric_lists(centres, today_everywhere(request))
    rows = [{"centre": centre, **_counts(lists[centre.pk])} for centre in centres]
    month = last_full_month(today_everywhere(request))
    context = {"rows": rows, "month": month_words(month)}
    return render(request, "performance/estate.html", context)


def _counts(lines: list[MetricLine]) -> dict[str, int]:
    """Return in what state the metrics of a centre were in the last month."""
    states = [line.state for line in lines]
    known = {state.value: states.count(state) for state in MonthState}
    missing = known["no_reading"] + known["no_target"]
    return {"metrics": len(lines), "missing": missing, **known}


@require_GET
def of_centre(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the metrics of a centre with their twelve months."""
    found = find_centre(request.member, centre)
    lines = queries.metric_list(found, today_of(found))
    rows = [_row(line) for line in lines]
    last = last_full_month(today_of(found))
    context = context_of(
        request, found, rows=rows, month=month_words(last), processes=_processes(found.pk)
    )
    return render(request, "performance/metrics.html", context)


def _processes(centre: int) -> list[models.Process]:
    return list(models.Process.objects.filter(centre=centre, withdrawn=False))


def _row(line: MetricLine) -> dict[str, Any]:
    """Return a metric as a row of the list."""
    unit = line.metric.unit
    return {
        "metric": line.metric,
        "months": strip(line.months),
        "value": words.figure_words(line.value, unit),
        "target": words.figure_words(line.target.value if line.target else None, unit),
        "state": line.state,
        "on_target": line.on_target,
        "counted": line.counted,
        "exemption": words.exemption_words(line.exemption),
    }


@require_GET
def one(request: MemberRequest, centre: str, metric: str) -> HttpResponse:
    """Show a metric: its chart with the target, its months, restatements and revisions."""
    found = find_centre(request.member, centre)
    measured = queries.find_metric(found, metric)
    page = queries.metric_page(measured, today_of(found))
    last = last_full_month(today_of(found))
    context = context_of(
        request,
        found,
        metric=measured,
        line=_row(page.line) if page.line else None,
        chart=_chart(measured, page, last),
        rows=_months(measured, page, last),
        targets=[
            {"target": t, "value": words.figure_words(Fraction(t.value), measured.unit)}
            for t in page.targets
        ],
    )
    return render(request, "performance/metric.html", context)


def _months(metric: models.Metric, page: MetricPage, last: Month) -> list[dict[str, Any]]:
    """Return two years of a metric as rows, the latest first; older ones where they have data."""
    known = {each.month: each for each in page.history}
    shown = {*months_until(last, _TWO_YEARS), *known}
    first = min(known, default=last)
    return [
        _month(metric, page, month, known.get(month), is_over=month <= last)
        for month in sorted(shown, reverse=True)
        if month >= first
    ]


def _month(
    metric: models.Metric,
    page: MetricPage,
    month: Month,
    each: queries.MonthHistory | None,
    *,
    is_over: bool,
) -> dict[str, Any]:
    """Return a month of a metric as a row; one that still runs is not judged yet."""
    state = page.line.track.state(month) if page.line and is_over else None
    return {
        "month": month,
        "words": month_words(month),
        "state": state,
        "current": each.current if each else None,
        "value": words.figure_words(_value(each.current if each else None), metric.unit),
        "target": words.figure_words(page.target_on(month), metric.unit),
        "is_closed": bool(each and each.is_closed),
        "is_restated": bool(each and each.is_restated),
        "frozen": words.figure_words(_value(each.frozen if each else None), metric.unit),
        "revisions": each.revisions if each else (),
    }


def _value(reading: models.Reading | None) -> Fraction | None:
    """Return the figure of a reading; None where it has no data."""
    if reading is None or reading.denominator == 0:
        return None
    return Fraction(reading.numerator) / Fraction(reading.denominator or 1)


def _chart(metric: models.Metric, page: MetricPage, last: Month) -> dict[str, Any]:
    """Return the chart of two years: the figures, and the target as steps."""
    months = months_until(last, _TWO_YEARS)
    current = {each.month: _value(each.current) for each in page.history}
    factor = 100 if metric.unit == "share" else 1

    def drawn(value: Fraction | None) -> float | None:
        # A position on a screen; nothing is compared with it.
        return None if value is None else float(value * factor)

    return {
        "grid": {"left": 56, "right": 16, "top": 32, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [month_words(month) for month in months]},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            {
                "type": "line",
                "name": metric.name,
                "data": [drawn(current.get(month)) for month in months],
            },
            {
                "type": "line",
                "name": _("Target"),
                "step": "middle",
                "symbol": "none",
                "lineStyle": {"type": "dashed"},
                "data": [drawn(page.target_on(month)) for month in months],
            },
        ],
    }


@get_or_post
def reading(request: MemberRequest, centre: str, metric: str, month: str) -> HttpResponse:
    """Record the reading of a month, or correct it with a reason."""
    found = find_centre(request.member, centre, Permission.RECORD_FIGURES)
    measured, at = queries.find_metric(found, metric), read_month(month)
    current = models.Reading.objects.filter(
        metric=measured, month=at, is_current=True, withdrawn=False
    ).first()
    row = {} if current is None else _said(current)
    form = RowForm(
        request.POST or None,
        table=TABLES["readings"],
        centre=found,
        fixed={"metric": measured.key, "month": str(at)},
        seen=current.revision if current else None,
        initial=initial_of(row, found.site.timezone),
    )

    def act(said: dict[str, Any]) -> str:
        values = {"numerator": form.row["numerator"], "denominator": form.row["denominator"]}
        if current is None:
            readings.record_reading(metric=measured, month=at, by=request.member, **values)
            return _("The reading was recorded.")
        readings.correct_reading(
            metric=measured,
            month=at,
            seen=said["seen"] or 0,
            reason=said["why"],
            by=request.member,
            **values,
        )
        return _("The reading was corrected.")

    title = _("%(metric)s in %(month)s") % {"metric": measured, "month": month_words(at)}
    then = address(request, "metric", centre=found.key, metric=measured.uuid)
    return form_page(request, form, act, title, then)


def _said(current: models.Reading) -> dict[str, Any]:
    shelf = SHELVES["readings"]
    kept = (getattr(current, f) for f in shelf.fields if f != shelf.parent)
    return shelf.row((current.metric.key, *kept))


@require_POST
def close(request: MemberRequest, centre: str, month: str) -> HttpResponse:
    """Close a month of a centre."""
    found = find_centre(request.member, centre, Permission.CLOSE_MONTHS)
    at = read_month(month)
    readings.close_month(centre=found, month=at, by=request.member)
    messages.success(request, _("%s was closed.") % month_words(at))
    return redirect(f"{address(request, 'missing')}?month={at}")
