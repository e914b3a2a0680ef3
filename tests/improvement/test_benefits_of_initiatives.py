"""What an initiative brought, read from the records and shown with its doubt."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from attain.improvement.actions.benefits import (
    Expected,
    change_benefit,
    expect_benefit,
    remove_benefit,
)
from attain.improvement.models import ExpectedBenefit, Initiative
from attain.improvement.queries.realised import BenefitRead, benefits_of
from attain.improvement.rules.outcomes import BenefitVerdict
from attain.measurement.periods import Month
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from attain.performance.models import Metric, Reading
from carrying import TODAY, planned
from certified import record_centre
from estate import Estate
from improving import NOW

pytestmark = pytest.mark.django_db
HERE = "/o/northwind/improvement/initiatives"
HALVES = Expected(
    planned=Decimal("0.2"),
    before_first=Month.parse("2025-11"),
    before_last=Month.parse("2026-04"),
    after_first=Month.parse("2026-05"),
    after_last=Month.parse("2026-10"),
)
ROSE, SAME = "------++++++", "+-+-+-+-+-+-"


def followed(estate: Estate, strip: str, expected: Expected = HALVES) -> Initiative:
    """Plan an initiative that follows a metric of which some months are at 90 %, others at 70 %."""
    record_centre(estate, months={"answer-time": strip})
    initiative = planned(estate)
    metric = Metric.objects.get(key="answer-time", centre=estate.centre)
    lead = estate.member(Role.PROGRAMME_LEAD)
    expect_benefit(by=lead, initiative=initiative, metric=metric, expected=expected, now=NOW)
    return initiative


def read(estate: Estate, initiative: Initiative, today: date = TODAY) -> BenefitRead:
    [found] = benefits_of(initiative, estate.member(Role.PROGRAMME_LEAD), today)
    return found


def test_a_metric_that_rose_by_more_than_noise_is_better_and_as_planned(estate: Estate) -> None:
    # Two months are changed, so that months differ on both sides and the interval has a width.
    initiative = followed(estate, ROSE)
    for month, numerator in (("2026-01", Decimal("7.5")), ("2026-08", Decimal("9.5"))):
        row = Reading.objects.get(metric__key="answer-time", month=Month.parse(month))
        Reading.objects.filter(pk=row.pk).update(numerator=numerator)
    found = read(estate, initiative)
    assert found.result
    assert (found.result.before.n, found.result.after.n) == (6, 6)
    assert found.result.difference == Fraction(1, 5)
    assert found.result.verdict is BenefitVerdict.BETTER
    assert found.result.is_as_planned


def test_a_metric_that_goes_up_and_down_is_no_more_than_noise(estate: Estate) -> None:
    found = read(estate, followed(estate, SAME))
    assert found.result
    assert found.result.verdict is BenefitVerdict.NOISE


def test_missing_months_and_those_to_come_are_counted_and_not_filled_in(estate: Estate) -> None:
    later = replace(HALVES, after_last=Month.parse("2027-01"))
    found = read(estate, followed(estate, "--.---++++++", later))
    assert found.result
    assert (found.result.before.n, found.result.before.missing) == (5, 1)
    assert (found.result.after.n, found.result.after.missing) == (6, 3)
    assert found.still_to_come == 3


def test_a_month_that_still_runs_says_nothing_yet(estate: Estate) -> None:
    found = read(estate, followed(estate, ROSE), date(2026, 10, 30))
    assert found.result
    assert (found.result.after.n, found.result.after.missing) == (5, 1)


def test_who_may_not_see_the_figures_is_shown_none(estate: Estate) -> None:
    owner = estate.member(Role.TEAM_LEADER)
    initiative = followed(estate, ROSE)
    owner.roles.all().delete()
    [found] = benefits_of(initiative, owner, TODAY)
    assert found.result is None


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"before_first": Month.parse("2026-05")}, "last month lies before the first"),
        ({"after_first": Month.parse("2026-04")}, "begin when those before have ended"),
        ({"before_first": Month.parse("2019-01")}, "At most 60 months"),
    ],
)
def test_months_that_cannot_be_compared_are_refused(
    estate: Estate, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(RefusedActionError, match=expected):
        followed(estate, ROSE, replace(HALVES, **said))
    assert not ExpectedBenefit.objects.exists()


def test_a_metric_is_followed_once_and_is_one_of_the_centre(estate: Estate) -> None:
    initiative = followed(estate, ROSE)
    by = estate.member(Role.PROGRAMME_LEAD)
    metric = Metric.objects.get(key="answer-time", centre=estate.centre)
    with pytest.raises(RefusedActionError, match="compared already"):
        expect_benefit(by=by, initiative=initiative, metric=metric, expected=HALVES, now=NOW)
    record_centre(estate, estate.other_centre)
    other = Metric.objects.get(key="answer-time", centre=estate.other_centre)
    with pytest.raises(RefusedActionError, match="another centre"):
        expect_benefit(by=by, initiative=initiative, metric=other, expected=HALVES, now=NOW)


def test_changed_and_removed_benefits_stay_in_the_trail(estate: Estate) -> None:
    initiative = followed(estate, ROSE)
    by, row = estate.member(Role.PROGRAMME_LEAD), initiative.benefits.get()
    smaller = replace(HALVES, planned=Decimal("0.1"))
    change_benefit(by=by, benefit=row, seen=1, expected=smaller, now=NOW)
    with pytest.raises(ChangedMeanwhileError):
        remove_benefit(by=by, benefit=row, seen=1, now=NOW)
    remove_benefit(by=by, benefit=row, seen=2, now=NOW)
    assert not initiative.benefits.exists()
    actions = AuditEntry.objects.filter(object_key=str(initiative.uuid)).order_by("sequence")
    assert [entry.action.partition(".")[2] for entry in actions] == [
        "plan_initiative",
        "expect_benefit",
        "change_benefit",
        "remove_benefit",
    ]


@pytest.fixture
def lead(estate: Estate, time_machine: Any) -> Client:
    time_machine.move_to(NOW)
    client = Client()
    account = estate.member(Role.PROGRAMME_LEAD).account
    client.force_login(account, "django.contrib.auth.backends.ModelBackend")
    return client


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_page_warns_where_the_difference_is_noise(estate: Estate, lead: Client) -> None:
    initiative = followed(estate, SAME)
    page = text_of(lead, f"{HERE}/{initiative.uuid}")
    assert "No more than noise" in page
    assert "trend and season among it" in page
    assert "n = 6" in page


def test_a_share_is_planned_in_points_in_the_browser(estate: Estate, lead: Client) -> None:
    record_centre(estate)
    Metric.objects.filter(key="answer-time").update(unit="share")
    initiative = planned(estate)
    here = f"{HERE}/{initiative.uuid}/benefits"
    metric = Metric.objects.get(key="answer-time", centre=estate.centre)
    said = {
        "metric": metric.pk,
        "planned": "5",
        "before_first": "2025-11",
        "before_last": "2026-04",
        "after_first": "2026-05",
        "after_last": "2026-10",
    }
    assert 'value="2025-11"' in text_of(lead, f"{here}/add")
    wrong = lead.post(f"{here}/add", {**said, "after_first": "2026-04"})
    assert wrong.status_code == 422
    assert lead.post(f"{here}/add", {**said, "after_last": "soon"}).status_code == 422
    assert lead.post(f"{here}/add", said).status_code == 302
    row = initiative.benefits.get()
    assert row.planned == Decimal("0.05")
    assert "+5 points" in text_of(lead, f"{HERE}/{initiative.uuid}")
    assert 'value="5"' in text_of(lead, f"{here}/{row.uuid}")
    changed = {**said, "planned": "-2.5", "version": 1}
    assert lead.post(f"{here}/{row.uuid}", changed).status_code == 302
    assert "-2.5 points" in text_of(lead, f"{HERE}/{initiative.uuid}")
    assert lead.post(f"{here}/{row.uuid}/remove", {"version": 1}).status_code == 409
    assert lead.post(f"{here}/{row.uuid}/remove", {"version": 2}).status_code == 302
    assert not initiative.benefits.exists()
