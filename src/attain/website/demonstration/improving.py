"""The roadmap of the demonstration: appraised, planned, half carried out, and what it brought."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from attain.improvement.actions.appraising import appraise
from attain.improvement.actions.benefits import Expected, expect_benefit
from attain.improvement.actions.carrying_out import carry_out
from attain.improvement.actions.goals import add_goal
from attain.improvement.actions.initiatives import StepTaken, change_initiative, plan_initiative
from attain.improvement.actions.planning import adopt_plan, make_plan
from attain.improvement.actions.progress import (
    add_milestone,
    complete_initiative,
    finish_milestone,
    say,
    start_initiative,
)
from attain.improvement.actions.roadmaps import RoadmapSettings, open_roadmap
from attain.improvement.models import Initiative, KeptPlan, Roadmap
from attain.improvement.queries.choosing import processes_by_key
from attain.improvement.queries.goals import goals_in_force
from attain.improvement.queries.roadmaps import steps_of
from attain.improvement.queries.shared import assessments_of, shared_item
from attain.improvement.queries.sources import closed_assessments, latest_of_each
from attain.improvement.rules.candidates import Lock, LockKind
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.improvement.rules.steps import ItemStep
from attain.measurement.periods import last_full_month
from attain.organisations.pages import Centre, Organisation
from attain.performance.queries.evidence import metrics_on_record
from attain.website.demonstration import roadmap_texts as texts
from attain.website.demonstration.acting import hour_of, member_at
from attain.website.demonstration.appraising import appraisal_of
from attain.website.demonstration.maturity import MODEL

SITE = "poole"
_AGO = timedelta(days=395)
_QUARTERS, _YEARS = 6, 3
_BUDGET, _LESS, _CAPACITY = 1_300_000, 850_000, 50


def improve_estate(organisation: Organisation, as_of: date) -> None:
    """Plan a site's roadmap and carry half of it out; make the gap that most share one project."""
    office = _Improving(organisation, as_of)
    office.declare_goals()
    roadmap = office.open_roadmap()
    office.appraise(roadmap)
    plan = office.plan(roadmap)
    office.carry_on(office.taken(plan))
    office.begin_central_project()


