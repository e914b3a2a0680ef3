"""The what-if page: every input can be another, the findings stand beside, nothing is recorded."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from attain.performance.models import Document
from certified import NOW, record_centre
from estate import Estate, make_estate
from programs import Program

pytestmark = pytest.mark.django_db
URL = "/o/northwind/certification/centres/leeds/what-if"
PLAN = "business_continuity_plan|Plan"


class Fields(HTMLParser):
    """The fields of a page's form as a browser would send them."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.said: dict[str, str] = {}
        self._select = ""
        self.feed(body)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "select":
            self._select = told["name"] or ""
        elif tag == "option" and self._select:
            if "selected" in told or self._select not in self.said:
                self.said[self._select] = told["value"] or ""
        elif tag == "input" and told.get("name") and self._is_sent(told):
            is_ticked = told.get("type") == "checkbox"
            self.said[told["name"] or ""] = told.get("value") or ("on" if is_ticked else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""

    def _is_sent(self, told: dict[str, str | None]) -> bool:
        return told.get("type") != "checkbox" or "checked" in told


@pytest.fixture
def estate() -> Estate:
    made = make_estate()
    with scope(organisation=made.organisation):
        record_centre(made)
        rows: dict[str, list[dict[str, Any]]] = {
            "incidents": [
                {
                    "incident": "outage",
                    "system": "telephony",
                    "opened": NOW,
                    "severity": "high",
                    "responded_minutes": 5,
                    "cost_impact": 100,
                }
            ],
            "technology_changes": [
                {
                    "change": "dialler",
                    "kind": "purchase",
                    "on": NOW.date(),
                    "business_requirement": None,
                    "annual_plan_reference": None,
                }
            ],
        }
        load_rows(centre=made.centre, rows=rows, by=made.member(Role.PROGRAMME_LEAD), now=NOW)
    return made


@pytest.fixture
def lead(estate: Estate, time_machine: Any) -> Client:
    time_machine.move_to(NOW)
    return signed_in(estate.member(Role.SITE_LEAD))


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


Suppose = Callable[..., str]


@pytest.fixture
def suppose(lead: Client) -> Suppose:
    """Send the form of the page with something changed: a text, or None for what is unticked."""

    def send(status: int = 200, **changes: str | None) -> str:
        said = Fields(lead.get(URL).content.decode()).said
        for name, value in changes.items():
            if value is None:
                del said[name]
            else:
                said[name] = value
        response = lead.post(URL, said)
        assert response.status_code == status, response.content.decode()[:2000]
        return response.content.decode()

    return send


def differing(body: str) -> set[str]:
    """Return the requirements that come to something else."""
    table = body.split("as supposed</h2>", 1)[0]
    rows = table.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in table else ""
    parts = [
        row.split("</small>")[0].split(">")[-1] for row in rows.split("</tr>") if "<tr>" in row
    ]
    return {part.split(":")[0] for part in parts}


def tier_as_supposed(body: str) -> str:
    return body.split("Tier as supposed</div>")[1].split('figure-value">')[1].split("<")[0]


def test_the_page_as_it_is_sent_supposes_nothing(suppose: Suppose) -> None:
    body = suppose()
    assert "Nothing is supposed yet." in body
    assert differing(body) == set()


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"practice|coaching": None}, "1/practices-documented"),
        ({f"there|{PLAN}": None}, "2/business-continuity"),
        ({f"sets|{PLAN}": None}, "3/business-continuity"),
        ({f"tested|{PLAN}": ""}, "3/business-continuity"),
        ({f"tested|{PLAN}": "2024-01-01"}, "3/business-continuity"),
        ({"initiative|callbacks": None}, "2/initiatives"),
        ({"further_initiatives": "1"}, "3/initiatives"),
        ({"incident|outage": None}, "3/it-response"),
        ({"change|dialler": "on"}, "3/technology-alignment"),
        ({"assessed_volume": "10"}, "1/coverage"),
        (
            {
                "satisfaction-month|staff": "2026-10",
                "satisfaction-value|staff": "7.5",
                "satisfaction-target|staff": "7",
            },
            "3/staff-satisfaction",
        ),
        ({"share|chat|2026-10": "100", "offered|chat|2026-10": "1000"}, "3/service-level"),
        ({f"system|telephony|2026-{m:02d}": "off_target" for m in range(5, 11)}, "2/uptime"),
        ({f"metric|forecast|2026-{m:02d}": "missing" for m in range(5, 11)}, "2/metrics-tracked"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else value,
)
def test_each_kind_of_input_can_be_another(
    suppose: Suppose, changes: dict[str, str | None], differs: str
) -> None:
    assert differs in differing(suppose(**changes))


