"""Applications: apply, submit, review, decide."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.certification import forms
from attain.certification.actions import applications, decisions
from attain.certification.models import Application, Certificate, Decision
from attain.certification.queries import verdicts
from attain.certification.queries.applications import (
    application_page,
    applications_seen,
    coverage_of,
    decision_of,
)
from attain.certification.queries.finding import find_application
from attain.certification.queries.involved import involved_in
from attain.certification.queries.roads import figures_at
from attain.certification.rules.independence import conflict_of_decider
from attain.certification.rules.proofs import requirement_key, told_tiers
from attain.certification.views.common import links_of, permissions, tier_tree
from attain.certification.words import CONFLICTS
from attain.organisations.errors import UnknownError
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    form_page,
    get_or_post,
    now_and_today,
)
from attain.organisations.queries import demand_somewhere, find_centre, page_of
from attain.organisations.rules import Permission

_ROWS = 50


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the applications of the centres that a member may see."""
    demand_somewhere(request.member, Permission.READ_CERTIFICATION)
    form = forms.ApplicationFilter(request.GET or None)
    rows = applications_seen(request.member)
    if form.is_valid() and form.cleaned_data["state"]:
        rows = rows.filter(state=form.cleaned_data["state"])
    context = {"form": form, "page": page_of(rows, request.GET.get("page"), _ROWS)}
    return render(request, "certification/applications.html", context)


@get_or_post
def apply(request: MemberRequest, centre: str) -> HttpResponse:
    """Apply for a tier."""
    found = find_centre(request.member, centre, Permission.APPLY)
    now, today = now_and_today(request)
    site, assessed = coverage_of(found, today)
    initial = {"tier": 1, "site_volume": site, "assessed_volume": assessed}
    form = forms.ApplyForm(request.POST or None, initial=initial, schemes=verdicts.scheme_choices())

    def act(said: dict[str, Any]) -> str:
        applications.apply(by=request.member, centre=found, now=now, **said)
        return _("The application is drafted. Submit it when the practices are documented.")

    return form_page(
        request,
        form,
        act,
        then=address(request, "certification-centre", centre=found.key),
        title=_("Apply for certification of %s") % found,
        about=_("The application is a draft until you submit it."),
        submit=_("Draft the application"),
    )


@require_GET
def show(request: MemberRequest, application: UUID) -> HttpResponse:
    """Show an application with everything of it: what was submitted, reviews, the decision."""
    found = find_application(request.member, application)
    context = {
        **application_page(found),
        **permissions(request.member, found.centre),
        "conflict": _conflict(request, found),
    }
    return render(request, "certification/application.html", context)


def _conflict(request: MemberRequest, application: Application) -> str:
    conflict = conflict_of_decider(request.member.account_id, involved_in(application))
    return str(CONFLICTS[conflict]) if conflict else ""


@require_GET
def proof(request: MemberRequest, application: UUID) -> HttpResponse:
    """Show the proof that an application was decided on, one tier at a time."""
    found = find_application(request.member, application)
    decision = decision_of(found)
    if decision is None:
        raise UnknownError
    tiers = told_tiers(decision.tree, decision.sentences)
    asked = request.GET.get("tier", "")
    tier = next((t for t in tiers if str(t["tier"]) == asked), tiers[found.tier - 1])
    keys = [requirement_key(tier["tier"], each["key"]) for each in tier["requirements"]]
    for each, title in zip(tier["requirements"], verdicts.titles(found.scheme, keys), strict=True):
        each["asked"] = title
    context = {
        "application": found,
        "centre": found.centre,
        "decision": decision,
        "tiers": tiers,
        "tier": tier,
        "titles_in": verdicts.language_of(found.scheme),
        "links": links_of(request, found.centre, figures_at(found.centre, decision.as_of), tier),
    }
    return render(request, "certification/decided_proof.html", context)


@get_or_post
def submit(request: MemberRequest, application: UUID) -> HttpResponse:
    """Submit an application."""
    found = find_application(request.member, application, Permission.APPLY)
    now, _today = now_and_today(request)
    form = forms.SubmitForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        applications.submit(by=request.member, application=found, now=now, **said)
        return _("The application is submitted.")

    return form_page(
        request,
        form,
        act,
        then=address(request, "certification-application", application=found.uuid),
        title=_("Submit the application of %s") % found.centre,
        about=_("The practices and documents are frozen as they stand now, with their evidence."),
        submit=_("Submit"),
    )


@get_or_post
def withdraw(request: MemberRequest, application: UUID) -> HttpResponse:
    """Withdraw an application."""
    found = find_application(request.member, application, Permission.APPLY)
    now, _today = now_and_today(request)
    form = forms.ReasonForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        applications.withdraw_application(by=request.member, application=found, now=now, **said)
        return _("The application is withdrawn.")

    return form_page(
        request,
        form,
        act,
        then=address(request, "certification-application", application=found.uuid),
        title=_("Withdraw the application of %s") % found.centre,
        about=_("It cannot be taken up again; another application can be made."),
        submit=_("Withdraw the application"),
        danger=True,
    )


@get_or_post
def decide(request: MemberRequest, application: UUID) -> HttpResponse:
    """Decide on an application, with the verdict of today's records in sight."""
    found = find_application(request.member, application, Permission.DECIDE)
    now, today = now_and_today(request)
    initial = {"version": found.version, "as_of": today}
    form = forms.DecisionForm(request.POST or None, initial=initial)
    verdict = verdicts.verdict_of(found.centre, today, found.scheme)

    def act(said: dict[str, Any]) -> str:
        return _told(decisions.decide(by=request.member, application=found, now=now, **said))

    context = {
        **application_page(found),
        **tier_tree(request, found.centre, verdict, found.tier),
        "verdict": verdict,
        "today": today,
        "conflict": _conflict(request, found),
    }
    then = address(request, "certification-application", application=found.uuid)
    template = "certification/decide.html"
    return answer_form(request, form, act, then=then, context=context, template=template)


def _told(decision: Decision) -> str:
    if decision.awarded:
        number = Certificate.objects.get(decision=decision).number
        return _("Tier %(tier)s is awarded. The certificate is %(number)s.") % {
            "tier": decision.sought,
            "number": number,
        }
    return _("The tier is refused. The decision says what is lacking.")
