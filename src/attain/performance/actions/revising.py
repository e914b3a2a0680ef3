"""How rows are written: a new one is added, one that says something else is a further revision.

Nothing that was recorded is edited. The one bookkeeping change is that an earlier revision is no
longer the current one.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from attain.dossier.cells import shown
from attain.dossier.rows import Row
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.naming import Names, named
from attain.performance.queries.rows import in_place
from attain.performance.rules import RowRefusedError, limits_of
from attain.performance.shelves import SHELVES, Shelf

_BATCH = 1000
# What is decided once: another value is another date, or the definition is changed on its page.
DECIDED = ("processes", "metrics", "targets", "service_levels", "systems")


@dataclass(frozen=True)
class Stamp:
    """Who records something, when, why, and of which import; and what new things are called."""

    by: Member
    now: datetime
    reason: str = ""
    source: models.Import | None = None
    names: Names = field(default_factory=dict)


@dataclass(frozen=True)
class WritingConflict:
    """A row that cannot be written beside what is there: its place among the rows, and why."""

    at: int
    column: str
    found: str
    expected: str


@dataclass(frozen=True)
class WritingPlan:
    """What writing rows of a table would do: which are new, which revise, which say the same."""

    shelf: Shelf
    added: Sequence[Row]
    revised: Sequence[tuple[Row, models.RevisedRow]]
    unchanged: int
    conflicts: Sequence[WritingConflict]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are added, revised and unchanged."""
        revised = len(self.revised)
        return {"added": len(self.added), "revised": revised, "unchanged": self.unchanged}


def plan_rows(
    centre: Centre, name: str, rows: Sequence[Row], listed: Iterable[str] = ()
) -> WritingPlan:
    """Return what writing rows of a table to a centre would do; nothing is written.

    `listed` are keys of the parent table that are written with them.
    """
    shelf = SHELVES[name]
    there = {shelf.key_of(row): record for row, record in _there(shelf, centre)}
    parents = None if shelf.parent_shelf is None else {*_keys(shelf.parent_shelf, centre), *listed}
    added: list[Row] = []
    revised: list[tuple[Row, models.RevisedRow]] = []
    conflicts: list[WritingConflict] = []
    unchanged = 0
    for at, row in enumerate(rows):
        conflict = _unkeepable(shelf, at, row, parents)
        record = there.get(shelf.key_of(row))
        if conflict:
            conflicts.append(conflict)
        elif record is None:
            added.append(row)
        elif _says(shelf, record) == row:
            unchanged += 1
        elif name in DECIDED:
            conflicts.append(_decided(shelf, at, row, record))
        else:
            revised.append((row, record))
    return WritingPlan(shelf, added, revised, unchanged, conflicts)


def _there(shelf: Shelf, centre: Centre) -> Iterable[tuple[Row, Any]]:
    """Yield the rows that are there with their records."""
    records = in_place(shelf, [centre])
    if shelf.parent:
        records = records.select_related(shelf.parent)
    for record in records:
        yield _says(shelf, record), record


def _says(shelf: Shelf, record: Any) -> dict[str, Any]:
    """Return the row that a record says."""
    parent = shelf.parent
    kept = (getattr(record, f).key if f == parent else getattr(record, f) for f in shelf.fields)
    return shelf.row(tuple(kept))


def _keys(shelf: Shelf, centre: Centre) -> Mapping[str, Any]:
    """Return the definitions of a table by their keys."""
    return {record.key: record for record in in_place(shelf, [centre])}


def _unkeepable(
    shelf: Shelf, at: int, row: Row, parents: set[str] | None
) -> WritingConflict | None:
    """Return why a row cannot be kept whatever is there, None where it can."""
    for fault in limits_of(row):
        return WritingConflict(at, fault.column, fault.found, fault.expected)
    if parents is not None and shelf.parent and row[shelf.parent] not in parents:
        expected = f"a {shelf.parent} that the centre has"
        return WritingConflict(at, shelf.parent, shown(row[shelf.parent]), expected)
    return None


def _decided(shelf: Shelf, at: int, row: Row, record: Any) -> WritingConflict:
    """Return that a row would edit what was decided."""
    said = _says(shelf, record)
    column = next(name for name in shelf.table.names if said[name] != row[name])
    was = shown(str(said[column]))
    expected = f"{was}, as it stands; a new value has a new date or is changed on its page"
    return WritingConflict(at, column, shown(str(row[column])), expected)


