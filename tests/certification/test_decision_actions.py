"""A decision is made by somebody who did not assess, on a proof that is kept whole."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from attain.certification.actions import applications, decisions, reviews
from attain.certification.models import Application, Certificate, CertificateMove, Decision
from attain.certification.queries.certificates import state_of
from attain.certification.queries.decisions import practices_flagged
from attain.certification.rules.applications import ReviewKind, ReviewResult
from attain.certification.rules.certificates import CertificateState
from attain.certification.rules.inputs import input_hashes
from attain.commands import run
from attain.commands.proof import write_proof
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry, Member
from attain.organisations.rules import Role
from attain.performance.actions.evidence import store_evidence
from attain.performance.actions.loading import load_rows
from attain.performance.models import Practice
from attain.performance.queries import export_dossier, figures_of
from attain.standards.library import default_library
from attain.standards.verdicts import certify
from certified import (
    AS_OF,
    NOW,
    another_member,
    certified,
    decided,
    practice,
    readings,
    record_centre,
    reviewed,
    submitted,
)
from estate import Estate

pytestmark = pytest.mark.django_db


def decide(application: Application, by: Member, **changes: Any) -> Decision:
    given: dict[str, Any] = {
        "seen": application.version,
        "as_of": AS_OF,
        "award": True,
        "reason": "So.",
        "now": NOW,
    }
    return decisions.decide(by=by, application=application, **(given | changes))


def test_an_award_issues_a_certificate_for_a_year(estate: Estate) -> None:
    certificate = certified(estate, record_centre(estate))
    assert certificate.tier == 2
    assert (certificate.valid_from, certificate.valid_until) == (
        date(2026, 11, 20),
        date(2027, 11, 20),
    )
    assert state_of(certificate, NOW) is CertificateState.CURRENT


def test_the_kept_tree_is_what_attain_certify_prints_byte_for_byte(estate: Estate) -> None:
    centre = record_centre(estate)
    decision = decided(estate, centre)
    verdict = certify(
        figures_of(centre, AS_OF), default_library().scheme("performance-tiers"), AS_OF
    )
    assert decision.tree == write_proof(verdict, None, as_json=True)
    assert set(decision.inputs) >= {"readings", "practices", "dossier", "intervals"}


def test_an_award_that_the_figures_do_not_bear_is_a_refusal_that_says_why(estate: Estate) -> None:
    centre = record_centre(estate, months={"forecast": "------++++++"})
    decision = decided(estate, centre)
    assert not decision.awarded
    assert decision.reached == 1
    assert decision.lacking == ["2/enabling-on-target"]
    assert not Certificate.objects.exists()


def test_a_deficient_review_leads_to_no_award(estate: Estate) -> None:
    application = reviewed(estate, record_centre(estate), result=ReviewResult.DEFICIENT)
    decision = decide(application, estate.member(Role.PROGRAMME_LEAD))
    assert not decision.awarded
    assert set(decision.reviews_failed) == set(ReviewKind)


@pytest.mark.parametrize("role", [Role.ASSESSOR, Role.SITE_LEAD])
def test_who_assessed_or_applied_does_not_decide(estate: Estate, role: Role) -> None:
    application = reviewed(estate, record_centre(estate))
    with pytest.raises(RefusedActionError, match="does not"):
        decide(application, estate.member(role))
    assert not Decision.objects.exists()


def test_who_recorded_an_answer_does_not_decide(estate: Estate) -> None:
    application = submitted(estate, record_centre(estate), tier=1)
    assessor, clerk = estate.member(Role.ASSESSOR), another_member(estate, Role.ASSESSOR, "Clerk")
    review = reviews.open_review(
        by=assessor, application=application, seen=application.version,
        kind=ReviewKind.DOCUMENTATION, assessor=assessor, on=AS_OF, now=NOW,
    )  # fmt: skip
    reviews.record_answer(by=clerk, review=review, question="?", asked="A", notes="B", now=NOW)
    reviews.finish_review(
        by=assessor, review=review, seen=1, result=ReviewResult.PASSED, notes="", now=NOW
    )
    application.refresh_from_db()
    with pytest.raises(RefusedActionError, match="recorded answers"):
        decide(application, clerk)
    assert decide(application, another_member(estate, Role.ASSESSOR, "Third")).awarded


def test_a_review_that_is_needed_and_lacking_keeps_the_decision_waiting(estate: Estate) -> None:
    application = submitted(estate, record_centre(estate), tier=2)
    assessor = estate.member(Role.ASSESSOR)
    reviews.open_review(
        by=assessor, application=application, seen=application.version,
        kind=ReviewKind.DOCUMENTATION, assessor=assessor, on=AS_OF, now=NOW,
    )  # fmt: skip
    application.refresh_from_db()
    with pytest.raises(RefusedActionError, match="still to be finished"):
        decide(application, estate.member(Role.PROGRAMME_LEAD))


def test_the_figures_of_tomorrow_are_not_judged(estate: Estate) -> None:
    application = reviewed(estate, record_centre(estate))
    with pytest.raises(RefusedActionError, match="still to come"):
        decide(application, estate.member(Role.PROGRAMME_LEAD), as_of=date(2026, 11, 21))


def test_two_deciders_do_not_both_decide(estate: Estate) -> None:
    application = reviewed(estate, record_centre(estate))
    stale = Application.objects.get(pk=application.pk)
    decide(application, estate.member(Role.PROGRAMME_LEAD))
    with pytest.raises(ChangedMeanwhileError):
        decide(stale, another_member(estate, Role.ASSESSOR, "Third"))
    assert Certificate.objects.count() == 1


def test_a_reassessment_restarts_the_year_and_supersedes(estate: Estate) -> None:
    centre = record_centre(estate)
    first = certified(estate, centre, tier=1)
    later = NOW + timedelta(days=30)
    second = certified(estate, centre, tier=2, now=later)
    assert second.decision.application.purpose == "reassessment"
    assert state_of(first, later) is CertificateState.SUPERSEDED
    assert second.valid_until == date(2027, 12, 20)


def test_a_recertification_flags_what_changed(estate: Estate) -> None:

    centre = record_centre(estate)
    decided(estate, centre)
    load_rows(
        centre=centre, rows={"practices": [practice("hiring")]},
        by=estate.member(Role.PROGRAMME_LEAD), now=NOW,
    )  # fmt: skip
    later = NOW + timedelta(days=330)
    again = decided(estate, centre, now=later, as_of=date(2026, 10, 31))
    assert again.application.purpose == "recertification"
    flags = [(each.key, each.flag.value) for each in practices_flagged(again.application)]
    assert flags == [("hiring", "added")]
    assert {
        "key": "1/practices-documented",
        "before": "met",
        "after": "met",
        "parts": ["hiring"],
    } in (again.changes)


def test_a_decision_is_never_changed_or_deleted(estate: Estate) -> None:
    decision = decided(estate, record_centre(estate))
    with pytest.raises(DatabaseError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(reason="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        Certificate.objects.update(valid_until=date(2099, 1, 1))
    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateMove.objects.all()._raw_delete("default")


def test_an_application_without_a_practice_is_not_submitted(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    application = applications.apply(
        by=lead, centre=estate.centre, scheme="performance-tiers", tier=1,
        site_volume=10, assessed_volume=10, now=NOW,
    )  # fmt: skip
    with pytest.raises(RefusedActionError, match="No practice"):
        applications.submit(by=lead, application=application, seen=1, now=NOW)


def test_a_centre_has_one_open_application_at_a_time(estate: Estate) -> None:
    submitted(estate, record_centre(estate))
    with pytest.raises(RefusedActionError, match="open application"):
        submitted(estate, estate.centre)


def test_each_step_leaves_one_entry_of_the_audit_trail(estate: Estate) -> None:
    decided(estate, record_centre(estate))
    actions = list(AuditEntry.objects.values_list("action", flat=True))
    steps = [action for action in actions if action.startswith("certification.")]
    assert steps[:2] == ["certification.apply", "certification.submit"]
    assert steps[-1] == "certification.decide"
    assert len(steps) == 2 + 3 * 3 + 1


def test_the_exported_dossier_proves_the_same_byte_for_byte(
    estate: Estate, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decision = decided(estate, record_centre(estate, months={"forecast": "-----+++++++"}))
    export_dossier(estate.centre, tmp_path / "leeds", AS_OF)
    assert run(["certify", str(tmp_path / "leeds"), "--json"]) == 0
    assert capsys.readouterr().out == decision.tree


def test_a_submission_freezes_the_hash_of_its_evidence(estate: Estate) -> None:
    centre = record_centre(estate)
    stored = store_evidence(
        centre=centre, file=BytesIO(b"how we coach"), name="coaching.txt",
        by=estate.member(Role.SITE_LEAD), now=NOW,
    )  # fmt: skip
    Practice.objects.filter(centre=centre, item="coaching").update(file=stored)
    application = submitted(estate, centre)
    frozen = {item.item: item.hashes for item in application.items.all()}
    assert frozen == {"coaching": [stored.sha256], "forecasting": []}


def test_one_reading_that_is_another_is_another_input(estate: Estate) -> None:
    centre = record_centre(estate)
    before = input_hashes(figures_of(centre, AS_OF))
    load_rows(
        centre=centre, rows={"readings": readings("forecast", "-")},
        by=estate.member(Role.PROGRAMME_LEAD), reason="Wrong.", now=NOW,
    )  # fmt: skip
    after = input_hashes(figures_of(centre, AS_OF))
    assert {table for table in before if before[table] != after[table]} == {"readings"}
