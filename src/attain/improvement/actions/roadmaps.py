"""Opening a roadmap over closed assessments, changing how it ranks, archiving it."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from attain.improvement.actions.recording import record_of
from attain.improvement.models import Roadmap, RoadmapSource
from attain.improvement.queries.sources import SourceLine
from attain.improvement.rules.ranking import RankingRule, Unknowns
from attain.measurement.periods import Month
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member

_SEEDS = 2**31
_FURTHEST = 20
_CURRENCY = re.compile(r"[A-Z]{3}")
_ENDS = ("low", "likely", "high")
_MONEY = tuple(f"{name}_{end}" for name in ("one_off", "running", "benefit") for end in _ENDS)


@dataclass(frozen=True)
class RoadmapSettings:
    """How a roadmap counts: its currency, years of return, rule, unknowns, and its quarters."""

    title: str
    currency: str
    years: int
    rule: RankingRule
    unknowns: Unknowns
    first_month: Month
    quarters: int


@transaction.atomic
def open_roadmap(
    *,
    by: Member,
    centre: Centre | None,
    settings: RoadmapSettings,
    sources: Sequence[SourceLine],
    now: datetime,
) -> Roadmap:
    """Open a roadmap of a centre, or of the whole organisation, over closed assessments.

    They are by one model, and there is one of a place, so that a step has one name.
    """
    _refuse_settings(settings)
    _refuse_sources(sources)
    roadmap = Roadmap.objects.create(
        organisation=by.organisation,
        centre=centre,
        seed=secrets.randbelow(_SEEDS),
        opened_by=by,
        opened_at=now,
        **_kept(settings),
    )
    RoadmapSource.objects.bulk_create(
        RoadmapSource(organisation=by.organisation, roadmap=roadmap, assessment_id=source.pk)
        for source in sources
    )
    told = [str(source.uuid) for source in sources]
    record_of(by, "improvement.open_roadmap", roadmap, now, sources=told, **_kept(settings))
    return roadmap


@transaction.atomic
def change_roadmap(
    *, by: Member, roadmap: Roadmap, seen: int, settings: RoadmapSettings, now: datetime
) -> Roadmap:
    """Change how a roadmap counts; its currency only while no amount was said in it."""
    demand_in_use(roadmap)
    _refuse_settings(settings)
    if settings.currency != roadmap.currency and _has_amounts(roadmap):
        said = _("Amounts were given in %(currency)s.") % {"currency": roadmap.currency}
        raise ValidationError({"currency": said})
    changed = change(roadmap, seen=seen, what=_("the roadmap"), **_kept(settings))
    if changed:
        record_of(by, "improvement.change_roadmap", roadmap, now, changed=changed)
    return roadmap


@transaction.atomic
def take_later(
    *, by: Member, roadmap: Roadmap, source: RoadmapSource, seen: int, later: SourceLine,
    now: datetime,
) -> RoadmapSource:  # fmt: skip
    """Take a later assessment of the same place by the same model in the place of a source.

    What was said of steps stays by the names of the steps; of those that are gone too.
    """
    demand_in_use(roadmap)
    before = source.assessment
    if later.model != before.edition.key:
        raise RefusedActionError(_("The assessments of a roadmap are by one model."))
    change(source, seen=seen, what=_("the assessments of the roadmap"), assessment_id=later.pk)
    told = {"was": str(before.uuid), "is": str(later.uuid)}
    record_of(by, "improvement.take_later_assessment", roadmap, now, **told)
    return source


@transaction.atomic
def archive_roadmap(*, by: Member, roadmap: Roadmap, seen: int, now: datetime) -> Roadmap:
    """Put a roadmap away; it stays readable, and nothing of it is changed any more."""
    demand_in_use(roadmap)
    change(roadmap, seen=seen, what=_("the roadmap"), archived_at=now)
    record_of(by, "improvement.archive_roadmap", roadmap, now)
    return roadmap


def demand_in_use(roadmap: Roadmap) -> None:
    """Refuse what is done to a roadmap that was archived."""
    if roadmap.archived_at is not None:
        raise RefusedActionError(_("The roadmap is archived, and stays as it is."))


def _kept(settings: RoadmapSettings) -> dict[str, object]:
    return {**asdict(settings), "rule": settings.rule.value, "unknowns": settings.unknowns.value,
            "first_month": settings.first_month}  # fmt: skip


def _has_amounts(roadmap: Roadmap) -> bool:
    rows = roadmap.appraisals.values_list(*_MONEY)
    return any(amount is not None for row in rows for amount in row)


def _refuse_settings(settings: RoadmapSettings) -> None:
    faults: dict[str, str] = {}
    if not _CURRENCY.fullmatch(settings.currency):
        faults["currency"] = _("A currency is three capital letters, such as GBP.")
    if not 1 <= settings.years <= _FURTHEST:
        faults["years"] = _("A number from 1 to 20 is expected.")
    if not 1 <= settings.quarters <= _FURTHEST:
        faults["quarters"] = _("A number from 1 to 20 is expected.")
    if faults:
        raise ValidationError(faults)


def _refuse_sources(sources: Sequence[SourceLine]) -> None:
    if not sources:
        raise ValidationError({"sources": _("Choose at least one closed assessment.")})
    if len({source.model for source in sources}) > 1:
        raise ValidationError({"sources": _("The assessments of a roadmap are by one model.")})
    if len({source.place_key for source in sources}) < len(sources):
        raise ValidationError({"sources": _("Choose one assessment of each place.")})
