"""Licensed texts: loaded for items that are structure only, rated by, and never handed on."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django_scopes import scope

from assessed import TEXT
from assessing import DUE, NOW, in_moderation, open_one, publish_model
from attain.assessments.actions.assessing import open_assessment
from attain.assessments.actions.cloning import clone_as_edition, clone_as_model
from attain.assessments.actions.editions import write_draft
from attain.assessments.actions.licensing import load_into_library_model, load_licensed_texts
from attain.assessments.actions.moving import move_assessment
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import LicensedTextsFile, ModelEdition
from attain.assessments.queries.choosing import published_editions
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.library import shelved
from attain.assessments.queries.ratings import agreed_entries
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.measurement.faults import RefusedError
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Role
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/library"
SECRET = "the outsourcer's figures are checked by us every week"
TEXTS = f"""
texts_for: small-centre
edition: "1"
licence: Licensed to Northwind by the Example Institute, contract 12
items:
  outside:
    title: Outsourcers
    question: Who checks what the outsourcer reports?
    levels:
      - {{level: 1, text: nobody does, evidence: [a report]}}
      - {{level: 2, text: somebody does when asked}}
      - {{level: 3, text: {SECRET}}}
"""


@pytest.fixture
def lead(estate: Estate) -> Member:
    return estate.member(Role.PROGRAMME_LEAD)


@pytest.fixture
def base(estate: Estate) -> ModelEdition:
    return publish_model(estate)


@pytest.fixture
def loaded(lead: Member, base: ModelEdition) -> LicensedTextsFile:
    return load_licensed_texts(by=lead, base=base, text=TEXTS, now=NOW)


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, "django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, row: ModelEdition, text: str) -> Any:
    file = SimpleUploadedFile("texts.yaml", text.encode())
    return client.post(f"{HERE}/{row.uuid}/texts", {"file": file})


def test_they_make_an_edition_of_ones_own_by_which_the_item_is_rated(
    estate: Estate, base: ModelEdition, loaded: LicensedTextsFile
) -> None:
    made = loaded.made
    assert (made.key, made.edition, made.status) == ("small-centre", "1+licensed-1", "published")
    assert not made.is_of_the_library
    item = next(each for each in model_of(made).items if each.key == "outside")
    assert item.is_rated
    assert (item.title, item.licence) == ("Outsourcers", loaded.licence)
    assert model_of(made).text_of(item, 3) == SECRET
    assert model_of(made).text_of(item, 0) == "nothing of it is there"
    assert [i.key for i in model_of(made).items] == [i.key for i in model_of(base).items]
    part = open_one(estate, made).mine
    rate(by=part.assessor, part=part, item="outside", seen=NEW, entry=Entry(level=3), now=NOW)
    assert AuditEntry.objects.filter(action="assessments.load_licensed_texts").count() == 1


def test_the_edition_before_stays_as_it_was(base: ModelEdition, loaded: LicensedTextsFile) -> None:
    assert SECRET not in ModelEdition.objects.get(pk=base.pk).text
    assert not next(i for i in model_of(base).items if i.key == "outside").is_rated


def test_an_assessment_by_the_edition_before_moves_to_it_and_keeps_its_ratings(
    estate: Estate, lead: Member
) -> None:
    agreed = {"forecast": 2}
    found = in_moderation(estate, agreed, agreed)
    assert found.assessment.edition.edition == "1"
    made = load_licensed_texts(by=lead, base=found.assessment.edition, text=TEXTS, now=NOW).made
    moved = move_assessment(by=lead, assessment=found.assessment, edition=made, due_on=DUE, now=NOW)
    assert moved.edition == made
    assert agreed_entries(moved) == agreed_entries(found.assessment)


def test_later_texts_take_the_place_of_the_earlier_and_both_are_kept(
    lead: Member, base: ModelEdition, loaded: LicensedTextsFile
) -> None:
    second = load_licensed_texts(
        by=lead, base=base, text=TEXTS.replace("nobody", "no one"), now=NOW
    )
    loaded.refresh_from_db()
    assert (loaded.is_current, second.is_current, second.number) == (False, True, 2)
    assert second.made.edition == "1+licensed-2"
    assert {each.edition for each in published_editions()} == {"1+licensed-2", "1"}
    assert ModelEdition.objects.get(pk=loaded.made_id).status == "withdrawn"


def test_what_was_loaded_is_never_changed(loaded: LicensedTextsFile) -> None:
    rows = LicensedTextsFile.objects.filter(pk=loaded.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(licence="free for all")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


@pytest.mark.parametrize(
    ("old", "new", "found", "at"),
    [
        ("texts_for: small-centre", "texts_for: other", "other", "texts_for"),
        ('edition: "1"', 'edition: "2"', "2", "edition"),
        ("  outside:", "  telephony:", "no item telephony", "  telephony"),
        ("  outside:", "  forecast:", "forecast, which has texts of its own", "  forecast"),
        ("      - {level: 2, text: somebody does when asked}\n", "", "levels 1, 3", "    levels"),
        ("level: 2,", "level: 3,", "levels [1, 3, 3]", "  outside"),
        ("nobody does", "' '", "nothing", "text: ' '"),
        ("Who checks what the outsourcer reports?", "''", "nothing", "    question"),
        ("question:", "ask:", "the unknown key ask", "    ask"),
        ("Licensed to Northwind by the Example Institute, contract 12", "''", "nothing",
         "licence"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_its_line_and_nothing_is_kept(
    lead: Member, base: ModelEdition, old: str, new: str, found: str, at: str
) -> None:
    text = TEXTS.replace(old, new)
    with pytest.raises(RefusedError) as refused:
        load_licensed_texts(by=lead, base=base, text=text, now=NOW)
    faults = {fault.found: fault for fault in refused.value.faults}
    assert faults[found].line == text[: text.index(at)].count("\n") + 1
    assert faults[found].file == "texts.yaml"
    assert not LicensedTextsFile.objects.exists()
    assert ModelEdition.objects.count() == 1


def test_only_a_published_edition_that_lacks_texts_takes_some(
    lead: Member, base: ModelEdition, loaded: LicensedTextsFile
) -> None:
    draft = write_draft(by=lead, text=TEXT.replace('"1"', '"9"'), now=NOW)
    whole = TEXT.replace(
        "structure_only: its text belongs to somebody else",
        "question: Who?, levels: [{level: 1, text: a}, {level: 2, text: b}, {level: 3, text: c}]",
    ).replace("model: small-centre", "model: whole-centre")
    rows = [draft, loaded.made, write_draft(by=lead, text=whole, now=NOW)]
    ModelEdition.objects.filter(pk=rows[2].pk).update(status="published", published_at=NOW)
    for row in rows:
        with pytest.raises(RefusedActionError):
            load_licensed_texts(by=lead, base=row, text=TEXTS, now=NOW)


def test_clones_and_the_file_have_the_names_alone(lead: Member, loaded: LicensedTextsFile) -> None:
    found = shelved(loaded.made)
    said: dict[str, Any] = {"by": lead, "found": found, "title": "Ours", "now": NOW}
    own, later = (
        clone_as_model(key="ours", edition="1", **said),
        clone_as_edition(edition="2", **said),
    )
    for text in (found.file, own.text, later.text):
        assert SECRET not in text
        assert "Who checks" not in text
        assert "Outsourcers" not in text
        assert "contract 12" not in text
        assert "its text belongs to somebody else" in text
    assert SECRET in found.text


def test_the_element_that_attains_library_names_alone_is_rated_with_its_texts(
    estate: Estate, lead: Member
) -> None:
    text = """
