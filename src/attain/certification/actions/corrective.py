"""Corrective actions: raised by the watch, answered by the centre, closed by a re-test."""

from datetime import date, datetime
from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from attain.certification.actions.certificates import suspend_certificate
from attain.certification.actions.telling import tell_raised
from attain.certification.models import (
    CorrectiveAction,
    CorrectiveEvidence,
    Milestone,
    Retest,
    WatchResult,
)
from attain.certification.queries.certificates import state_of
from attain.certification.queries.verdicts import verdict_of
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.corrective import (
    OPEN_STATES,
    CorrectiveState,
    due_on,
    milestone_fits,
    state_after_retest,
)
from attain.certification.rules.independence import conflict_of_tester
from attain.certification.rules.proofs import outcome_of, write_tree
from attain.certification.words import CONFLICTS
from attain.measurement.hashes import sha256_of
from attain.measurement.outcomes import Outcome
from attain.organisations.actions import audit
from attain.organisations.actions.changing import change
from attain.organisations.days import today_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Member, Organisation
from attain.performance.actions.evidence import store_evidence


@transaction.atomic
def raise_corrective_action(
    *, by: Member | None, watch: WatchResult, now: datetime
) -> CorrectiveAction:
    """Raise a corrective action on exactly the requirements that a watch found lacking."""
    if not watch.failing:
        raise RefusedActionError(_("Nothing failed in that month."))
    certificate = watch.certificate
    if certificate.corrective_actions.filter(state__in=OPEN_STATES).exists():
        raise RefusedActionError(_("The certificate has an open corrective action already."))
    today = today_of(watch.organisation, now)
    corrective = CorrectiveAction.objects.create(
        organisation=watch.organisation,
        certificate=certificate,
        centre=certificate.centre,
        watch=watch,
        failed=watch.failing,
        raised_by=by,
        raised_at=now,
        raised_on=today,
        due_on=due_on(today),
    )
    _record(by, "certification.raise_corrective_action", corrective, now, failed=watch.failing)
    tell_raised(corrective)
    return corrective


@transaction.atomic
def assign_corrective_action(
    *, by: Member, corrective: CorrectiveAction, seen: int, owner: Member, now: datetime
) -> CorrectiveAction:
    """Say who sees to a corrective action."""
    _demand_open(corrective)
    change(corrective, seen=seen, what=_("the corrective action"), owner=owner)
    _record(by, "certification.assign_corrective_action", corrective, now, owner=str(owner))
    return corrective


@transaction.atomic
def answer_corrective_action(
    *,
    by: Member,
    corrective: CorrectiveAction,
    seen: int,
    cause: str,
    answer: str,
    now: datetime,
) -> CorrectiveAction:
    """Answer a corrective action: why it came to that, and what is done about it."""
    _demand_open(corrective)
    change(
        corrective,
        seen=seen,
        what=_("the corrective action"),
        cause=cause,
        answer=answer,
        answered_at=now,
        answered_by=by,
        state=CorrectiveState.ANSWERED,
    )
    _record(by, "certification.answer_corrective_action", corrective, now, answer=answer)
    return corrective


@transaction.atomic
def add_milestone(
    *, by: Member, corrective: CorrectiveAction, text: str, due: date, now: datetime
) -> Milestone:
    """Add a step with its own date, within the time of the corrective action."""
    _demand_open(corrective)
    if not milestone_fits(due, corrective.raised_on, corrective.due_on):
        raise RefusedActionError(
            _("A milestone lies between %(start)s and %(end)s.")
            % {"start": corrective.raised_on, "end": corrective.due_on}
        )
    milestone = Milestone.objects.create(
        organisation=corrective.organisation, corrective=corrective, text=text, due_on=due
    )
    _record(by, "certification.add_milestone", corrective, now, milestone=text, due=due)
    return milestone


@transaction.atomic
def finish_milestone(*, by: Member, milestone: Milestone, seen: int, now: datetime) -> Milestone:
    """Say that a milestone is done, today."""
    _demand_open(milestone.corrective)
    if milestone.done_on is not None:
        raise RefusedActionError(_("The milestone is done already."))
    today = today_of(milestone.organisation, now)
    change(milestone, seen=seen, what=_("the milestone"), done_on=today)
    details = {"milestone": milestone.text}
    _record(by, "certification.finish_milestone", milestone.corrective, now, **details)
    return milestone


