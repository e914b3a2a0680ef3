"""Plans as they were kept: read back whole, and as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any

from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import place_of
from attain.assessments.queries.results import ratings_at_closing
from attain.improvement.models import Initiative, KeptPlan, Roadmap
from attain.improvement.queries.candidates import initiatives_of
from attain.improvement.queries.initiatives import owners_at
from attain.improvement.queries.roadmaps import StepOfRoadmap, StepWords, read_steps
from attain.improvement.queries.sources import place_key, sources_of
from attain.improvement.rules.candidates import Candidate, PlanRequest
from attain.improvement.rules.kept_plans import (
    PlanBasis,
    PlanWishes,
    fingerprint,
    from_kept,
    plan_from_kept,
)
from attain.improvement.rules.left_out import LeftOutReason
from attain.improvement.rules.offering import PlanLacking, PlanUnit, Taken
from attain.improvement.rules.plans import Placement, QuarterUse, RoadmapPlan
from attain.improvement.rules.reaching import QuarterStanding, rises, standings
from attain.improvement.rules.steps import ItemStep
from attain.improvement.rules.unfolding import QuarterSum, unfold
from attain.measurement.periods import Month
from attain.organisations.pages import Member
from attain.standards.maturity_model import MaturityModel


def basis_kept(kept: KeptPlan) -> PlanBasis:
    """Return what a plan was made of."""
    return from_kept(kept.request)


def plan_of(kept: KeptPlan) -> tuple[PlanRequest, RoadmapPlan]:
    """Return the request of a plan, and the plan itself."""
    request = basis_kept(kept).request
    return request, plan_from_kept(request, kept.placements, kept.bound)


def wishes_of(kept: KeptPlan) -> PlanWishes:
    """Return what a plan was asked for with, to ask for another one."""
    basis = basis_kept(kept)
    means = basis.request.means
    return PlanWishes(
        title=kept.title,
        capacity=means.capacity,
        budget=means.budget if basis.has_budget else None,
        locks=basis.request.locks,
        unit=basis.offer.unit,
    )


def plans_of(roadmap: Roadmap) -> list[KeptPlan]:
    """Return the plans of a roadmap, the latest first."""
    rows = roadmap.plans.select_related("made_by__account", "adopted_by__account")
    return list(rows.select_related("organisation", "roadmap"))


def adopted_plan(roadmap: Roadmap) -> KeptPlan | None:
    """Return the plan that a roadmap goes by, None where none is adopted."""
    rows = roadmap.plans.select_related("made_by__account", "adopted_by__account")
    found = rows.filter(adopted_at__isnull=False).first()
    if found is not None:
        found.roadmap = roadmap
    return found


@dataclass(frozen=True)
class PlanLine:
    """A plan as a line of the list of a roadmap."""

    kept: KeptPlan
    number: int
    title: str
    state: str
    steps: int
    value: int
    unit: PlanUnit
    currency: str
    cost: int
    is_priced: bool
    days: int
    more: Fraction
    made_by: str
    made_at: datetime


def plan_lines(roadmap: Roadmap) -> list[PlanLine]:
    """Return the plans of a roadmap as lines, the latest first."""
    return [_line(kept) for kept in plans_of(roadmap)]


def _line(kept: KeptPlan) -> PlanLine:
    chosen = {each["step"] for each in kept.placements}
    bound = kept.value if kept.bound is None else kept.bound
    return PlanLine(
        kept=kept,
        number=kept.number,
        title=kept.title,
        state="adopted" if kept.adopted_at else "proposed",
        steps=len(chosen),
        value=kept.value,
        unit=PlanUnit(kept.request["unit"]),
        currency=kept.request["currency"],
        cost=kept.cost,
        is_priced=not chosen & set(kept.request["unpriced"]),
        days=kept.days,
        more=Fraction(bound - kept.value, kept.value) if kept.value > 0 else Fraction(0),
        made_by=str(kept.made_by),
        made_at=kept.made_at,
    )


@dataclass(frozen=True)
class PlannedStep:
    """A step in its quarters; `days` are those of each quarter, None where it does not work."""

    key: str
    words: StepWords | None
    candidate: Candidate
    placement: Placement
    days: tuple[int | None, ...]
    initiative: Initiative | None


@dataclass(frozen=True)
class SourceReached:
    """How an assessed place stands today, as rated, and at the end of each quarter of a plan."""

    place: str
    model: MaturityModel
    language: str
    standings: tuple[QuarterStanding, ...]
    rises: frozenset[int]


@dataclass(frozen=True)
class PlanPage:
    """A plan with everything that its page shows.

    `left_out` and `apart` are steps that are not in it, and `taken` those that initiatives carried
    out as the plan was made, each with its initiative where it has one today.
    """

    kept: KeptPlan
    basis: PlanBasis
    plan: RoadmapPlan
    words: Mapping[str, StepWords]
    steps: tuple[PlannedStep, ...]
    sums: tuple[QuarterSum, ...]
    reached: tuple[SourceReached, ...]
    initiatives: Mapping[str, Initiative]

    @property
    def first(self) -> Month:
        """The month with which the plan begins."""
        return Month.parse(self.basis.first_month)

    @property
    def use(self) -> tuple[QuarterUse, ...]:
        """What the plan takes of each quarter."""
        return self.plan.use

    @property
    def left_out(self) -> list[tuple[str, LeftOutReason]]:
        """The candidates that are not in the plan, and why."""
        return [(key, LeftOutReason(why)) for key, why in self.kept.left_out.items()]

    @property
    def apart(self) -> list[tuple[str, tuple[PlanLacking, ...]]]:
        """The steps that could not be planned, and what they lack."""
        return list(self.basis.offer.apart.items())

    @property
    def taken(self) -> list[str]:
        """The steps that were done or under way as the plan was made."""
        taken = self.basis.offer.taken
        return [*sorted(taken.done), *sorted(taken.under_way)]

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of everything that the plan was made of."""
        return fingerprint(self.kept.request)

    @property
    def unpriced(self) -> list[str]:
        """The steps of the plan of which the cost is not known."""
        return [key for key in self.basis.offer.unpriced if key in self.plan.starts]