class _Improving:
    """The lead of the programme and the lead of a site, and the days on which they did what."""

    def __init__(self, organisation: Organisation, as_of: date) -> None:
        self.organisation, self.as_of = organisation, as_of
        self.centre = Centre.objects.select_related("site__region").get(key=SITE)
        self.programme_lead = member_at("programme.lead")
        self.lead = member_at(f"{SITE}.lead")
        self.opened = as_of - _AGO
        self.last = last_full_month(as_of)
        self.first = self.last.plus(-12)

    @transaction.atomic
    def declare_goals(self) -> None:
        """Declare what the organisation aims at."""
        for title, weight, why in texts.GOALS:
            add_goal(
                by=self.programme_lead,
                title=title,
                why=why,
                weight=Decimal(weight),
                now=hour_of(self.opened - timedelta(days=60)),
            )

    @transaction.atomic
    def open_roadmap(self) -> Roadmap:
        """Open the roadmap over the first round."""
        lines = closed_assessments(self.lead, self.centre)
        then = [line for line in lines if line.closed_at.date() <= self.opened]
        settings = RoadmapSettings(
            title=texts.ROADMAP,
            currency="GBP",
            years=_YEARS,
            rule=RankingRule.RETURN_AND_IMPACT,
            unknowns=Unknowns.APART,
            first_month=self.first,
            quarters=_QUARTERS,
        )
        return open_roadmap(
            by=self.lead,
            centre=self.centre,
            settings=settings,
            sources=latest_of_each(then),
            now=hour_of(self.opened),
        )

    @transaction.atomic
    def appraise(self, roadmap: Roadmap) -> None:
        """Say of most steps what they cost and bring; some are left open."""
        goals = [goal.key for goal in goals_in_force()]
        for step in steps_of(roadmap):
            if said := appraisal_of(step, goals):
                appraise(
                    by=self.lead,
                    roadmap=roadmap,
                    step=step.key,
                    seen=0,
                    said=said,
                    now=hour_of(self.opened + timedelta(days=4)),
                )

    def plan(self, roadmap: Roadmap) -> KeptPlan:
        """Make a plan inside the budget and one inside a smaller budget; adopt the first."""
        locks = tuple(
            Lock(step.key, LockKind.AT, 0)
            for item in (texts.WORKED[0], texts.DID_NOT[0])
            if (step := _first_step(steps_of(roadmap), item))
        )
        plans = [
            make_plan(
                by=self.lead,
                roadmap=roadmap,
                wishes=PlanWishes(
                    title=title,
                    capacity=(_CAPACITY,) * _QUARTERS,
                    budget=(budget,) * _QUARTERS,
                    locks=locks,
                ),
                now=hour_of(self.opened + timedelta(days=8), hour),
            )
            for hour, (title, budget) in enumerate(
                ((texts.PLAN, _BUDGET), (texts.TIGHTER, _LESS)), 10
            )
        ]
        chosen = plans[0]
        return adopt_plan(
            by=self.lead,
            plan=chosen,
            seen=chosen.version,
            now=hour_of(self.opened + timedelta(days=12)),
        )

    @transaction.atomic
    def taken(self, plan: KeptPlan) -> list[Initiative]:
        """Make initiatives of the steps of the plan, in their order."""
        return carry_out(
            by=self.lead,
            plan=plan,
            steps=[each["step"] for each in plan.placements],
            owner=self.lead,
            now=hour_of(self.opened + timedelta(days=14)),
        )

    @transaction.atomic
    def carry_on(self, initiatives: Sequence[Initiative]) -> None:
        """Finish what was due by now, start what has begun, and leave the rest planned."""
        for each in sorted(initiatives, key=lambda one: (one.due_on, one.pk)):
            if each.starts_on > self.as_of:
                continue
            self._add_story(each)
            start_initiative(
                by=self.lead,
                initiative=each,
                seen=each.version,
                on=each.starts_on,
                now=hour_of(each.starts_on),
            )
            self._reach_milestones(each)
            if each.due_on < self.as_of:
                self._finish(each)

    def _add_story(self, initiative: Initiative) -> None:
        """Name the metric of the two initiatives whose effect is looked at."""
        item = initiative.steps.get().item
        for told in (texts.WORKED, texts.DID_NOT):
            if told[0] == item:
                self._expect(initiative, told)

    def _expect(self, initiative: Initiative, told: tuple[str, str, str, str, str]) -> None:
        process = processes_by_key([self.centre]).filter(key="planning").first()
        now = hour_of(self.opened + timedelta(days=15))
        change_initiative(
            by=self.lead,
            initiative=initiative,
            seen=initiative.version,
            now=now,
            is_structured=told is texts.WORKED,
            process=process,
        )
        metric = metrics_on_record(self.centre).get(key=told[1])
        expected = Expected(
            planned=Decimal(told[2]),
            before_first=self.last.plus(-22),
            before_last=self.first.plus(-1),
            after_first=self.first.plus(3),
            after_last=self.last,
        )
        expect_benefit(
            by=self.lead, initiative=initiative, metric=metric, expected=expected, now=now
        )

    def _reach_milestones(self, initiative: Initiative) -> None:
        length = (initiative.due_on - initiative.starts_on) / len(texts.MILESTONES)
        for number, text in enumerate(texts.MILESTONES, 1):
            due = initiative.starts_on + length * number
            milestone = add_milestone(
                by=self.lead,
                initiative=initiative,
                text=text,
                due_on=due,
                now=hour_of(initiative.starts_on, 11),
            )
            if due < self.as_of:
                finish_milestone(
                    by=self.lead, milestone=milestone, seen=milestone.version, now=hour_of(due, 16)
                )
        if initiative.due_on >= self.as_of:
            for text in texts.COMMENTS:
                say(by=self.lead, initiative=initiative, text=text, now=hour_of(self.as_of, 8))

    def _finish(self, initiative: Initiative) -> None:
        item = initiative.steps.get().item
        told = {each[0]: each[3:] for each in (texts.WORKED, texts.DID_NOT)}
        analysis, outcome = told.get(item, ("", ""))
        complete_initiative(
            by=self.lead,
            initiative=initiative,
            seen=initiative.version,
            on=initiative.due_on,
            analysis=analysis,
            outcome=outcome,
            now=hour_of(initiative.due_on, 17),
        )

    @transaction.atomic
    def begin_central_project(self) -> None:
        """Make the gap that most sites share one project of all of them."""
        by, began = self.programme_lead, self.as_of - timedelta(days=30)
        found = shared_item(by, MODEL, texts.CENTRAL_ITEM, began)
        rows = assessments_of(by, found.short)
        steps = [
            StepTaken(rows[each.assessment], each.centre, texts.CENTRAL_ITEM, level, to)
            for each in found.short
            for level, to in each.steps
        ]
        project = plan_initiative(
            by=by,
            title=texts.CENTRAL,
            aim=texts.CENTRAL_AIM,
            centre=None,
            steps=steps,
            owner=by,
            starts_on=began,
            due_on=self.as_of + timedelta(days=150),
            days=60,
            now=hour_of(began),
        )
        for number, text in enumerate(texts.CENTRAL_STEPS):
            due = began + timedelta(days=21 + 60 * number)
            add_milestone(by=by, initiative=project, text=text, due_on=due, now=hour_of(began, 10))
        first = project.milestones.first()
        start_initiative(
            by=by, initiative=project, seen=project.version, on=began, now=hour_of(began, 12)
        )
        if first is not None:
            finish_milestone(
                by=by, milestone=first, seen=first.version, now=hour_of(first.due_on, 15)
            )


def _first_step(steps: Sequence[ItemStep], item: str) -> ItemStep | None:
    return next((step for step in steps if step.item == item), None)
