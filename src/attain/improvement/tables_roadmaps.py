"""The lists of goals, roadmaps, steps and ranks."""

from typing import Any

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from attain.improvement.queries.goals import GoalLine
from attain.improvement.words import LACKING, percent_words
from attain.organisations.tables import DataTable, DayColumn, NumberColumn, StateColumn

_FIGURE = {"class": "number"}


class FigureColumn(tables.Column):  # type: ignore[misc]
    """A column of figures that its rows have in words beside what they sort by."""

    def __init__(self, *args: Any, words: str, **kwargs: Any) -> None:
        self.words = tables.A(words)
        sides = {"td": _FIGURE, "th": _FIGURE}
        super().__init__(*args, attrs=sides, empty_values=(), **kwargs)

    def render(self, record: Any) -> str:
        """Return the figure in words."""
        return str(self.words.resolve(record))

    def value(self, record: Any) -> str:
        """Return the same for a file."""
        return self.render(record)


class GoalsTable(DataTable):
    """The goals of an organisation."""

    title = tables.Column(gettext_lazy("Goal"), accessor="goal__title")
    why = tables.Column(gettext_lazy("Why it is a goal"), accessor="goal__why")
    weight = NumberColumn(gettext_lazy("Weight"), accessor="goal__weight")
    share = tables.Column(gettext_lazy("Share of the whole"), attrs={"td": _FIGURE, "th": _FIGURE})
    state = StateColumn(gettext_lazy("State"))

    def __init__(self, *args: Any, organisation: str, may_change: bool, **kwargs: Any) -> None:
        self.organisation, self.may_change = organisation, may_change
        super().__init__(*args, **kwargs)

    def render_title(self, value: str, record: GoalLine) -> str:
        """Return the goal, leading to its form where it may be changed."""
        if not self.may_change or record.goal.retired_at is not None:
            return value
        where = reverse("improvement-goal", args=[self.organisation, record.goal.uuid])
        return format_html('<a href="{}">{}</a>', where, value)

    def value_title(self, value: str) -> str:
        """Return the goal for a file."""
        return value

    def render_share(self, value: Any) -> str:
        """Return the share of the whole in per cent."""
        return percent_words(value)

    def value_share(self, value: Any) -> str:
        """Return the same for a file."""
        return percent_words(value)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Goals")


def _address(record: Any) -> str:
    return reverse("improvement-roadmap", args=[record.organisation_key, record.roadmap.uuid])


class RoadmapsTable(DataTable):
    """The roadmaps of places that a member may see."""

    title = tables.Column(gettext_lazy("Roadmap"), accessor="roadmap__title", linkify=_address)
    place = tables.Column(gettext_lazy("Place"))
    sources = NumberColumn(gettext_lazy("Assessments"))
    appraised = NumberColumn(gettext_lazy("Appraised steps"))
    rule = tables.Column(gettext_lazy("Ranked by"))
    opened = DayColumn(gettext_lazy("Opened"), accessor="roadmap__opened_at")
    state = StateColumn(gettext_lazy("State"))

    class Meta(DataTable.Meta):
        label = gettext_lazy("Roadmaps")


class StepsTable(DataTable):
    """The steps of a roadmap."""

    place = tables.Column(gettext_lazy("Place"))
    process = tables.Column(gettext_lazy("Process"), attrs={"td": {"class": "text-secondary"}})
    item = tables.Column(gettext_lazy("Item"), linkify=lambda record: record.address)
    levels = tables.Column(gettext_lazy("Step"), attrs={"td": {"class": "text-nowrap"}})
    effort = NumberColumn(gettext_lazy("Effort"))
    gain = NumberColumn(gettext_lazy("Gain"))
    benefit = tables.Column(gettext_lazy("What usually gets better"))
    returned = FigureColumn(gettext_lazy("Return"), words="return_words", accessor="returned_key")
    impact = FigureColumn(gettext_lazy("Impact"), words="impact_words", accessor="impact_key")
    days = NumberColumn(gettext_lazy("Person-days"))
    state = StateColumn(gettext_lazy("State"))

    class Meta(DataTable.Meta):
        label = gettext_lazy("Steps")
        hidden = ("benefit", "gain")


class RanksTable(DataTable):
    """The ranked steps of a roadmap."""

    rank = NumberColumn(gettext_lazy("Rank"))
    item = tables.Column(gettext_lazy("Item"), linkify=lambda record: record.address)
    levels = tables.Column(gettext_lazy("Step"), attrs={"td": {"class": "text-nowrap"}})
    place = tables.Column(gettext_lazy("Place"))
    process = tables.Column(gettext_lazy("Process"), attrs={"td": {"class": "text-secondary"}})
    score = FigureColumn(gettext_lazy("Score"), words="score_words", accessor="score_key")
    returned = FigureColumn(gettext_lazy("Return"), words="return_words", accessor="returned_key")
    roi = FigureColumn(gettext_lazy("ROI"), words="roi_words", accessor="roi_key")
    payback = FigureColumn(gettext_lazy("Payback"), words="payback_words", accessor="payback_key")
    impact = FigureColumn(gettext_lazy("Impact"), words="impact_words", accessor="impact_key")
    effort = NumberColumn(gettext_lazy("Effort"))
    interval = FigureColumn(gettext_lazy("Rank in 90 %"), words="interval_words", accessor="low")
    top = FigureColumn(gettext_lazy("On top"), words="top_words", accessor="top_draws")

    class Meta(DataTable.Meta):
        label = gettext_lazy("Ranking")
        hidden = ("process", "effort")


class ApartTable(DataTable):
    """The steps that cannot be ranked, with what is lacking."""

    item = tables.Column(gettext_lazy("Item"), linkify=lambda record: record.address)
    levels = tables.Column(gettext_lazy("Step"), attrs={"td": {"class": "text-nowrap"}})
    place = tables.Column(gettext_lazy("Place"))
    process = tables.Column(gettext_lazy("Process"), attrs={"td": {"class": "text-secondary"}})
    lacking = tables.Column(gettext_lazy("What is lacking"))

    def render_lacking(self, value: Any) -> str:
        """Return what is lacking in words."""
        return ", ".join(str(LACKING[each]) for each in value) or gettext("Nothing")

    def value_lacking(self, value: Any) -> str:
        """Return the same for a file."""
        return self.render_lacking(value)

    class Meta(DataTable.Meta):
        label = gettext_lazy("Not ranked")
        per_page = 25
