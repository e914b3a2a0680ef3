"""The people of the demonstration: teams, who was in which when, and who signs in as what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from attain.organisations.rules import Role
from attain.website.demonstration.names import name_at
from attain.website.demonstration.places import CLIENTS, DOMAIN, PLACES, REGIONS, SitePlan

_TEAMS = (
    ("calls-red", "Calls Red"),
    ("calls-blue", "Calls Blue"),
    ("letters", "Letters"),
    ("calls-green", "Calls Green"),
    ("messages", "Messages"),
    ("second-line", "Second Line"),
    ("calls-amber", "Calls Amber"),
    ("evenings", "Evenings"),
)
_LONGEST_SERVICE = 2_600


@dataclass(frozen=True)
class DemonstrationTeam:
    """A team of a site, on a client's programme or on any."""

    key: str
    name: str
    programme: str | None = None


@dataclass(frozen=True)
class DemonstrationPosting:
    """From when until when a person was in a team; an open one has no end."""

    team: str
    since: date
    until: date | None = None


@dataclass(frozen=True)
class DemonstrationPerson:
    """Somebody who works at a site, with the teams that they were in."""

    number: str
    name: str
    grade: str
    postings: tuple[DemonstrationPosting, ...]
    left_on: date | None = None


@dataclass(frozen=True)
class DemonstrationMember:
    """Somebody who signs in, with a role in the organisation or at one place of it."""

    email: str
    name: str
    role: Role
    region: str | None = None
    site: str | None = None
    team: str | None = None


def teams_of(key: str, place: SitePlan) -> tuple[DemonstrationTeam, ...]:
    """Return the teams of a site; half of them work for its client, where it has one."""
    client = next((work.key for work in CLIENTS if work.site == key), None)
    return tuple(
        DemonstrationTeam(team, name, client if number % 2 == 0 else None)
        for number, (team, name) in enumerate(_TEAMS[: place.teams])
    )


def people_of(
    key: str, place: SitePlan, opened: date, as_of: date, random: Random
) -> tuple[DemonstrationPerson, ...]:
    """Return the people of a site: a leader and agents in each team, some of whom moved or left."""
    teams = [team.key for team in teams_of(key, place)]
    people: list[DemonstrationPerson] = []
    for team in teams:
        for seat in range(random.randint(7, 10)):
            number = f"{key[:3].upper()}-{len(people) + 1001}"
            grade = "Team leader" if seat == 0 else random.choice(_GRADES)
            since = _joined(opened, as_of, random)
            postings = _postings(team, teams, since, as_of, random)
            leaves = seat > 0 and random.random() < 0.08
            people.append(
                _person(number, name_at(place.timezone, random), grade, postings, leaves, as_of)
            )
    return tuple(people)


_GRADES = ("Agent", "Agent", "Agent", "Senior agent", "Trainee")


def _joined(opened: date, as_of: date, random: Random) -> date:
    earliest = max(opened, as_of - timedelta(days=_LONGEST_SERVICE))
    return earliest + timedelta(days=random.randint(0, max(0, (as_of - earliest).days - 20)))


def _postings(
    team: str, teams: list[str], since: date, as_of: date, random: Random
) -> tuple[DemonstrationPosting, ...]:
    """Return the postings of a person who is in a team now, and may have come from another."""
    others = [other for other in teams if other != team]
    days = (as_of - since).days
    if days < 200 or random.random() > 0.25:
        return (DemonstrationPosting(team, since),)
    moved = since + timedelta(days=random.randint(90, days - 60))
    before = DemonstrationPosting(random.choice(others), since, moved - timedelta(days=1))
    return before, DemonstrationPosting(team, moved)


def _person(
    number: str,
    name: str,
    grade: str,
    postings: tuple[DemonstrationPosting, ...],
    leaves: bool,
    as_of: date,
) -> DemonstrationPerson:
    *earlier, present = postings
    left_on = present.since + (as_of - present.since) * 3 // 4 if leaves else None
    ended = DemonstrationPosting(present.team, present.since, left_on)
    return DemonstrationPerson(number, name, grade, (*earlier, ended), left_on)


def members(random: Random) -> tuple[DemonstrationMember, ...]:
    """Return who signs in: every role, and a lead for each site."""
    return tuple(
        DemonstrationMember(f"{box}@{DOMAIN}", name, role, **place)
        for box, name, role, place in (*_central(random), *_at_sites(random))
    )


_Named = tuple[str, str, Role, Mapping[str, str]]


def _central(random: Random) -> Iterator[_Named]:
    """Yield those who work for the whole organisation, or for a region."""
    for box, role in (
        ("administrator", Role.ADMINISTRATOR),
        ("programme.lead", Role.PROGRAMME_LEAD),
        ("assessor", Role.ASSESSOR),
        ("second.assessor", Role.ASSESSOR),
        ("analyst", Role.ANALYST),
        ("auditor", Role.AUDITOR),
    ):
        yield box, name_at("", random), role, {}
    for region in REGIONS:
        yield f"qa.{region}", name_at("", random), Role.QA_MANAGER, {"region": region}


def _at_sites(random: Random) -> Iterator[_Named]:
    """Yield the lead of each site, and at one site those who work in its teams."""
    for site, place in PLACES.items():
        yield f"{site}.lead", name_at(place.timezone, random), Role.SITE_LEAD, {"site": site}
    team = {"site": "preston", "team": _TEAMS[0][0]}
    for role in (Role.TEAM_LEADER, Role.EVALUATOR, Role.AGENT):
        box = f"preston.{role.replace('_', '.')}"
        yield box, name_at("", random), role, team
