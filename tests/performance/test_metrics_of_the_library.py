"""A metric begins with the library's words or a centre's own, and belongs to somebody."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from attain.measurement.faults import RefusedError
from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Role
from attain.performance import library, models
from attain.standards.figures import Aspect
from attain.standards.library import Library, default_library
from attain.standards.metric_library import load_metrics, metrics_of
from estate import Estate
from performing import Measured

LISTED = """
metrics: ours
title: Our own
edition: "1"
status: published
licence: Apache-2.0
sources: []
listed:
  attrition: {title: People who left, process: Recruiting, aspect: other, better: lower,
              numerator: leavers, why: they leave}
"""


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(name: str, *rest: object) -> str:
    return reverse(f"performance-{name}", args=["northwind", "leeds", *rest])


def told(measured: Measured, **more: Any) -> Mapping[str, Any]:
    return {
        "key": "transfers", "name": "Calls transferred", "process": measured.process.pk,
        "aspect": "quality", "better": "lower", "unit": "share", **more,
    }  # fmt: skip


def test_every_metric_of_the_library_says_what_is_counted_and_why() -> None:
    found = library.metrics()
    assert len(found) > 20
    assert found["attrition"].side is Aspect.OTHER
    assert all(metric.numerator and metric.why and metric.process for metric in found.values())


def test_a_folder_of_ones_own_comes_before_the_library(tmp_path: Path) -> None:
    (tmp_path / "metrics").mkdir()
    own = tmp_path / "metrics" / "ours.yaml"
    own.write_text(LISTED)
    both = Library((tmp_path, *default_library().roots))
    assert metrics_of(both)["attrition"].title == "People who left"
    assert "transfers" in metrics_of(both)
    own.write_text(LISTED.replace("published", "draft"))
    assert metrics_of(both)["attrition"].title == "Attrition"


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("metrics: ours", "metrics: theirs"),
        ("sources: []", "sources: [nowhere]"),
        ("better: lower", "better: sideways"),
        ("why: they leave", "why: they leave, colour: red"),
    ],
)
def test_a_list_with_a_fault_is_refused(tmp_path: Path, was: str, becomes: str) -> None:
    own = tmp_path / "ours.yaml"
    own.write_text(LISTED.replace(was, becomes))
    with pytest.raises(RefusedError):
        load_metrics(default_library(), own)


def test_a_metric_of_the_library_is_filled_in_and_may_be_changed(measured: Measured) -> None:
    client = signed_in(measured.by)
    page = client.get(address("metric-add") + "?library=calls-abandoned").content.decode()
    assert 'value="Calls abandoned"' in page
    assert "Calls that the caller ended before they were answered" in page
    assert '<option value="lower" selected>' in page
    # The library's process is called Calls, and so is the centre's.
    assert f'<option value="{measured.process.pk}" selected>' in page
    said = told(
        measured, library_key="transfers", numerator_words="passed on", why="twice told",
        owner=measured.by.pk, next_review="2027-02-01",
    )  # fmt: skip
    assert client.post(address("metric-add"), said).status_code == 302
    made = models.Metric.objects.get(key="transfers")
    assert (made.library_key, made.owner, made.next_review) == (
        "transfers", measured.by, date(2027, 2, 1),
    )  # fmt: skip
    entry = AuditEntry.objects.get(action="performance.define_metric", object_key="leeds transfers")
    assert str(measured.by) in entry.content.text
    assert "Calls transferred (there already)" in client.get(address("metric-add")).content.decode()
    page = client.get(address("metric", made.uuid)).content.decode()
    assert str(measured.by) in page.split("What it measures")[1].split("</dl>")[0]


@pytest.mark.parametrize(
    ("field", "bad"),
    [
        ("library_key", "no-such-metric"),
        ("owner", "999999"),
        ("owner", "x"),
        ("next_review", "soon"),
        ("next_review", "0001-01-01"),
        ("better", "sideways"),
        ("key", "with space"),
        ("name", ""),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(measured: Measured, field: str, bad: str) -> None:
    client = signed_in(measured.by)
    answer = client.post(address("metric-add"), told(measured, **{field: bad}))
    assert answer.status_code == 422
    assert not models.Metric.objects.filter(name="Calls transferred").exists()


@pytest.mark.parametrize("query", ["?library=nonsense", "?library=%00", "?library=a&library=b"])
def test_a_library_key_of_the_address_that_is_none_fills_in_nothing(
    measured: Measured, query: str
) -> None:
    assert signed_in(measured.by).get(address("metric-add") + query).status_code == 200


def test_who_may_not_record_figures_there_owns_no_metric(
    measured: Measured, estate: Estate
) -> None:
    client = signed_in(measured.by)
    auditor = estate.member(Role.AUDITOR)
    assert client.post(address("metric-add"), told(measured, owner=auditor.pk)).status_code == 422
    page = client.get(address("metric-change", measured.metric.uuid)).content.decode()
    assert str(estate.member(Role.SITE_LEAD)) in page
    assert f">{auditor}<" not in page


def test_the_owner_is_changed_by_the_form_of_the_metric(measured: Measured, estate: Estate) -> None:
    client = signed_in(measured.by)
    lead = estate.member(Role.SITE_LEAD)
    said = dict(told(measured, owner=lead.pk, seen="1"))
    assert client.post(address("metric-change", measured.metric.uuid), said).status_code == 302
    assert models.Metric.objects.get().owner == lead
    # Who saw the metric before that does not overwrite it.
    again = dict(said, owner=measured.by.pk)
    assert client.post(address("metric-change", measured.metric.uuid), again).status_code == 409
    assert models.Metric.objects.get().owner == lead
