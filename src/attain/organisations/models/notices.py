"""What members are told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.members import Member
from attain.organisations.models.tenancy import OwnedRow


class Notice(OwnedRow):
    """Something that a member is told once: `key` says what, so that it is not told again."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=30)
    key = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint("member", "key", name="one_notice_a_member"),)
        indexes = (models.Index("member", "read_at", name="notices_by_member"),)
        ordering = ("-at", "-id")


class NoticePreference(models.Model):
    """Whether a member gets mail about a subject, and when; without a row, once a day."""

    class Mail(models.TextChoices):
        """When mail is sent."""

        NEVER = "never", _("No mail")
        AT_ONCE = "at_once", _("At once")
        DIGEST = "digest", _("Once a day, all together")

    member = models.ForeignKey(Member, models.CASCADE, related_name="notice_preferences")
    subject = models.CharField(max_length=30)
    mail = models.CharField(max_length=10, choices=Mail, default=Mail.DIGEST)

    class Meta:
        constraints = (
            models.UniqueConstraint("member", "subject", name="one_preference_a_subject"),
        )
