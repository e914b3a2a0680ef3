"""People, and in which team each was when."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from attain.organisations.actions.audit import record
from attain.organisations.actions.changing import change
from attain.organisations.errors import RefusedActionError
from attain.organisations.models import Account, Member, Person, Posting, Team


@transaction.atomic
def add_person(
    *,
    name: str,
    by: Member,
    employee_number: str = "",
    grade: str = "",
    account: Account | None = None,
) -> Person:
    """Add somebody who works for the organisation."""
    person = Person(
        organisation=by.organisation,
        name=name,
        employee_number=employee_number,
        grade=grade,
        account=account,
    )
    person.full_clean()
    person.save()
    details = {"employee_number": employee_number, "grade": grade}
    _told(by, "add_person", person, details)
    return person


@transaction.atomic
def change_person(*, person: Person, seen: int, by: Member, **values: Any) -> Person:
    """Change a person's name, number or grade."""
    changed = change(person, seen=seen, what=str(person), **values)
    person.full_clean()
    if changed:
        _told(by, "change_person", person, changed)
    return person


@transaction.atomic
def post_person(*, person: Person, team: Team, since: date, by: Member) -> Posting:
    """Post a person to a team from a day on; the posting before ends the day before.

    RefusedActionError where they are in a team on that day or later by a posting that has an end,
    or by one that begins on it or after.
    """
    if person.left_on is not None:
        raise RefusedActionError(
            _("%(name)s left on %(day)s.")
            % {"name": person.name, "day": date_format(person.left_on)}
        )
    later = Posting.objects.filter(person=person).filter(Q(since__gte=since) | Q(until__gte=since))
    clash = later.select_related("team").first()
    if clash is not None:
        raise RefusedActionError(_clash(person, clash))
    open_one = Posting.objects.filter(person=person, until=None)
    open_one.update(until=since - timedelta(days=1))
    posting = Posting(organisation=by.organisation, person=person, team=team, since=since)
    posting.full_clean()
    posting.save()
    _told(by, "post_person", person, {"team": team.key, "site": team.site.key, "since": since})
    return posting


def _clash(person: Person, clash: Posting) -> str:
    said = {"name": person.name, "team": clash.team.name, "since": date_format(clash.since)}
    if clash.until is None:
        return (
            _("%(name)s is in %(team)s from %(since)s, with no end. Give a day after that.") % said
        )
    said["until"] = date_format(clash.until)
    return (
        _("%(name)s is in %(team)s from %(since)s until %(until)s. Give a day after that.") % said
    )


@transaction.atomic
def let_go(*, person: Person, on: date, seen: int, by: Member) -> None:
    """Note that a person left; their last posting ends that day, and what they did stays theirs."""
    change(person, seen=seen, what=str(person), left_on=on)
    Posting.objects.filter(person=person, since__gt=on).delete()
    Posting.objects.filter(person=person).filter(Q(until=None) | Q(until__gt=on)).update(until=on)
    _told(by, "let_go", person, {"on": on})


def _told(by: Member, verb: str, person: Person, details: dict[str, Any]) -> None:
    # Named by the row's own id, so that erasing a person leaves no name in the chain itself.
    details = {"name": person.name, **details}
    record(
        by=by, action=f"organisations.{verb}", kind="person", key=str(person.uuid), details=details
    )
