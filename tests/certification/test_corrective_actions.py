"""What the watch raises, how it is closed, and what happens when nobody closes it."""

from datetime import date, timedelta

import pytest

from attain.certification.actions import corrective as actions
from attain.certification.actions.certificates import (
    expire_certificates,
    reinstate_certificate,
    suspend_certificate,
    withdraw_certificate,
)
from attain.certification.actions.watches import watch_certificates
from attain.certification.keys import certificate_key, signed_json
from attain.certification.models import Certificate, CertificateMove, CorrectiveAction, WatchResult
from attain.certification.queries.certificates import state_of
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.corrective import DueState, due_on, due_state
from attain.certification.rules.seals import open_seal
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from certified import NOW, another_member, certified, readings, record_centre
from estate import Estate

pytestmark = pytest.mark.django_db
C = CertificateState


@pytest.fixture
def certificate(estate: Estate) -> Certificate:
    return certified(estate, record_centre(estate))


def read_again(estate: Estate, strip: str) -> None:
    load_rows(
        centre=estate.centre,
        rows={"readings": readings("forecast", strip)},
        by=estate.member(Role.PROGRAMME_LEAD),
        reason="Read again.",
        now=NOW,
    )


def raised(estate: Estate) -> CorrectiveAction:
    read_again(estate, "------++++++")
    watch_certificates(estate.organisation, NOW)
    return CorrectiveAction.objects.get()


def answered(estate: Estate) -> CorrectiveAction:
    return actions.answer_corrective_action(
        by=estate.member(Role.SITE_LEAD), corrective=raised(estate), seen=1,
        cause="A meter", answer="Another", now=NOW,
    )  # fmt: skip


def test_a_certificate_that_holds_is_watched_once_a_month(
    estate: Estate, certificate: Certificate
) -> None:
    assert len(watch_certificates(estate.organisation, NOW)) == 1
    assert watch_certificates(estate.organisation, NOW + timedelta(days=2)) == []
    assert WatchResult.objects.get().outcome == "held"
    assert not CorrectiveAction.objects.exists()
    later = watch_certificates(estate.organisation, NOW + timedelta(days=15))
    assert [str(each.month) for each in later] == ["2026-11"]
    # November was not recorded: nothing is refuted, so nothing is raised.
    assert later[0].outcome == "open"
    assert not CorrectiveAction.objects.exists()


def test_a_lost_one_raises_a_corrective_action_on_exactly_what_failed(
    estate: Estate, certificate: Certificate
) -> None:
    corrective = raised(estate)
    assert corrective.failed == ["2/enabling-on-target"]
    assert corrective.due_on == date(2027, 2, 18)
    assert corrective.certificate == certificate
    watch_certificates(estate.organisation, NOW + timedelta(days=15))
    assert CorrectiveAction.objects.count() == 1


def test_ninety_days_end_with_the_ninetieth() -> None:
    due = due_on(date(2026, 11, 20))
    assert (due - date(2026, 11, 20)).days == 90
    assert due_state(due, due, done=False) is DueState.SOON
    assert due_state(due, due + timedelta(days=1), done=False) is DueState.OVERDUE
    assert due_state(due, due - timedelta(days=15), done=False) is DueState.IN_TIME
    assert due_state(due, due + timedelta(days=9), done=True) is DueState.DONE


def test_a_retest_that_holds_verifies(estate: Estate, certificate: Certificate) -> None:
    corrective = answered(estate)
    read_again(estate, "++++++++++++")
    test = actions.retest(
        by=estate.member(Role.ASSESSOR), corrective=corrective, seen=2,
        as_of=date(2026, 11, 20), now=NOW,
    )  # fmt: skip
    assert test.held
    assert test.outcomes == {"2/enabling-on-target": "met"}
    assert corrective.state == "verified"


def test_a_retest_that_fails_raises_it_again(estate: Estate, certificate: Certificate) -> None:
    corrective = answered(estate)
    test = actions.retest(
        by=estate.member(Role.ASSESSOR), corrective=corrective, seen=2,
        as_of=date(2026, 11, 20), now=NOW,
    )  # fmt: skip
    assert not test.held
    assert corrective.state == "raised"
    with pytest.raises(RefusedActionError, match="answered"):
        actions.retest(
            by=estate.member(Role.ASSESSOR), corrective=corrective, seen=3,
            as_of=date(2026, 11, 20), now=NOW,
        )  # fmt: skip


