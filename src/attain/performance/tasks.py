"""The long work of the room."""

from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope
from django_tasks import task

from attain.organisations.jobs import schedules
from attain.organisations.jobs.running import current_member, progress, step
from attain.organisations.pages import Organisation
from attain.organisations.queries import find_centre
from attain.organisations.rules import Permission
from attain.performance.actions.evidence import sweep_evidence
from attain.performance.actions.importing import carry_out_import
from attain.performance.models import ImportMode
from attain.performance.queries.previews import Upload


@task()
def import_file(
    centre: str, table: str, path: str, name: str, mapping: str, mode: str, rows: int
) -> None:
    """Import a large file that was looked at and confirmed, all in one step.

    Who confirmed it must still be allowed to. A worker that ends in the middle leaves nothing: what
    it had brought to the lake is taken out before the next one begins.
    """
    member = current_member()
    if member is None:
        raise ValueError("an import is somebody's")
    upload = Upload(Path(path), name)
    with step("import") as due:
        if due:
            progress(0, rows, _("Reading"))
            found = find_centre(member, centre, Permission.RECORD_FIGURES)
            carry_out_import(
                centre=found,
                table=table,
                upload=upload,
                mapping=mapping,
                mode=ImportMode(mode),
                by=member,
            )
            progress(rows, rows, _("Imported"))
    upload.path.unlink(missing_ok=True)


@task()
def sweep_files() -> None:
    """Take away files of evidence that came to nothing."""
    for organisation in Organisation.objects.order_by("pk"):
        with scope(organisation=organisation):
            sweep_evidence(organisation=organisation, now=timezone.now())


schedules.register(
    "performance.sweep_evidence", "Files without a record", sweep_files, schedules.daily(3)
)
