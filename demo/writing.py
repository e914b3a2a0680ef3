"""Writes the demonstration dossiers: plain files, the same for the same seed."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random

from attain.measurement.periods import Month, months_until
from demo.centres import METRICS, PRACTICES, PROCESSES, Centre, MetricKind

AS_OF = date(2026, 10, 31)
LAST = Month.of(AS_OF)
HEADER = """scope:
  kind: site
  name: {name}
  operation: {operation}
as_of: {as_of}
timezone: {timezone}
channels: [{channels}]
volume: {{site: {site}, assessed: {assessed}}}
"""
Row = Sequence[object]


def write_dossier(folder: Path, centre: Centre, random: Random) -> None:
    """Write every file of a centre's dossier but its intervals, which lie in the lake."""
    folder.mkdir(parents=True)
    site = 640_000 * centre.size
    header = HEADER.format(
        name=centre.name,
        operation=centre.operation,
        as_of=AS_OF,
        timezone=centre.timezone,
        channels=", ".join(centre.channels),
        site=site,
        assessed=site * 9 // 10,
    )
    (folder / "dossier.yaml").write_text(header, encoding="utf-8")
    _write(folder, "processes", "process,class,low_volume,time_and_materials", _processes(centre))
    _write(folder, "metrics", "metric,process,aspect,unit,better", _metrics())
    _write(folder, "targets", "metric,from,target", _targets())
    readings = list(_readings(centre, random))
    _write(folder, "readings", "metric,month,numerator,denominator", readings)
    _write(folder, "improvement_actions", "metric,month,action,taken_on", _actions(centre))
    _write(folder, "service_levels", "channel,from,target,of", _service_levels(centre))
    _write(
        folder, "systems", "system,class", [("telephony", "end_user_facing"), ("crm", "enabling")]
    )
    _write(folder, "uptime", "system,month,uptime,target", _uptime(centre))
    columns = "initiative,process,started,completed,structured,analysis,outcome"
    _write(folder, "initiatives", columns, _initiatives(centre))
    _write(folder, "practices", "item,documented,reason,evidence", _practices(centre))
    columns = "kind,title,dated,covers_backup_and_recovery,sets_acceptable_levels,"
    columns += "communicated_on,tested_on"
    _write(folder, "documents", columns, _documents(centre))
    _write(folder, "satisfaction", "kind,month,value,target", _satisfaction())
    columns = "incident,system,opened,severity,responded_minutes,cost_impact"
    _write(folder, "incidents", columns, _incidents())
    columns = "change,kind,on,business_requirement,annual_plan_reference"
    _write(folder, "technology_changes", columns, [_CHANGE])


def _write(folder: Path, name: str, header: str, rows: Iterable[Row]) -> None:
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def _processes(centre: Centre) -> Iterator[Row]:
    for process, facing in PROCESSES.items():
        time_and_materials = "yes" if process in centre.time_and_materials else "no"
        yield process, facing, "no", time_and_materials


def _metrics() -> Iterator[Row]:
    for metric, kind in METRICS.items():
        yield metric, kind.process, kind.aspect, kind.unit, kind.better


def _targets() -> Iterator[Row]:
    for metric, kind in METRICS.items():
        yield metric, "2024-01-01", kind.target


def strip_of(centre: Centre, metric: str) -> str:
    """Return the year of a metric of a centre."""
    return centre.years.get(metric, "++++++++++++")


def _months(strip: str) -> Iterator[tuple[Month, str]]:
    return zip(months_until(LAST, len(strip)), strip, strict=True)


def _readings(centre: Centre, random: Random) -> Iterator[Row]:
    for metric, kind in METRICS.items():
        for month, sign in _months(strip_of(centre, metric)):
            if sign != ".":
                denominator = round(kind.denominator * centre.size * random.uniform(0.9, 1.1))
                yield metric, month, _numerator(kind, sign, denominator, random), denominator


def _numerator(kind: MetricKind, sign: str, denominator: int, random: Random) -> int:
    # A reading strays from its level by less than half of its distance to the target.
    level, target = (kind.on if sign == "+" else kind.off), float(kind.target)
    return round((level + (target - level) * random.uniform(-0.4, 0.4)) * denominator)


def _actions(centre: Centre) -> Iterator[Row]:
    if not centre.acts_on_misses:
        return
    for metric in METRICS:
        for month, sign in _months(strip_of(centre, metric)):
            if sign == "-":
                following = month.plus(1).first_day.replace(day=9)
                yield metric, month, "cause found and owner named", min(following, AS_OF)


def _service_levels(centre: Centre) -> Iterator[Row]:
    targets = {"phone": "0.8", "email": "0.9", "chat": "0.8", "sms": "0.9"}
    for channel in centre.channels:
        yield channel, "2024-01-01", targets[channel], "offered"


def _uptime(centre: Centre) -> Iterator[Row]:
    for system in ("telephony", "crm"):
        for month, sign in _months(centre.uptime):
            yield system, month, "0.9994" if sign == "+" else "0.9931", "0.999"


def _initiatives(centre: Centre) -> Iterator[Row]:
    named = (
        ("callbacks in peak hours", "calls", "2026-01-12", "2026-05-29"),
        ("answers that need no second contact", "calls", "2026-02-02", ""),
        ("rosters to the quarter hour", "planning", "2026-03-16", "2026-09-30"),
    )
    for name, process, started, completed in named[: centre.initiatives]:
        yield name, process, started, completed, "yes", "cause analysis, 6 pages", "result, 2 pages"


def _practices(centre: Centre) -> Iterator[Row]:
    for item in PRACTICES:
        documented = "no" if item in centre.no_practice else "yes"
        yield item, documented, "", "handbook" if documented == "yes" else ""
    if centre.operation == "internal":
        yield "client-reporting", "not_applicable", "The centre has no client", ""
    else:
        yield "client-reporting", "yes", "", "monthly report"


def _documents(centre: Centre) -> Iterator[Row]:
    title = "Continuity of the contact centre"
    yield (
        "business_continuity_plan",
        title,
        "2025-06-02",
        "yes",
        "yes",
        "2025-06-16",
        centre.tested_on,
    )


def _satisfaction() -> Iterator[Row]:
    yield "end_user", "2026-08", "4.3", "4.2"
    yield "end_user", "2026-10", "4.4", "4.2"
    yield "staff", "2026-06", "7.4", "7"


def _incidents() -> Iterator[Row]:
    yield "INC-311", "telephony", "2026-02-03T10:12:00+00:00", "1", "8", "6400"
    yield "INC-347", "crm", "2026-07-21T15:40:00+01:00", "3", "45", "0"


_CHANGE = ("queue callback module", "purchase", "2026-01-09", "BR-12 shorter waits", "AP-2026 3.1")
