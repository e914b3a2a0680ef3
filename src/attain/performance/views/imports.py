"""Importing a file: upload, choose the columns, look, confirm, mend, undo."""

import csv
import io
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from attain.dossier.mapping import FileOptions, Mapping
from attain.dossier.tables import TABLES, Table
from attain.measurement.faults import RefusedError
from attain.organisations.errors import RefusedActionError, UnknownError
from attain.organisations.exports import harmless
from attain.organisations.jobs.actions import enqueue
from attain.organisations.pages import Centre, MemberRequest, get_or_post
from attain.organisations.queries import find_centre, may, may_somewhere, visible_centres
from attain.organisations.rules import Permission
from attain.performance import models, words
from attain.performance.actions.importing import carry_out_import, preview_import, undo_import
from attain.performance.forms import ModeForm, UploadForm
from attain.performance.list_forms import ImportsFilter, RefusedFilter
from attain.performance.mapping_forms import MappingForm
from attain.performance.queries.previews import (
    Upload,
    columns_of,
    default_mapping,
    saved_mapping,
)
from attain.performance.tables import ImportsTable, RefusedTable
from attain.performance.tasks import import_file
from attain.performance.views.common import address, context_of
from attain.standards.loader import load
from attain.standards.yaml_nodes import read_yaml

# More rows than these are left to a worker, so that nobody waits for a page.
AT_ONCE = 5_000
_LARGEST = 25_000_000
_OLD = 24 * 3600
_SALT = "attain.performance.imports"
_NUMBER = re.compile(r"-[0-9][0-9., ]*%?")


@require_GET
def index(request: MemberRequest) -> HttpResponse:
    """Show the imports of the centres at which a member may record figures."""
    centres = list(visible_centres(request.member, Permission.RECORD_FIGURES).order_by("name"))
    found = models.Import.objects.filter(centre__in=centres)
    form = ImportsFilter(request.GET or None, centres=centres)
    context = {"form": form, "centres": centres, "is_empty": not found.exists()}
    table = ImportsTable(form.among(found).select_related("centre__organisation", "by__account"))
    exports = may_somewhere(request.member, Permission.ANALYSE)
    return table.answer(request, "performance/imports.html", context, exports=exports)


@get_or_post
def start(request: MemberRequest, centre: str) -> HttpResponse:
    """Take a file, and lead on to its columns, or to what it would do."""
    found = _find(request, centre)
    form = UploadForm(request.POST or None, request.FILES or None)
    if not form.is_valid():
        return _form(request, found, form, 422 if form.is_bound else 200)
    table, file = form.cleaned_data["table"], form.cleaned_data["file"]
    upload = _kept(request, file)
    try:
        mapping = _given(form.cleaned_data["mapping"]) or _known(found, table, upload)
        if mapping is None:
            return _columns(request, found, table, upload)
        return _look(request, found, table, upload, mapping)
    except RefusedError as refused:
        # What is refused is not kept either.
        upload.path.unlink(missing_ok=True)
        return _form(request, found, form, 422, refused)


def _find(request: MemberRequest, centre: str) -> Centre:
    return find_centre(request.member, centre, Permission.RECORD_FIGURES)


def _form(
    request: MemberRequest,
    centre: Centre,
    form: UploadForm,
    status: int,
    refused: RefusedError | None = None,
) -> HttpResponse:
    templates = [{"table": name, "title": words.TABLES[name]} for name in TABLES]
    context = context_of(request, centre, form=form, refused=refused, templates=templates)
    return render(request, "performance/import_start.html", context, status=status)


def _given(file: "UploadedFile[Any] | None") -> str | None:
    """Return the text of a mapping file; None where none was handed in."""
    if file is None:
        return None
    if (file.size or 0) > _LARGEST // 100:
        raise RefusedActionError(_("A mapping file has at most 250 kB."))
    return bytes(file.read()).decode("utf-8", errors="replace")


def _known(centre: Centre, table: str, upload: Upload) -> str | None:
    """Return the mapping that fits a file: the one that was kept, or the dossier's own columns."""
    kept = saved_mapping(centre, table)
    if kept is not None and _fits(kept, upload):
        return kept
    names = columns_of(upload, FileOptions())
    needed = {column.name for column in TABLES[table].columns if column.empty is None}
    if needed <= set(names):
        return default_mapping(TABLES[table], names, centre.site.timezone)
    return None


