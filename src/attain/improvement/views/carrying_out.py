"""Carrying out the plan that is adopted: its steps become initiatives."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from attain.improvement.actions.carrying_out import carry_out
from attain.improvement.forms_plans import CarryOutForm
from attain.improvement.plan_words import step_words
from attain.improvement.queries.plans import PlanPage, owners_of_plan, plan_page
from attain.improvement.showing_plans import shown
from attain.improvement.views.plan_common import CRUMBS, P, about, find, page_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import MemberRequest, answer_form, get_or_post, now_and_today


@get_or_post
def show(request: MemberRequest, roadmap: UUID, plan: UUID) -> HttpResponse:
    """Choose steps of the adopted plan, and make initiatives of them."""
    found = find(request, roadmap, plan, P.PLAN_ROADMAPS)
    if found.adopted_at is None:
        raise RefusedActionError(_("Adopt the plan before its steps are carried out."))
    page = plan_page(found)
    owners = owners_of_plan(found)
    free = [
        (each.key, step_words(each.key, page.words)) for each in page.steps if not each.initiative
    ]
    form = CarryOutForm(
        request.POST or None,
        steps=free,
        owners=owners,
        initial={"owner": str(request.member.uuid)},
    )
    now, _today = now_and_today(request)

    def act(said: dict[str, Any]) -> str:
        owner = next(each for each in owners if str(each.uuid) == said["owner"])
        made = carry_out(
            by=request.member,
            plan=found,
            steps=said["steps"],
            owner=owner,
            now=now,
            title=said["title"],
        )
        return ngettext(
            "%(n)s initiative is planned.", "%(n)s initiatives are planned.", len(made)
        ) % {"n": len(made)}

    return answer_form(
        request,
        form,
        act,
        then=page_of(request, found),
        context=_context(request, page, form, has_free=bool(free)),
        template="improvement/plan_carry_out.html",
    )


def _context(
    request: MemberRequest, page: PlanPage, form: CarryOutForm, *, has_free: bool
) -> dict[str, Any]:
    rows = [{**row, "is_free": row["initiative"] is None} for row in shown(page)["steps"]]
    return {
        **about(request, page.kept.roadmap),
        "plan": page.kept,
        "title": _("Carry the plan out"),
        "rows": rows,
        "chosen": request.POST.getlist("steps") if form.is_bound else [],
        "has_free": has_free,
        "crumbs": CRUMBS,
    }