def write_plan(centre: Centre, plan: WritingPlan, stamp: Stamp) -> None:
    """Write what was planned, by a number of queries that does not grow with the rows."""
    shelf = plan.shelf
    parents = _keys(shelf.parent_shelf, centre) if shelf.parent_shelf else {}
    earlier = _earlier_revisions(shelf, centre) if shelf.is_revised and plan.added else {}
    records = []
    for row in plan.added:
        first = earlier.get(_identity(shelf, row, parents), 0) + 1
        records.append(_record(centre, shelf, row, parents, stamp, first))
    for row, record in plan.revised:
        carried = {name: getattr(record, name) for name in shelf.carried}
        number = record.revision + 1
        records.append(_record(centre, shelf, row, parents, stamp, number, carried))
    replaced = [record.pk for _, record in plan.revised]
    if shelf.is_revised:
        replaced += _withdrawn_ids(shelf, centre, records)
    try:
        with transaction.atomic():
            _put(shelf, replaced, records)
    except IntegrityError as error:
        raise RefusedActionError(
            _("Somebody else recorded some of this in the meantime. Look at it, and try again.")
        ) from error


def _put(shelf: Shelf, replaced: Sequence[int], records: Sequence[Any]) -> None:
    """Make records ones of the past, and write those that take their place."""
    for start in range(0, len(replaced), _BATCH):
        batch = replaced[start : start + _BATCH]
        shelf.model.objects.filter(pk__in=batch).update(is_current=False)
    shelf.model.objects.bulk_create(records, batch_size=_BATCH)


def key_fields(shelf: Shelf) -> list[str]:
    """Return the fields of a row's key."""
    fields = [shelf.field_of[name] for name in shelf.table.key]
    return [f"{field}_id" if field == shelf.parent else field for field in fields]


