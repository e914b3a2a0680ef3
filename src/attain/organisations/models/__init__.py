"""The tables of the room, a file for each noun."""

from attain.organisations.models.accounts import Account
from attain.organisations.models.audit import AuditCheckpoint, AuditContent, AuditEntry, AuditHead
from attain.organisations.models.members import Invitation, Member, RoleHeld
from attain.organisations.models.notices import Notice, NoticePreference
from attain.organisations.models.people import Person, Posting, Team
from attain.organisations.models.places import (
    Centre,
    OpeningHours,
    Organisation,
    Programme,
    Region,
    Site,
)
from attain.organisations.models.sign_ins import SignIn
from attain.organisations.models.tokens import AnsweredRequest, ApiToken
from attain.organisations.models.webhooks import Webhook, WebhookDelivery

__all__ = [
    "Account",
    "AnsweredRequest",
    "ApiToken",
    "AuditCheckpoint",
    "AuditContent",
    "AuditEntry",
    "AuditHead",
    "Centre",
    "Invitation",
    "Member",
    "Notice",
    "NoticePreference",
    "OpeningHours",
    "Organisation",
    "Person",
    "Posting",
    "Programme",
    "Region",
    "RoleHeld",
    "SignIn",
    "Site",
    "Team",
    "Webhook",
    "WebhookDelivery",
]
