"""How a refusal is answered: a page of its own that says what happened and what to do.

A member meets it within their organisation, with the way to everything else. To everybody else, and
where attain itself has failed, it is drawn without asking who is there, so that it also answers
where the database does not.
"""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.forms import ChoiceField, Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.choices import flatten_choices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from attain.measurement.faults import RefusedError
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.pages import Account
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
    return page(_STATUS[type(refusal)], context, request=request)


def page(
    status: int,
    context: dict[str, object] | None = None,
    name: str = "",
    request: HttpRequest | None = None,
) -> HttpResponse:
    """Return the page of a status; a page of another name where a status has two.

    What it says is the same to everybody: nothing of it tells whether there is such a thing.
    """
    template, said = f"errors/{name or status}.html", context or {}
    is_member = isinstance(getattr(request, "user", None), Account) and hasattr(request, "member")
    if is_member:
        said = said | {"frame": "website/refusal_inside.html"}
        return HttpResponse(render_to_string(template, said, request), status=status)
    return HttpResponse(render_to_string(template, said), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read, or that is larger than attain takes."""
    return page(413 if isinstance(exception, RequestDataTooBig) else 400, request=request)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer a request that Django, or an application of others, does not permit."""
    return page(403, request=request)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address at which there is nothing."""
    return page(404, request=request)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Answer where attain itself has failed."""
    return page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that did not come from a page of attain, or from one that is too old."""
    return page(403, name="csrf")


def _side_by_side(refusal: ChangedMeanwhileError) -> list[dict[str, object]]:
    """Return what stands and what was to be written, in the words of the form where it has any."""
    fields = refusal.form.fields if refusal.form else {}
    names = dict.fromkeys([*refusal.yours, *refusal.theirs])

    def row(name: str) -> dict[str, object]:
        field = fields.get(name)
        theirs, yours = refusal.theirs.get(name), refusal.yours.get(name)
        return {
            "name": field.label if field and field.label else capfirst(name.replace("_", " ")),
            "theirs": _words_of(theirs, field),
            "yours": _words_of(yours, field),
            "differs": theirs != yours,
        }

    return [row(name) for name in names]


def _words_of(value: object, field: Field | None) -> object:
    """Return a value as the form shows it: a choice by its words, nothing as a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(field, ChoiceField) and not isinstance(field, ModelChoiceField):
        # Its stub knows no choices without an end.
        offered: list[tuple[Any, Any]] = list(flatten_choices(field.choices))  # type: ignore[arg-type]
        return {str(key): words for key, words in offered}.get(str(value), value)
    return value
