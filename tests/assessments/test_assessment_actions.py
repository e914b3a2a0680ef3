"""From opening an assessment to closing it: what is allowed, refused, kept and told."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django_scopes import scope

from assessed import TEXT
from assessing import DUE, NOW, hand_in, in_moderation, open_one, publish_model, rate_all
from attain.assessments.actions.agreeing import agree, agree_where_settled
from attain.assessments.actions.assessing import (
    begin_moderation,
    close_assessment,
    delegate_part,
    name_assessor,
    open_assessment,
    reopen_assessment,
    submit_part,
    withdraw_assessment,
)
from attain.assessments.actions.editions import (
    change_draft,
    enter_library_model,
    publish,
    withdraw,
    write_draft,
)
from attain.assessments.actions.evidence import add_link, withdraw_evidence
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import AgreedRating, Assessment, ItemEvidence, ModelEdition, Rating
from attain.assessments.queries.finding import find_assessment, find_own_part
from attain.assessments.queries.ratings import agreed_entries, entries_by_part
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.measurement.faults import RefusedError
from attain.organisations.errors import (
    ChangedMeanwhileError,
    ForbiddenError,
    RefusedActionError,
    UnknownError,
)
from attain.organisations.models import AuditEntry
from attain.organisations.rules import Permission, Role
from estate import Estate, make_account, make_estate, make_member

pytestmark = pytest.mark.django_db


def lead_of(estate: Estate) -> Any:
    return estate.member(Role.PROGRAMME_LEAD)


def actions_told() -> list[str]:
    return list(AuditEntry.objects.order_by("sequence").values_list("action", flat=True))


def agree_on(estate: Estate, assessment: Assessment, item: str, level: int, why: str = "") -> None:
    current = AgreedRating.objects.filter(assessment=assessment, item=item, is_current=True).first()
    agree(
        by=lead_of(estate),
        assessment=assessment,
        item=item,
        seen=current.number if current else 0,
        entry=Entry(level=level, target=3),
        rationale=why,
        now=NOW,
    )


def closed(estate: Estate) -> Assessment:
    assessment = in_moderation(estate, {"forecast": 1}, {"forecast": 3}).assessment
    agree_where_settled(by=lead_of(estate), assessment=assessment, now=NOW)
    agree_on(estate, assessment, "forecast", 2, "Seen together.")
    return close_assessment(
        by=lead_of(estate), assessment=assessment, seen=assessment.version, now=NOW
    )


def test_a_published_text_is_frozen_and_a_draft_is_not(estate: Estate) -> None:
    lead = lead_of(estate)
    draft = write_draft(by=lead, text=TEXT, now=NOW)
    text = TEXT.replace("title: Small centre", "title: A small centre")
    change_draft(by=lead, edition=draft, seen=draft.version, text=text, now=NOW)
    assert draft.title == "A small centre"
    publish(by=lead, edition=draft, seen=draft.version, now=NOW)
    with pytest.raises(RefusedActionError, match="frozen"):
        change_draft(by=lead, edition=draft, seen=draft.version, text=TEXT, now=NOW)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ModelEdition.objects.filter(pk=draft.pk).update(text="anything")


def test_a_text_with_faults_is_refused_with_its_lines(estate: Estate) -> None:
    with pytest.raises(RefusedError, match=r"model.yaml:\d+: \d+"):
        write_draft(by=lead_of(estate), text=TEXT.replace("title: Forecast,", ""), now=NOW)
    assert not ModelEdition.objects.exists()


def test_two_who_change_a_draft_at_once_are_told(estate: Estate) -> None:
    draft = write_draft(by=lead_of(estate), text=TEXT, now=NOW)
    first = TEXT.replace("title: Small centre", "title: First")
    change_draft(by=lead_of(estate), edition=draft, seen=1, text=first, now=NOW)
    with pytest.raises(ChangedMeanwhileError):
        change_draft(by=lead_of(estate), edition=draft, seen=1, text=TEXT, now=NOW)


def test_an_edition_that_loses_an_item_is_not_published(estate: Estate) -> None:
    publish_model(estate)
    text = "\n".join(line for line in TEXT.split("\n") if not line.startswith("      budget:"))
    text = text.replace('edition: "1"', 'edition: "2"\nfollows: {edition: "1"}')
    draft = write_draft(by=lead_of(estate), text=text, now=NOW)
    with pytest.raises(RefusedActionError, match="budget"):
        publish(by=lead_of(estate), edition=draft, seen=draft.version, now=NOW)


def test_a_model_of_the_library_is_entered_once_with_its_text(estate: Estate) -> None:
    first = enter_library_model(by=lead_of(estate), key="centre-performance", now=NOW)
    again = enter_library_model(by=lead_of(estate), key="centre-performance", now=NOW)
    assert first.pk == again.pk
    assert (first.status, first.is_of_the_library) == ("published", True)
    with pytest.raises(RefusedActionError):
        enter_library_model(by=lead_of(estate), key="no-such-model", now=NOW)


def test_nothing_is_assessed_by_a_draft_or_by_a_withdrawn_model(estate: Estate) -> None:
    lead, draft = lead_of(estate), write_draft(by=lead_of(estate), text=TEXT, now=NOW)
    given: dict[str, Any] = {"by": lead, "title": "x", "kind": AssessmentKind.SELF, "now": NOW}
    with pytest.raises(RefusedActionError, match="published"):
        open_assessment(**given, edition=draft, due_on=DUE)
    publish(by=lead, edition=draft, seen=draft.version, now=NOW)
    withdraw(by=lead, edition=draft, seen=draft.version, now=NOW)
    with pytest.raises(RefusedActionError, match="published"):
        open_assessment(**given, edition=draft, due_on=DUE)


def test_each_assessor_is_blind_to_the_others_until_all_have_handed_in(estate: Estate) -> None:
    assessed = open_one(estate)
    hand_in(assessed.mine)
    assert entries_by_part(assessed.assessment) == {}
    hand_in(assessed.theirs)
    begin_moderation(by=lead_of(estate), assessment=assessed.assessment, seen=1, now=NOW)
    assert len(entries_by_part(assessed.assessment)) == 2


def test_moderation_waits_for_every_part_and_every_category(estate: Estate) -> None:
    assessed = open_one(estate)
    hand_in(assessed.mine)
    with pytest.raises(RefusedActionError, match="handed in"):
        begin_moderation(by=lead_of(estate), assessment=assessed.assessment, seen=1, now=NOW)


def test_a_category_that_nobody_was_given_keeps_moderation_waiting(estate: Estate) -> None:
    lead = lead_of(estate)
    assessment = open_assessment(
        by=lead,
        title="Planning alone",
        kind=AssessmentKind.MOCK,
        edition=publish_model(estate),
        due_on=DUE,
        now=NOW,
        centre=estate.centre,
    )
    part = name_assessor(
        by=lead,
        assessment=assessment,
        assessor=estate.member(Role.ASSESSOR),
        categories=["planning"],
        due_on=DUE,
        now=NOW,
    )
    for item in ("forecast", "budget"):
        rate(by=part.assessor, part=part, item=item, seen=NEW, entry=Entry(level=1), now=NOW)
    submit_part(by=part.assessor, part=part, seen=part.version, now=NOW)
    with pytest.raises(RefusedActionError, match="people"):
        begin_moderation(by=lead, assessment=assessment, seen=assessment.version, now=NOW)


def test_a_part_with_open_items_is_not_handed_in(estate: Estate) -> None:
    part = open_one(estate).mine
    rate(by=part.assessor, part=part, item="forecast", seen=NEW, entry=Entry(level=1), now=NOW)
    with pytest.raises(RefusedActionError, match="2 items"):
        submit_part(by=part.assessor, part=part, seen=part.version, now=NOW)


def test_what_was_handed_in_stays_as_it_was(estate: Estate) -> None:
    part = hand_in(open_one(estate).mine)
    with pytest.raises(RefusedActionError, match="handed in"):
        rate(by=part.assessor, part=part, item="forecast", seen=1, entry=Entry(level=2), now=NOW)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Rating.objects.filter(part=part).update(level=3)


def test_two_windows_of_one_assessor_do_not_overwrite_each_other(estate: Estate) -> None:
    part = open_one(estate).mine
    given: dict[str, Any] = {"by": part.assessor, "part": part, "item": "forecast", "now": NOW}
    rate(**given, seen=NEW, entry=Entry(level=1))
    rate(**given, seen=1, entry=Entry(level=2))
    with pytest.raises(ChangedMeanwhileError):
        rate(**given, seen=1, entry=Entry(level=3))
    assert Rating.objects.get(part=part).level == 2


def test_saving_the_same_again_writes_nothing(estate: Estate) -> None:
    part = open_one(estate).mine
    given: dict[str, Any] = {"by": part.assessor, "part": part, "item": "forecast", "now": NOW}
    rate(**given, seen=NEW, entry=Entry(level=1))
    told = len(actions_told())
    rate(**given, seen=1, entry=Entry(level=1))
    assert len(actions_told()) == told
    assert Rating.objects.get(part=part).version == 1


@pytest.mark.parametrize(
    "entry",
    [
        Entry(level=9),
        Entry(level=2, target=1),
        Entry(is_applicable=False),
        Entry(level=1, note="x" * 4001),
    ],
)
def test_an_entry_that_cannot_stand_is_not_stored(estate: Estate, entry: Entry) -> None:
    part = open_one(estate).mine
    with pytest.raises(RefusedActionError):
        rate(by=part.assessor, part=part, item="forecast", seen=NEW, entry=entry, now=NOW)
    assert not Rating.objects.exists()


def test_a_delegated_part_keeps_what_was_rated(estate: Estate) -> None:
    part = open_one(estate).mine
    rate(by=part.assessor, part=part, item="forecast", seen=NEW, entry=Entry(level=2), now=NOW)
    giver, taker = part.assessor, estate.member(Role.ASSESSOR)
    delegate_part(by=giver, part=part, seen=part.version, to=taker, now=NOW)
    assert (part.assessor, part.delegated_from) == (taker, giver)
    assert part.ratings.get().level == 2
    with pytest.raises(ForbiddenError):
        find_own_part(giver, part.assessment.uuid)


def test_only_those_who_may_rate_at_the_place_are_named(estate: Estate) -> None:
    assessed = open_one(estate)
    given: dict[str, Any] = {"by": lead_of(estate), "assessment": assessed.assessment}
    given |= {"categories": [], "due_on": DUE, "now": NOW}
    with pytest.raises(RefusedActionError, match="may not rate"):
        name_assessor(**given, assessor=estate.member(Role.AGENT))
    with pytest.raises(RefusedActionError, match="already"):
        name_assessor(**given, assessor=estate.member(Role.SITE_LEAD))
    with pytest.raises(RefusedActionError, match="no category"):
        name_assessor(**{**given, "categories": ["finance"]}, assessor=estate.member(Role.ASSESSOR))


def test_where_all_say_the_same_it_is_agreed_at_once_and_elsewhere_with_a_reason(
    estate: Estate,
) -> None:
    assessment = in_moderation(estate, {"forecast": 1}, {"forecast": 3}).assessment
    settled = agree_where_settled(by=lead_of(estate), assessment=assessment, now=NOW)
    assert settled == ["budget", "hiring"]
    with pytest.raises(RefusedActionError, match="Say why"):
        agree_on(estate, assessment, "forecast", 2)
    agree_on(estate, assessment, "forecast", 2, "Two of three teams do.")
    assert agreed_entries(assessment)["forecast"].level == 2


def test_a_later_agreement_needs_its_reason_and_keeps_the_earlier(estate: Estate) -> None:
    assessment = in_moderation(estate, {}, {}).assessment
    agree_on(estate, assessment, "forecast", 1)
    with pytest.raises(RefusedActionError, match="Say why"):
        agree_on(estate, assessment, "forecast", 1)
    agree_on(estate, assessment, "forecast", 2, "A list was found.")
    rows = AgreedRating.objects.filter(item="forecast").order_by("number")
    assert [(row.level, row.is_current) for row in rows] == [(1, False), (2, True)]
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        rows.update(level=3)


def test_two_who_agree_at_once_are_told(estate: Estate) -> None:
    assessment = in_moderation(estate, {}, {}).assessment
    given: dict[str, Any] = {"by": lead_of(estate), "assessment": assessment, "item": "forecast"}
    given |= {"seen": 0, "now": NOW, "entry": Entry(level=1, target=3)}
    agree(**given, rationale="")
    with pytest.raises(ChangedMeanwhileError):
        agree(**given, rationale="mine")


def test_an_assessment_closes_once_every_item_is_agreed_and_is_frozen(estate: Estate) -> None:
    assessment = in_moderation(estate, {}, {}).assessment
    with pytest.raises(RefusedActionError, match="3 items"):
        close_assessment(by=lead_of(estate), assessment=assessment, seen=2, now=NOW)
    agree_where_settled(by=lead_of(estate), assessment=assessment, now=NOW)
    close_assessment(by=lead_of(estate), assessment=assessment, seen=2, now=NOW)
    kept = assessment.closing
    assert kept["whole"] == {"rule": "lowest", "value": "1", "rated": 3, "not_applicable": 0}
    assert kept["items"]["forecast"] == {"level": 1, "target": 3, "not_applicable": None}
    assert len(kept["sha256"]) == 64
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Assessment.objects.filter(pk=assessment.pk).update(title="Another")


def test_reopening_is_a_new_version_and_leaves_the_closed_one(estate: Estate) -> None:
    assessment = closed(estate)
    given: dict[str, Any] = {"by": lead_of(estate), "assessment": assessment, "now": NOW}
    with pytest.raises(RefusedActionError, match="Say why"):
        reopen_assessment(**given, reason=" ", due_on=DUE)
    again = reopen_assessment(**given, reason="A list was found.", due_on=DUE)
    assert (again.number, again.state) == (2, "moderation")
    assert agreed_entries(again)["forecast"].level == 2
    agree_on(estate, again, "forecast", 3, "It is there.")
    assert agreed_entries(assessment)["forecast"].level == 2
    with pytest.raises(RefusedActionError, match="later version"):
        reopen_assessment(**given, reason="Again.", due_on=DUE)


def test_evidence_of_a_closed_assessment_is_neither_added_nor_withdrawn(estate: Estate) -> None:
    assessed = open_one(estate)
    given: dict[str, Any] = {"by": lead_of(estate), "item": "forecast", "title": "", "now": NOW}
    given |= {"link": "https://example.com/forecast", "expires_on": None}
    shown = add_link(**given, assessment=assessed.assessment)
    assert shown.title == "https://example.com/forecast"
    with pytest.raises(RefusedActionError, match="begins with"):
        add_link(**{**given, "link": "javascript:alert(1)"}, assessment=assessed.assessment)
    hand_in(assessed.mine)
    hand_in(assessed.theirs)
    begin_moderation(by=lead_of(estate), assessment=assessed.assessment, seen=1, now=NOW)
    agree_where_settled(by=lead_of(estate), assessment=assessed.assessment, now=NOW)
    close_assessment(by=lead_of(estate), assessment=assessed.assessment, seen=2, now=NOW)
    with pytest.raises(RefusedActionError, match="closed"):
        add_link(**given, assessment=assessed.assessment)
    with pytest.raises(RefusedActionError, match="closed"):
        withdraw_evidence(by=lead_of(estate), evidence=shown, seen=1, now=NOW)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        ItemEvidence.objects.filter(pk=shown.pk).update(link="https://example.com/other")


def test_an_assessment_is_withdrawn_with_its_reason_and_not_once_closed(estate: Estate) -> None:
    assessed = open_one(estate)
    given: dict[str, Any] = {"by": lead_of(estate), "now": NOW}
    with pytest.raises(RefusedActionError, match="Say why"):
        withdraw_assessment(**given, assessment=assessed.assessment, seen=1, reason="")
    withdraw_assessment(**given, assessment=assessed.assessment, seen=1, reason="Wrong model.")
    with pytest.raises(RefusedActionError):
        rate_all(assessed.mine)


def test_a_closed_assessment_is_not_withdrawn(estate: Estate) -> None:
    assessment = closed(estate)
    with pytest.raises(RefusedActionError):
        withdraw_assessment(by=lead_of(estate), assessment=assessment, seen=3, reason="x", now=NOW)


def test_a_stranger_finds_nothing_and_a_colleague_of_another_site_neither(estate: Estate) -> None:
    assessment = open_one(estate).assessment
    stranger = make_estate("elsewhere").member(Role.PROGRAMME_LEAD)
    with scope(organisation=stranger.organisation), pytest.raises(UnknownError):
        find_assessment(stranger, assessment.uuid)
    poole = make_member(
        estate.organisation,
        make_account("poole@northwind.example", "Poole"),
        Role.SITE_LEAD,
        site=estate.poole,
    )
    with pytest.raises(UnknownError):
        find_assessment(poole, assessment.uuid)
    assert find_assessment(lead_of(estate), assessment.uuid) == assessment
    with pytest.raises(ForbiddenError):
        find_assessment(estate.member(Role.AUDITOR), assessment.uuid, Permission.LEAD_ASSESSMENTS)


def test_whatever_is_done_has_one_entry_in_the_trail(estate: Estate) -> None:
    closed(estate)
    told = actions_told()
    assert told[:5] == [
        "assessments.write_model",
        "assessments.publish_model",
        "assessments.open",
        "assessments.name_assessor",
        "assessments.name_assessor",
    ]
    assert told.count("assessments.rate") == 6
    assert told[-4:] == [
        "assessments.move_to_moderation",
        "assessments.agree_where_settled",
        "assessments.agree",
        "assessments.move_to_closed",
    ]


def test_an_entry_of_an_item_outside_a_part_is_refused(estate: Estate) -> None:
    part = replace(open_one(estate)).mine
    with pytest.raises(RefusedActionError, match="not in your part"):
        rate(by=part.assessor, part=part, item="outside", seen=NEW, entry=Entry(level=1), now=NOW)
