"""Moving an assessment to the next edition of its model, by a person, keeping both."""

from datetime import date

import pytest
from django.test import Client

from assessed import TEXT
from assessing import NOW, Assessed, in_moderation, open_one, publish_model
from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.actions.editions import publish, withdraw, write_draft
from attain.assessments.actions.moving import move_assessment
from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.moving import moving_of
from attain.assessments.rules.entries import Entry
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
DUE = date(2027, 1, 31)
CHANGES = """{forecast: {change: renamed, to: [prediction]},
  budget: {change: redefined, to: [budget]}}"""


@pytest.fixture
def assessed(estate: Estate) -> Assessed:
    found = in_moderation(estate, {"budget": 2}, {"budget": 2})
    lead = estate.member(Role.PROGRAMME_LEAD)
    agree_where_settled(by=lead, assessment=found.assessment, now=NOW)
    return found


def second(estate: Estate, changes: str = CHANGES) -> ModelEdition:
    """Publish a second edition: one item renamed, one redefined, one added."""
    text = TEXT.replace(
        'edition: "1"', f'edition: "2"\nfollows: {{edition: "1", items: {changes}}}'
    ).replace("      forecast:", "      prediction:")
    added = text[text.index("      hiring:") : text.index("      outside:")]
    text += added.replace("hiring", "leaving").replace("Hiring", "Leaving")
    lead = estate.member(Role.PROGRAMME_LEAD)
    row = write_draft(by=lead, text=text, now=NOW)
    return publish(by=lead, edition=row, seen=row.version, now=NOW)


def moved(estate: Estate, assessment: Assessment, edition: ModelEdition) -> Assessment:
    lead = estate.member(Role.PROGRAMME_LEAD)
    return move_assessment(by=lead, assessment=assessment, edition=edition, due_on=DUE, now=NOW)


def test_what_needs_no_look_is_agreed_and_the_rest_is_left_to_be_confirmed(
    estate: Estate, assessed: Assessed
) -> None:
    edition = second(estate)
    new = moved(estate, assessed.assessment, edition)
    assert (new.state, new.edition, new.moved_from) == (
        "moderation", edition, assessed.assessment,
    )  # fmt: skip
    agreed = {row.item: row.level for row in new.agreed.all()}
    assert agreed == {"prediction": 1, "hiring": 1}
    moving = moving_of(assessed.assessment, edition)
    assert [(m.item.key, m.moved.entry.level, m.came_from) for m in moving.to_confirm] == [
        ("budget", 2, ("Budget",))
    ]
    assert [item.key for item in moving.left_open] == ["leaving"]


def test_the_assessment_that_is_moved_stays_as_it_was(estate: Estate, assessed: Assessed) -> None:
    before = list(assessed.assessment.agreed.values())
    moved(estate, assessed.assessment, second(estate))
    assessed.assessment.refresh_from_db()
    assert assessed.assessment.state == "moderation"
    assert list(assessed.assessment.agreed.values()) == before


def test_moving_has_one_entry_in_the_trail(estate: Estate, assessed: Assessed) -> None:
    edition = second(estate)
    before = AuditEntry.objects.count()
    moved(estate, assessed.assessment, edition)
    assert AuditEntry.objects.count() == before + 1
    assert AuditEntry.objects.latest("sequence").action == "assessments.move_to_edition"


def test_what_is_left_is_agreed_on_in_the_new_assessment(
    estate: Estate, assessed: Assessed
) -> None:
    new = moved(estate, assessed.assessment, second(estate))
    agree(
        by=estate.member(Role.PROGRAMME_LEAD),
        assessment=new,
        item="budget",
        seen=0,
        entry=Entry(level=1, target=2),
        rationale="More is asked now.",
        now=NOW,
    )
    assert new.agreed.get(item="budget").level == 1


def test_an_assessment_moves_once_to_an_edition(estate: Estate, assessed: Assessed) -> None:
    edition = second(estate)
    moved(estate, assessed.assessment, edition)
    with pytest.raises(RefusedActionError, match="already"):
        moved(estate, assessed.assessment, edition)


def test_an_assessment_in_rating_does_not_move(estate: Estate) -> None:
    assessment = open_one(estate, publish_model(estate)).assessment
    with pytest.raises(RefusedActionError, match="in moderation, or closed"):
        moved(estate, assessment, second(estate))


def test_an_assessment_moves_to_no_edition_that_does_not_follow_its_own(
    estate: Estate, assessed: Assessed
) -> None:
    with pytest.raises(RefusedActionError, match="follows its own"):
        moved(estate, assessed.assessment, assessed.assessment.edition)
    edition = second(estate)
    lead = estate.member(Role.PROGRAMME_LEAD)
    withdraw(by=lead, edition=edition, seen=edition.version, now=NOW)
    with pytest.raises(RefusedActionError, match="published"):
        moved(estate, assessed.assessment, edition)


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_lead_sees_what_would_come_of_it_moves_and_sees_what_came_of_it(
    estate: Estate, assessed: Assessed
) -> None:
    edition = second(estate)
    lead = client_of(estate.member(Role.PROGRAMME_LEAD))
    page = f"/o/northwind/assessments/{assessed.assessment.uuid}/move/{edition.uuid}"
    assert page in lead.get(f"/o/northwind/library/{edition.uuid}").content.decode()
    preview = lead.get(page).content.decode()
    assert "To confirm (1)" in preview
    assert Assessment.objects.count() == 1
    answer = lead.post(page, {"due_on": "2027-01-31"}, follow=True)
    new = Assessment.objects.get(moved_from=assessed.assessment)
    assert answer.redirect_chain == [(f"/o/northwind/assessments/{new.uuid}/moved", 302)]
    assert "Moved to the next edition" in answer.content.decode()
    again = lead.post(page, {"due_on": "2027-01-31"})
    assert again.status_code == 422


def test_a_colleague_may_not_move_and_a_stranger_does_not_learn_of_it(
    estate: Estate, assessed: Assessed
) -> None:
    edition = second(estate)
    page = f"/o/northwind/assessments/{assessed.assessment.uuid}/move/{edition.uuid}"
    assert client_of(estate.member(Role.ANALYST)).get(page).status_code == 403
    stranger = make_estate("elsewhere").member(Role.ADMINISTRATOR)
    assert client_of(stranger).get(page).status_code == 404


def test_an_assessment_that_was_not_moved_has_no_such_page(
    estate: Estate, assessed: Assessed
) -> None:
    lead = client_of(estate.member(Role.PROGRAMME_LEAD))
    page = f"/o/northwind/assessments/{assessed.assessment.uuid}/moved"
    assert lead.get(page).status_code == 404
