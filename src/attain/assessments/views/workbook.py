"""One's own part as an Excel workbook: downloaded, uploaded, looked at, and taken over."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from attain.assessments.actions.workbook import import_workbook
from attain.assessments.forms_workbook import WorkbookChoiceForm, WorkbookForm
from attain.assessments.models import AssessorPart
from attain.assessments.queries.editions import model_of
from attain.assessments.queries.finding import (
    find_assessment,
    find_own_part,
    find_with_result,
    place_of,
)
from attain.assessments.queries.rating_page import is_open
from attain.assessments.queries.result_sheets import result_sheets
from attain.assessments.queries.workbook import ReadWorkbook, plan_for, read_workbook, sent_part
from attain.assessments.rules.workbook import (
    COLUMNS,
    SentItem,
    WorkbookChange,
    WorkbookIdentity,
    WorkbookPlan,
    WorkbookRow,
)
from attain.assessments.views.common import about
from attain.assessments.views.entries import sides
from attain.assessments.workbook_file import part_workbook
from attain.measurement.faults import RefusedError
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.exports import EXCEL_TYPE, workbook_of
from attain.organisations.pages import MemberRequest, address, get_or_post, now_and_today
from attain.organisations.queries import demand
from attain.organisations.rules import Permission

_SALT = "attain.assessments.workbook"
_DAY = 24 * 3600
# Less than what a form may hold.
_LARGEST = 2_000_000


@dataclass(frozen=True)
class Looked:
    """A workbook that was looked at, and the versions of the ratings that were seen beside it."""

    read: ReadWorkbook
    seen: dict[str, int]


@require_GET
def file(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Answer with the workbook of one's own part."""
    part = find_own_part(request.member, assessment)
    return _excel(part_workbook(sent_part(part)), f"ratings-{part.assessment.edition.key}.xlsx")


@require_GET
def result_file(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Answer with the result of an assessment as a workbook, to be read."""
    found = find_assessment(request.member, assessment)
    demand(request.member, Permission.ANALYSE, place_of(found))
    _now, today = now_and_today(request)
    sheets = result_sheets(find_with_result(request.member, assessment), today)
    return _excel(workbook_of(sheets), f"result-{found.edition.key}.xlsx")


def _excel(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=EXCEL_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@get_or_post
def upload(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Take a workbook that comes back, and show what it would change; nothing is kept."""
    part = _open_part(request, assessment)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _form(request, part, form, 422 if form.is_bound else 200)
    try:
        read = read_workbook(form.cleaned_data["file"], part)
    except RefusedError as refused:
        return _form(request, part, WorkbookForm(), 422, refused)
    return _look(request, part, read)


def _open_part(request: MemberRequest, assessment: UUID) -> AssessorPart:
    part = find_own_part(request.member, assessment)
    if not is_open(part):
        raise RefusedActionError(_("The part is handed in. Its ratings stay as they are."))
    return part


def _form(
    request: MemberRequest,
    part: AssessorPart,
    form: WorkbookForm,
    status: int,
    refused: RefusedError | None = None,
) -> HttpResponse:
    context = {**about(part.assessment), "form": form, "refused": refused}
    return render(request, "assessments/workbook.html", context, status=status)


def _look(
    request: MemberRequest,
    part: AssessorPart,
    read: ReadWorkbook,
    form: WorkbookChoiceForm | None = None,
    *,
    is_changed: bool = False,
) -> HttpResponse:
    """Show what a workbook would do.

    `form` is one in which a choice is missing; `is_changed` where ratings were changed since the
    plan was looked at.
    """
    plan, model = plan_for(part, read), model_of(part.assessment.edition)
    form = form or WorkbookChoiceForm(plan=plan)
    titles = {item.key: item.title for item in model.items}

    def shown(each: WorkbookChange) -> dict[str, Any]:
        differing = sides(model, each.before, each.after)
        field = f"side-{each.item}"
        return {
            "change": each,
            "title": titles[each.item],
            "sides": differing,
            "field": form[field] if field in form.fields else None,
        }

    context = {
        **about(part.assessment),
        "plan": plan,
        "read": read,
        "form": form,
        "is_changed": is_changed,
        "counts": _count_words(plan),
        "changes": [shown(each) for each in plan.changes],
        "conflicts": [shown(each) for each in plan.conflicts],
        "missing": [titles[key] for key in plan.missing],
        "token": _token(request, part, read, plan),
    }
    status = 409 if is_changed else 422 if form.is_bound else 200
    return render(request, "assessments/workbook_preview.html", context, status=status)


def _count_words(plan: WorkbookPlan) -> list[tuple[str, int]]:
    said = {
        "changed": _("Changed"),
        "conflicts": _("Changed on both sides"),
        "unchanged": _("Unchanged"),
        "missing": _("Not in the workbook"),
        "refused": _("Refused"),
    }
    return [(said[name], n) for name, n in plan.counts.items()]


@require_POST
def confirm(request: MemberRequest, assessment: UUID) -> HttpResponse:
    """Take over what was looked at, by what was chosen of each conflict."""
    part = _open_part(request, assessment)
    looked = _read_token(request, part)
    plan = plan_for(part, looked.read)
    if plan.seen != looked.seen:
        return _look(request, part, looked.read, is_changed=True)
    form = WorkbookChoiceForm(request.POST, plan=plan)
    if not form.is_valid():
        return _look(request, part, looked.read, form)
    now, _today = now_and_today(request)
    try:
        counts = import_workbook(
            by=request.member,
            part=part,
            read=looked.read,
            plan=plan,
            taken=form.taken,
            good_rows_only=form.cleaned_data["mode"] == "good",
            now=now,
        )
    except ChangedMeanwhileError:
        return _look(request, part, looked.read, is_changed=True)
    n = counts["written"]
    said = ngettext("%(n)s item was taken over.", "%(n)s items were taken over.", n) % {"n": n}
    messages.success(request, said)
    return redirect(address(request, "assessments-rate", assessment=part.assessment.uuid))


def _token(
    request: MemberRequest, part: AssessorPart, read: ReadWorkbook, plan: WorkbookPlan
) -> str:
    """Return what was looked at, signed, so that it is what is taken over."""
    rows = [[row.line, *(row.cells[name] for name in COLUMNS)] for row in read.rows]
    told = {**asdict(read), "rows": rows}
    whose = [str(request.member.uuid), str(part.uuid)]
    token = signing.dumps([*whose, told, plan.seen], salt=_SALT, compress=True)
    if len(token) > _LARGEST:
        raise RefusedActionError(
            _("The workbook has too many texts at once. Leave rows out, and upload them next.")
        )
    return token


def _read_token(request: MemberRequest, part: AssessorPart) -> Looked:
    try:
        told = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_DAY)
    except signing.BadSignature:
        raise _gone() from None
    member, key, kept, seen = told
    if member != str(request.member.uuid) or key != str(part.uuid):
        raise _gone()
    identity = kept["identity"]
    sent = {item: SentItem(**each) for item, each in identity["sent"].items()}
    rows = (
        WorkbookRow(line, dict(zip(COLUMNS, cells, strict=True))) for line, *cells in kept["rows"]
    )
    read = ReadWorkbook(
        name=kept["name"],
        sha256=kept["sha256"],
        sheet=kept["sheet"],
        identity=WorkbookIdentity(**{**identity, "sent": sent}),
        rows=tuple(rows),
    )
    return Looked(read, seen)


def _gone() -> RefusedActionError:
    return RefusedActionError(_("This upload is no longer there. Upload the file again."))
