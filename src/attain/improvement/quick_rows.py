"""The steps as rows that are filled in one after the other, each saved as it changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from attain.improvement.models import StepAppraisal
from attain.improvement.queries.reading import RoadmapReading, StepLine
from attain.improvement.queries.roadmaps import range_of
from attain.improvement.roadmap_rows import address_of
from attain.improvement.rules.appraisal import FIFTHS

MOST_ROWS = 300
"""More rows than anybody fills in at once; a filter leads to the others."""


@dataclass(frozen=True)
class QuickRow:
    """A step with what its row asks for; where amounts were given there is no scale to choose."""

    id: str
    address: str
    page: str
    line: StepLine
    heading: str
    in_money: bool
    version: int
    scale: int | None
    impacts: Mapping[str, int]
    days: int | None
    note: str


@dataclass(frozen=True)
class QuickPage:
    """The rows of a page, and how many there would be without a limit."""

    rows: tuple[QuickRow, ...]
    steps: int

    @property
    def is_cut(self) -> bool:
        """Whether there are more steps than rows."""
        return self.steps > len(self.rows)

    @property
    def scale(self) -> range:
        """The values of the scale."""
        return range(1, FIFTHS + 1)


def row_id(key: str) -> str:
    """Return the name of a row, as an address after a hash or a selector takes it."""
    return key.replace("/", "__").replace(".", "_-_")


def quick_rows(reading: RoadmapReading, lines: Sequence[StepLine]) -> QuickPage:
    """Return the rows of some steps, by process."""
    order = {key: number for number, key in enumerate(reading.processes)}
    ordered = sorted(lines, key=lambda line: order[line.read.step.process or ""])
    return QuickPage(tuple(_headed(reading, islice(ordered, MOST_ROWS))), len(lines))


def _headed(reading: RoadmapReading, lines: Iterable[StepLine]) -> Iterable[QuickRow]:
    before = None
    for line in lines:
        process = line.read.words.process or _("No process")
        yield quick_row(reading, line, "" if process == before else process)
        before = process


def quick_row(reading: RoadmapReading, line: StepLine, heading: str = "") -> QuickRow:
    """Return the row of a step; `heading` is its process above the first of its steps."""
    said = line.row
    return QuickRow(
        id=row_id(line.key),
        address=address_of(reading.roadmap, line.key, "improvement-appraise-step"),
        page=address_of(reading.roadmap, line.key),
        line=line,
        heading=heading,
        in_money=said is not None and _has_amounts(said),
        version=said.version if said else 0,
        scale=said.scale if said else None,
        impacts=said.impacts if said else {},
        days=said.days if said else None,
        note=said.note if said else "",
    )


def _has_amounts(said: StepAppraisal) -> bool:
    return any(range_of(said, name) for name in ("one_off", "running", "benefit"))


def sides(line: StepLine, form: Any) -> list[tuple[str, Any, Any]]:
    """Return what differs between what stands of a step and what was typed, in words."""
    stands, typed = line.row, form.cleaned_data
    theirs = {} if stands is None else {n: getattr(stands, n) for n in ("scale", "days", "note")}
    said = [
        (_("Return on a scale of five"), theirs.get("scale"), typed["scale"]),
        (_("Person-days"), theirs.get("days"), typed["days"]),
        (_("Note"), theirs.get("note"), typed["note"]),
    ]
    impacts = {} if stands is None else stands.impacts
    for field in form.impact_fields:
        key = field.name.removeprefix("impact_")
        said.append((field.label, impacts.get(key), form.impacts.get(key)))
    return [each for each in said if each[1] != each[2]]
