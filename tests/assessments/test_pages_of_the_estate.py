"""The pages of the estate: its map, its shared gaps, one item, its practices, peers and kinds."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessed import TEXT
from assessing import NOW, publish_model
from attain.assessments.actions.editions import publish, write_draft
from attain.assessments.models import Assessment, GoodPractice, ModelEdition
from attain.assessments.rules.stages import AssessmentKind
from attain.organisations.models import AuditEntry, Centre, Member
from attain.organisations.rules import Role
from closed import close_one, cover, more_centres
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/assessments/estate"
Sign = Callable[[Member], Client]


@pytest.fixture
def edition(estate: Estate) -> ModelEdition:
    return publish_model(estate)


@pytest.fixture
def sign_in(time_machine: Any) -> Sign:
    time_machine.move_to(NOW + timedelta(hours=1))

    def as_member(member: Member) -> Client:
        client = Client()
        client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
        return client

    return as_member


def text_of(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content[:2000]
    body = response.content.decode()
    assert "<c-" not in body
    assert "style=" not in body
    return body


def row_of(body: str, name: str) -> str:
    """Return the words of the row of a table that begins with a name."""
    found = re.search(rf'<tr[^>]*><th scope="row"[^>]*>(?:<[^>]+>)*{name}.*?</tr>', body, re.DOTALL)
    assert found, name
    return " ".join(re.sub(r"<[^>]+>", " ", found.group()).split())


def leader_of(estate: Estate, place: Any) -> Member:
    account = make_account(f"lead@{place.key}.example", f"Lead of {place.name}")
    return make_member(estate.organisation, account, Role.SITE_LEAD, site=place)


def test_the_map_shows_each_centre_by_category_with_the_roll_up_that_is_declared(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0, "hiring": 3})
    close_one(estate, estate.other_centre, edition, {"budget": None}, target=1)
    body = text_of(sign_in(estate.member(Role.AUDITOR)), HERE)
    assert "the lowest level of its items" in body
    assert "2 of 3 sites assessed." in body
    leeds = row_of(body, "Leeds")
    assert "✕ 0 / 2 n 3 , Red" in leeds
    assert "✓ 3 / 3 n 1 , Green" in leeds
    assert "✓ 1 / 1 n 1 , Green; 1 not applicable" in row_of(body, "Poole")


def test_a_centre_without_an_assessment_is_shown_as_such_and_never_as_zero(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {})
    client = sign_in(estate.member(Role.ANALYST))
    body = text_of(client, HERE)
    assert row_of(body, "Poole") == "Poole No closed assessment " + " ".join(["No figure ·"] * 3)
    file = client.get(f"{HERE}?export=csv").content.decode("utf-8-sig").splitlines()
    poole = next(line for line in file if line.startswith('"Poole"'))
    assert poole.endswith("," * 12)


def test_the_latest_closed_assessment_stands_by_kind_and_date(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    before = NOW - timedelta(days=30)
    close_one(estate, estate.centre, edition, {"hiring": 2}, now=before)
    close_one(estate, estate.centre, edition, {"hiring": 3}, kind=AssessmentKind.EXTERNAL)
    client = sign_in(estate.member(Role.AUDITOR))
    assert "External assessment" in row_of(text_of(client, HERE), "Leeds")
    by_kind = row_of(text_of(client, f"{HERE}?kind=self"), "Leeds")
    assert "Self-assessment" in by_kind
    assert "2 / 2" in by_kind
    day = before.date().isoformat()
    assert "2 / 2" in row_of(text_of(client, f"{HERE}?as_of={day}"), "Leeds")
    earlier = (before - timedelta(days=1)).date().isoformat()
    assert "No closed assessment fits" in text_of(client, f"{HERE}?as_of={earlier}")


def test_filters_narrow_the_estate_and_nonsense_asks_for_nothing(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    for centre in (estate.centre, estate.other_centre):
        close_one(estate, centre, edition, {})
    client = sign_in(estate.member(Role.AUDITOR))
    north = text_of(client, f"{HERE}?region=north&site_kind=contact_centre&operation=internal")
    assert "Poole" not in north
    assert "Leeds" in north
    assert "No closed assessment fits" in text_of(client, f"{HERE}?operation=third_party")
    assert "No closed assessment fits" in text_of(client, f"{HERE}?model=unknown")
    assert "2 of 3 sites" in text_of(client, f"{HERE}?as_of=never&kind=nonsense&site_kind=x")


def test_the_map_is_sorted_by_a_column_with_those_without_a_figure_last(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"hiring": 3})
    close_one(estate, estate.other_centre, edition, {"hiring": 2})
    client = sign_in(estate.member(Role.AUDITOR))

    def names(sort: str) -> list[str]:
        body = text_of(client, f"{HERE}?sort={sort}")
        return re.findall(r'<tr><th scope="row">(?:<a[^>]*>)?(?:<bdi>)?([^<]+)', body)

    without = estate.programme_centre.name
    assert names("people") == ["Poole", "Leeds", without]
    assert names("-people") == ["Leeds", "Poole", without]
    assert names("-name") == ["Poole", without, "Leeds"]


def test_a_mean_of_thirds_is_kept_and_shown_exactly(estate: Estate, sign_in: Sign) -> None:
    text = TEXT.replace("small-centre", "by-mean").replace("{rule: lowest}", "{rule: mean}")
    made = close_one(estate, estate.centre, publish_model(estate, text), {"hiring": 2})
    client = sign_in(estate.member(Role.ANALYST))
    assert made.closing["whole"]["value"] == "4/3"
    assert "▲ 1.33 / 2 n 3 , Amber" in row_of(text_of(client, HERE), "Leeds")
    assert "1.33" in text_of(client, f"/o/northwind/assessments/{made.uuid}/result")
    file = client.get(f"{HERE}?export=csv").content.decode("utf-8-sig").splitlines()
    assert file[1].endswith(',"1",1.3333,2,3,0,1,2,2,0,2,2,1,0')


def test_a_category_opens_to_its_items(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0, "budget": None})
    client = sign_in(estate.member(Role.ANALYST))
    body = text_of(client, f"{HERE}/categories/planning")
    leeds = row_of(body, "Leeds")
    assert "✕ 0 / 2 , Red" in leeds
    assert "n/a , Not applicable" in leeds
    assert f'href="{HERE}/items/forecast"' in body
    assert "Hiring" not in body
    file = client.get(f"{HERE}/categories/planning?export=xlsx")
    assert file.status_code == 200
    for wrong in ("categories/nothing", "items/nothing", "items/outside"):
        assert client.get(f"{HERE}/{wrong}").status_code == 404


def test_a_claim_that_records_deny_is_marked(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    claim = (
        "{title: Hiring, question: Who hires?, evidenced_by: [{level: 1, title: Tracked, rule:"
        " {kind: structured_initiatives, count: one}}], levels:"
    )
    threshold = (
        "thresholds: {one: {title: One, unit: count, values:"
        " {2020-01-01: {value: 1, source: attain-library, clause: none}}}}\ncategories:"
    )
    text = TEXT.replace("small-centre", "claiming").replace("categories:", threshold)
    text = text.replace("sources: []", "sources: [attain-library]")
    text = text.replace("{title: Hiring, question: Who hires?, levels:", claim)
    claiming = publish_model(estate, text)
    close_one(estate, estate.centre, claiming, {"hiring": 2})
    client = sign_in(estate.member(Role.AUDITOR))
    body = row_of(text_of(client, f"{HERE}?model=claiming"), "Leeds")
    assert "†1" in body
    assert "1 claim denied by records" in body


def test_shared_gaps_count_centres_and_name_them(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0, "hiring": 2})
    close_one(estate, estate.other_centre, edition, {"forecast": 1, "budget": 2, "hiring": 2})
    client = sign_in(estate.member(Role.ANALYST))
    body = text_of(client, f"{HERE}/items")
    assert "The same gap at 2 of 2 sites:" in body
    file = client.get(f"{HERE}/items?export=csv").content.decode("utf-8-sig").splitlines()
    assert file[1:] == ['"Forecast","Planning",2,2,100,3,0,"Leeds, Poole"']


def test_an_item_shows_its_levels_who_is_short_and_who_has_it(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    third = more_centres(estate, 1)[0]
    close_one(estate, estate.centre, edition, {"forecast": 0})
    close_one(estate, estate.other_centre, edition, {"forecast": 3}, note="Weekly, by two people.")
    close_one(estate, third, edition, {"forecast": None})
    body = text_of(sign_in(estate.member(Role.AUDITOR)), f"{HERE}/items/forecast")
    assert "1 of 2 rated sites are short of their target." in body
    assert "At 1 site it does not apply." in body
    assert estate.programme_centre.name in body
    assert row_of(body, "0 Not yet").endswith(" 1")
    assert row_of(body, "2 Superior").endswith(" 0")
    assert "Weekly, by two people." in body
    assert "not shared" in body
    assert "Share as good practice" not in body


def test_who_leads_a_donor_shares_its_note_and_withdraws_it(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0})
    donor = close_one(estate, estate.other_centre, edition, {"forecast": 3}, note="Weekly.")
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    share = f"/o/northwind/assessments/{donor.uuid}/items/forecast/share"
    assert share in text_of(client, f"{HERE}/items/forecast")
    assert "Weekly." in text_of(client, share)
    assert client.post(share, {"text": " "}).status_code == 422
    told = client.post(share, {"text": "Weekly, by two people."})
    assert told.status_code == 302
    assert told["Location"] == f"{HERE}/items/forecast?model=small-centre"
    assert client.post(share, {"text": "Again"}).status_code == 422
    practice = GoodPractice.objects.get()
    body = text_of(client, f"{HERE}/items/forecast")
    assert "Weekly, by two people." in body
    withdraw = f"{HERE}/practices/{practice.uuid}/withdraw"
    text_of(client, withdraw)
    assert client.post(withdraw, {"version": 1}).status_code == 302
    assert client.post(withdraw, {"version": 2}).status_code == 422
    assert "Shared as good practice" not in text_of(client, f"{HERE}/items/forecast")
    actions = list(AuditEntry.objects.order_by("-sequence").values_list("action", flat=True)[:2])
    assert actions == ["assessments.withdraw_share", "assessments.share_note"]


def test_what_is_shared_reaches_who_may_not_read_the_donor_and_its_note_does_not(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0})
    donor = close_one(estate, estate.other_centre, edition, {"forecast": 3}, note="Our secret.")
    lead = sign_in(leader_of(estate, estate.leeds))
    body = text_of(lead, f"{HERE}/items/forecast")
    assert "Poole" not in body
    assert "Our secret." not in body
    share = f"/o/northwind/assessments/{donor.uuid}/items/forecast/share"
    assert lead.get(share).status_code == 404
    own = sign_in(leader_of(estate, estate.poole))
    assert own.post(share, {"text": "Weekly, by two people."}).status_code == 302
    body = text_of(lead, f"{HERE}/items/forecast")
    assert "Poole" in body
    assert "Weekly, by two people." in body
    assert "Our secret." not in body
    practice = GoodPractice.objects.get()
    assert lead.get(f"{HERE}/practices/{practice.uuid}/withdraw").status_code == 404


def test_only_a_level_of_a_closed_assessment_is_shared(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    donor = close_one(estate, estate.centre, edition, {"budget": None})
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    here = f"/o/northwind/assessments/{donor.uuid}/items"
    assert client.post(f"{here}/budget/share", {"text": "x"}).status_code == 422
    assert client.get(f"{here}/nothing/share").status_code == 404
    auditor = sign_in(estate.member(Role.AUDITOR))
    assert auditor.post(f"{here}/forecast/share", {"text": "x"}).status_code == 403
    assert not GoodPractice.objects.exists()


def test_only_centres_that_a_member_may_read_appear(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    for centre in (estate.centre, estate.other_centre):
        close_one(estate, centre, edition, {"forecast": 0})
    lead = sign_in(leader_of(estate, estate.leeds))
    for path in ("", "/categories/planning", "/items", "/items/forecast"):
        body = text_of(lead, HERE + path)
        assert "Poole" not in body, path
    assert "1 of 2 sites assessed." in text_of(lead, HERE)
    assert text_of(lead, f"{HERE}?peers=poole", 404)


def test_who_reads_no_assessments_is_refused_and_a_stranger_finds_nothing(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    made = close_one(estate, estate.centre, edition, {})
    paths = ["", "/categories/planning", "/items", "/items/forecast"]
    urls = [HERE + path for path in paths]
    urls.append(f"/o/northwind/assessments/{made.uuid}/kinds")
    evaluator = sign_in(estate.member(Role.EVALUATOR))
    stranger = sign_in(make_estate("southwind").member(Role.PROGRAMME_LEAD))
    for url in urls:
        assert evaluator.get(url).status_code == 403, url
        assert stranger.get(url).status_code == 404, url
    auditor = sign_in(estate.member(Role.ASSESSOR))
    assert auditor.get(f"{HERE}?export=csv").status_code == 403


def test_an_estate_without_a_closed_assessment_says_what_to_do_first(
    estate: Estate, sign_in: Sign
) -> None:
    client = sign_in(estate.member(Role.PROGRAMME_LEAD))
    for path in ("", "/items"):
        assert "No closed assessment yet" in text_of(client, HERE + path)


def test_another_edition_is_named_and_what_it_asked_otherwise_is_not_mixed(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    close_one(estate, estate.centre, edition, {"forecast": 0, "budget": 0})
    change = "{forecast: {change: redefined, to: [forecast]}}"
    follows = f'edition: "2"\nfollows: {{edition: "1", items: {change}}}'
    lead = estate.member(Role.PROGRAMME_LEAD)
    later = NOW + timedelta(minutes=5)
    draft = write_draft(by=lead, text=TEXT.replace('edition: "1"', follows), now=later)
    newer = publish(by=lead, edition=draft, seen=draft.version, now=later)
    close_one(estate, estate.other_centre, newer, {"forecast": 0, "budget": 0})
    client = sign_in(estate.member(Role.ANALYST))
    body = text_of(client, HERE)
    assert "Some sites were assessed by another edition: 1." in body
    leeds = row_of(body, "Leeds")
    assert "edition 1 *" in leeds
    assert "0 / 2 * n 2 , another edition asked other items: not compared" in leeds
    items = row_of(text_of(client, f"{HERE}/categories/planning"), "Leeds")
    assert "No figure · ✕ 0 / 2" in items
    file = client.get(f"{HERE}/items?export=csv").content.decode("utf-8-sig")
    assert '"Budget","Planning",2,2' in file
    assert "Forecast" not in file
    assert "Asked otherwise by another edition: <bdi>Leeds" in " ".join(
        text_of(client, f"{HERE}/items/forecast").split()
    )


def peered(estate: Estate, edition: ModelEdition, count: int) -> list[Centre]:
    centres = [estate.centre, *more_centres(estate, count)]
    for number, centre in enumerate(centres):
        cover(estate, centre, 100_000 + number)
        close_one(estate, centre, edition, {"hiring": number % 4})
    return centres


def test_a_centre_stands_among_its_peers_on_the_estate_and_on_its_result(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    peered(estate, edition, 4)
    close_one(estate, estate.other_centre, edition, {})
    cover(estate, estate.other_centre, 300_000)
    made = Assessment.objects.get(centre=estate.centre)
    client = sign_in(estate.member(Role.AUDITOR))
    for url in (f"{HERE}?peers=leeds", f"/o/northwind/assessments/{made.uuid}/result"):
        body = text_of(client, url)
        assert "4 peers of Leeds:" in body
        part = body[body.index("4 peers of Leeds:") :]
        # Of 1, 2, 3, 0 the quartiles; Leeds itself is on level 0.
        assert row_of(part, "People") == "People 0 0.75 1.5 2.25 4 In the lowest quarter"


def test_of_too_few_peers_nothing_is_told(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    peered(estate, edition, 3)
    close_one(estate, estate.other_centre, edition, {})
    client = sign_in(estate.member(Role.AUDITOR))
    body = text_of(client, f"{HERE}?peers=leeds")
    assert "too few to compare with, 4 are needed" in body
    assert "Lower quartile" not in body
    assert "The contacts of Poole are not on record" in text_of(client, f"{HERE}?peers=poole")


def test_the_result_leads_to_the_donors_of_each_gap(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    made = close_one(estate, estate.centre, edition, {"forecast": 0})
    close_one(estate, estate.other_centre, edition, {"forecast": 3})
    body = text_of(
        sign_in(estate.member(Role.AUDITOR)), f"/o/northwind/assessments/{made.uuid}/result"
    )
    assert f'href="{HERE}/items/forecast?model=small-centre"' in body
    assert "1 site has it" in row_of(body, "Forecast")
    assert "nobody has it" in row_of(body, "Budget").lower()


def test_kinds_of_assessment_stand_beside_each_other(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    made = close_one(estate, estate.centre, edition, {"forecast": 3, "budget": 2, "hiring": 2})
    client = sign_in(estate.member(Role.AUDITOR))
    url = f"/o/northwind/assessments/{made.uuid}/kinds"
    assert "One kind of assessment alone" in text_of(client, url)
    found = {"forecast": 1, "budget": 2, "hiring": None}
    close_one(estate, estate.centre, edition, found, kind=AssessmentKind.EXTERNAL)
    body = text_of(client, url)
    assert row_of(body, "Planning") == "Planning 2 1 (−1)"
    assert row_of(body, "Forecast") == "Forecast 3 Leading 1 Adequate (−2) 2"
    assert row_of(body, "Budget") == "Budget 2 Superior 2 Superior (±0) 0"
    assert row_of(body, "Hiring") == "Hiring 2 Superior Not applicable –"
    names = re.findall(r'<tr><th scope="row"[^>]*>([^<]+)', body)
    assert names.index("Forecast") < names.index("Budget") < names.index("Hiring")


def test_twenty_centres_are_read_by_as_many_queries_as_two(
    estate: Estate, edition: ModelEdition, sign_in: Sign
) -> None:
    first, *further = more_centres(estate, 20)
    client = sign_in(estate.member(Role.AUDITOR))
    for centre in (estate.centre, first):
        close_one(estate, centre, edition, {"forecast": 0})
    close_one(estate, estate.other_centre, edition, {"forecast": 3}, note="Weekly")
    made = Assessment.objects.get(centre=estate.centre)
    urls = [
        f"{HERE}?peers=leeds",
        f"{HERE}/categories/planning",
        f"{HERE}/items",
        f"{HERE}/items/forecast",
        f"/o/northwind/assessments/{made.uuid}/result",
    ]

    def queries() -> list[int]:
        counted = []
        for url in urls:
            with CaptureQueriesContext(connection) as asked:
                text_of(client, url)
                counted.append(len(asked))
        return counted

    # The first request of a session asks more.
    text_of(client, HERE)
    few = queries()
    for number, centre in enumerate(further):
        close_one(estate, centre, edition, {"forecast": number % 4})
    assert queries() == few
