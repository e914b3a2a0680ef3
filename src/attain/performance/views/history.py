"""A metric as rows: in a list, by month, and as a chart."""

from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from attain.measurement.periods import Month, months_until
from attain.performance import models, queries, words
from attain.performance.queries.metrics import MetricLine, MetricPage
from attain.performance.views.common import strip
from attain.performance.words import month_words

_TWO_YEARS = 24


def metric_row(line: MetricLine) -> dict[str, Any]:
    """Return a metric as a row of a list."""
    return {
        "metric": line.metric,
        "name": line.metric.name,
        "unit": line.metric.unit,
        "months": strip(line.months),
        "value": line.value,
        "target": line.target.value if line.target else None,
        "state": line.state,
        "on_target": line.on_target,
        "counted": line.counted,
        "exemption": words.exemption_words(line.exemption),
        "is_overdue": line.is_overdue,
    }


def figure_of(page: MetricPage, month: Month) -> dict[str, str]:
    """Return the figure and the target of a month in words, and on how many cases it rests."""
    if page.line is None:
        return {}
    unit, target = page.line.metric.unit, page.line.target
    current = next((each.current for each in page.history if each.month == month), None)
    cases = current.denominator if current else None
    return {
        "value": words.figure_words(page.line.value, unit),
        "target": words.figure_words(target.value if target else None, unit),
        "n": "" if cases is None else words.figure_words(Fraction(cases), ""),
    }


def month_rows(metric: models.Metric, page: MetricPage, last: Month) -> list[dict[str, Any]]:
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
    value, target = _value(each.current if each else None), page.target_on(month)
    return {
        "month": month,
        "words": month_words(month),
        "state": state,
        "unit": metric.unit,
        "current": each.current if each else None,
        "value": value,
        "said": words.figure_words(value, metric.unit),
        "target": target,
        "target_said": words.figure_words(target, metric.unit),
        "standing": _standing(each),
        "is_restated": bool(each and each.is_restated),
        "frozen": _value(each.frozen if each else None),
        "versions": len(each.revisions) if each else 0,
    }


def _standing(each: queries.MonthHistory | None) -> str | None:
    """Say whether a month is closed, and whether it says something else since."""
    if each is None or not each.is_closed:
        return None
    return "restated" if each.is_restated else "closed_month"


def _value(reading: models.Reading | None) -> Fraction | None:
    """Return the figure of a reading; None where it has no data."""
    if reading is None or reading.denominator == 0:
        return None
    return Fraction(reading.numerator) / Fraction(reading.denominator or 1)


def history_chart(metric: models.Metric, page: MetricPage, last: Month) -> dict[str, Any]:
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
