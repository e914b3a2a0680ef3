"""People, and the teams that they were in."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.organisations import forms, queries
from attain.organisations.actions import people
from attain.organisations.lists import PeopleTable
from attain.organisations.models import Posting
from attain.organisations.pages import MemberRequest, answer_form, get_or_post
from attain.organisations.people_queries import find_person, people_asked, visible_people
from attain.organisations.rules import Permission


@require_GET
def people_list(request: MemberRequest) -> HttpResponse:
    """Show the people whom a member may see, with the team of each."""
    sites = queries.visible_sites(request.member, Permission.READ_PEOPLE)
    form = forms.PeopleFilterForm(request.GET or None, sites=sites)
    found = visible_people(request.member)
    postings = Posting.objects.select_related("team__site").order_by("-since")
    shown = people_asked(found, form.asked).prefetch_related(Prefetch("postings", postings))
    may_change = queries.may_somewhere(request.member, Permission.CHANGE_PEOPLE)
    is_empty = not form.asked and not found.exists()
    context = {"form": form, "may_change": may_change, "is_empty": is_empty}
    exports = queries.may_somewhere(request.member, Permission.ANALYSE)
    return PeopleTable(shown).answer(request, "organisations/people.html", context, exports=exports)


@get_or_post
def add_person(request: MemberRequest) -> HttpResponse:
    """Add a person."""
    queries.demand_somewhere(request.member, Permission.CHANGE_PEOPLE)

    def act(said: dict[str, Any]) -> str:
        return _("%s was added.") % people.add_person(**said, by=request.member)

    return _form(request, forms.PersonForm(request.POST or None), act, _("Add a person"))


@get_or_post
def change_person(request: MemberRequest, person: str) -> HttpResponse:
    """Change the name, number or grade of a person."""
    found = find_person(request.member, person, Permission.CHANGE_PEOPLE)

    def act(said: dict[str, Any]) -> str:
        seen = said.pop("version")
        people.change_person(person=found, seen=seen, by=request.member, **said)
        return _("%s was changed.") % found

    initial = {n: getattr(found, n) for n in ("name", "employee_number", "grade", "version")}
    form = forms.ChangePersonForm(request.POST or None, initial=initial)
    return _form(request, form, act, _("Change %s") % found)


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
