"""The tables of the room, a file for each noun."""

from attain.organisations.models.accounts import Account
from attain.organisations.models.audit import AuditCheckpoint, AuditContent, AuditEntry, AuditHead
from attain.organisations.models.members import Invitation, Member, RoleHeld
from attain.organisations.models.people import Person, Posting, Team
from attain.organisations.models.places import (
    Centre,
    OpeningHours,
    Organisation,
    Programme,
    Region,
    Site,
)

__all__ = [
    "Account",
    "AuditCheckpoint",
    "AuditContent",
    "AuditEntry",
    "AuditHead",
    "Centre",
    "Invitation",
    "Member",
    "OpeningHours",
    "Organisation",
    "Person",
    "Posting",
    "Programme",
    "Region",
    "RoleHeld",
    "Site",
    "Team",
]