def _fits(mapping: str, upload: Upload) -> bool:
    """Say whether a file has every column that a mapping names."""
    declared = load(read_yaml(mapping, "mapping"), Mapping)
    try:
        names = set(columns_of(upload, declared.file))
    except RefusedError:
        return False
    sources = [*declared.columns.values(), *(s for r in declared.rows for s in r.values())]
    return all(set(source.columns) <= names for source in sources)


def _columns(
    request: MemberRequest, centre: Centre, table: str, upload: Upload, form: Any = None
) -> HttpResponse:
    """Show the page on which each column of the table is found in the file."""
    names = columns_of(upload, FileOptions())
    form = form or MappingForm(table=TABLES[table], names=names, zone=centre.site.timezone)
    context = context_of(
        request,
        centre,
        form=form,
        upload=upload,
        token=_token(request, centre, table, upload, ""),
        title=words.TABLES[table],
    )
    status = 422 if form.is_bound else 200
    return render(request, "performance/import_columns.html", context, status=status)


@require_POST
def columns(request: MemberRequest, centre: str) -> HttpResponse:
    """Take the choice of columns, and show what the import would do."""
    found = _find(request, centre)
    table, upload, _mapping, _rows = _read_token(request, found)
    names = columns_of(upload, FileOptions())
    form = MappingForm(request.POST, table=TABLES[table], names=names, zone=found.site.timezone)
    if not form.is_valid():
        return _columns(request, found, table, upload, form)
    return _look(request, found, table, upload, form.mapping())


def _look(
    request: MemberRequest,
    centre: Centre,
    table: str,
    upload: Upload,
    mapping: str,
    *,
    is_asked: bool = False,
) -> HttpResponse:
    """Show what an import would do, with every refused row; nothing is stored.

    `is_asked` where it was to be carried out, and how was not said.
    """
    preview = preview_import(centre=centre, table=table, upload=upload, mapping=mapping)
    good, refused = len(preview.read.taken), len({each.line for each in preview.read.refused})
    form = ModeForm(request.POST if is_asked else None, good=good, refused=refused)
    context = context_of(
        request,
        centre,
        preview=preview,
        upload=upload,
        mapping=mapping,
        form=form,
        token=_token(request, centre, table, upload, mapping, preview.read.count),
        title=words.TABLES[table],
        counts=_count_words(preview.counts),
    )
    status = 422 if is_asked else 200
    return render(request, "performance/import_preview.html", context, status=status)


def _count_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    said = {
        "read": _("Rows read"),
        "added": _("New"),
        "revised": _("Corrected"),
        "unchanged": _("Unchanged"),
        "repeated": _("Said twice alike"),
        "gaps": _("Without a figure"),
        "refused": _("Refused"),
    }
    return [(said[name], counts[name]) for name in said if name in counts]


@require_POST
def confirm(request: MemberRequest, centre: str) -> HttpResponse:
    """Import what the preview showed."""
    found = _find(request, centre)
    table, upload, mapping, rows = _read_token(request, found)
    form = ModeForm(request.POST, good=rows, refused=rows)
    if not form.is_valid():
        return _look(request, found, table, upload, mapping, is_asked=True)
    if rows > AT_ONCE:
        return _enqueued(request, found, table, upload, mapping, form.cleaned_data["mode"], rows)
    done = carry_out_import(
        centre=found,
        table=table,
        upload=upload,
        mapping=mapping,
        mode=models.ImportMode(form.cleaned_data["mode"]),
        by=request.member,
    )
    upload.path.unlink(missing_ok=True)
    messages.success(request, _("%s was imported.") % done)
    return redirect(address(request, "import", centre=found.key, done=done.uuid))


def _enqueued(
    request: MemberRequest,
    centre: Centre,
    table: str,
    upload: Upload,
    mapping: str,
    mode: str,
    rows: int,
) -> HttpResponse:
    """Leave a large import to a worker, and lead on to how far it is."""
    job = enqueue(
        import_file,
        by=request.member,
        organisation=request.member.organisation,
        title=_("Import of %(file)s into %(centre)s") % {"file": upload.name, "centre": centre},
        centre=centre.key,
        table=table,
        path=str(upload.path),
        name=upload.name,
        mapping=mapping,
        mode=mode,
        rows=rows,
    )
    return redirect("jobs-job", organisation=request.member.organisation.key, uuid=job.uuid)


def _done(centre: Centre, uuid: str) -> models.Import:
    found = models.Import.objects.select_related("by__account", "undone_by__account", "centre")
    done = found.filter(centre=centre, uuid=uuid).first()
    if done is None:
        raise UnknownError
    return done