texts_for: customer-focused-government
edition: "2026-11"
licence: Bought by Northwind
items:
  design-implementation:
    question: Who designs how a policy is carried out?
    levels:
""" + "".join(f"      - {{level: {n}, text: step {n} is seen}}\n" for n in range(1, 6))
    loaded = load_into_library_model(by=lead, key="customer-focused-government", text=text, now=NOW)
    model = model_of(loaded.made)
    assert len(model.rated_items) == 39
    assert model.follows
    assert model.follows.edition == loaded.base.edition
    opened = open_assessment(
        by=lead, title="With texts", kind=AssessmentKind.SELF, edition=loaded.made, due_on=DUE,
        now=NOW, centre=estate.centre,
    )  # fmt: skip
    assert opened.edition == loaded.made


def test_the_page_takes_a_file_and_shows_its_faults_beside_it(
    lead: Member, base: ModelEdition
) -> None:
    client = client_of(lead)
    page = client.get(f"{HERE}/{base.uuid}/texts").content.decode()
    assert "its text belongs to somebody else" in page
    answer = upload(client, base, TEXTS.replace("  outside:", "  telephony:"))
    assert answer.status_code == 422
    assert "found no item telephony" in answer.content.decode()
    assert "Line 6" in answer.content.decode()
    mended = client.post(f"{HERE}/{base.uuid}/texts", {"text": TEXTS})
    assert mended.status_code == 302
    shown = client.get(mended["Location"]).content.decode()
    assert SECRET in shown.replace("&#x27;", "'")
    assert "contract 12" in shown
    listed = client.get(f"{HERE}/{base.uuid}/texts").content.decode()
    assert "1+licensed-1" in listed


def test_the_page_of_a_shipped_model_enters_it_only_with_good_texts(lead: Member) -> None:
    client, url = client_of(lead), f"{HERE}/attain/customer-focused-government"
    assert "Licensed texts" in client.get(url).content.decode()
    file = SimpleUploadedFile("texts.yaml", TEXTS.encode())
    assert client.post(f"{url}/texts", {"file": file}).status_code == 422
    assert not ModelEdition.objects.exists()


def test_the_file_to_fill_in_has_every_item_without_texts(lead: Member, base: ModelEdition) -> None:
    file = client_of(lead).get(f"{HERE}/{base.uuid}/texts.yaml").content.decode()
    assert "texts_for: small-centre" in file
    assert "outside:" in file
    assert "forecast" not in file
    answer = upload(client_of(lead), base, file)
    assert answer.status_code == 422, "it is to be filled in first"


@pytest.mark.parametrize("whose", ["colleague", "stranger"])
def test_nobody_else_reaches_them(
    estate: Estate, loaded: LicensedTextsFile, whose: str, forbidden: Callable[[str], int]
) -> None:
    member = estate.member(Role.AUDITOR)
    if whose == "stranger":
        member = make_estate("southwind").member(Role.PROGRAMME_LEAD)
    client = client_of(member)
    for row in (loaded.base, loaded.made):
        for rest in ("texts", "texts.yaml"):
            assert client.get(f"{HERE}/{row.uuid}/{rest}").status_code == forbidden(whose)
        assert upload(client, row, TEXTS).status_code == forbidden(whose)


@pytest.fixture
def forbidden() -> Callable[[str], int]:
    return lambda whose: 403 if whose == "colleague" else 404


def test_another_organisation_sees_nothing_of_them(loaded: LicensedTextsFile) -> None:
    other = make_estate("southwind")
    client = client_of(other.member(Role.PROGRAMME_LEAD))
    for path in ("library", "library/attain/customer-focused-government"):
        page = client.get(f"/o/southwind/{path}").content.decode()
        assert "licensed-1" not in page
        assert SECRET not in page.replace("&#x27;", "'")
    with scope(organisation=other.organisation):
        assert not LicensedTextsFile.objects.exists()
        assert not ModelEdition.objects.exists()
