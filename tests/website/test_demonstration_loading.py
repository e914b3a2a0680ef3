"""The demonstration in the records: the same figures, the same tiers, and what was decided."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django_scopes import scope

from attain.assessments.models import Assessment, GoodPractice
from attain.assessments.queries.estate import EstateAsked, read_estate
from attain.assessments.queries.gaps import gap_lines
from attain.assessments.queries.standing import maturity_of
from attain.certification.models import (
    Application,
    Certificate,
    CorrectiveAction,
    Decision,
    WatchResult,
)
from attain.certification.queries.verdicts import verdict_of
from attain.improvement.models import Initiative, KeptPlan
from attain.improvement.queries.realised import benefits_of
from attain.improvement.rules.outcomes import BenefitVerdict
from attain.measurement.periods import last_full_month
from attain.organisations.models import (
    Account,
    AuditEntry,
    Centre,
    Member,
    Organisation,
    Person,
    Posting,
    RoleHeld,
    Site,
)
from attain.organisations.rules import Role
from attain.organisations.trail import verify
from attain.performance import models as performance
from attain.performance.queries import figures_of
from attain.performance.queries.rows import rows_of
from attain.website.demonstration.catalogue import RESOLVED
from attain.website.demonstration.generate import generate_site
from attain.website.demonstration.loaded import is_loaded
from attain.website.demonstration.loading import load_demonstration
from attain.website.demonstration.passwords import PASSWORD
from attain.website.demonstration.places import ORGANISATION, PLACES
from attain.website.demonstration.removing import remove_lake
from worlds import world_of_a_file

pytestmark = pytest.mark.django_db
AS_OF = date(2026, 11, 22)
LAST = last_full_month(AS_OF)


@dataclass(frozen=True)
class Loaded:
    """The demonstration in the database, and what was told while it was loaded."""

    organisation: Organisation
    told: list[tuple[int, int, str]]

    def centre(self, key: str) -> Centre:
        return Centre.objects.select_related("site", "organisation", "programme").get(key=key)


# Loaded once for all tests: each then works in a savepoint of its own, inside this transaction.
@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Loaded]:
    told: list[tuple[int, int, str]] = []
    with world_of_a_file(django_db_blocker):
        assert not is_loaded()
        assert load_demonstration(AS_OF, progress=lambda *step: told.append(step))
        organisation = Organisation.objects.get(key=ORGANISATION)
        with scope(organisation=organisation):
            yield Loaded(organisation, told)
        remove_lake()


def test_it_is_loaded_once(loaded: Loaded) -> None:
    entries = AuditEntry.objects.count()
    assert is_loaded()
    assert not load_demonstration(AS_OF + timedelta(days=40))
    assert AuditEntry.objects.count() == entries


def test_progress_goes_forward_to_its_end(loaded: Loaded) -> None:
    done = [step[0] for step in loaded.told]
    assert done == sorted(done)
    assert loaded.told[0][0] == 0
    assert loaded.told[-1][0] == loaded.told[-1][1]


@pytest.mark.parametrize("key", ["halifax", "wrexham", "cebu", "carlisle"])
def test_the_records_say_what_was_generated(loaded: Loaded, key: str) -> None:
    kept = loaded.centre(key)
    generated = generate_site(key, AS_OF).centres[0]
    rows = rows_of([kept], AS_OF)[kept.pk]
    for name, expected in generated.rows.items():
        found = {tuple(sorted(row.items(), key=str)) for row in rows[name]}
        assert found == {tuple(sorted(row.items(), key=str)) for row in expected}, name
    assert figures_of(kept, AS_OF).scope == generated.scope


@pytest.mark.parametrize(
    ("key", "tier"),
    [
        ("sunderland", 3),
        ("preston", 2),
        ("halifax", 2),
        ("wrexham", 1),
        ("corby", None),
        ("cebu-harrow-travel", 3),
        ("durban-brightwater", 2),
    ],
)
def test_a_centre_is_on_its_tier_by_the_records_too(
    loaded: Loaded, key: str, tier: int | None
) -> None:
    assert verdict_of(loaded.centre(key), AS_OF).tier == tier


def test_places_people_and_members_are_there(loaded: Loaded) -> None:
    assert Site.objects.count() == len(PLACES) == 22
    assert Centre.objects.count() == 24
    assert Person.objects.count() > 800
    assert Posting.objects.filter(until__lt=AS_OF).exists()
    assert {held.role for held in RoleHeld.objects.all()} == set(Role)
    leads = RoleHeld.objects.filter(role=Role.SITE_LEAD).values_list("site__key", flat=True)
    assert set(leads) == set(PLACES)
    hours = Site.objects.get(key="derby").opening_hours
    assert hours.count() == 6


def test_who_signs_in_at_a_team_is_one_of_its_people(loaded: Loaded) -> None:
    agent = Person.objects.get(account__email="preston.agent@larkfield.example")
    [posting] = agent.postings.all()
    assert posting.until is None
    held = RoleHeld.objects.get(member__account=agent.account, role=Role.AGENT)
    assert held.team == posting.team


def test_everybody_signs_in_with_the_password_that_is_printed(loaded: Loaded) -> None:
    accounts = Account.objects.filter(memberships__in=Member.objects.all())
    assert accounts.count() > 30
    assert len({account.password for account in accounts}) == 1
    assert check_password(PASSWORD, accounts[0].password)


def test_a_corrected_reading_stands_beside_what_was_reported(loaded: Loaded) -> None:
    month = LAST.plus(-5)
    readings = performance.Reading.objects.filter(
        centre__key="halifax", metric__key=RESOLVED, month=month
    ).order_by("revision")
    first, corrected = readings
    closed = performance.ClosedMonth.objects.get(centre__key="halifax", month=month)
    assert first.pk <= closed.last_reading < corrected.pk
    assert first.recorded_at < closed.closed_at + timedelta(seconds=1) < corrected.recorded_at
    assert first.numerator > corrected.numerator
    assert corrected.reason
    assert not performance.Reading.objects.filter(revision=3).exists()


def test_no_other_reading_was_corrected(loaded: Loaded) -> None:
    assert performance.Reading.objects.filter(revision__gt=1).count() == 1


def test_each_award_was_decided_by_somebody_who_neither_applied_nor_assessed(
    loaded: Loaded,
) -> None:
    decisions = Decision.objects.select_related("application", "by")
    assert len(decisions) == 18
    for decision in decisions:
        application = decision.application
        involved = {application.applied_by_id, application.submitted_by_id}
        involved |= {review.assessor_id for review in application.reviews.all()}
        assert decision.by_id not in involved
    most = max(
        len({d.by_id, d.application.applied_by_id, *_assessors(d.application)}) for d in decisions
    )
    assert most == 4


def _assessors(application: Application) -> set[int]:
    return {review.assessor_id for review in application.reviews.all()}


def test_two_sites_were_refused_and_told_why(loaded: Loaded) -> None:
    refused = {d.centre.key: d.lacking for d in Decision.objects.filter(awarded=False)}
    assert set(refused) == {"hastings", "corby"}
    assert refused["hastings"] == ["2/business-continuity"]
    assert "1/actions-on-misses" in refused["corby"]


def test_the_winter_cost_a_certificate_that_is_now_being_put_right(loaded: Loaded) -> None:
    certificate = Certificate.objects.get(centre__key="preston")
    assert certificate.tier == 3
    assert certificate.valid_until - AS_OF < timedelta(days=60)
    corrective = CorrectiveAction.objects.get(centre__key="preston")
    assert corrective.failed == ["3/end-user-facing-on-target"]
    assert corrective.state == "answered"
    assert corrective.due_on > AS_OF
    done = [milestone.done_on is not None for milestone in corrective.milestones.all()]
    assert sorted(done) == [False, True]


def test_the_watch_tells_a_risk_before_the_tier_is_lost(loaded: Loaded) -> None:
    watched = WatchResult.objects.filter(month=LAST)
    outcomes = Counter(watch.outcome for watch in watched)
    assert outcomes == {"held": 14, "lost": 2}
    assert {watch.certificate.centre.key for watch in watched if watch.at_risk} == {"exeter"}


def test_some_applications_are_still_open(loaded: Loaded) -> None:
    open_ones = {a.centre.key: a.state for a in Application.objects.exclude(state="decided")}
    assert open_ones == {
        "dundee": "submitted",
        "durban-brightwater": "submitted",
        "galway": "in_review",
    }


def test_nothing_is_recorded_later_than_the_day(loaded: Loaded) -> None:
    end = datetime.combine(AS_OF + timedelta(days=1), datetime.min.time()).astimezone()
    for decision in Decision.objects.all():
        assert decision.at < end
    assert not performance.Reading.objects.filter(recorded_at__gte=end).exists()
    assert not WatchResult.objects.filter(at__gte=end).exists()


def test_the_trail_of_everything_holds(loaded: Loaded) -> None:
    [chain] = verify([ORGANISATION])
    assert chain.broken is None
    assert chain.length > 500


# Tables go and come, which no transaction of a test could undo: a process and a folder of its own


def member_of(loaded: Loaded, box: str) -> Member:
    return Member.objects.get(account__email=f"{box}@larkfield.example")


def test_each_site_was_assessed_twice_and_two_were_too_young_a_year_ago(loaded: Loaded) -> None:
    closed = Assessment.objects.filter(state="closed", kind="self")
    counted = Counter(closed.values_list("centre__key", flat=True))
    assert set(counted) == set(PLACES)
    assert {key for key, n in counted.items() if n == 1} == {"carlisle", "porto"}
    assert set(counted.values()) == {1, 2}
    assert min(each.parts.count() for each in closed) >= 2


def test_one_gap_is_shared_by_most_sites_and_some_have_what_others_lack(loaded: Loaded) -> None:
    lead = member_of(loaded, "programme.lead")
    estate = read_estate(lead, EstateAsked(as_of=AS_OF)).estate
    assert estate is not None
    [calibration] = [e for e in gap_lines(estate) if e.item.key == "evaluator-calibration"]
    assert calibration.sites >= 14
    assert "galway" not in calibration.gap.centres
    assert GoodPractice.objects.filter(item="evaluator-calibration").count() == 1


def test_records_deny_what_corby_says_of_itself(loaded: Loaded) -> None:
    lead = member_of(loaded, "programme.lead")
    lines = {key: maturity_of(lead, loaded.centre(key)) for key in ("corby", "galway")}
    assert lines["corby"][0].denied >= 5
    assert lines["galway"][0].denied < lines["corby"][0].denied


def test_one_initiative_worked_and_one_did_not(loaded: Loaded) -> None:
    lead = member_of(loaded, "poole.lead")
    told = {
        benefit.metric.key: benefit.result.verdict
        for initiative in Initiative.objects.filter(benefits__isnull=False)
        for benefit in benefits_of(initiative, lead, AS_OF)
        if benefit.result
    }
    assert told["schedule-adherence"] is BenefitVerdict.BETTER
    assert told["first-contact-resolution"] in (BenefitVerdict.WORSE, BenefitVerdict.NOISE)


def test_a_roadmap_is_half_carried_out_and_one_project_is_for_all(loaded: Loaded) -> None:
    states = Counter(Initiative.objects.exclude(centre=None).values_list("state", flat=True))
    assert set(states) == {"done", "running", "planned"}
    project = Initiative.objects.get(centre=None)
    assert project.steps.values("centre").distinct().count() >= 14
    adopted, other = KeptPlan.objects.order_by("number")
    assert (adopted.adopted_at is None, other.adopted_at is None) == (False, True)
    assert other.cost < adopted.cost
    assert other.value < adopted.value


# Tables go and come, which no transaction of a test could undo: a process and a folder of its own.
_REMOVING = """
import django; django.setup()
from django.core.management import call_command
from attain.organisations.actions.places import found_organisation
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import AuditEntry, Organisation
from attain.performance.queries.volumes import lake_of
from attain.website.demonstration.places import ORGANISATION
from attain.website.demonstration.removing import remove

call_command("migrate", verbosity=0)
found_organisation(key=ORGANISATION, name="Half loaded", timezone="UTC")
lake_of(ORGANISATION).mkdir(parents=True)
remove()
print(Organisation.objects.count(), lake_of(ORGANISATION).exists())
found_organisation(key="others", name="Other people", timezone="UTC")
try:
    remove()
except RefusedActionError as refusal:
    print(refusal)
print(Organisation.objects.count())
"""


def test_it_is_removed_whole_and_never_with_what_belongs_to_others(tmp_path: Path) -> None:
    settings = {"ATTAIN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "attain.website.settings"}
    # Of SQLite, whatever database the tests run on: nothing here is to drop the tables of others.
    environment = {k: v for k, v in os.environ.items() if k != "ATTAIN_DATABASE_URL"} | settings
    done = subprocess.run(
        [sys.executable, "-c", _REMOVING],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    removed, refused, kept = done.stdout.splitlines()
    assert removed == "0 False"
    assert "Other people" in refused
    assert kept == "1"
