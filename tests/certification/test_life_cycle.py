"""The life of a certificate from end to end: its moves, its year, its coverage, its re-tests."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from attain.certification.actions import corrective as actions
from attain.certification.actions.certificates import (
    expire_certificates,
    reinstate_certificate,
    suspend_certificate,
    withdraw_certificate,
)
from attain.certification.actions.watches import watch_certificates
from attain.certification.models import Certificate, CorrectiveAction
from attain.certification.queries.certificates import state_of
from attain.certification.queries.decisions import documents_flagged, practices_flagged
from attain.certification.queries.verdicts import verdict_of
from attain.certification.rules.certificates import CertificateState, may_move
from attain.certification.rules.proofs import outcome_of
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import Centre
from attain.organisations.rules import Role
from attain.performance.actions.loading import load_rows
from attain.performance.models import CoverageFigure
from attain.standards.figures import Documented
from certified import AS_OF, NOW, another_member, certified, decided, practice, readings
from certified import record_centre as record
from estate import Estate

pytestmark = pytest.mark.django_db
C = CertificateState
ALLOWED = {
    (None, C.CURRENT),
    (C.CURRENT, C.SUSPENDED),
    (C.CURRENT, C.WITHDRAWN),
    (C.CURRENT, C.SUPERSEDED),
    (C.CURRENT, C.EXPIRED),
    (C.SUSPENDED, C.CURRENT),
    (C.SUSPENDED, C.WITHDRAWN),
    (C.SUSPENDED, C.SUPERSEDED),
    (C.SUSPENDED, C.EXPIRED),
    (C.WITHDRAWN, C.CURRENT),
}


@pytest.fixture
def certificate(estate: Estate) -> Certificate:
    return certified(estate, record(estate))


# Moves ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("before", "after"), list(product([None, *C], C)), ids=str)
def test_a_certificate_goes_from_one_state_to_another_only_where_it_is_allowed(
    before: C | None, after: C
) -> None:
    assert may_move(before, after) is ((before, after) in ALLOWED)


Move = Callable[..., Any]
INTO: dict[C, Move] = {
    C.CURRENT: reinstate_certificate,
    C.SUSPENDED: suspend_certificate,
    C.WITHDRAWN: withdraw_certificate,
}


def put_into(state: C, estate: Estate, certificate: Certificate) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)
    if state in (C.SUSPENDED, C.WITHDRAWN):
        INTO[state](by=lead, certificate=certificate, reason="So.", now=NOW)
    elif state is C.SUPERSEDED:
        certified(estate, certificate.centre, now=NOW)
    elif state is C.EXPIRED:
        expire_certificates(certificate.lapses_at)


@pytest.mark.parametrize(("before", "after"), list(product(C, INTO)), ids=str)
def test_who_moves_a_certificate_is_refused_what_is_not_allowed_and_nothing_is_kept_of_it(
    before: C, after: C, estate: Estate, certificate: Certificate
) -> None:
    put_into(before, estate, certificate)
    now = certificate.lapses_at if before is C.EXPIRED else NOW + timedelta(hours=1)
    moves = certificate.moves.count()
    colleague = another_member(estate, Role.PROGRAMME_LEAD, "Olga")
    move = {"by": colleague, "certificate": certificate, "reason": "So.", "now": now}
    if (before, after) in ALLOWED:
        INTO[after](**move)
        assert state_of(certificate, now) is after
    else:
        with pytest.raises(RefusedActionError):
            INTO[after](**move)
        assert certificate.moves.count() == moves


# The year ---------------------------------------------------------------------------------------
def test_what_is_decided_on_29_february_is_valid_until_the_28th_of_the_next_year(
    estate: Estate,
) -> None:
    leap = datetime(2028, 2, 29, 12, tzinfo=UTC)
    centre = record(estate, as_of=date(2028, 1, 31))
    issued = certified(estate, centre, tier=1, now=leap, as_of=date(2028, 1, 31))
    assert (issued.valid_from, issued.valid_until) == (date(2028, 2, 29), date(2029, 2, 28))
    assert state_of(issued, datetime(2029, 2, 28, 12, tzinfo=UTC)) is C.CURRENT
    assert state_of(issued, datetime(2029, 3, 1, 12, tzinfo=UTC)) is C.EXPIRED


# Coverage ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("is_programme", "assessed", "outcome"),
    [(False, 800, "met"), (False, 799, "not_met"), (True, 500, "met"), (True, 499, "not_met")],
)
def test_a_site_covers_four_fifths_of_its_contacts_and_a_programme_half(
    estate: Estate, is_programme: bool, assessed: int, outcome: str
) -> None:
    centre: Centre = estate.programme_centre if is_programme else estate.centre
    record(estate, centre)
    CoverageFigure.objects.create(
        organisation=centre.organisation,
        centre=centre,
        since=date(2026, 1, 1),
        site_volume=1000,
        assessed_volume=assessed,
        recorded_at=NOW,
        recorded_by=estate.member(Role.PROGRAMME_LEAD),
    )
    verdict = verdict_of(centre, AS_OF)
    for tier in (1, 2, 3):
        assert outcome_of(verdict, f"{tier}/coverage") == outcome


# Re-tests ---------------------------------------------------------------------------------------
def test_a_retest_looks_at_exactly_what_had_failed_whatever_else_fails_by_now(
    estate: Estate, certificate: Certificate
) -> None:
    lead = estate.member(Role.PROGRAMME_LEAD)

    def say(**rows: Any) -> None:
        load_rows(centre=estate.centre, rows=rows, by=lead, reason="Read again.", now=NOW)

    say(readings=readings("forecast", "------++++++"))
    watch_certificates(estate.organisation, NOW)
    corrective = CorrectiveAction.objects.get()
    assert corrective.failed == ["2/enabling-on-target"]
    actions.answer_corrective_action(
        by=estate.member(Role.SITE_LEAD),
        corrective=corrective,
        seen=1,
        cause="A meter",
        answer="Another",
        now=NOW,
    )
    say(readings=readings("forecast", "+" * 12))
    # By now the practices fail, which had not failed.
    say(practices=[practice("coaching", Documented.NO)])
    assert outcome_of(verdict_of(estate.centre, NOW.date()), "1/practices-documented") == "not_met"
    test = actions.retest(
        by=estate.member(Role.ASSESSOR), corrective=corrective, seen=2, as_of=NOW.date(), now=NOW
    )
    assert test.outcomes == {"2/enabling-on-target": "met"}
    assert test.held


# Recertification --------------------------------------------------------------------------------
def test_a_recertification_flags_what_was_added_and_changed_of_practices_and_documents(
    estate: Estate,
) -> None:
    centre = record(estate)
    decided(estate, centre)
    plan = {
        "kind": "business_continuity_plan",
        "title": "Plan",
        "dated": date(2026, 1, 1),
        "covers_backup_and_recovery": True,
        "sets_acceptable_levels": True,
        "communicated_on": date(2026, 1, 10),
        "tested_on": date(2026, 10, 1),
    }
    rows: dict[str, list[dict[str, Any]]] = {
        "practices": [practice("hiring"), {**practice("coaching"), "evidence": "second.pdf"}],
        "documents": [plan, {**plan, "title": "Annex"}],
    }
    lead = estate.member(Role.PROGRAMME_LEAD)
    load_rows(centre=centre, rows=rows, by=lead, reason="Tested.", now=NOW)
    again = decided(estate, centre, now=NOW + timedelta(days=330)).application
    assert again.purpose == "recertification"
    flags = [(each.key, each.flag.value) for each in practices_flagged(again)]
    assert flags == [("coaching", "changed"), ("hiring", "added")]
    assert sorted((each.key, each.flag.value) for each in documents_flagged(again)) == [
        ("business_continuity_plan/Annex", "added"),
        ("business_continuity_plan/Plan", "changed"),
    ]
