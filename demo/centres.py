"""The stories that the demonstration tells: a handful of centres, each with its year.

A metric's year is a strip of months, oldest first: + on target, - off target, . no reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

YEAR = "++++++++++++"


@dataclass(frozen=True)
class MetricKind:
    """A metric that every centre of the demonstration has, with the values it moves around."""

    process: str
    aspect: str
    unit: str
    better: str
    target: str
    on: float
    off: float
    denominator: int


# Values are a share of the denominator, or a mean over it (seconds, currency).
METRICS: Mapping[str, MetricKind] = {
    "answered-in-time": MetricKind("calls", "service", "share", "higher", "0.8", 0.86, 0.71, 40000),
    "abandonment": MetricKind("calls", "service", "share", "lower", "0.05", 0.032, 0.083, 43000),
    "average-handle-time": MetricKind(
        "calls", "efficiency", "seconds", "lower", "330", 312.0, 351.0, 40000
    ),
    "first-contact-resolution": MetricKind(
        "calls", "quality", "share", "higher", "0.74", 0.78, 0.69, 9000
    ),
    "reply-within-a-day": MetricKind(
        "correspondence", "service", "share", "higher", "0.9", 0.94, 0.82, 12000
    ),
    "quality-score": MetricKind(
        "correspondence", "quality", "share", "higher", "0.88", 0.91, 0.84, 1200
    ),
    "forecast-accuracy": MetricKind(
        "planning", "other", "share", "higher", "0.93", 0.955, 0.9, 720
    ),
    "schedule-adherence": MetricKind(
        "planning", "efficiency", "share", "higher", "0.92", 0.94, 0.89, 5200
    ),
    "time-to-hire": MetricKind("recruiting", "efficiency", "days", "lower", "42", 37.0, 49.0, 12),
    "attrition": MetricKind("recruiting", "other", "share", "lower", "0.03", 0.021, 0.042, 160),
}
PROCESSES: Mapping[str, str] = {
    "calls": "end_user_facing",
    "correspondence": "end_user_facing",
    "planning": "enabling",
    "recruiting": "enabling",
}
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
)


@dataclass(frozen=True)
class Centre:
    """A centre, and what of its year differs from a good one."""

    name: str
    story: str
    operation: str = "internal"
    timezone: str = "Europe/London"
    channels: tuple[str, ...] = ("phone", "email", "chat", "sms")
    size: int = 1
    years: Mapping[str, str] = field(default_factory=dict)
    uptime: str = YEAR
    initiatives: int = 3
    acts_on_misses: bool = True
    tested_on: str = "2026-04-14"
    no_practice: tuple[str, ...] = ()
    time_and_materials: tuple[str, ...] = ()
    hard_months: Mapping[str, float] = field(default_factory=dict)


CENTRES: Mapping[str, Centre] = {
    "northgate": Centre(
        "Northgate Service Centre",
        "on tier 3, with two bad months that its rules allow",
        years={"abandonment": "++--++++++++", "attrition": "+++++++-++-+"},
    ),
    "harbour": Centre(
        "Harbour Customer Centre",
        "lost tier 3 to a winter in which its telephones were not answered",
        size=2,
        years={
            "answered-in-time": "-----+++++++",
            "abandonment": "-----+++++++",
            "average-handle-time": "----++++++++",
        },
        hard_months={"2025-11": 0.5, "2025-12": 0.35, "2026-01": 0.35, "2026-02": 0.5},
    ),
    "riverside": Centre(
        "Riverside Contact Centre",
        "claims every practice and is missing the months that would prove it",
        years={"first-contact-resolution": "+++++.+++..+", "forecast-accuracy": "++++.+++++.+"},
    ),
    "millfield": Centre(
        "Millfield (Clarity Outsourcing)",
        "a third party with a process on time and materials, whose efficiency is not judged",
        operation="third_party",
        channels=("phone", "email"),
        initiatives=2,
        years={"average-handle-time": "------------", "schedule-adherence": "-----+++++++"},
        time_and_materials=("calls",),
        tested_on="2025-09-30",
    ),
    "eastwick": Centre(
        "Eastwick Helpline",
        "three months old: on tier 1, and nine months from tier 3",
        timezone="Europe/Dublin",
        channels=("phone", "chat"),
        years=dict.fromkeys(METRICS, "+++"),
        uptime="+++",
        initiatives=1,
    ),
}
