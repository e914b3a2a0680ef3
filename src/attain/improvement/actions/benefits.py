"""What an initiative is to do to a metric: declared, changed, taken back."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.recording import record_of
from attain.improvement.models import ExpectedBenefit, Initiative
from attain.improvement.queries.recorded import centres_of
from attain.measurement.periods import Month
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member

if TYPE_CHECKING:
    from attain.performance.models import Metric

# More months on one side than five years say little of one initiative.
_LONGEST = 60


@dataclass(frozen=True)
class Expected:
    """The planned difference of a metric, and the months before and after that are compared."""

    planned: Decimal | None
    before_first: Month
    before_last: Month
    after_first: Month
    after_last: Month


@transaction.atomic
def expect_benefit(
    *, by: Member, initiative: Initiative, metric: "Metric", expected: Expected, now: datetime
) -> ExpectedBenefit:
    """Declare what an initiative is to do to a metric of a centre of it."""
    _demand_months(expected)
    if metric.centre_id not in {centre.pk for centre in centres_of(initiative)}:
        raise RefusedActionError(_("The metric is one of another centre."))
    if initiative.benefits.filter(metric=metric).exists():
        raise RefusedActionError(_("The metric is compared already; change it instead."))
    benefit = ExpectedBenefit.objects.create(
        organisation=initiative.organisation,
        initiative=initiative,
        metric=metric,
        **_columns(expected),
    )
    _record(by, "improvement.expect_benefit", benefit, expected, now)
    return benefit


@transaction.atomic
def change_benefit(
    *, by: Member, benefit: ExpectedBenefit, seen: int, expected: Expected, now: datetime
) -> ExpectedBenefit:
    """Change what was planned of a metric, or which months are compared; the trail keeps both."""
    _demand_months(expected)
    change(benefit, seen=seen, what=_("the benefit"), **_columns(expected))
    _record(by, "improvement.change_benefit", benefit, expected, now)
    return benefit


@transaction.atomic
def remove_benefit(*, by: Member, benefit: ExpectedBenefit, seen: int, now: datetime) -> None:
    """Compare a metric no more; the trail keeps what had been declared."""
    # What somebody changed meanwhile is not removed unseen.
    change(benefit, seen=seen, what=_("the benefit"))
    details = {"metric": benefit.metric.key, "centre": benefit.metric.centre.key}
    record_of(by, "improvement.remove_benefit", benefit.initiative, now, **details)
    benefit.delete()


def _columns(expected: Expected) -> dict[str, Any]:
    return {each.name: getattr(expected, each.name) for each in fields(expected)}


def _demand_months(expected: Expected) -> None:
    spans = (
        (expected.before_first, expected.before_last),
        (expected.after_first, expected.after_last),
    )
    if any(last < first for first, last in spans):
        raise RefusedActionError(_("The last month lies before the first."))
    if any(last.index - first.index >= _LONGEST for first, last in spans):
        raise RefusedActionError(
            _("At most %(months)s months are compared on a side.") % {"months": _LONGEST}
        )
    if expected.before_last >= expected.after_first:
        raise RefusedActionError(_("The months after begin when those before have ended."))


def _record(
    by: Member, action: str, benefit: ExpectedBenefit, expected: Expected, now: datetime
) -> None:
    said = {name: str(value) for name, value in _columns(expected).items()}
    place = {"metric": benefit.metric.key, "centre": benefit.metric.centre.key}
    record_of(by, action, benefit.initiative, now, **place, **said)
