"""The list of plans of a roadmap."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from attain.improvement.models import KeptPlan
from attain.improvement.plan_words import more_percent, value_words
from attain.improvement.queries.plans import PlanLine
from attain.improvement.showing_plans import cost_of_line
from attain.organisations.tables import DataTable, MomentColumn, NumberColumn, StateColumn


def _address(record: PlanLine) -> str:
    kept: KeptPlan = record.kept
    return reverse("improvement-plan", args=[kept.organisation.key, kept.roadmap.uuid, kept.uuid])


class PlansTable(DataTable):
    """The plans of a roadmap, with what they bring and take."""

    number = NumberColumn(_("No."))
    title = tables.Column(_("Plan"), linkify=_address)
    state = StateColumn(_("State"), accessor="state")
    steps = NumberColumn(_("Steps"))
    value = tables.Column(_("Brings"), attrs={"td": {"class": "number"}, "th": {"class": "number"}})
    cost = tables.Column(_("Costs"), attrs={"td": {"class": "number"}, "th": {"class": "number"}})
    days = NumberColumn(_("Person-days"))
    gap = tables.Column(
        _("Could bring more"),
        accessor="more",
        attrs={"td": {"class": "number"}, "th": {"class": "number"}},
    )
    made_by = tables.Column(_("Made by"))
    made_at = MomentColumn(_("Made on"))

    def render_value(self, record: PlanLine) -> str:
        """Return what the plan brings, in its unit."""
        return value_words(record.value, record.unit, record.currency)

    def value_value(self, record: PlanLine) -> str:
        """Return the same for a file."""
        return self.render_value(record)

    def render_cost(self, record: PlanLine) -> str:
        """Return what the plan costs."""
        return cost_of_line(record)

    def value_cost(self, record: PlanLine) -> str:
        """Return the same for a file."""
        return self.render_cost(record)

    def render_gap(self, record: PlanLine) -> str:
        """Return by how much another plan of these means could bring more at most."""
        kept = record.kept
        return "–" if kept.bound is None else f"{more_percent(kept.value, kept.bound)} %"

    def value_gap(self, record: PlanLine) -> str:
        """Return the same for a file."""
        return self.render_gap(record)

    class Meta(DataTable.Meta):
        label = _("Plans")
        order_by = "-number"
