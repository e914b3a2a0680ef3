"""Changing a row only where nobody else has since it was read."""

from typing import Any, TypeVar

from django.db.models import F

from attain.organisations.errors import ChangedMeanwhileError
from attain.organisations.models.tenancy import OwnedRow

Row = TypeVar("Row", bound=OwnedRow)


def change(row: Row, *, seen: int, what: str, **values: Any) -> dict[str, dict[str, Any]]:
    """Write values to a row that still has the version `seen`; return what changed, old and new.

    Nothing is written where nothing would change. Raises ChangedMeanwhileError, with what stands
    there and what was to be written, where the row has another version by now.
    """
    manager = type(row)._default_manager
    current = manager.get(pk=row.pk)
    changed = {
        name: {"was": getattr(current, name), "is": value}
        for name, value in values.items()
        if getattr(current, name) != value
    }
    if current.version == seen and not changed:
        return {}
    written = manager.filter(pk=row.pk, version=seen).update(**values, version=F("version") + 1)
    if not written:
        theirs = {name: getattr(current, name) for name in values}
        raise ChangedMeanwhileError(what, theirs, values)
    row.refresh_from_db()
    return changed