def plan_page(kept: KeptPlan) -> PlanPage:
    """Return everything that the page of a plan shows."""
    read = read_steps(kept.roadmap)
    return page_of_steps(kept, read, initiatives_of(read))


def page_of_steps(
    kept: KeptPlan, read: Sequence[StepOfRoadmap], initiatives: Mapping[str, Initiative]
) -> PlanPage:
    """Return the same of steps that were read already."""
    basis = basis_kept(kept)
    plan = plan_from_kept(basis.request, kept.placements, kept.bound)
    words = {each.step.key: each.words for each in read}
    return PlanPage(
        kept=kept,
        basis=basis,
        plan=plan,
        words=words,
        steps=tuple(_planned(each, basis, words, initiatives) for each in plan.placements),
        sums=tuple(unfold(basis.request, plan)),
        reached=tuple(reached_by(kept.roadmap, [s.step for s in read], plan, basis.offer.taken)),
        initiatives=initiatives,
    )


def _planned(
    placement: Placement,
    basis: PlanBasis,
    words: Mapping[str, StepWords],
    initiatives: Mapping[str, Initiative],
) -> PlannedStep:
    key = placement.step
    candidate = basis.request.by_key[key]
    days: list[int | None] = [None] * basis.request.means.quarters
    for number, share in enumerate(candidate.spread(candidate.days), placement.start):
        days[number] = share
    return PlannedStep(key, words.get(key), candidate, placement, tuple(days), initiatives.get(key))


def reached_by(
    roadmap: Roadmap, steps: Sequence[ItemStep], plan: RoadmapPlan, taken: Taken
) -> list[SourceReached]:
    """Return when each source of a roadmap reaches its next levels by a plan.

    What initiatives carry out counts from the quarter in which it is due, the first at the
    earliest.
    """
    whole = _with_taken(plan, taken)
    return [_reached(source.assessment, steps, whole) for source in sources_of(roadmap)]


def _with_taken(plan: RoadmapPlan, taken: Taken) -> RoadmapPlan:
    ends = dict.fromkeys(taken.done, 0) | {k: max(0, q) for k, q in taken.under_way.items()}
    further = (Placement(key, last, last) for key, last in ends.items())
    return replace(plan, placements=(*plan.placements, *further))


def _reached(row: Any, steps: Sequence[ItemStep], plan: RoadmapPlan) -> SourceReached:
    model = model_of(row.edition)
    found = standings(place_key(row), model, ratings_at_closing(row), steps, plan)
    return SourceReached(
        place=str(place_of(row)),
        model=model,
        language=row.edition.language,
        standings=tuple(found),
        rises=frozenset(each.quarter for each in rises(found)),
    )


def owners_of_plan(kept: KeptPlan) -> list[Member]:
    """Return who may own an initiative at any of the places of a plan's steps, by name."""
    words = {each.step.key: each.words for each in read_steps(kept.roadmap)}
    rows = {each["step"]: words.get(each["step"]) for each in kept.placements}
    centres = {each.centre_row for each in rows.values() if each is not None}
    found = {each.pk: each for centre in centres for each in owners_at(centre)}
    return sorted(found.values(), key=lambda each: (each.account.name, each.pk))
