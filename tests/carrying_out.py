"""Steps carried out on a centre's figures, by what a step says and not by what a rule would like.

Time passes month by month. What was chosen is on target; what was met goes on being met, anything
else is measured and off target; each coming miss gets its action.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from attain.measurement.counting import Tally
from attain.measurement.metrics import DatedValue, Direction, EnoughPeriods, Reading, Track
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import Month, last_full_month, months_until
from attain.standards.figures import (
    Aspect,
    Document,
    Documented,
    Figures,
    ImprovementAction,
    Initiative,
    Metric,
    Practice,
    Process,
    ProcessClass,
    Satisfaction,
    SatisfactionKind,
    System,
    Uptime,
)
from attain.standards.needs import Step
from attain.standards.standing import Standing

GOOD, BAD = Reading(Fraction(1), Fraction(1)), Reading(Fraction(0), Fraction(1))
UP, DOWN = Uptime(Fraction(1), Fraction(1)), Uptime(Fraction(0), Fraction(1))
TARGET = Fraction(9, 10)
DONE = "done"


@dataclass(frozen=True)
class Later:
    """How far ahead a rule is asked again, and by which rules months go on being met."""

    as_of: date
    ahead: int
    metric_rule: EnoughPeriods | None = None
    system_rule: EnoughPeriods | None = None

    @property
    def last(self) -> Month:
        """The last month before the coming ones."""
        return last_full_month(self.as_of)

    @property
    def by(self) -> date:
        """The date on which the rule is asked again."""
        return self.last.plus(self.ahead).last_day if self.ahead else self.as_of


def carried_out(figures: Figures, steps: Iterable[Step], later: Later) -> Figures:
    """Return the figures as they are after the steps were carried out and time has passed."""
    chosen = {step.key: step for step in steps}
    for step in chosen.values():
        word = step.key.split()[0]
        if word not in ("on", "intervals"):
            figures = _DO[word](figures, step, later)
    for n in range(1, later.ahead + 1):
        figures = _a_month_passes(figures, n, chosen, later)
    return replace(figures, volumes=_volumes_pass(figures, chosen, later))


def _a_month_passes(figures: Figures, n: int, chosen: Mapping[str, Step], later: Later) -> Figures:
    month, standing = later.last.plus(n), Standing(figures, later.last.plus(n - 1).last_day)
    metrics = tuple(
        _measured(m, month, _goes_well(standing.tracks[m.metric], n, chosen, later.metric_rule))
        for m in figures.metrics
    )
    systems = tuple(
        replace(s, uptime={**s.uptime, month: UP if well else DOWN})
        for s in figures.systems
        for well in [_goes_well(standing.system_tracks[s.system], n, chosen, later.system_rule)]
    )
    actions = (ImprovementAction(m.metric, month, DONE, month.last_day) for m in metrics)
    all_actions = (*figures.actions, *actions)
    return replace(figures, metrics=metrics, systems=systems, actions=all_actions)


def _measured(metric: Metric, month: Month, well: bool) -> Metric:
    readings = {month: GOOD if well else BAD, **metric.readings}
    return replace(metric, readings=readings)


def _goes_well(
    track: Track, n: int, chosen: Mapping[str, Step], rule: EnoughPeriods | None
) -> bool:
    step = chosen.get(f"on target {track.key}")
    is_chosen = step is not None and n <= step.amount
    return is_chosen or (rule is not None and rule.judge(track) is Outcome.MET)


def _volumes_pass(
    figures: Figures, chosen: Mapping[str, Step], later: Later
) -> dict[str, Mapping[Month, Tally]]:
    volumes = dict(figures.volumes)
    for channel, months in volumes.items():
        step = chosen.get(f"on target {channel}")
        amount = step.amount if step else 0
        volumes[channel] = _channel_passes(months, amount, later)
    for key in chosen:
        if key.startswith("intervals "):
            coming = months_until(later.last.plus(later.ahead), later.ahead)
            volumes[key.split()[1]] = dict.fromkeys(coming, Tally(7, 0, 7))
    return volumes


def _channel_passes(months: Mapping[Month, Tally], amount: int, later: Later) -> dict[Month, Tally]:
    window = months_until(later.last, 12)
    seen = [months[month].total for month in window if month in months]
    result = dict(months)
    for n, leaving in enumerate(window[: later.ahead], start=1):
        if seen:
            alike = months.get(leaving, Tally(0, 0, sum(seen) // len(seen)))
            on_target = Tally(alike.total, 0, alike.total)
            result[later.last.plus(n)] = on_target if n <= amount else alike
    return result


def _name_and_month(step: Step) -> tuple[str, Month]:
    _, name, month = step.key.split()
    return name, Month.parse(month)


def _change_metric(figures: Figures, name: str, change: Callable[[Metric], Metric]) -> Figures:
    metrics = tuple(change(m) if m.metric == name else m for m in figures.metrics)
    return replace(figures, metrics=metrics)


def _supply_reading(figures: Figures, step: Step, later: Later) -> Figures:
    name, month = _name_and_month(step)
    return _change_metric(figures, name, lambda m: replace(m, readings={**m.readings, month: GOOD}))


def _state_target(figures: Figures, step: Step, later: Later) -> Figures:
    name, month = _name_and_month(step)
    stated = DatedValue(month.first_day, TARGET)
    return _change_metric(figures, name, lambda m: replace(m, targets=(*m.targets, stated)))


def _supply_uptime(figures: Figures, step: Step, later: Later) -> Figures:
    name, month = _name_and_month(step)
    systems = tuple(
        replace(s, uptime={**s.uptime, month: UP}) if s.system == name else s
        for s in figures.systems
    )
    return replace(figures, systems=systems)


def _act(figures: Figures, step: Step, later: Later) -> Figures:
    name, month = _name_and_month(step)
    action = ImprovementAction(name, month, DONE, later.as_of)
    return replace(figures, actions=(*figures.actions, action))


def _measure_a_class(figures: Figures, step: Step, later: Later) -> Figures:
    facing = ProcessClass(step.key.split()[1])
    process = Process(f"new-{facing}", facing, low_volume=False, time_and_materials=False)
    readings = {later.last.plus(n): GOOD for n in range(1, later.ahead + 1)}
    target = DatedValue(date.min, TARGET)
    new = Metric(
        f"new-{facing}", process, Aspect.OTHER, None, Direction.HIGHER, (target,), readings
    )
    return replace(figures, metrics=(*figures.metrics, new))


def _list_systems(figures: Figures, step: Step, later: Later) -> Figures:
    months = dict.fromkeys(months_until(later.last, 12), UP)
    return replace(figures, systems=(System("listed", ProcessClass.ENABLING, months),))


def _document_practices(figures: Figures, step: Step, later: Later) -> Figures:
    item = step.key.removeprefix("practices").strip() or "listed"
    before = next((p for p in figures.practices if p.item == item), None)
    level = 0 if before is None or before.documented is not Documented.YES else 1
    evidence = DONE if level + step.amount >= 2 else None
    others = tuple(p for p in figures.practices if p.item != item)
    practice = Practice(item, Documented.YES, None, evidence)
    return replace(figures, practices=(*others, practice))


def _complete_a_document(figures: Figures, step: Step, later: Later) -> Figures:
    kind = step.key.split()[1]
    written = Document(kind, "written", later.as_of, True, True, later.as_of, later.by)
    return replace(figures, documents=(*figures.documents, written))


def _run_initiatives(figures: Figures, step: Step, later: Later) -> Figures:
    named = step.text.removeprefix("start an initiative for ").split(", ")
    processes = named if "start an initiative" in step.text else [DONE] * step.amount
    run = (
        Initiative(f"new {n}", process, later.as_of, None, True, DONE, DONE)
        for n, process in enumerate(processes)
    )
    return replace(figures, initiatives=(*figures.initiatives, *run))


def _satisfy(figures: Figures, step: Step, later: Later) -> Figures:
    kind = SatisfactionKind(step.key.split()[1])
    month = Satisfaction(kind, later.last.plus(1), TARGET, TARGET)
    return replace(figures, satisfaction=(*figures.satisfaction, month))


def _assess_an_incident(figures: Figures, step: Step, later: Later) -> Figures:
    name = step.key.removeprefix("incidents ")
    assessed = tuple(
        replace(i, severity="low", responded_minutes=Fraction(0), cost_impact=Fraction(0))
        if i.incident == name
        else i
        for i in figures.incidents
    )
    return replace(figures, incidents=assessed)


def _refer(figures: Figures, step: Step, later: Later) -> Figures:
    name = step.key.removeprefix("technology_changes ")
    changes = tuple(
        replace(c, business_requirement=DONE, annual_plan_reference=DONE) if c.change == name else c
        for c in figures.changes
    )
    return replace(figures, changes=changes)


def _assess_more(figures: Figures, step: Step, later: Later) -> Figures:
    more = re.search(r"assess (\d+) more contacts", step.text)
    assert more
    volume = figures.scope.assessed_volume + int(more[1])
    return replace(figures, scope=replace(figures.scope, assessed_volume=volume))


_DO: Mapping[str, Callable[[Figures, Step, Later], Figures]] = {
    "readings": _supply_reading,
    "targets": _state_target,
    "uptime": _supply_uptime,
    "improvement_actions": _act,
    "metrics": _measure_a_class,
    "systems": _list_systems,
    "practices": _document_practices,
    "documents": _complete_a_document,
    "initiatives": _run_initiatives,
    "satisfaction": _satisfy,
    "incidents": _assess_an_incident,
    "technology_changes": _refer,
    "coverage": _assess_more,
}
