"""What the pages of initiatives have in common: forms as pages, the seen version, the way back."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.improvement.models import Initiative
from attain.improvement.queries.finding import place_of
from attain.organisations import pages
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, address
from attain.organisations.versions import SeenForm

CRUMBS = "improvement/initiative_crumbs.html"


def page_of(request: MemberRequest, initiative: Initiative) -> str:
    """Return the address of an initiative."""
    return address(request, "improvement-initiative", initiative=initiative.uuid)


def about(initiative: Initiative) -> dict[str, Any]:
    """Return what every page of an initiative is given."""
    return {"initiative": initiative, "place": place_of(initiative)}


def form_page(
    request: MemberRequest,
    form: forms.BaseForm,
    act: Callable[[dict[str, Any]], str],
    initiative: Initiative,
    *,
    title: str,
    explained: str = "",
    submit: str = "",
    danger: bool = False,
) -> HttpResponse:
    """Show a form of an initiative as a page, or do it and lead back to the initiative."""
    return pages.form_page(
        request,
        form,
        act,
        then=page_of(request, initiative),
        title=title,
        about=explained,
        submit=submit,
        danger=danger,
        crumbs=CRUMBS,
        **about(initiative),
    )


def seen_of(request: MemberRequest) -> int:
    """Return the version that a button of a page goes with."""
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise RefusedActionError(_("The page is out of date. Open it again."))
    seen: int = form.cleaned_data["version"]
    return seen
