"""The pages of goals, roadmaps, steps and the ranking: who finds them, what they do."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from attain.improvement.models import Goal, Roadmap, StepAppraisal
from attain.organisations.models import Member
from attain.organisations.rules import Role
from estate import make_account, make_estate, make_member
from improving import MODEL_TEXT, NOW, Improving, close_one, in_money, later, make_improving, say

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/improvement"
HTMX = {"HX-Request": "true"}
FORECAST = "leeds/forecast/2"
Sign = Callable[[Member], Client]


@pytest.fixture
def improving() -> Iterator[Improving]:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        yield make_improving(estate)


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        text_of(client, url)
        return len(asked)


def at(improving: Improving, *parts: str) -> str:
    return "/".join([HERE, "roadmaps", str(improving.roadmap.uuid), *parts])


def pages(improving: Improving) -> list[str]:
    step = f"steps/{FORECAST}"
    return [at(improving), *(at(improving, each) for each in ("steps", step, "ranking"))]


def writing(improving: Improving) -> list[str]:
    named = ("settings", "archive", f"steps/{FORECAST}/take-over", "appraise")
    return [at(improving, each) for each in named]


def said(version: int = 0, /, **further: Any) -> dict[str, object]:
    return {"version": version, "quarters": 1, "earliest": 0, **further}


def amounts(name: str, low: str, likely: str, high: str) -> dict[str, Any]:
    return {f"{name}_low": low, f"{name}_likely": likely, f"{name}_high": high}


def _bob(improving: Improving, **place: Any) -> Member:
    account = make_account("bob@northwind.example", "Bob")
    return make_member(improving.estate.organisation, account, Role.SITE_LEAD, **place)


def test_who_plans_everywhere_opens_every_page(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    for page in [*pages(improving), *writing(improving)]:
        text_of(client, page)


def test_an_auditor_reads_and_changes_nothing(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.estate.member(Role.AUDITOR))
    for page in pages(improving):
        text_of(client, page)
    for page in writing(improving):
        text_of(client, page, 403)
    assert client.post(at(improving, f"steps/{FORECAST}"), said(scale=3)).status_code == 403
    assert client.post(at(improving, f"appraise/{FORECAST}"), said(scale=3)).status_code == 403
    assert not StepAppraisal.objects.exists()


def test_a_colleague_elsewhere_sees_no_roadmap_of_the_whole(
    improving: Improving, sign_in: Sign
) -> None:
    client = sign_in(_bob(improving, site=improving.estate.poole))
    for page in [*pages(improving), *writing(improving)]:
        text_of(client, page, 403)
    assert "Winter roadmap" not in text_of(client, f"{HERE}/roadmaps")


def test_a_stranger_does_not_learn_that_there_is_one(improving: Improving, sign_in: Sign) -> None:
    stranger = make_estate("elsewhere").member(Role.PROGRAMME_LEAD)
    for page in [*pages(improving), *writing(improving), f"{HERE}/goals", f"{HERE}/roadmaps"]:
        text_of(sign_in(stranger), page, 404)


def test_a_goal_is_declared_changed_and_retired(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    answer = client.post(f"{HERE}/goals/add", {"title": "Image", "why": "", "weight": "4"})
    assert answer.status_code == 302
    assert "50.0 %" in text_of(client, f"{HERE}/goals")
    goal = Goal.objects.get(key="image")
    page = f"{HERE}/goals/{goal.uuid}"
    changed = {"title": "Good name", "why": "", "weight": "0", "version": 1}
    assert client.post(page, changed).status_code == 302
    conflict = client.post(page, {**changed, "title": "Mine"})
    assert conflict.status_code == 409
    assert "Good name" in conflict.content.decode()
    assert client.post(f"{page}/retire", {"version": 2}).status_code == 302
    assert "Retired" in text_of(client, f"{HERE}/goals")


@pytest.mark.parametrize("weight", ["-1", "NaN", "1e400", "1.2345", "", "much"])
def test_a_weight_that_is_none_stands_beside_its_field(
    improving: Improving, sign_in: Sign, weight: str
) -> None:
    client = sign_in(improving.lead)
    answer = client.post(f"{HERE}/goals/add", {"title": "New", "weight": weight})
    assert answer.status_code == 422
    assert "id_weight" in answer.content.decode()


def test_goals_are_changed_by_who_plans_everywhere_alone(
    improving: Improving, sign_in: Sign
) -> None:
    client = sign_in(_bob(improving, site=improving.estate.leeds))
    assert "Service" in text_of(client, f"{HERE}/goals")
    text_of(client, f"{HERE}/goals/add", 403)
    text_of(client, f"{HERE}/goals/{improving.cost.uuid}", 403)


def test_a_roadmap_is_opened_over_the_latest_assessments(
    improving: Improving, sign_in: Sign
) -> None:
    client = sign_in(improving.lead)
    page = text_of(client, f"{HERE}/roadmaps/open")
    assert page.count("checked") == 2
    assert 'value="2027-01"' in page
    given = {
        "place": "whole",
        "model": "small-centre",
        "title": "Estate",
        "sources": [str(improving.leeds.uuid), str(improving.poole.uuid)],
        "rule": "return_only",
        "unknowns": "apart",
        "years": 3,
        "currency": "EUR",
        "first_month": "2027-04",
        "quarters": 6,
    }
    answer = client.post(f"{HERE}/roadmaps/open", given)
    made = Roadmap.objects.get(title="Estate")
    assert answer["Location"] == f"{HERE}/roadmaps/{made.uuid}"
    assert (made.currency, made.quarters, made.sources.count()) == ("EUR", 6, 2)
    refused = client.post(f"{HERE}/roadmaps/open", {**given, "sources": [], "currency": "euro"})
    assert refused.status_code == 422
    assert "three capital letters" in refused.content.decode()


def test_a_site_lead_opens_one_of_their_centre_alone(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(_bob(improving, site=improving.estate.poole))
    page = text_of(client, f"{HERE}/roadmaps/open")
    assert "Poole: Autumn" in page
    assert "Leeds: Autumn" not in page
    whole = text_of(client, f"{HERE}/roadmaps/open?place=whole&model=small-centre")
    assert "Leeds: Autumn" not in whole


def test_where_nothing_is_closed_the_page_says_what_to_do(sign_in: Sign) -> None:
    lead = make_estate().member(Role.PROGRAMME_LEAD)
    assert "Close one of this place first" in text_of(sign_in(lead), f"{HERE}/roadmaps/open")


def test_a_step_is_appraised_in_money_as_its_reader_writes_it(
    improving: Improving, sign_in: Sign
) -> None:
    client = sign_in(improving.lead)
    given = said(
        **amounts("one_off", "10,000.50", "12,500", "20000"),
        **amounts("running", "0", "0", "0"),
        **amounts("benefit", "1", "2.5", "3"),
        impact_service=4,
        impact_cost=0,
        days=12,
        after=["leeds/budget/3"],
    )
    answer = client.post(at(improving, f"steps/{FORECAST}"), given)
    assert answer.status_code == 302
    row = StepAppraisal.objects.get()
    assert (row.one_off_low, row.one_off_likely, row.benefit_likely) == (1_000_050, 1_250_000, 250)
    assert (row.impacts, row.after) == ({"service": 4, "cost": 0}, ["leeds/budget/3"])
    page = text_of(client, at(improving, f"steps/{FORECAST}"))
    assert 'value="10000.50"' in page
    conflict = client.post(at(improving, f"steps/{FORECAST}"), said(scale=3))
    assert conflict.status_code == 409


def test_a_german_reader_writes_a_comma(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    client.cookies["django_language"] = "de"
    given = said(**amounts("one_off", "10.000,50", "12.500", "20000"))
    headers = {"Accept-Language": "de"}
    answer = client.post(at(improving, f"steps/{FORECAST}"), given, headers=headers)
    assert answer.status_code == 302, answer.content.decode()
    assert StepAppraisal.objects.get().one_off_low == 1_000_050


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (amounts("one_off", "3", "2", "4"), "The low amount is above the likely one."),
        (amounts("one_off", "1", "5", "4"), "The likely amount is above the high one."),
        (amounts("one_off", "-1", "2", "4"), "An amount such as 12,500 is expected."),
        (amounts("benefit", "NaN", "2", "4"), "An amount such as 12,500 is expected."),
        (amounts("benefit", "1", "2", "1e400"), "An amount such as 12,500 is expected."),
        (amounts("benefit", "1", "2", "9" * 30), "The amount is too large."),
        (amounts("benefit", "1", "", "3"), "Give low, likely and high, or none of them."),
        ({"scale": 3, **amounts("running", "1", "1", "1")}, "in money or on the scale"),
        ({"scale": 6}, "Select a valid choice"),
        ({"earliest": 2, "latest": 1}, "The latest quarter is before the earliest one."),
        ({"after": ["leeds/nothing/2"]}, "Select a valid choice"),
        ({"days": -1}, "greater than or equal to 0"),
        ({"impact_service": 9}, "Select a valid choice"),
    ],
)
def test_what_cannot_stand_is_said_beside_the_field(
    improving: Improving, sign_in: Sign, given: dict[str, object], words: str
) -> None:
    client = sign_in(improving.lead)
    answer = client.post(at(improving, f"steps/{FORECAST}"), said(**given))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StepAppraisal.objects.exists()


def test_steps_that_wait_for_each_other_are_refused_on_the_page(
    improving: Improving, sign_in: Sign
) -> None:
    say(improving, "leeds/budget/3", after=("leeds/forecast/2",))
    client = sign_in(improving.lead)
    answer = client.post(at(improving, f"steps/{FORECAST}"), said(after=["leeds/budget/3"]))
    assert answer.status_code == 422
    assert "in a circle" in answer.content.decode()


def test_a_form_of_1035_fields_keeps_those_that_it_has(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    given = said(impact_cost=2, **{f"impact_{n}": "1" for n in range(1035)})
    assert client.post(at(improving, f"steps/{FORECAST}"), given).status_code == 302
    assert StepAppraisal.objects.get().impacts == {"cost": 2}


def test_a_row_is_saved_as_it_changes(improving: Improving, sign_in: Sign) -> None:
    client, url = sign_in(improving.lead), at(improving, f"appraise/{FORECAST}")
    given = {"version": 0, "scale": 4, "impact_service": 5, "impact_cost": 5, "days": 3, "note": ""}
    saved = client.post(url, given, headers=HTMX)
    assert saved.status_code == 200
    assert 'value="1"' in saved.content.decode()
    assert '<strong id="appraised" hx-swap-oob="true">1</strong>' in saved.content.decode()
    conflict = client.post(url, {**given, "scale": 2}, headers=HTMX)
    assert conflict.status_code == 409
    assert 'name="keep" value="1"' in conflict.content.decode()
    kept = client.post(url, {**given, "scale": 2, "keep": 1}, headers=HTMX)
    assert kept.status_code == 200
    assert StepAppraisal.objects.get().scale == 2
    refused = client.post(url, {**given, "version": 2, "days": "1e400"}, headers=HTMX)
    assert refused.status_code == 422
    assert "Not saved" in refused.content.decode()


def test_a_row_keeps_what_it_does_not_ask_for(improving: Improving, sign_in: Sign) -> None:
    say(improving, FORECAST, **in_money(100, 300), quarters=2, earliest=1)
    client, url = sign_in(improving.lead), at(improving, f"appraise/{FORECAST}")
    assert client.post(url, {"version": 1, "days": 9}, headers=HTMX).status_code == 200
    row = StepAppraisal.objects.get()
    assert (row.benefit_high, row.quarters, row.earliest, row.days) == (300, 2, 1, 9)
    assert "Return in money" in text_of(client, at(improving, "appraise"))


def test_without_scripts_a_row_is_saved_by_its_button(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    answer = client.post(at(improving, f"appraise/{FORECAST}"), {"version": 0, "scale": 4})
    assert answer["Location"].endswith("/appraise#row-leeds__forecast__2")


def test_an_appraisal_is_taken_over_elsewhere(improving: Improving, sign_in: Sign) -> None:
    client, url = sign_in(improving.lead), at(improving, f"steps/{FORECAST}/take-over")
    assert "Nothing was said" in text_of(client, url)
    say(improving, FORECAST, scale=4)
    assert "Poole" in text_of(client, url)
    assert client.post(url, {"to": ["poole/forecast/2"]}).status_code == 302
    assert StepAppraisal.objects.get(step="poole/forecast/2").scale == 4


def test_steps_are_filtered_and_taken_away_as_a_file(improving: Improving, sign_in: Sign) -> None:
    say(improving, FORECAST, scale=4)
    client = sign_in(improving.lead)
    shown = text_of(client, at(improving, "steps?process=recruiting"))
    assert "Hiring" in shown
    assert "Budget" not in shown
    file = client.get(at(improving, "steps?state=appraised&export=csv")).content.decode("utf-8-sig")
    assert len(file.splitlines()) == 2
    assert "70.0 %" in file


def test_the_ranking_tells_draws_seed_and_who_is_apart(improving: Improving, sign_in: Sign) -> None:
    client = sign_in(improving.lead)
    assert "No step can be ranked yet" in text_of(client, at(improving, "ranking"))
    say(improving, FORECAST, **in_money(1000, 3000))
    say(improving, "poole/hiring/3", scale=2)
    page = text_of(client, at(improving, "ranking?draws=500&seed=7"))
    assert "500 draws with the seed 7" in page
    assert "What is lacking" in page
    assert "800.0 %" in page
    assert 'data-chart="bubbles"' in page
    assert "Recruiting" in page
    answer = client.get(at(improving, "ranking?export=xlsx"))
    assert answer.content.startswith(b"PK")


def test_the_same_seed_gives_the_same_ranking(improving: Improving, sign_in: Sign) -> None:
    say(improving, FORECAST, scale=3)
    say(improving, "poole/hiring/3", scale=3, impacts={"service": 4, "cost": 5})
    client, url = sign_in(improving.lead), at(improving, "ranking?export=csv")
    assert client.get(url).content == client.get(url).content


def test_a_later_assessment_is_offered_and_taken(improving: Improving, sign_in: Sign) -> None:
    say(improving, FORECAST, scale=3, note="Buy a forecast")
    estate, client = improving.estate, sign_in(improving.lead)
    close_one(estate, improving.leeds.edition, estate.centre, {"forecast": 3}, now=later(-1))
    assert "Take the later one" not in text_of(client, at(improving))
    close_one(estate, improving.leeds.edition, estate.centre, {"forecast": 3}, now=later(2))
    assert "Take the later one" in text_of(client, at(improving))
    source = improving.roadmap.sources.get(assessment=improving.leeds)
    url = at(improving, f"sources/{source.uuid}/later")
    assert client.post(url, {"version": 1}).status_code == 302
    page = text_of(client, at(improving))
    assert "Buy a forecast" in page
    text_of(client, url, 404)


def test_settings_are_changed_once_for_each_version(improving: Improving, sign_in: Sign) -> None:
    client, url = sign_in(improving.lead), at(improving, "settings")
    given = {
        "title": "Spring", "rule": "impact_only", "unknowns": "lowest", "years": 2,
        "currency": "GBP", "first_month": "2027-04", "quarters": 8, "version": 1,
    }  # fmt: skip
    assert client.post(url, given).status_code == 302
    assert client.post(url, {**given, "title": "Mine"}).status_code == 409
    assert client.post(at(improving, "archive"), {"version": 2}).status_code == 302
    assert client.post(url, {**given, "version": 3}).status_code == 422
    assert "stays as it is" in text_of(client, at(improving))
    saved = client.post(at(improving, f"appraise/{FORECAST}"), {"version": 0}, headers=HTMX)
    assert saved.status_code == 422


def test_the_number_of_steps_does_not_change_the_number_of_queries(
    improving: Improving, sign_in: Sign
) -> None:
    client = sign_in(improving.lead)
    tried = [*pages(improving), at(improving, "appraise"), f"{HERE}/roadmaps", f"{HERE}/goals"]
    say(improving, FORECAST, scale=3)
    # The first request of a client writes its session.
    text_of(client, f"{HERE}/goals")
    few = {page: queries_of(client, page) for page in tried}
    for key in ("leeds/forecast/3", "poole/forecast/2", "poole/budget/2", "poole/hiring/3"):
        say(improving, key, scale=3)
    assert {page: queries_of(client, page) for page in tried} == few


def test_the_model_of_the_tests_has_efforts() -> None:
    assert MODEL_TEXT.count("effort: 2") == 3
