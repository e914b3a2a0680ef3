"""The watch: would a certificate still be granted, and would it survive a bad month?

A certificate is *lost* where the figures of today no longer reach its tier, *open* where that
cannot be told, and *held* otherwise. One that is held is *at risk* where the worst month that can
come next would cost it: every metric off target, with an action for each miss; every system below
its uptime; no interval of a channel attaining at the volume of the month before; and all dates a
month on. Satisfaction stays as it is: its rule looks at one figure alone, and would always be at
risk. That the next month is recorded at all is taken for granted: without it nothing is proved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from attain.certification.rules.proofs import lacking
from attain.certification.rules.supposing import Supposed, Supposition, suppose
from attain.measurement.counting import Tally
from attain.measurement.periods import Month, last_full_month
from attain.measurement.volumes import Volumes
from attain.standards.figures import Figures
from attain.standards.maturity_model import MaturityModel
from attain.standards.scheme import Scheme
from attain.standards.verdicts import Verdict, certify

Models = Mapping[str, MaturityModel]


class WatchOutcome(StrEnum):
    """Whether a certificate would still be granted."""

    HELD = "held"
    OPEN = "open"
    LOST = "lost"


@dataclass(frozen=True)
class Watched:
    """What the watch found: the verdict of today, what fails in it, and what a bad month costs."""

    verdict: Verdict
    outcome: WatchOutcome
    failing: tuple[str, ...]
    at_risk: tuple[str, ...]

    @property
    def is_at_risk(self) -> bool:
        """Whether the certificate is held and one bad month would cost it."""
        return self.outcome is WatchOutcome.HELD and bool(self.at_risk)


def watch(figures: Figures, scheme: Scheme, models: Models, tier: int, as_of: date) -> Watched:
    """Judge whether figures still reach a tier, and whether they would after a bad month."""
    verdict = certify(figures, scheme, as_of, models)
    failing = lacking(verdict, tier)
    return Watched(verdict, _outcome(verdict, tier), failing, risks(verdict, tier))


def _outcome(verdict: Verdict, tier: int) -> WatchOutcome:
    reached = verdict.tier is not None and verdict.tier >= tier
    if reached:
        return WatchOutcome.HELD
    refuted = any(
        found.tier <= tier and found.outcome.value == "not_met" for found in verdict.tiers
    )
    return WatchOutcome.LOST if refuted else WatchOutcome.OPEN


def risks(verdict: Verdict, tier: int) -> tuple[str, ...]:
    """Return the requirements that hold today and would not after the worst month."""
    figures = verdict.evidence.standing.figures
    month = last_full_month(verdict.as_of).plus(1)
    ahead = certify(
        after_a_bad_month(figures, month), verdict.scheme, month.last_day, verdict.evidence.models
    )
    today = set(lacking(verdict, tier))
    return tuple(key for key in lacking(ahead, tier) if key not in today)


def after_a_bad_month(figures: Figures, month: Month) -> Figures:
    """Return the figures after a month in which everything measured is off target."""
    cells = [(metric.metric, month) for metric in figures.metrics]
    bad = Supposition(
        metrics=dict.fromkeys(cells, Supposed.OFF_TARGET),
        systems={(system.system, month): Supposed.OFF_TARGET for system in figures.systems},
        actions=frozenset(cells),
    )
    return replace(suppose(figures, bad), volumes=_bad_volumes(figures.volumes, month))


def _bad_volumes(volumes: Volumes, month: Month) -> Volumes:
    bad = {}
    for channel, months in volumes.items():
        before = [each for each in months if each < month]
        offered = months[max(before)].total if before else 0
        bad[channel] = {**months, month: Tally(0, 0, offered)} if offered else months
    return bad
