"""The sixth story: everything is lost, and a backup brings it back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from installed import Installation
from stories.served import served, signed_in

pytestmark = pytest.mark.database
STORY = "6-restore"


def test_an_administrator_brings_a_lost_installation_back(
    installation: Installation, tmp_path: Path
) -> None:
    data, backup = installation.data, tmp_path / "larkfield.tar.gz"
    told = installation.attain("backup", backup, "--data", data)
    assert told.returncode == 0, told.stderr
    assert "read again and sound" in told.stdout

    installation.destroy()
    installation.make_database()
    told = installation.attain("restore", backup, "--into", data)
    assert told.returncode == 0, told.stderr
    told = installation.attain("audit", "verify", "--data", data)
    assert told.returncode == 0, told.stderr + told.stdout

    with (
        served("serve", installation) as again,
        signed_in(again, "administrator", STORY) as administrator,
    ):
        administrator.looks("home")
        administrator.goes_to("Audit trail")
        expect(administrator.page.get_by_role("table")).to_contain_text(
            "website.load_demonstration"
        )
        administrator.looks("audit")
        administrator.goes_to("Estate")
        expect(administrator.page.get_by_text("24 rows")).to_be_visible()
        administrator.follows("Exeter")
        administrator.follows("Proof as JSON")
        expect(administrator.page.locator("body")).to_contain_text('"tier"')
    with served("serve", installation) as again, signed_in(again, "preston.lead", STORY) as lead:
        lead.goes_to("Service level")
        expect(lead.page.get_by_role("main")).to_contain_text("Preston")
        lead.page.goto(f"{again.url}/o/larkfield/performance/service-level/preston")
        expect(lead.page.get_by_role("table").first).to_be_visible()
        lead.looks("service-level")
