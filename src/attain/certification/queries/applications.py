"""What the pages of applications show."""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from attain.certification.models import Application, Decision
from attain.certification.queries.decisions import documents_flagged, practices_flagged
from attain.certification.queries.involved import reviews_held
from attain.certification.queries.verdicts import title_of, titled
from attain.certification.rules.applications import Purpose, reviews_lacking, reviews_needed
from attain.organisations.pages import Centre, Member
from attain.organisations.queries import visible_centres
from attain.organisations.rules import Permission
from attain.performance import queries as performance


def applications_seen(member: Member) -> QuerySet[Application]:
    """Return the applications of the centres that a member may see, the latest first."""
    centres = visible_centres(member, Permission.READ_CERTIFICATION)
    return Application.objects.filter(centre__in=centres).select_related(
        "centre", "applied_by__account"
    )


def coverage_of(centre: Centre, as_of: date) -> tuple[int, int]:
    """Return the volume of the whole site and that of what is assessed, as recorded."""
    scope = performance.scope_of(centre, as_of)
    return scope.site_volume, scope.assessed_volume


def decision_of(application: Application) -> Decision | None:
    """Return the decision on an application, None where it is not decided."""
    rows = Decision.objects.select_related("by__account", "certificate", "previous")
    return rows.filter(application=application).first()


def application_page(application: Application) -> dict[str, Any]:
    """Return everything of an application that its pages show."""
    reviews = application.reviews.select_related("assessor__account")
    needed = reviews_needed(application.tier, Purpose(application.purpose))
    decision = decision_of(application)
    title, told_in = title_of(application.scheme)
    return {
        "application": application,
        "centre": application.centre,
        "items": application.items.all(),
        "practices_flagged": {flag.key: flag.flag for flag in practices_flagged(application)},
        "documents_flagged": documents_flagged(application),
        "reviews": reviews.prefetch_related("answers"),
        "reviews_lacking": reviews_lacking(needed, reviews_held(application)),
        "decision": decision,
        "scheme_title": title,
        "titles_in": told_in,
        "lacking": titled(application.scheme, decision.lacking) if decision else [],
    }
