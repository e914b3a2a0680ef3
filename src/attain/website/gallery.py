"""The page that shows every component in all its states. Everything on it is invented."""

from dataclasses import dataclass
from decimal import Decimal

import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from attain.organisations.pages import MemberRequest
from attain.organisations.tables import DataTable, NumberColumn, StateColumn
from attain.website.states import LOOKS

_STEPS = 6
_ASKED = [str(step) for step in range(_STEPS)]
_STATES = (*["on_target"] * 2, "off_target", "restated", "on_target", "no_reading")
_STATES += (*["on_target"] * 2, "off_target", "on_target", "no_target", "on_target")
_VALUES = (
    "81.2",
    "80.4",
    "76.9",
    "79.8",
    "82.0",
    None,
    "83.1",
    "82.6",
    "78.8",
    "81.7",
    None,
    "84.1",
)


@dataclass(frozen=True)
class Example:
    """A row of the example table."""

    site: str
    channel: str
    calls: int
    level: Decimal | None
    outcome: str


class Examples(DataTable):
    """The example table."""

    site = tables.Column(gettext_lazy("Site"))
    channel = tables.Column(gettext_lazy("Channel"))
    calls = NumberColumn(gettext_lazy("Contacts"))
    level = NumberColumn(gettext_lazy("Service level"), unit="%")
    outcome = StateColumn(gettext_lazy("Outcome"))

    class Meta(DataTable.Meta):
        label = gettext_lazy("Examples of sites")
        hidden = ("channel",)
        order_by = "site"
        per_page = 10


class ExampleForm(forms.Form):
    """The example form."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As people say it."))
    target = forms.DecimalField(label=gettext_lazy("Target in per cent"), max_value=100)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("phone", gettext_lazy("Phone")), ("email", gettext_lazy("E-mail"))],
    )
    notes = forms.CharField(
        label=gettext_lazy("Notes"), required=False, widget=forms.Textarea({"rows": 2})
    )
    told = forms.BooleanField(label=gettext_lazy("The team has been told"), required=False)


class ExampleFilter(forms.Form):
    """The example filter."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        required=False,
        choices=[("", gettext_lazy("Any")), ("met", gettext_lazy("Met"))],
    )


@require_safe
def components(request: MemberRequest) -> HttpResponse:
    """Show every component in all its states."""
    chosen = ExampleFilter(request.GET)
    rows = [row for row in _rows() if request.GET.get("q", "").casefold() in row.site.casefold()]
    address = reverse("components", kwargs={"organisation": request.member.organisation.key})
    context = {
        "states": LOOKS,
        "months": _months(),
        "values": [None if value is None else Decimal(value) for value in _VALUES],
        "target": Decimal(80),
        "findings": _findings(),
        "links": {"tier-2/on-target/calls": [(address, _("Readings of the metric"))]},
        "heat": _heat("judged"),
        "amounts": _heat("amount"),
        "filter": chosen,
        "form": ExampleForm({"name": "", "target": "140", "kind": "phone"}),
        "empty_form": ExampleForm(),
        "chart": _chart(),
        "chart_rows": zip(_labels(), _VALUES, strict=True),
        "tabs": _tabs(address),
        "progress_url": f"{address}/progress?done=2",
        "steps": _STEPS,
    }
    return Examples(rows).answer(request, "website/components.html", context, exports=True)


@require_safe
def progress(request: HttpRequest) -> HttpResponse:
    """Answer how far the example of long work is; it gets on a step each time it is asked."""
    asked = request.GET.get("done", "0")
    done = _STEPS if asked not in _ASKED else int(asked) + 1
    url = f"{request.path}?done={done}"
    state = "done" if done == _STEPS else "running"
    context = {"done": done, "steps": _STEPS, "progress_url": url, "state": state}
    return render(request, "website/components_progress.html", context)


