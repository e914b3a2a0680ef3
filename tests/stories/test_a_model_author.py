"""The tenth story: an author writes a model, and its second edition takes an assessment over."""

import pytest
from playwright.sync_api import Locator, expect

from attain.organisations.rules import Role
from browser import Server
from estate import make_estate
from stories.rounds import (
    agrees,
    begins_moderation,
    begins_to_rate,
    closes,
    day,
    hands_in,
    names,
    opens,
    opens_an_assessment,
    rates,
)
from stories.served import Somebody, member_signed_in

pytestmark = pytest.mark.django_db(transaction=True)
STORY = "10-author"
MODEL, ASSESSMENT = "How we listen", "Leeds listens"
ALIKE = {"Record of complaints": "2", "Coaching plan": "1", "Listening": "2"}


def test_an_author_writes_two_editions_and_moves_an_assessment(live_server: Server) -> None:
    estate = make_estate()
    author = estate.member(Role.PROGRAMME_LEAD)
    assessors = [estate.member(role) for role in (Role.SITE_LEAD, Role.QA_MANAGER)]
    with member_signed_in(live_server, author, STORY) as writing:
        a_model_is_begun(writing)
        an_item_is_written_and_one_removed(writing)
        it_is_published(writing)
        opens_an_assessment(writing, ASSESSMENT, f"{MODEL}, 1")
        names(writing, assessors)
    for each in assessors:
        with member_signed_in(live_server, each, STORY) as assessor:
            begins_to_rate(assessor, ASSESSMENT)
            rates(assessor, ALIKE)
            hands_in(assessor)
    with member_signed_in(live_server, author, STORY) as writing:
        all_is_agreed_at_once(writing)
        the_next_edition_is_begun(writing)
        an_item_gets_another_key(writing)
        an_item_is_added(writing)
        the_map_says_what_became_of_the_renamed_one(writing)
        it_is_published(writing)
        the_assessment_moves_to_it(writing)
        both_are_kept(writing)


def a_model_is_begun(author: Somebody) -> None:
    page = author.page
    author.goes_to("Library")
    author.looks("library")
    author.follows("Write a model")
    page.get_by_label("Title").fill(MODEL)
    page.get_by_label("Key").fill("listening")
    author.looks("begin")
    author.presses("Begin")
    page.get_by_role("heading", level=1, name=MODEL).wait_for()
    author.looks("draft")


def an_item_is_written_and_one_removed(author: Somebody) -> None:
    page = author.page
    author.follows("Edit")
    author.looks("edit")
    author.follows("Induction")
    page.get_by_label("Title").fill("Listening")
    page.get_by_label("Question", exact=True).fill("When did an evaluator last listen to a call?")
    page.get_by_label("Structure only").fill("")
    for level, text in (
        ("Begun", "Somebody remembers when."),
        ("Working", "Ten contacts of last month are on record with their scores."),
        ("Improving", "What was found in them changed what agents are taught."),
    ):
        page.get_by_label(f"{level}: what is true").fill(text)
    author.looks("item")
    author.presses("Save")
    expect(page.get_by_text("The item is kept.")).to_be_visible()
    author.follows("Remove Answering complaints")
    author.presses("Remove")
    expect(page.get_by_text("The item is removed.")).to_be_visible()


def it_is_published(author: Somebody) -> None:
    author.follows(MODEL)
    author.follows("Publish")
    author.looks("publish")
    author.presses("Publish")
    expect(author.page.get_by_text("The model is published.")).to_be_visible()
    author.looks("published")


def all_is_agreed_at_once(lead: Somebody) -> None:
    opens(lead, ASSESSMENT)
    begins_moderation(lead)
    lead.presses("Agree on all 3 that are settled")
    expect(lead.page.locator("#agreed")).to_have_text("3")
    closes(lead, ASSESSMENT)


def the_next_edition_is_begun(author: Somebody) -> None:
    page = author.page
    author.goes_to("Library")
    author.follows(MODEL)
    author.follows("Clone")
    page.get_by_label("The next edition of the same model").check()
    page.get_by_label("Edition", exact=False).last.fill("2")
    author.looks("clone")
    author.presses("Clone")
    expect(page.get_by_text("The draft is made.")).to_be_visible()


def an_item_gets_another_key(author: Somebody) -> None:
    """Rename an item where its key stands: in the text."""
    author.follows("Edit as text")
    text = author.page.get_by_label("Text of the model")
    text.fill(text.input_value().replace("coaching-plan:", "coaching-rhythm:"))
    author.looks("text")
    author.presses("Save")
    expect(author.page.get_by_text("The text is kept.")).to_be_visible()


def an_item_is_added(author: Somebody) -> None:
    page = author.page
    author.follows("Edit")
    author.follows("Add an item Coaching")
    page.get_by_label("Title").fill("Side by side")
    page.get_by_label("Key").fill("side-by-side")
    page.get_by_label("Question", exact=True).fill("Who sat beside an agent last month?")
    for level in ("Begun", "Working", "Improving"):
        page.get_by_label(f"{level}: what is true").fill(f"{level}, by the list of last month.")
    author.presses("Add")
    expect(page.get_by_text("The item is added.")).to_be_visible()


def the_map_says_what_became_of_the_renamed_one(author: Somebody) -> None:
    page = author.page
    author.follows("Item map")
    expect(page.get_by_text("The item map does not say yet what became of:")).to_be_visible()
    author.looks("item-map")
    renamed = page.get_by_role("group", name="Coaching plan (coaching-plan)")
    renamed.get_by_label("Coaching plan (coaching-plan)", exact=True).select_option("renamed")
    renamed.get_by_label("became").select_option("coaching-rhythm")
    author.presses("Save")
    expect(page.get_by_text("The item map is kept.")).to_be_visible()


def the_assessment_moves_to_it(author: Somebody) -> None:
    page = author.page
    author.follows(ASSESSMENT)
    author.looks("move")
    expect(page.get_by_text("Left open")).to_be_visible()
    page.get_by_label("Due", exact=False).fill(day(21))
    author.presses("Move")
    expect(page.get_by_text("The assessment is moved.")).to_be_visible()
    renamed = row_of(author, "coaching-rhythm")
    expect(renamed.get_by_role("cell")).to_have_text(["1", "3", "Coaching plan"])
    author.looks("moved")
    author.follows("Open the assessment")
    author.follows("Moderate")
    agrees(author, "Side by side", "1", "Seen on Monday.")


def row_of(somebody: Somebody, title: str) -> Locator:
    return somebody.page.get_by_role("row").filter(has_text=title)


def both_are_kept(author: Somebody) -> None:
    author.goes_to("Assessments")
    rows = row_of(author, ASSESSMENT)
    expect(rows).to_have_count(2)
    expect(rows.filter(has_text=f"{MODEL}, 1")).to_contain_text("Closed")
    expect(rows.filter(has_text=f"{MODEL}, 2")).to_contain_text("In moderation")
    author.looks("both")
