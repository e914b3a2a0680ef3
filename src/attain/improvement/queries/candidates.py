"""Which steps of a roadmap can be planned, and which initiatives carry steps out already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from attain.improvement.models import Initiative, InitiativeStep, Roadmap, StepAppraisal
from attain.improvement.queries.goals import declared_goals
from attain.improvement.queries.ranking import ranked
from attain.improvement.queries.roadmaps import StepOfRoadmap, StepWords, appraisal_of, read_steps
from attain.improvement.queries.sources import place_key
from attain.improvement.rules.offering import (
    Appraised,
    Offer,
    PlanUnit,
    StepWork,
    Taken,
    offer,
    usual_unit,
)
from attain.improvement.rules.stages import InitiativeState
from attain.measurement.periods import Month

MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True)
class RoadmapSteps:
    """Everything that is known of the steps of a roadmap: words, appraisals, who carries them out.

    `initiatives` has for a step the initiative that carries it out or has done so.
    """

    roadmap: Roadmap
    words: Mapping[str, StepWords]
    appraised: Appraised
    initiatives: Mapping[str, Initiative]
    taken: Taken

    @property
    def unit(self) -> PlanUnit:
        """What plans of the roadmap are counted in unless somebody says so."""
        return usual_unit(self.appraised, self.taken)

    def offered(self, unit: PlanUnit, *, has_budget: bool = True) -> Offer:
        """Return which steps can be planned in a unit."""
        return offer(self.appraised, self.taken, unit, has_budget=has_budget)


def steps_to_plan(roadmap: Roadmap) -> RoadmapSteps:
    """Read everything that a plan of a roadmap is made of."""
    read = read_steps(roadmap)
    steps = [each.step for each in read]
    rows = list(roadmap.appraisals.all())
    appraisals = {row.step: appraisal_of(row) for row in rows}
    ranking = ranked(roadmap, steps, appraisals, declared_goals())
    # A score made of the lowest possible values says what is not known, and plans nothing.
    scores = {each.step.key: each.score for each in ranking.ranked if not each.lacking}
    initiatives = initiatives_of(read)
    return RoadmapSteps(
        roadmap=roadmap,
        words={each.step.key: each.words for each in read},
        appraised=Appraised(steps, appraisals, {row.step: _work_of(row) for row in rows}, scores),
        initiatives=initiatives,
        taken=_taken(initiatives, roadmap.first_month),
    )


def _work_of(row: StepAppraisal) -> StepWork:
    return StepWork(
        days=row.days,
        cost=row.one_off_likely,
        quarters=row.quarters,
        earliest=row.earliest,
        latest=row.latest,
        after=tuple(row.after),
    )


def initiatives_of(read: Sequence[StepOfRoadmap]) -> dict[str, Initiative]:
    """Return of each step the initiative that carries it out, or has done so.

    One that was planned from another assessment of the same place by the same model counts while
    it is under way, and once done where it ended after the assessment at hand was closed.
    """
    about = {
        (each.step.centre, each.words.assessment.edition.key, each.step.item, each.step.to): each
        for each in read
    }
    rows = InitiativeStep.objects.exclude(initiative__state=InitiativeState.DROPPED.value)
    rows = rows.select_related(
        "initiative",
        "assessment__edition",
        "assessment__centre",
        "assessment__team__site",
        "assessment__organisation",
    ).defer("assessment__closing", "assessment__edition__text")
    found: dict[str, Initiative] = {}
    for row in rows.order_by("initiative__planned_at", "pk"):
        place = place_key(row.assessment)
        step = about.get((place, row.assessment.edition.key, row.item, row.to))
        if step is not None and _counts(row, step):
            found[step.step.key] = row.initiative
    return found


def _counts(row: InitiativeStep, step: StepOfRoadmap) -> bool:
    assessment = step.words.assessment
    if row.assessment_id == assessment.pk or row.initiative.ended_on is None:
        return True
    return bool(row.initiative.ended_on >= assessment.closed_at.date())


def _taken(initiatives: Mapping[str, Initiative], first: Month) -> Taken:
    done = {key for key, each in initiatives.items() if each.state == InitiativeState.DONE.value}
    return Taken(
        done=frozenset(done),
        under_way={
            key: max(-1, (Month.of(each.due_on).index - first.index) // MONTHS_OF_A_QUARTER)
            for key, each in initiatives.items()
            if key not in done
        },
    )
