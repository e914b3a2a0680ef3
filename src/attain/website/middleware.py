"""What every request has: limits of its session, a person's language and zone, an organisation."""

import re
import zoneinfo
from collections.abc import Callable
from datetime import UTC, datetime
from typing import cast

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django_scopes import scope

from attain.organisations import queries, sign_in_queries
from attain.organisations.actions.sign_ins import see_sign_in
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Account, MemberRequest
from attain.website.refusals import answer, is_refusal
from attain.website.sign_in import begin_session, leave_session

Handler = Callable[[HttpRequest], HttpResponse]
_SEEN_AGAIN_AFTER = 60  # seconds
_WITHIN = re.compile(r"/o/([-\w]+)/")


class SessionLimits:
    """Signs a person out who did nothing for half an hour, or signed in twelve hours ago.

    So is who ended the sign-in from elsewhere. What was seen is written once a minute at most.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, as nobody's where the session is over."""
        if isinstance(request.user, Account):
            now = datetime.now(UTC)
            if "sign_in" not in request.session:
                # Who came in otherwise than by the pages of signing in.
                begin_session(request, request.user, now)
            elif _is_over(request, request.user, now):
                leave_session(request, now)
                logout(request)
            elif now.timestamp() - request.session["seen"] >= _SEEN_AGAIN_AFTER:
                request.session["seen"] = int(now.timestamp())
                see_sign_in(uuid=request.session["sign_in"], now=now)
        return self.get_response(request)


class PersonalPreferences:
    """Shows texts in a person's language and times in their zone."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request in the language and the zone of who asks."""
        language = getattr(request.user, "language", "")
        zone = getattr(request.user, "timezone", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language()
        with timezone.override(zoneinfo.ZoneInfo(zone) if zone else None):
            return self.get_response(request)


class CurrentOrganisation:
    """Finds who asks as a member of the organisation in the address; nothing else is then found.

    `request.member` is the member. A stranger gets 404, somebody who has not signed in the way to.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request within its organisation."""
        key = _organisation_of(request.path_info)
        if key is None:
            return self.get_response(request)
        if not isinstance(request.user, Account):
            # Also where the address leads nowhere: who signs in learns no more before.
            return redirect_to_login(request.get_full_path())
        try:
            member = queries.find_member(request.user, key)
        except UnknownError as error:
            return answer(request, error)
        cast("MemberRequest", request).member = member
        with scope(organisation=member.organisation):
            return _rendered(self.get_response(request))

    def process_view(
        self,
        request: HttpRequest,  # noqa: ARG002
        view: object,  # noqa: ARG002
        arguments: object,  # noqa: ARG002
        named: dict[str, object],
    ) -> None:
        """Keep the organisation from the views, which have the member."""
        named.pop("organisation", None)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a refusal by the page that says what to do."""
        return answer(request, error) if is_refusal(error) else None


def _is_over(request: HttpRequest, account: Account, now: datetime) -> bool:
    at, session = now.timestamp(), request.session
    return (
        at - session["seen"] > settings.SESSION_IDLE_SECONDS
        or at - session["begun"] > settings.SESSION_COOKIE_AGE
        or not sign_in_queries.goes_on(account, session["sign_in"])
    )


def _organisation_of(path: str) -> str | None:
    try:
        found: str | None = resolve(path).kwargs.get("organisation")
    except Resolver404:
        # It leads nowhere, and lies within an organisation all the same.
        named = _WITHIN.match(path)
        return named[1] if named else None
    return found


def _rendered(response: HttpResponse) -> HttpResponse:
    # A page that is put together later would ask its queries outside the scope.
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        response.render()
    return response
