"""Initiatives as they are planned, carried on and counted: what may be, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest

from attain.certification.queries.verdicts import verdict_of
from attain.improvement.actions import documents, progress
from attain.improvement.actions.initiatives import StepTaken, change_initiative
from attain.improvement.actions.reminding import remind
from attain.improvement.models import Initiative
from attain.improvement.queries.recorded import recorded_at
from attain.organisations.errors import ChangedMeanwhileError, RefusedActionError
from attain.organisations.models import AuditEntry, Centre, Notice
from attain.organisations.rules import Role
from attain.performance import models as records
from attain.performance.actions.recording import withdraw_row
from carrying import DUE, STARTS, TODAY, central, done, planned, process_of, started
from certified import record_centre
from estate import Estate
from improving import NOW, Improving, make_improving

pytestmark = pytest.mark.django_db


@pytest.fixture
def improving(estate: Estate) -> Improving:
    return make_improving(estate)


def changed(initiative: Initiative, estate: Estate, **said: Any) -> Initiative:
    by, seen = estate.member(Role.PROGRAMME_LEAD), initiative.version
    return change_initiative(by=by, initiative=initiative, seen=seen, now=NOW, **said)


def told(estate: Estate) -> list[str]:
    """Return what the owner of the initiatives of the tests was told, the latest last."""
    notices = Notice.objects.filter(member=estate.member(Role.TEAM_LEADER)).order_by("pk")
    return [notice.text for notice in notices]


def test_planning_is_one_entry_of_the_trail_and_tells_the_owner(estate: Estate) -> None:
    made = planned(estate)
    entry = AuditEntry.objects.get(action="improvement.plan_initiative")
    assert entry.object_key == str(made.uuid)
    [text] = told(estate)
    assert text.startswith("Call-backs: you own this initiative")
    planned(estate, owner=estate.member(Role.PROGRAMME_LEAD))
    assert not Notice.objects.filter(member=estate.member(Role.PROGRAMME_LEAD)).exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"due_on": STARTS - timedelta(days=1)}, "due before it starts"),
        ({"days": -1}, "0 or more"),
        ({"cost": -1}, "0 or more"),
    ],
)
def test_an_initiative_that_cannot_be_is_refused(
    estate: Estate, said: dict[str, Any], expected: str
) -> None:
    with pytest.raises(RefusedActionError, match=expected):
        planned(estate, **said)


def test_an_owner_has_to_see_the_place(estate: Estate) -> None:
    with pytest.raises(RefusedActionError, match="cannot own one"):
        planned(estate, owner=estate.member(Role.AGENT))
    with pytest.raises(RefusedActionError, match="cannot own one"):
        changed(planned(estate), estate, owner=estate.member(Role.EVALUATOR))


def test_who_owns_it_already_stays_whatever_became_of_their_roles(estate: Estate) -> None:
    made = planned(estate)
    made.owner.roles.all().delete()
    assert changed(made, estate, title="Call back").title == "Call back"


def test_a_process_is_one_of_the_centre(estate: Estate) -> None:
    with pytest.raises(RefusedActionError, match="another centre"):
        planned(estate, process=process_of(estate.other_centre))


def test_steps_are_upwards_once_and_of_the_centre(improving: Improving) -> None:
    estate, leeds = improving.estate, improving.leeds
    up = StepTaken(leeds, estate.centre, "forecast", 1, 2)
    for steps, expected in (
        ([up, up], "named twice"),
        ([StepTaken(leeds, estate.centre, "forecast", 2, 2)], "higher level"),
        ([StepTaken(improving.poole, estate.other_centre, "forecast", 1, 2)], "another centre"),
    ):
        with pytest.raises(RefusedActionError, match=expected):
            planned(estate, steps=steps)
    assert not Initiative.objects.exists()


def test_initiatives_that_would_wait_for_each_other_are_refused_by_name(estate: Estate) -> None:
    first = planned(estate, "First")
    second = planned(estate, "Second", after=[first])
    third = planned(estate, "Third", after=[second])
    with pytest.raises(RefusedActionError, match="First → Third → Second → First"):
        changed(first, estate, after=[third])
    with pytest.raises(RefusedActionError, match="First → First"):
        changed(first, estate, after=[first])
    first.refresh_from_db()
    assert (first.after.count(), first.version) == (0, 1)


def test_what_waits_starts_when_the_others_have_ended(estate: Estate) -> None:
    first = planned(estate, "First")
    second = planned(estate, "Second", after=[first])
    with pytest.raises(RefusedActionError, match="First"):
        started(second, estate)
    done(started(first, estate), estate)
    assert started(second, estate).state == "running"


def test_a_change_of_order_alone_is_conditional_on_what_was_seen(estate: Estate) -> None:
    first, second = planned(estate, "First"), planned(estate, "Second")
    changed(second, estate, after=[first])
    assert second.version == 2
    with pytest.raises(ChangedMeanwhileError):
        change_initiative(
            by=estate.member(Role.PROGRAMME_LEAD), initiative=second, seen=1, now=NOW, after=[]
        )
    assert list(second.after.all()) == [first]


def test_an_initiative_starts_runs_and_ends_once(estate: Estate) -> None:
    made = planned(estate)
    with pytest.raises(RefusedActionError, match="Planned"):
        done(made, estate)
    with pytest.raises(RefusedActionError, match="still to come"):
        started(made, estate, on=TODAY + timedelta(days=1))
    started(made, estate)
    with pytest.raises(RefusedActionError, match="before it started"):
        done(made, estate, on=STARTS - timedelta(days=1))
    done(made, estate)
    with pytest.raises(RefusedActionError, match="Done"):
        started(made, estate)
    with pytest.raises(RefusedActionError, match="has ended"):
        changed(made, estate, title="Other")


def test_who_plans_there_is_told_when_it_is_done(estate: Estate) -> None:
    done(started(planned(estate), estate), estate)
    lead = Notice.objects.get(member=estate.member(Role.SITE_LEAD))
    assert lead.text == "Call-backs: the initiative is done"
    assert not Notice.objects.filter(member=estate.member(Role.ANALYST)).exists()


def recorded(centre: Centre) -> list[records.Initiative]:
    return list(records.Initiative.objects.filter(centre=centre).order_by("revision"))


def structured(estate: Estate, **said: Any) -> Initiative:
    return planned(estate, is_structured=True, process=process_of(estate.centre), **said)


def test_a_structured_initiative_is_recorded_as_started_and_once_more_when_done(
    estate: Estate,
) -> None:
    made = started(structured(estate), estate)
    [first] = recorded(estate.centre)
    assert (first.key, first.started, first.completed) == (made.recorded_as, STARTS, None)
    assert (first.analysis, first.outcome) == ("", "")
    done(made, estate, "A fishbone", "Ten per cent fewer")
    first, second = recorded(estate.centre)
    assert (first.is_current, second.is_current, second.key) == (False, True, first.key)
    assert (second.completed, second.outcome) == (TODAY, "Ten per cent fewer")


def test_a_structured_initiative_is_not_done_without_analysis_and_outcome(estate: Estate) -> None:
    made = started(structured(estate), estate)
    with pytest.raises(RefusedActionError, match="needs its analysis"):
        done(made, estate, outcome="Ten per cent fewer")
    made.refresh_from_db()
    with pytest.raises(RefusedActionError, match="needs its outcome"):
        done(made, estate, analysis="A fishbone")
    made.refresh_from_db()
    assert made.state == "running"
    for kind in ("analysis", "outcome"):
        documents.add_link(
            by=made.owner, initiative=made, kind=kind, title=kind.capitalize(),
            link="https://wiki.example/x", now=NOW,
        )  # fmt: skip
    done(made, estate)
    assert recorded(estate.centre)[-1].analysis == "Analysis"


def test_a_withdrawn_document_is_no_analysis(estate: Estate) -> None:
    made = started(structured(estate), estate)
    document = documents.add_link(
        by=made.owner, initiative=made, kind="analysis", title="", link="https://x.example", now=NOW
    )
    documents.withdraw_document(by=made.owner, document=document, seen=1, now=NOW)
    with pytest.raises(RefusedActionError, match="needs its analysis"):
        done(made, estate, outcome="Ten per cent fewer")


def test_a_verdict_counts_a_structured_initiative_that_is_done(estate: Estate) -> None:
    record_centre(estate)
    [one] = records.Initiative.objects.filter(key="knowledge")
    lead = estate.member(Role.PROGRAMME_LEAD)
    withdraw_row(record=one, seen=1, reason="Not structured", by=lead, now=NOW)
    assert verdict_of(estate.centre, TODAY).tier == 1
    made = started(structured(estate), estate)
    assert verdict_of(estate.centre, TODAY).tier == 1
    done(made, estate, "A fishbone", "Ten per cent fewer")
    assert verdict_of(estate.centre, TODAY).tier == 2


def test_a_central_project_is_recorded_where_there_is_such_a_process(improving: Improving) -> None:
    estate = improving.estate
    process = process_of(estate.centre, "planning")
    made = central(estate, [improving.leeds, improving.poole], is_structured=True, process=process)
    started(made, estate)
    assert [(each.centre.key, each.counts, each.has_process) for each in recorded_at(made)] == [
        ("leeds", True, True),
        ("poole", False, False),
    ]
    # The process came to Poole while the project ran.
    process_of(estate.other_centre, "planning")
    done(made, estate, "A fishbone", "Ten per cent fewer")
    assert [each.counts for each in recorded_at(made)] == [True, True]
    [poole] = recorded(estate.other_centre)
    assert (poole.key, poole.completed) == (made.recorded_as, TODAY)


def test_what_somebody_withdrew_at_the_centre_stays_withdrawn(estate: Estate) -> None:
    made = started(structured(estate), estate)
    [row] = recorded(estate.centre)
    lead = estate.member(Role.PROGRAMME_LEAD)
    withdraw_row(record=row, seen=1, reason="Recorded twice", by=lead, now=NOW)
    done(made, estate, "A fishbone", "Ten per cent fewer")
    assert recorded(estate.centre)[-1].withdrawn


def test_a_dropped_initiative_keeps_its_reason_and_is_recorded_no_more(estate: Estate) -> None:
    made = started(structured(estate), estate)
    lead = estate.member(Role.PROGRAMME_LEAD)
    with pytest.raises(RefusedActionError, match="Say why"):
        progress.drop_initiative(by=lead, initiative=made, seen=2, reason=" ", now=NOW)
    progress.drop_initiative(by=lead, initiative=made, seen=2, reason="No budget", now=NOW)
    assert (made.state, made.comments.get().text) == ("dropped", "No budget")
    assert recorded(estate.centre)[-1].withdrawn


def test_what_is_recorded_keeps_its_process(estate: Estate) -> None:
    made = started(structured(estate), estate)
    with pytest.raises(RefusedActionError, match="recorded at its centre already"):
        changed(made, estate, process=process_of(estate.centre, "other"))
    with pytest.raises(RefusedActionError, match="recorded at its centre already"):
        changed(made, estate, is_structured=False)
    changed(made, estate, title="Other name")
    done(made, estate, "A fishbone", "Ten per cent fewer")
    assert len({row.key for row in recorded(estate.centre)}) == 1


def test_a_milestone_lies_after_the_start(estate: Estate) -> None:
    made = planned(estate)
    with pytest.raises(RefusedActionError, match="after the start"):
        progress.add_milestone(
            by=made.owner, initiative=made, text="Early", due_on=date(2026, 10, 1), now=NOW
        )


def test_owners_are_reminded_once_that_it_is_due_and_once_that_it_is_late(estate: Estate) -> None:
    made = planned(estate, due_on=TODAY + timedelta(days=7))
    progress.add_milestone(by=made.owner, initiative=made, text="Training", due_on=TODAY, now=NOW)
    planned(estate, "Far away", due_on=TODAY + timedelta(days=8))
    before = len(told(estate))
    assert [remind(estate.organisation, NOW) for _ in range(2)] == [2, 2]
    assert len(told(estate)) == before + 2
    assert remind(estate.organisation, NOW + timedelta(days=8)) == 3
    assert told(estate)[before + 2 :] == [
        f"Call-backs: the initiative was due on {made.due_on}",
        f"Far away: the initiative is due on {TODAY + timedelta(days=8)}",
        f"Call-backs: “Training” was due on {TODAY}",
    ]
    done(started(made, estate), estate)
    assert remind(estate.organisation, NOW + timedelta(days=8)) == 1


def test_a_change_of_owner_tells_the_new_one(estate: Estate) -> None:
    made = planned(estate)
    changed(made, estate, owner=estate.member(Role.QA_MANAGER), due_on=DUE)
    notice = Notice.objects.get(member=estate.member(Role.QA_MANAGER))
    assert "you own this initiative" in notice.text
