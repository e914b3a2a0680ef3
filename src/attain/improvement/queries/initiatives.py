"""Initiatives as a list, and one with everything that its page shows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from attain.assessments.queries.editions import model_of
from attain.improvement.models import (
    ExpectedBenefit,
    Initiative,
    InitiativeDocument,
    InitiativeMilestone,
    InitiativeStep,
)
from attain.improvement.queries.finding import find_initiative, place_of, visible_initiatives
from attain.improvement.queries.roadmaps import named_level
from attain.improvement.rules.stages import ENDED
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import demand, who_may
from attain.organisations.rules import Permission

SOON = timedelta(days=7)
Part = TypeVar("Part", InitiativeMilestone, InitiativeDocument, ExpectedBenefit)


@dataclass(frozen=True)
class InitiativeLine:
    """An initiative as a line of a list."""

    initiative: Initiative
    is_overdue: bool
    milestones: int
    reached: int
    steps: int

    @property
    def title(self) -> str:
        """The title of the initiative."""
        return self.initiative.title

    @property
    def state(self) -> str:
        """How far it has come."""
        return self.initiative.state

    @property
    def place(self) -> str:
        """Its centre, or the organisation of a central project."""
        return str(place_of(self.initiative))

    @property
    def owner(self) -> str:
        """Whose it is."""
        return str(self.initiative.owner)

    @property
    def starts_on(self) -> date:
        """The day on which it started, or is to start."""
        return self.initiative.started_on or self.initiative.starts_on

    @property
    def due_on(self) -> date:
        """The day on which it is due."""
        return self.initiative.due_on

    @property
    def share(self) -> float:
        """How much of its milestones is reached, to sort by."""
        return self.reached / self.milestones if self.milestones else 0


def is_overdue(initiative: Initiative, today: date) -> bool:
    """Say whether an initiative should have ended."""
    return initiative.state not in ENDED and initiative.due_on < today


def initiative_lines(member: Member, today: date) -> list[InitiativeLine]:
    """Return the initiatives that a member may see, by one query: open ones first, then by due."""
    counted = visible_initiatives(member).annotate(
        milestone_count=Count("milestones", distinct=True),
        reached_count=Count(
            "milestones", filter=Q(milestones__done_on__isnull=False), distinct=True
        ),
        step_count=Count("steps", distinct=True),
    )
    rows = counted.select_related("organisation").order_by("due_on", "pk")
    lines = [
        InitiativeLine(
            each,
            is_overdue(each, today),
            each.milestone_count,
            each.reached_count,
            each.step_count,
        )
        for each in rows
    ]
    return sorted(lines, key=lambda line: line.initiative.state in ENDED)


def find_to_plan(member: Member, uuid: UUID) -> Initiative:
    """Return an initiative whose plan a member may change: who plans where it belongs.

    Its owner carries it on, and does not plan it by owning it.
    """
    found = find_initiative(member, uuid)
    demand(member, Permission.PLAN_ROADMAPS, place_of(found))
    return found


def find_to_carry_on(member: Member, uuid: UUID) -> Initiative:
    """Return an initiative that a member may carry on: their own, or where they plan."""
    return find_initiative(member, uuid, Permission.PLAN_ROADMAPS)


def find_milestone(initiative: Initiative, uuid: UUID) -> InitiativeMilestone:
    """Return a milestone of an initiative; UnknownError where it has none such."""
    return _of(initiative, initiative.milestones.all(), uuid)


def find_document(initiative: Initiative, uuid: UUID) -> InitiativeDocument:
    """Return a document of an initiative; UnknownError where it has none such."""
    return _of(initiative, initiative.documents.all(), uuid)


def find_benefit(initiative: Initiative, uuid: UUID) -> ExpectedBenefit:
    """Return a benefit of an initiative; UnknownError where it has none such."""
    rows = initiative.benefits.select_related("metric__centre__organisation")
    return _of(initiative, rows, uuid)


def _of(initiative: Initiative, rows: QuerySet[Part], uuid: UUID) -> Part:
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    found.initiative = initiative
    return found


@dataclass(frozen=True)
class TakenStep:
    """A step of an initiative in words: where, which item, from which level to which."""

    row: InitiativeStep
    place: str
    item: str
    level: str
    to: str
    language: str


def steps_taken(initiative: Initiative) -> list[TakenStep]:
    """Return the steps of an initiative by place; the models are read once each."""
    rows = initiative.steps.select_related(
        "assessment__edition", "assessment__team__site", "centre", "organisation"
    ).defer("assessment__closing")
    steps = [_taken(row) for row in rows]
    return sorted(steps, key=lambda step: (step.place, step.item, step.row.to))


def _taken(row: InitiativeStep) -> TakenStep:
    edition = row.assessment.edition
    model = model_of(edition)
    items = {item.key: item.title for item in model.items}
    place = row.centre or row.assessment.team or row.organisation
    return TakenStep(
        row=row,
        place=str(place),
        item=items.get(row.item, row.item),
        level=named_level(model, row.level),
        to=named_level(model, row.to),
        language=edition.language,
    )


@dataclass(frozen=True)
class MilestoneLine:
    """A milestone and how it stands: done, overdue, due soon or in time."""

    row: InitiativeMilestone
    state: str


def milestone_lines(initiative: Initiative, today: date) -> list[MilestoneLine]:
    """Return the milestones of an initiative, the earliest due first."""
    return [MilestoneLine(row, _standing(row, today)) for row in initiative.milestones.all()]


def _standing(milestone: InitiativeMilestone, today: date) -> str:
    if milestone.done_on:
        return "done"
    if milestone.due_on < today:
        return "overdue"
    return "soon" if milestone.due_on <= today + SOON else "in_time"


def waited_for(initiative: Initiative) -> list[Initiative]:
    """Return the initiatives that one waits for, by title."""
    return list(initiative.after.select_related("centre").order_by("title", "pk"))


def waiting(initiative: Initiative) -> list[Initiative]:
    """Return the initiatives that wait for one, by title."""
    return list(initiative.before.select_related("centre").order_by("title", "pk"))


def owners_at(place: Centre | None) -> QuerySet[Member]:
    """Return the members who may own an initiative of a centre or of the organisation, by name."""
    return who_may(Permission.READ_ROADMAPS, place)


def to_wait_for(member: Member, initiative: Initiative | None = None) -> list[Initiative]:
    """Return the initiatives that another may wait for: open ones, and those that it has chosen."""
    rows = visible_initiatives(member)
    open_ones = Q(pk__in=rows.exclude(state__in=ENDED).values("pk"))
    if initiative is not None:
        chosen = Q(pk__in=rows.filter(before=initiative).values("pk"))
        rows = rows.filter(open_ones | chosen).exclude(pk=initiative.pk)
        return list(rows.order_by("title", "pk"))
    return list(rows.filter(open_ones).order_by("title", "pk"))


@dataclass(frozen=True)
class DatedWork:
    """A day on which an initiative or one of its milestones is due."""

    on: date
    initiative: Initiative
    milestone: InitiativeMilestone | None

    @property
    def kind(self) -> str:
        """Which of both is due."""
        return "initiative_milestone" if self.milestone else "initiative"

    @property
    def centre(self) -> Centre | None:
        """Where the initiative belongs; None for the whole organisation."""
        return self.initiative.centre

    @property
    def about(self) -> str:
        """What is due."""
        return self.milestone.text if self.milestone else self.initiative.title

    @property
    def row(self) -> Initiative | InitiativeMilestone:
        """The row that names the date."""
        return self.milestone or self.initiative


def work_dates(member: Member, until: date, *, is_own: bool = False) -> list[DatedWork]:
    """Return when the open initiatives that a member may see and their milestones are due."""
    rows = visible_initiatives(member).exclude(state__in=ENDED).select_related("organisation")
    if is_own:
        rows = rows.filter(owner=member)
    known = {row.pk: row for row in rows}
    steps = InitiativeMilestone.objects.filter(initiative__in=known, done_on=None)
    found = [DatedWork(row.due_on, row, None) for row in known.values()]
    found += [DatedWork(each.due_on, known[each.initiative_id], each) for each in steps]
    return sorted(_until(found, until), key=lambda each: (each.on, each.about))


def _until(found: Iterable[DatedWork], until: date) -> list[DatedWork]:
    return [each for each in found if each.on <= until]


def open_steps_at(item: str, centres: Sequence[Centre]) -> Mapping[int, Initiative]:
    """Return the open initiative that takes an item at each centre; the latest of several."""
    rows = InitiativeStep.objects.filter(item=item, centre__in=list(centres))
    rows = rows.exclude(initiative__state__in=ENDED).select_related("initiative")
    return {row.centre_id: row.initiative for row in rows.order_by("pk") if row.centre_id}
