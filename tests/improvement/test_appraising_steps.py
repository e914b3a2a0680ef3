"""Goals, roadmaps and appraisals: what is kept, refused, kept apart and told."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope

from attain.improvement.actions.appraising import NEW, appraise, take_over
from attain.improvement.actions.goals import add_goal, change_goal, retire_goal
from attain.improvement.actions.roadmaps import archive_roadmap, change_roadmap, take_later
from attain.improvement.models import Goal, RoadmapSource, StepAppraisal
from attain.improvement.queries.goals import NO_GOAL, declared_goals, goal_lines
from attain.improvement.queries.reading import read_roadmap
from attain.improvement.queries.roadmaps import read_steps, steps_of
from attain.improvement.queries.sources import (
    closed_assessments,
    latest_of_each,
    standing_of_sources,
)
from attain.improvement.rules.appraisal import Range
from attain.improvement.rules.ranking import Lacking
from attain.improvement.rules.saying import StepSaid
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from estate import make_account, make_estate, make_member
from improving import (
    NOW,
    SETTINGS,
    Improving,
    close_one,
    in_money,
    later,
    make_improving,
    open_roadmap_of,
    say,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        yield make_improving(estate)


def _faults(refusal: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return dict(refusal.value.message_dict)


def _appraise(
    improving: Improving, step: str = "leeds/forecast/2", /, **said: Any
) -> StepAppraisal:
    seen = said.pop("seen", NEW)
    given = StepSaid(**said)
    return appraise(
        by=improving.lead, roadmap=improving.roadmap, step=step, seen=seen, said=given, now=NOW
    )


def test_the_steps_of_every_gap_are_kept_apart(improving: Improving) -> None:
    assert [step.key for step in steps_of(improving.roadmap)] == [
        "leeds/forecast/2",
        "leeds/forecast/3",
        "leeds/budget/3",
        *[f"poole/{item}/{to}" for item in ("forecast", "budget", "hiring") for to in (2, 3)],
    ]
    read = read_steps(improving.roadmap)
    words = next(each.words for each in read if each.step.key == "leeds/budget/3")
    assert (words.centre, words.title) == ("Leeds", "Budget: 2 Superior → 3 Leading")
    assert (words.process, words.benefit) == ("Planning", "Fewer surprises")


def test_items_without_a_target_are_told_and_never_taken_as_without_a_gap(
    improving: Improving,
) -> None:
    edition = improving.leeds.edition
    close_one(improving.estate, edition, improving.leeds.centre, {}, target=None, now=later(30))
    roadmap = open_roadmap_of(improving.lead, improving.leeds.centre)
    assert steps_of(roadmap) == []
    told = [(each.place, each.item) for each in read_roadmap(roadmap).unknown_gaps]
    assert told == [("Leeds", "Forecast"), ("Leeds", "Budget"), ("Leeds", "Hiring")]
    assert read_roadmap(improving.roadmap).unknown_gaps == ()


def test_goals_have_their_share_of_the_whole(improving: Improving) -> None:
    add_goal(by=improving.lead, title="Image", why="", weight=Decimal(0), now=NOW)
    lines = {line.goal.title: line.share for line in goal_lines(improving.lead)}
    assert lines == {"Service": Fraction(3, 4), "Cost": Fraction(1, 4), "Image": Fraction(0)}
    retire_goal(by=improving.lead, goal=improving.cost, seen=1, now=NOW)
    lines = {line.goal.title: line.share for line in goal_lines(improving.lead)}
    assert lines["Cost"] is None
    assert lines["Service"] == 1


@pytest.mark.parametrize("weight", [Decimal(w) for w in ("-1", "NaN", "Infinity", "1e7")])
def test_a_weight_that_is_none_is_refused(improving: Improving, weight: Decimal) -> None:
    with pytest.raises(ValidationError) as refusal:
        add_goal(by=improving.lead, title="New", why="", weight=weight, now=NOW)
    assert list(_faults(refusal)) == ["weight"]
    assert Goal.objects.count() == 2


def test_the_goals_never_weigh_nothing_together(improving: Improving) -> None:
    lead = improving.lead
    retire_goal(by=lead, goal=improving.cost, seen=1, now=NOW)
    with pytest.raises(ValidationError):
        change_goal(
            by=lead, goal=improving.service, seen=1, title="S", why="", weight=Decimal(0), now=NOW
        )
    with pytest.raises(RefusedActionError, match="another goal"):
        retire_goal(by=lead, goal=improving.service, seen=1, now=NOW)


def test_a_goal_that_somebody_else_changed_is_not_overwritten(improving: Improving) -> None:
    said: dict[str, Any] = {"why": "", "weight": Decimal(2), "now": NOW, "by": improving.lead}
    change_goal(goal=improving.service, seen=1, title="Best service", **said)
    with pytest.raises(ChangedMeanwhileError) as conflict:
        change_goal(goal=improving.service, seen=1, title="Good service", **said)
    assert conflict.value.theirs["title"] == "Best service"


def test_two_goals_of_one_name_have_two_keys(improving: Improving) -> None:
    again = add_goal(by=improving.lead, title="Service", why="", weight=Decimal(1), now=NOW)
    nameless = add_goal(by=improving.lead, title="服务", why="", weight=Decimal(1), now=NOW)
    assert (again.key, nameless.key) == ("service-2", "goal")


def test_what_nobody_said_is_missing_and_never_zero(improving: Improving) -> None:
    row = _appraise(improving, one_off=Range(100, 200, 300), impacts={"service": 0})
    assert (row.one_off_high, row.benefit_low, row.days) == (300, None, None)
    lacking = {
        each.step.key: each.lacking for each in read_roadmap(improving.roadmap).ranking.apart
    }
    assert lacking["leeds/forecast/2"] == (Lacking.RETURN, Lacking.IMPACT)
    assert len(lacking) == 9


def test_steps_are_ranked_by_what_was_said(improving: Improving) -> None:
    say(improving, "leeds/forecast/2", **in_money(1000, 3000))
    say(improving, "poole/hiring/3", scale=5)
    say(improving, "leeds/budget/3", scale=5, impacts={"service": 1, "cost": 5})
    ranking = read_roadmap(improving.roadmap).ranking
    told = [(each.step.key, each.score) for each in ranking.ranked]
    assert told == [
        ("leeds/forecast/2", Fraction(9, 10)),
        ("poole/hiring/3", Fraction(9, 10)),
        ("leeds/budget/3", Fraction(9, 10) * Fraction(2, 5)),
    ]


def test_without_a_goal_no_impact_is_known(improving: Improving) -> None:
    say(improving, "leeds/forecast/2", scale=4)
    Goal.objects.update(retired_at=NOW)
    assert declared_goals() == NO_GOAL
    lacking = {
        each.step.key: each.lacking for each in read_roadmap(improving.roadmap).ranking.apart
    }
    assert lacking["leeds/forecast/2"] == (Lacking.IMPACT,)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"one_off": Range(3, 2, 4)}, "one_off"),
        ({"benefit": Range(1, 9, 4)}, "benefit"),
        ({"running": Range(-1, 0, 4)}, "running"),
        ({"one_off": Range(0, 0, 10**18)}, "one_off"),
        ({"scale": 6}, "scale"),
        ({"scale": 3, "one_off": Range(1, 2, 3)}, "scale"),
        ({"impacts": {"service": 6}}, "service"),
        ({"impacts": {"image": 1}}, "image"),
        ({"days": -1}, "days"),
        ({"quarters": 0}, "quarters"),
        ({"earliest": 4}, "earliest"),
        ({"earliest": 2, "latest": 1}, "latest"),
        ({"latest": 4}, "latest"),
        ({"after": ("leeds/nothing/2",)}, "after"),
        ({"after": ("leeds/forecast/2",)}, "after"),
        ({"after": ("leeds/forecast/3",)}, "after"),
        ({"note": "x" * 4001}, "note"),
    ],
)
def test_what_cannot_stand_is_refused_beside_its_field(
    improving: Improving, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        _appraise(improving, **said)
    assert list(_faults(refusal)) == [field]
    assert not StepAppraisal.objects.exists()


def test_steps_that_would_wait_for_each_other_are_refused(improving: Improving) -> None:
    _appraise(improving, "leeds/forecast/2", after=("leeds/budget/3",))
    with pytest.raises(ValidationError) as refusal:
        _appraise(improving, "leeds/budget/3", after=("leeds/forecast/3",))
    assert _faults(refusal)["after"] == ["The steps would wait for each other in a circle."]
    # What it waited for before counts no more once it is said anew.
    _appraise(improving, "leeds/forecast/2", seen=1, after=())
    _appraise(improving, "leeds/budget/3", after=("leeds/forecast/3",))


def test_a_step_that_the_roadmap_has_not_is_refused(improving: Improving) -> None:
    with pytest.raises(RefusedActionError, match="no such step"):
        _appraise(improving, "leeds/hiring/2", scale=3)


def test_an_appraisal_that_somebody_else_changed_is_not_overwritten(improving: Improving) -> None:
    _appraise(improving, scale=3)
    with pytest.raises(ChangedMeanwhileError) as conflict:
        _appraise(improving, scale=4)
    assert (conflict.value.theirs["scale"], conflict.value.yours["scale"]) == (3, 4)
    assert _appraise(improving, seen=1, scale=5).version == 2
    assert AuditEntry.objects.filter(action="improvement.appraise").count() == 2


def test_what_was_said_of_a_retired_goal_stays_on_record(improving: Improving) -> None:
    _appraise(improving, scale=3, impacts={"service": 4, "cost": 2})
    retire_goal(by=improving.lead, goal=improving.cost, seen=1, now=NOW)
    row = _appraise(improving, seen=1, scale=3, impacts={"service": 5})
    assert row.impacts == {"service": 5, "cost": 2}


def test_an_appraisal_is_taken_over_to_the_same_step_elsewhere(improving: Improving) -> None:
    _appraise(improving, "leeds/forecast/3", scale=4, after=("leeds/budget/3",), note="As usual")
    taken = take_over(
        by=improving.lead,
        roadmap=improving.roadmap,
        origin="leeds/forecast/3",
        to=["poole/forecast/3"],
        now=NOW,
    )
    row = StepAppraisal.objects.get(step="poole/forecast/3")
    assert (taken, row.scale, row.after) == (["poole/forecast/3"], 4, ["poole/budget/3"])
    assert AuditEntry.objects.filter(action="improvement.take_over_appraisal").count() == 1


@pytest.mark.parametrize("to", [[], ["poole/forecast/2"], ["leeds/forecast/3"], ["nowhere"]])
def test_it_is_taken_over_to_the_same_step_alone(improving: Improving, to: list[str]) -> None:
    _appraise(improving, "leeds/forecast/3", scale=4)
    with pytest.raises(RefusedActionError):
        take_over(
            by=improving.lead, roadmap=improving.roadmap, origin="leeds/forecast/3", to=to, now=NOW
        )


def test_a_later_assessment_takes_the_place_of_the_one_before(improving: Improving) -> None:
    lead, roadmap = improving.lead, improving.roadmap
    _appraise(improving, "leeds/forecast/2", scale=3)
    edition = improving.leeds.edition
    newer = close_one(
        improving.estate, edition, improving.estate.centre, {"forecast": 2}, now=later(30)
    )
    first = standing_of_sources(roadmap, lead)[0]
    assert first.later is not None
    assert first.later.uuid == newer.uuid
    source = RoadmapSource.objects.get(roadmap=roadmap, assessment=improving.leeds)
    take_later(by=lead, roadmap=roadmap, source=source, seen=1, later=first.later, now=NOW)
    keys = {step.key for step in steps_of(roadmap)}
    assert "leeds/forecast/2" not in keys
    assert "leeds/hiring/2" in keys
    assert StepAppraisal.objects.get().step == "leeds/forecast/2"
    assert [each.later for each in standing_of_sources(roadmap, lead)] == [None, None]


def test_only_assessments_of_places_that_a_member_may_read_are_offered(
    improving: Improving,
) -> None:
    estate = improving.estate
    bob = make_member(
        estate.organisation,
        make_account("bob@northwind.example", "Bob"),
        Role.SITE_LEAD,
        site=estate.poole,
    )
    assert [each.place for each in latest_of_each(closed_assessments(bob))] == ["Poole"]
    assert closed_assessments(bob, estate.centre) == []


def test_the_currency_stays_once_amounts_were_given(improving: Improving) -> None:
    roadmap, lead = improving.roadmap, improving.lead
    dollars = replace(SETTINGS, currency="USD")
    change_roadmap(by=lead, roadmap=roadmap, seen=1, settings=dollars, now=NOW)
    _appraise(improving, **in_money(0, 100))
    with pytest.raises(ValidationError) as refusal:
        change_roadmap(by=lead, roadmap=roadmap, seen=2, settings=SETTINGS, now=NOW)
    assert _faults(refusal) == {"currency": ["Amounts were given in USD."]}


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"currency": "gbp"}, "currency"), ({"years": 0}, "years"), ({"quarters": 21}, "quarters")],
)
def test_settings_that_cannot_stand_are_refused(
    improving: Improving, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as refusal:
        open_roadmap_of(improving.lead, **changed)
    assert list(_faults(refusal)) == [field]


def test_an_archived_roadmap_stays_as_it_is(improving: Improving) -> None:
    roadmap = improving.roadmap
    archive_roadmap(by=improving.lead, roadmap=roadmap, seen=1, now=NOW)
    with pytest.raises(RefusedActionError, match="archived"):
        _appraise(improving, scale=3)
    with pytest.raises(RefusedActionError, match="archived"):
        archive_roadmap(by=improving.lead, roadmap=roadmap, seen=2, now=NOW)
