"""The pages of the room in a real browser: sound at both widths, and one story of an import."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django_scopes import scopes_disabled
from pytest_django.live_server_helper import LiveServer

from attain.organisations.models import Centre, Member
from attain.performance import models
from browser import visitor

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = [1366, 390]


@pytest.fixture(autouse=True)
def _own_uploads_in_november(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.DATA = tmp_path
    with time_machine.travel(datetime(2026, 11, 22, 9, tzinfo=UTC)):
        yield


def test_every_page_is_sound_at_both_widths(
    live_server: LiveServer, centres: dict[str, Centre], lead: Member
) -> None:
    metric = models.Metric.objects.filter(centre=centres["harbour"]).earliest("key")
    here = "/o/northwind/performance/metrics/harbour"
    pages = {
        "estate": "/o/northwind/performance/metrics",
        "metrics": here,
        "metric": f"{here}/metrics/{metric.uuid}",
        "service-level": "/o/northwind/performance/service-level/harbour",
        "uptime": "/o/northwind/performance/systems/harbour",
        "missing": "/o/northwind/performance/missing?month=2026-10",
        "records": f"{here}/records/documents",
        "imports": "/o/northwind/performance/imports",
        "import-start": "/o/northwind/performance/imports/harbour/start",
        "metric-add": f"{here}/metrics/add",
        "incident-add": f"{here}/records/incidents/add",
    }
    with visitor(live_server, lead) as visiting:
        for width in WIDTHS:
            for name, path in pages.items():
                visiting.open(path, width=width)
                visiting.keep(f"performance-{name}-{width}")
                visiting.must_be_sound()


def test_a_lead_imports_next_month_and_mends_three_bad_rows(
    live_server: LiveServer, centres: dict[str, Centre], lead: Member, tmp_path: Path
) -> None:
    text = "metric,month,numerator,denominator\nattrition,2026-11,3,160\n"
    bad = "abandonment,2026-11,5 %,1\nabandoned,2026-11,1,2\naverage-handle-time,2026-13,1,2\n"
    (tmp_path / "november.csv").write_text(text + bad)
    mended = "abandonment,2026-11,0.05,1\naverage-handle-time,2026-11,600,2\n"
    (tmp_path / "mended.csv").write_text(text.splitlines()[0] + "\n" + mended)
    with visitor(live_server, lead) as visiting:
        page = visiting.open("/o/northwind/performance/imports/harbour/start")
        page.get_by_label("What the file holds").select_option("readings")
        page.get_by_label("CSV or Excel file").set_input_files(tmp_path / "november.csv")
        page.get_by_role("button", name="Show what it would do").click()
        page.get_by_text("3 refusals").wait_for()
        visiting.keep("performance-import-preview")
        visiting.must_be_sound()
        page.get_by_label("Good rows only").check()
        page.get_by_role("button", name="Import", exact=True).click()
        page.get_by_text("Rows to be mended").wait_for()
        visiting.keep("performance-import-result")
        visiting.must_be_sound()
        page.get_by_role("link", name="Import the mended file").click()
        page.get_by_label("What the file holds").select_option("readings")
        page.get_by_label("CSV or Excel file").set_input_files(tmp_path / "mended.csv")
        page.get_by_role("button", name="Show what it would do").click()
        page.get_by_role("button", name="Import", exact=True).click()
        page.get_by_role("button", name="Undo the whole import").wait_for()
    with scopes_disabled():
        november = models.Reading.objects.filter(centre=centres["harbour"], source__isnull=False)
        assert november.count() == 3
