"""What the figures of an organisation stand at: every write of one leaves an entry in its trail."""

from attain.organisations.models import AuditHead, Organisation


def figures_stand(organisation: Organisation) -> str:
    """Return a text that is another one after each write of figures or of the structure.

    What was worked out of figures before is stale then, and only then: a rating, a review or a
    comment changes none. Empty where nothing was written yet.
    """
    heads = AuditHead.objects.filter(chain=organisation.key)
    return heads.values_list("figures_hash", flat=True).first() or ""
