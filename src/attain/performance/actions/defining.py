"""Defining what is measured: processes, metrics and systems, and the targets from a date on."""

from datetime import date, datetime
from fractions import Fraction
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from attain.dossier.tables import TABLES
from attain.measurement.metrics import Direction
from attain.organisations.actions import audit
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance import models
from attain.performance.actions.recording import record_row
from attain.performance.rules import RowRefusedError, limits_of
from attain.standards.figures import Aspect, ProcessClass

Defined = TypeVar("Defined", bound=models.DefinedRow)
_TITLES = ("key", "name")


@transaction.atomic
def define_process(
    *,
    centre: Centre,
    key: str,
    name: str,
    facing: ProcessClass,
    by: Member,
    low_volume: bool = False,
    time_and_materials: bool = False,
) -> models.Process:
    """Define a process of a centre."""
    fields = {"facing": facing.value, "low_volume": low_volume}
    fields |= {"time_and_materials": time_and_materials}
    return _define(models.Process, centre, key, name, by, fields)


@transaction.atomic
def define_system(
    *, centre: Centre, key: str, name: str, facing: ProcessClass, by: Member
) -> models.System:
    """Define a technology system of a centre."""
    return _define(models.System, centre, key, name, by, {"facing": facing.value})


@transaction.atomic
def define_metric(
    *,
    process: models.Process,
    key: str,
    name: str,
    aspect: Aspect,
    better: Direction,
    by: Member,
    unit: str = "",
    **further: Any,
) -> models.Metric:
    """Define a metric of a process.

    `further` are its numerator and denominator in words, why it matters, its owner, next review
    and its key in the library.
    """
    fields = {"process": process, "aspect": aspect.value, "better": better.value, "unit": unit}
    return _define(models.Metric, process.centre, key, name, by, fields | further)


def _define(
    model: type[Defined], centre: Centre, key: str, name: str, by: Member, fields: dict[str, Any]
) -> Defined:
    """Write a definition, unless its key is taken or cannot be kept."""
    faults = limits_of({"key": key, "name": name})
    if faults or not key.strip() or not name.strip():
        raise RefusedActionError(_("A key and a name have 1 to 200 characters."))
    if model.objects.filter(centre=centre, key=key, withdrawn=False).exists():
        raise RefusedActionError(_("%(key)s is there already.") % {"key": key})
    made = model.objects.create(
        organisation_id=centre.organisation_id, centre=centre, key=key, name=name, **fields
    )
    _tell(by, f"define_{model.__name__.lower()}", made, {"name": name} | fields)
    return made


@transaction.atomic
def change_process(
    *, process: models.Process, seen: int, by: Member, **changes: Any
) -> models.Process:
    """Change a process that still is as its editor saw it."""
    return _change(process, seen, by, changes)


@transaction.atomic
def change_system(*, system: models.System, seen: int, by: Member, **changes: Any) -> models.System:
    """Change a system that still is as its editor saw it."""
    return _change(system, seen, by, changes)


@transaction.atomic
def change_metric(*, metric: models.Metric, seen: int, by: Member, **changes: Any) -> models.Metric:
    """Change a metric that still is as its editor saw it, or retire it from a date on.

    Its direction cannot change once it has readings: they would be judged anew.
    """
    turned = "better" in changes and str(changes["better"]) != metric.better
    if turned and models.Reading.objects.filter(metric=metric).exists():
        raise RefusedActionError(
            _("This metric has readings. Retire it, and define one with the other direction.")
        )
    return _change(metric, seen, by, changes)


def _change(record: Defined, seen: int, by: Member, changes: dict[str, Any]) -> Defined:
    """Change a definition; ChangedMeanwhileError where somebody else did since it was read."""
    faults = limits_of({name: v for name, v in changes.items() if name in _TITLES})
    if faults:
        raise RowRefusedError(faults)
    same = type(record).objects.filter(pk=record.pk, version=seen, withdrawn=False)
    if same.update(**changes, version=F("version") + 1) != 1:
        now = type(record).objects.get(pk=record.pk)
        theirs: dict[str, object] = {name: str(getattr(now, name)) for name in changes}
        yours: dict[str, object] = {name: str(value) for name, value in changes.items()}
        raise ChangedMeanwhileError(record.name, theirs, yours)
    changed = type(record).objects.get(pk=record.pk)
    _tell(by, f"change_{type(record).__name__.lower()}", changed, changes)
    return changed


def _tell(by: Member, action: str, record: Any, details: dict[str, Any]) -> None:
    kind = type(record).__name__.lower()
    key = f"{record.centre.key} {record.key}"
    audit.record(by=by, action=f"performance.{action}", kind=kind, key=key, details=details)


def set_target(
    *,
    metric: models.Metric,
    since: date,
    target: Fraction,
    by: Member,
    now: datetime | None = None,
) -> models.Target:
    """Set the target of a metric from a date on. An earlier target is never edited."""
    row = {"metric": metric.key, "from": since, "target": target}
    made: models.Target = _target(metric.centre, "targets", row, by, now)
    return made


def set_service_level(
    *,
    centre: Centre,
    channel: str,
    since: date,
    share: Fraction,
    of: str,
    by: Member,
    now: datetime | None = None,
) -> models.ServiceLevelTarget:
    """Set the service level of a channel from a date on. An earlier one is never edited."""
    basis = TABLES["service_levels"].column("of").read(of)
    row = {"channel": channel, "from": since, "target": share, "of": basis}
    made: models.ServiceLevelTarget = _target(centre, "service_levels", row, by, now)
    return made


def _target(
    centre: Centre, table: str, row: dict[str, Any], by: Member, now: datetime | None
) -> Any:
    return record_row(
        centre=centre, table=table, row=row, by=by, action=f"set_{table[:-1]}", now=now
    )
