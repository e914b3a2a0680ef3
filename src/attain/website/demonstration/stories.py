"""Stories: what of a centre's two years differs from steady ones, and the strips that follow.

A strip has a sign for each month, oldest first: + on target, - off target, . no reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from attain.measurement.periods import Month

TWO_YEARS = 24
A_YEAR = 12
WINTER = (11, 12, 1, 2)
# How likely a month brings a miss, from January to December.
_HARDSHIP = (5, 4, 2, 1, 1, 1, 2, 2, 1, 1, 4, 5)


@dataclass(frozen=True)
class Lapse:
    """From how many to how many months of a year a metric or a channel's staff lapses."""

    least: int
    most: int


NEVER = Lapse(0, 0)
SELDOM = Lapse(0, 2)
STEADY = Lapse(0, 1)
# Enough for tier 2, which asks for 7 of 12 months on target, and too little for tier 3 with 9.
WAVERING = Lapse(4, 5)
FAILING = Lapse(7, 9)


@dataclass(frozen=True)
class Restatement:
    """A reading that was corrected after its month was closed: how many months ago, and why.

    At first it was on target.
    """

    metric: str
    months_ago: int
    reason: str


@dataclass(frozen=True)
class Story:
    """What of a centre's two years is told; whatever is not told is steady.

    `lapses` and `strips` are by metric, by system, or by channel for its staff; a strip tells the
    last months. `winters` lapse in each winter month of the last year. `months` is for how long
    the centre has measured, `intervals` for how many the lake has its contacts by quarter-hour.
    """

    told: str
    months: int = TWO_YEARS
    lapses: Mapping[str, Lapse] = field(default_factory=dict)
    strips: Mapping[str, str] = field(default_factory=dict)
    winters: tuple[str, ...] = ()
    restated: Restatement | None = None
    acts_on_misses: bool = True
    initiatives: int = 3
    unstructured: int = 1
    tested_months_ago: int = 4
    covers_recovery: bool = True
    undocumented: tuple[str, ...] = ()
    without_evidence: tuple[str, ...] = ()
    dissatisfied: tuple[str, ...] = ()
    unpriced_incident: bool = False
    unplanned_change: bool = False
    time_and_materials: tuple[str, ...] = ()
    assessed: str = "0.93"
    intervals: int = A_YEAR

    def strip(self, key: str, last: Month, random: Random) -> str:
        """Return the strip of a metric or of a channel's staff, as long as is measured."""
        return self._strip(key, last, random, STEADY, SELDOM)

    def strip_of_system(self, system: str, last: Month, random: Random) -> str:
        """Return the strip of a system, which is up as it should be unless something is told."""
        return self._strip(system, last, random, NEVER, NEVER)

    def _strip(self, key: str, last: Month, random: Random, usual: Lapse, before: Lapse) -> str:
        months = [last.plus(n + 1 - self.months) for n in range(self.months)]
        signs = _drawn(months[-A_YEAR:], self.lapses.get(key, usual), random)
        earlier = _drawn(months[:-A_YEAR], before, random)
        if key in self.winters:
            signs = ["-" if m.first_day.month in WINTER else "+" for m in months[-A_YEAR:]]
            earlier = ["+"] * len(earlier)
        drawn = "".join([*earlier, *signs])
        told = self.strips.get(key, "")
        return (drawn[: len(drawn) - len(told)] + told)[-self.months :]


def _drawn(months: list[Month], lapse: Lapse, random: Random) -> list[str]:
    """Draw the months of a year that are off target: rather in winter."""
    signs = ["+"] * len(months)
    open_months = list(range(len(months)))
    for _ in range(min(random.randint(lapse.least, lapse.most), len(months))):
        weights = [_HARDSHIP[months[n].first_day.month - 1] for n in open_months]
        [chosen] = random.choices(open_months, weights)
        open_months.remove(chosen)
        signs[chosen] = "-"
    return signs
