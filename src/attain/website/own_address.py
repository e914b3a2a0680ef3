"""The address by which somebody signs in, and how they change it: only to one that they confirm."""

from typing import Any, cast

from allauth.account.forms import AddEmailForm
from allauth.account.models import EmailAddress
from allauth.account.views import EmailView
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from attain.organisations.pages import Account
from attain.organisations.queries import account_of


class NewAddressForm(AddEmailForm):  # type: ignore[misc]
    """An address by which somebody wants to sign in from now on."""

    def clean_email(self) -> str:
        """Refuse an address by which somebody else signs in."""
        address: str = super().clean_email()
        other = account_of(address)
        if other is not None and other.pk != self.user.pk:
            raise ValidationError(_("This address cannot be used."))
        return address


class OwnAddress(EmailView):  # type: ignore[misc]
    """The page on which somebody changes their address; only one that was confirmed is taken."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Begin from the address by which the person signs in, which counts as confirmed.

        Its account came by a link that was sent there, or the address was confirmed on this page.
        """
        account, own = cast("Account", request.user), {"verified": True, "primary": True}
        EmailAddress.objects.update_or_create(user=account, email=account.email, defaults=own)
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return answer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Do what is asked, except to take an address at once."""
        if "action_primary" in request.POST:
            return redirect("account_email")
        answer: HttpResponseBase = super().post(request, *args, **kwargs)
        return answer


own_address = login_required(OwnAddress.as_view())
