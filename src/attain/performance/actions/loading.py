"""Loading many rows at once: a dossier, an import, the demonstration estate."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from attain.dossier.rows import Row
from attain.dossier.tables import TABLES
from attain.measurement.faults import Fault, RefusedError
from attain.organisations.actions import audit
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.naming import Names
from attain.performance.actions.revising import Stamp, plan_rows, write_plan


@transaction.atomic
def load_rows(
    *,
    centre: Centre,
    rows: Mapping[str, Sequence[Row]],
    by: Member,
    source: models.Import | None = None,
    now: datetime | None = None,
    reason: str = "",
    names: Names | None = None,
) -> dict[str, dict[str, int]]:
    """Write rows of a dossier's tables to a centre, all of them or none.

    `names` says what is called how, by table and key.

    The rows are typed as `dossier.rows.read_table` types them. A row whose key is there with other
    values is a further revision; of what is decided once it is refused. Returns by table how many
    were added, revised and unchanged; RefusedError with every row that cannot be written. The
    queries do not grow with the rows, and one entry of the audit trail tells of all of them.
    """
    stamp = Stamp(by, now or datetime.now(UTC), reason, source, names or {})
    counts: dict[str, dict[str, int]] = {}
    faults: list[Fault] = []
    for name in TABLES:
        if not rows.get(name):
            continue
        plan = plan_rows(centre, name, _each_once(name, rows[name], faults))
        faults += (
            Fault(TABLES[name].file, c.at + 2, c.column, c.found, c.expected)
            for c in plan.conflicts
        )
        if not faults:
            write_plan(centre, plan, stamp)
            counts[name] = plan.counts
    if faults:
        raise RefusedError(faults)
    _record(centre, by, source, counts, stamp)
    return counts


def _each_once(name: str, rows: Sequence[Row], faults: list[Fault]) -> Sequence[Row]:
    """Refuse rows that repeat a key."""
    table = TABLES[name]
    seen: dict[tuple[Any, ...], int] = {}
    for at, row in enumerate(rows):
        key = tuple(row[part] for part in table.key)
        first = seen.setdefault(key, at)
        if first != at:
            found = f"{' '.join(map(str, key))} again, first on line {first + 2}"
            expected = f"each {' and '.join(table.key)} once"
            faults.append(Fault(table.file, at + 2, table.key[-1], found, expected))
    return rows


def _record(
    centre: Centre,
    by: Member,
    source: models.Import | None,
    counts: Mapping[str, Mapping[str, int]],
    stamp: Stamp,
) -> None:
    audit.record(
        by=by,
        action="performance.load_rows",
        kind="centre",
        key=centre.key,
        details={"tables": counts, "import": str(source.uuid) if source else None},
        now=stamp.now,
    )
