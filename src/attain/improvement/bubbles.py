"""The bubbles of ranked steps: return by impact, the size what it costs or the effort."""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from django.utils.translation import gettext as _

from attain.improvement.roadmap_rows import RankRow

MOST_BUBBLES = 200
"""More cannot be told apart; the best ranked ones are drawn."""
_SMALLEST, _LARGEST = 8, 44
_EFFORTS = 5


def bubbles(rows: Sequence[RankRow], currency: str) -> dict[str, Any] | None:
    """Return the chart as ECharts draws it; None where no step has both a return and an impact."""
    shown = [r for r in rows if r.ranked.returned is not None and r.ranked.impact is not None]
    shown = shown[:MOST_BUBBLES]
    if not shown:
        return None
    costs = [_cost(row) for row in shown if row.appraisal.money is not None]
    most = max(costs, default=0) or 1
    in_money = [_bubble(r, _cost(r) / most) for r in shown if r.appraisal.money is not None]
    # An effort that the model does not give is drawn as the smallest.
    by_effort = [_bubble(r, (r.effort or 0) / _EFFORTS) for r in shown if r.appraisal.money is None]
    named = (
        (_("Size: cost in %(currency)s") % {"currency": currency}, in_money),
        (_("Size: effort by the model"), by_effort),
    )
    axis = {"type": "value", "min": 0, "max": 100, "nameLocation": "middle"}
    return {
        "legend": {"top": 0},
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "grid": {"left": 56, "right": 24, "top": 40, "bottom": 48},
        "xAxis": {**axis, "name": _("Impact, %"), "nameGap": 28},
        "yAxis": {**axis, "name": _("Share returned, %"), "nameGap": 36},
        "series": [
            {"type": "scatter", "name": name, "data": data, "itemStyle": {"opacity": 0.65}}
            for name, data in named
            if data
        ],
    }


def _cost(row: RankRow) -> int:
    money = row.appraisal.money
    return 0 if money is None else money.costs(row.years)


def _bubble(row: RankRow, share: float) -> dict[str, Any]:
    # Positions on a screen; nothing is compared with them. An area says how much, not a width.
    at = [float((row.ranked.impact or 0) * 100), float((row.ranked.returned or 0) * 100)]
    size = _SMALLEST + (_LARGEST - _SMALLEST) * sqrt(share)
    name = f"{row.rank}. {row.item}, {row.levels} ({row.place})"
    return {"name": name, "value": at, "symbolSize": round(size)}
