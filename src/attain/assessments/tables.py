"""The lists of the room's pages."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from attain.assessments.queries.progress import AssessmentLine
from attain.organisations.tables import DataTable, DayColumn, StateColumn


def _address(record: AssessmentLine) -> str:
    key = record.assessment.organisation.key
    return reverse("assessments-one", args=[key, record.assessment.uuid])


class AssessmentsTable(DataTable):
    """The assessments that a member may see."""

    title = tables.Column(gettext_lazy("Assessment"), linkify=_address)
    place = tables.Column(gettext_lazy("Place"))
    model = tables.Column(gettext_lazy("Model"), attrs={"td": {"class": "text-secondary"}})
    kind = tables.Column(gettext_lazy("Kind"))
    state = StateColumn(gettext_lazy("State"))
    progress = tables.Column(
        gettext_lazy("Progress"), accessor="share", attrs={"td": {"class": "text-nowrap number"}}
    )
    due_on = DayColumn(gettext_lazy("Due"))

    def render_progress(self, record: AssessmentLine) -> str:
        """Return how many items are rated, or agreed on, of how many."""
        return _("%(done)s of %(of)s") % {"done": record.done, "of": record.of}

    def value_progress(self, record: AssessmentLine) -> str:
        """Return the same for a file."""
        return self.render_progress(record)

    def render_due_on(self, record: AssessmentLine, column: DayColumn) -> str:
        """Return the day, marked where it has passed and the assessment is open."""
        day = column.render(record.due_on)
        late = StateColumn().render("overdue") if record.is_overdue else ""
        return format_html("{} {}", day, late)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Assessments")
