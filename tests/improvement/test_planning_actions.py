"""Making, naming, adopting and carrying out plans of a roadmap."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django_scopes import scope

from attain.improvement.actions.carrying_out import carry_out
from attain.improvement.actions.planning import adopt_plan, make_plan, rename_plan
from attain.improvement.models import Initiative, KeptPlan
from attain.improvement.plan_tasks import ask_for_plan, find_best_plan
from attain.improvement.queries.candidates import steps_to_plan
from attain.improvement.queries.plan_jobs import TASK
from attain.improvement.queries.plans import basis_kept, plan_of, plan_page
from attain.improvement.rules.candidates import Lock, LockKind
from attain.improvement.rules.kept_plans import PlanWishes
from attain.improvement.rules.offering import Offer, PlanLacking, PlanUnit
from attain.improvement.rules.planning import SolverLimits, best_plan
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.jobs.worker import work_off
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from estate import Estate, make_estate
from improving import NOW, Improving, in_money, make_improving, say

pytestmark = pytest.mark.django_db
F2, F3, B3 = "leeds/forecast/2", "leeds/forecast/3", "leeds/budget/3"
P2 = "poole/forecast/2"


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        say(made, F2, days=10, **in_money(100_00, 400_00))
        say(made, F3, days=20, quarters=2, **in_money(200_00, 900_00, 100_00))
        say(made, B3, days=5, **in_money(300_00, 100_00))
        yield made


def wishes(**said: Any) -> PlanWishes:
    return PlanWishes(**{"title": "Plan A", "budget": (300_00,) * 4, "capacity": (15,) * 4, **said})


def made(improving: Improving, **said: Any) -> KeptPlan:
    return make_plan(by=improving.lead, roadmap=improving.roadmap, wishes=wishes(**said), now=NOW)


def starts(plan: KeptPlan) -> dict[str, int]:
    return dict(plan_of(plan)[1].starts)


def _offered(improving: Improving) -> Offer:
    """Return which steps can be planned, counted in the usual unit of the roadmap."""
    found = steps_to_plan(improving.roadmap)
    return found.offered(found.unit)


def test_candidates_are_the_steps_of_which_everything_is_known(improving: Improving) -> None:
    found = _offered(improving)
    assert found.unit is PlanUnit.MONEY
    assert {each.key: each.value for each in found.candidates} == {
        F2: 100_00, F3: 200_00, B3: 25_00,
    }  # fmt: skip
    after = {each.key: each.after for each in found.candidates}
    assert after[F3] == (F2,)
    assert found.apart[P2] == (PlanLacking.DAYS, PlanLacking.COST, PlanLacking.MONEY)


def test_one_step_on_the_scale_makes_it_a_plan_in_points(improving: Improving) -> None:
    say(improving, P2, days=5, scale=4)
    found = _offered(improving)
    assert found.unit is PlanUnit.POINTS
    # With a budget its unknown cost keeps it out; capacity alone plans it.
    assert found.apart[P2] == (PlanLacking.COST,)
    without = steps_to_plan(improving.roadmap).offered(PlanUnit.POINTS, has_budget=False)
    assert P2 in {each.key for each in without.candidates}
    assert without.unpriced == (P2,)
    plan = made(improving, budget=None)
    assert P2 in starts(plan)
    page = plan_page(plan)
    assert page.unpriced == [P2]
    assert plan.value == sum(each.value for each in page.sums[-1:])


def test_a_plan_is_the_best_one_and_is_kept_with_what_it_was_made_of(improving: Improving) -> None:
    plan = made(improving)
    request, kept = plan_of(plan)
    best = best_plan(request, SolverLimits(**plan.limits))
    assert kept == best
    assert (kept.value, kept.is_best) == (plan.value, True)
    # Twelve quarters count: 100 a quarter from the second on, 200 from the fourth on.
    assert starts(plan) == {F2: 0, B3: 0, F3: 1} or plan.value >= 100_00 * 11 + 200_00 * 9
    assert plan.limits["seed"] == improving.roadmap.seed
    assert basis_kept(plan).first_month == "2027-01"
    entry = AuditEntry.objects.latest("sequence")
    assert entry.action == "improvement.make_plan"


def test_what_was_asked_for_stays_when_a_step_is_appraised_anew(improving: Improving) -> None:
    plan = made(improving)
    before = plan_of(plan)
    say(improving, F2, days=99, **in_money(1, 2))
    assert plan_of(KeptPlan.objects.get(pk=plan.pk)) == before


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"capacity": (0,) * 4}, "There is no capacity"),
        ({"capacity": (-1,) * 4}, "below zero"),
        ({"budget": (-1,) * 4}, "below zero"),
        ({"capacity": (1,) * 3}, "not of as many quarters"),
        ({"budget": (), "capacity": ()}, "The plan has no quarter"),
        ({"budget": (1,) * 4}, "No step fits"),
        ({"locks": (Lock("x", LockKind.MUST),)}, "cannot be planned: x"),
        (
            {"locks": (Lock(F2, LockKind.MUST), Lock(F2, LockKind.MUST_NOT))},
            "contradict each other: Leeds, Forecast: 1 Adequate → 2 Superior",
        ),
        (
            {"locks": (Lock(F2, LockKind.MUST_NOT), Lock(F3, LockKind.MUST))},
            "cannot be done before",
        ),
        ({"locks": (Lock(F2, LockKind.AT, 9),)}, "outside the window"),
        (
            {"locks": (Lock(F2, LockKind.AT, 0), Lock(B3, LockKind.AT, 0))},
            "together are above the budget",
        ),
    ],
)
def test_what_cannot_be_planned_is_refused_in_words(
    improving: Improving, said: dict[str, Any], told: str
) -> None:
    with pytest.raises(RefusedActionError, match=told):
        made(improving, **said)
    assert not KeptPlan.objects.exists()


def test_steps_that_wait_for_each_other_are_named(improving: Improving) -> None:
    row = improving.roadmap.appraisals.get(step=F2)
    type(row).objects.filter(pk=row.pk).update(after=[F3])
    with pytest.raises(RefusedActionError, match=r"in a circle: .*Forecast.* → .*Forecast.* → "):
        made(improving)


def test_a_roadmap_of_which_nothing_is_known_says_what_is_lacking(improving: Improving) -> None:
    improving.roadmap.appraisals.all().delete()
    with pytest.raises(RefusedActionError, match=r"its effort in person-days \(9\)"):
        made(improving)


def test_a_plan_is_left_to_a_worker_and_made_once(improving: Improving) -> None:
    asked: dict[str, Any] = {"by": improving.lead, "roadmap": improving.roadmap}
    with pytest.raises(RefusedActionError):
        ask_for_plan(**asked, wishes=wishes(capacity=(0,) * 4))
    locks = (Lock(B3, LockKind.MUST_NOT),)
    job, uuid = ask_for_plan(**asked, wishes=wishes(locks=locks))
    assert not KeptPlan.objects.exists()
    assert find_best_plan.module_path == TASK
    assert work_off() == 1
    job.refresh_from_db()
    assert job.state == "done"
    plan = KeptPlan.objects.get(uuid=uuid)
    assert plan.left_out == {B3: "locked_out"}
    assert (plan.number, plan.made_by) == (1, improving.lead)


def test_what_only_the_solver_refuses_is_said_by_the_job(improving: Improving) -> None:
    locks = (Lock(F2, LockKind.AT, 0), Lock(B3, LockKind.AT, 0))
    job, _uuid = ask_for_plan(
        by=improving.lead, roadmap=improving.roadmap, wishes=wishes(locks=locks)
    )
    work_off()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "above the budget: Leeds, Forecast" in job.problem


def test_one_plan_is_adopted_and_no_change_is_lost(improving: Improving) -> None:
    by = improving.lead
    one, other = made(improving), made(improving, title="Plan B")
    assert (one.number, other.number) == (1, 2)
    adopt_plan(by=by, plan=one, seen=1, now=NOW)
    adopt_plan(by=by, plan=other, seen=1, now=NOW)
    assert [p.pk for p in KeptPlan.objects.filter(adopted_at__isnull=False)] == [other.pk]
    with pytest.raises(RefusedActionError, match="adopted already"):
        adopt_plan(by=by, plan=other, seen=2, now=NOW)
    rename_plan(by=by, plan=other, seen=2, title="The plan", now=NOW)
    with pytest.raises(ChangedMeanwhileError):
        rename_plan(by=by, plan=other, seen=2, title="Mine", now=NOW)


def test_steps_of_an_adopted_plan_become_initiatives_once(improving: Improving) -> None:
    plan = made(improving)
    owner = improving.estate.member(Role.SITE_LEAD)
    asked: dict[str, Any] = {"by": improving.lead, "owner": owner, "now": NOW}
    with pytest.raises(RefusedActionError, match="Adopt the plan"):
        carry_out(**asked, plan=plan, steps=[F2])
    adopt_plan(by=improving.lead, plan=plan, seen=1, now=NOW)
    first, second = carry_out(**asked, plan=plan, steps=[F3, F2])
    start = plan_of(plan)[1].starts[F3]
    assert first.title == "Leeds, Forecast: 1 Adequate → 2 Superior"
    assert (first.starts_on, first.due_on) == (date(2027, 1, 1), date(2027, 3, 31))
    assert (first.days, first.cost, first.centre) == (10, 100_00, improving.estate.centre)
    assert second.starts_on == date(2027, 1 + 3 * start, 1)
    assert list(second.after.all()) == [first]
    with pytest.raises(RefusedActionError, match="already: Leeds, Forecast"):
        carry_out(**asked, plan=plan, steps=[F2])
    with pytest.raises(RefusedActionError, match="no such step"):
        carry_out(**asked, plan=plan, steps=["leeds/forecast/9"])
    with pytest.raises(RefusedActionError, match="at least one"):
        carry_out(**asked, plan=plan, steps=[])
    assert Initiative.objects.count() == 2


def test_steps_under_way_are_planned_no_more_and_what_waits_starts_after_them(
    improving: Improving,
) -> None:
    plan = adopt_plan(by=improving.lead, plan=made(improving), seen=1, now=NOW)
    owner = improving.estate.member(Role.SITE_LEAD)
    (first,) = carry_out(by=improving.lead, plan=plan, steps=[F2], owner=owner, now=NOW)
    found = _offered(improving)
    assert found.taken.under_way == {F2: 0}
    third = next(each for each in found.candidates if each.key == F3)
    assert (third.after, third.earliest) == ((), 1)
    Initiative.objects.filter(pk=first.pk).update(state="done", ended_on=date(2026, 12, 1))
    found = _offered(improving)
    assert found.taken.done == {F2}
    assert F2 not in {each.key for each in found.candidates}
    Initiative.objects.filter(pk=first.pk).update(state="dropped")
    assert F2 in {each.key for each in _offered(improving).candidates}


def test_many_steps_become_one_central_initiative(improving: Improving) -> None:
    say(improving, P2, days=5, **in_money(1, 400_00))
    plan = adopt_plan(by=improving.lead, plan=made(improving), seen=1, now=NOW)
    (one,) = carry_out(
        by=improving.lead, plan=plan, steps=[F2, P2], owner=improving.lead, now=NOW, title="Both"
    )
    assert (one.title, one.centre, one.days, one.cost) == ("Both", None, 15, 100_01)
    assert one.steps.count() == 2


def test_levels_are_reached_as_the_model_rolls_up(improving: Improving) -> None:
    page = plan_page(made(improving))
    leeds = next(each for each in page.reached if each.place == "Leeds")
    values = [each.standing.whole.value for each in leeds.standings]
    assert values[:2] == [1, 2]
    assert 0 in leeds.rises
    estate: Estate = improving.estate
    assert {each.place for each in page.reached} == {str(estate.centre), str(estate.other_centre)}