def test_a_supposed_miss_can_be_supposed_to_get_its_action(suppose: Suppose) -> None:
    miss: dict[str, str | None] = {"metric|forecast|2026-10": "off_target"}
    assert differing(suppose(**miss)) == {"1/actions-on-misses"} | differing(
        suppose(**miss, answered="on")
    )


def test_nothing_is_recorded(estate: Estate, suppose: Suppose) -> None:
    with scope(organisation=estate.organisation):
        before = AuditEntry.objects.count()
        suppose(**{"practice|coaching": None, "assessed_volume": "1"})
        assert AuditEntry.objects.count() == before
    assert "Nothing is supposed yet." in suppose()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        (
            {"share|chat|2026-10": "100.01", "offered|chat|2026-10": "1"},
            "less than or equal to 100",
        ),
        ({"share|chat|2026-10": "-1", "offered|chat|2026-10": "1"}, "greater than or equal to 0"),
        ({"share|chat|2026-10": "NaN", "offered|chat|2026-10": "1"}, "Enter a number"),
        (
            {"offered|chat|2026-10": "", "share|chat|2026-10": "50"},
            "Say how many contacts there would be.",
        ),
        ({"assessed_volume": "1001"}, "Expected no more than the whole site has."),
        ({"satisfaction-month|staff": "2026-13"}, "Expected a month such as 2026-10."),
        ({"satisfaction-month|staff": "2026-12"}, "October 2026 or an earlier one"),
        (
            {"satisfaction-month|staff": "", "satisfaction-value|staff": "7"},
            "Expected a month, a value and a target, or none.",
        ),
        ({f"tested|{PLAN}": "2027-01-01"}, "Expected a day up to that of the verdict."),
        ({f"tested|{PLAN}": "31 June"}, "Enter a valid date."),
        ({"metric|forecast|2026-10": "purple"}, "purple is not one of the available choices"),
        ({"further_initiatives": "1000"}, "less than or equal to 20"),
        ({"site_volume": "many"}, "Enter a whole number"),
    ],
    ids=lambda value: str(next(iter(value.items()))) if isinstance(value, dict) else "",
)
def test_what_cannot_be_is_said_beside_its_field_and_is_not_supposed(
    suppose: Suppose, changes: dict[str, str | None], says: str
) -> None:
    body = suppose(422, **changes)
    error = body.split('class="invalid-feedback d-block"')[1].split("</div>")[0]
    assert says in error
    assert f'id="id_{next(iter(changes))}_error"' in body
    assert differing(body) <= {"3/service-level"}


def test_a_fragment_brings_the_errors_along_and_takes_them_away(lead: Client) -> None:
    said = Fields(lead.get(URL).content.decode()).said
    bad = lead.post(URL, said | {"site_volume": "many"}, headers={"HX-Request": "true"})
    assert bad.status_code == 422
    mended = Fields(bad.content.decode()).said | {"site_volume": "1000"}
    good = lead.post(URL, mended, headers={"HX-Request": "true"})
    assert good.headers["HX-Retarget"] == "#what-if"
    assert "invalid-feedback" not in good.content.decode()
    assert "HX-Retarget" not in lead.post(URL, said, headers={"HX-Request": "true"}).headers


def test_months_are_written_for_a_person_in_their_language(estate: Estate, lead: Client) -> None:
    assert "October 2026" in lead.get(URL).content.decode()
    account = estate.member(Role.SITE_LEAD).account
    account.language = "de"
    account.save()
    body = lead.get(URL).content.decode()
    assert "Oktober 2026" in body
    said = Fields(body).said | {"share|chat|2026-10": "99,5", "offered|chat|2026-10": "1.000"}
    assert "3/service-level" in differing(lead.post(URL, said).content.decode())


