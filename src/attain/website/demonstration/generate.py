"""The whole demonstration, as figures and people in memory: the same for the same seed and date."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from zlib import crc32

import numpy as np

from attain.measurement.periods import last_full_month
from attain.standards.figures import Operation, ScopeKind
from attain.website.demonstration import people
from attain.website.demonstration.centres import (
    DemonstrationCentre,
    DrawnFigures,
    Rows,
    make_centre,
    volume_of,
)
from attain.website.demonstration.contacts import ChannelContacts, Workload, contacts_of
from attain.website.demonstration.opening import Opening
from attain.website.demonstration.people import (
    DemonstrationMember,
    DemonstrationPerson,
    DemonstrationTeam,
)
from attain.website.demonstration.places import CLIENTS, PLACES, ClientWork, SitePlan
from attain.website.demonstration.readings import MeasuredMonths
from attain.website.demonstration.records import Circumstances
from attain.website.demonstration.stories import TWO_YEARS, Story

SEED = 20_261_122
# The staff of a channel in a month, as a part of what the roster asks for.
_ENOUGH = (1.03, 1.09)
_TOO_FEW = (0.75, 0.78)
_YEARS_BEFORE = timedelta(days=3_000)


@dataclass(frozen=True)
class DemonstrationSite:
    """A site with its people, and its centres: the whole site first, then its clients' work."""

    key: str
    name: str
    region: str
    timezone: str
    operation: Operation
    kind: str
    channels: tuple[str, ...]
    opening_hours: tuple[Opening, ...]
    teams: tuple[DemonstrationTeam, ...]
    people: tuple[DemonstrationPerson, ...]
    centres: tuple[DemonstrationCentre, ...]

    @property
    def rows(self) -> Rows:
        """The rows of the whole site by table."""
        return self.centres[0].rows


def _drawing(seed: int) -> Random:
    return Random(seed)  # noqa: S311  nothing here is a secret


def generate_members(seed: int = SEED) -> tuple[DemonstrationMember, ...]:
    """Return those who sign in."""
    return people.members(_drawing(seed))


def generate_site(key: str, as_of: date, seed: int = SEED) -> DemonstrationSite:
    """Generate one site as it stands at a date; the same for the same key, date and seed."""
    place, own = PLACES[key], seed + crc32(key.encode())
    whole = _whole_site(key, place, as_of, own)
    works = [work for work in CLIENTS if work.site == key]
    clients = [_client_work(work, place, whole, as_of, own + 1) for work in works]
    return DemonstrationSite(
        key,
        place.name,
        place.region,
        place.timezone,
        place.operation,
        place.kind,
        place.channels,
        place.openings,
        people.teams_of(key, place),
        people.people_of(key, place, _opened(place.story, as_of), as_of, _drawing(own)),
        tuple(_with_intervals(centre, place.story) for centre in (whole, *clients)),
    )


def _opened(story: Story, as_of: date) -> date:
    first = last_full_month(as_of).plus(1 - story.months).first_day
    return first - _YEARS_BEFORE if story.months == TWO_YEARS else first


def _circumstances(story: Story, place: SitePlan, as_of: date) -> Circumstances:
    has_clients = place.operation is Operation.THIRD_PARTY
    calendar = MeasuredMonths(last_full_month(as_of), story.months)
    return Circumstances(story, place.timezone, place.channels, has_clients, calendar, as_of)


def _whole_site(key: str, place: SitePlan, as_of: date, seed: int) -> DemonstrationCentre:
    """Generate the whole site, with the contacts of all its months."""
    random, numbers = _drawing(seed), np.random.default_rng(seed)
    of = _circumstances(place.story, place, as_of)
    figures = DrawnFigures(of, random)
    staff = {channel: _staff(channel, of, random) for channel in place.channels}
    workload = Workload(place.size, place.openings, staff, figures.handle)
    contacts = contacts_of(workload, place.timezone, of.calendar.months[0], numbers)
    return make_centre(key, place, figures, contacts, place.size, random)


def _staff(channel: str, of: Circumstances, random: Random) -> list[float]:
    strip = of.story.strip(channel, of.last, random)
    return [random.uniform(*(_TOO_FEW if sign == "-" else _ENOUGH)) for sign in strip]


def _client_work(
    work: ClientWork, place: SitePlan, whole: DemonstrationCentre, as_of: date, seed: int
) -> DemonstrationCentre:
    """Generate a client's work at a site: a part of the site's contacts, and figures of its own."""
    random, numbers = _drawing(seed), np.random.default_rng(seed)
    figures = DrawnFigures(_circumstances(work.story, place, as_of), random)
    contacts = {
        channel: _part_of(found, work.share, numbers) for channel, found in whole.contacts.items()
    }
    size = place.size * work.share
    centre = make_centre(f"{work.site}-{work.key}", place, figures, contacts, size, random)
    scope = replace(
        centre.scope,
        kind=ScopeKind.PROGRAMME,
        name=f"{place.name}, {work.name}",
        site_volume=whole.scope.site_volume,
        assessed_volume=volume_of(contacts, figures.of),
    )
    return replace(centre, programme=work.key, scope=scope)


def _part_of(whole: ChannelContacts, share: float, random: np.random.Generator) -> ChannelContacts:
    """Return a client's part of the contacts: each contact is the client's or it is not."""
    offered = random.binomial(whole.offered, share)
    answered = random.hypergeometric(whole.answered, whole.offered - whole.answered, offered)
    within = random.hypergeometric(whole.within, whole.answered - whole.within, answered)
    return replace(whole, offered=offered, answered=answered, within=within)


def _with_intervals(centre: DemonstrationCentre, story: Story) -> DemonstrationCentre:
    """Return a centre with the contacts of its last months only, as many as the lake is to have."""
    contacts = {
        channel: found.since(int(found.month[-1]) + 1 - story.intervals)
        for channel, found in centre.contacts.items()
    }
    return replace(centre, contacts=contacts)
