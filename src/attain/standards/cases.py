"""Golden cases: small centres written down beside a definition, with what must be found of them.

A case starts from a base, changes some entries of its tables (null takes an entry away), and says
what is expected. Months are written as a strip that ends with the last month of the case:
`+` on target, `-` off target, `?` a reading without a target in force, `.` no reading.
"""

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from attain.measurement.counting import Tally
from attain.measurement.metrics import DatedValue, Direction, Reading
from attain.measurement.periods import Month, last_full_month
from attain.measurement.volumes import ServiceLevelTarget
from attain.standards import figures
from attain.standards.definition import Definition, Key
from attain.standards.thresholds import Day, Exact

StripText = Annotated[str, Field(pattern=r"^[?.]*[-+.]*$")]
OutcomeWord = Literal["met", "not_met", "not_applicable", "undetermined"]
_TARGET = Fraction(9, 10)
_LONG_AGO = date(1970, 1, 1)
_EVENING = "T18:00:00+00:00"


def _read_month(value: object) -> Month:
    return Month.parse(str(value))


Months = Annotated[Month, PlainValidator(_read_month)]


class CaseScope(Definition):
    """What is assessed."""

    kind: Literal["site", "programme"] = "site"
    operation: Literal["internal", "third_party"] = "internal"
    channels: tuple[str, ...] = ("phone", "email")
    site: int = 1000
    assessed: int = 1000


class CaseMetric(Definition):
    """A metric of a process of its own, its months as a strip or as readings."""

    facing: Literal["end_user_facing", "enabling"] = "end_user_facing"
    low_volume: bool = False
    time_and_materials: bool = False
    aspect: Literal[
        "service", "quality", "efficiency", "cost", "satisfaction", "revenue", "other"
    ] = "service"
    better: Literal["higher", "lower"] = "higher"
    months: StripText = ""
    targets: Mapping[Day, Exact] | None = None
    readings: Mapping[str, tuple[Exact, Exact]] = {}

    def build(self, name: str, last: Month) -> figures.Metric:
        """Return the metric, its strip ending with the last month."""
        process = figures.Process(
            f"{name}-process",
            figures.ProcessClass(self.facing),
            self.low_volume,
            self.time_and_materials,
        )
        given = {Month.parse(month): Reading(*pair) for month, pair in self.readings.items()}
        return figures.Metric(
            metric=name,
            process=process,
            aspect=figures.Aspect(self.aspect),
            unit=None,
            better=Direction(self.better),
            targets=self._targets(last),
            readings={**self._strip(last), **given},
        )

    def _targets(self, last: Month) -> tuple[DatedValue, ...]:
        if self.targets is not None:
            return tuple(DatedValue(day, value) for day, value in self.targets.items())
        # The months marked ? come first in a strip: the target begins with the month after them.
        open_months = self.months.rfind("?") + 1
        if not open_months:
            return (DatedValue(_LONG_AGO, _TARGET),)
        start = last.plus(1 + open_months - len(self.months)).first_day
        return (DatedValue(start, _TARGET),)

    def _strip(self, last: Month) -> dict[Month, Reading]:
        one, first = Fraction(1), last.plus(1 - len(self.months))
        good, bad = (one, Fraction(1, 2)) if self.better == "higher" else (Fraction(1, 2), one)
        values = {"+": good, "?": good, "-": bad}
        return {
            first.plus(n): Reading(values[sign], one)
            for n, sign in enumerate(self.months)
            if sign in values
        }


class CaseSystem(Definition):
    """A system, its months of uptime as a strip."""

    facing: Literal["end_user_facing", "enabling"] = "enabling"
    months: StripText = ""

    def build(self, name: str, last: Month) -> figures.System:
        """Return the system, its strip ending with the last month."""
        first = last.plus(1 - len(self.months))
        values = {
            "+": figures.Uptime(Fraction(1), _TARGET),
            "-": figures.Uptime(Fraction(0), _TARGET),
        }
        uptime = {first.plus(n): values[s] for n, s in enumerate(self.months) if s in values}
        return figures.System(name, figures.ProcessClass(self.facing), uptime)


class CaseVolume(Definition):
    """The contacts offered in one month of a channel: attaining, open, and in all."""

    attaining: int = 0
    open: int = 0
    offered: int


class CaseInitiative(Definition):
    """An initiative; what is false or missing is not documented."""

    process: str = "calls"
    started: Day = date(2020, 1, 1)
    structured: bool = True
    analysis: bool = True
    outcome: bool = True

    def build(self, name: str, last: Month) -> figures.Initiative:
        """Return the initiative."""
        analysis, outcome = ("documented" if x else None for x in (self.analysis, self.outcome))
        return figures.Initiative(
            name, self.process, self.started, None, self.structured, analysis, outcome
        )


class CaseAction(Definition):
    """An improvement action on a miss."""

    metric: str
    month: Months
    taken_on: Day


class CasePractice(Definition):
    """A practice."""

    documented: Literal["yes", "no", "not_applicable"] = "yes"
    reason: str | None = None
    evidence: str | None = None

    def build(self, name: str, last: Month) -> figures.Practice:
        """Return the practice."""
        documented = figures.Documented(self.documented)
        return figures.Practice(name, documented, self.reason, self.evidence)


class CaseDocument(Definition):
    """A document on file."""

    kind: str = "business_continuity_plan"
    dated: Day = date(2020, 1, 1)
    covers_backup_and_recovery: bool = True
    sets_acceptable_levels: bool = True
    communicated_on: Day | None = None
    tested_on: Day | None = None

    def build(self, name: str, last: Month) -> figures.Document:
        """Return the document."""
        return figures.Document(title=name, **dict(self))


