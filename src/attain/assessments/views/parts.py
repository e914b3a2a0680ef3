"""The parts of assessors: naming one, handing a part on, handing it in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from attain.assessments import forms
from attain.assessments.actions import assessing
from attain.assessments.queries.choosing import who_may_rate
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import (
    find_assessment,
    find_own_part,
    find_part_to_delegate,
)
from attain.assessments.views.common import form_page
from attain.organisations.pages import MemberRequest, get_or_post, now_and_today
from attain.organisations.rules import Permission
from attain.organisations.versions import SeenForm


@get_or_post
def name(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Give somebody a part of an assessment."""
    found = find_assessment(request.member, assessment, Permission.LEAD_ASSESSMENTS)
    now, _today = now_and_today(request)
    members = who_may_rate(found)
    parts = model_of(found.edition).parts
    form = forms.PartForm(
        request.POST or None,
        members=members,
        categories=[(key, part.title) for key, part in parts.items()],
        initial={"due_on": found.due_on},
    )

    def act(said: dict[str, Any]) -> str:
        assessor = members.get(uuid=said["assessor"])
        assessing.name_assessor(
            by=request.member,
            assessment=found,
            assessor=assessor,
            categories=said["categories"],
            due_on=said["due_on"],
            now=now,
        )
        return _("%(name)s rates a part, and is told so.") % {"name": assessor}

    return form_page(request, form, act, found, title=_("Name an assessor"), submit=_("Name"))


@get_or_post
def delegate(request: MemberRequest, assessment: UUID, part: UUID) -> HttpResponse:
    """Hand a part on: one's own, or anybody's as who leads the assessment."""
    row = find_part_to_delegate(request.member, assessment, part)
    found = row.assessment
    now, _today = now_and_today(request)
    members = who_may_rate(found)
    form = forms.DelegateForm(
        request.POST or None, members=members, initial={"version": row.version}
    )

    def act(said: dict[str, Any]) -> str:
        to = members.get(uuid=said["to"])
        seen = said["version"]
        assessing.delegate_part(by=request.member, part=row, seen=seen, to=to, now=now)
        return _("%(name)s rates the part from now on.") % {"name": to}

    return form_page(
        request,
        form,
        act,
        found,
        title=_("Hand the part of %(name)s on") % {"name": row.assessor},
        explained=_("What was rated of the part so far goes with it."),
        submit=_("Hand on"),
    )


@get_or_post
def hand_in(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Hand in one's own part."""
    part = find_own_part(request.member, assessment)
    now, _today = now_and_today(request)
    form = SeenForm(request.POST or None, initial={"version": part.version})

    def act(said: dict[str, Any]) -> str:
        assessing.submit_part(by=request.member, part=part, seen=said["version"], now=now)
        return _("Your part is handed in. Thank you.")

    return form_page(
        request,
        form,
        act,
        part.assessment,
        title=_("Hand in your part"),
        explained=_("Nobody changes its ratings after that. They are shown in moderation."),
        submit=_("Hand in"),
    )
