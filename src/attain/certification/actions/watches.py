"""The monthly watch over certificates, and the corrective actions that it raises."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django_scopes import scope

from attain.certification.actions.corrective import raise_corrective_action
from attain.certification.actions.telling import tell_watched
from attain.certification.models import Certificate, WatchResult
from attain.certification.queries.certificates import running, with_moves
from attain.certification.queries.verdicts import find_law
from attain.certification.rules.proofs import write_tree
from attain.certification.rules.watching import Watched, WatchOutcome, watch
from attain.measurement.hashes import sha256_of
from attain.measurement.periods import Month, last_full_month
from attain.organisations.actions import audit
from attain.organisations.days import today_of
from attain.organisations.pages import Organisation
from attain.performance import queries as performance
from attain.standards.figures import Figures


def watch_certificates(organisation: Organisation, now: datetime) -> list[WatchResult]:
    """Judge each running certificate of an organisation once for the last full month.

    Run as often as liked: a month that was watched is not watched again. One that is lost raises a
    corrective action on exactly what failed.
    """
    with scope(organisation=organisation):
        today = today_of(organisation, now)
        month = last_full_month(today)
        due = _due(month, now)
        centres = [each.centre for each in due]
        figures = performance.figures_of_many(centres, today) if centres else {}
        return [_watch(each, figures[each.centre_id], month, today, now) for each in due]


def _due(month: Month, now: datetime) -> Sequence[Certificate]:
    rows = Certificate.objects.exclude(watches__month=month).filter(lapses_at__gt=now)
    rows = rows.select_related("organisation", "centre__site", "centre__organisation")
    return running(with_moves(rows), now)


@transaction.atomic
def _watch(
    certificate: Certificate, figures: Figures, month: Month, today: date, now: datetime
) -> WatchResult:
    scheme, models = find_law(certificate.scheme)
    watched = watch(figures, scheme, models, certificate.tier, today)
    result = WatchResult.objects.create(
        organisation=certificate.organisation,
        certificate=certificate,
        month=month,
        at=now,
        as_of=today,
        outcome=watched.outcome,
        reached=watched.verdict.tier,
        failing=list(watched.failing),
        at_risk=watched.is_at_risk,
        risks=list(watched.at_risk) if watched.is_at_risk else [],
        tree_hash=sha256_of(write_tree(watched.verdict)),
    )
    _record(result, watched)
    tell_watched(result)
    if watched.outcome is WatchOutcome.LOST and not _is_answering(certificate):
        raise_corrective_action(by=None, watch=result, now=now)
    return result


def _is_answering(certificate: Certificate) -> bool:
    return certificate.corrective_actions.exclude(state="verified").exists()


def _record(result: WatchResult, watched: Watched) -> None:
    audit.record(
        by=None,
        action="certification.watch",
        kind="certificate",
        key=result.certificate.number,
        details={
            "month": result.month,
            "outcome": watched.outcome,
            "failing": result.failing,
            "at_risk": result.risks,
        },
        organisation=result.organisation,
        now=result.at,
    )
