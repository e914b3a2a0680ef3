"""The audit trail: who did what, in a chain that shows when an entry was changed."""

from django.db import models

from attain.organisations.models.tenancy import TenantManager


class AuditEntry(models.Model):
    """Something that was done. Triggers of the database refuse to change or delete it.

    No foreign keys to what it is about: the trail neither hinders nor follows the live data.
    `organisation` is empty for what concerns no organisation. `details` and `actor_name` may be
    erased for a person's sake, with `salt`; the chain holds their hash and stays whole.
    """

    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, related_name="+"
    )
    chain = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    action = models.CharField(max_length=80)
    object_kind = models.CharField(max_length=60)
    object_key = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64)

    objects = TenantManager["AuditEntry"]()

    class Meta:
        constraints = (
            models.UniqueConstraint("chain", "sequence", name="one_entry_a_place_in_the_chain"),
        )
        indexes = (
            models.Index("chain", "action", name="audit_by_action"),
            models.Index("chain", "object_kind", "object_key", name="audit_by_object"),
            models.Index("chain", "actor", name="audit_by_actor"),
        )
        ordering = ("chain", "sequence")


class AuditContentManager(TenantManager["AuditContent"]):
    """Finds what the entries of the organisation in scope say."""

    path = "entry__organisation"


class AuditContent(models.Model):
    """What an entry says in words and values: apart from the chain, so that it can be erased."""

    entry = models.OneToOneField(
        AuditEntry, models.PROTECT, related_name="content", primary_key=True
    )
    salt = models.CharField(max_length=32)
    text = models.TextField()

    objects = AuditContentManager()


class AuditCheckpoint(models.Model):
    """A signed statement of how long a chain was and how it ended; a copy is kept elsewhere."""

    chain = models.CharField(max_length=60)
    sequence = models.PositiveBigIntegerField()
    entry_hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    signature = models.CharField(max_length=128)

    class Meta:
        ordering = ("chain", "sequence")


class AuditHead(models.Model):
    """Where a chain ends: the row that is locked while an entry is added.

    `figures_hash` is that of the last entry after which figures may be others than before.
    """

    chain = models.CharField(max_length=60, primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    entry_hash = models.CharField(max_length=64, default="")
    figures_hash = models.CharField(max_length=64, default="")
