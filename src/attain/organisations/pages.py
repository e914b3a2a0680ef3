"""What the pages of every room are given, and the rows of this room that they may name."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attain.organisations.days import today_of
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import (
    Account,
    AnsweredRequest,
    ApiToken,
    AuditEntry,
    Centre,
    Member,
    Notice,
    Organisation,
    Region,
    RoleHeld,
    Site,
    Team,
)

__all__ = [
    "Account",
    "AnsweredRequest",
    "ApiToken",
    "AuditEntry",
    "Centre",
    "Member",
    "MemberRequest",
    "Notice",
    "Organisation",
    "Region",
    "RoleHeld",
    "Site",
    "Team",
    "address",
    "answer_form",
    "form_page",
    "get_or_post",
    "now_and_today",
]


get_or_post = require_http_methods(["GET", "HEAD", "POST"])


class MemberRequest(HttpRequest):
    """A request under an organisation's address, by one of its members."""

    member: Member
    user: Account


def now_and_today(request: MemberRequest) -> tuple[datetime, date]:
    """Return the instant of a request, and its date in the zone of the organisation."""
    now = datetime.now(UTC)
    return now, today_of(request.member.organisation, now)


def address(request: MemberRequest, name: str, **named: Any) -> str:
    """Return the address of a page of the organisation."""
    return reverse(name, kwargs={"organisation": request.member.organisation.key, **named})


def answer_form(
    request: HttpRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    *,
    then: str,
    context: dict[str, Any],
    template: str = "organisations/form.html",
) -> HttpResponse:
    """Show a form, or do what it asks for and lead on to `then`.

    `act` gets what the form says and returns what to tell the person; what it refuses stands in the
    form, with everything that was typed, and the answer is 422. The usual template shows `title`,
    the breadcrumbs that `crumbs` names, and what will happen: `about`, `submit` and `danger`.
    """
    asked = form.is_bound
    if asked and form.is_valid():
        try:
            messages.success(request, act(form.cleaned_data))
        except ValidationError as refusal:
            _put_errors(form, refusal)
        except RefusedActionError as refusal:
            form.add_error(None, str(refusal))
        except ChangedMeanwhileError as conflict:
            conflict.form = form
            raise
        else:
            return redirect(then)
    status = 422 if asked else 200
    return render(request, template, {"form": form, "back": then, **context}, status=status)


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    *,
    then: str,
    title: str,
    about: str = "",
    submit: str = "",
    danger: bool = False,
    **context: Any,
) -> HttpResponse:
    """Show a form as a page, with what will happen where `about` says it, or do it and lead on."""
    said = {"title": title, "about": about, "submit": submit, "danger": danger}
    return answer_form(request, form, act, then=then, context={**said, **context})


def _put_errors(form: forms.BaseForm, refusal: ValidationError) -> None:
    # What is refused of a field that the form does not show is said above all fields.
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, errors in refusal.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)
