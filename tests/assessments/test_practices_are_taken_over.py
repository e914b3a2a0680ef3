"""What a closed assessment states of practices becomes what certification reads."""

from dataclasses import replace

import pytest
from django.test import Client
from django_scopes import scope

from assessed import MODEL
from assessing import NOW, in_moderation
from attain.assessments.actions.agreeing import agree_where_settled
from attain.assessments.actions.assessing import close_assessment
from attain.assessments.actions.stating import state_practices
from attain.assessments.models import Assessment, ModelEdition
from attain.assessments.queries.stating import practices_of
from attain.assessments.rules.stating import stated_practices
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Role
from attain.performance.queries import figures_of
from attain.standards.figures import Documented, Practice
from attain.standards.ratings import ItemRating
from estate import Estate, make_estate

ITEMS = [item.key for item in MODEL.rated_items]
# What was seen where nothing is on record.
UNRECORDED = dict.fromkeys(ITEMS, 0)


def closed(estate: Estate, **levels: int) -> Assessment:
    """Close an assessment that two people rated alike: on level 1, or as is said."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    edition = ModelEdition.objects.first()
    assessment = in_moderation(estate, levels, levels, edition).assessment
    agree_where_settled(by=lead, assessment=assessment, now=NOW)
    return close_assessment(by=lead, assessment=assessment, seen=assessment.version, now=NOW)


@pytest.fixture
def estate() -> Estate:
    return make_estate()


def test_an_item_above_its_lowest_level_is_documented_and_one_on_it_is_not() -> None:
    lowest, *_, highest = MODEL.levels_of(MODEL.rated_items[0])
    ratings = {ITEMS[0]: ItemRating(lowest), ITEMS[1]: ItemRating(highest)}
    first, second = stated_practices(MODEL, ratings, {ITEMS[1]: ["Wiki"]}, "Autumn", {})
    assert first.stated.documented is Documented.NO
    assert second.stated == Practice(ITEMS[1], Documented.YES, None, "Autumn; Wiki")


def test_an_item_that_does_not_apply_keeps_its_reason() -> None:
    [only] = stated_practices(
        MODEL, {ITEMS[0]: ItemRating(not_applicable="no letters")}, {}, "Autumn", {}
    )
    assert only.stated.documented is Documented.NOT_APPLICABLE
    assert only.stated.reason == "no letters"


def test_an_item_without_a_level_states_nothing() -> None:
    assert stated_practices(MODEL, {ITEMS[0]: ItemRating(target=2)}, {}, "Autumn", {}) == []


def test_what_the_records_say_alike_does_not_differ_by_what_its_evidence_is_called() -> None:
    there = Practice(ITEMS[0], Documented.YES, None, "A binder")
    highest = MODEL.levels_of(MODEL.rated_items[0])[-1]
    ratings = {ITEMS[0]: ItemRating(highest)}
    [only] = stated_practices(MODEL, ratings, {}, "Autumn", {ITEMS[0]: (1, there)})
    assert not only.differs
    [other] = stated_practices(
        MODEL, ratings, {}, "Autumn", {ITEMS[0]: (1, replace(there, documented=Documented.NO))}
    )
    assert other.differs


@pytest.mark.django_db
def test_certification_reads_what_was_taken_over(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    with scope(organisation=estate.organisation):
        assessment = closed(estate)
        before = figures_of(estate.centre).practices
        assert state_practices(by=lead, assessment=assessment, seen=UNRECORDED, now=NOW) == len(
            ITEMS
        )
        after = {each.item: each for each in figures_of(estate.centre).practices}
        assert before == ()
        assert set(after) == set(ITEMS)
        assert after[ITEMS[0]].evidence == "Autumn self-assessment, 2026-11-22"
        assert not any(each.differs for each in practices_of(assessment))
        told = AuditEntry.objects.filter(action="assessments.state_practices")
        assert told.count() == 1


@pytest.mark.django_db
def test_what_is_on_record_is_revised_and_not_lost(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    with scope(organisation=estate.organisation):
        first = closed(estate)
        state_practices(by=lead, assessment=first, seen=UNRECORDED, now=NOW)
        lowest = MODEL.levels_of(MODEL.rated_items[0])[0]
        second = closed(estate, **{ITEMS[0]: lowest})
        [differing] = [each for each in practices_of(second) if each.differs]
        assert differing.item.key == ITEMS[0]
        state_practices(by=lead, assessment=second, seen={ITEMS[0]: 1}, now=NOW)
        after = {each.item: each.documented for each in figures_of(estate.centre).practices}
        assert after[ITEMS[0]] is Documented.NO


@pytest.mark.django_db
def test_a_record_that_was_revised_since_it_was_seen_is_left_as_it_is(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    with scope(organisation=estate.organisation):
        lowest = MODEL.levels_of(MODEL.rated_items[0])[0]
        first, second = closed(estate), closed(estate, **{ITEMS[0]: lowest})
        state_practices(by=lead, assessment=first, seen=UNRECORDED, now=NOW)
        for revision, refusal in ((0, RefusedActionError), (2, ChangedMeanwhileError)):
            with pytest.raises(refusal):
                state_practices(by=lead, assessment=second, seen={ITEMS[0]: revision}, now=NOW)
        after = {each.item: each.documented for each in figures_of(estate.centre).practices}
        assert after[ITEMS[0]] is Documented.YES


@pytest.mark.django_db
def test_nothing_is_taken_over_of_an_unknown_item_or_twice(estate: Estate) -> None:
    lead = estate.member(Role.SITE_LEAD)
    with scope(organisation=estate.organisation):
        assessment = closed(estate)
        with pytest.raises(RefusedActionError, match="nothing-such"):
            state_practices(by=lead, assessment=assessment, seen={"nothing-such": 0}, now=NOW)
        state_practices(by=lead, assessment=assessment, seen=UNRECORDED, now=NOW)
        with pytest.raises(RefusedActionError, match="at least one"):
            state_practices(by=lead, assessment=assessment, seen=UNRECORDED, now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "status"), [(Role.SITE_LEAD, 200), (Role.ANALYST, 403), (Role.ASSESSOR, 403)]
)
def test_the_page_is_for_whoever_records_figures(estate: Estate, role: Role, status: int) -> None:
    with scope(organisation=estate.organisation):
        assessment = closed(estate)
    client = Client()
    client.force_login(estate.member(role).account)
    address = f"/o/northwind/assessments/{assessment.uuid}/practices"
    assert client.get(address).status_code == status
    if status == 200:
        assert client.post(address, {"items": ITEMS}).status_code == 302
        assert "The records say the same" in client.get(address).content.decode()
        assert client.post(address, {}).status_code == 422


@pytest.mark.django_db
def test_a_stranger_learns_of_no_practices(estate: Estate) -> None:
    with scope(organisation=estate.organisation):
        assessment = closed(estate)
    client = Client()
    client.force_login(make_estate("elsewhere").member(Role.SITE_LEAD).account)
    address = f"/o/northwind/assessments/{assessment.uuid}/practices"
    assert client.get(address).status_code == 404
