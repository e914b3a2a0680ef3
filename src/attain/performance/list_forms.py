"""What of the lists of the room is asked for."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from attain.measurement.metrics import MonthState
from attain.measurement.periods import Month
from attain.organisations.filters import ALL, DayField, ListFilter
from attain.organisations.pages import Centre
from attain.performance import models, words
from attain.performance.queries.metrics import MetricLine
from attain.performance.shelves import Shelf


class RecordsFilter(ListFilter):
    """Which rows of a table of a dossier to show."""

    of = forms.ChoiceField(label=_("Of"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, shelf: Shelf, parents: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if shelf.parent:
            named = shelf.table.names[shelf.fields.index(shelf.parent)]
            self.fields["of"].label = str(words.COLUMNS[named])
            self.offer("of", [(each.key, each.name) for each in parents])
        else:
            del self.fields["of"]
        if shelf.dated is None:
            del self.fields["since"], self.fields["until"]


class CentresFilter(ListFilter):
    """Which centres to show."""

    region = forms.ChoiceField(label=_("Region"), required=False)

    def takes(self, centre: Centre) -> bool:
        """Say whether a centre is asked for."""
        asked, region = self.asked, centre.site.region
        wanted = asked.get("words", "").casefold()
        return wanted in centre.name.casefold() and (
            "region" not in asked or (region is not None and region.key == asked["region"])
        )


class MetricsFilter(ListFilter):
    """Which metrics of a centre to show."""

    process = forms.ChoiceField(label=_("Process"), required=False)
    aspect = forms.ChoiceField(label=_("Aspect"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    review = forms.ChoiceField(
        label=_("Next review"), required=False, choices=[ALL, ("overdue", _("Overdue"))]
    )

    def __init__(self, *args: Any, lines: Sequence[MetricLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        metrics = [line.metric for line in lines]
        self.offer_found("process", [(m.process.key, m.process.name) for m in metrics])
        self.offer_found("aspect", [(m.aspect, m.get_aspect_display()) for m in metrics])
        self.offer("state", [(s.value, look) for s, look in words.MONTH_STATES.items()])
        self.offer_found("owner", [(str(m.owner_id), m.owner) for m in metrics if m.owner])

    def takes(self, line: MetricLine) -> bool:
        """Say whether a metric is asked for."""
        metric, asked = line.metric, self.asked
        names = f"{metric.name} {metric.key} {metric.process.name}".casefold()
        found = {
            "process": metric.process.key,
            "aspect": metric.aspect,
            "state": line.state.value,
            "owner": str(metric.owner_id),
            "review": "overdue" if line.is_overdue else "",
        }
        fits = all(asked.get(name, value) == value for name, value in found.items())
        return fits and asked.get("words", "").casefold() in names


class MonthsFilter(forms.Form):
    """Which months of a metric to show."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[ALL, *((s.value, look) for s, look in words.MONTH_STATES.items())],
    )
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def takes(self, month: Month, state: MonthState | None) -> bool:
        """Say whether a month is asked for; without its state, as far as its date tells."""
        asked = self.cleaned_data if self.is_valid() else {}
        since, until, wanted = asked.get("since"), asked.get("until"), asked.get("state")
        if (since and month < Month.of(since)) or (until and month > Month.of(until)):
            return False
        return not wanted or state is None or state.value == wanted


class SystemsFilter(ListFilter):
    """Which systems of a centre to show."""

    facing = forms.ChoiceField(
        label=_("Class"), required=False, choices=[ALL, *models.Facing.choices]
    )

    def takes(self, system: models.System) -> bool:
        """Say whether a system is asked for."""
        asked = self.asked
        named = asked.get("words", "").casefold() in f"{system.name} {system.key}".casefold()
        return named and asked.get("facing", system.facing) == system.facing


class ImportsFilter(ListFilter):
    """Which imports to show."""

    centre = forms.ChoiceField(label=_("Centre"), required=False)
    table = forms.ChoiceField(
        label=_("Table"), required=False, choices=[ALL, *words.TABLES.items()]
    )
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *models.ImportState.choices]
    )
    refused = forms.ChoiceField(
        label=_("Rows"), required=False, choices=[ALL, ("some", _("With refused rows"))]
    )

    def __init__(self, *args: Any, centres: Iterable[Centre], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_found("centre", [(centre.key, centre.name) for centre in centres])

    def among(self, imports: QuerySet[models.Import]) -> QuerySet[models.Import]:
        """Return the imports that are asked for."""
        asked = self.asked
        named = {"words": "file_name__icontains", "centre": "centre__key"}
        named |= {"table": "table", "state": "state"}
        if "refused" in asked:
            imports = imports.filter(counts__refused__gt=0)
        return imports.filter(**{named[n]: v for n, v in asked.items() if n in named})


class RefusedFilter(ListFilter):
    """Which refused rows to show."""

    column = forms.ChoiceField(label=_("Column"), required=False)

    def __init__(self, *args: Any, columns: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_found("column", [(column, column) for column in columns])

    def among(self, faults: QuerySet[models.ImportFault]) -> QuerySet[models.ImportFault]:
        """Return the refused rows that are asked for."""
        asked = self.asked
        if "words" in asked:
            wanted = asked["words"]
            faults = faults.filter(Q(found__icontains=wanted) | Q(expected__icontains=wanted))
        return faults.filter(column=asked["column"]) if "column" in asked else faults
