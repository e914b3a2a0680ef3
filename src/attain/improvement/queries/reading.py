"""A roadmap read whole, by a constant number of queries: steps, what was said, and the ranking."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from attain.improvement.models import Roadmap, RoadmapSource, StepAppraisal
from attain.improvement.queries.goals import declared_goals
from attain.improvement.queries.ranking import ranked
from attain.improvement.queries.roadmaps import (
    StepOfRoadmap,
    UnknownGap,
    appraisal_of,
    steps_from,
    unknown_gaps,
)
from attain.improvement.queries.sources import sources_of
from attain.improvement.rules.appraisal import Appraisal, Goals
from attain.improvement.rules.ranking import Lacking, Ranking
from attain.improvement.rules.steps import lower_steps


@dataclass(frozen=True)
class StepLine:
    """A step with its words, what was said of it, and what is lacking to rank it."""

    read: StepOfRoadmap
    row: StepAppraisal | None
    lacking: tuple[Lacking, ...]

    @property
    def key(self) -> str:
        """The key of the step."""
        return self.read.step.key

    @property
    def state(self) -> str:
        """Whether everything is said that its ranking needs, something, or nothing."""
        if not self.lacking:
            return "appraised"
        return "partly_appraised" if self.row else "not_appraised"


@dataclass(frozen=True)
class RoadmapReading:
    """A roadmap with its sources and steps, the rows of what was said of them, and the goals."""

    roadmap: Roadmap
    sources: tuple[RoadmapSource, ...]
    steps: tuple[StepOfRoadmap, ...]
    rows: Mapping[str, StepAppraisal]
    goals: Goals

    @cached_property
    def by_key(self) -> Mapping[str, StepOfRoadmap]:
        """The steps by key."""
        return {each.step.key: each for each in self.steps}

    @cached_property
    def appraisals(self) -> Mapping[str, Appraisal]:
        """What was said, as the rules read it."""
        return {key: appraisal_of(row) for key, row in self.rows.items()}

    @cached_property
    def ranking(self) -> Ranking:
        """The ranking by the roadmap's rule."""
        return ranked(self.roadmap, [e.step for e in self.steps], self.appraisals, self.goals)

    @cached_property
    def lines(self) -> tuple[StepLine, ...]:
        """Every step as a line, in the order of the sources and their models."""
        lacking = {each.step.key: each.lacking for each in self.ranking.apart}
        lacking |= {each.step.key: each.lacking for each in self.ranking.ranked}
        keys = (each.step.key for each in self.steps)
        return tuple(StepLine(self.by_key[key], self.rows.get(key), lacking[key]) for key in keys)

    @cached_property
    def appraised(self) -> int:
        """Of how many steps everything is said that the ranking needs."""
        return sum(not line.lacking for line in self.lines)

    @cached_property
    def lower(self) -> Mapping[str, str]:
        """The step of the same item that comes before a step by itself."""
        return lower_steps([each.step for each in self.steps])

    @cached_property
    def gone(self) -> tuple[StepAppraisal, ...]:
        """What was said of steps that the sources have no more."""
        return tuple(row for key, row in self.rows.items() if key not in self.by_key)

    @cached_property
    def unknown_gaps(self) -> tuple[UnknownGap, ...]:
        """The items of which nobody knows a gap; they have no step."""
        return tuple(unknown_gaps(self.sources))

    @cached_property
    def places(self) -> Mapping[str, str]:
        """The name of each place that has steps, by its key."""
        return {each.step.centre: each.words.centre for each in self.steps}

    @cached_property
    def processes(self) -> Mapping[str, str]:
        """The processes that have steps, in words, by key; none under the empty text."""
        found = {each.step.process or "": each.words.process for each in self.steps}
        return dict(sorted(found.items(), key=lambda pair: (pair[0] == "", pair[1])))

    def elsewhere(self, key: str) -> list[StepLine]:
        """Return the lines of the same step at other places."""
        own = self.by_key[key].step
        alike = (own.item, own.level, own.to)
        steps = ((line, line.read.step) for line in self.lines if line.key != key)
        return [line for line, step in steps if (step.item, step.level, step.to) == alike]


def read_roadmap(roadmap: Roadmap) -> RoadmapReading:
    """Read a roadmap whole."""
    rows = roadmap.appraisals.select_related("appraised_by__account")
    sources = tuple(sources_of(roadmap))
    return RoadmapReading(
        roadmap=roadmap,
        sources=sources,
        steps=tuple(steps_from(sources)),
        rows={row.step: row for row in rows},
        goals=declared_goals(),
    )
