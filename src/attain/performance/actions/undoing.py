"""Taking back the rows of an import by further revisions: nothing that was recorded is deleted."""

from typing import Any

from django.utils.translation import gettext as _

from attain.organisations.errors import RefusedActionError
from attain.performance import models
from attain.performance.actions.revising import Stamp, copy_of, key_fields
from attain.performance.shelves import SHELVES, Shelf


def undo_rows(done: models.Import, stamp: Stamp) -> None:
    """Take back what an import wrote to its table.

    RefusedActionError where some of it is not the last that was said, or is built upon.
    """
    shelf = SHELVES[done.table]
    if shelf.is_revised:
        _undo_revisions(shelf, done, stamp)
    else:
        _undo_definitions(shelf, done)


def _undo_revisions(shelf: Shelf, done: models.Import, stamp: Stamp) -> None:
    """Let each row say again what it said before the import, or nothing."""
    written = list(shelf.model.objects.filter(source=done))
    if not all(record.is_current for record in written):
        raise RefusedActionError(
            _("Some of these figures were corrected since. Correct the others one by one.")
        )
    before = _before(shelf, done, written)
    fields = key_fields(shelf)
    again = [
        _again(record, before.get(tuple(getattr(record, f) for f in fields)), stamp)
        for record in written
    ]
    shelf.model.objects.filter(source=done).update(is_current=False)
    shelf.model.objects.bulk_create(again)


def _before(shelf: Shelf, done: models.Import, written: list[Any]) -> dict[tuple[Any, ...], Any]:
    """Return the revisions that came just before those of an import, by their keys."""
    if all(record.revision == 1 for record in written):
        return {}
    fields = key_fields(shelf)
    last = {tuple(getattr(r, f) for f in fields): r.revision - 1 for r in written}
    earlier = shelf.model.objects.filter(centre=done.centre_id, is_current=False)
    return {
        key: record
        for record in earlier
        if last.get(key := tuple(getattr(record, f) for f in fields)) == record.revision
    }


def _again(record: Any, before: Any, stamp: Stamp) -> Any:
    """Return the revision that takes another back."""
    again = copy_of(before or record, stamp)
    again.revision = record.revision + 1
    again.withdrawn = before is None or before.withdrawn
    return again


def _undo_definitions(shelf: Shelf, done: models.Import) -> None:
    """Withdraw what an import defined, unless something is built upon it."""
    ids = list(shelf.model.objects.filter(source=done).values_list("pk", flat=True))
    for other in SHELVES.values():
        if other.parent_shelf is shelf and other.parent:
            built = other.model.objects.filter(**{f"{other.parent}__in": ids}, withdrawn=False)
            if (built.filter(is_current=True) if other.is_revised else built).exists():
                raise RefusedActionError(
                    _("Figures are built upon what this import defined. Undo their import first.")
                )
    shelf.model.objects.filter(pk__in=ids).update(withdrawn=True)