@require_GET
def show(request: MemberRequest, centre: str, done: str) -> HttpResponse:
    """Show what an import did, and the rows that wait to be mended."""
    found = find_centre(request.member, centre)
    finished = _done(found, done)
    columns = finished.faults.order_by("column").values_list("column", flat=True).distinct()
    form = RefusedFilter(request.GET or None, columns=columns)
    context = context_of(
        request,
        found,
        done=finished,
        title=words.TABLES[finished.table],
        counts=_count_words(finished.counts),
        form=form,
        has_refused=bool(form.fields["column"].choices[1:]),  # type: ignore[attr-defined]
    )
    table = RefusedTable(form.among(finished.faults.all()))
    table.file_name = f"refused-{finished.table}"
    exports = may(request.member, Permission.ANALYSE, found)
    return table.answer(request, "performance/import.html", context, exports=exports)


@require_POST
def undo(request: MemberRequest, centre: str, done: str) -> HttpResponse:
    """Take a whole import back."""
    found = _find(request, centre)
    undone = undo_import(done=_done(found, done), by=request.member)
    messages.success(request, _("The import of %s was undone.") % undone)
    return redirect(address(request, "import", centre=found.key, done=undone.uuid))


@require_GET
def refused(request: MemberRequest, centre: str, done: str) -> HttpResponse:
    """Hand out the refused rows as a file under the header of the first one, to be mended."""
    found = find_centre(request.member, centre)
    finished = _done(found, done)
    raw = {fault.line: fault.raw for fault in finished.faults.all()}
    rows = {line: [_safe(cell) for cell in cells] for line, cells in raw.items()}
    return _csv([finished.header, *rows.values()], f"refused-{finished.table}.csv")


@require_GET
def template(request: MemberRequest, centre: str, table: str) -> HttpResponse:
    """Hand out a file with the columns of a table and an example row."""
    find_centre(request.member, centre)
    if table not in TABLES:
        raise UnknownError
    declared: Table = TABLES[table]
    example = [column.example for column in declared.columns]
    return _csv([list(declared.names), example], declared.file)


def _safe(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; a negative number stays one."""
    return cell if _NUMBER.fullmatch(cell) else harmless(cell)


def _csv(rows: list[list[str]], name: str) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _folder(request: MemberRequest) -> Path:
    folder: Path = settings.DATA / "uploads" / str(request.member.uuid)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _kept(request: MemberRequest, file: "UploadedFile[Any]") -> Upload:
    """Keep an upload until it is confirmed; those of yesterday go."""
    if (file.size or 0) > _LARGEST:
        raise RefusedActionError(_("A file to be imported has at most 25 MB."))
    folder, name = _folder(request), Path(str(file.name)).name[-200:]
    for old in folder.iterdir():
        if datetime.now(UTC).timestamp() - old.stat().st_mtime > _OLD:
            old.unlink(missing_ok=True)
    ending = Path(name).suffix.lower()
    place = folder / f"import{ending if ending[1:].isalnum() else ''}"
    with place.open("wb") as opened:
        place.chmod(0o600)
        for piece in file.chunks():
            opened.write(piece)
    upload = Upload(place, name)
    kept = place.replace(folder / f"{upload.sha256}{place.suffix}")
    return Upload(kept, name)


def _token(
    request: MemberRequest,
    centre: Centre,
    table: str,
    upload: Upload,
    mapping: str,
    rows: int = 0,
) -> str:
    """Return what the next page needs of this one, signed, so that nobody can change it."""
    whose = [str(request.member.uuid), centre.key]
    told = [*whose, table, upload.path.name, upload.name, mapping, rows]
    return signing.dumps(told, salt=_SALT, compress=True)


def _read_token(request: MemberRequest, centre: Centre) -> tuple[str, Upload, str, int]:
    """Return the table, the upload, the mapping and how many rows it has.

    RefusedActionError where they are gone.
    """
    try:
        told = signing.loads(request.POST.get("token", ""), salt=_SALT, max_age=_OLD)
    except signing.BadSignature:
        raise RefusedActionError(
            _("This upload is no longer there. Upload the file again.")
        ) from None
    member, key, table, file, name, mapping, rows = told
    path = _folder(request) / file
    if member != str(request.member.uuid) or key != centre.key or not path.is_file():
        raise RefusedActionError(_("This upload is no longer there. Upload the file again."))
    return table, Upload(path, name), mapping, rows
