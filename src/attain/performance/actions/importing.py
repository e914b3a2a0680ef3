"""Importing a person's own file into a table of a centre: looked at, carried out, undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from attain.dossier.tables import INTERVALS, TABLES
from attain.measurement.hashes import sha256_of
from attain.organisations.actions import audit
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.interval_imports import (
    already_there,
    append_rows,
    sweep,
    take_back,
)
from attain.performance.actions.revising import Stamp, WritingPlan, plan_rows, write_plan
from attain.performance.actions.undoing import undo_rows
from attain.performance.queries.previews import (
    RefusedRow,
    SourceRead,
    Upload,
    as_written,
    faults_of,
    first_import,
    read_upload,
)
from attain.performance.rules import months_in


@dataclass(frozen=True)
class Preview:
    """What an import would do: the rows it takes, those it refuses with their reason, and counts.

    `first` is the import of the very same file, which would be done again.
    """

    centre: Centre
    table: str
    read: SourceRead
    plan: WritingPlan | None
    first: models.Import | None

    @property
    def counts(self) -> dict[str, int]:
        """How many rows were read, and what becomes of them."""
        lines = {row.line for row in self.read.refused}
        planned = self.plan.counts if self.plan else {"added": len(self.read.taken)}
        told = {"read": self.read.count, "refused": len(lines), "repeated": self.read.repeated}
        return told | {"gaps": self.read.gaps} | planned


def preview_import(
    *, centre: Centre, table: str, upload: Upload, mapping: str, now: datetime | None = None
) -> Preview:
    """Return what an import would do, with every refused row; nothing is stored.

    RefusedError where the file or the mapping is refused as a whole.
    """
    read = read_upload(table, upload, mapping, now or datetime.now(UTC))
    first = first_import(centre, table, upload.sha256, mapping)
    plan, conflicts = None, list[RefusedRow]()
    if TABLES[table] is not INTERVALS:
        plan = plan_rows(centre, table, [each.row for each in read.taken])
        conflicts = [
            RefusedRow(read.taken[c.at].line, c.column, c.found, c.expected) for c in plan.conflicts
        ]
    elif first is None:
        with transaction.atomic():
            sweep(centre)
        conflicts = already_there(centre, upload.name, read.taken)
    read = _without(read, conflicts)
    refused = as_written(read.refused, upload, mapping) if read.refused else ()
    return Preview(centre, table, replace(read, refused=refused), plan, first)


def _without(read: SourceRead, refused: Sequence[RefusedRow]) -> SourceRead:
    """Return what was read with some of the rows taken refused after all."""
    lines = {each.line for each in refused}
    taken = tuple(each for each in read.taken if each.line not in lines)
    ordered = sorted((*read.refused, *refused), key=lambda each: each.line)
    return replace(read, taken=taken, refused=tuple(ordered))


@transaction.atomic
def carry_out_import(
    *,
    centre: Centre,
    table: str,
    upload: Upload,
    mapping: str,
    by: Member,
    mode: models.ImportMode = models.ImportMode.ALL_OR_NOTHING,
    now: datetime | None = None,
) -> models.Import:
    """Import a file, all its rows or only the good ones, and keep the refused ones to be mended.

    The very same file again changes nothing and returns its first import. RefusedError with every
    refused row where all are asked for and one is refused.
    """
    at = now or datetime.now(UTC)
    preview = preview_import(centre=centre, table=table, upload=upload, mapping=mapping, now=at)
    if preview.first:
        return preview.first
    if preview.read.refused and mode is models.ImportMode.ALL_OR_NOTHING:
        raise faults_of(upload, preview.read.refused)
    if not preview.read.taken:
        raise RefusedActionError(_("No row of the file can be imported."))
    done = _entered(preview, upload, mapping, mode, by, at)
    stamp = Stamp(by, at, _("Imported from %(file)s") % {"file": done.file_name}, done)
    if preview.plan:
        write_plan(centre, preview.plan, stamp)
    else:
        append_rows(centre, done, preview.read.taken)
    return done


def _entered(
    preview: Preview,
    upload: Upload,
    mapping: str,
    mode: models.ImportMode,
    by: Member,
    at: datetime,
) -> models.Import:
    """Enter an import with its refused rows, its mapping and its entry in the trail."""
    centre, owned = preview.centre, {"organisation_id": preview.centre.organisation_id}
    done = models.Import.objects.create(
        **owned,
        centre=centre,
        table=preview.table,
        file_name=upload.name[-200:],
        sha256=upload.sha256,
        mapping=mapping,
        mapping_sha256=sha256_of(mapping),
        mode=mode,
        state=models.ImportState.DONE,
        counts=preview.counts,
        header=list(preview.read.header),
        months=sorted(map(str, months_in(each.row for each in preview.read.taken))),
        by=by,
        at=at,
    )
    models.ImportFault.objects.bulk_create(
        models.ImportFault(
            **owned,
            centre=centre,
            of=done,
            line=row.line,
            column=row.column[:200],
            found=row.found,
            expected=row.expected,
            raw=list(row.raw),
        )
        for row in preview.read.refused
    )
    models.SavedMapping.objects.update_or_create(
        centre=centre, table=preview.table, defaults={**owned, "mapping": mapping}
    )
    _tell(done, "import", by, at)
    return done


@transaction.atomic
def undo_import(*, done: models.Import, by: Member, now: datetime | None = None) -> models.Import:
    """Take back a whole import: what it revised says again what it said before.

    Refused where a month that it is about was closed since, or where something that it brought has
    been corrected or built upon since.
    """
    at = now or datetime.now(UTC)
    taken = models.Import.objects.filter(pk=done.pk, state=models.ImportState.DONE)
    changes = {"state": models.ImportState.UNDONE, "undone_at": at, "undone_by": by}
    if taken.update(**changes) != 1:
        raise RefusedActionError(_("This import was undone already."))
    _refuse_closed(done)
    stamp = Stamp(by, at, _("The import of %(file)s was undone") % {"file": done.file_name}, done)
    _tell(done, "undo_import", by, at)
    if TABLES[done.table] is INTERVALS:
        take_back(done)
    else:
        undo_rows(done, stamp)
    return models.Import.objects.get(pk=done.pk)


def _refuse_closed(done: models.Import) -> None:
    """Refuse to undo what a month says that was closed since."""
    closed = models.ClosedMonth.objects.filter(centre=done.centre_id, closed_at__gte=done.at)
    about = sorted(str(each.month) for each in closed if str(each.month) in done.months)
    if about:
        raise RefusedActionError(
            _("%(months)s was closed since: correct the figures instead, with a reason.")
            % {"months": ", ".join(about)}
        )


def _tell(done: models.Import, action: str, by: Member, at: datetime) -> None:
    audit.record(
        by=by,
        action=f"performance.{action}",
        kind="import",
        key=f"{done.centre.key} {done.uuid}",
        details={"file": done.file_name, "table": done.table, "counts": done.counts},
        now=at,
    )
