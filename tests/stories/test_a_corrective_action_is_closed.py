"""The fourth story: close the corrective action that a corrected figure had raised."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from stories.served import Served, Somebody, signed_in

pytestmark = pytest.mark.database
STORY = "4-corrective"
METRIC = "First contact resolution"


def test_a_lead_closes_a_corrective_action(demonstration: Served, tmp_path: Path) -> None:
    with signed_in(demonstration, "halifax.lead", STORY) as lead:
        the_lead_takes_it_on(lead)
        the_owner_answers(lead)
        a_milestone_is_set_and_done(lead)
        evidence_is_added(lead, tmp_path)
    with signed_in(demonstration, "assessor", STORY) as assessor:
        the_retest_still_fails(assessor)
    with signed_in(demonstration, "halifax.lead", STORY) as lead:
        the_figure_is_corrected_with_a_reason(lead)
        the_owner_answers(lead)
    with signed_in(demonstration, "second.assessor", STORY) as assessor:
        the_retest_holds(assessor)
        the_certificate_is_earned_again(assessor)


def opens_the_action(somebody: Somebody) -> None:
    somebody.goes_to("Corrective actions")
    somebody.page.get_by_role("row").filter(has_text="Halifax").get_by_role("link").first.click()
    somebody.page.get_by_role("heading", level=1, name="Corrective action").wait_for()


def the_lead_takes_it_on(lead: Somebody) -> None:
    lead.goes_to("Corrective actions")
    lead.looks("list")
    opens_the_action(lead)
    expect(lead.page.get_by_text("Nobody yet")).to_be_visible()
    expect(lead.page.get_by_text("days left")).to_be_visible()
    lead.looks("raised")
    lead.follows("Owner")
    name = lead.page.locator(".topbar-name").inner_text()
    lead.page.get_by_label("Owner").select_option(label=name)
    lead.looks("owner")
    lead.presses("Save")
    expect(lead.page.get_by_text("The corrective action has an owner.")).to_be_visible()


def the_owner_answers(lead: Somebody) -> None:
    page = lead.page
    opens_the_action(lead)
    lead.follows("Answer")
    page.get_by_label("Why did it come to that?").fill("Repeat calls were counted twice.")
    page.get_by_label("What is done about it?").fill("They are counted from the log, once.")
    lead.presses("Save")
    expect(page.get_by_text("The answer is given.")).to_be_visible()


def a_milestone_is_set_and_done(lead: Somebody) -> None:
    page = lead.page
    lead.follows("Add a milestone")
    page.get_by_label("Milestone").fill("The log is counted anew")
    page.get_by_label("Due on").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    lead.presses("Save")
    page.get_by_role("button", name="Done The log is counted anew").click()
    expect(milestones(lead)).to_contain_text("Done")


def milestones(lead: Somebody) -> Locator:
    return lead.page.locator(".card").filter(has_text="Milestones")


def evidence_is_added(lead: Somebody, folder: Path) -> None:
    page = lead.page
    counted = folder / "repeat calls counted anew.csv"
    counted.write_text("day,repeat calls\n1,14\n")
    lead.follows("Add evidence")
    page.get_by_label("File").set_input_files(counted)
    page.get_by_label("Note").fill("From the log of the telephone system.")
    lead.presses("Save")
    expect(page.get_by_role("link", name="repeat calls counted anew.csv")).to_be_visible()
    lead.looks("answered")


def the_retest_still_fails(assessor: Somebody) -> None:
    opens_the_action(assessor)
    assessor.follows("Re-test")
    assessor.looks("re-test")
    assessor.presses("Re-test")
    expect(assessor.page.get_by_text("Something fails still.")).to_be_visible()


def the_figure_is_corrected_with_a_reason(lead: Somebody) -> None:
    """Restate the restated month: the repeat calls that were left out were counted twice."""
    page = lead.page
    lead.goes_to("Metrics")
    page.get_by_role("main").get_by_role("link", name="Halifax").click()
    lead.follows(METRIC)
    month = page.get_by_role("region", name="Months").get_by_role("row").filter(has_text="Restated")
    expect(month).to_contain_text("closed as")
    lead.looks("restated")
    month.get_by_role("link", name="Correct").click()
    numerator = page.get_by_label("Numerator")
    corrected = round(float(page.get_by_label("Denominator").input_value()) * 0.78)
    numerator.fill(str(corrected))
    page.get_by_label("Reason for the correction").fill("Repeat calls were counted twice.")
    lead.looks("correct")
    lead.presses("Save")
    expect(page.get_by_text("The reading was corrected.")).to_be_visible()


def the_retest_holds(assessor: Somebody) -> None:
    opens_the_action(assessor)
    assessor.follows("Re-test")
    assessor.presses("Re-test")
    expect(assessor.page.get_by_text("The corrective action is verified.")).to_be_visible()
    assessor.looks("verified")


def the_certificate_is_earned_again(assessor: Somebody) -> None:
    assessor.goes_to("Estate")
    halifax = assessor.page.get_by_role("row").filter(has_text="Halifax")
    expect(halifax.get_by_role("cell").nth(2)).to_have_text("3")
    expect(halifax).not_to_contain_text("No longer earned")
