"""Charts of plans, as ECharts draws them: in a browser, and on the server for paper."""

from typing import Any

from django.utils.translation import gettext as _

from attain.improvement.plan_words import quarter_words
from attain.improvement.queries.plans import PlanPage
from attain.improvement.rules.amounts import digits_of
from attain.improvement.rules.candidates import POINTS_OF_ONE
from attain.improvement.rules.offering import PlanUnit


def cumulative(page: PlanPage) -> dict[str, Any]:
    """Return what a plan has cost and brought by the end of each quarter.

    Points have an axis of their own, as they are no money.
    """
    is_money = page.basis.offer.unit is PlanUnit.MONEY
    minor = 10 ** digits_of(page.basis.currency)
    # Positions on a screen; nothing is compared with them.
    costs = [each.cost / minor for each in page.sums]
    values = [each.value / (minor if is_money else POINTS_OF_ONE) for each in page.sums]
    money = {"type": "value", "name": page.basis.currency}
    points = {"type": "value", "name": _("Points"), "splitLine": {"show": False}}
    return {
        "legend": {"bottom": 0},
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 8, "right": 20, "top": 32, "bottom": 32, "containLabel": True},
        "xAxis": {
            "type": "category",
            "boundaryGap": False,
            "data": [quarter_words(each.quarter) for each in page.sums],
        },
        "yAxis": [money] if is_money else [money, points],
        "series": [
            {
                "type": "line",
                "name": _("Cost so far"),
                "data": costs,
                "step": "end",
                "lineStyle": {"type": "dashed"},
            },
            {
                "type": "line",
                "name": _("Brought so far"),
                "data": values,
                "yAxisIndex": 0 if is_money else 1,
                "areaStyle": {"opacity": 0.15},
            },
        ],
    }
