"""The coming dates as an iCalendar feed (RFC 5545)."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from attain.organisations.pages import Member
from attain.website.dates import coming_dates

AHEAD = timedelta(days=400)
WORDS = {
    "expiry": _("Certificate ends"),
    "corrective": _("Corrective action is due"),
    "milestone": _("Milestone is due"),
    "review": _("Review"),
    "initiative": _("Initiative is due"),
    "initiative_milestone": _("Milestone of an initiative is due"),
}


def calendar_of(member: Member, today: date, now: datetime) -> bytes:
    """Return the dates that a member may see, a whole day each, as a calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//attain//certification//EN")
    calendar.add("version", "2.0")
    for each in coming_dates(member, today, now, today + AHEAD):
        event = Event()
        event.add("uid", f"{each.kind}-{each.row.uuid}@attain")
        event.add("dtstamp", now)
        event.add("dtstart", each.on)
        event.add("summary", f"{WORDS[each.kind]}: {each.centre or member.organisation}")
        event.add("description", each.about)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
