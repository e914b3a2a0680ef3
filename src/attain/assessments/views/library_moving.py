"""Moving an assessment to the next edition: what would come of it, and what came of it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.assessments.actions.moving import move_assessment
from attain.assessments.forms_library import MoveForm
from attain.assessments.models import Assessment
from attain.assessments.queries.editions import find_edition
from attain.assessments.queries.finding import find_assessment, place_of
from attain.assessments.queries.moving import moving_of
from attain.organisations.errors import UnknownError
from attain.organisations.pages import MemberRequest, address, answer_form, get_or_post
from attain.organisations.rules import Permission


@get_or_post
def move(request: MemberRequest, assessment: UUID, edition: UUID) -> HttpResponse:
    """Show what moving an assessment to an edition would come to, and do it."""
    found = find_assessment(request.member, assessment, Permission.LEAD_ASSESSMENTS)
    to = find_edition(request.member, edition)
    if to.key != found.edition.key:
        raise UnknownError
    form = MoveForm(request.POST or None, initial={"due_on": found.due_on})
    made: list[Assessment] = []

    def act(said: dict[str, Any]) -> str:
        made.append(
            move_assessment(
                by=request.member,
                assessment=found,
                edition=to,
                due_on=said["due_on"],
                now=datetime.now(UTC),
            )
        )
        return _("The assessment is moved. Agree on what is left to be looked at.")

    answer = answer_form(
        request,
        form,
        act,
        then=address(request, "library-model", edition=to.uuid),
        context={"assessment": found, "place": place_of(found), "to": to,
                 "moving": moving_of(found, to)},
        template="assessments/library_move_assessment.html",
    )  # fmt: skip
    if made:
        where = address(request, "library-moved-assessment", assessment=made[0].uuid)
        answer.headers["Location"] = where
    return answer


@require_GET
def moved(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show what an assessment took over from the edition before, and what is to be confirmed."""
    found = find_assessment(request.member, assessment)
    before = found.moved_from
    if before is None:
        raise UnknownError
    context = {
        "assessment": before,
        "to": found.edition,
        "place": place_of(found),
        "moving": moving_of(before, found.edition),
        "done": found,
    }
    return render(request, "assessments/library_move_assessment.html", context)
