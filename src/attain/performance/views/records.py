"""What is recorded row by row: lists with a form to add, correct and withdraw."""

from typing import Any

from django.db.models import F
from django.forms import FileField
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from attain.dossier.tables import TABLES
from attain.organisations.errors import UnknownError
from attain.organisations.pages import Centre, MemberRequest, form_page, get_or_post
from attain.organisations.queries import find_centre, may
from attain.organisations.rules import Permission
from attain.performance import models, record_tables, words
from attain.performance.actions.evidence import evidence_folder, store_evidence
from attain.performance.actions.recording import record_row, withdraw_row
from attain.performance.actions.revising import DECIDED
from attain.performance.forms import ReasonForm, RowForm, initial_of
from attain.performance.list_forms import RecordsFilter
from attain.performance.queries import record_lists
from attain.performance.queries.rows import in_place
from attain.performance.shelves import SHELVES, Shelf
from attain.performance.views.common import address, context_of

RECORDED = (
    "initiatives",
    "improvement_actions",
    "practices",
    "documents",
    "satisfaction",
    "incidents",
    "technology_changes",
    "uptime",
    "targets",
    "service_levels",
)
_ADDED = tuple(name for name in RECORDED if name not in DECIDED)


def _shelf(table: str, among: tuple[str, ...] = RECORDED) -> Shelf:
    """Return the shelf of a table of an address; UnknownError where it has no such page."""
    if table not in among:
        raise UnknownError
    return SHELVES[table]


@require_GET
def show(request: MemberRequest, centre: str, table: str) -> HttpResponse:
    """Show the rows of a table, the latest first."""
    found = find_centre(request.member, centre)
    shelf = _shelf(table)
    form = RecordsFilter(
        request.GET or None, shelf=shelf, parents=record_lists.parents_of(shelf, found)
    )
    rows = record_lists.records_asked(shelf, found, form.asked)
    is_in_memory = record_tables.is_in_memory(shelf, request.GET.getlist("sort"))
    context = context_of(
        request,
        found,
        table_key=table,
        title=words.TABLES[table],
        form=form,
        is_empty=not form.asked and not rows.exists(),
        tabs=_tabs(request, found, table),
        may_add=table in _ADDED and may(request.member, Permission.RECORD_FIGURES, found),
        may_mend=may(request.member, _permission(table), found),
        is_decided=table in DECIDED,
    )
    shown = record_tables.RecordsTable(shelf, list(rows) if is_in_memory else rows, found)
    exports = may(request.member, Permission.ANALYSE, found)
    return shown.answer(request, "performance/records.html", context, exports=exports)


def _permission(table: str) -> Permission:
    """Return what a member needs to write a table."""
    return Permission.CHANGE_METRICS if table in DECIDED else Permission.RECORD_FIGURES


def _row(shelf: Shelf, record: Any) -> dict[str, Any]:
    """Return a record as a row of the list."""
    said = row_of(shelf, record)
    if shelf.parent:
        said[shelf.parent] = getattr(record, shelf.parent).name
    cells = [record_tables.said_of(name, value) for name, value in said.items()]
    return {"record": record, "cells": cells}


def row_of(shelf: Shelf, record: Any) -> dict[str, Any]:
    """Return the row that a record says."""
    held = [getattr(record, field) for field in shelf.fields]
    parents = zip(shelf.fields, held, strict=True)
    return shelf.row(tuple(v.key if field == shelf.parent else v for field, v in parents))


def _tabs(request: MemberRequest, centre: Centre, table: str) -> list[dict[str, Any]]:
    return [
        {
            "title": words.TABLES[name],
            "url": address(request, "records", centre=centre.key, table=name),
            "is_current": name == table,
        }
        for name in RECORDED
    ]


def _record(centre: Centre, shelf: Shelf, uuid: str) -> Any:
    """Return the record that is there of one that was seen; UnknownError where there is none.

    Who saw an earlier revision is led to the one that stands now, and told so when they save.
    """
    seen = shelf.model.objects.filter(centre=centre, uuid=uuid).first()
    if seen is None:
        raise UnknownError
    key = {shelf.field_of[name]: getattr(seen, shelf.field_of[name]) for name in shelf.table.key}
    found = in_place(shelf, [centre]).filter(**key)
    record = (found.select_related(shelf.parent) if shelf.parent else found).first()
    if record is None:
        raise UnknownError
    return record


