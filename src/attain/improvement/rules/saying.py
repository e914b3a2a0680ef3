"""What somebody says of a step as a whole, and why it is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from attain.improvement.rules.amounts import MOST
from attain.improvement.rules.appraisal import (
    Appraisal,
    AppraisalFault,
    Goals,
    Money,
    Range,
    faults_of_appraisal,
)
from attain.improvement.rules.candidates import Candidate
from attain.improvement.rules.precedence import find_cycle

MOST_DAYS = 100_000
MOST_QUARTERS = 20
LONGEST_NOTE = 4_000
MOST_BEFORE = 100
"""More steps than this before one are no order that anybody keeps in mind."""
_NOTHING = Range.exactly(0)


class SayingFault(StrEnum):
    """Why what was said of the work of a step is refused."""

    TOO_MUCH = "too_much"
    DAYS_OUTSIDE = "days_outside"
    QUARTERS_OUTSIDE = "quarters_outside"
    WINDOW_OUTSIDE = "window_outside"
    LATEST_BEFORE_EARLIEST = "latest_before_earliest"
    UNKNOWN_STEP = "unknown_step"
    AFTER_ITSELF = "after_itself"
    CIRCLE = "circle"
    TOO_MANY_BEFORE = "too_many_before"
    NOTE_TOO_LONG = "note_too_long"


Fault = AppraisalFault | SayingFault


@dataclass(frozen=True)
class StepSaid:
    """What is said of a step: its return, its impact by goal, its work, and what comes before it.

    What nobody said is None. Quarters of the plan count from 0.
    """

    one_off: Range | None = None
    running: Range | None = None
    benefit: Range | None = None
    scale: int | None = None
    impacts: Mapping[str, int] = field(default_factory=dict)
    days: int | None = None
    quarters: int = 1
    earliest: int = 0
    latest: int | None = None
    after: tuple[str, ...] = ()
    note: str = ""

    @property
    def ranges(self) -> Mapping[str, Range | None]:
        """The three ranges of money by name."""
        return {"one_off": self.one_off, "running": self.running, "benefit": self.benefit}

    @property
    def is_empty(self) -> bool:
        """Whether neither a return nor an impact nor the effort was said."""
        said = (self.one_off, self.running, self.benefit, self.scale, self.days)
        return all(each is None for each in said) and not self.impacts


@dataclass(frozen=True)
class Around:
    """What a step stands among: goals, quarters, and what each other step waits for."""

    goals: Goals
    quarters: int
    waits: Mapping[str, Sequence[str]]


def faults_of_said(step: str, said: StepSaid, around: Around) -> list[tuple[str, Fault]]:
    """Return every reason why what was said cannot stand, each with the field it is about."""
    given = {name: each for name, each in said.ranges.items() if each is not None}
    money = Money(**{name: given.get(name, _NOTHING) for name in said.ranges}) if given else None
    appraisal = Appraisal(money, said.scale, said.impacts)
    found: list[tuple[str, Fault]] = [*faults_of_appraisal(appraisal, around.goals)]
    found += [(n, SayingFault.TOO_MUCH) for n, each in given.items() if each.high > MOST]
    return [*found, *_of_work(said, around.quarters), *_of_order(step, said, around.waits)]


def _of_work(said: StepSaid, quarters: int) -> Iterator[tuple[str, Fault]]:
    if said.days is not None and not 0 <= said.days <= MOST_DAYS:
        yield "days", SayingFault.DAYS_OUTSIDE
    if not 1 <= said.quarters <= MOST_QUARTERS:
        yield "quarters", SayingFault.QUARTERS_OUTSIDE
    if not 0 <= said.earliest < quarters:
        yield "earliest", SayingFault.WINDOW_OUTSIDE
    if said.latest is not None and not 0 <= said.latest < quarters:
        yield "latest", SayingFault.WINDOW_OUTSIDE
    elif said.latest is not None and said.latest < said.earliest:
        yield "latest", SayingFault.LATEST_BEFORE_EARLIEST
    if len(said.note) > LONGEST_NOTE:
        yield "note", SayingFault.NOTE_TOO_LONG


def _of_order(
    step: str, said: StepSaid, waits: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Fault]]:
    unknown = [key for key in said.after if key not in waits]
    if unknown:
        yield "after", SayingFault.UNKNOWN_STEP
    elif step in said.after:
        yield "after", SayingFault.AFTER_ITSELF
    elif len(said.after) > MOST_BEFORE:
        yield "after", SayingFault.TOO_MANY_BEFORE
    elif circle_with(step, said.after, waits):
        yield "after", SayingFault.CIRCLE


def circle_with(
    step: str, after: Sequence[str], waits: Mapping[str, Sequence[str]]
) -> tuple[str, ...] | None:
    """Return the circle that a step closes by waiting for others too; None where it closes none."""
    together = {**waits, step: (*waits.get(step, ()), *after)}
    return find_cycle([Candidate(key, 0, after=tuple(of)) for key, of in together.items()])