def test_who_answered_does_not_retest(estate: Estate, certificate: Certificate) -> None:
    corrective = answered(estate)
    with pytest.raises(RefusedActionError, match="does not re-test"):
        actions.retest(
            by=estate.member(Role.SITE_LEAD), corrective=corrective, seen=2,
            as_of=date(2026, 11, 20), now=NOW,
        )  # fmt: skip


def test_a_milestone_lies_within_the_ninety_days(estate: Estate, certificate: Certificate) -> None:
    corrective = raised(estate)
    lead = estate.member(Role.SITE_LEAD)
    with pytest.raises(RefusedActionError, match="between"):
        actions.add_milestone(
            by=lead, corrective=corrective, text="Late", due=date(2027, 2, 19), now=NOW
        )
    step = actions.add_milestone(
        by=lead, corrective=corrective, text="Train", due=date(2027, 2, 18), now=NOW
    )
    actions.finish_milestone(by=lead, milestone=step, seen=1, now=NOW)
    assert step.done_on == NOW.date()


def test_an_overdue_one_suspends_the_certificate_once(
    estate: Estate, certificate: Certificate
) -> None:
    corrective = raised(estate)
    last_day = NOW + timedelta(days=90)
    assert actions.act_on_overdue(estate.organisation, last_day) == []
    late = NOW + timedelta(days=91)
    assert actions.act_on_overdue(estate.organisation, late) == [corrective]
    assert state_of(certificate, late) is C.SUSPENDED
    assert actions.act_on_overdue(estate.organisation, late) == []
    assert CertificateMove.objects.get(after=C.SUSPENDED).by is None
    assert AuditEntry.objects.filter(action="certification.suspend_certificate").count() == 1


def test_a_certificate_expires_once_however_late_the_worker_is(
    estate: Estate, certificate: Certificate
) -> None:
    day = timedelta(days=1)
    assert expire_certificates(certificate.lapses_at - day) == 0
    assert expire_certificates(certificate.lapses_at + 40 * day) == 1
    assert expire_certificates(certificate.lapses_at + 41 * day) == 0
    assert CertificateMove.objects.get(after=C.EXPIRED).at == certificate.lapses_at


def test_an_expired_certificate_is_not_brought_back(
    estate: Estate, certificate: Certificate
) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    withdraw_certificate(by=lead, certificate=certificate, reason="Conflict.", now=NOW)
    other = another_member(estate, Role.ASSESSOR, "Other")
    with pytest.raises(RefusedActionError, match="last day is over"):
        reinstate_certificate(
            by=other, certificate=certificate, reason="Appeal.", now=certificate.lapses_at
        )


def test_an_appeal_is_upheld_by_somebody_who_did_not_withdraw(
    estate: Estate, certificate: Certificate
) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    withdraw_certificate(by=lead, certificate=certificate, reason="Conflict.", now=NOW)
    with pytest.raises(RefusedActionError, match="withdrew"):
        reinstate_certificate(by=lead, certificate=certificate, reason="Sorry.", now=NOW)
    other = another_member(estate, Role.ASSESSOR, "Other")
    later = NOW + timedelta(hours=1)
    reinstate_certificate(by=other, certificate=certificate, reason="Appeal.", now=later)
    assert state_of(certificate, later) is C.CURRENT


def test_a_move_that_is_not_allowed_is_refused(estate: Estate, certificate: Certificate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    with pytest.raises(RefusedActionError, match="cannot become"):
        reinstate_certificate(by=lead, certificate=certificate, reason="Why not.", now=NOW)
    with pytest.raises(RefusedActionError, match="Say why"):
        suspend_certificate(by=lead, certificate=certificate, reason=" ", now=NOW)


def test_a_suspended_certificate_is_watched_and_a_withdrawn_one_is_not(
    estate: Estate, certificate: Certificate
) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    suspend_certificate(by=lead, certificate=certificate, reason="A complaint.", now=NOW)
    later = NOW + timedelta(hours=1)
    assert len(watch_certificates(estate.organisation, later)) == 1
    withdraw_certificate(by=lead, certificate=certificate, reason="It was true.", now=later)
    assert watch_certificates(estate.organisation, NOW + timedelta(days=15)) == []


def test_a_sealed_certificate_verifies_and_the_key_is_its_owners_alone(
    estate: Estate, certificate: Certificate, settings: object
) -> None:
    statement, _key = open_seal(signed_json(certificate))
    assert statement["number"] == certificate.number
    assert statement["proof_sha256"] == certificate.decision.tree_hash
    from django.conf import settings as installed

    path = installed.KEYS / "certificates"
    assert path.stat().st_mode & 0o777 == 0o600
    assert certificate_key().private_bytes_raw() == certificate_key().private_bytes_raw()
