"""The fifth story: somebody who was shown a certificate finds out what it is worth."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from installed import Installation
from stories.served import Served, signed_in, stranger

pytestmark = pytest.mark.database
STORY = "5-verify"


def test_an_outsider_verifies_a_certificate(demonstration: Served, tmp_path: Path) -> None:
    number, sealed = the_holder_hands_over_number_and_file(demonstration, tmp_path)
    with stranger(demonstration, STORY) as outsider:
        page = outsider.visiting.open("/verify/")
        outsider.looks("ask")
        a_digit_too_many_is_noticed(page, number)
        outsider.looks("unknown")
        outsider.page.get_by_role("link", name="Try another number").click()
        asks_for(page, number.lower())
        expect(page.get_by_role("heading", name=f"Certificate {number}")).to_be_visible()
        for said in ("Larkfield Services", "Exeter", "Current"):
            expect(page.get_by_role("main")).to_contain_text(said)
        outsider.looks("found")
        key = page.locator("dd code").first.inner_text()
        outsider.page.get_by_role("link", name="The same as JSON").click()
        assert json.loads(page.locator("body").inner_text())["public_key"] == key
    the_file_is_verified_without_a_network(sealed, key)
    a_file_that_was_changed_is_refused(sealed, key)


def the_holder_hands_over_number_and_file(place: Served, folder: Path) -> tuple[str, Path]:
    """Return the number on the certificate of Exeter, and its sealed file."""
    with signed_in(place, "exeter.lead", STORY) as holder:
        holder.goes_to("Certificates")
        holder.looks("certificates")
        row = holder.page.get_by_role("row").filter(has_text="Exeter")
        number = row.get_by_role("link").first.inner_text()
        row.get_by_role("link").first.click()
        with holder.page.expect_download() as download:
            holder.page.get_by_role("link", name="Sealed file").click()
        sealed = folder / "sealed.json"
        download.value.save_as(sealed)
    return number, sealed


def asks_for(page: Page, number: str) -> None:
    page.get_by_label("Number of the certificate").fill(number)
    page.get_by_role("button", name="Verify").click()


def a_digit_too_many_is_noticed(page: Page, number: str) -> None:
    asks_for(page, number[:-1] + ("0" if number[-1] != "0" else "1"))
    expect(page.get_by_role("heading", name="No such certificate")).to_be_visible()


def verified_elsewhere(sealed: Path, key: str) -> subprocess.CompletedProcess[str]:
    elsewhere = Installation(sealed.parent / "elsewhere")
    return elsewhere.attain("certificate", "verify", sealed, "--key", key)


def the_file_is_verified_without_a_network(sealed: Path, key: str) -> None:
    told = verified_elsewhere(sealed, key)
    assert told.returncode == 0, told.stderr
    assert "The seal holds, and is that of the key that was given." in told.stdout
    assert "tier: 3" in told.stdout


def a_file_that_was_changed_is_refused(sealed: Path, key: str) -> None:
    sealed.write_text(sealed.read_text().replace("Exeter", "Corby"))
    told = verified_elsewhere(sealed, key)
    assert told.returncode == 2
