"""The second story: import next month with three bad rows, mend them, take it all back."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from playwright.sync_api import Locator, expect

from attain.measurement.periods import last_full_month
from stories.served import Served, Somebody, signed_in

pytestmark = pytest.mark.database
STORY = "2-import"
HEADER = ("metric", "month", "numerator", "denominator")
# What a spreadsheet does to figures: a separator of thousands, an old name, a month of no calendar.
GOOD = {"attrition": ("3", "214"), "cost-per-hire": ("30200", "12"), "time-to-hire": ("480", "12")}


def test_a_lead_imports_next_month_and_mends_three_bad_rows(
    demonstration: Served, tmp_path: Path
) -> None:
    month = str(last_full_month(date.today()).plus(1))  # noqa: DTZ011 - as the demonstration
    spreadsheet = next_months_spreadsheet(tmp_path / "Derby.xlsx", month)
    with signed_in(demonstration, "derby.lead", STORY) as lead:
        the_file_is_handed_in(lead, spreadsheet)
        each_bad_row_is_shown_with_its_reason(lead)
        the_good_rows_are_imported(lead)
        mended = the_refused_rows_are_mended(lead, tmp_path, month)
        the_mended_file_is_imported(lead, mended)
        the_metric_shows_the_new_month_and_where_it_comes_from(lead)
        the_import_is_taken_back_whole(lead)


def next_months_spreadsheet(path: Path, month: str) -> Path:
    """Write the spreadsheet as somebody keeps it: three rows are right, three are not."""
    rows = [(metric, month, *figures) for metric, figures in GOOD.items()]
    year = month.partition("-")[0]
    rows += [
        ("calls-abandoned", month, "1,033", "71281"),
        ("average-handling-time", month, "24264871", "70448"),
        ("first-contact-resolution", f"{year}-13", "8552", "11017"),
    ]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Readings")
        for line, row in enumerate([HEADER, *rows]):
            sheet.write_row(line, 0, row)
    return path


def the_file_is_handed_in(lead: Somebody, file: Path) -> None:
    lead.goes_to("Imports")
    lead.looks("imports")
    lead.follows("Derby")
    lead.looks("start")
    hand_in(lead, file)


def hand_in(lead: Somebody, file: Path) -> None:
    lead.page.get_by_label("What the file holds").select_option("readings")
    lead.page.get_by_label("CSV or Excel file").set_input_files(file)
    lead.presses("Show what it would do")


def each_bad_row_is_shown_with_its_reason(lead: Somebody) -> None:
    page = lead.page
    expect(page.get_by_text("3 refusals")).to_be_visible()
    refused = page.get_by_role("region", name="Refused rows")
    for line, found in (("5", "1,033"), ("6", "average-handling-time"), ("7", "-13")):
        row = refused.get_by_role("row").filter(has=page.get_by_role("cell", name=line, exact=True))
        expect(row).to_contain_text(found)
    lead.looks("preview")


def the_good_rows_are_imported(lead: Somebody) -> None:
    lead.page.get_by_label("Good rows only").check()
    lead.presses("Import")
    expect(lead.page.get_by_text("Rows to be mended")).to_be_visible()
    expect(figures(lead)).to_contain_text("New 3")
    lead.looks("imported")


def figures(lead: Somebody) -> Locator:
    return lead.page.locator(".figures")


def the_refused_rows_are_mended(lead: Somebody, folder: Path, month: str) -> Path:
    with lead.page.expect_download() as download:
        lead.page.get_by_role("link", name="Refused rows").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert len(list(csv.reader(io.StringIO(text)))) == 4, text
    for bad, good in (
        ('"1,033"', "1033"),
        ("average-handling-time", "average-handle-time"),
        (f"{month.partition('-')[0]}-13", month),
    ):
        assert bad in text
        text = text.replace(bad, good)
    (folder / "mended.csv").write_text(text)
    return folder / "mended.csv"


def the_mended_file_is_imported(lead: Somebody, mended: Path) -> None:
    lead.follows("Import the mended file")
    hand_in(lead, mended)
    expect(lead.page.get_by_text("What the import would do").first).to_be_visible()
    expect(lead.page.get_by_text("refusal")).to_have_count(0)
    lead.presses("Import")
    lead.page.get_by_role("button", name="Undo the whole import").wait_for()
    lead.looks("mended")


def the_metric_shows_the_new_month_and_where_it_comes_from(lead: Somebody) -> None:
    lead.goes_to("Imports")
    lead.page.get_by_role("row").filter(has_text="mended.csv").get_by_role("link").click()
    lead.follows("Derby")
    lead.follows("Average handle time")
    row = lead.page.get_by_role("region", name="Months").get_by_role("row").nth(1)
    expect(row).to_contain_text("344")
    lead.looks("metric")
    versions = lead.page.get_by_role("region", name="Versions")
    versions.get_by_role("link", name="mended.csv").first.click()


def the_import_is_taken_back_whole(lead: Somebody) -> None:
    lead.presses("Undo the whole import")
    expect(lead.page.get_by_text("Undone by")).to_be_visible()
    lead.looks("undone")
    lead.follows("Derby")
    lead.follows("Average handle time")
    latest = lead.page.get_by_role("region", name="Months").get_by_role("row").nth(1)
    expect(latest.get_by_role("cell").nth(1)).to_be_empty()
    versions = lead.page.get_by_role("region", name="Versions")
    expect(versions).to_contain_text("The import of mended.csv was undone")
