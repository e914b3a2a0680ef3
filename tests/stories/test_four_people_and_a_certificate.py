"""The third story: apply, review, decide and print a certificate, with four people."""

import pytest
from playwright.sync_api import expect

from stories.served import Served, Somebody, signed_in

pytestmark = pytest.mark.database
STORY = "3-certificate"


def test_four_people_bring_a_site_to_its_next_certificate(demonstration: Served) -> None:
    with signed_in(demonstration, "belfast.lead", STORY) as lead:
        the_site_applies_for_another_year(lead)
        the_application_is_submitted(lead)
    with signed_in(demonstration, "assessor", STORY) as assessor:
        the_documents_are_reviewed(assessor)
        what_is_still_to_be_done_is_said(assessor)
    with signed_in(demonstration, "second.assessor", STORY) as second:
        the_call_is_held(second)
        people_are_interviewed_on_site(second)
        whoever_assessed_does_not_decide(second)
    with signed_in(demonstration, "programme.lead", STORY) as decider:
        the_tier_is_awarded(decider)
        number = the_certificate_is_there(decider)
        the_certificate_is_printed(decider, number)
    with signed_in(demonstration, "belfast.lead", STORY) as lead:
        the_site_sees_its_certificate(lead, number)


def the_site_applies_for_another_year(lead: Somebody) -> None:
    lead.goes_to("Estate")
    lead.follows("Belfast")
    lead.follows("Apply for certification")
    lead.page.get_by_label("Tier", exact=False).fill("2")
    lead.looks("apply")
    lead.presses("Draft the application")
    expect(lead.page.get_by_text("The application is drafted.")).to_be_visible()


def the_application_is_submitted(lead: Somebody) -> None:
    applications = lead.page.get_by_role("region", name="Applications")
    drafted = applications.get_by_role("row").filter(has_text="Recertification")
    drafted.get_by_role("link").click()
    expect(lead.page.get_by_role("main")).to_contain_text("Application for tier 2")
    lead.follows("Submit")
    lead.looks("submit")
    lead.presses("Submit")
    expect(lead.page.get_by_text("The application is submitted.")).to_be_visible()
    lead.looks("submitted")


def opens_the_application(somebody: Somebody) -> None:
    somebody.goes_to("Applications")
    open_one = somebody.page.get_by_role("row").filter(has_text="Belfast")
    open_one.filter(has_not_text="Decided").get_by_role("link").click()
    somebody.page.get_by_role("heading", level=1, name="Application for tier 2").wait_for()


def holds_a_review(assessor: Somebody, kind: str) -> None:
    """Open a review of a kind, of which the assessor is the one who holds it."""
    page = assessor.page
    assessor.follows("Open a review")
    page.get_by_label("Kind").select_option(label=kind)
    name = page.locator(".topbar-name").inner_text()
    page.get_by_label("Assessor").select_option(label=name)
    page.get_by_label("Held on").fill(today(assessor))
    assessor.looks("open-a-review")
    assessor.presses("Open the review")
    expect(page.get_by_text("The review is open.")).to_be_visible()
    page.get_by_role("region", name="Reviews").get_by_role("link", name=kind).click()


def today(somebody: Somebody) -> str:
    return str(somebody.page.evaluate("new Date().toISOString().slice(0, 10)"))


def finishes_it(assessor: Somebody, notes: str) -> None:
    assessor.follows("Finish the review")
    assessor.page.get_by_label("Result").select_option(label="Passed")
    assessor.page.get_by_label("Notes").fill(notes)
    assessor.presses("Finish the review")
    expect(assessor.page.get_by_text("The review is finished.")).to_be_visible()


def the_documents_are_reviewed(assessor: Somebody) -> None:
    opens_the_application(assessor)
    assessor.looks("application")
    holds_a_review(assessor, "Documentation")
    finishes_it(assessor, "Each practice is on file, and its evidence opens.")
    assessor.looks("review")


def what_is_still_to_be_done_is_said(assessor: Somebody) -> None:
    opens_the_application(assessor)
    expect(assessor.page.get_by_text("Still to be finished before a decision:")).to_be_visible()


def the_call_is_held(assessor: Somebody) -> None:
    opens_the_application(assessor)
    holds_a_review(assessor, "Conference call")
    finishes_it(assessor, "The management team knows its figures and what it does about them.")


def people_are_interviewed_on_site(assessor: Somebody) -> None:
    page = assessor.page
    opens_the_application(assessor)
    holds_a_review(assessor, "On site")
    assessor.follows("Record an answer")
    page.get_by_label("Who was asked").fill("Team leader")
    page.get_by_label("Question").fill("What do you do when a month misses its target?")
    page.get_by_label("Answer", exact=False).last.fill("Showed the log: cause, owner and date.")
    assessor.looks("answer")
    assessor.presses("Record the answer")
    expect(page.get_by_text("Showed the log: cause, owner and date.")).to_be_visible()
    assessor.looks("interviews")
    finishes_it(assessor, "What was said agrees with the records.")


def whoever_assessed_does_not_decide(assessor: Somebody) -> None:
    page = assessor.page
    opens_the_application(assessor)
    expect(page.get_by_role("main")).to_contain_text("Whoever assessed a review does not decide.")
    expect(page.get_by_role("link", name="Decide")).to_have_count(0)
    assessor.looks("may-not-decide")
    page.goto(f"{page.url}/decide")
    page.get_by_label("Decision").select_option(label="Award the tier")
    page.get_by_label("Reason").fill("I was there.")
    assessor.presses("Decide")
    expect(page.get_by_role("main")).to_contain_text("Whoever assessed a review does not decide.")
    opens_the_application(assessor)


def the_tier_is_awarded(decider: Somebody) -> None:
    page = decider.page
    opens_the_application(decider)
    decider.follows("Decide")
    expect(page.get_by_text("reach tier 2.")).to_be_visible()
    decider.looks("decide")
    page.get_by_label("Decision").select_option(label="Award the tier")
    page.get_by_label("Reason").fill("The figures bear the tier, and the interviews the figures.")
    decider.presses("Decide")
    expect(page.get_by_text("Tier 2 is awarded.")).to_be_visible()
    decider.looks("decision")


def the_certificate_is_there(decider: Somebody) -> str:
    page = decider.page
    decision = page.locator(".card").filter(has_text="Tier reached")
    number: str = decision.get_by_role("link").first.inner_text()
    decision.get_by_role("link", name=number).click()
    page.get_by_role("heading", level=1, name=f"Certificate {number}").wait_for()
    expect(page.get_by_role("main")).to_contain_text("Belfast, tier 2")
    port = decider.visiting.address.rpartition(":")[2]
    expect(page.get_by_role("main")).to_contain_text(f"http://localhost:{port}/verify/{number}")
    decider.looks("certificate")
    return number


def the_certificate_is_printed(decider: Somebody, number: str) -> None:
    address = decider.page.get_by_role("link", name="PDF").get_attribute("href")
    answer = decider.page.request.get(decider.visiting.address + str(address))
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")
    assert len(answer.body()) > 5_000


def the_site_sees_its_certificate(lead: Somebody, number: str) -> None:
    lead.goes_to("Estate")
    belfast = lead.page.get_by_role("row").filter(has_text="Belfast")
    expect(belfast).to_contain_text(number)
    expect(belfast).to_contain_text("Current")
