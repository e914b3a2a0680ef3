"""Taking a checkpoint of the audit trail."""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django_scopes import scopes_disabled

from attain.organisations import signing
from attain.organisations.checkpoints import Mark, SignedMark, written_at
from attain.organisations.models import AuditCheckpoint, AuditHead


@transaction.atomic
def take_checkpoint(*, now: datetime) -> tuple[str, list[SignedMark]]:
    """Sign how long each chain is and how it ends; return the public key and what was signed."""
    key = signing.audit_key(Path(settings.KEYS))
    signed = []
    with scopes_disabled():
        for head in AuditHead.objects.exclude(sequence=0).order_by("chain"):
            mark = Mark(head.chain, head.sequence, head.entry_hash, written_at(now))
            signature = key.sign(mark.message()).hex()
            AuditCheckpoint.objects.create(
                chain=mark.chain,
                sequence=mark.sequence,
                entry_hash=mark.entry_hash,
                at=now,
                signature=signature,
            )
            signed.append(SignedMark(mark, signature))
    return signing.public_text(key), signed
