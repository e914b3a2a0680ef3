"""What an initiative was to bring: metrics to follow, months to compare."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attain.improvement import forms_initiatives as forms
from attain.improvement.actions.benefits import (
    Expected,
    change_benefit,
    expect_benefit,
    remove_benefit,
)
from attain.improvement.models import ExpectedBenefit
from attain.improvement.queries.choosing import metrics_to_compare
from attain.improvement.queries.initiatives import find_benefit, find_to_carry_on
from attain.improvement.views.initiative_common import form_page, page_of, seen_of
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today


@get_or_post
def add(request: MemberRequest, initiative: UUID) -> HttpResponse:
    """Follow a metric, and say what it is planned to do."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    start = found.started_on or found.starts_on
    form = forms.BenefitAddForm(
        request.POST or None,
        initial=forms.months_around(start, found.ended_on, found.due_on),
        metrics=metrics_to_compare(request.member, found),
    )

    def act(said: dict[str, Any]) -> str:
        metric = said.pop("metric")
        expected = _expected(said, metric.unit)
        expect_benefit(
            by=request.member, initiative=found, metric=metric, expected=expected, now=now
        )
        return _("The metric is followed.")

    return form_page(request, form, act, found, title=_("Follow a metric"))


@get_or_post
def change(request: MemberRequest, initiative: UUID, benefit: UUID) -> HttpResponse:
    """Change what was planned of a metric, or which months are compared."""
    found = find_to_carry_on(request.member, initiative)
    row = find_benefit(found, benefit)
    now, _today = now_and_today(request)
    form = forms.BenefitChangeForm(request.POST or None, initial=_initial(row))

    def act(said: dict[str, Any]) -> str:
        change_benefit(
            by=request.member,
            benefit=row,
            seen=said["version"],
            expected=_expected(said, row.metric.unit),
            now=now,
        )
        return _("The benefit is changed.")

    title = _("What “%s” is to do") % row.metric.name
    return form_page(request, form, act, found, title=title)


@require_POST
def remove(request: MemberRequest, initiative: UUID, benefit: UUID) -> HttpResponse:
    """Follow a metric no more."""
    found = find_to_carry_on(request.member, initiative)
    now, _today = now_and_today(request)
    row, seen = find_benefit(found, benefit), seen_of(request)
    remove_benefit(by=request.member, benefit=row, seen=seen, now=now)
    return redirect(page_of(request, found))


def _expected(said: dict[str, Any], unit: str) -> Expected:
    return Expected(
        planned=forms.planned_in_unit(said["planned"], unit),
        before_first=said["before_first"],
        before_last=said["before_last"],
        after_first=said["after_first"],
        after_last=said["after_last"],
    )


def _initial(row: ExpectedBenefit) -> dict[str, Any]:
    months = ("before_first", "before_last", "after_first", "after_last")
    return {
        **{name: str(getattr(row, name)) for name in months},
        "planned": forms.planned_as_typed(row.planned, row.metric.unit),
        "version": row.version,
    }
