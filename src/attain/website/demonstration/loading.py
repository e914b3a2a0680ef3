"""Loading the demonstration into the records, by the actions that people use."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django_scopes import scope

from attain.measurement.zones import zone_named
from attain.organisations.actions import audit, members, people, places
from attain.organisations.models import Account
from attain.organisations.pages import Centre, Member, Organisation, Region
from attain.organisations.rules import Role
from attain.performance.actions.covering import append_estate_intervals
from attain.website.demonstration.assessing import assess_estate
from attain.website.demonstration.certifying import certify_estate
from attain.website.demonstration.generate import (
    SEED,
    DemonstrationSite,
    generate_members,
    generate_site,
)
from attain.website.demonstration.improving import improve_estate
from attain.website.demonstration.interval_file import add_intervals, open_intervals
from attain.website.demonstration.loaded import LOADED, is_loaded
from attain.website.demonstration.loading_sites import load_figures, load_site
from attain.website.demonstration.passwords import hashed
from attain.website.demonstration.people import DemonstrationMember
from attain.website.demonstration.places import (
    CLIENTS,
    NAME,
    ORGANISATION,
    PLACES,
    REGIONS,
    TIMEZONE,
)
from attain.website.demonstration.removing import remove, remove_lake

# How far it is: parts done, parts in all, and what is being done.
Progress = Callable[[int, int, str], None]
_PARTS = len(PLACES) + 5


def load_demonstration(as_of: date, seed: int = SEED, progress: Progress | None = None) -> bool:
    """Load the demonstration as it stands at a date; False where it is there already.

    What an interrupted load left behind is removed first.
    """
    if is_loaded():
        return False
    if Organisation.objects.filter(key=ORGANISATION).exists():
        remove()
    _Loading(as_of, seed, progress or _silence).load()
    return True


def _silence(_done: int, _parts: int, _what: str) -> None:
    """Tell nobody."""


@dataclass
class _Loading:
    """One load: its date, its seed, and whom to tell how far it is."""

    as_of: date
    seed: int
    progress: Progress

    def load(self) -> None:
        """Load everything, one transaction for each site."""
        self.progress(0, _PARTS, NAME)
        # Of a database that is no more: the intervals of no organisation.
        remove_lake()
        organisation = places.found_organisation(key=ORGANISATION, name=NAME, timezone=TIMEZONE)
        with scope(organisation=organisation):
            administrator = self._begin(organisation)
            self._load_sites(administrator)
            self._add_members(administrator)
            self.progress(_PARTS - 3, _PARTS, "certificates")
            certify_estate(organisation, self.as_of)
            self.progress(_PARTS - 2, _PARTS, "assessments")
            assess_estate(organisation, self.as_of)
            self.progress(_PARTS - 1, _PARTS, "roadmap")
            improve_estate(organisation, self.as_of)
            audit.record(
                by=administrator,
                action=LOADED,
                kind="organisation",
                key=ORGANISATION,
                details={"as_of": self.as_of, "seed": self.seed},
                now=self.now,
            )
        self.progress(_PARTS, _PARTS, NAME)

    @property
    def now(self) -> datetime:
        """When it is loaded: early on the day."""
        return datetime.combine(self.as_of, time(0, 5), zone_named(TIMEZONE))

    @transaction.atomic
    def _begin(self, organisation: Organisation) -> Member:
        [first] = [m for m in generate_members(self.seed) if m.role is Role.ADMINISTRATOR]
        by = members.make_administrator(organisation=organisation, account=_account(first))
        for key, name in REGIONS.items():
            places.add_region(key=key, name=name, by=by)
        for work in CLIENTS:
            places.add_programme(key=work.key, name=work.name, client=work.client, by=by)
        return by

    def _load_sites(self, by: Member) -> None:
        """Load the sites by key, and their intervals by one file."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "intervals.parquet"
            with open_intervals(path) as file:
                for done, key in enumerate(sorted(PLACES)):
                    self.progress(done, _PARTS, PLACES[key].name)
                    site = generate_site(key, self.as_of, self.seed)
                    self._load_site(site, by)
                    for centre in site.centres:
                        add_intervals(file, centre)
            self.progress(len(PLACES), _PARTS, "intervals")
            append_estate_intervals(organisation=by.organisation, parquet=path, by=by, now=self.now)

    @transaction.atomic
    def _load_site(self, site: DemonstrationSite, by: Member) -> None:
        load_site(site, by)
        for centre in site.centres:
            load_figures(centre, by, self.now)

    @transaction.atomic
    def _add_members(self, by: Member) -> None:
        self.progress(len(PLACES) + 1, _PARTS, "people")
        regions = {region.key: region for region in Region.objects.all()}
        whole = Centre.objects.filter(programme=None).select_related("site")
        sites = {centre.key: centre.site for centre in whole}
        for member in generate_members(self.seed):
            if member.role is Role.ADMINISTRATOR:
                continue
            site = sites[member.site] if member.site else None
            team = site.teams.get(key=member.team) if site and member.team else None
            place = members.RolePlace(
                regions[member.region] if member.region else None, None if team else site, team
            )
            account = _account(member)
            members.add_member(account=account, role=member.role, by=by, place=place)
            if team:
                person = people.add_person(name=member.name, account=account, by=by)
                since = self.as_of - timedelta(days=400)
                people.post_person(person=person, team=team, since=since, by=by)


def _account(member: DemonstrationMember) -> Account:
    """Return the account of somebody who signs in, with the password that all share."""
    account, _ = Account.objects.get_or_create(
        email=member.email, defaults={"name": member.name, "password": hashed()}
    )
    return account
