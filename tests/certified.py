"""A centre whose records reach a tier, written through the actions of the performance room."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from attain.certification.actions import applications, decisions, reviews
from attain.certification.models import Application, Certificate, Decision
from attain.certification.rules.applications import ReviewKind, ReviewResult
from attain.measurement.metrics import Direction
from attain.measurement.periods import last_full_month, months_until
from attain.organisations.models import Centre, Member, RoleHeld, Site
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from attain.performance.models import CoverageFigure
from attain.standards.figures import Aspect, Documented, ProcessClass
from estate import Estate, make_account, make_member

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
AS_OF = date(2026, 10, 31)
METRICS = {"answer-time": "answering", "accuracy": "answering", "forecast": "forecasting"}
Strips = Mapping[str, str]


def record_centre(
    estate: Estate,
    centre: Centre | None = None,
    *,
    months: Strips | None = None,
    uptime: str = "++++++++++++",
    as_of: date = AS_OF,
) -> Centre:
    """Record figures that reach tier 2; `months` are strips of metrics that are others than good.

    Strips end with the last month: + on target, - off target, . missing. The centre is contacted
    by chat alone, which tier 2 does not ask about.
    """
    centre = centre or estate.centre
    centre.channels = ["chat"]
    centre.save()
    by = estate.member(Role.PROGRAMME_LEAD)
    strips = {metric: (months or {}).get(metric, "+" * 12) for metric in METRICS}
    load_rows(centre=centre, rows=_rows(strips, uptime, as_of), by=by, now=NOW)
    CoverageFigure.objects.create(
        organisation=centre.organisation,
        centre=centre,
        since=date(2025, 1, 1),
        site_volume=1000,
        assessed_volume=900,
        recorded_at=NOW,
        recorded_by=by,
    )
    return centre


def _rows(strips: Strips, uptime: str, as_of: date) -> dict[str, Sequence[dict[str, Any]]]:
    start = date(2024, 1, 1)
    return {
        "processes": [
            _process("answering", ProcessClass.END_USER_FACING),
            _process("forecasting", ProcessClass.ENABLING),
        ],
        "metrics": [_metric(metric, process) for metric, process in METRICS.items()],
        "targets": [{"metric": m, "from": start, "target": Fraction(4, 5)} for m in METRICS],
        "readings": [r for metric, strip in strips.items() for r in readings(metric, strip, as_of)],
        "systems": [{"system": "telephony", "class": ProcessClass.END_USER_FACING}],
        "uptime": [
            {
                "system": "telephony",
                "month": month,
                "uptime": Fraction(999 if sign == "+" else 900, 1000),
                "target": Fraction(99, 100),
            }
            for month, sign in _signs(uptime, as_of)
        ],
        "initiatives": [_initiative("callbacks"), _initiative("knowledge")],
        "practices": [practice("coaching"), practice("forecasting")],
        "documents": [
            {
                "kind": "business_continuity_plan",
                "title": "Plan",
                "dated": date(2026, 1, 1),
                "covers_backup_and_recovery": True,
                "sets_acceptable_levels": True,
                "communicated_on": date(2026, 1, 10),
                "tested_on": date(2026, 5, 1),
            }
        ],
    }


def readings(metric: str, strip: str, as_of: date = AS_OF) -> list[dict[str, Any]]:
    """Return the rows of a strip of months of a metric."""
    return [
        {
            "metric": metric,
            "month": month,
            "numerator": Fraction(9 if sign == "+" else 7),
            "denominator": Fraction(10),
        }
        for month, sign in _signs(strip, as_of)
    ]


def practice(item: str, documented: Documented = Documented.YES) -> dict[str, Any]:
    """Return the row of a practice."""
    evidence = f"{item}.pdf" if documented is Documented.YES else None
    return {"item": item, "documented": documented, "reason": None, "evidence": evidence}


def _signs(strip: str, as_of: date) -> list[tuple[Any, str]]:
    months = months_until(last_full_month(as_of), len(strip))
    return [(month, sign) for month, sign in zip(months, strip, strict=True) if sign != "."]


def _process(process: str, facing: ProcessClass) -> dict[str, Any]:
    return {"process": process, "class": facing, "low_volume": False, "time_and_materials": False}


def _metric(metric: str, process: str) -> dict[str, Any]:
    return {
        "metric": metric,
        "process": process,
        "aspect": Aspect.SERVICE,
        "unit": None,
        "better": Direction.HIGHER,
    }


def _initiative(initiative: str) -> dict[str, Any]:
    return {
        "initiative": initiative,
        "process": "answering",
        "started": date(2026, 2, 1),
        "completed": None,
        "structured": True,
        "analysis": "a fishbone",
        "outcome": "ten per cent less",
    }


def another_member(estate: Estate, role: Role, name: str) -> Member:
    """Return a further member who holds a role in the whole organisation."""
    account = make_account(f"{name.lower()}@{estate.organisation.key}.example", name)
    return make_member(estate.organisation, account, role)


def submitted(estate: Estate, centre: Centre, tier: int = 2, now: datetime = NOW) -> Application:
    """Return an application that the site lead made and submitted."""
    lead = estate.member(Role.SITE_LEAD)
    application = applications.apply(
        by=lead,
        centre=centre,
        scheme="performance-tiers",
        tier=tier,
        site_volume=1000,
        assessed_volume=900,
        now=now,
    )
    return applications.submit(by=lead, application=application, seen=1, now=now)


def reviewed(
    estate: Estate,
    centre: Centre,
    tier: int = 2,
    now: datetime = NOW,
    result: ReviewResult = ReviewResult.PASSED,
) -> Application:
    """Return an application whose reviews the assessor has all finished."""
    application = submitted(estate, centre, tier, now)
    assessor = estate.member(Role.ASSESSOR)
    for kind in ReviewKind:
        review = reviews.open_review(
            by=assessor,
            application=application,
            seen=application.version,
            kind=kind,
            assessor=assessor,
            on=now.date(),
            now=now,
        )
        reviews.record_answer(
            by=assessor, review=review, question="How?", asked="An agent", notes="So.", now=now
        )
        reviews.finish_review(
            by=assessor, review=review, seen=1, result=result, notes="Seen.", now=now
        )
        application.refresh_from_db()
    return application


def decided(
    estate: Estate, centre: Centre, tier: int = 2, now: datetime = NOW, as_of: date = AS_OF
) -> Decision:
    """Return the decision of the programme lead on a reviewed application."""
    application = reviewed(estate, centre, tier, now)
    return decisions.decide(
        by=estate.member(Role.PROGRAMME_LEAD),
        application=application,
        seen=application.version,
        as_of=as_of,
        award=True,
        reason="The figures bear it.",
        now=now,
    )


def certified(
    estate: Estate, centre: Centre, tier: int = 2, now: datetime = NOW, as_of: date = AS_OF
) -> Certificate:
    """Return the certificate that a decision led to."""
    return Certificate.objects.get(decision=decided(estate, centre, tier, now, as_of))


def site_lead_of(estate: Estate, site: Site) -> Member:
    """Return a member who leads one site alone."""
    account = make_account(f"lead@{estate.organisation.key}.example", "Bob")
    member = Member.objects.create(organisation=estate.organisation, account=account)
    RoleHeld.objects.create(member=member, role=Role.SITE_LEAD, site=site)
    return member
