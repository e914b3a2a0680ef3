"""What the tables of steps and ranks show in a row, in words beside what it is sorted by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext

from attain.improvement.models import Roadmap
from attain.improvement.queries.reading import RoadmapReading, StepLine
from attain.improvement.queries.roadmaps import StepOfRoadmap
from attain.improvement.rules.appraisal import (
    Appraisal,
    impact,
    payback_months,
    return_on_investment,
    share_returned,
)
from attain.improvement.rules.ranking import GapPriority, Lacking, RankedStep
from attain.improvement.rules.robustness import Robustness, StepRobustness
from attain.improvement.words import months_words, percent_words, score_words

_NEVER = Fraction(10**9)
"""Beyond every payback, to sort by."""


@dataclass(frozen=True)
class StepRow:
    """A step as a row: where, of what, from which level to which, and what it brings."""

    key: str
    address: str
    place: str
    process: str
    item: str
    levels: str
    effort: int | None
    gain: int | None
    benefit: str
    days: int | None
    state: str
    returned: Fraction | None
    impact: Fraction | None

    @property
    def returned_key(self) -> Fraction:
        """The share returned, to sort by; what is missing is below everything."""
        return _or_below(self.returned)

    @property
    def impact_key(self) -> Fraction:
        """The impact, to sort by."""
        return _or_below(self.impact)

    @property
    def return_words(self) -> str:
        """The share returned in words."""
        return percent_words(self.returned)

    @property
    def impact_words(self) -> str:
        """The impact in words."""
        return percent_words(self.impact)


def _or_below(value: Fraction | None) -> Fraction:
    return Fraction(-1) if value is None else value


def address_of(roadmap: Roadmap, key: str, name: str = "improvement-step") -> str:
    """Return the address of the page of a step."""
    place, item, to = key.rsplit("/", 2)
    return reverse(name, args=[roadmap.organisation.key, roadmap.uuid, place, item, int(to)])


def row_of(reading: RoadmapReading, line: StepLine) -> StepRow:
    """Return a step as a row."""
    step, words = line.read.step, line.read.words
    said = reading.appraisals.get(line.key, Appraisal())
    return StepRow(
        key=line.key,
        address=address_of(reading.roadmap, line.key),
        place=words.centre,
        process=words.process,
        item=words.item,
        levels=f"{words.level} → {words.to}",
        effort=step.effort,
        gain=step.gain,
        benefit=step.benefit,
        days=line.row.days if line.row else None,
        state=line.state,
        returned=share_returned(said, reading.roadmap.years),
        impact=impact(said, reading.goals),
    )


@dataclass(frozen=True)
class RankRow:
    """A ranked step as a row, with how its rank holds."""

    ranked: RankedStep
    read: StepOfRoadmap
    appraisal: Appraisal
    holds: StepRobustness
    draws: int
    years: int
    address: str

    @property
    def rank(self) -> int:
        """The rank of the step."""
        return self.ranked.rank

    @property
    def item(self) -> str:
        """The item of the step."""
        return self.read.words.item

    @property
    def levels(self) -> str:
        """From which level to which."""
        return f"{self.read.words.level} → {self.read.words.to}"

    @property
    def place(self) -> str:
        """Where the step is made."""
        return self.read.words.centre

    @property
    def process(self) -> str:
        """The process of the item."""
        return self.read.words.process

    @property
    def effort(self) -> int | None:
        """The effort of the step by the model."""
        return self.read.step.effort

    @property
    def score_key(self) -> Fraction:
        """The score, to sort by."""
        return self.ranked.score

    @property
    def score_words(self) -> str:
        """The score in words, and that something was taken at its lowest."""
        written = score_words(self.ranked.score)
        if not self.ranked.lacking:
            return written
        return gettext("%(score)s, at the lowest") % {"score": written}

    @property
    def returned_key(self) -> Fraction:
        """The share returned, to sort by."""
        return _or_below(self.ranked.returned)

    @property
    def return_words(self) -> str:
        """The share returned in words."""
        return percent_words(self.ranked.returned)

    @property
    def impact_key(self) -> Fraction:
        """The impact, to sort by."""
        return _or_below(self.ranked.impact)

    @property
    def impact_words(self) -> str:
        """The impact in words."""
        return percent_words(self.ranked.impact)

    @property
    def roi(self) -> Fraction | None:
        """The return on investment; None without money, or without costs."""
        money = self.appraisal.money
        return None if money is None else return_on_investment(money, self.years)

    @property
    def roi_key(self) -> Fraction:
        """The return on investment, to sort by; losses are below what is not known."""
        return Fraction(-2) if self.roi is None else self.roi

    @property
    def roi_words(self) -> str:
        """The return on investment in words."""
        if self.appraisal.money is not None and self.roi is None:
            return gettext("No costs")
        return percent_words(self.roi)

    @property
    def payback_key(self) -> Fraction:
        """After how many months the one-off cost has come back, to sort by."""
        money = self.appraisal.money
        months = None if money is None else payback_months(money)
        return _NEVER if months is None else months

    @property
    def payback_words(self) -> str:
        """After how many months the one-off cost has come back, in words."""
        money = self.appraisal.money
        return "–" if money is None else months_words(payback_months(money))

    @property
    def low(self) -> int:
        """The better end of the ranks, to sort by."""
        return self.holds.low

    @property
    def interval_words(self) -> str:
        """Between which ranks nine of ten draws lie."""
        low, high = (number_format(n, force_grouping=True) for n in (self.low, self.holds.high))
        return low if low == high else f"{low}–{high}"

    @property
    def top_draws(self) -> int:
        """In how many draws the step is in the top."""
        return self.holds.top_draws

    @property
    def top_words(self) -> str:
        """In which share of the draws the step is in the top."""
        return percent_words(Fraction(self.top_draws, self.draws))


def rank_rows(reading: RoadmapReading, tried: Robustness) -> list[RankRow]:
    """Return the ranked steps as rows."""
    return [
        RankRow(
            ranked=each,
            read=reading.by_key[each.step.key],
            appraisal=reading.appraisals.get(each.step.key, Appraisal()),
            holds=holds,
            draws=tried.policy.draws,
            years=reading.roadmap.years,
            address=address_of(reading.roadmap, each.step.key),
        )
        for each, holds in zip(reading.ranking.ranked, tried.steps, strict=True)
    ]


@dataclass(frozen=True)
class ApartRow:
    """A step that cannot be ranked, with what is lacking."""

    row: StepRow
    lacking: tuple[Lacking, ...]

    @property
    def item(self) -> str:
        """The item of the step."""
        return self.row.item

    @property
    def levels(self) -> str:
        """From which level to which."""
        return self.row.levels

    @property
    def place(self) -> str:
        """Where the step is made."""
        return self.row.place

    @property
    def process(self) -> str:
        """The process of the item."""
        return self.row.process

    @property
    def address(self) -> str:
        """The address of the page of the step."""
        return self.row.address


def apart_rows(reading: RoadmapReading) -> list[ApartRow]:
    """Return the steps that cannot be ranked as rows."""
    lines = {line.key: line for line in reading.lines}
    told = ((lines[each.step.key], each.lacking) for each in reading.ranking.apart)
    return [ApartRow(row_of(reading, line), lacking) for line, lacking in told]


@dataclass(frozen=True)
class PriorityRow:
    """What a process or an item is worth together, in words."""

    title: str
    score: str
    best_rank: int | None
    levels: int
    apart: int
    items: tuple["PriorityRow", ...] = ()


def priority_rows(priorities: Iterable[GapPriority], reading: RoadmapReading) -> list[PriorityRow]:
    """Return the priorities by process, and within each by item."""
    items = {each.step.item: each.words.item for each in reading.steps}
    return [
        _priority(each, reading.processes.get(each.key or "") or gettext("No process"), items)
        for each in priorities
    ]


def _priority(each: GapPriority, title: str, items: Mapping[str, str]) -> PriorityRow:
    within = tuple(_priority(item, items[item.key or ""], items) for item in each.items)
    return PriorityRow(
        title, score_words(each.score), each.best_rank, each.levels, each.apart, within
    )
