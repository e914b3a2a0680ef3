"""The coming dates of certification and of initiatives, together."""

from datetime import date, datetime

from attain.certification.queries.calendar import Dated, dates
from attain.improvement.queries.initiatives import DatedWork, work_dates
from attain.organisations.pages import Member
from attain.organisations.queries import may_somewhere
from attain.organisations.rules import Permission

Coming = Dated | DatedWork


def coming_dates(
    member: Member, today: date, now: datetime, until: date, *, is_own: bool = False
) -> list[Coming]:
    """Return what a member may see of the coming dates, and of what is open and late.

    Of initiatives those that the member owns alone, where `is_own` asks for it.
    """
    found: list[Coming] = [*work_dates(member, until, is_own=is_own)]
    if may_somewhere(member, Permission.READ_CERTIFICATION):
        found += dates(member, today, now, until)
    return sorted(found, key=lambda each: (each.on, each.kind, str(each.centre or "")))
