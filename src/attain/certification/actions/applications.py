"""Applying for a tier: draft, submit with the documented practices, withdraw."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from attain.certification.actions.telling import tell_submitted
from attain.certification.models import Application, SubmittedItem
from attain.certification.queries.certificates import running_of
from attain.certification.queries.verdicts import find_law
from attain.certification.rules.applications import (
    OPEN_STATES,
    ApplicationState,
    may_move,
    purpose_of,
)
from attain.certification.rules.resubmission import document_as_json
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Centre, Member
from attain.performance import queries as performance
from attain.performance.queries.evidence import hashes_of_documents, hashes_of_practices
from attain.standards.figures import Document, Practice


@transaction.atomic
def apply(
    *,
    by: Member,
    centre: Centre,
    scheme: str,
    tier: int,
    site_volume: int,
    assessed_volume: int,
    now: datetime,
) -> Application:
    """Draft an application of a centre for a tier, with the volumes that it covers."""
    _check_scope(centre, scheme, tier)
    if assessed_volume > site_volume:
        raise RefusedActionError(_("What is assessed cannot be more than the whole site."))
    open_ones = Application.objects.filter(centre=centre, scheme=scheme, state__in=OPEN_STATES)
    if open_ones.exists():
        raise RefusedActionError(_("The centre has an open application already. Go on with that."))
    held = running_of(centre, scheme, now)
    application = Application.objects.create(
        organisation=centre.organisation,
        centre=centre,
        scheme=scheme,
        tier=tier,
        purpose=purpose_of(tier, held.tier if held else None),
        site_volume=site_volume,
        assessed_volume=assessed_volume,
        applied_by=by,
        applied_at=now,
    )
    _record(by, "certification.apply", application, now, tier=tier, scheme=scheme)
    return application


def _check_scope(centre: Centre, scheme: str, tier: int) -> None:
    law, _models = find_law(scheme)
    kind = "site" if centre.programme_id is None else "programme"
    if kind not in law.applies_to:
        raise RefusedActionError(_("The scheme does not cover what is to be certified."))
    if not 1 <= tier <= len(law.tiers):
        raise RefusedActionError(_("The scheme has no such tier."))


@transaction.atomic
def submit(*, by: Member, application: Application, seen: int, now: datetime) -> Application:
    """Submit an application: freeze the documented practices with their evidence, and documents."""
    _demand_move(application, ApplicationState.SUBMITTED)
    figures = performance.figures_of(application.centre)
    if not figures.practices:
        raise RefusedActionError(
            _("No practice is documented yet. Record the practices of the centre first.")
        )
    change(
        application,
        seen=seen,
        what=_("the application"),
        state=ApplicationState.SUBMITTED,
        submitted_at=now,
        submitted_by=by,
        documents=_documents(application.centre, figures.documents),
    )
    hashes = hashes_of_practices(application.centre)
    SubmittedItem.objects.bulk_create(
        [_submitted(application, each, hashes.get(each.item)) for each in figures.practices]
    )
    practices = len(figures.practices)
    _record(by, "certification.submit", application, now, practices=practices)
    tell_submitted(application, now)
    return application


def _documents(centre: Centre, documents: Iterable[Document]) -> list[dict[str, Any]]:
    hashes = hashes_of_documents(centre)
    return [document_as_json(each, hashes.get((each.kind, each.title))) for each in documents]


def _submitted(application: Application, practice: Practice, sha256: str | None) -> SubmittedItem:
    return SubmittedItem(
        application=application,
        item=practice.item,
        documented=practice.documented,
        reason=practice.reason or "",
        evidence=practice.evidence or "",
        hashes=[sha256] if sha256 else [],
    )


@transaction.atomic
def withdraw_application(
    *, by: Member, application: Application, seen: int, reason: str, now: datetime
) -> Application:
    """Take back an application that is not decided yet."""
    _demand_move(application, ApplicationState.WITHDRAWN)
    change(
        application,
        seen=seen,
        what=_("the application"),
        state=ApplicationState.WITHDRAWN,
        closed_at=now,
        reason=reason,
    )
    _record(by, "certification.withdraw_application", application, now, reason=reason)
    return application


def _demand_move(application: Application, after: ApplicationState) -> None:
    if not may_move(ApplicationState(application.state), after):
        raise RefusedActionError(
            _("An application that is %(state)s cannot become %(after)s.")
            % {"state": application.get_state_display().lower(), "after": after.value}
        )


def _record(
    by: Member, action: str, application: Application, now: datetime, **details: object
) -> None:
    audit.record(
        by=by,
        action=action,
        kind="application",
        key=str(application.uuid),
        details={"centre": application.centre.key, **details},
        now=now,
    )
