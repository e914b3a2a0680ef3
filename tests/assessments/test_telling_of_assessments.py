"""Who is told of assessments: who is named, who leads once all is handed in, whose part is due."""

from datetime import timedelta

import pytest

from assessing import DUE, NOW, hand_in, open_one
from attain.assessments.actions.assessing import delegate_part
from attain.assessments.actions.reminding import remind
from attain.organisations.models import Member, Notice
from attain.organisations.rules import Role
from estate import Estate

pytestmark = pytest.mark.django_db


def told(member: Member) -> list[str]:
    return list(Notice.objects.filter(member=member).order_by("id").values_list("text", flat=True))


def test_who_is_named_is_told_and_so_is_who_a_part_is_handed_on_to(estate: Estate) -> None:
    part = open_one(estate).mine
    assert "you rate a part by" in told(part.assessor)[0]
    taker = estate.member(Role.ASSESSOR)
    delegate_part(by=part.assessor, part=part, seen=part.version, to=taker, now=NOW)
    assert "you rate a part by" in told(taker)[0]
    assert Notice.objects.get(member=taker).link.endswith("/rate")


def test_who_leads_is_told_when_the_last_part_is_handed_in(estate: Estate) -> None:
    assessed = open_one(estate)
    lead = estate.member(Role.PROGRAMME_LEAD)
    hand_in(assessed.mine)
    assert told(lead) == []
    hand_in(assessed.theirs)
    assert told(lead) == ["Autumn self-assessment: every part is handed in"]
    assert told(estate.member(Role.AUDITOR)) == []


def test_a_part_is_reminded_of_once_when_due_and_once_when_overdue(estate: Estate) -> None:
    assessed = open_one(estate)
    hand_in(assessed.theirs)
    due = NOW.replace(month=DUE.month, day=DUE.day)
    assert remind(estate.organisation, due - timedelta(days=4)) == 0
    for days in (-3, -2, 0, 1, 2):
        remind(estate.organisation, due + timedelta(days=days))
    said = told(assessed.mine.assessor)
    assert [each.split(": ")[1].split(" on ")[0] for each in said[1:]] == [
        "your part is due",
        "your part was due",
    ]
    assert not any("your part" in each for each in told(assessed.theirs.assessor))