def _rows() -> list[Example]:
    names = (_("Leeds"), _("Poole"), _("Cardiff"), _("Derry"), _("Ayr"), _("Truro"))
    outcomes = ("met", "not_met", "undetermined", "not_applicable")
    return [
        Example(
            site=f"{names[n % 6]} {n // 6 + 1}",
            channel=_("Phone") if n % 2 else _("E-mail"),
            calls=1200 + 731 * n % 5000,
            level=None if n % 7 == 3 else Decimal(700 + 37 * n % 250) / 10,
            outcome=outcomes[n % 4],
        )
        for n in range(132)
    ]


def _labels() -> list[str]:
    return [f"2025-{n:02}" for n in range(1, 13)]


def _months() -> list[dict[str, str]]:
    return [
        {"month": month, "state": state} for month, state in zip(_labels(), _STATES, strict=True)
    ]


def _findings() -> list[dict[str, object]]:
    calls = _finding("calls", "not_met", _("9 of 12 months"), _("at least 10 of the last 12"))
    mails = _finding("emails", "undetermined", None, _("at least 10 of the last 12"))
    mails["missing"] = ["readings.csv email-backlog 2025-06"]
    on_target = _finding("on-target", "not_met", _("1 of 3"), None, [calls, mails])
    documents = _finding("documents", "met", _("14 of 14"), None)
    clients = _finding("clients", "not_applicable", None, None)
    clients["left_out"] = [_("clients: the centre serves nobody but its own organisation")]
    return [_finding("tier-2", "not_met", _("1 of 2"), None, [on_target, documents, clients])]


def _finding(
    key: str,
    outcome: str,
    measured: str | None,
    threshold: str | None,
    children: list[dict[str, object]] | None = None,
) -> dict[str, object]:
    found = {"key": key, "outcome": outcome, "measured": measured, "threshold": threshold}
    return {**found, "children": children or [], "missing": [], "left_out": []}


def _heat(scale: str) -> dict[str, object]:
    days = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"))
    words = (
        (_("under 60 %"), _("60 to 70 %"), _("70 to 80 %"), _("80 to 90 %"), _("90 % and more"))
        if scale == "judged"
        else (_("under 50"), _("50 to 99"), _("100 to 199"), _("200 to 399"), _("400 and more"))
    )
    return {
        "caption": _("Service level by hour") if scale == "judged" else _("Contacts by hour"),
        "corner": _("Day"),
        "columns": [f"{hour:02}" for hour in range(8, 20)],
        "rows": [
            {"name": day, "cells": [_cell(n, hour, scale) for hour in range(12)]}
            for n, day in enumerate(days)
        ],
        "legend": list(enumerate(words, 1)),
        "scale": scale,
    }


def _cell(day: int, hour: int, scale: str) -> dict[str, object]:
    if (day, hour) == (2, 11):
        return {}
    level = (day * 3 + hour * 2 + day * hour) % 5 + 1
    text = f"{50 + 9 * level}" if scale == "judged" else f"{30 * 2**level}"
    return {"level": level, "text": text, "note": _("%(n)s contacts") % {"n": 40 * level + hour}}


def _chart() -> dict[str, object]:
    values = [None if value is None else float(value) for value in _VALUES]
    return {
        "grid": {"left": 40, "right": 12, "top": 16, "bottom": 28},
        "tooltip": {"trigger": "axis"},
        "xAxis": {"type": "category", "data": _labels()},
        "yAxis": {"type": "value", "min": 70, "max": 90},
        "series": [
            {
                "type": "line",
                "name": _("Service level"),
                "data": values,
                "markLine": {
                    "symbol": "none",
                    "data": [{"yAxis": 80}],
                    "lineStyle": {"color": "var(--calm)"},
                    "label": {"color": "var(--calm)", "position": "insideEndTop"},
                },
            }
        ],
    }


def _tabs(address: str) -> list[dict[str, object]]:
    titles = (_("Metrics"), _("Uptime"), _("Documents"))
    return [
        {
            "title": title,
            "url": f"{address}?tab={n}",
            "is_current": n == 0,
            "count": (12, None, 3)[n],
        }
        for n, title in enumerate(titles)
    ]
