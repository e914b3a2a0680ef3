"""The list of initiatives."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.improvement.queries.initiatives import InitiativeLine
from attain.organisations.tables import DataTable, DayColumn, NumberColumn, StateColumn


def _address(record: InitiativeLine) -> str:
    row = record.initiative
    return reverse("improvement-initiative", args=[row.organisation.key, row.uuid])


class InitiativesTable(DataTable):
    """The initiatives that a member may see."""

    file_name = "initiatives"
    title = tables.Column(gettext_lazy("Initiative"), linkify=_address)
    place = tables.Column(gettext_lazy("Place"))
    owner = tables.Column(gettext_lazy("Owner"), attrs={"td": {"class": "text-nowrap"}})
    state = StateColumn(gettext_lazy("State"))
    milestones = tables.Column(
        gettext_lazy("Milestones"),
        accessor="share",
        order_by="share",
        attrs={"td": {"class": "text-nowrap number"}, "th": {"class": "number"}},
    )
    starts_on = DayColumn(gettext_lazy("Starts"))
    due_on = DayColumn(gettext_lazy("Due"))
    steps = NumberColumn(gettext_lazy("Steps"))

    def render_milestones(self, record: InitiativeLine) -> str:
        """Return how many milestones are reached, of how many."""
        if not record.milestones:
            return "–"
        return _("%(done)s of %(of)s") % {"done": record.reached, "of": record.milestones}

    def value_milestones(self, record: InitiativeLine) -> str:
        """Return the same for a file."""
        return self.render_milestones(record)

    def render_due_on(self, record: InitiativeLine, column: DayColumn) -> str:
        """Return the day, marked where it has passed and the initiative has not ended."""
        late = StateColumn().render("overdue") if record.is_overdue else ""
        return format_html("{} {}", column.render(record.due_on), late)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Initiatives")
        hidden = ("steps",)
