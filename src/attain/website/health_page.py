"""The page on which administrators see whether the installation is sound."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from attain.organisations.pages import MemberRequest
from attain.organisations.queries import demand
from attain.organisations.rules import Permission
from attain.website.health_at_work import checks_of


@never_cache
@require_safe
def health(request: MemberRequest) -> HttpResponse:
    """Show each check with what was found and what to do."""
    demand(request.member, Permission.MANAGE_MEMBERS)
    checks = checks_of(request.member.organisation)
    return render(request, "website/health.html", {"checks": checks})