def _identity(shelf: Shelf, row: Row, parents: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the key of a row as the database has it."""
    kept = shelf.kept({name: row[name] for name in shelf.table.key})
    if shelf.parent in kept:
        parent = parents.get(kept[shelf.parent])
        kept[shelf.parent] = parent.pk if parent else None
    return tuple(kept.values())


def _earlier_revisions(shelf: Shelf, centre: Centre) -> dict[tuple[Any, ...], int]:
    """Return the number of the last revision of what was withdrawn, by its key."""
    withdrawn = shelf.model.objects.filter(centre=centre, withdrawn=True, is_current=True)
    return {
        tuple(key): revision
        for revision, *key in withdrawn.values_list("revision", *key_fields(shelf))
    }


def _withdrawn_ids(shelf: Shelf, centre: Centre, records: Sequence[Any]) -> list[int]:
    """Return the withdrawn records that are taken up again by new ones."""
    if not any(record.revision > 1 for record in records):
        return []
    fields = key_fields(shelf)
    taken = {tuple(getattr(record, field) for field in fields) for record in records}
    withdrawn = shelf.model.objects.filter(centre=centre, withdrawn=True, is_current=True)
    found = withdrawn.values_list("pk", *fields)
    return [pk for pk, *key in found if tuple(key) in taken]


def _record(
    centre: Centre,
    shelf: Shelf,
    row: Row,
    parents: Mapping[str, Any],
    stamp: Stamp,
    revision: int,
    carried: Mapping[str, Any] | None = None,
) -> Any:
    """Return a record of a row, which is not written yet."""
    fields = shelf.kept(row) | dict(carried or {})
    fields = {name: "" if _blank(shelf, name, value) else value for name, value in fields.items()}
    if shelf.parent:
        fields[shelf.parent] = parents[fields[shelf.parent]]
    owned = {"organisation_id": centre.organisation_id, "centre": centre, "source": stamp.source}
    if not shelf.is_revised:
        return shelf.model(**owned, **fields, **named(shelf, fields, stamp.names))
    recorded = {"recorded_at": stamp.now, "recorded_by": stamp.by, "reason": stamp.reason}
    return shelf.model(**owned, **fields, **recorded, revision=revision)


def _blank(shelf: Shelf, name: str, value: Any) -> bool:
    """Say whether nothing is kept as an empty text in a field."""
    return value is None and not shelf.model._meta.get_field(name.removesuffix("_id")).null


def write_row(
    centre: Centre,
    name: str,
    row: Row,
    stamp: Stamp,
    seen: int | None = None,
    carried: Mapping[str, Any] | None = None,
) -> Any:
    """Write one row: a new one, or the correction of the revision that its editor saw.

    RefusedActionError where a new one is there already or a correction has no reason,
    ChangedMeanwhileError where another revision was made since, RowRefusedError where it cannot be
    kept.
    """
    shelf = SHELVES[name]
    if faults := limits_of(row):
        raise RowRefusedError(faults)
    parents = _keys(shelf.parent_shelf, centre) if shelf.parent_shelf else {}
    current = _current(shelf, centre, row, parents)
    _check_seen(shelf, row, current, seen, stamp)
    revision, kept = 1, dict(carried or {})
    if current is not None:
        revision = current.revision + 1
        kept = {each: getattr(current, each) for each in shelf.carried} | kept
        _replace(shelf, current, row)
    record = _record(centre, shelf, row, parents, stamp, revision, kept)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError:
        _raise_changed(shelf, _current_again(shelf, record), row)
    return record


def withdraw(record: models.RevisedRow, stamp: Stamp, seen: int) -> Any:
    """Add the revision that a record is not there any more; ChangedMeanwhileError as ever."""
    shelf = next(each for each in SHELVES.values() if each.model is type(record))
    if not stamp.reason.strip():
        raise RefusedActionError(_("What is withdrawn needs its reason."))
    said = _says(shelf, record)
    if record.revision != seen:
        _raise_changed(shelf, _current_again(shelf, record), said)
    _replace(shelf, record, said)
    again: Any = copy_of(record, stamp)
    again.withdrawn = True
    again.save(force_insert=True)
    return again


def copy_of(record: models.RevisedRow, stamp: Stamp) -> Any:
    """Return a further revision that says the same; it is not written yet."""
    left = {"id", "uuid", "revision", "is_current", "recorded_at", "recorded_by", "reason"}
    fields = {
        f.attname: getattr(record, f.attname)
        for f in record._meta.concrete_fields
        if f.name not in left
    }
    fields |= {"source_id": stamp.source.pk if stamp.source else None}
    fields |= {"recorded_at": stamp.now, "recorded_by": stamp.by, "reason": stamp.reason}
    return type(record)(**fields, revision=record.revision + 1)


def _current(shelf: Shelf, centre: Centre, row: Row, parents: Mapping[str, Any]) -> Any:
    """Return the current record of a row's key, withdrawn or not; None where there is none."""
    key = dict(zip(key_fields(shelf), _identity(shelf, row, parents), strict=True))
    return shelf.model.objects.filter(centre=centre, is_current=True, **key).first()


def _check_seen(shelf: Shelf, row: Row, current: Any, seen: int | None, stamp: Stamp) -> None:
    """Refuse a second first record, a correction without a reason, and a lost update."""
    there = current is not None and not current.withdrawn
    if seen is None:
        if there:
            raise RefusedActionError(
                _("%(key)s is recorded already; correct it instead, with a reason.")
                % {"key": " ".join(map(str, shelf.key_of(row)))}
            )
        return
    if current is None or current.revision != seen:
        _raise_changed(shelf, current, row)
    if not stamp.reason.strip():
        raise RefusedActionError(_("A correction needs its reason."))


def _replace(shelf: Shelf, current: Any, row: Row) -> None:
    """Make a record one of the past; ChangedMeanwhileError where it is that already."""
    still = shelf.model.objects.filter(pk=current.pk, is_current=True)
    if still.update(is_current=False) != 1:
        _raise_changed(shelf, _current_again(shelf, current), row)


def _current_again(shelf: Shelf, record: Any) -> Any:
    key = {field: getattr(record, field) for field in key_fields(shelf)}
    return shelf.model.objects.filter(centre=record.centre_id, is_current=True, **key).first()


def _raise_changed(shelf: Shelf, current: Any, row: Row) -> None:
    theirs = _says(shelf, current) if current is not None else {}
    raise ChangedMeanwhileError(
        " ".join(map(str, shelf.key_of(row))),
        {name: _told(value) for name, value in theirs.items()},
        {name: _told(value) for name, value in row.items()},
    )


def _told(value: Any) -> object:
    return "" if value is None else str(value)
