"""The pages that belong to no room."""

from datetime import UTC, datetime
from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from attain.organisations.days import today_of
from attain.organisations.pages import Account, MemberRequest
from attain.organisations.queries import demand_somewhere, memberships
from attain.organisations.rules import Permission
from attain.website.dates import coming_dates
from attain.website.feeds import AHEAD, calendar_of
from attain.website.home import home_of
from attain.website.search import MOST, find

LONGEST_WORDS = 100


@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead a person to their organisation, or let them choose among several."""
    found = memberships(cast("Account", request.user))
    if len(found) == 1:
        return redirect("overview", organisation=found[0].key)
    return render(request, "website/organisations.html", {"organisations": found})


@require_GET
def overview(request: MemberRequest) -> HttpResponse:
    """Show what waits for a person, what changed and what is at risk."""
    now = datetime.now(UTC)
    today = today_of(request.member.organisation, now)
    context = {"home": home_of(request.member, today, now), "today": today}
    return render(request, "website/overview.html", context)


@require_GET
def search(request: MemberRequest) -> HttpResponse:
    """Find sites, metrics, people and certificates."""
    words = request.GET.get("q", "").strip()[:LONGEST_WORDS]
    found = find(request.member, words.replace("\0", ""))
    context = {"search_words": words, "found": found, "most": MOST}
    return render(request, "website/search.html", context)


@require_GET
def calendar(request: MemberRequest) -> HttpResponse:
    """Show what ends, what is due and what is held in the coming months."""
    demand_somewhere(request.member, Permission.READ_CERTIFICATION)
    now = datetime.now(UTC)
    today = today_of(request.member.organisation, now)
    found = coming_dates(request.member, today, now, today + AHEAD)
    return render(request, "website/calendar.html", {"dates": found, "today": today})


@require_GET
def calendar_feed(request: MemberRequest) -> HttpResponse:
    """Send the coming dates as a calendar to be imported."""
    now = datetime.now(UTC)
    text = calendar_of(request.member, today_of(request.member.organisation, now), now)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="attain.ics"'
    return response
