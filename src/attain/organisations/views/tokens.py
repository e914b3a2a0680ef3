"""Tokens of the API, made and revoked by the member for whom a program acts."""

from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attain.organisations import forms, queries
from attain.organisations.actions import tokens
from attain.organisations.errors import UnknownError
from attain.organisations.models import ApiToken
from attain.organisations.pages import MemberRequest, answer_form
from attain.organisations.rules import Permission


@require_GET
def token_list(request: MemberRequest) -> HttpResponse:
    """Show one's own tokens."""
    queries.demand_somewhere(request.member, Permission.ANALYSE)
    mine = ApiToken.objects.filter(member=request.member).order_by("-made_at")
    shown = [(token, tokens.permitted(token)) for token in mine]
    context = {"tokens": shown, "now": datetime.now(UTC)}
    return render(request, "organisations/tokens.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def make_token(request: MemberRequest) -> HttpResponse:
    """Make a token; its secret is shown once."""
    queries.demand_somewhere(request.member, Permission.ANALYSE)

    def act(said: dict[str, Any]) -> str:
        made = tokens.make_token(
            name=said["name"],
            permissions=[Permission[name] for name in said["permissions"]],
            expires_at=datetime.combine(said["until"], time(23, 59), UTC),
            now=datetime.now(UTC),
            by=request.member,
        )
        return _("The token, which is shown only now: %s") % made.secret

    home = reverse("tokens", args=[request.member.organisation.key])
    form = forms.TokenForm(request.POST or None)
    return answer_form(request, form, act, then=home, context={"title": _("Make a token")})


@require_POST
def revoke_token(request: MemberRequest, token: str) -> HttpResponse:
    """Revoke one of one's own tokens."""
    queries.demand_somewhere(request.member, Permission.ANALYSE)
    found = ApiToken.objects.filter(member=request.member, uuid=token).first()
    if found is None:
        raise UnknownError
    tokens.revoke_token(token=found, now=datetime.now(UTC), by=request.member)
    return redirect("tokens", organisation=request.member.organisation.key)
