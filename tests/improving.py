"""What the tests of the improvement room share: two closed assessments, goals and a roadmap."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from assessed import TEXT
from attain.assessments.actions.agreeing import agree
from attain.assessments.actions.assessing import (
    begin_moderation,
    close_assessment,
    name_assessor,
    open_assessment,
    submit_part,
)
from attain.assessments.actions.editions import publish, write_draft
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.editions import model_of
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.improvement.actions.appraising import appraise
from attain.improvement.actions.goals import add_goal
from attain.improvement.actions.roadmaps import RoadmapSettings, open_roadmap
from attain.improvement.models import Goal, Roadmap, StepAppraisal
from attain.improvement.queries.sources import closed_assessments, latest_of_each
from attain.improvement.rules.appraisal import Range
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.improvement.rules.saying import StepSaid
from attain.measurement.periods import Month
from attain.organisations.models import Centre, Member
from attain.organisations.rules import Role
from estate import Estate

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DUE = date(2026, 12, 18)
_STEP = "step: {effort: %d, gain: 3, benefit: Fewer surprises}"
MODEL_TEXT = (
    TEXT.replace("{title: Forecast,", "{title: Forecast, process: planning,")
    .replace("{title: Budget,", "{title: Budget, process: planning,")
    .replace("{title: Hiring,", "{title: Hiring, process: recruiting,")
    .replace("text: more}", f"text: more, {_STEP % 2}}}")
    .replace("text: most}", f"text: most, {_STEP % 4}}}")
)
"""The small model with processes, and with the effort and the gain of its steps."""
SETTINGS = RoadmapSettings(
    title="Winter roadmap",
    currency="GBP",
    years=3,
    rule=RankingRule.RETURN_AND_IMPACT,
    unknowns=Unknowns.APART,
    first_month=Month.parse("2027-01"),
    quarters=4,
)


@dataclass(frozen=True)
class Improving:
    """An estate with a goal of weight 3 and one of 1, two closed assessments, and a roadmap.

    At Leeds forecast is on 1 of 3, budget on 2 and hiring on 3; at Poole all are on 1: the steps
    are leeds/forecast/2, leeds/forecast/3, leeds/budget/3, and two of each item at poole.
    """

    estate: Estate
    service: Goal
    cost: Goal
    leeds: Assessment
    poole: Assessment
    roadmap: Roadmap

    @property
    def lead(self) -> Member:
        """Who may plan in the whole organisation."""
        return self.estate.member(Role.PROGRAMME_LEAD)

    @property
    def key(self) -> str:
        """The key of the organisation in addresses."""
        return self.estate.organisation.key


def publish_stepped_model(estate: Estate, text: str = MODEL_TEXT) -> ModelEdition:
    """Enter the model of which each step has an effort, and publish it."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    draft = write_draft(by=lead, text=text, now=NOW)
    return publish(by=lead, edition=draft, seen=draft.version, now=NOW)


def close_one(
    estate: Estate,
    edition: ModelEdition,
    centre: Centre | None,
    levels: Mapping[str, int],
    *,
    now: datetime = NOW,
    target: int | None = 3,
) -> Assessment:
    """Have a place rated by one person, agreed on and closed; what is not named is on level 1."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    made = open_assessment(
        by=lead, title="Autumn", kind=AssessmentKind.SELF, edition=edition, due_on=DUE, now=now,
        centre=centre,
    )  # fmt: skip
    assessor = estate.member(Role.QA_MANAGER)
    part = name_assessor(
        by=lead, assessment=made, assessor=assessor, categories=[], due_on=DUE, now=now
    )
    items = [item.key for item in model_of(edition).rated_items]
    entries = {item: Entry(level=levels.get(item, 1), target=target) for item in items}
    for item, entry in entries.items():
        rate(by=assessor, part=part, item=item, seen=NEW, entry=entry, now=now)
    submit_part(by=assessor, part=part, seen=part.version, now=now)
    moved = begin_moderation(by=lead, assessment=made, seen=made.version, now=now)
    for item, entry in entries.items():
        agree(by=lead, assessment=moved, item=item, seen=0, entry=entry, rationale="Seen", now=now)
    return close_assessment(by=lead, assessment=moved, seen=moved.version, now=now)


def open_roadmap_of(by: Member, centre: Centre | None = None, **settings: Any) -> Roadmap:
    """Open a roadmap over the latest closed assessment of each place."""
    sources = latest_of_each(closed_assessments(by, centre))
    chosen = RoadmapSettings(**{**vars(SETTINGS), **settings})
    return open_roadmap(by=by, centre=centre, settings=chosen, sources=sources, now=NOW)


def make_improving(estate: Estate) -> Improving:
    """Make everything that a test of roadmaps, plans and initiatives needs."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    edition = publish_stepped_model(estate)
    leeds = close_one(estate, edition, estate.centre, {"budget": 2, "hiring": 3})
    poole = close_one(estate, edition, estate.other_centre, {})
    return Improving(
        estate=estate,
        service=add_goal(by=lead, title="Service", why="", weight=Decimal(3), now=NOW),
        cost=add_goal(by=lead, title="Cost", why="", weight=Decimal(1), now=NOW),
        leeds=leeds,
        poole=poole,
        roadmap=open_roadmap_of(lead),
    )


def say(improving: Improving, step: str, **said: Any) -> StepAppraisal:
    """Say of a step what it costs and brings; it impacts both goals fully unless said otherwise."""
    whole = StepSaid(**{"impacts": {"service": 5, "cost": 5}, **said})
    row = improving.roadmap.appraisals.filter(step=step).first()
    seen = row.version if row else 0
    return appraise(
        by=improving.lead, roadmap=improving.roadmap, step=step, seen=seen, said=whole, now=NOW
    )


def in_money(one_off: int, benefit: int, running: int = 0) -> dict[str, Range]:
    """Return known amounts in minor units, as `say` takes them."""
    return {
        "one_off": Range.exactly(one_off),
        "running": Range.exactly(running),
        "benefit": Range.exactly(benefit),
    }


def later(days: int) -> datetime:
    """Return an instant some days after the assessments were closed."""
    return NOW + timedelta(days=days)


def roadmap_over(estate: Estate, assessment: UUID) -> dict[str, str]:
    """Open a roadmap of Leeds over one assessment, with two goals; return what names them."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    goals = [
        add_goal(by=lead, title=title, why="", weight=Decimal(1), now=NOW)
        for title in ("Service", "Cost")
    ]
    closed = closed_assessments(lead, estate.centre)
    sources = [line for line in closed if line.uuid == assessment]
    made = open_roadmap(by=lead, centre=estate.centre, settings=SETTINGS, sources=sources, now=NOW)
    return {
        "goal": str(goals[1].uuid),
        "roadmap": str(made.uuid),
        "source": str(made.sources.get().uuid),
        "place": estate.centre.key,
        "to": "2",
    }
