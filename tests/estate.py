"""An organisation to test with: two regions, two sites, a programme, a member of each role.

Alice leads the whole programme, Bob one site, Charlie belongs to somebody else.
"""

from dataclasses import dataclass

from django_scopes import scopes_disabled

from attain.organisations.models import (
    Account,
    Centre,
    Member,
    Organisation,
    Programme,
    Region,
    RoleHeld,
    Site,
    Team,
)
from attain.organisations.rules import Role

PASSWORD = "a password of sixteen"


@dataclass(frozen=True)
class Estate:
    """An organisation with its places, and who may do what in it."""

    organisation: Organisation
    north: Region
    south: Region
    leeds: Site
    poole: Site
    team: Team
    programme: Programme
    centre: Centre
    programme_centre: Centre
    other_centre: Centre
    members: dict[Role, Member]

    def member(self, role: Role) -> Member:
        """Return the member who holds a role in the whole organisation."""
        return self.members[role]


def make_account(email: str, name: str) -> Account:
    """Make an account that signs in with `PASSWORD`."""
    return Account.objects.create_user(email, name, PASSWORD)


def make_member(
    organisation: Organisation, account: Account, role: Role, **place: Region | Site | Team
) -> Member:
    """Make an account a member with a role at a place."""
    member, _ = Member.objects.get_or_create(organisation=organisation, account=account)
    RoleHeld.objects.create(member=member, role=role, **place)
    return member


def make_estate(key: str = "northwind") -> Estate:
    """Make an organisation with everything that a test of a page needs."""
    with scopes_disabled():
        owner = Organisation.objects.create(key=key, name=key.title(), timezone="Europe/London")
        north = Region.objects.create(organisation=owner, key="north", name="North")
        south = Region.objects.create(organisation=owner, key="south", name="South")
        leeds = _site(owner, north, "leeds")
        poole = _site(owner, south, "poole")
        team = Team.objects.create(organisation=owner, site=leeds, key="blue", name="Blue")
        programme = Programme.objects.create(
            organisation=owner, key="acme", name="Acme support", client="Acme"
        )
        return Estate(
            organisation=owner,
            north=north,
            south=south,
            leeds=leeds,
            poole=poole,
            team=team,
            programme=programme,
            centre=_centre(leeds, None),
            programme_centre=_centre(leeds, programme),
            other_centre=_centre(poole, None),
            members={role: _person(owner, key, role) for role in Role},
        )


def _site(owner: Organisation, region: Region, key: str) -> Site:
    return Site.objects.create(
        organisation=owner, region=region, key=key, name=key.title(), timezone="Europe/London"
    )


def _centre(site: Site, programme: Programme | None) -> Centre:
    return Centre.objects.create(
        organisation=site.organisation,
        site=site,
        programme=programme,
        key=f"{site.key}-{programme.key}" if programme else site.key,
        name=f"{site.name}, {programme.name}" if programme else site.name,
        channels=["phone", "email"],
    )


def _person(owner: Organisation, key: str, role: Role) -> Member:
    return make_member(owner, make_account(f"{role}@{key}.example", role.words), role)
