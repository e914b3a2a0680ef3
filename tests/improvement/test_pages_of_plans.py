"""The pages of plans: asking for one, waiting, reading, comparing, adopting, carrying out."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from attain.improvement.actions.planning import adopt_plan, make_plan
from attain.improvement.models import Initiative, KeptPlan
from attain.improvement.rules.kept_plans import PlanWishes
from attain.organisations.jobs.worker import work_off
from attain.organisations.models import Member
from attain.organisations.rules import Role
from estate import make_account, make_estate, make_member
from improving import NOW, Improving, in_money, make_improving, open_roadmap_of, say

pytestmark = pytest.mark.django_db
F2, F3, B3, P2 = "leeds/forecast/2", "leeds/forecast/3", "leeds/budget/3", "poole/forecast/2"
Sign = Callable[[Member], Client]


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        made = make_improving(estate)
        say(made, F2, days=10, **in_money(100_00, 400_00))
        say(made, F3, days=20, quarters=2, **in_money(200_00, 900_00, 100_00))
        say(made, B3, days=5, **in_money(300_00, 100_00))
        yield made


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def lead(improving: Improving, sign_in: Sign) -> Client:
    return sign_in(improving.lead)


def here(improving: Improving) -> str:
    return f"/o/northwind/improvement/roadmaps/{improving.roadmap.uuid}/plans"


def made(improving: Improving, **said: Any) -> KeptPlan:
    usual: dict[str, Any] = {"title": "Plan A", "budget": (300_00,) * 4, "capacity": (15,) * 4}
    wishes = PlanWishes(**{**usual, **said})
    return make_plan(by=improving.lead, roadmap=improving.roadmap, wishes=wishes, now=NOW)


def adopted(improving: Improving, **said: Any) -> KeptPlan:
    return adopt_plan(by=improving.lead, plan=made(improving, **said), seen=1, now=NOW)


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


ASKED = {"title": "Small", "unit": "money", "budget": "300", "capacity": "15"}


def test_a_lead_gets_a_plan_inside_a_budget(improving: Improving, lead: Client) -> None:
    start = here(improving)
    assert "No plan yet" in text_of(lead, start)
    form = text_of(lead, f"{start}/new")
    assert "3 steps can be planned in money," in form
    assert "its effort in person-days" in form
    answer = lead.post(f"{start}/new", ASKED | {f"lock:{B3}": "must_not", "capacity_3": "0"})
    assert answer.status_code == 302
    waiting = text_of(lead, answer["Location"])
    assert "Small" in waiting
    assert "Waiting" in waiting
    assert "Wait for this plan" in text_of(lead, start)
    polled = lead.get(answer["Location"], headers={"HX-Request": "true"})
    assert b"<html" not in polled.content
    assert work_off() == 1
    polled = lead.get(answer["Location"], headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"
    page = text_of(lead, answer["Location"])
    assert "It is proved that no plan of these means brings more." in page
    assert "It was locked out." in page
    assert "300 GBP" in page
    assert "Jan–Mar 2027" in page
    plan = KeptPlan.objects.get()
    assert plan.request["capacity"] == [15, 15, 15, 0]
    assert "Small" in text_of(lead, start)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"capacity": "0"}, "There is no capacity"),
        ({"capacity": "-5"}, "greater than or equal to 0"),
        ({"capacity": ""}, "for every quarter, or for each"),
        ({"budget": "-1"}, "An amount such as"),
        ({"budget": "", "budget_0": "3"}, "for every quarter, or for each"),
        ({"budget": "1.005"}, "digits after the separator"),
        ({"capacity": "9" * 30}, "less than or equal to"),
        ({"title": ""}, "This field is required"),
        ({"unit": "apples"}, "Select a valid choice"),
        ({f"lock:{F2}": "must_not", f"lock:{F3}": "must"}, "cannot be done before it"),
        ({f"lock:{F2}": "at:77"}, "Select a valid choice"),
        ({"budget": "1"}, "No step fits"),
    ],
)
def test_what_cannot_be_planned_stands_in_the_form(
    improving: Improving, lead: Client, said: dict[str, str], told: str
) -> None:
    answer = lead.post(f"{here(improving)}/new", ASKED | said)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert work_off() == 0


def test_what_only_the_solver_tells_is_said_where_one_waits(
    improving: Improving, lead: Client
) -> None:
    url = f"{here(improving)}/new"
    locks = {f"lock:{F2}": "at:0", f"lock:{B3}": "at:0"}
    waiting = lead.post(url, ASKED | locks)["Location"]
    work_off()
    page = text_of(lead, waiting)
    assert "The locked steps together are above the budget" in page
    again = text_of(lead, f"{url}?again={waiting.rsplit('/', 1)[1]}")
    assert 'value="300.00"' in again
    assert 'value="at:0" selected' in again


def test_another_plan_begins_with_the_means_of_the_first(
    improving: Improving, lead: Client
) -> None:
    plan = made(improving, budget=(300_00, 300_00, 100_50, 300_00))
    page = text_of(lead, f"{here(improving)}/new?again={plan.uuid}")
    assert 'value="300.00"' in page
    assert 'name="budget_2" value="100.50"' in page
    assert text_of(lead, f"{here(improving)}/new?again={improving.roadmap.uuid}", 404)
    assert text_of(lead, f"{here(improving)}/new?again=x", 404)


def test_a_colleague_reads_plans_and_makes_none(improving: Improving, sign_in: Sign) -> None:
    plan = made(improving)
    start = here(improving)
    colleague = sign_in(improving.estate.member(Role.ANALYST))
    assert "Adopt" not in text_of(colleague, f"{start}/{plan.uuid}")
    assert "Make a plan" not in text_of(colleague, start)
    for end in ("new", f"{plan.uuid}/adopt", f"{plan.uuid}/rename", f"{plan.uuid}/carry-out"):
        assert colleague.get(f"{start}/{end}").status_code == 403
        assert colleague.post(f"{start}/{end}").status_code == 403


def test_somebody_from_elsewhere_finds_no_plan(improving: Improving, sign_in: Sign) -> None:
    roadmap = open_roadmap_of(improving.lead, improving.estate.centre)
    account = make_account("poole@northwind.example", "Poole")
    theirs = make_member(
        improving.estate.organisation, account, Role.SITE_LEAD, site=improving.estate.poole
    )
    stranger = sign_in(make_estate("other").member(Role.PROGRAMME_LEAD))
    start = f"/o/northwind/improvement/roadmaps/{roadmap.uuid}"
    for end in ("plans", "plans/new", "roadmap.pdf", "roadmap.xlsx"):
        assert sign_in(theirs).get(f"{start}/{end}").status_code == 404
        assert stranger.get(f"{start}/{end}").status_code == 404


def test_a_plan_is_found_in_its_own_roadmap_alone(improving: Improving, lead: Client) -> None:
    plan = made(improving)
    other = open_roadmap_of(improving.lead, improving.estate.centre)
    assert text_of(lead, f"/o/northwind/improvement/roadmaps/{other.uuid}/plans/{plan.uuid}", 404)


def test_two_plans_stand_side_by_side(improving: Improving, lead: Client) -> None:
    one = made(improving)
    other = made(improving, title="Plan B", budget=(100_00,) * 4)
    url = f"{here(improving)}/{one.uuid}/compare"
    assert "Plan B" in text_of(lead, url)
    page = text_of(lead, f"{url}?other={other.uuid}")
    assert "Only in Plan A" in page
    assert "Budget: 2 Superior → 3 Leading" in page
    assert "-300 GBP" in page
    assert lead.get(f"{url}?other={one.uuid}").status_code == 422
    assert lead.get(f"{url}?other=x").status_code == 422


def test_plans_in_different_units_are_not_subtracted(improving: Improving, lead: Client) -> None:
    one = made(improving)
    say(improving, P2, days=5, scale=4)
    other = made(improving, title="Plan B", budget=None)
    page = text_of(lead, f"{here(improving)}/{one.uuid}/compare?other={other.uuid}")
    assert "They count in different units." in page
    assert "points" in text_of(lead, f"{here(improving)}/{other.uuid}")


def test_a_plan_is_renamed_and_adopted_as_it_was_seen(improving: Improving, lead: Client) -> None:
    plan = made(improving)
    url = f"{here(improving)}/{plan.uuid}"
    assert lead.post(f"{url}/rename", {"version": 1, "title": "Better"}).status_code == 302
    assert lead.post(f"{url}/rename", {"version": 1, "title": "Worse"}).status_code == 409
    assert lead.post(f"{url}/adopt", {"version": 1}).status_code == 409
    assert lead.post(f"{url}/adopt", {"version": 2}).status_code == 302
    page = text_of(lead, url)
    assert "Better" in page
    assert "Adopted" in page


def test_steps_of_the_adopted_plan_become_initiatives(improving: Improving, lead: Client) -> None:
    plan = made(improving)
    url = f"{here(improving)}/{plan.uuid}"
    assert "Adopt the plan before" in text_of(lead, f"{url}/carry-out", 422)
    adopt_plan(by=improving.lead, plan=plan, seen=1, now=NOW)
    owner = str(improving.estate.member(Role.SITE_LEAD).uuid)
    nothing = lead.post(f"{url}/carry-out", {"owner": owner})
    assert nothing.status_code == 422
    assert "Choose at least one step." in nothing.content.decode()
    said = {"owner": owner, "steps": [F2, F3]}
    assert lead.post(f"{url}/carry-out", said).status_code == 302
    assert [each.title for each in Initiative.objects.all()] == [
        "Leeds, Forecast: 1 Adequate → 2 Superior",
        "Leeds, Forecast: 2 Superior → 3 Leading",
    ]
    assert "Planned" in text_of(lead, url)
    again = lead.post(f"{url}/carry-out", said)
    assert again.status_code == 422
    form = text_of(lead, f"{here(improving)}/new")
    assert "Done or under way" in form


def test_an_archived_roadmap_is_planned_no_more(improving: Improving, lead: Client) -> None:
    type(improving.roadmap).objects.filter(pk=improving.roadmap.pk).update(archived_at=NOW)
    answer = lead.post(f"{here(improving)}/new", ASKED)
    assert answer.status_code == 422
    assert "archived" in answer.content.decode()


def test_queries_of_the_pages_do_not_grow_with_the_steps(
    improving: Improving, lead: Client
) -> None:
    plan = made(improving)
    urls = [here(improving), f"{here(improving)}/{plan.uuid}", f"{here(improving)}/new"]

    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            text_of(lead, url)
        return len(asked)

    text_of(lead, urls[0])  # What is read once for a visitor is not counted.
    before = [queries(url) for url in urls]
    for step in (P2, "poole/budget/2", "poole/hiring/2"):
        say(improving, step, days=5, **in_money(1_00, 90_00))
    more = made(improving, title="Plan B")
    assert len(more.placements) > len(plan.placements)
    urls[1] = f"{here(improving)}/{more.uuid}"
    assert [queries(url) for url in urls] == before
