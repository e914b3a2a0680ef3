"""What else a centre has on file: systems, incidents, initiatives, practices, documents."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from random import Random

from attain.dossier.rows import Row
from attain.measurement.metrics import MonthState, Track, judge_months
from attain.measurement.periods import Month, same_day_before
from attain.measurement.zones import zone_named
from attain.standards.figures import ChangeKind, Documented, Metric, SatisfactionKind
from attain.website.demonstration.catalogue import (
    CLIENT_REPORTING,
    PRACTICES,
    SYSTEMS,
    UPTIME_TARGETS,
)
from attain.website.demonstration.readings import MeasuredMonths
from attain.website.demonstration.stories import A_YEAR, TWO_YEARS, Story
from attain.website.demonstration.texts import (
    ACTIONS,
    CHANGES,
    EVIDENCE,
    INITIATIVES,
    UNSTRUCTURED,
)

_SCALE = 10_000


@dataclass(frozen=True)
class Circumstances:
    """What the records of a centre hang on: its story, zone and channels, its months, the date."""

    story: Story
    timezone: str
    channels: tuple[str, ...]
    has_clients: bool
    calendar: MeasuredMonths
    as_of: date

    @property
    def last(self) -> Month:
        """The last month that is measured."""
        return self.calendar.last

    def ago(self, months: int, day: int = 12) -> date:
        """Return a day of the month so many months before the last, or of the first measured."""
        return self.last.plus(-min(months, self.story.months - 1)).first_day.replace(day=day)

    @property
    def is_long_open(self) -> bool:
        """Say whether the centre has been there for years."""
        return self.story.months == TWO_YEARS

    @property
    def systems(self) -> tuple[str, ...]:
        """The systems of the centre."""
        return tuple(s for s in SYSTEMS if s != "message-platform" or "chat" in self.channels)


def systems(of: Circumstances) -> Iterator[Row]:
    """Yield the technology systems."""
    for system in of.systems:
        yield {"system": system, "class": SYSTEMS[system]}


def uptime(of: Circumstances, random: Random) -> Iterator[Row]:
    """Yield the uptime of each system by month."""
    for system in of.systems:
        target = Fraction(UPTIME_TARGETS[system])
        for month, sign in zip(
            of.calendar.months, of.story.strip_of_system(system, of.last, random), strict=True
        ):
            down = float(1 - target) * (random.uniform(1.6, 5) if sign == "-" else 0.6)
            down *= 1 if sign == "-" else random.uniform(0.05, 1)
            share = Fraction(round((1 - down) * _SCALE), _SCALE)
            yield {"system": system, "month": month, "uptime": share, "target": target}


def incidents(of: Circumstances, rows: Sequence[Row], random: Random) -> Iterator[Row]:
    """Yield an incident for each month in which a system was down too long, and smaller ones."""
    number = random.randint(100, 400)
    for row in rows:
        missed = row["uptime"] < row["target"]
        if missed or random.random() < 0.04:
            number += random.randint(1, 9)
            yield _incident(of, row, missed, number, random)
    if of.story.unpriced_incident:
        opened = _moment(of, of.ago(2, 17), 10, 40)
        yield {
            "incident": f"INC-{number + 11:04d}",
            "system": "telephony",
            "opened": opened,
            "severity": "2",
            "responded_minutes": Fraction(14),
            "cost_impact": None,
        }


def _incident(of: Circumstances, row: Row, missed: bool, number: int, random: Random) -> Row:
    severity = random.choice("12") if missed else random.choice("34")
    day = row["month"].first_day.replace(day=random.randint(1, 28))
    cost = random.randint(12, 220) * 50 if missed else random.choice((0, 0, 150, 400))
    return {
        "incident": f"INC-{number:04d}",
        "system": row["system"],
        "opened": _moment(of, day, random.randint(8, 17), random.randint(0, 59)),
        "severity": severity,
        "responded_minutes": Fraction(random.randint(4, 25) * (1 if severity in "12" else 6)),
        "cost_impact": Fraction(cost),
    }


def _moment(of: Circumstances, day: date, hour: int, minute: int) -> datetime:
    """Return a time of a local day with its offset, as a table of a dossier has it."""
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone_named(of.timezone))
    offset = local.astimezone(UTC).astimezone(zone_named(of.timezone)).utcoffset()
    return local.replace(tzinfo=timezone(offset or timedelta()))


def initiatives(of: Circumstances) -> Iterator[Row]:
    """Yield the improvement initiatives: structured ones, and ones without analysis or outcome."""
    for number, (name, process, analysis, outcome) in enumerate(
        INITIATIVES[: of.story.initiatives]
    ):
        started = of.ago(21 - 3 * number, 5 + number)
        completed = of.ago(13 - 5 * number, 26) if number < 2 and of.is_long_open else None
        yield _initiative(name, process, started, completed, analysis, outcome)
    for number, (name, process) in enumerate(UNSTRUCTURED[: of.story.unstructured]):
        started = of.ago(8 - 2 * number, 9)
        yield _initiative(name, process, started, None, None, None)


def _initiative(
    name: str,
    process: str,
    started: date,
    completed: date | None,
    analysis: str | None,
    outcome: str | None,
) -> Row:
    return {
        "initiative": name,
        "process": process,
        "started": started,
        "completed": completed,
        "structured": analysis is not None,
        "analysis": analysis,
        "outcome": outcome,
    }


def improvement_actions(
    of: Circumstances, metrics: Sequence[Metric], random: Random
) -> Iterator[Row]:
    """Yield what was done about each miss; of one that does not act, what was done a year ago."""
    for metric in metrics:
        judged = judge_months(metric.readings, metric.targets, metric.better, of.last)
        track = Track(metric.metric, judged, of.last)
        for month in of.calendar.months:
            acts = of.story.acts_on_misses or month < of.last.plus(-9)
            if acts and track.state(month) is MonthState.OFF_TARGET:
                after = month.plus(1).first_day.replace(day=random.randint(4, 14))
                yield {
                    "metric": metric.metric,
                    "month": month,
                    "action": random.choice(ACTIONS[metric.aspect]),
                    "taken_on": min(after, of.as_of),
                }


def practices(of: Circumstances) -> Iterator[Row]:
    """Yield the practices of the model of service essentials."""
    for item in PRACTICES:
        if item == CLIENT_REPORTING and not of.has_clients:
            yield _practice(item, Documented.NOT_APPLICABLE, "The site serves no client.", None)
        elif item in of.story.undocumented:
            yield _practice(item, Documented.NO, None, None)
        else:
            proved = item not in of.story.without_evidence
            yield _practice(item, Documented.YES, None, EVIDENCE[item] if proved else None)


def _practice(item: str, documented: Documented, reason: str | None, evidence: str | None) -> Row:
    return {"item": item, "documented": documented, "reason": reason, "evidence": evidence}


def documents(of: Circumstances) -> Iterator[Row]:
    """Yield the documents on file: the continuity plan, and what else a site keeps."""
    tested = of.story.tested_months_ago
    if of.is_long_open:
        yield _continuity(of, "first edition", of.ago(23), tested + A_YEAR)
    yield _continuity(of, "second edition", of.ago(tested + 1), tested)
    plain: Mapping[str, str] = {
        "quality_framework": "How contacts are sampled and judged",
        "planning_handbook": "Forecasts, rosters and the day itself",
    }
    if of.has_clients:
        plain = {**plain, "supplier_agreement": "Agreement on service with those who commission it"}
    for kind, title in plain.items():
        yield {
            "kind": kind,
            "title": title,
            "dated": of.ago(14),
            "covers_backup_and_recovery": False,
            "sets_acceptable_levels": False,
            "communicated_on": of.ago(14, 20),
            "tested_on": None,
        }


def _continuity(of: Circumstances, edition: str, dated: date, tested_months_ago: int) -> Row:
    """Return a continuity plan; each edition is tried out once, when it is known."""
    return {
        "kind": "business_continuity_plan",
        "title": f"Continuity of the contact centre, {edition}",
        "dated": dated,
        "covers_backup_and_recovery": of.story.covers_recovery,
        "sets_acceptable_levels": True,
        "communicated_on": dated,
        "tested_on": max(dated, same_day_before(of.as_of, tested_months_ago)),
    }


def satisfaction(of: Circumstances, random: Random) -> Iterator[Row]:
    """Yield the satisfaction of end users each quarter, of staff each half-year."""
    for kind, every, target, unit in (
        (SatisfactionKind.END_USER, 3, "4.2", 10),
        (SatisfactionKind.STAFF, 6, "7", 10),
    ):
        wanted = Fraction(target)
        for month in of.calendar.months[::-1][::every]:
            low = kind in of.story.dissatisfied and month > of.last.plus(-9)
            distance = -random.randint(2, 5) if low else random.randint(0, 4)
            value = wanted + Fraction(distance, unit)
            yield {"kind": kind, "month": month, "value": value, "target": wanted}


def technology_changes(of: Circumstances, random: Random) -> Iterator[Row]:
    """Yield purchases, enhancements and upgrades, each with what it refers to."""
    for number, (change, kind) in enumerate(CHANGES):
        on = of.ago(11 - 4 * number, random.randint(2, 26))
        if of.calendar.months[0].first_day > on:
            continue
        planned = not (of.story.unplanned_change and number == 1)
        yield {
            "change": change,
            "kind": ChangeKind(kind),
            "on": on,
            "business_requirement": f"BR-{random.randint(10, 99)}",
            "annual_plan_reference": f"plan {on.year}, 3.{number + 1}" if planned else None,
        }
