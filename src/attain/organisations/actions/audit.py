"""Writing the audit trail: one entry in the transaction of what it tells of."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django_scopes import scopes_disabled

from attain.organisations import chain
from attain.organisations.models import AuditContent, AuditEntry, AuditHead, Member, Organisation

EVERYWHERE = "attain"
# Rooms that read figures and write none: what one of them records at a centre, as a completed
# initiative, is an action of performance with an entry of its own.
_WITHOUT_FIGURES = ("assessments.", "certification.", "improvement.")


def record(
    *,
    by: Member | None,
    action: str,
    kind: str,
    key: str,
    details: Mapping[str, Any] | None = None,
    organisation: Organisation | None = None,
    now: datetime | None = None,
) -> AuditEntry:
    """Add an entry to the trail of an organisation, or to that of the whole installation.

    `by` is None for what attain does by itself. `action` is a verb of the field with its room, such
    as `performance.correct_reading`; `kind` and `key` name what it was done to; `details` are what
    was written, as JSON. Call it in the transaction of the change, after the change.
    """
    owner = organisation or (by.organisation if by else None)
    name = by.account.name if by else "attain"
    text = json.dumps(
        {"by": name, **(details or {})}, ensure_ascii=False, default=str, sort_keys=True
    )
    with transaction.atomic(), scopes_disabled():
        head = _locked_head(owner.key if owner else EVERYWHERE)
        return _append(head, owner, _actor(by), (action, kind, key[:200]), text, now)


def hold_trail(organisation: Organisation) -> None:
    """Let nobody else write for an organisation until the transaction ends."""
    with scopes_disabled():
        _locked_head(organisation.key)


def _locked_head(name: str) -> AuditHead:
    AuditHead.objects.get_or_create(chain=name)
    return AuditHead.objects.select_for_update().get(chain=name)


def _actor(by: Member | None) -> str:
    return str(by.uuid) if by else EVERYWHERE


def _append(
    head: AuditHead,
    owner: Organisation | None,
    actor: str,
    about: tuple[str, str, str],
    text: str,
    now: datetime | None,
) -> AuditEntry:
    at = (now or datetime.now(UTC)).astimezone(UTC)
    salt = secrets.token_hex(16)
    link = chain.Link(
        head.chain,
        head.sequence + 1,
        at.isoformat(),
        actor,
        *about,
        chain.content_hash(salt, text),
        head.entry_hash,
    )
    fields = link._asdict() | {"at": at}
    entry = AuditEntry.objects.create(organisation=owner, entry_hash=link.entry_hash(), **fields)
    AuditContent.objects.create(entry=entry, salt=salt, text=text)
    head.sequence, head.entry_hash = entry.sequence, entry.entry_hash
    if not entry.action.startswith(_WITHOUT_FIGURES):
        head.figures_hash = entry.entry_hash
    head.save()
    return entry
