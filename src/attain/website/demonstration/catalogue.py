"""What every centre of the demonstration measures: processes, metrics, systems, practices."""

from collections.abc import Mapping
from dataclasses import dataclass

from attain.measurement.metrics import Direction
from attain.standards.figures import Aspect, ProcessClass

FACING = ProcessClass.END_USER_FACING
ENABLING = ProcessClass.ENABLING
HIGHER = Direction.HIGHER
LOWER = Direction.LOWER


@dataclass(frozen=True)
class MetricKind:
    """A metric that centres have, its target, and how far from it the values usually lie.

    `before` is an easier target that held until a year ago. `per` is the denominator of a month at
    a site of size 1. `counted` names the channels from whose contacts the metric is counted, or
    without which a centre does not have it.
    """

    process: str
    aspect: Aspect
    unit: str
    better: Direction
    target: str
    usual: float
    per: int
    before: str = ""
    counted: tuple[str, ...] = ()


PROCESSES: Mapping[str, ProcessClass] = {
    "calls": FACING,
    "correspondence": FACING,
    "messaging": FACING,
    "complaints": FACING,
    "retention": FACING,
    "planning": ENABLING,
    "quality-assurance": ENABLING,
    "recruiting": ENABLING,
    "training": ENABLING,
}
LOW_VOLUME = ("complaints",)
CALLS_IN_TIME = "calls-answered-in-time"
ABANDONED = "calls-abandoned"
HANDLE_TIME = "average-handle-time"
RESOLVED = "first-contact-resolution"
REPLIES = "replies-within-a-day"
MESSAGES = "messages-answered-in-time"
_MESSAGING = ("chat", "sms")

METRICS: Mapping[str, MetricKind] = {
    CALLS_IN_TIME: MetricKind(
        "calls", Aspect.SERVICE, "share", HIGHER, "0.8", 0.0, 0, counted=("phone",)
    ),
    ABANDONED: MetricKind(
        "calls", Aspect.SERVICE, "share", LOWER, "0.05", 0.0, 0, counted=("phone",)
    ),
    HANDLE_TIME: MetricKind(
        "calls", Aspect.EFFICIENCY, "seconds", LOWER, "330", 22.0, 0, "340", ("phone",)
    ),
    RESOLVED: MetricKind("calls", Aspect.QUALITY, "share", HIGHER, "0.74", 0.05, 9_200, "0.72"),
    REPLIES: MetricKind(
        "correspondence", Aspect.SERVICE, "share", HIGHER, "0.88", 0.0, 0, counted=("email",)
    ),
    "correspondence-quality": MetricKind(
        "correspondence", Aspect.QUALITY, "share", HIGHER, "0.88", 0.035, 1_150, "", ("email",)
    ),
    "cost-per-reply": MetricKind(
        "correspondence", Aspect.COST, "GBP", LOWER, "4.2", 0.38, 13_600, "", ("email",)
    ),
    MESSAGES: MetricKind(
        "messaging", Aspect.SERVICE, "share", HIGHER, "0.8", 0.0, 0, counted=_MESSAGING
    ),
    "chat-satisfaction": MetricKind(
        "messaging", Aspect.SATISFACTION, "points of 5", HIGHER, "4.2", 0.16, 2_300, "", ("chat",)
    ),
    "complaints-closed-in-ten-days": MetricKind(
        "complaints", Aspect.QUALITY, "share", HIGHER, "0.9", 0.06, 64
    ),
    "offers-accepted": MetricKind(
        "retention", Aspect.REVENUE, "GBP per offer", HIGHER, "6.5", 0.7, 4_100
    ),
    "forecast-accuracy": MetricKind("planning", Aspect.OTHER, "share", HIGHER, "0.93", 0.02, 720),
    "schedule-adherence": MetricKind(
        "planning", Aspect.EFFICIENCY, "share", HIGHER, "0.92", 0.022, 21_500
    ),
    "evaluations-completed": MetricKind(
        "quality-assurance", Aspect.QUALITY, "share", HIGHER, "0.95", 0.03, 480
    ),
    "time-to-hire": MetricKind("recruiting", Aspect.EFFICIENCY, "days", LOWER, "42", 6.0, 9),
    "cost-per-hire": MetricKind("recruiting", Aspect.COST, "GBP", LOWER, "2600", 240.0, 9),
    "attrition": MetricKind("recruiting", Aspect.OTHER, "share", LOWER, "0.03", 0.012, 160),
    "induction-passed": MetricKind("training", Aspect.QUALITY, "share", HIGHER, "0.85", 0.08, 14),
}
# Those that follow from the contacts by quarter-hour, and so from the staff.
COUNTED = (CALLS_IN_TIME, ABANDONED, REPLIES, MESSAGES)
NEVER_ABOVE_1 = "share"

SYSTEMS: Mapping[str, ProcessClass] = {
    "telephony": FACING,
    "customer-records": ENABLING,
    "message-platform": FACING,
    "rostering": ENABLING,
}
UPTIME_TARGETS: Mapping[str, str] = {
    "telephony": "0.999",
    "customer-records": "0.995",
    "message-platform": "0.997",
    "rostering": "0.99",
}
# What people call what the library does not name.
NAMES: Mapping[str, Mapping[str, str]] = {
    "processes": {
        "calls": "Calls",
        "correspondence": "Correspondence",
        "messaging": "Messaging",
        "complaints": "Complaints",
        "retention": "Retention",
        "planning": "Planning",
        "quality-assurance": "Quality assurance",
        "recruiting": "Recruiting",
        "training": "Training",
    },
    "systems": {
        "telephony": "Telephony",
        "customer-records": "Customer records",
        "message-platform": "Message platform",
        "rostering": "Rostering",
    },
}
CLIENT_REPORTING = "client-reporting"
PRACTICES = (
    "contact-reasons",
    "complaint-handling",
    "satisfaction-survey",
    "accessibility",
    "induction-training",
    "coaching",
    "attendance",
    "forecasting",
    "scheduling",
    "quality-monitoring",
    "change-communication",
    "service-level",
    "continuity",
    "cost-per-contact",
    CLIENT_REPORTING,
)


def metrics_of(channels: tuple[str, ...]) -> dict[str, MetricKind]:
    """Return the metrics of a centre that is contacted in some channels."""
    return {
        metric: kind
        for metric, kind in METRICS.items()
        if not kind.counted or set(kind.counted) & set(channels)
    }
