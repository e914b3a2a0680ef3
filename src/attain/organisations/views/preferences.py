"""How attain speaks to a person."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from attain.organisations import forms
from attain.organisations.actions.accounts import change_preferences
from attain.organisations.pages import Account, answer_form


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Change one's own name, language and time zone."""
    account = request.user
    assert isinstance(account, Account)  # noqa: S101  as the sign-in sees to

    def act(said: dict[str, Any]) -> str:
        change_preferences(account=account, **said)
        return _("Your preferences were changed.")

    form = forms.PreferencesForm(request.POST or None, instance=Account.objects.get(pk=account.pk))
    context = {"title": _("Preferences")}
    return answer_form(
        request,
        form,
        act,
        then=reverse("preferences"),
        context=context,
        template="organisations/preferences.html",
    )
