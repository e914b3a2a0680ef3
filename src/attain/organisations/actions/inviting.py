"""Inviting by mail: the link goes to whom it is for, and is shown once to who invites."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from attain.organisations.actions.members import EVERYWHERE, RolePlace, invite
from attain.organisations.models import Invitation, Member
from attain.organisations.rules import Role


class SentInvitation(NamedTuple):
    """An invitation that was mailed, and its link, which is kept nowhere."""

    invitation: Invitation
    link: str


@transaction.atomic
def invite_by_mail(
    *, email: str, role: Role, now: datetime, by: Member, place: RolePlace = EVERYWHERE
) -> SentInvitation:
    """Invite somebody, and mail them the link once the invitation is kept."""
    invited = invite(email=email, role=role, now=now, by=by, place=place)
    link = settings.PUBLIC_URL + reverse("invitation", args=[invited.secret])
    # Where no mail leaves, the invitation holds all the same: who invites is shown its link.
    transaction.on_commit(lambda: _send(by, invited.invitation, link), robust=True)
    return SentInvitation(invited.invitation, link)


def _send(by: Member, invitation: Invitation, link: str) -> None:
    words = {"by": by, "organisation": by.organisation, "link": link}
    send_mail(
        _("You are invited to %(organisation)s in attain") % words,
        _("%(by)s invites you to %(organisation)s. Open this link within a week:\n\n%(link)s\n")
        % words,
        None,
        [invitation.email],
    )
