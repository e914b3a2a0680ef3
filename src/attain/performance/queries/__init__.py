"""Every read of the room, a file for each page or noun."""

from attain.performance.queries.estate import (
    MissingLine,
    UptimeLine,
    missing_in,
    service_level_heat,
    uptime_list,
)
from attain.performance.queries.exporting import export_dossier
from attain.performance.queries.figures import figures_of, figures_of_many, scope_of, scopes_of
from attain.performance.queries.metrics import (
    MetricLine,
    MetricPage,
    MonthHistory,
    find_metric,
    metric_history,
    metric_list,
    metric_lists,
    metric_page,
)

__all__ = [
    "MetricLine",
    "MetricPage",
    "MissingLine",
    "MonthHistory",
    "UptimeLine",
    "export_dossier",
    "figures_of",
    "figures_of_many",
    "find_metric",
    "metric_history",
    "metric_list",
    "metric_lists",
    "metric_page",
    "missing_in",
    "scope_of",
    "scopes_of",
    "service_level_heat",
    "uptime_list",
]
