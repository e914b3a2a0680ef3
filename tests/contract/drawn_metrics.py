"""Processes and metrics drawn at random: exempt ones, targets that change, misses with actions."""

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from contract.contract_files import Files, first_day, month_text
from contract.drawn_months import SMALL, Standing, decimal, draw_months, steady_months

ASPECTS = ("service", "quality", "cost", "satisfaction", "revenue", "other")
Targets = dict[date, Fraction]


def draw_metrics(draw: Random, drawn: Files, last: int, metrics: int) -> None:
    """Add processes of both classes, and metrics that belong to any of them."""
    count = max(1, min(metrics, draw.choice((1, 2, 2, 2, 3, 6))))
    draw_processes(draw, drawn, count)
    steady = draw.choice((0, 0, 0.5, 0.65, 1))
    for number in range(metrics):
        process = number if number < count else draw.randrange(count)
        metric = {
            "metric": f"m{number}",
            "process": f"process {process}",
            "aspect": draw.choice(("efficiency", "efficiency", *ASPECTS)),
            "unit": "",
            "better": draw.choice(("higher", "lower")),
        }
        drawn["metrics"].append(metric)
        steadily = draw.random() < steady
        months = steady_months(last) if steadily else draw_months(draw, last)
        draw_readings(draw, drawn, metric, last, months)


def draw_processes(draw: Random, drawn: Files, count: int) -> None:
    """Add processes, most of both classes in turn."""
    flags = draw.choice((("no",), ("no", "no", "no", "yes")))
    for number in range(count):
        kind = 0 if draw.random() < 0.05 else number % 2
        drawn["processes"].append(
            {
                "process": f"process {number}",
                "class": ("end_user_facing", "enabling")[kind],
                "low_volume": draw.choice(flags),
                "time_and_materials": draw.choice(flags),
            }
        )


def draw_readings(
    draw: Random, drawn: Files, metric: dict[str, str], last: int, months: Standing
) -> None:
    """Add the targets and readings of a metric, and actions on some of its misses."""
    targets = draw_targets(draw, list(months) or [last])
    for start, target in targets.items():
        row = {"metric": metric["metric"], "from": start.isoformat()}
        drawn["targets"].append({**row, "target": decimal(target, draw)})
    after = {last + 1: True} if draw.random() < 0.1 else {}
    for month, good in {**months, **after}.items():
        if good is not None:
            value = draw_value(draw, metric["better"], in_force(targets, month), good)
            draw_reading(draw, drawn, metric["metric"], month, value)
        elif draw.random() < 0.4:
            add_reading(drawn, metric["metric"], month, "0", draw.choice(("0", "0.0", "-0")))
    draw_actions(draw, drawn, metric["metric"], last, months)


def draw_targets(draw: Random, months: list[int]) -> Targets:
    """Return the targets of a metric by the day from which each is in force."""
    first, middle = first_day(months[0]), first_day(draw.choice(months))
    starts = [draw.choice((first - timedelta(900), first, end_of(months[0])))]
    if draw.random() < 0.12:
        starts = [draw.choice((end_of(draw.choice(months)), middle))]
    if draw.random() < 0.4:
        starts += [middle + timedelta(draw.choice((0, 14, -1)))]
    if draw.random() < 0.05:
        starts = []
    return {start: Fraction(draw.randrange(-300, 1000), 100) for start in starts}


def end_of(month: int) -> date:
    """Return the last day of a month."""
    first = first_day(month)
    return first.replace(day=monthrange(first.year, first.month)[1])


def in_force(targets: Targets, month: int) -> Fraction:
    """Return the target to draw a month's value around."""
    starts = [start for start in targets if start <= end_of(month)]
    return targets[max(starts)] if starts else Fraction(1, 2)


def draw_value(draw: Random, better: str, target: Fraction, good: bool) -> Fraction:
    """Return a value that is just good or just not, or clearly so."""
    apart = draw.choice((SMALL, Fraction(1))) * (1 if better == "higher" else -1)
    return target + draw.choice((0, 0, apart)) if good else target - apart


def draw_reading(draw: Random, drawn: Files, metric: str, month: int, value: Fraction) -> None:
    """Add a reading that comes to a value exactly."""
    below = draw.choice((Fraction(1), Fraction(1), Fraction(7), Fraction(4070), Fraction(1, 4)))
    text = "" if below == 1 and draw.random() < 0.7 else decimal(below, draw)
    add_reading(drawn, metric, month, decimal(value * below, draw), text)


def add_reading(drawn: Files, metric: str, month: int, numerator: str, denominator: str) -> None:
    """Add a reading."""
    row = {"metric": metric, "month": month_text(month), "numerator": numerator}
    drawn["readings"].append({**row, "denominator": denominator})


def draw_actions(draw: Random, drawn: Files, metric: str, last: int, months: Standing) -> None:
    """Add actions on a metric's misses, in some dossiers too early, too late or none."""
    as_of = date.fromisoformat(str(drawn["header"]["as_of"]))
    careful = draw.random() < 0.7
    for month in range(last - 2, last + 1):
        first = first_day(month)
        days: list[date | None] = [first + timedelta(1), end_of(month), as_of]
        if not careful:
            days += [first, first - timedelta(1), as_of + timedelta(1), None]
        for number in range(1 if months.get(month) is False else draw.choice((0, 1, 2))):
            taken = draw.choice(days)
            if taken is not None:
                row = {"metric": metric, "month": month_text(month), "action": f"a{number}"}
                drawn["improvement_actions"].append({**row, "taken_on": taken.isoformat()})
