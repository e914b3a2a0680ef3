"""Where somebody is signed in, for themselves: to look at, and to end."""

from datetime import UTC, datetime
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from attain.organisations.actions import sign_ins
from attain.organisations.lists import SignInsTable
from attain.organisations.pages import Account
from attain.organisations.sign_in_queries import find_sign_in, is_open_elsewhere, own_sign_ins


@require_GET
@login_required
def sign_in_list(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in, and was in the last month."""
    about = _account(request), datetime.now(UTC), _here(request)
    context = {"has_others": is_open_elsewhere(*about)}
    return SignInsTable(own_sign_ins(*about)).answer(
        request, "organisations/sign_ins.html", context
    )


@require_POST
@login_required
def end_sign_in(request: HttpRequest, sign_in: UUID) -> HttpResponse:
    """End one of one's own sign-ins; who ends the one they ask with has to sign in again."""
    found = find_sign_in(_account(request), sign_in)
    sign_ins.end_sign_in(sign_in=found, now=datetime.now(UTC))
    messages.success(request, _("The sign-in was ended."))
    return redirect("sign-ins")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    """End every sign-in but the one that asks."""
    here = _here(request)
    kept = UUID(here) if here else None
    now = datetime.now(UTC)
    count = sign_ins.end_other_sign_ins(account=_account(request), kept=kept, now=now)
    said = ngettext("%d other sign-in was ended.", "%d other sign-ins were ended.", count) % count
    messages.success(request, said)
    return redirect("sign-ins")


def _account(request: HttpRequest) -> Account:
    assert isinstance(request.user, Account)  # noqa: S101  as the sign-in sees to
    return request.user


def _here(request: HttpRequest) -> str | None:
    here: str | None = request.session.get("sign_in")
    return here
