"""What the records of an organisation stand at: every write of it leaves an entry in its trail."""

from attain.organisations.models import AuditHead, Organisation


def latest_write(organisation: Organisation) -> str:
    """Return a text that is another one after each write: what was worked out before it is stale.

    Empty where nothing was written yet.
    """
    heads = AuditHead.objects.filter(chain=organisation.key)
    return heads.values_list("entry_hash", flat=True).first() or ""
