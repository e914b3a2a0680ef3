"""A roadmap as rules read it: the steps of its sources, their words, what was said of each."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of
from attain.assessments.queries.results import ratings_at_closing
from attain.improvement.models import Roadmap, RoadmapSource, StepAppraisal
from attain.improvement.queries.sources import place_key, sources_of
from attain.improvement.rules.appraisal import Appraisal, Money, Range
from attain.improvement.rules.saying import StepSaid
from attain.improvement.rules.steps import ItemStep, items_without_gap_known, steps_of_gaps
from attain.organisations.pages import Centre
from attain.standards.maturity_model import MaturityModel


@dataclass(frozen=True)
class StepWords:
    """A step in words: where, of which item, from which level to which, and what it brings.

    `assessment` is the row of its source; `centre_row` is None where no centre was assessed.
    """

    centre: str
    item: str
    level: str
    to: str
    process: str
    benefit: str
    text: str
    language: str
    assessment: Any
    centre_row: Centre | None

    @property
    def title(self) -> str:
        """The item, and from which level to which."""
        return f"{self.item}: {self.level} → {self.to}"


@dataclass(frozen=True)
class StepOfRoadmap:
    """A step of a roadmap with its words."""

    step: ItemStep
    words: StepWords


def read_steps(roadmap: Roadmap) -> list[StepOfRoadmap]:
    """Return every step of every source, by two queries for one source as for two hundred."""
    return steps_from(sources_of(roadmap))


def steps_from(sources: Iterable[RoadmapSource]) -> list[StepOfRoadmap]:
    """Return every step of sources that were read already."""
    return [each for source in sources for each in _of_source(source.assessment)]


def _of_source(assessment: Any) -> Iterator[StepOfRoadmap]:
    model, place = model_of(assessment.edition), place_of(assessment)
    items = {item.key: item for item in model.rated_items}
    for step in steps_of_gaps(place_key(assessment), model, ratings_at_closing(assessment)):
        item = items[step.item]
        words = StepWords(
            centre=str(place),
            item=item.title,
            level=named_level(model, step.level),
            to=named_level(model, step.to),
            process=process_words(step.process),
            benefit=step.benefit,
            text=model.text_of(item, step.to),
            language=assessment.edition.language,
            assessment=assessment,
            centre_row=assessment.centre,
        )
        yield StepOfRoadmap(step, words)


@dataclass(frozen=True)
class UnknownGap:
    """An item that a source gives no level or no target: nobody knows its gap, or its steps."""

    place: str
    item: str
    language: str
    assessment: Any


def unknown_gaps(sources: Iterable[RoadmapSource]) -> list[UnknownGap]:
    """Return the items of sources of which no gap is known, so that none is lost unseen."""
    return [
        UnknownGap(str(place_of(source.assessment)), title, language, source.assessment)
        for source in sources
        for title, language in _without_gap_known(source.assessment)
    ]


def _without_gap_known(assessment: Any) -> Iterator[tuple[str, str]]:
    model = model_of(assessment.edition)
    titles = {item.key: item.title for item in model.rated_items}
    language = assessment.edition.language
    for key in items_without_gap_known(model, ratings_at_closing(assessment)):
        yield titles[key], language


def named_level(model: MaturityModel, level: int) -> str:
    """Return the number of a level and its name, where it has one."""
    title = model.title_of(level)
    return str(level) if title == str(level) else f"{level} {title}"


def process_words(key: str | None) -> str:
    """Return the process that a model names by a key alone, as a reader writes it."""
    return "" if key is None else key.replace("-", " ").replace("_", " ").capitalize()


def steps_of(roadmap: Roadmap) -> list[ItemStep]:
    """Return the steps of all sources of a roadmap."""
    return [each.step for each in read_steps(roadmap)]


def appraisals_of(roadmap: Roadmap) -> Mapping[str, Appraisal]:
    """Return what was said of the steps of a roadmap, as the rules read it."""
    return {row.step: appraisal_of(row) for row in roadmap.appraisals.all()}


def appraisal_of(row: StepAppraisal) -> Appraisal:
    """Return an appraisal as the rules read it; money of which a part is missing is not known."""
    return Appraisal(money_of(row), row.scale, row.impacts or None)


def money_of(row: StepAppraisal) -> Money | None:
    """Return what a step costs and brings, None where one of the three ranges is missing."""
    ranges = [range_of(row, name) for name in ("one_off", "running", "benefit")]
    known = [each for each in ranges if each is not None]
    return Money(*known) if len(known) == len(ranges) else None


def range_of(row: StepAppraisal, name: str) -> Range | None:
    """Return a range of amounts by its name, None where it was not given."""
    given = [getattr(row, f"{name}_{end}") for end in ("low", "likely", "high")]
    return None if None in given else Range(*given)


def said_by(row: StepAppraisal) -> StepSaid:
    """Return everything that was said of a step, as it was said."""
    return StepSaid(
        one_off=range_of(row, "one_off"),
        running=range_of(row, "running"),
        benefit=range_of(row, "benefit"),
        scale=row.scale,
        impacts=row.impacts,
        days=row.days,
        quarters=row.quarters,
        earliest=row.earliest,
        latest=row.latest,
        after=tuple(row.after),
        note=row.note,
    )