@transaction.atomic
def add_evidence(
    *,
    by: Member,
    corrective: CorrectiveAction,
    file: BinaryIO,
    name: str,
    note: str,
    now: datetime,
) -> CorrectiveEvidence:
    """Store a file as evidence of what was put right, under its hash."""
    _demand_open(corrective)
    stored = store_evidence(centre=corrective.centre, file=file, name=name, by=by, now=now)
    if corrective.evidence.filter(sha256=stored.sha256).exists():
        raise RefusedActionError(_("The same file was added already."))
    evidence = CorrectiveEvidence.objects.create(
        organisation=corrective.organisation,
        corrective=corrective,
        file=stored,
        name=stored.name,
        sha256=stored.sha256,
        note=note,
        added_by=by,
        added_at=now,
    )
    details = {"file": stored.name, "sha256": stored.sha256}
    _record(by, "certification.add_evidence", corrective, now, **details)
    return evidence


@transaction.atomic
def retest(
    *, by: Member, corrective: CorrectiveAction, seen: int, as_of: date, now: datetime
) -> Retest:
    """Judge exactly what had failed on the records of a day; verified only where all of it holds.

    By somebody who did not answer it. Where something fails still, it is raised again.
    """
    if corrective.state != CorrectiveState.ANSWERED:
        raise RefusedActionError(_("Only a corrective action that was answered is re-tested."))
    answered = {each.account_id for each in (corrective.answered_by, corrective.owner) if each}
    conflict = conflict_of_tester(by.account_id, answered)
    if conflict:
        raise RefusedActionError(str(CONFLICTS[conflict]))
    if as_of > today_of(corrective.organisation, now):
        raise RefusedActionError(_("The figures of a day that is still to come cannot be judged."))
    verdict = verdict_of(corrective.centre, as_of, corrective.certificate.scheme)
    outcomes = {key: outcome_of(verdict, key) for key in corrective.failed}
    state = state_after_retest(_holds(outcome) for outcome in outcomes.values())
    held = state is CorrectiveState.VERIFIED
    change(
        corrective,
        seen=seen,
        what=_("the corrective action"),
        state=state,
        verified_at=now if held else None,
    )
    test = Retest.objects.create(
        organisation=corrective.organisation,
        corrective=corrective,
        at=now,
        as_of=as_of,
        by=by,
        outcomes={key: outcome.value if outcome else None for key, outcome in outcomes.items()},
        held=held,
        tree_hash=sha256_of(write_tree(verdict)),
    )
    _record(by, "certification.retest", corrective, now, outcomes=test.outcomes, held=held)
    return test


def _holds(outcome: Outcome | None) -> bool:
    return outcome is not None and not outcome.is_lacking


def act_on_overdue(organisation: Organisation, now: datetime) -> list[CorrectiveAction]:
    """Apply the rule for what is overdue: its certificate is suspended. Each is acted on once."""
    with scope(organisation=organisation):
        today = today_of(organisation, now)
        late = CorrectiveAction.objects.filter(
            state__in=OPEN_STATES, due_on__lt=today, overdue_at=None
        ).select_related("certificate", "organisation")
        return [_act_on(corrective, now) for corrective in late]


@transaction.atomic
def _act_on(corrective: CorrectiveAction, now: datetime) -> CorrectiveAction:
    change(corrective, seen=corrective.version, what=_("the corrective action"), overdue_at=now)
    _record(None, "certification.overdue", corrective, now, due=corrective.due_on)
    certificate = corrective.certificate
    if state_of(certificate, now) is CertificateState.CURRENT:
        reason = _("A corrective action was not verified within its ninety days.")
        suspend_certificate(by=None, certificate=certificate, reason=reason, now=now)
    return corrective


def _demand_open(corrective: CorrectiveAction) -> None:
    if corrective.state not in OPEN_STATES:
        raise RefusedActionError(_("The corrective action is verified, and closed."))


def _record(
    by: Member | None, action: str, corrective: CorrectiveAction, now: datetime, **details: object
) -> None:
    audit.record(
        by=by,
        action=action,
        kind="corrective_action",
        key=str(corrective.uuid),
        details={"certificate": corrective.certificate.number, **details},
        organisation=corrective.organisation,
        now=now,
    )
