"""The pages of initiatives: who finds them, what may be done, what is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from attain.improvement.models import Initiative
from attain.organisations.models import Member
from attain.organisations.rules import Role
from carrying import central, done, planned, process_of, started
from estate import Estate, make_account, make_estate, make_member
from improving import NOW, Improving, make_improving

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/improvement/initiatives"
Sign = Callable[[Member], Client]


@pytest.fixture
def improving(estate: Estate) -> Improving:
    return make_improving(estate)


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW)

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


@pytest.fixture
def lead(estate: Estate, sign_in: Sign) -> Client:
    return sign_in(estate.member(Role.PROGRAMME_LEAD))


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    return response.content.decode()


def said_of(estate: Estate, **said: Any) -> dict[str, Any]:
    """Return what a form says of a plain initiative, and what is said otherwise."""
    return {
        "title": "Call-backs",
        "owner": estate.member(Role.TEAM_LEADER).pk,
        "starts_on": "2026-11-01",
        "due_on": "2026-12-18",
        "currency": "GBP",
        **said,
    }


def test_an_initiative_is_planned_at_a_centre_that_is_chosen_first(
    estate: Estate, lead: Client
) -> None:
    process = process_of(estate.centre)
    assert "Where does it belong?" in text_of(lead, f"{HERE}/new")
    assert "Plan an initiative at Leeds" in text_of(lead, f"{HERE}/new?place=leeds")
    said = said_of(estate, process=process.pk, days=12, cost="1,250.50", is_structured="on")
    answer = lead.post(f"{HERE}/new?place=leeds", said)
    made = Initiative.objects.get()
    assert answer["Location"] == f"{HERE}/{made.uuid}"
    assert (made.centre, made.process, made.cost) == (estate.centre, process, 125_050)
    page = text_of(lead, f"{HERE}/{made.uuid}")
    assert "Call-backs" in page
    assert "1,250.50" in page
    assert "when it starts" in page


def test_what_cannot_be_is_said_in_the_form_with_everything_that_was_typed(
    estate: Estate, lead: Client
) -> None:
    said = said_of(estate, due_on="2026-10-01", aim="Fewer calls are lost.")
    answer = lead.post(f"{HERE}/new?place=leeds", said)
    assert answer.status_code == 422
    assert "It is due before it starts." in answer.content.decode()
    assert "Fewer calls are lost." in answer.content.decode()
    agent = estate.member(Role.AGENT).pk
    for wrong in ({"owner": agent}, {"cost": "1,25"}, {"currency": "pounds"}, {"days": -1}):
        assert lead.post(f"{HERE}/new?place=leeds", said_of(estate, **wrong)).status_code == 422
    assert not Initiative.objects.exists()


def test_a_list_shows_state_owner_and_what_is_overdue(estate: Estate, lead: Client) -> None:
    started(planned(estate, "Late", due_on=date(2026, 11, 20)), estate)
    planned(estate, "Early", centre=estate.other_centre)
    page = text_of(lead, HERE)
    assert "Late" in page
    assert "Early" in page
    assert "Overdue" in page
    assert "Early" not in text_of(lead, f"{HERE}?state=running")
    assert "Early" not in text_of(lead, f"{HERE}?due=overdue")
    assert "Late" not in text_of(lead, f"{HERE}?place=Poole")
    assert "Late" not in text_of(lead, f"{HERE}?whose=mine")
    assert "Late" in text_of(lead, f"{HERE}?words=late")
    file = lead.get(f"{HERE}?export=csv")
    assert b"Late" in file.content
    assert file["Content-Type"].startswith("text/csv")


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    estate: Estate, lead: Client
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text_of(lead, HERE)
        return len(queries)

    planned(estate)
    asked()
    one = asked()
    for n in range(5):
        planned(estate, f"Further {n}", centre=None if n % 2 else estate.other_centre)
    assert asked() == one


def test_an_initiative_runs_from_its_start_to_its_end_in_the_browser(
    estate: Estate, lead: Client
) -> None:
    made = planned(estate)
    here = f"{HERE}/{made.uuid}"
    lead.post(f"{here}/start", {"version": 1, "on": "2026-11-02"})
    lead.post(f"{here}/milestones/add", {"text": "Team is trained", "due_on": "2026-11-10"})
    milestone = made.milestones.get()
    assert "Overdue" in text_of(lead, here)
    lead.post(f"{here}/milestones/{milestone.uuid}/done", {"version": 1})
    assert "Not done" in text_of(lead, here)
    lead.post(f"{here}/milestones/{milestone.uuid}/undo", {"version": 2})
    milestone.refresh_from_db()
    assert milestone.done_on is None
    lead.post(f"{here}/comments", {"text": "It goes well."})
    said = {"version": 2, "on": "2026-11-20", "outcome": "Ten per cent fewer."}
    lead.post(f"{here}/complete", said)
    made.refresh_from_db()
    assert (made.state, made.ended_on) == ("done", date(2026, 11, 20))
    page = text_of(lead, here)
    assert "It goes well." in page
    assert "Assess again" in page
    assert "Ten per cent fewer." in page


def test_a_document_is_a_file_of_the_centre_or_a_link(estate: Estate, lead: Client) -> None:
    made = planned(estate)
    here = f"{HERE}/{made.uuid}/documents"
    file = SimpleUploadedFile("data.txt", b"weeks and counts")
    lead.post(f"{here}/add", {"way": "file", "kind": "analysis", "file": file})
    link = {"way": "link", "kind": "other", "link": "https://wiki.example/x"}
    lead.post(f"{here}/add", link)
    kept, linked = made.documents.all()
    assert kept.file
    assert kept.file.centre == estate.centre
    assert linked.link
    lead.post(f"{here}/{linked.uuid}/withdraw", {"version": 1})
    page = text_of(lead, f"{HERE}/{made.uuid}")
    assert "data.txt" in page
    assert "Withdrawn" in page
    script = {"way": "link", "kind": "other", "link": "javascript:alert(1)"}
    assert lead.post(f"{here}/add", script).status_code == 422
    assert made.documents.count() == 2


def test_a_central_project_takes_the_steps_of_all_centres_that_are_short(
    improving: Improving, lead: Client
) -> None:
    url = f"{HERE}/new?item=forecast&model=small-centre"
    page = text_of(lead, url)
    assert "Forecast (2 centres)" in page
    assert 'value="poole"' in page
    said = said_of(improving.estate, centres=["leeds", "poole"], reach="target")
    answer = lead.post(url, said)
    made = Initiative.objects.get()
    assert answer["Location"] == f"{HERE}/{made.uuid}"
    steps = [(s.centre.key, s.item, s.level, s.to) for s in made.steps.all() if s.centre]
    assert steps == [
        ("leeds", "forecast", 1, 2),
        ("leeds", "forecast", 2, 3),
        ("poole", "forecast", 1, 2),
        ("poole", "forecast", 2, 3),
    ]
    page = text_of(lead, f"{HERE}/{made.uuid}")
    assert "1 Adequate" in page
    assert f"/assessments/{improving.poole.uuid}" in page
    # Nobody is chosen beforehand where an open initiative sees to it already.
    assert "Forecast (0 centres)" in text_of(lead, url)


def test_the_item_in_the_estate_leads_to_the_project(improving: Improving, sign_in: Sign) -> None:
    estate, url = improving.estate, "/o/northwind/assessments/estate/items/forecast"
    link = f"{HERE}/new?item=forecast&amp;model=small-centre"
    assert link in text_of(sign_in(estate.member(Role.PROGRAMME_LEAD)), url)
    assert link not in text_of(sign_in(estate.member(Role.ANALYST)), url)


def test_a_central_project_may_take_one_level_at_some_centres(
    improving: Improving, lead: Client
) -> None:
    url = f"{HERE}/new?item=budget&model=small-centre"
    lead.post(url, said_of(improving.estate, centres=["poole"], reach="next"))
    step = Initiative.objects.get().steps.get()
    assert (step.level, step.to, step.assessment) == (1, 2, improving.poole)
    nobody = lead.post(url, said_of(improving.estate, reach="next"))
    assert nobody.status_code == 422
    assert "Choose at least one centre." in nobody.content.decode()


@pytest.mark.parametrize("asked", ["item=none&model=small-centre", "item=forecast&model=none"])
def test_a_project_for_what_is_not_there_is_not_found(
    improving: Improving, lead: Client, asked: str
) -> None:
    text_of(lead, f"{HERE}/new?{asked}", 404)


def test_an_owner_carries_it_on_without_a_role_and_does_not_plan_it(
    estate: Estate, sign_in: Sign
) -> None:
    owner = estate.member(Role.TEAM_LEADER)
    made = planned(estate)
    owner.roles.all().delete()
    client = sign_in(owner)
    here = f"{HERE}/{made.uuid}"
    assert "Call-backs" in text_of(client, HERE)
    page = text_of(client, here)
    assert f"{here}/start" in page
    assert f"{here}/change" not in page
    assert client.post(f"{here}/start", {"version": 1, "on": "2026-11-02"}).status_code == 302
    assert client.post(f"{here}/comments", {"text": "Begun."}).status_code == 302
    text_of(client, f"{here}/change", 403)
    text_of(client, f"{here}/drop", 403)


def test_a_colleague_reads_and_does_no_more(estate: Estate, sign_in: Sign) -> None:
    made = started(planned(estate), estate)
    client = sign_in(estate.member(Role.QA_MANAGER))
    here = f"{HERE}/{made.uuid}"
    page = text_of(client, here)
    assert f"{here}/complete" not in page
    assert f"{here}/comments" not in page
    assert client.post(f"{here}/comments", {"text": "Well done."}).status_code == 403
    for name in ("start", "complete", "write-up", "milestones/add", "documents/add", "change"):
        text_of(client, f"{here}/{name}", 403)
    text_of(client, f"{HERE}/new", 403)


def test_a_stranger_and_who_sees_another_site_alone_get_404(estate: Estate, sign_in: Sign) -> None:
    made = planned(estate)
    other = make_member(
        estate.organisation,
        make_account("bob@northwind.example", "Bob"),
        Role.SITE_LEAD,
        site=estate.poole,
    )
    text_of(sign_in(other), f"{HERE}/{made.uuid}", 404)
    assert "Call-backs" not in text_of(sign_in(other), HERE)
    stranger = make_estate("southwind").member(Role.PROGRAMME_LEAD)
    text_of(sign_in(stranger), f"{HERE}/{made.uuid}", 404)


def test_a_central_project_is_for_those_of_the_whole_organisation(
    improving: Improving, sign_in: Sign
) -> None:
    made = central(improving.estate, [improving.leeds, improving.poole])
    one_site = make_member(
        improving.estate.organisation,
        make_account("bob@northwind.example", "Bob"),
        Role.SITE_LEAD,
        site=improving.estate.leeds,
    )
    text_of(sign_in(one_site), f"{HERE}/{made.uuid}", 403)
    text_of(sign_in(one_site), f"{HERE}/new?item=forecast&model=small-centre", 403)
    text_of(sign_in(one_site), f"{HERE}/new?place=.organisation", 403)
    text_of(sign_in(one_site), f"{HERE}/new?place=poole", 404)


def test_two_editors_see_each_other(estate: Estate, lead: Client) -> None:
    made = planned(estate)
    url = f"{HERE}/{made.uuid}/change"
    assert lead.post(url, said_of(estate, title="Mine", version=1)).status_code == 302
    answer = lead.post(url, said_of(estate, title="Theirs", version=1))
    assert answer.status_code == 409
    assert "Mine" in answer.content.decode()
    assert "Theirs" in answer.content.decode()


def test_what_has_ended_is_not_carried_on(estate: Estate, lead: Client) -> None:
    made = done(started(planned(estate), estate), estate)
    here = f"{HERE}/{made.uuid}"
    for name, said in (
        ("start", {"on": "2026-11-02"}),
        ("complete", {"on": "2026-11-02"}),
        ("drop", {"reason": "No longer wanted"}),
        ("milestones/add", {"text": "Late", "due_on": "2026-12-01"}),
    ):
        answer = lead.post(f"{here}/{name}", {"version": made.version, **said})
        assert answer.status_code == 422, name
    assert lead.post(f"{here}/comments", {"text": "Afterwards."}).status_code == 302
