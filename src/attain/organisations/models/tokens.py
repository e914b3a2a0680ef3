"""What programs come in with, and what they asked for already."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.members import Member
from attain.organisations.models.tenancy import OwnedRow


class ApiToken(OwnedRow):
    """A secret by which a program acts for a member, with some of their permissions, until a day.

    Only its hash is kept. It never permits more than its member may do at that moment.
    """

    member = models.ForeignKey(Member, models.PROTECT, related_name="tokens")
    name = models.CharField(_("name"), max_length=100)
    secret_hash = models.CharField(max_length=64, unique=True)
    permissions = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)


class AnsweredRequest(OwnedRow):
    """A write that a program asked for under a key of its own, and how it was answered.

    The same key with the same content is answered likewise again; with another one it is refused.
    """

    token = models.ForeignKey(ApiToken, models.CASCADE, related_name="answered")
    key = models.CharField(max_length=100)
    content_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint("token", "key", name="one_answer_a_key"),)
