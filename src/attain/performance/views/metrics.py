"""The metrics: of every centre, of one centre, and one metric with its history."""

from datetime import date
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.dossier.tables import TABLES
from attain.measurement.metrics import MonthState
from attain.measurement.periods import Month, last_full_month
from attain.organisations.kept import kept_of
from attain.organisations.pages import Centre, MemberRequest, form_page, get_or_post, now_and_today
from attain.organisations.queries import find_centre, may, may_somewhere, visible_centres
from attain.organisations.rules import Permission
from attain.performance import models, queries, words
from attain.performance.actions import readings
from attain.performance.forms import RowForm, initial_of
from attain.performance.list_forms import CentresFilter, MetricsFilter, MonthsFilter
from attain.performance.queries.metrics import MetricLine, MetricPage
from attain.performance.rules import is_overdue
from attain.performance.shelves import SHELVES
from attain.performance.tables import CentresTable, MetricsTable, MonthsTable, VersionsTable
from attain.performance.views.common import address, context_of, read_month, today_of
from attain.performance.views.history import figure_of, history_chart, metric_row, month_rows
from attain.performance.words import month_words


@require_GET
def estate(request: MemberRequest) -> HttpResponse:
    """Show each centre that a member may see, and how many of its metrics are on target."""
    centres = list(visible_centres(request.member).select_related("organisation"))
    _now, today = now_and_today(request)
    month = last_full_month(today)
    counts = _kept_counts(centres, today, month)
    form = CentresFilter(request.GET or None)
    regions = (centre.site.region for centre in centres)
    form.offer_found("region", [(region.key, region.name) for region in regions if region])
    rows: list[dict[str, Any]] = [{"centre": each, **counts[each.pk]} for each in centres]
    context = {"form": form, "is_empty": not rows, "month": month_words(month)}
    table = CentresTable([row for row in rows if form.takes(row["centre"])])
    exports = may_somewhere(request.member, Permission.ANALYSE)
    return table.answer(request, "performance/estate.html", context, exports=exports)


def _kept_counts(centres: list[Centre], today: date, month: Month) -> dict[int, dict[str, int]]:
    def work(missing: list[Centre]) -> dict[int, dict[str, int]]:
        lists = queries.metric_lists(missing, today, since=month)
        return {pk: _counts(lines) for pk, lines in lists.items()}

    return kept_of(centres, {centre.pk: f"metrics:{today}" for centre in centres}, work)


def _counts(lines: list[MetricLine]) -> dict[str, int]:
    """Return in what state the metrics of a centre were in the last month."""
    states = [line.state for line in lines]
    known = {state.value: states.count(state) for state in MonthState}
    missing = known["no_reading"] + known["no_target"]
    overdue = sum(line.is_overdue for line in lines)
    return {"metrics": len(lines), "missing": missing, "overdue": overdue, **known}


@require_GET
def of_centre(request: MemberRequest, centre: str) -> HttpResponse:
    """Show the metrics of a centre with their twelve months."""
    found = find_centre(request.member, centre)
    lines = queries.metric_list(found, today_of(found))
    form = MetricsFilter(request.GET or None, lines=lines)
    last = last_full_month(today_of(found))
    context = context_of(
        request,
        found,
        form=form,
        is_empty=not lines,
        month=month_words(last),
        processes=_processes(found.pk),
    )
    rows = [metric_row(line) for line in lines if form.takes(line)]
    table = MetricsTable(rows, found, month_words(last))
    table.file_name = f"{found.key}-metrics"
    exports = may(request.member, Permission.ANALYSE, found)
    return table.answer(request, "performance/metrics.html", context, exports=exports)


def _processes(centre: int) -> list[models.Process]:
    return list(models.Process.objects.filter(centre=centre, withdrawn=False).order_by("name"))


@require_GET
def one(request: MemberRequest, centre: str, metric: str) -> HttpResponse:
    """Show a metric: its chart with the target, its months, restatements and versions."""
    found = find_centre(request.member, centre)
    measured = queries.find_metric(found, metric)
    page = queries.metric_page(measured, today_of(found))
    last = last_full_month(today_of(found))
    months = month_rows(measured, page, last)
    form = MonthsFilter(request.GET or None)
    tables = (
        MonthsTable([row for row in months if form.takes(row["month"], row["state"])], found),
        VersionsTable(_versions(page, form), found, prefix="versions-"),
    )
    exports = may(request.member, Permission.ANALYSE, found)
    for table in tables:
        table.file_name = f"{found.key}-{measured.key}-{type(table).__name__[:-5].lower()}"
        if file := table.prepare(request, exports=exports):
            return file
    context = context_of(
        request,
        found,
        metric=measured,
        line=metric_row(page.line) if page.line else None,
        figure=figure_of(page, last),
        last=month_words(last),
        is_overdue=is_overdue(measured.next_review, today_of(found)),
        chart=history_chart(measured, page, last),
        rows=months,
        form=form,
        months=tables[0],
        versions=tables[1],
        targets=[
            {"target": t, "value": words.figure_words(Fraction(t.value), measured.unit)}
            for t in page.targets
        ],
    )
    return render(request, "performance/metric.html", context)


def _versions(page: MetricPage, form: MonthsFilter) -> list[models.Reading]:
    """Return every version of the readings of the months that are asked for."""
    asked = (each for each in page.history if form.takes(each.month, None))
    return [version for each in asked for version in each.revisions]


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
    return form_page(request, form, act, then=then, title=title)


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
