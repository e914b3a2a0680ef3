"""A workbook that comes back, and licensed texts with faults, in a real browser."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import FilePayload

from assessing import NOW, open_one, publish_model
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import AssessorPart, Rating
from attain.assessments.queries.workbook import sent_part
from attain.assessments.rules.entries import Entry
from attain.assessments.workbook_file import part_workbook
from attain.organisations.rules import Role
from browser import DESKTOP, PHONE, visitor
from estate import make_estate

pytestmark = pytest.mark.django_db(transaction=True)


def edited(part: AssessorPart) -> bytes:
    """Return the workbook of a part with a change, a conflict and a row that is refused."""
    said = {
        "forecast": Entry(level=2, target=3, note="The plan of October, week by week"),
        "budget": Entry(level=2, target=3, note="Every month"),
        "hiring": Entry(level=3, target=1),
    }
    sent = sent_part(part)
    rows = tuple(replace(row, entry=said[row.item.key]) for row in sent.rows)
    return part_workbook(replace(sent, rows=rows))


def test_an_assessor_looks_at_a_workbook_and_chooses(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        assessed = open_one(estate)
        part = assessed.mine
        one: dict[str, Any] = {"by": part.assessor, "part": part, "now": NOW}
        rate(item="forecast", seen=NEW, entry=Entry(level=1), **one)
        content = edited(part)
        rate(item="forecast", seen=1, entry=Entry(level=3, target=3), **one)
    url = f"/o/northwind/assessments/{assessed.assessment.uuid}"
    file: FilePayload = {
        "name": "part.xlsx",
        "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "buffer": content,
    }
    with visitor(live_server, part.assessor) as assessor:
        for width in (PHONE, DESKTOP):
            page = assessor.open(f"{url}/rate", width=width)
            page.get_by_role("link", name="Excel workbook").click()
            page.get_by_label("Excel workbook").wait_for()
            assessor.must_be_sound()
            assessor.keep("workbook")
            page.get_by_label("Excel workbook").set_input_files(files=[file])
            page.get_by_role("button", name="Show what it would change").click()
            page.get_by_role("heading", name="What the workbook would change").wait_for()
            assessor.must_be_sound()
            assessor.keep("workbook-preview")
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("Choose below what is not chosen yet").wait_for()
        assessor.faults.clear()
        page.get_by_label("Take the workbook's").check()
        page.get_by_label("Good rows only").check()
        page.get_by_role("button", name="Take over").click()
        page.get_by_text("2 items were taken over.").wait_for()
    with scope(organisation=estate.organisation):
        said = Rating.objects.order_by("item").values_list("item", "level")
        assert list(said) == [("budget", 2), ("forecast", 2)]


def test_an_author_mends_licensed_texts_beside_their_faults(live_server: Any) -> None:
    estate = make_estate()
    with scope(organisation=estate.organisation):
        base = publish_model(estate)
    levels = ", ".join(f"{{level: {n}, text: step {n} is seen}}" for n in (1, 2))
    text = f"""texts_for: small-centre
edition: "1"
licence: Bought by Northwind
items:
  outside:
    question: Who checks the outsourcer?
    levels: [{levels}]
"""
    file: FilePayload = {"name": "texts.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    with visitor(live_server, estate.member(Role.PROGRAMME_LEAD)) as author:
        for width in (PHONE, DESKTOP):
            page = author.open(f"/o/northwind/library/{base.uuid}", width=width)
            page.get_by_role("link", name="Licensed texts").click()
            page.get_by_label("YAML file").wait_for()
            author.must_be_sound()
            author.keep("licensed-texts")
            page.get_by_label("YAML file").set_input_files(files=[file])
            page.get_by_role("button", name="Load").click()
            page.get_by_text("expected levels 1, 2, 3").wait_for()
            assert all("422" in fault for fault in author.faults)
            author.faults.clear()
            author.must_be_sound()
            author.keep("licensed-texts-faults")
        mended = text.replace("]\n", ", {level: 3, text: step 3 is seen}]\n")
        page.locator("#text").fill(mended)
        page.get_by_role("button", name="Load").click()
        page.get_by_text("The texts are loaded.").wait_for()
        author.must_be_sound()
        author.keep("licensed-edition")
