"""How a refusal is answered: a page of its own that says what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from attain.measurement.faults import RefusedError
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)

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
    status = _STATUS[type(refusal)]
    return render(request, f"errors/{status}.html", {"error": refusal}, status=status)
