"""How a refusal is answered: a page of its own that says what happened and what to do.

The pages are drawn without asking who is there, so that they also answer where the database does
not.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.text import capfirst

from attain.measurement.faults import RefusedError
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.words import PERMISSIONS

_STATUS: dict[type[Exception], int] = {
    UnknownError: 404,
    ForbiddenError: 403,
    ChangedMeanwhileError: 409,
    RefusedActionError: 422,
    RefusedError: 422,
}


def is_refusal(error: Exception) -> bool:
    """Say whether an exception is a refusal of the rooms, and not a fault of attain."""
    return type(error) in _STATUS


def answer(request: HttpRequest, refusal: Exception) -> HttpResponse:
    """Answer a refusal by its page."""
    context: dict[str, object] = {"error": refusal, "address": request.get_full_path()}
    if isinstance(refusal, ChangedMeanwhileError):
        context["versions"] = _side_by_side(refusal)
    if isinstance(refusal, ForbiddenError):
        context["needed"] = PERMISSIONS[refusal.args[0]] if refusal.args else ""
    return page(_STATUS[type(refusal)], context)


def page(status: int, context: dict[str, object] | None = None, name: str = "") -> HttpResponse:
    """Return the page of a status; a page of another name where a status has two."""
    return HttpResponse(render_to_string(f"errors/{name or status}.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that cannot be read, or that is larger than attain takes."""
    return page(413 if isinstance(exception, RequestDataTooBig) else 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that Django, or an application of others, does not permit."""
    return page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address at which there is nothing."""
    return page(404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer where attain itself has failed."""
    return page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that did not come from a page of attain, or from one that is too old."""
    return page(403, name="csrf")


def _side_by_side(refusal: ChangedMeanwhileError) -> list[dict[str, object]]:
    names = dict.fromkeys([*refusal.yours, *refusal.theirs])
    return [
        {
            "name": capfirst(name.replace("_", " ")),
            "theirs": refusal.theirs.get(name),
            "yours": refusal.yours.get(name),
            "differs": refusal.theirs.get(name) != refusal.yours.get(name),
        }
        for name in names
    ]
