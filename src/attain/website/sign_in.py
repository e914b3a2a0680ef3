"""How people come in: by invitation, or by a provider that the installation trusts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody opens an account by themselves: an invitation does."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Say no."""
        return False


class ProviderAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A provider vouches for an account that is there; it does not open one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: object) -> bool:
        """Say no."""
        return False
