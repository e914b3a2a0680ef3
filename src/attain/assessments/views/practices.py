"""Sharing a note as good practice, and withdrawing it."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.assessments.actions import practices as actions
from attain.assessments.forms_estate import ShareForm
from attain.assessments.models import Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.practices import agreed_notes, find_practice, find_to_share
from attain.assessments.views.common import CRUMBS, about
from attain.organisations.errors import UnknownError
from attain.organisations.pages import (
    MemberRequest,
    address,
    answer_form,
    get_or_post,
    now_and_today,
)
from attain.organisations.versions import SeenForm


@get_or_post
def share(request: MemberRequest, assessment: UUID, item: str) -> HttpResponse:
    """Share how a site came to its level of an item; what was noted of it stands there."""
    found = find_to_share(request.member, assessment)
    items = {each.key: each for each in model_of(found.edition).rated_items}
    if item not in items:
        raise UnknownError
    now, _today = now_and_today(request)
    note = agreed_notes([found.uuid], item).get(found.uuid, "")
    form = ShareForm(request.POST or None, initial={"text": note})

    def act(said: dict[str, Any]) -> str:
        actions.share_note(
            by=request.member, assessment=found, item=item, text=said["text"], now=now
        )
        return _("The practice is shared.")

    title = _("Share a good practice: %(item)s") % {"item": items[item].title}
    context = {**about(found), "title": title, "submit": _("Share it"), "crumbs": CRUMBS}
    return answer_form(
        request,
        form,
        act,
        then=_page_of(request, found, item),
        context=context,
    )


@get_or_post
def withdraw(request: MemberRequest, practice: UUID) -> HttpResponse:
    """Withdraw a shared practice."""
    found = find_practice(request.member, practice)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": found.version})

    def act(said: dict[str, Any]) -> str:
        actions.withdraw_share(by=request.member, practice=found, seen=said["version"], now=now)
        return _("The practice is withdrawn.")

    context = {
        **about(found.assessment),
        "title": _("Withdraw a shared practice"),
        "about": _("It stays on record, and nobody is shown it any more."),
        "submit": _("Withdraw"),
        "danger": True,
        "crumbs": CRUMBS,
    }
    return answer_form(
        request,
        form,
        act,
        then=_page_of(request, found.assessment, found.item),
        context=context,
    )


def _page_of(request: MemberRequest, assessment: Assessment, item: str) -> str:
    query = urlencode({"model": assessment.edition.key})
    return f"{address(request, 'assessments-estate-item', item=item)}?{query}"