@get_or_post
def add(request: MemberRequest, centre: str, table: str) -> HttpResponse:
    """Record a row."""
    shelf = _shelf(table, _ADDED)
    found = find_centre(request.member, centre, Permission.RECORD_FIGURES)
    form = RowForm(request.POST or None, request.FILES or None, table=TABLES[table], centre=found)
    _ask_for_file(form, shelf)

    def act(said: dict[str, Any]) -> str:
        record_row(
            centre=found,
            table=shelf.name,
            row=form.row,
            by=request.member,
            action=f"record_{table}",
            carried=_handed_in(request, found, said),
        )
        return _("It was recorded.")

    then = address(request, "records", centre=found.key, table=table)
    title = _("Add: %s") % words.TABLES[table]
    return form_page(request, form, act, then=then, title=title)


def _ask_for_file(form: RowForm, shelf: Shelf) -> None:
    """Let a form take a file as evidence, where a record may have one."""
    if shelf.carried:
        form.fields["file"] = FileField(label=_("File"), required=False)


def _handed_in(request: MemberRequest, centre: Centre, said: dict[str, Any]) -> dict[str, Any]:
    """Store the file that was handed in; nothing is carried where none was."""
    file = said.get("file")
    if not file:
        return {}
    stored = store_evidence(centre=centre, file=file, name=str(file.name), by=request.member)
    return {"file_id": stored.pk}


@get_or_post
def change(request: MemberRequest, centre: str, table: str, record: str) -> HttpResponse:
    """Correct a row by a further revision, with its reason; its key stays."""
    shelf = _shelf(table, _ADDED)
    found = find_centre(request.member, centre, Permission.RECORD_FIGURES)
    corrected = _record(found, shelf, record)
    initial = initial_of(row_of(shelf, corrected), found.site.timezone)
    form = RowForm(
        request.POST or None,
        request.FILES or None,
        table=TABLES[table],
        centre=found,
        fixed={name: str(initial[name]) for name in shelf.table.key},
        seen=corrected.revision,
        initial=initial,
    )
    _ask_for_file(form, shelf)

    def act(said: dict[str, Any]) -> str:
        record_row(
            centre=found,
            table=shelf.name,
            row=form.row,
            by=request.member,
            action=f"correct_{table}",
            seen=said["seen"] or 0,
            reason=said["why"],
            carried=_handed_in(request, found, said),
        )
        return _("It was corrected.")

    then = address(request, "records", centre=found.key, table=table)
    title = _("Correct %s") % record_tables.name_of(shelf, corrected)
    return form_page(request, form, act, then=then, title=title)


@get_or_post
def withdraw(request: MemberRequest, centre: str, table: str, record: str) -> HttpResponse:
    """Withdraw a row that was recorded by mistake."""
    shelf = _shelf(table)
    found = find_centre(request.member, centre, _permission(table))
    mistaken = _record(found, shelf, record)
    form = ReasonForm(request.POST or None, initial={"seen": mistaken.revision})

    def act(said: dict[str, Any]) -> str:
        withdraw_row(record=mistaken, seen=said["seen"], reason=said["why"], by=request.member)
        return _("It was withdrawn.")

    then = address(request, "records", centre=found.key, table=table)
    title = _("Withdraw %s") % record_tables.name_of(shelf, mistaken)
    return form_page(request, form, act, then=then, title=title)


@require_GET
def history(request: MemberRequest, centre: str, table: str, record: str) -> HttpResponse:
    """Show every revision of a row, who made it, and why."""
    shelf = _shelf(table)
    found = find_centre(request.member, centre)
    current = _record(found, shelf, record)
    key = {shelf.field_of[name]: getattr(current, shelf.field_of[name]) for name in shelf.table.key}
    revisions = shelf.model.objects.filter(centre=found, **key).order_by(F("revision").desc())
    related = record_lists.related(shelf)
    context = context_of(
        request,
        found,
        table=table,
        title=words.TABLES[table],
        heads=[words.COLUMNS[name] for name in shelf.table.names],
        rows=[_row(shelf, each) for each in revisions.select_related(*related)],
    )
    return render(request, "performance/revisions.html", context)


@require_GET
def evidence(request: MemberRequest, centre: str, file: str) -> HttpResponse | FileResponse:
    """Hand out a file of evidence, to be kept and not to be run."""
    found = find_centre(request.member, centre)
    stored = models.EvidenceFile.objects.filter(centre=found, uuid=file).first()
    path = evidence_folder(request.member.organisation.key) / stored.sha256 if stored else None
    if stored is None or path is None or not path.is_file():
        raise UnknownError
    answer = FileResponse(path.open("rb"), content_type=stored.media_type)
    answer["Content-Disposition"] = str(content_disposition_header(True, stored.name))
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
