"""The day at a place: an instant is another date from zone to zone."""

from datetime import date, datetime

from attain.measurement.zones import local_date, zone_named
from attain.organisations.models import Centre, Organisation


def today_of(organisation: Organisation, now: datetime) -> date:
    """Return the date of an instant in the time zone of an organisation."""
    return local_date(zone_named(organisation.timezone), now)


def today_at(centre: Centre, now: datetime) -> date:
    """Return the date of an instant in the time zone of a centre's site."""
    return local_date(zone_named(centre.site.timezone), now)
