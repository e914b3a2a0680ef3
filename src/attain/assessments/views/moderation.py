"""Moderation: what each assessor said, side by side, and one agreed rating of each item."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from attain.assessments import forms
from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.models import Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import find_assessment, find_moderated
from attain.assessments.queries.moderation_page import (
    ItemToAgree,
    item_to_agree,
    moderation_page,
)
from attain.assessments.queries.ratings import entry_of
from attain.assessments.rules.stages import AssessmentState
from attain.assessments.views.common import about
from attain.assessments.views.entries import (
    NOTHING_STANDS,
    faults_in,
    level_words,
    not_saved,
    target_words,
)
from attain.assessments.words import figure_words
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest, address, now_and_today
from attain.organisations.rules import Permission
from attain.standards.maturity_model import MaturityModel

if TYPE_CHECKING:
    from attain.measurement.agreement import Agreement

_LEAD = Permission.LEAD_ASSESSMENTS


@require_GET
def show(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show every item, those on which assessors differ most first."""
    found = find_moderated(request.member, assessment)
    by_category = request.GET.get("order") == "category"
    page = moderation_page(found, "category" if by_category else "spread")
    model = model_of(found.edition)
    context = {
        **about(found),
        "page": page,
        "cards": [card(model, each) for each in page.items],
        "agreement": [(title, *_agreement_words(each)) for title, each in page.agreement],
        "by_category": by_category,
        "is_open": found.state == AssessmentState.MODERATION,
    }
    return render(request, "assessments/moderation.html", context)


def card(model: MaturityModel, each: ItemToAgree) -> dict[str, object]:
    """Return an item in moderation in words."""
    row = each.agreed
    return {
        "each": each,
        "said": [
            (name, level_words(model, entry), target_words(model, entry), entry)
            for name, entry in each.said
        ],
        "agreed": level_words(model, entry_of(row)) if row else "",
        "agreed_target": target_words(model, entry_of(row)) if row else "",
        "levels": [(level, model.title_of(level)) for level in model.levels_of(each.item)],
        "differs": _difference(each),
    }


def _difference(each: ItemToAgree) -> str:
    if each.spread.levels and each.spread.not_applicable:
        return _("Differ on whether it applies")
    width = each.spread.width
    if width:
        return ngettext("%(n)s level apart", "%(n)s levels apart", width) % {"n": width}
    if each.spread.is_settled:
        return _("All say the same")
    return _("Rated by one alone") if each.said else _("Not rated")


def _agreement_words(found: "Agreement") -> tuple[str, str, int]:
    if found.alpha is None:
        why = (
            _("Too few items were rated by two") if not found.units else _("All ratings are alike")
        )
        return _("Cannot be told"), why, found.units
    if found.low is None or found.high is None:
        return figure_words(found.alpha), "", found.units
    said = {"low": figure_words(found.low), "high": figure_words(found.high)}
    return figure_words(found.alpha), _("%(low)s to %(high)s") % said, found.units


@require_POST
def save(request: MemberRequest, assessment: UUID, item: str) -> HttpResponse:
    """Agree on one item; a conflict or a refusal stands beside it."""
    found = find_assessment(request.member, assessment, _LEAD)
    if item not in {each.key for each in model_of(found.edition).rated_items}:
        raise UnknownError
    form = forms.AgreedForm(request.POST)
    is_part_of_a_page = "HX-Request" in request.headers
    try:
        _agreed(request, found, item, form)
    except (ChangedMeanwhileError, RefusedActionError) as refusal:
        if not is_part_of_a_page:
            raise
        row = item_to_agree(found, item).agreed
        stands = (entry_of(row), row.number) if row else NOTHING_STANDS
        return not_saved(request, model_of(found.edition), item, form, refusal, stands)
    if not is_part_of_a_page:
        return redirect(f"{_page(request, found)}#item-{item}")
    model = model_of(found.edition)
    context = {
        **about(found),
        **card(model, item_to_agree(found, item)),
        "is_open": True,
        "is_saved": True,
        "count": found.agreed.filter(is_current=True).count(),
    }
    return render(request, "assessments/moderation_item.html", context)


def _agreed(
    request: MemberRequest, assessment: Assessment, item: str, form: forms.AgreedForm
) -> None:
    if not form.is_valid():
        raise RefusedActionError(" ".join(faults_in(form)))
    now, _today = now_and_today(request)
    agree(
        by=request.member,
        assessment=assessment,
        item=item,
        seen=form.seen,
        entry=form.entry,
        rationale=form.cleaned_data["rationale"],
        now=now,
    )


@require_POST
def settle(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Agree on every item of which all assessors say the same."""
    found = find_assessment(request.member, assessment, _LEAD)
    now, _today = now_and_today(request)
    agreed = agree_where_settled(by=request.member, assessment=found, now=now)
    told = ngettext("%(n)s item is agreed.", "%(n)s items are agreed.", len(agreed))
    messages.success(request, told % {"n": len(agreed)})
    return redirect(_page(request, found))


def _page(request: MemberRequest, assessment: Assessment) -> str:
    return address(request, "assessments-moderation", assessment=assessment.uuid)
