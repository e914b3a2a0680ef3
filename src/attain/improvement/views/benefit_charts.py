"""A benefit as it is shown: the months as a chart and a table, the difference in words."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from attain.improvement.queries.realised import BenefitRead, MonthRead
from attain.improvement.rules.outcomes import BenefitVerdict, RealisedBenefit
from attain.improvement.words_initiatives import AS_PLANNED, SIDES, VERDICTS
from attain.performance.words import figure_words, month_words


def benefit_shown(benefit: BenefitRead) -> dict[str, Any]:
    """Return what a page shows of a benefit; without its figures for who may not see them."""
    row, metric = benefit.row, benefit.metric
    shown = {
        "row": row,
        "slug": row.uuid.hex[:8],
        "metric": metric,
        "centre": metric.centre,
        "before": spanned(row.before_first, row.before_last),
        "after": spanned(row.after_first, row.after_last),
        "planned": _difference(None if row.planned is None else Fraction(row.planned), metric.unit),
        "to_come": benefit.still_to_come,
        "result": None,
    }
    if benefit.result is None:
        return shown
    return shown | _result(benefit, benefit.result, metric.unit)


def _result(benefit: BenefitRead, result: RealisedBenefit, unit: str) -> dict[str, Any]:
    verdict = result.verdict
    return {
        "result": result,
        "verdict": verdict.value,
        "verdict_words": VERDICTS[verdict],
        "is_noise": verdict is BenefitVerdict.NOISE,
        "is_undetermined": verdict is BenefitVerdict.UNDETERMINED,
        "as_planned": AS_PLANNED[result.is_as_planned],
        "mean_before": figure_words(result.before.mean, unit),
        "mean_after": figure_words(result.after.mean, unit),
        "difference": _difference(result.difference, unit),
        "interval": _interval(result, unit),
        "missing": result.before.missing + result.after.missing,
        "chart": _chart(benefit, result),
        "months": [
            (month_words(each.month), figure_words(each.value, unit), SIDES[each.side])
            for each in benefit.months
        ],
    }


def spanned(first: Any, last: Any) -> str:
    """Write a span of months for a person."""
    if first == last:
        return month_words(first)
    return _("%(first)s to %(last)s") % {"first": month_words(first), "last": month_words(last)}


def _difference(value: Fraction | None, unit: str) -> str:
    """Write a difference with its sign; of a share, in percentage points."""
    if value is None:
        return ""
    sign = "+" if value > 0 else ""
    if unit == "share":
        return _("%(number)s points") % {"number": sign + figure_words(value * 100, "")}
    return sign + figure_words(value, unit)


def _interval(result: RealisedBenefit, unit: str) -> str:
    if result.low is None or result.high is None:
        return ""
    low, high = (Fraction(Decimal(repr(end))) for end in (result.low, result.high))
    ends = {"low": _difference(low, unit), "high": _difference(high, unit)}
    return _("%(low)s to %(high)s") % ends


def _chart(benefit: BenefitRead, result: RealisedBenefit) -> dict[str, Any]:
    """Return the chart of the months: the metric, and its mean on each side."""
    months, factor = benefit.months, 100 if benefit.metric.unit == "share" else 1

    def drawn(value: Fraction | None) -> float | None:
        # A position on a screen; nothing is compared with it.
        return None if value is None else float(value * factor)

    return {
        "grid": {"left": 56, "right": 16, "top": 32, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "legend": {"top": 0},
        "xAxis": {"type": "category", "data": [month_words(each.month) for each in months]},
        "yAxis": {"type": "value", "scale": True},
        "series": [
            {
                "type": "line",
                "name": benefit.metric.name,
                "data": [drawn(each.value) for each in months],
            },
            _mean(_("Mean before"), months, "before", drawn(result.before.mean), "var(--calm)"),
            _mean(_("Mean after"), months, "after", drawn(result.after.mean), "var(--good-fill)"),
        ],
    }


def _mean(
    name: str, months: Sequence[MonthRead], side: str, mean: float | None, colour: str
) -> dict[str, Any]:
    return {
        "type": "line",
        "name": name,
        "symbol": "none",
        "lineStyle": {"type": "dashed", "width": 3},
        "color": colour,
        "data": [mean if each.side == side else None for each in months],
    }
