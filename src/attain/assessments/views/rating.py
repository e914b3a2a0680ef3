"""The page on which an assessor rates every item of a part, saved item by item."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from attain.assessments import forms
from attain.assessments.actions.rating import rate
from attain.assessments.models import AssessorPart
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import find_own_part
from attain.assessments.queries.progress import rated_by_category
from attain.assessments.queries.rating_page import rating_page
from attain.assessments.queries.ratings import entry_of
from attain.assessments.views.common import about
from attain.assessments.views.entries import NOTHING_STANDS, faults_in, not_saved
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest, address, now_and_today


@require_GET
def show(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Show one's own part with every item."""
    part = find_own_part(request.member, assessment)
    _now, today = now_and_today(request)
    model = model_of(part.assessment.edition)
    levels = [(level.level, level.title) for level in model.scale]
    context = {
        **about(part.assessment),
        "page": rating_page(part, today),
        "part": part,
        "levels": levels,
        "today": today,
    }
    return render(request, "assessments/rate.html", context)


@require_POST
def save(request: MemberRequest, assessment: UUID, item: str) -> HttpResponse:
    """Save what is entered of one item; a conflict or a refusal stands beside the item."""
    part = find_own_part(request.member, assessment)
    if item not in {each.key for each in model_of(part.assessment.edition).items}:
        raise UnknownError
    form = forms.EntryForm(request.POST)
    is_part_of_a_page = "HX-Request" in request.headers
    try:
        version = _saved(request, part, item, form)
    except (ChangedMeanwhileError, RefusedActionError) as refusal:
        if not is_part_of_a_page:
            raise
        row = part.ratings.filter(item=item).first()
        stands = (entry_of(row), row.version) if row else NOTHING_STANDS
        return not_saved(request, model_of(part.assessment.edition), item, form, refusal, stands)
    if not is_part_of_a_page:
        page = address(request, "assessments-rate", assessment=part.assessment.uuid)
        return redirect(f"{page}#item-{item}")
    counts = rated_by_category(part)
    context = {"item": item, "version": version, "counts": counts, "rated": sum(counts.values())}
    return render(request, "assessments/rate_saved.html", context)


def _saved(request: MemberRequest, part: AssessorPart, item: str, form: forms.EntryForm) -> int:
    if not form.is_valid():
        raise RefusedActionError(" ".join(faults_in(form)))
    now, _today = now_and_today(request)
    row = rate(by=request.member, part=part, item=item, seen=form.seen, entry=form.entry, now=now)
    return row.version
