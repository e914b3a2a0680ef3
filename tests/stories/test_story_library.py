"""A model author reads a model, writes one of their own, publishes it, and writes the next."""

import pytest
from django_scopes import scope

from assessed import TEXT
from assessing import NOW, in_moderation
from attain.assessments.actions.agreeing import agree_where_settled
from attain.assessments.actions.editions import publish, write_draft
from attain.assessments.models import ModelEdition
from attain.organisations.rules import Role
from browser import DESKTOP, PHONE, Server, visitor
from estate import Estate, make_estate

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "/o/northwind/library"


def _two_editions(estate: Estate) -> tuple[ModelEdition, ModelEdition, str]:
    """Publish two editions of a model, and assess by the first."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    found = in_moderation(estate, {"budget": 2}, {"budget": 2})
    agree_where_settled(by=lead, assessment=found.assessment, now=NOW)
    changes = "{forecast: {change: renamed, to: [prediction]}}"
    text = TEXT.replace(
        'edition: "1"', f'edition: "2"\nfollows: {{edition: "1", items: {changes}}}'
    ).replace("      forecast:", "      prediction:")
    text = text.replace("Who keeps it?", "Who owns it since when?")
    row = write_draft(by=lead, text=text, now=NOW)
    publish(by=lead, edition=row, seen=row.version, now=NOW)
    return found.assessment.edition, row, str(found.assessment.uuid)


def test_an_author_writes_a_model_and_publishes_it(live_server: Server) -> None:
    estate = make_estate()
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD)) as author:
        page = author.open(HERE, width=DESKTOP)
        page.get_by_role("link", name="Write a model").first.click()
        page.get_by_label("Title").fill("Our own model")
        page.get_by_label("Key").fill("our-own")
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("link", name="Edit", exact=True).click()
        author.must_be_sound()
        page.get_by_role("link", name="Induction", exact=True).click()
        author.must_be_sound()
        page.get_by_label("Structure only").fill("")
        page.get_by_label("Question", exact=True).fill("What does a new agent know?")
        for level in ("Begun", "Working", "Improving"):
            page.get_by_label(f"{level}: what is true").fill(f"It is {level}.")
        page.get_by_role("button", name="Save").click()
        page.goto(page.url.removesuffix("/edit"))
        page.get_by_role("link", name="Publish").click()
        page.get_by_role("button", name="Publish").click()
        author.must_be_sound()
        assert "The model is published." in page.content()
    with scope(organisation=estate.organisation):
        assert ModelEdition.objects.get(key="our-own").status == "published"


def test_faults_of_a_text_lead_to_their_places(live_server: Server) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        lead = estate.member(Role.PROGRAMME_LEAD)
        row = write_draft(by=lead, text=TEXT, now=NOW)
    with visitor(live_server, lead) as author:
        page = author.open(f"{HERE}/{row.uuid}/text", width=DESKTOP)
        field = page.get_by_label("Text of the model")
        field.fill(TEXT.replace("title: Hiring", "titel: Hiring"))
        page.get_by_role("button", name="Save").click()
        author.must_be_sound()
        author.keep("library-faults")
        page.get_by_role("link", name="Line ").first.click()
        start = page.evaluate("document.getElementById('text').selectionStart")
        assert field.input_value()[start:].split("\n")[0].strip().startswith("titel")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_every_page_of_the_library_is_sound(live_server: Server, width: int) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        old, new, assessment = _two_editions(estate)
        text = TEXT.replace("model: small-centre", "model: other")
        draft = write_draft(by=estate.member(Role.PROGRAMME_LEAD), text=text, now=NOW)
    pages = {
        "list": HERE,
        "shipped": f"{HERE}/attain/customer-focused-government",
        "model": f"{HERE}/{new.uuid}",
        "upload": f"{HERE}/upload",
        "new": f"{HERE}/new",
        "clone": f"{HERE}/{old.uuid}/clone",
        "text": f"{HERE}/{draft.uuid}/text",
        "edit": f"{HERE}/{draft.uuid}/edit",
        "head": f"{HERE}/{draft.uuid}/edit/head",
        "item": f"{HERE}/{draft.uuid}/edit/items/forecast",
        "publish": f"{HERE}/{draft.uuid}/publish",
        "differences": f"{HERE}/{old.uuid}/differences/{new.uuid}",
        "move": f"/o/northwind/assessments/{assessment}/move/{new.uuid}",
    }
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD)) as author:
        for name, address in pages.items():
            author.open(address, width=width)
            author.keep(f"library-{name}-{width}")
            author.must_be_sound()
