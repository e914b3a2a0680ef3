"""The page on which an assessor rates every item of a part, saved item by item."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.assessments import forms
from attain.assessments.actions.rating import rate
from attain.assessments.models import AssessorPart
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import find_own_part
from attain.assessments.queries.progress import rated_by_category
from attain.assessments.queries.rating_page import rating_page
from attain.assessments.queries.ratings import entry_of
from attain.assessments.rules.entries import Entry
from attain.assessments.views.common import about, address, now_and_today
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest
from attain.standards.maturity_model import MaturityModel


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
        row = _saved(request, part, item, form)
    except (ChangedMeanwhileError, RefusedActionError) as refusal:
        if not is_part_of_a_page:
            raise
        return _not_saved(request, part, item, form, refusal)
    if not is_part_of_a_page:
        page = address(request, "assessments-rate", assessment=part.assessment.uuid)
        return redirect(f"{page}#item-{item}")
    counts = rated_by_category(part)
    context = {"item": item, "version": row, "counts": counts, "rated": sum(counts.values())}
    return render(request, "assessments/rate_saved.html", context)


def _saved(request: MemberRequest, part: AssessorPart, item: str, form: forms.EntryForm) -> int:
    if not form.is_valid():
        raise RefusedActionError(" ".join(faults_in(form)))
    now, _today = now_and_today(request)
    row = rate(by=request.member, part=part, item=item, seen=form.seen, entry=form.entry, now=now)
    return row.version


def faults_in(form: forms.EntryForm) -> list[str]:
    """Return what is wrong with what was typed, in words."""
    faults = [str(error) for errors in form.errors.values() for error in errors]
    return faults or [_("The page is out of date. Open it again.")]


def _not_saved(
    request: MemberRequest,
    part: AssessorPart,
    item: str,
    form: forms.EntryForm,
    refusal: ChangedMeanwhileError | RefusedActionError,
) -> HttpResponse:
    is_conflict = isinstance(refusal, ChangedMeanwhileError)
    context: dict[str, Any] = {"item": item, "refusal": refusal, "is_conflict": is_conflict}
    if is_conflict:
        model = model_of(part.assessment.edition)
        row = part.ratings.filter(item=item).first()
        theirs = entry_of(row) if row else Entry()
        context["sides"] = sides(model, theirs, form.entry)
        context["current"] = row.version if row else 0
    status = 409 if is_conflict else 422
    response = render(request, "assessments/rate_not_saved.html", context, status=status)
    response["HX-Retarget"] = f"#saved-{item}"
    response["HX-Reselect"] = f"#state-{item}"
    response["HX-Reswap"] = "innerHTML"
    return response


def sides(model: MaturityModel, theirs: Entry, yours: Entry) -> list[tuple[str, str, str]]:
    """Return what differs between two entries of an item, in words: theirs, then yours."""
    said = [
        (_("Level"), level_words(model, theirs), level_words(model, yours)),
        (_("Target"), target_words(model, theirs), target_words(model, yours)),
        (_("Reason"), theirs.reason, yours.reason),
        (_("Note"), theirs.note, yours.note),
        (_("Needed for the next level"), theirs.needed, yours.needed),
    ]
    return [each for each in said if each[1] != each[2]]


def level_words(model: MaturityModel, entry: Entry) -> str:
    """Return the level of an entry in words, or that it does not apply, or is open."""
    if not entry.is_applicable:
        return _("Not applicable")
    return named_level(model, entry.level) if entry.level is not None else _("Not rated yet")


def target_words(model: MaturityModel, entry: Entry) -> str:
    """Return the target of an entry in words."""
    return "–" if entry.target is None else named_level(model, entry.target)


def named_level(model: MaturityModel, level: int) -> str:
    """Return the number of a level and its name, where it has one."""
    title = model.title_of(level)
    return str(level) if title == str(level) else f"{level} {title}"
