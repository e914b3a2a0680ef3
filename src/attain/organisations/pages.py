"""What the pages of every room are given, and the rows of this room that they may name."""

from django.http import HttpRequest

from attain.organisations.models import Account, Centre, Member, Organisation, Region, Site, Team

__all__ = [
    "Account",
    "Centre",
    "Member",
    "MemberRequest",
    "Organisation",
    "Region",
    "Site",
    "Team",
]


class MemberRequest(HttpRequest):
    """A request under an organisation's address, by one of its members."""

    member: Member
    user: Account
