"""The door of the API: who comes, in whose organisation, and whether it was asked before."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django_scopes import scope

from attain.organisations.actions import answered, tokens
from attain.organisations.errors import UnknownError
from attain.organisations.pages import AnsweredRequest, ApiToken
from attain.organisations.queries import find_member
from attain.website.api.parameters import stray_parameter
from attain.website.api.v1 import PROBLEM, problem

START = "/api/"
_WRITES = ("POST", "PUT", "PATCH", "DELETE")
_LONGEST_KEY = 100
_TOLD_ONCE = frozenset({"secret", "link"})


class ApiDoor:
    """Finds the member for whom a program acts, and answers a write that is repeated as before."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request within the organisation of its token."""
        if not request.path_info.startswith(START):
            return self.get_response(request)
        now = datetime.now(UTC)
        token = _token(request, now)
        if token is None:
            return self.get_response(request)
        tokens.note_use(token, now)
        stray = stray_parameter(request)
        if stray:
            return problem(422, "The input has faults", stray)
        with scope(organisation=token.organisation):
            response = self._answer(request, token, now)
        # What a token opens belongs to who has it, and to no store on the way.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def _answer(self, request: HttpRequest, token: ApiToken, now: datetime) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if not key or request.method not in _WRITES:
            return self.get_response(request)
        if len(key) > _LONGEST_KEY or not key.isprintable():
            return problem(400, "No key", f"A key has 1 to {_LONGEST_KEY} printable characters.")
        try:
            content = _content_hash(request)
        except RequestDataTooBig:
            return problem(413, "Too large", "A request has at most 2.5 MB, apart from its files.")
        begun, is_new = answered.begin(token=token, key=key, content_hash=content, now=now)
        if not is_new:
            return _again(content, begun)
        response = self.get_response(request)
        # A fault of attain may be asked again; what was answered stays answered.
        if response.status_code >= 500:
            answered.forget(begun)
        else:
            answered.finish(
                begun, response.status_code, _without_secrets(response.content.decode())
            )
        return response


def _token(request: HttpRequest, now: datetime) -> ApiToken | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = tokens.find_token(secret, now) if kind.casefold() == "bearer" else None
    if token is None:
        return None
    try:
        member = find_member(token.member.account, token.member.organisation.key)
    except UnknownError:
        return None
    member.limited_to, member.limited_until = tokens.permitted(token), token.expires_at
    request.member = member  # type: ignore[attr-defined]
    return token


def _content_hash(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    # A form with a file is too large for memory, and its boundary is another one each time.
    digest.update(repr(sorted(request.POST.lists())).encode("utf-8", "replace"))
    files = ((name, file) for name in sorted(request.FILES) for file in request.FILES.getlist(name))
    for name, file in files:
        digest.update(f"\n{name}\n{file.name}\n{file.size}\n".encode("utf-8", "replace"))
        for piece in file.chunks():
            digest.update(piece)
        file.seek(0)
    return digest.hexdigest()


def _without_secrets(body: str) -> str:
    """Return an answer as it is kept: what is told once is not told again, and kept nowhere."""
    said = json.loads(body or "null")
    if not isinstance(said, dict) or not _TOLD_ONCE & said.keys():
        return body
    return json.dumps(said | dict.fromkeys(_TOLD_ONCE & said.keys(), ""))


def _again(content: str, before: AnsweredRequest) -> HttpResponse:
    if before.content_hash != content:
        return problem(422, "The key was used", "It came with another request before.")
    if before.status is None:
        return problem(409, "The first request is not answered yet", "Ask again in a moment.")
    kind = PROBLEM if before.status >= 400 else "application/json"
    return HttpResponse(before.body, status=before.status, content_type=kind)
