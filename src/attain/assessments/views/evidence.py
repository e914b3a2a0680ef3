"""Evidence of an item: what is shown for it, adding to it, withdrawing."""

from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from attain.assessments import forms
from attain.assessments.actions import evidence as actions
from attain.assessments.models import Assessment
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.evidence import evidence_of, find_evidence
from attain.assessments.queries.finding import find_shown
from attain.assessments.rules.stages import OPEN_STATES
from attain.assessments.views.common import about
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.pages import MemberRequest, address, get_or_post, now_and_today
from attain.organisations.versions import SeenForm
from attain.performance.queries.evidence import documents_on_record, metrics_on_record


@get_or_post
def show(request: MemberRequest, assessment: UUID, item: str) -> HttpResponse:
    """Show the evidence of an item, or add to it; `kind` says which of the forms was sent."""
    found = find_shown(request.member, assessment)
    items = {each.key: each for each in model_of(found.edition).items}
    if item not in items:
        raise UnknownError
    ways = _ways(request, found)
    asked = request.POST.get("kind", "")
    form = ways.get(asked)
    if form is not None and form.is_valid() and _added(request, found, item, asked, form):
        return redirect(_here(request, found, item))
    _now, today = now_and_today(request)
    context = {
        **about(found),
        "item": items[item],
        "evidence": evidence_of(found, item),
        "ways": ways if found.state in OPEN_STATES else {},
        "today": today,
        "is_open": found.state in OPEN_STATES,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "assessments/evidence.html", context, status=status)


def _ways(request: MemberRequest, assessment: Assessment) -> dict[str, django_forms.Form]:
    """Return the forms by which something may be added; files and records need a centre."""
    asked = request.POST.get("kind", "")
    sent = {asked: request.POST}
    ways: dict[str, django_forms.Form] = {"link": forms.LinkForm(sent.get("link"), prefix="link")}
    centre = assessment.centre
    if centre is None:
        return ways
    files = request.FILES if asked == "file" else None
    ways["file"] = forms.FileForm(sent.get("file"), files, prefix="file")
    documents = [(str(each.uuid), each.title) for each in documents_on_record(centre)]
    metrics = [(str(each.uuid), each.name) for each in metrics_on_record(centre)]
    for kind, label, records in (
        ("document", _("Document on record"), documents),
        ("figure", _("Live figure"), metrics),
    ):
        if records:
            ways[kind] = forms.RecordForm(sent.get(kind), prefix=kind, records=records, label=label)
    return ways


def _added(
    request: MemberRequest, assessment: Assessment, item: str, kind: str, form: django_forms.Form
) -> bool:
    now, _today = now_and_today(request)
    given: dict[str, Any] = {"by": request.member, "assessment": assessment, "item": item}
    said = form.cleaned_data
    try:
        if kind == "link":
            actions.add_link(**given, now=now, **said)
        elif kind == "file":
            actions.add_file(**given, now=now, name=said["file"].name, **said)
        elif kind == "document":
            actions.add_document(**given, now=now, document=UUID(said["record"]))
        else:
            actions.add_figure(**given, now=now, metric=UUID(said["record"]))
    except RefusedActionError as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("The evidence is added."))
    return True


@require_POST
def withdraw(request: MemberRequest, assessment: UUID, evidence: UUID) -> HttpResponse:
    """Withdraw evidence; it stays on record."""
    found = find_shown(request.member, assessment)
    row = find_evidence(found, evidence)
    form = SeenForm(request.POST)
    if not form.is_valid():
        raise RefusedActionError(_("The page is out of date. Open it again."))
    now, _today = now_and_today(request)
    seen = form.cleaned_data["version"]
    actions.withdraw_evidence(by=request.member, evidence=row, seen=seen, now=now)
    return redirect(_here(request, found, row.item))


def _here(request: MemberRequest, assessment: Assessment, item: str) -> str:
    return address(request, "assessments-evidence", assessment=assessment.uuid, item=item)