def test_the_findings_of_the_tier_that_is_chosen_stand_beside(suppose: Suppose) -> None:
    assert 'id="supposed-3-it-response"' in suppose()
    assert 'id="supposed-1-coverage"' in suppose(tier="1")


def test_a_document_that_no_record_tells_of_can_be_supposed(
    estate: Estate, suppose: Suppose
) -> None:
    with scope(organisation=estate.organisation):
        Document.objects.filter(centre=estate.centre).delete()
    absent = "business_continuity_plan|"
    assert tier_as_supposed(suppose(**{f"there|{absent}": "on"})) == "1"
    changes = {f"there|{absent}": "on", f"covers|{absent}": "on"}
    assert tier_as_supposed(suppose(**changes)) == "2"


def test_a_program_supposes_the_same(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        program = Program(estate.member(Role.SITE_LEAD))
    said: dict[str, Any] = {
        "as_of": "2026-11-20",
        "volumes": [{"channel": "chat", "month": "2026-10", "attaining": "1", "offered": 1000}],
        "initiatives": [{"key": "callbacks", "complete": False}],
        "further_initiatives": 2,
        "incidents": [{"key": "outage", "complete": False}],
        "technology_changes": [{"key": "dialler", "complete": True}],
        "documents": [{"kind": "business_continuity_plan", "title": "Plan", "on_file": False}],
        "satisfaction": [{"of": "staff", "month": "2026-10", "value": "7", "target": "7.5"}],
        "assessed_volume": 10,
    }
    answer = program.ask("POST", "/centres/leeds/what-if", said)
    assert answer.status_code == 200, answer.content
    assert {each["requirement"]: each["after"] for each in answer.json()["changes"]} == {
        "1/coverage": "not_met",
        "2/business-continuity": "not_met",
        "2/coverage": "not_met",
        "2/initiatives": "met",
        "3/business-continuity": "not_met",
        "3/coverage": "not_met",
        "3/initiatives": "met",
        "3/it-response": "not_met",
        "3/service-level": "met",
        "3/staff-satisfaction": "not_met",
        "3/technology-alignment": "met",
    }
    for bad in (
        {"volumes": [{"channel": "chat", "month": "2026-10", "attaining": "1.01"}]},
        {"volumes": [{"channel": "chat", "month": "2026-13", "attaining": "1"}]},
        {"satisfaction": [{"of": "staff", "month": "2026-10"}]},
    ):
        assert program.ask("POST", "/centres/leeds/what-if", bad).status_code == 422


AWARD = f"{URL}?scheme=service-essentials-award"


def test_the_scheme_of_the_page_judges_what_is_supposed(lead: Client) -> None:
    page = lead.get(AWARD).content.decode()
    assert "by “Service essentials award”" in page
    assert "Every category exceeds its share of the points" in page
    said = Fields(page).said
    assert said["scheme"] == "service-essentials-award"
    # What the scheme asks for and no record tells of can be supposed, by its title.
    assert "practice|complaint-handling" not in said
    assert "Complaint handling" in page
    mandatory = {f"practice|{item}": "on" for item in ("complaint-handling", "forecasting",
                                                       "service-level", "continuity")}  # fmt: skip
    body = lead.post(URL, said | mandatory).content.decode()
    assert "1/mandatory-practices" in differing(body)
    assert not any(key.startswith("3/") for key in differing(body))


def test_a_scheme_that_is_none_is_passed_over_on_the_page(lead: Client) -> None:
    assert "by “Performance tiers”" in lead.get(f"{URL}?scheme=nothing").content.decode()


def test_a_program_supposes_by_a_scheme(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        program = Program(estate.member(Role.SITE_LEAD))
    items = ("complaint-handling", "forecasting", "service-level", "continuity")
    said: dict[str, Any] = {
        "as_of": "2026-11-20",
        "scheme": "service-essentials-award",
        "practices": [{"item": item, "documented": True} for item in items],
    }
    changed = program.ask("POST", "/centres/leeds/what-if", said).json()["changes"]
    assert {"1/mandatory-practices": "met"}.items() <= {
        each["requirement"]: each["after"] for each in changed
    }.items()
    said["scheme"] = "nothing"
    assert program.ask("POST", "/centres/leeds/what-if", said).status_code == 404
