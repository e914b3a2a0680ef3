"""Who was in which team when."""

from datetime import date

import pytest

from attain.organisations.actions import people, places
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import Member, Posting
from attain.organisations.rules import Role
from estate import Estate

pytestmark = pytest.mark.django_db


def admin(estate: Estate) -> Member:
    return estate.member(Role.ADMINISTRATOR)


def test_a_new_posting_ends_the_one_before_the_day_before(estate: Estate) -> None:
    red = places.add_team(site=estate.leeds, key="red", name="Red", by=admin(estate))
    dana = people.add_person(name="Dana", by=admin(estate))
    people.post_person(person=dana, team=estate.team, since=date(2026, 1, 1), by=admin(estate))
    people.post_person(person=dana, team=red, since=date(2026, 3, 1), by=admin(estate))
    postings = [(p.team.name, p.since, p.until) for p in Posting.objects.filter(person=dana)]
    assert postings == [
        ("Blue", date(2026, 1, 1), date(2026, 2, 28)),
        ("Red", date(2026, 3, 1), None),
    ]


@pytest.mark.parametrize("since", [date(2026, 1, 1), date(2025, 12, 31)])
def test_a_posting_that_would_overlap_is_refused(estate: Estate, since: date) -> None:
    dana = people.add_person(name="Dana", by=admin(estate))
    people.post_person(person=dana, team=estate.team, since=date(2026, 1, 1), by=admin(estate))
    with pytest.raises(RefusedActionError, match="is in Blue from 1 January 2026"):
        people.post_person(person=dana, team=estate.team, since=since, by=admin(estate))


def test_who_left_keeps_their_history_and_is_posted_no_more(estate: Estate) -> None:
    dana = people.add_person(name="Dana", by=admin(estate))
    people.post_person(person=dana, team=estate.team, since=date(2026, 1, 1), by=admin(estate))
    people.let_go(person=dana, on=date(2026, 6, 30), seen=1, by=admin(estate))
    assert Posting.objects.get(person=dana).until == date(2026, 6, 30)
    with pytest.raises(RefusedActionError, match="left on 30 June 2026"):
        people.post_person(person=dana, team=estate.team, since=date(2026, 8, 1), by=admin(estate))


def test_two_people_of_one_name_and_a_number_used_again_stay_apart(estate: Estate) -> None:
    first = people.add_person(name="Sam Lee", employee_number="00123", by=admin(estate))
    second = people.add_person(name="Sam Lee", employee_number="00123", by=admin(estate))
    assert first.uuid != second.uuid
    assert first.employee_number == "00123"
