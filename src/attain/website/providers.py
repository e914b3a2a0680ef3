"""Signing in by OpenID Connect, whose answer is believed only with the provider's signature."""

from typing import Any

import jwt
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import Http404, HttpRequest, HttpResponse
from requests import RequestException

_ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"}


class SignedAnswers(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Reads what a provider answers: signed by a key that it publishes, and of one person."""

    def complete_login(self, request: HttpRequest, app: Any, token: Any, **kwargs: Any) -> Any:
        """Return who signed in; OAuth2Error where the answer is not what it should be."""
        try:
            login = super().complete_login(request, app, token, **kwargs)
            told = login.account.extra_data
            who = {told[part]["sub"] for part in ("id_token", "userinfo") if part in told}
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise OAuth2Error("The provider's answer cannot be read.") from error
        if "id_token" not in told or len(who) != 1:
            raise OAuth2Error("The provider signed nothing, or told about two people.")
        return login

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        if jwt.get_unverified_header(id_token).get("alg") not in _ALGORITHMS:
            raise OAuth2Error("The provider signed by something that others have too.")
        claims: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=self.openid_config["issuer"],
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return claims


def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead somebody to a provider."""
    return _answer(request, provider_id, OAuth2LoginView)


def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in who comes back from a provider."""
    return _answer(request, provider_id, OAuth2CallbackView)


def _answer(
    request: HttpRequest, provider_id: str, view: type[OAuth2LoginView | OAuth2CallbackView]
) -> HttpResponse:
    try:
        adapter = SignedAnswers(request, provider_id)
        provider = adapter.get_provider()
    except SocialApp.DoesNotExist as error:
        raise Http404 from error
    try:
        answer: HttpResponse = view.adapter_view(adapter)(request)
    except (RequestException, KeyError, ValueError) as error:
        # It does not answer, or says something else than how to sign in there.
        answer = render_authentication_error(request, provider, exception=error)
    return answer
