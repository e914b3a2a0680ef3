"""Who may do what where: members, the roles that they hold, and invitations to become one."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.people import Team
from attain.organisations.models.places import Region, Site
from attain.organisations.models.tenancy import OwnedRow
from attain.organisations.rules import Permission, Role
from attain.organisations.words import ROLE_CHOICES


class Place(models.Model):
    """Where a role is held: the whole organisation, or one region, site or team of it."""

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, blank=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


def _one_place(name: str) -> models.CheckConstraint:
    none = {"region": None, "site": None, "team": None}
    allowed = models.Q(**none)
    for one in none:
        allowed |= models.Q(**{key: value for key, value in none.items() if key != one})
    return models.CheckConstraint(condition=allowed, name=name)


class Member(OwnedRow):
    """An account that belongs to an organisation. A suspended one may do nothing there.

    `limited_to` and `limited_until` are set on the member as whom a program comes: what its token
    permits, and when it ends.
    """

    limited_to: frozenset[Permission] | None = None
    limited_until: datetime | None = None

    account = models.ForeignKey("organisations.Account", models.PROTECT, related_name="memberships")
    suspended_at = models.DateTimeField(null=True, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("organisation", "account", name="one_membership_an_account"),
        )

    def __str__(self) -> str:
        return self.account.name


class RoleHeld(Place):
    """A role that a member holds, and where."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)

    class Meta:
        constraints = (
            _one_place("role_is_held_at_one_place"),
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="role_is_known"),
        )


class Invitation(OwnedRow, Place):
    """A link by which somebody becomes a member with a role; its secret is kept as a hash."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=20, choices=ROLE_CHOICES)
    secret_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (_one_place("invitation_is_to_one_place"),)
