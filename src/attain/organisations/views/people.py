"""People, and the teams that they were in."""

from typing import Any

from django.db.models import Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.organisations import forms, queries
from attain.organisations.actions import people
from attain.organisations.models import Posting
from attain.organisations.pages import MemberRequest, answer_form, get_or_post
from attain.organisations.people_queries import find_person, visible_people
from attain.organisations.rules import Permission

_PAGE = 50


@require_GET
def people_list(request: MemberRequest) -> HttpResponse:
    """Show the people whom a member may see, with the team of each."""
    words = request.GET.get("words", "").strip()
    found = visible_people(request.member)
    if words:
        found = found.filter(Q(name__icontains=words) | Q(employee_number__icontains=words))
    postings = Posting.objects.select_related("team__site").order_by("-since")
    shown = found.prefetch_related(Prefetch("postings", postings))
    page = queries.page_of(shown, request.GET.get("page"), _PAGE)
    may_change = queries.may_somewhere(request.member, Permission.CHANGE_PEOPLE)
    context = {"page": page, "words": words, "may_change": may_change}
    return render(request, "organisations/people.html", context)


@get_or_post
def add_person(request: MemberRequest) -> HttpResponse:
    """Add a person."""
    queries.demand_somewhere(request.member, Permission.CHANGE_PEOPLE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % people.add_person(**said, by=request.member)

    return _form(request, forms.PersonForm(request.POST or None), act, _("Add a person"))


@get_or_post
def post_person(request: MemberRequest, person: str) -> HttpResponse:
    """Post a person to a team."""
    found = find_person(request.member, person, Permission.CHANGE_PEOPLE)
    sites = queries.visible_sites(request.member, Permission.CHANGE_PEOPLE)

    def act(said: dict[str, Any]) -> str:
        posting = people.post_person(person=found, by=request.member, **said)
        return _("%(person)s is in %(team)s from %(since)s on.") % {
            "person": found, "team": posting.team, "since": posting.since,
        }  # fmt: skip

    form = forms.PostingForm(request.POST or None, sites=sites)
    return _form(request, form, act, _("Post %s to a team") % found)


@get_or_post
def let_go(request: MemberRequest, person: str) -> HttpResponse:
    """Note that a person left."""
    found = find_person(request.member, person, Permission.CHANGE_PEOPLE)

    def act(said: dict[str, Any]) -> str:
        people.let_go(person=found, on=said["on"], seen=said["version"], by=request.member)
        return _("%s left.") % found

    form = forms.LeavingForm(request.POST or None, initial={"version": found.version})
    return _form(request, form, act, _("%s leaves") % found)


def _form(request: MemberRequest, form: Any, act: Any, title: str) -> HttpResponse:
    home = reverse("people", args=[request.member.organisation.key])
    return answer_form(request, form, act, then=home, context={"title": title})
