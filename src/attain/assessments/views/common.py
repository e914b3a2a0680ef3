"""What the pages of the room have in common: forms as pages, whose an assessment is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse

from attain.assessments.models import Assessment
from attain.assessments.queries.finding import place_of
from attain.organisations import pages
from attain.organisations.pages import MemberRequest, address

CRUMBS = "assessments/crumbs.html"


def page_of(request: MemberRequest, assessment: Assessment) -> str:
    """Return the address of an assessment."""
    return address(request, "assessments-one", assessment=assessment.uuid)


def about(assessment: Assessment) -> dict[str, Any]:
    """Return what every page of an assessment is given."""
    return {
        "assessment": assessment,
        "place": place_of(assessment),
        "language": assessment.edition.language,
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
    return pages.form_page(
        request,
        form,
        act,
        then=page_of(request, assessment),
        title=title,
        about=explained,
        submit=submit,
        danger=danger,
        crumbs=CRUMBS,
        **about(assessment),
    )
