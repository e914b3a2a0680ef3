"""Who acts in the demonstration, at what hour, and by what chance."""

from datetime import date, datetime, time
from random import Random
from zlib import crc32

from attain.measurement.zones import zone_named
from attain.organisations.pages import Account, Member
from attain.organisations.queries import find_member
from attain.website.demonstration.places import DOMAIN, ORGANISATION, TIMEZONE


def member_at(box: str) -> Member:
    """Return the member of an address of the demonstration."""
    return find_member(Account.objects.get(email=f"{box}@{DOMAIN}"), ORGANISATION)


def hour_of(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day where the organisation is."""
    return datetime.combine(day, time(hour), zone_named(TIMEZONE))


def chance_of(*of: object) -> Random:
    """Return the chance of something: the same each time for the same thing."""
    return Random(crc32(" ".join(map(str, of)).encode()))  # noqa: S311  nothing here is a secret