class CaseSatisfaction(Definition):
    """Satisfaction in a month."""

    kind: Literal["end_user", "staff"]
    month: Months
    value: Exact
    target: Exact


class CaseIncident(Definition):
    """An incident; what is missing was not assessed."""

    opened: Day = date(2020, 1, 1)
    severity: str | None = None
    responded_minutes: Exact | None = None
    cost_impact: Exact | None = None

    def build(self, name: str, last: Month) -> figures.Incident:
        """Return the incident, opened in the evening of its day."""
        opened = datetime.fromisoformat(self.opened.isoformat() + _EVENING)
        return figures.Incident(
            name, "desk", opened, self.severity, self.responded_minutes, self.cost_impact
        )


class CaseChange(Definition):
    """A technology change."""

    on: Day = date(2020, 1, 1)
    business_requirement: str | None = None
    annual_plan_reference: str | None = None

    def build(self, name: str, last: Month) -> figures.TechnologyChange:
        """Return the change."""
        kind = figures.ChangeKind.UPGRADE
        return figures.TechnologyChange(
            name, kind, self.on, self.business_requirement, self.annual_plan_reference
        )


class Given(Definition):
    """The tables of a case, each entry under its name."""

    scope: CaseScope = CaseScope()
    metrics: Mapping[str, CaseMetric] = {}
    systems: Mapping[str, CaseSystem] = {}
    service_levels: tuple[str, ...] = ()
    volumes: Mapping[str, Mapping[str, CaseVolume]] = {}
    initiatives: Mapping[str, CaseInitiative] = {}
    actions: Mapping[str, CaseAction] = {}
    practices: Mapping[str, CasePractice] = {}
    documents: Mapping[str, CaseDocument] = {}
    satisfaction: Mapping[str, CaseSatisfaction] = {}
    incidents: Mapping[str, CaseIncident] = {}
    changes: Mapping[str, CaseChange] = {}
    quality: Mapping[str, tuple[Exact, Exact]] = {}

    def build(self, as_of: date) -> figures.Figures:
        """Return the figures of the case."""
        last = last_full_month(as_of)

        def built(entries: Mapping[str, Any]) -> tuple[Any, ...]:
            return tuple(entry.build(name, last) for name, entry in entries.items())

        return figures.Figures(
            scope=_scope(self.scope),
            metrics=built(self.metrics),
            systems=built(self.systems),
            service_levels=tuple(map(_service_level, self.service_levels)),
            volumes={channel: _volumes(months) for channel, months in self.volumes.items()},
            initiatives=built(self.initiatives),
            practices=built(self.practices),
            documents=built(self.documents),
            incidents=built(self.incidents),
            changes=built(self.changes),
            actions=tuple(
                figures.ImprovementAction(a.metric, a.month, name, a.taken_on)
                for name, a in self.actions.items()
            ),
            quality={
                figures.QualityMeasure(name): Reading(*pair) for name, pair in self.quality.items()
            },
            satisfaction=tuple(
                figures.Satisfaction(figures.SatisfactionKind(s.kind), s.month, s.value, s.target)
                for s in self.satisfaction.values()
            ),
        )


def _scope(scope: CaseScope) -> figures.Scope:
    return figures.Scope(
        kind=figures.ScopeKind(scope.kind),
        name="A case",
        operation=figures.Operation(scope.operation),
        timezone="Europe/London",
        channels=scope.channels,
        site_volume=scope.site,
        assessed_volume=scope.assessed,
    )


def _service_level(channel: str) -> ServiceLevelTarget:
    return ServiceLevelTarget(channel, _LONG_AGO, Fraction(4, 5), "offered")


def _volumes(months: Mapping[str, CaseVolume]) -> dict[Month, Tally]:
    return {Month.parse(m): Tally(v.attaining, v.open, v.offered) for m, v in months.items()}


class Expected(Definition):
    """What must be found: the tier, and outcomes and measures by `tier/requirement`."""

    tier: int | None = None
    outcomes: Mapping[str, OutcomeWord] = {}
    measured: Mapping[str, str | None] = {}
    missing: Mapping[str, tuple[str, ...]] = {}
    left_out: Mapping[str, tuple[str, ...]] = {}


class Case(Definition):
    """One case: its name says in a sentence what it shows."""

    name: str
    """What the case shows, as a sentence."""
    as_of: Day
    """The date of the verdict."""
    base: str
    """The base that it starts from."""
    change: Mapping[str, Any] = {}
    """Entries by table that differ from the base; null takes an entry away."""
    limit: str | None = None
    """The threshold at whose limit the case stands, on or past it."""
    expect: Expected
    """What must be found."""


class Cases(Definition):
    """The golden cases of one scheme."""

    cases_of: Key
    """The scheme."""
    bases: Mapping[str, Mapping[str, Any]]
    """Centres that cases start from, by the tables of `Given`."""
    cases: tuple[Case, ...]
    """The cases."""

    def figures_of(self, case: Case) -> figures.Figures:
        """Return the figures of a case: its base with its changes.

        Raises pydantic's ValidationError where they are no tables of `Given`, KeyError where the
        base is unknown.
        """
        given = Given.model_validate(merged(self.bases[case.base], case.change))
        return given.build(case.as_of)


def merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries of a base with those of a change put in their place, null taking away."""
    result = dict(base)
    for key, value in change.items():
        if value is None:
            result.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(result.get(key), Mapping):
            result[key] = merged(result[key], value)
        else:
            result[key] = value
    return result
