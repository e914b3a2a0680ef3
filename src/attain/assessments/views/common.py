"""What the pages of the room have in common: the time, forms as pages, whose an assessment is."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from attain.assessments.models import Assessment
from attain.assessments.queries.finding import place_of
from attain.organisations.pages import MemberRequest, answer_form


def now_and_today(request: MemberRequest) -> tuple[datetime, date]:
    """Return the instant of a request, and its date in the zone of the organisation."""
    now = datetime.now(UTC)
    return now, now.astimezone(ZoneInfo(request.member.organisation.timezone)).date()


def address(request: MemberRequest, name: str, **named: Any) -> str:
    """Return the address of a page of the organisation."""
    return reverse(name, kwargs={"organisation": request.member.organisation.key, **named})


def page_of(request: MemberRequest, assessment: Assessment) -> str:
    """Return the address of an assessment."""
    return address(request, "assessments-one", assessment=assessment.uuid)


def about(assessment: Assessment) -> dict[str, Any]:
    """Return what every page of an assessment is given."""
    return {
        "assessment": assessment,
        "place": place_of(assessment),
        "language": "en" if assessment.edition.is_of_the_library else "",
    }


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    assessment: Assessment,
    *,
    title: str,
    explained: str = "",
    submit: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Show a form of an assessment as a page, or do it and lead back to the assessment."""
    said = {"title": title, "about": explained, "submit": submit, "danger": danger}
    return answer_form(
        request,
        form,
        act,
        then=page_of(request, assessment),
        context={**about(assessment), **said},
        template="assessments/form.html",
    )
