"""How people come in: by invitation, or by a provider that the installation trusts.

What somebody changes of how they sign in stands in the audit trail, and they are told by mail.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.http import HttpRequest
from django.shortcuts import render

from attain.organisations.actions import accounts, sign_ins
from attain.organisations.pages import Account
from attain.organisations.queries import account_of, is_invited

_LONGEST_NAME = 200
# What is told to a person by mail, by the name of the mail, and the verb of its entry in the trail.
_CHANGES = {
    "account/email/email_changed": "change_address",
    "account/email/email_deleted": "drop_address",
    "account/email/password_changed": "change_password",
    "account/email/password_reset": "reset_password",
    "account/email/password_set": "set_password",
    "mfa/email/recovery_codes_generated": "make_recovery_codes",
    "mfa/email/totp_activated": "set_up_second_factor",
    "mfa/email/totp_deactivated": "remove_second_factor",
    "socialaccount/email/account_connected": "connect_provider",
    "socialaccount/email/account_disconnected": "disconnect_provider",
}


def begin_session(request: HttpRequest, account: Account, now: datetime) -> None:
    """Let a session name the sign-in that began it, and when that was."""
    said = request.META.get
    agent, address = said("HTTP_USER_AGENT", ""), said("REMOTE_ADDR", "")
    begun = sign_ins.begin_sign_in(account=account, agent=agent, address=address, now=now)
    at = int(now.timestamp())
    request.session.update({"sign_in": str(begun.uuid), "begun": at, "seen": at})


def leave_session(request: HttpRequest, now: datetime) -> None:
    """Note that the sign-in of a session is over, where it names one."""
    if named := request.session.get("sign_in"):
        sign_ins.leave_sign_in(uuid=named, now=now)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account by themselves: an invitation does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        """Sign somebody in, and note from where."""
        now = datetime.now(UTC)
        leave_session(request, now)
        super().login(request, user)
        begin_session(request, user, now)

    def logout(self, request: HttpRequest) -> None:
        """Sign somebody out, and note it."""
        leave_session(request, datetime.now(UTC))
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        """Give somebody a new password, which ends every other sign-in."""
        super().set_password(user, password)
        mine = self.request.user == user if self.request else False
        named = self.request.session.get("sign_in") if mine else None
        kept = UUID(named) if named else None
        sign_ins.drop_sign_ins(account=user, kept=kept, now=datetime.now(UTC))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Keep what was changed of a sign-in, and tell its person."""
        said = context or {}
        kept = ("from_email", "to_email")
        told: dict[str, Any] = {name: said[name] for name in kept if name in said}
        if "provider" in said:
            told["provider"] = getattr(said["provider"], "name", "")
        verb = _CHANGES.get(template_prefix, "change_sign_in")
        accounts.tell_sign_in(account=user, verb=verb, details=told)
        super().send_notification_mail(template_prefix, user, context, email)


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider vouches for an address: of an account that is there, or of who is invited."""

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Account, str] | None:
        """Return the account of an address for which the provider vouches, None without one.

        An address that somebody wrote into their own account, and never confirmed, is not theirs.
        """
        address = self.vouched(sociallogin)
        found = account_of(address) if address else None
        if found is None:
            return None
        # Who opened the account may have come by a link that was forwarded. What the provider says
        # is better known: the password of before holds no longer.
        EmailAddress.objects.filter(user=found).update(verified=False)
        return found, found.email

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Say plainly why somebody is not let in, before an account is thought of."""
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        if not self.is_open_for_signup(request, sociallogin):
            context = {"address": _said_of(sociallogin).get("email", ""),
                       "vouched": self.vouched(sociallogin)}  # fmt: skip
            page = render(request, "socialaccount/not_let_in.html", context, status=403)
            raise ImmediateHttpResponse(page)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Say whether the provider vouches for an address that is invited."""
        address = self.vouched(sociallogin)
        return address is not None and is_invited(address, datetime.now(UTC))

    def vouched(self, sociallogin: Any) -> str | None:
        """Return the address for which a provider vouches, None where it does not.

        `email_verified` counts where it is true, and not where it is the text of something.
        """
        said = _said_of(sociallogin)
        address = said.get("email")
        if not isinstance(address, str) or not address:
            return None
        is_trusted = self.is_email_verified(sociallogin.provider, address)
        return address.casefold() if said.get("email_verified") is True or is_trusted else None

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: Any) -> Account:
        """Write the name and the address that the provider tells into a new account."""
        account: Account = super().populate_user(request, sociallogin, data)
        account.email = account.email.casefold()
        account.name = str(data.get("name") or account.email)[:_LONGEST_NAME].replace("\0", "")
        return account

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Account:
        """Open the account of somebody who is invited."""
        account: Account = super().save_user(request, sociallogin, form)
        told = {"provider": sociallogin.account.provider}
        accounts.tell_sign_in(account=account, verb="open_account", details=told)
        return account


def _said_of(sociallogin: Any) -> dict[str, Any]:
    """Return what the provider told of a person, in place of what it only signed."""
    told = sociallogin.account.extra_data
    said = told.get("userinfo") or told.get("id_token") or told
    return said if isinstance(said, dict) else {}
