"""The pages that belong to no room."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from attain.organisations.pages import Account, MemberRequest
from attain.organisations.queries import memberships


@login_required
def front_door(request: HttpRequest) -> HttpResponse:
    """Lead a person to their organisation, or let them choose among several."""
    found = memberships(cast("Account", request.user))
    if len(found) == 1:
        return redirect("overview", organisation=found[0].key)
    return render(request, "website/organisations.html", {"organisations": found})


def overview(request: MemberRequest) -> HttpResponse:
    """Show what waits for a person, what changed and what is at risk."""
    return render(request, "website/overview.html")
