"""Deciding on an application: by a person who did not assess, on a proof that is kept whole."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from attain.certification.actions.certificates import issue
from attain.certification.actions.telling import tell_decided
from attain.certification.models import Application, Decision
from attain.certification.queries.decisions import changes_since, previous_decision
from attain.certification.queries.involved import involved_in, reviews_held
from attain.certification.queries.verdicts import judge
from attain.certification.rules.applications import (
    ApplicationState,
    Purpose,
    may_move,
    reviews_failed,
    reviews_lacking,
    reviews_needed,
)
from attain.certification.rules.independence import conflict_of_decider
from attain.certification.rules.inputs import input_hashes
from attain.certification.rules.proofs import lacking, sentences_kept, write_tree
from attain.certification.words import CONFLICTS
from attain.measurement.hashes import sha256_of
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.days import today_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member
from attain.performance import queries as performance
from attain.standards.figures import Figures
from attain.standards.verdicts import Verdict


@transaction.atomic
def decide(
    *,
    by: Member,
    application: Application,
    seen: int,
    as_of: date,
    award: bool,
    reason: str,
    now: datetime,
) -> Decision:
    """Decide on a reviewed application, and issue the certificate where the tier is awarded.

    The verdict is found anew from the records. An award that they do not bear, or after a review
    that was deficient, becomes a refusal that says what is lacking.
    """
    _demand_decidable(by, application, as_of, reason, now)
    figures = performance.figures_of(application.centre, as_of)
    verdict = judge(figures, application.scheme, as_of)
    failed = reviews_failed(reviews_held(application))
    reached = verdict.tier or 0
    awarded = award and reached >= application.tier and not failed
    change(
        application,
        seen=seen,
        what=_("the application"),
        state=ApplicationState.DECIDED,
        closed_at=now,
    )
    decision = Decision.objects.create(
        organisation=application.organisation,
        application=application,
        centre=application.centre,
        by=by,
        at=now,
        as_of=as_of,
        sought=application.tier,
        awarded=awarded,
        reviews_failed=list(failed),
        reason=reason,
        **_proof(application, figures, verdict),
    )
    certificate = issue(by=by, decision=decision, now=now) if awarded else None
    _record(decision, certificate.number if certificate else None)
    tell_decided(decision)
    return decision


def _proof(application: Application, figures: Figures, verdict: Verdict) -> dict[str, Any]:
    tree = write_tree(verdict)
    return {
        "scheme": verdict.scheme.scheme,
        "edition": verdict.scheme.edition,
        "reached": verdict.tier,
        "lacking": list(lacking(verdict, application.tier)),
        "tree": tree,
        "sentences": sentences_kept(verdict),
        "tree_hash": sha256_of(tree),
        "inputs": input_hashes(figures),
        "previous": previous_decision(application),
        "changes": [each.as_json() for each in changes_since(application, verdict.as_json())],
    }


def _demand_decidable(
    by: Member, application: Application, as_of: date, reason: str, now: datetime
) -> None:
    if not may_move(ApplicationState(application.state), ApplicationState.DECIDED):
        raise RefusedActionError(_("Only an application under review can be decided."))
    conflict = conflict_of_decider(by.account_id, involved_in(application))
    if conflict:
        raise RefusedActionError(str(CONFLICTS[conflict]))
    if as_of > today_of(application.organisation, now):
        raise RefusedActionError(_("The figures of a day that is still to come cannot be judged."))
    if not reason.strip():
        raise RefusedActionError(_("Say why: the reason is kept with the decision."))
    needed = reviews_needed(application.tier, Purpose(application.purpose))
    missing = reviews_lacking(needed, reviews_held(application))
    if missing:
        raise RefusedActionError(
            _("These reviews are still to be finished: %(kinds)s.")
            % {"kinds": ", ".join(kind.replace("_", " ") for kind in missing)}
        )
    if application.reviews.filter(finished_at=None).exists():
        raise RefusedActionError(_("A review is still open. Finish it first."))


def _record(decision: Decision, number: str | None) -> None:
    audit.record(
        by=decision.by,
        action="certification.decide",
        kind="decision",
        key=str(decision.uuid),
        details={
            "application": str(decision.application.uuid),
            "centre": decision.centre.key,
            "as_of": decision.as_of,
            "sought": decision.sought,
            "reached": decision.reached,
            "awarded": decision.awarded,
            "certificate": number,
            "proof": decision.tree_hash,
        },
        now=decision.at,
    )
