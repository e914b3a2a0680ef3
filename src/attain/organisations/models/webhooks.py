"""Addresses of other systems that are told what happened, and what each was told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from attain.organisations.models.audit import AuditEntry
from attain.organisations.models.members import Member
from attain.organisations.models.tenancy import OwnedRow


class Webhook(OwnedRow):
    """An address that is told of some events. Its secret is derived when it is needed, never kept.

    `looked_at` is the place in the audit trail up to which its events are written down.
    """

    address = models.CharField(_("address"), max_length=500)
    events = models.JSONField(_("events"), default=list)
    made_by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return self.address


class WebhookDelivery(OwnedRow):
    """An event on its way to an address: tried until it is taken, or given up.

    `status` and `problem` tell how the last try ended.
    """

    class State(models.TextChoices):
        """How far a delivery is."""

        WAITING = "waiting", _("Waiting")
        DELIVERED = "delivered", _("Delivered")
        GIVEN_UP = "given_up", _("Given up")

    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    entry = models.ForeignKey(AuditEntry, models.PROTECT, related_name="+")
    event = models.CharField(_("event"), max_length=60)
    body = models.TextField()
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint("webhook", "entry", "event", name="one_delivery_an_event"),
        )
        indexes = (
            models.Index(
                "due_at", condition=models.Q(state="waiting"), name="webhook_delivery_due"
            ),
        )
        ordering = ("-id",)
