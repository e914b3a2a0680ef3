"""The form of the what-if: a field for each thing that can be another, as it is to begin with.

What is not changed is not supposed. A month that a select leaves empty, and a number that is not
typed, stay as they are.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from attain.certification.queries.roads import StripRow, misses_without_action, strips
from attain.certification.rules.supposed_records import (
    change_is_tied,
    incident_is_assessed,
    initiative_counts,
)
from attain.certification.rules.supposing import (
    Cell,
    DocumentName,
    Supposed,
    SupposedVolume,
    Supposition,
)
from attain.certification.what_if_fields import (
    SupposedMonthField,
    contacts_field,
    exact_field,
    share_field,
    tick_field,
)
from attain.certification.words import month_words
from attain.measurement.counting import Tally
from attain.measurement.periods import months_until
from attain.organisations.filters import DayField, DayInput
from attain.performance.library import practice_name
from attain.standards.figures import Document, Documented, Satisfaction, SatisfactionKind
from attain.standards.standing import Standing

_MONTHS = 12
_WISHES = [
    ("", _("As it is")),
    (Supposed.ON_TARGET, _("On target")),
    (Supposed.OFF_TARGET, _("Off target")),
    (Supposed.MISSING, _("Missing")),
]


class WhatIfForm(forms.Form):
    """What would be another at a centre, and the tier whose findings are shown."""

    tier = forms.TypedChoiceField(
        label=_("Findings of tier"),
        coerce=int,
        required=False,
        widget=forms.Select({"class": "form-select form-select-sm w-auto"}),
    )
    site_volume = forms.IntegerField(
        label=_("Contacts of the whole site in 12 months"),
        required=False,
        min_value=0,
        max_value=2**53,
    )
    assessed_volume = forms.IntegerField(
        label=_("Of these, contacts of what is to be certified"),
        required=False,
        min_value=0,
        max_value=2**53,
    )
    further_initiatives = forms.IntegerField(
        label=_("Further initiatives, structured and documented"),
        required=False,
        initial=0,
        min_value=0,
        max_value=20,
    )
    answered = forms.BooleanField(
        label=_("Each miss that is supposed gets its improvement action"), required=False
    )

    def __init__(
        self,
        data: Any,
        *,
        standing: Standing,
        tiers: int,
        documents: Iterable[str],
        practices: Iterable[str],
    ) -> None:
        super().__init__(data)
        self.standing, self.figures = standing, standing.figures
        self._months = months_until(standing.last_month, _MONTHS)
        numbers = [(number, str(number)) for number in range(1, tiers + 1)]
        cast("forms.TypedChoiceField", self.fields["tier"]).choices = numbers
        self._meant: dict[str, dict[Any, str]] = {}
        self._put_scope()
        self.metrics, self.systems = strips(standing)
        self._put_strips("metric", self.metrics)
        self._put_strips("system", self.systems)
        self._put_volumes()
        self._put_practices(practices)
        self._put_ticks()
        self._put_documents(documents)
        self._put_satisfaction()

    def _put(self, kind: str, key: Any, field: forms.Field) -> None:
        parts = key if isinstance(key, tuple) else (key,)
        name = "|".join([kind, *map(str, parts)])
        self.fields[name] = field
        self._meant.setdefault(kind, {})[key] = name

    def of(self, kind: str) -> dict[Any, forms.BoundField]:
        """Return the fields of a kind of thing by what they are of."""
        return {key: self[name] for key, name in self._meant.get(kind, {}).items()}

    def _put_scope(self) -> None:
        for name in ("site_volume", "assessed_volume"):
            self.fields[name].initial = getattr(self.figures.scope, name)
        for name in ("site_volume", "assessed_volume", "further_initiatives"):
            self.fields[name].widget.attrs["class"] = "form-control form-control-sm w-auto"

    def _put_strips(self, kind: str, rows: Iterable[StripRow]) -> None:
        for row in rows:
            for month, _state in row.months:
                self._put(
                    kind, (row.key, month), forms.ChoiceField(choices=_WISHES, required=False)
                )

    def _put_volumes(self) -> None:
        for channel in self.figures.scope.channels:
            for month in self._months:
                tally = self._tally((channel, month))
                self._put("share", (channel, month), share_field(tally))
                self._put("offered", (channel, month), contacts_field(tally))

    def _tally(self, cell: Cell) -> Tally:
        channel, month = cell
        return self.figures.volumes.get(channel, {}).get(month, Tally(0, 0, 0))

    def _put_practices(self, asked: Iterable[str]) -> None:
        listed = {each.item: each.documented for each in self.figures.practices}
        absent = dict.fromkeys((item for item in asked if item not in listed), Documented.NO)
        for item, documented in (*listed.items(), *absent.items()):
            if documented is not Documented.NOT_APPLICABLE:
                is_so = documented is Documented.YES
                self._put("practice", item, tick_field(practice_name(item), is_so))

    def _put_ticks(self) -> None:
        for initiative in self.standing.initiatives:
            label, is_so = initiative.initiative, initiative_counts(initiative)
            self._put("initiative", label, tick_field(label, is_so))
        for incident in self.standing.incidents:
            label, is_so = incident.incident, incident_is_assessed(incident)
            self._put("incident", label, tick_field(label, is_so))
        for change in self.standing.changes:
            self._put("change", change.change, tick_field(change.change, change_is_tied(change)))
        for metric, month in misses_without_action(self.standing):
            words = _("An action is taken on %(metric)s in %(month)s")
            label = words % {"metric": metric, "month": month_words(month)}
            self._put("action", (metric, month), tick_field(label, is_so=False))

    def _put_documents(self, asked: Iterable[str]) -> None:
        kinds = tuple(asked)
        listed = (each for each in self.standing.documents if each.kind in kinds)
        self._documents = {(each.kind, each.title): each for each in listed}
        there = {kind for kind, _title in self._documents}
        absent = [(kind, "") for kind in kinds if kind not in there]
        for name in (*self._documents, *absent):
            now = self._documents.get(name) or _document(name, self.standing.as_of)
            is_there = name in self._documents
            covers, sets = now.covers_backup_and_recovery, now.sets_acceptable_levels
            self._put("there", name, tick_field(_("On file"), is_there))
            self._put("covers", name, tick_field(_("Covers backup and recovery"), covers))
            self._put("sets", name, tick_field(_("Sets acceptable levels"), sets))
            self._put("communicated", name, self._day(_("Communicated on"), now.communicated_on))
            self._put("tested", name, self._day(_("Tested on"), now.tested_on))

    def _day(self, label: Any, initial: date | None) -> forms.DateField:
        widget = DayInput(attrs={"class": "form-control form-control-sm w-auto"})
        return DayField(label=label, required=False, initial=initial, widget=widget)

    def _put_satisfaction(self) -> None:
        for kind in SatisfactionKind:
            latest = self.standing.latest_satisfaction(kind)
            field = SupposedMonthField(
                last=self.standing.last_month,
                label=_("Month"),
                required=False,
                initial=str(latest.month) if latest else "",
            )
            self._put("satisfaction-month", kind, field)
            value, target = (latest.value, latest.target) if latest else (None, None)
            self._put("satisfaction-value", kind, exact_field(_("Value"), value))
            self._put("satisfaction-target", kind, exact_field(_("Target"), target))

    # What was typed -------------------------------------------------------------------------------

    def clean(self) -> dict[str, Any]:
        """Say at its field what cannot be."""
        said = super().clean() or {}
        site, assessed = said.get("site_volume"), said.get("assessed_volume")
        if site is not None and assessed is not None and assessed > site:
            self.add_error("assessed_volume", _("Expected no more than the whole site has."))
        for cell, name in self._meant.get("share", {}).items():
            offered = self._meant["offered"][cell]
            is_known = self._tally(cell).total or said.get(offered) is not None
            if said.get(name) is not None and offered in said and not is_known:
                self.add_error(offered, _("Say how many contacts there would be."))
        self._check_days(said)
        self._check_satisfaction(said)
        return said

    def _check_days(self, said: Mapping[str, Any]) -> None:
        for kind in ("communicated", "tested"):
            for name in self._meant.get(kind, {}).values():
                day = said.get(name)
                if day and day > self.standing.as_of and name in self.changed_data:
                    self.add_error(name, _("Expected a day up to that of the verdict."))

    def _check_satisfaction(self, said: Mapping[str, Any]) -> None:
        for kind in SatisfactionKind:
            parts = [
                self._meant[f"satisfaction-{part}"][kind] for part in ("month", "value", "target")
            ]
            empty = [name for name in parts if name in said and said[name] is None]
            if 0 < len(empty) < len(parts):
                self.add_error(empty[0], _("Expected a month, a value and a target, or none."))

    # What is supposed -----------------------------------------------------------------------------

    def supposition(self) -> Supposition:
        """Return what is supposed; a field in error stays as it is."""
        if not self.is_bound:
            return Supposition()
        self.is_valid()
        metrics = {cell: Supposed(wish) for cell, wish in self._changed("metric")}
        return Supposition(
            metrics=metrics,
            systems={cell: Supposed(wish) for cell, wish in self._changed("system")},
            volumes=self._supposed_volumes(),
            actions=frozenset(self._supposed_actions(metrics)),
            practices=dict(self._changed("practice")),
            initiatives=dict(self._changed("initiative")),
            further_initiatives=self.cleaned_data.get("further_initiatives") or 0,
            incidents=dict(self._changed("incident")),
            changes=dict(self._changed("change")),
            documents=dict(self._supposed_documents()),
            satisfaction=dict(self._supposed_satisfaction()),
            site_volume=self._changed_scope("site_volume"),
            assessed_volume=self._changed_scope("assessed_volume"),
        )

    def _changed(self, kind: str) -> Iterator[tuple[Any, Any]]:
        for key, name in self._meant.get(kind, {}).items():
            if name in self.changed_data and name in self.cleaned_data:
                yield key, self.cleaned_data[name]

    def _changed_scope(self, name: str) -> int | None:
        found: int | None = self.cleaned_data.get(name)
        return found if name in self.changed_data else None

    def _supposed_volumes(self) -> dict[Cell, SupposedVolume]:
        found: dict[Cell, SupposedVolume] = {}
        for cell, percent in self._changed("share"):
            if self._meant["offered"][cell] in self.cleaned_data:
                found[cell] = SupposedVolume(attaining=Fraction(percent) / 100)
        for cell, offered in self._changed("offered"):
            found[cell] = replace(found.get(cell, SupposedVolume()), offered=offered)
        return found

    def _supposed_actions(self, metrics: Mapping[Cell, Supposed]) -> Iterator[Cell]:
        yield from (cell for cell, _is_taken in self._changed("action"))
        if self.cleaned_data.get("answered"):
            yield from (c for c, wish in metrics.items() if wish is Supposed.OFF_TARGET)

    def _supposed_documents(self) -> Iterator[tuple[DocumentName, Document | None]]:
        for name, field in self._meant.get("there", {}).items():
            now = self._documents.get(name)
            if not self.cleaned_data.get(field):
                supposed = None
            else:
                supposed = self._told(name, now or _document(name, self.standing.as_of))
            if supposed != now:
                yield name, supposed

    def _told(self, name: DocumentName, now: Document) -> Document:
        def said(kind: str, before: Any) -> Any:
            return self.cleaned_data.get(self._meant[kind][name], before)

        return replace(
            now,
            covers_backup_and_recovery=said("covers", now.covers_backup_and_recovery),
            sets_acceptable_levels=said("sets", now.sets_acceptable_levels),
            communicated_on=said("communicated", now.communicated_on),
            tested_on=said("tested", now.tested_on),
        )

    def _supposed_satisfaction(self) -> Iterator[tuple[SatisfactionKind, Satisfaction | None]]:
        for kind in SatisfactionKind:
            names = [self._meant[f"satisfaction-{p}"][kind] for p in ("month", "value", "target")]
            if set(names) & set(self.changed_data) and all(n in self.cleaned_data for n in names):
                month, value, target = (self.cleaned_data[name] for name in names)
                none = month is None
                yield (
                    kind,
                    None if none else Satisfaction(kind, month, *map(Fraction, (value, target))),
                )


def _document(name: DocumentName, dated: date) -> Document:
    """Return a document that has nothing yet of what may be asked of it."""
    kind, title = name
    return Document(
        kind=kind,
        title=title,
        dated=dated,
        covers_backup_and_recovery=False,
        sets_acceptable_levels=False,
        communicated_on=None,
        tested_on=None,
    )
