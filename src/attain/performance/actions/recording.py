"""Recording one row of any table: the transaction, the revision and the entry of the trail."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from attain.dossier.rows import Row
from attain.organisations.actions import audit
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.revising import Stamp, withdraw, write_row
from attain.performance.shelves import SHELVES


@transaction.atomic
def record_row(
    *,
    centre: Centre,
    table: str,
    row: Row,
    by: Member,
    action: str,
    seen: int | None = None,
    reason: str = "",
    carried: Mapping[str, Any] | None = None,
    now: datetime | None = None,
) -> Any:
    """Record a row, or with `seen` correct the revision that its editor saw; return the record.

    The row is typed as a dossier's reader types it (`rules.read_row`).
    """
    stamp = Stamp(by, now or datetime.now(UTC), reason.strip())
    record = write_row(centre, table, row, stamp, seen, carried)
    details = {name: None if value is None else str(value) for name, value in row.items()}
    details |= {"revision": record.revision, "reason": stamp.reason}
    _tell(centre, table, row, by, action, details, stamp.now)
    return record


@transaction.atomic
def withdraw_row(
    *, record: models.RevisedRow, seen: int, reason: str, by: Member, now: datetime | None = None
) -> Any:
    """Withdraw what was recorded by mistake, with its reason; its revisions stay."""
    stamp = Stamp(by, now or datetime.now(UTC), reason.strip())
    again = withdraw(record, stamp, seen)
    name = next(name for name, shelf in SHELVES.items() if shelf.model is type(record))
    audit.record(
        by=by,
        action="performance.withdraw",
        kind=name,
        key=str(record.uuid),
        details={"reason": stamp.reason, "revision": again.revision},
        now=stamp.now,
    )
    return again


def _tell(
    centre: Centre,
    table: str,
    row: Row,
    by: Member,
    action: str,
    details: Mapping[str, Any],
    now: datetime,
) -> None:
    key = " ".join(str(part) for part in (centre.key, *SHELVES[table].key_of(row)))
    audit.record(
        by=by, action=f"performance.{action}", kind=table, key=key, details=details, now=now
    )
