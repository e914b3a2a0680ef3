"""Rows that are saved one by one as they are typed: the answer where one could not be saved."""

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import MemberRequest


def row_not_saved(
    request: MemberRequest,
    name: str,
    refusal: ChangedMeanwhileError | RefusedActionError,
    *,
    changed: str,
    current: int,
    sides: Callable[[], Sequence[tuple[Any, Any, Any]]],
) -> HttpResponse:
    """Answer into the line `saved-NAME` of a row why it was not saved.

    A conflict says `changed` and shows both sides of each field that differs: what stands under the
    version `current`, and what was typed, which may be saved knowingly.
    """
    context: dict[str, Any] = {"name": name, "refusal": refusal}
    is_conflict = isinstance(refusal, ChangedMeanwhileError)
    if is_conflict:
        both = {"changed": changed, "current": current, "sides": sides()}
        context |= {"is_conflict": True, **both}
    status = 409 if is_conflict else 422
    response = render(request, "organisations/row_not_saved.html", context, status=status)
    response["HX-Retarget"] = f"#saved-{name}"
    response["HX-Reselect"] = f"#state-{name}"
    response["HX-Reswap"] = "innerHTML"
    return response
