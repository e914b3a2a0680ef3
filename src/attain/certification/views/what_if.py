"""What if: a centre's inputs, each of which can be another, and the tier that would come of it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from attain.certification.queries import roads, verdicts
from attain.certification.views.common import about_centre, asked_of, links_of
from attain.certification.what_if_fields import share_words
from attain.certification.what_if_form import WhatIfForm
from attain.certification.words import month_words
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today
from attain.organisations.queries import find_centre
from attain.organisations.rules import Permission
from attain.performance.words import document_words
from attain.standards.figures import SatisfactionKind
from attain.standards.standing import Standing

Rows = Iterator[dict[str, Any]]


@get_or_post
def show(request: MemberRequest, centre: str) -> HttpResponse:
    """Show which tier supposed figures would reach; nothing is recorded."""
    found = find_centre(request.member, centre, Permission.READ_CERTIFICATION)
    _now, today = now_and_today(request)
    asked = asked_of(request, found, today)
    as_of = asked.day(today)
    figures = roads.figures_at(found, as_of)
    scheme, models = verdicts.find_law(asked.chosen)
    form = WhatIfForm(
        request.POST if request.method == "POST" else None,
        standing=Standing(figures, as_of),
        tiers=len(scheme.tiers),
        documents=roads.documents_asked(scheme, models),
        practices=roads.practices_asked(scheme, models),
    )
    supposed = form.supposition()
    answer = roads.what_if(figures, as_of, scheme.scheme, supposed)
    tier = answer.supposed.tiers[_shown(form, answer) - 1]
    context = {
        **about_centre(request, found, "certification-what-if", asked, as_of),
        "asked": asked,
        "reached": answer.real.tier or _("none"),
        "would_reach": answer.supposed.tier or _("none"),
        "changes": list(_changes(answer, scheme.scheme)),
        "supposed": supposed,
        "tier": tier,
        "links": links_of(request, found, figures, tier.as_json()),
        "form": form,
        **_rows(form),
    }
    return _answer(request, form, context)


def _answer(request: MemberRequest, form: WhatIfForm, context: dict[str, Any]) -> HttpResponse:
    """Answer with the page; where a field was in error and is not any more, with all of it."""
    status = 422 if form.errors else 200
    response = render(request, "certification/what_if.html", context, status=status)
    if "was_in_error" in request.POST:
        response["HX-Retarget"] = response["HX-Reselect"] = "#what-if"
    return response


def _shown(form: WhatIfForm, answer: roads.WhatIf) -> int:
    """Return the tier whose findings are shown: the one chosen, or the next above the records."""
    chosen: int | str = form.cleaned_data.get("tier", "") if form.is_bound else ""
    number = int(chosen) if chosen else (answer.real.tier or 0) + 1
    number = min(number, len(answer.real.tiers))
    form.initial["tier"] = number
    return number


def _changes(answer: roads.WhatIf, scheme: str) -> Rows:
    titles = verdicts.titles(scheme, [each.key for each in answer.changes])
    for each, title in zip(answer.changes, titles, strict=True):
        yield {"title": title, "found": each}


def _rows(form: WhatIfForm) -> dict[str, list[Any]]:
    return {
        "metrics": list(_strip_rows(form, "metric", form.metrics)),
        "systems": list(_strip_rows(form, "system", form.systems)),
        "channels": list(_channel_rows(form)),
        "ticks": list(_tick_rows(form)),
        "documents": list(_document_rows(form)),
        "satisfaction": list(_satisfaction_rows(form)),
        "coverage": [form["site_volume"], form["assessed_volume"]],
    }


def _strip_rows(form: WhatIfForm, kind: str, rows: list[roads.StripRow]) -> Rows:
    fields = form.of(kind)
    for row in rows:
        months = [
            {"month": month_words(m), "state": state, "field": fields[row.key, m]}
            for m, state in row.months
        ]
        is_open = _is_touched(form, [fields[row.key, m] for m, _state in row.months])
        yield {"key": row.key, "months": months, "is_open": is_open}


def _channel_rows(form: WhatIfForm) -> Rows:
    shares, offered = form.of("share"), form.of("offered")
    for channel in form.figures.scope.channels:
        cells = [
            (month, (shares[c, month], offered[c, month])) for c, month in shares if c == channel
        ]
        is_open = _is_touched(form, [field for _month, pair in cells for field in pair])
        months = [{"month": month_words(month), "fields": pair} for month, pair in cells]
        volume = form.standing.volume(channel)
        share = share_words(volume) if volume.total else _("no intervals")
        yield {"key": channel, "months": months, "is_open": is_open, "share": share}


def _is_touched(form: WhatIfForm, fields: Iterable[BoundField]) -> bool:
    touched = {*form.errors, *(form.changed_data if form.is_bound else ())}
    return any(field.html_name in touched for field in fields)


def _tick_rows(form: WhatIfForm) -> Rows:
    """Yield what is ticked, by kind; what a scheme asks of each is that it is ticked."""
    words = {
        "action": (_("Misses that no action answers"), _("Tick an action that is taken.")),
        "practice": (
            _("Practices"),
            _("Untick a practice that would not be documented, tick one that would."),
        ),
        "initiative": (
            _("Improvement initiatives"),
            _("Ticked: structured, with its analysis and outcome documented."),
        ),
        "incident": (_("Incidents"), _("Ticked: has its severity, response and cost.")),
        "change": (
            _("Technology changes"),
            _("Ticked: refers to a business requirement and the annual plan."),
        ),
    }
    for kind, (title, about) in words.items():
        fields = sorted(form.of(kind).values(), key=lambda field: bool(field.initial))
        further = {"action": "answered", "initiative": "further_initiatives"}.get(kind)
        extra = form[further] if further else None
        if fields or extra:
            ticked = sum(bool(field.initial) for field in fields)
            yield {
                "title": title,
                "about": about,
                "fields": fields,
                "further": extra,
                "count": _("%(some)s of %(all)s") % {"some": ticked, "all": len(fields)}
                if fields
                else "",
                "is_open": _is_touched(form, [*fields, *([extra] if extra else [])]),
            }


def _document_rows(form: WhatIfForm) -> Rows:
    ticks = [form.of(kind) for kind in ("there", "covers", "sets")]
    days = [form.of(kind) for kind in ("communicated", "tested")]
    for kind, title in ticks[0]:
        yield {
            "kind": document_words(kind),
            "title": title,
            "ticks": [fields[kind, title] for fields in ticks],
            "days": [fields[kind, title] for fields in days],
        }


def _satisfaction_rows(form: WhatIfForm) -> Rows:
    words = {SatisfactionKind.END_USER: _("End users"), SatisfactionKind.STAFF: _("Staff")}
    parts = [form.of(f"satisfaction-{part}") for part in ("month", "value", "target")]
    for kind, title in words.items():
        yield {"title": title, "fields": [fields[kind] for fields in parts]}
