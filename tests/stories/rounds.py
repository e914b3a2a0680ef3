"""What people do in every story of an assessment: open it, name, rate, hand in, agree and close."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from attain.organisations.models import Member
from stories.served import Somebody


def day(after: int) -> str:
    """Return the day some days from today, as a browser takes it."""
    return str(date.today() + timedelta(days=after))  # noqa: DTZ011 - as the browser


def opens_an_assessment(lead: Somebody, title: str, model: str, place: str = "Leeds") -> None:
    """Open an assessment of a place by a model whose name is begun."""
    page = lead.page
    lead.goes_to("Assessments")
    lead.follows("Open an assessment")
    page.get_by_label("Title").fill(title)
    offered = page.get_by_label("Model")
    chosen = offered.locator("option", has_text=model).get_attribute("value")
    offered.select_option(value=chosen)
    page.get_by_label("What is assessed").select_option(label=place)
    page.get_by_label("Due on").fill(day(14))
    lead.looks("open")
    lead.presses("Open")
    page.get_by_role("heading", level=1, name=title).wait_for()


def names(lead: Somebody, assessors: Iterable[Member]) -> None:
    """Name who rates, one after another."""
    for each in assessors:
        lead.follows("Name an assessor")
        lead.page.get_by_label("Assessor").select_option(label=each.account.name)
        lead.presses("Name")
        expect(lead.page.get_by_role("rowheader", name=each.account.name)).to_be_visible()


def assessors_of(somebody: Somebody) -> Locator:
    """Return the rows of those who rate."""
    return somebody.page.get_by_role("region", name="Assessors").get_by_role("row")


def opens(somebody: Somebody, title: str) -> None:
    """Open an assessment from the list."""
    somebody.goes_to("Assessments")
    somebody.follows(title)
    somebody.page.get_by_role("heading", level=1, name=title).wait_for()


def begins_to_rate(assessor: Somebody, title: str) -> None:
    """Open the page on which the items of an assessment are rated, until its keys work."""
    opens(assessor, title)
    assessor.follows("Rate")
    assessor.page.get_by_role("heading", level=1, name="Rate").wait_for()
    assessor.page.wait_for_load_state("networkidle")


def rates(assessor: Somebody, levels: Mapping[str, str], target: str = "3") -> None:
    """Choose a level and a target of each item, with the mouse."""
    for number, (title, level) in enumerate(levels.items(), 1):
        item = item_of(assessor, title)
        item.locator(f"input[name=level][value='{level}']").check()
        item.get_by_label("Target").select_option(target)
        expect(item.locator(".saved")).to_have_text("Saved")
        expect(assessor.page.locator("#rated")).to_have_text(str(number))


def item_of(somebody: Somebody, title: str) -> Locator:
    """Return what stands of an item on the page on which it is rated."""
    named = somebody.page.get_by_role("group", name=title)
    return somebody.page.locator("[data-item]").filter(has=named)


def hands_in(assessor: Somebody) -> None:
    """Hand in what was rated."""
    assessor.follows("Hand in")
    assessor.presses("Hand in")
    expect(assessor.page.get_by_text("Your part is handed in. Thank you.")).to_be_visible()


def begins_moderation(lead: Somebody) -> None:
    """Begin the moderation, and go to it."""
    lead.follows("Begin moderation")
    lead.presses("Begin moderation")
    lead.follows("Moderate")
    lead.page.get_by_role("heading", level=1, name="Moderation").wait_for()


def card_of(lead: Somebody, title: str) -> Locator:
    """Return what stands of an item in moderation."""
    return lead.page.get_by_role("article", name=title)


def agrees(lead: Somebody, title: str, level: str, reason: str) -> None:
    """Agree on the level of an item, with a reason."""
    card = card_of(lead, title)
    card.get_by_label("Level", exact=True).select_option(level)
    card.get_by_label("Target").select_option("3")
    card.get_by_label("Reason of the agreement").fill(reason)
    card.get_by_role("button", name=f"Agree {title}").click()
    expect(card.get_by_text("Saved")).to_be_visible()


def closes(lead: Somebody, title: str) -> None:
    """Close an assessment of which everything is agreed."""
    opens(lead, title)
    lead.follows("Close")
    lead.looks("close")
    lead.presses("Close")
    expect(lead.page.get_by_text("The assessment is closed.", exact=True)).to_be_visible()
