"""Webhooks: registered and stopped by administrators; events written down, signed and delivered."""

import hashlib
import hmac
import json
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from attain.organisations.actions.audit import record
from attain.organisations.errors import RefusedActionError
from attain.organisations.events import EVENTS, events_of
from attain.organisations.models import AuditEntry, Member, Webhook, WebhookDelivery
from attain.organisations.outgoing import NotPublicError, NotTakenError, check, post

State = WebhookDelivery.State
Post = Callable[[str, bytes, dict[str, str]], int]
PREFIX = "attain_webhook_"
# How long to wait after each try that failed; after the last one the delivery is given up.
_WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480))
_ENTRIES_A_ROUND, _DELIVERIES_A_ROUND = 5000, 50


class MadeWebhook(NamedTuple):
    """A webhook with its secret, which is told once."""

    webhook: Webhook
    secret: str


@transaction.atomic
def register_webhook(
    *, address: str, events: Collection[str], by: Member, now: datetime
) -> MadeWebhook:
    """Register an address that is told of events from now on; its secret is told this once."""
    unknown = sorted(set(events) - set(EVENTS))
    if unknown or not events:
        raise RefusedActionError(_("Choose events of these: %s.") % ", ".join(EVENTS))
    try:
        check(address)
    except NotPublicError as refused:
        raise RefusedActionError(str(refused)) from refused
    webhook = Webhook.objects.create(
        organisation=by.organisation,
        address=address,
        events=sorted(set(events)),
        made_by=by,
        made_at=now,
    )
    entry = _told(by, "register_webhook", webhook)
    Webhook.objects.filter(pk=webhook.pk).update(looked_at=entry.sequence)
    webhook.looked_at = entry.sequence
    return MadeWebhook(webhook, secret_of(webhook))


@transaction.atomic
def stop_webhook(*, webhook: Webhook, by: Member, now: datetime) -> None:
    """Stop a webhook for good: nothing more is sent, not even what waits."""
    if Webhook.objects.filter(pk=webhook.pk, stopped_at=None).update(stopped_at=now):
        waiting = WebhookDelivery.objects.filter(webhook=webhook, state=State.WAITING)
        waiting.update(state=State.GIVEN_UP, problem=_("The webhook was stopped."))
        _told(by, "stop_webhook", webhook)


def secret_of(webhook: Webhook) -> str:
    """Return the secret of a webhook: derived from the key of the installation, kept nowhere."""
    key, about = settings.SECRET_KEY.encode(), f"attain.webhook.{webhook.uuid}".encode()
    return PREFIX + hmac.new(key, about, hashlib.sha256).hexdigest()


def sign(secret: str, at: datetime, body: bytes) -> str:
    """Return the signature header of a body that is sent at an instant."""
    stamp = str(int(at.timestamp()))
    signed = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256)
    return f"t={stamp},v1={signed.hexdigest()}"


def announce(webhook: Webhook, now: datetime) -> int:
    """Write down what happened since a webhook was looked at last; return how much.

    Entries come into the trail in their order, so that none is passed over; looked at twice, an
    entry is written down once.
    """
    with transaction.atomic():
        locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
        chain = webhook.organisation.key
        rows = AuditEntry.objects.filter(chain=chain, sequence__gt=locked.looked_at)
        entries = rows.select_related("content").order_by("sequence")[:_ENTRIES_A_ROUND]
        made = [each for entry in entries for each in _deliveries(locked, entry, now)]
        WebhookDelivery.objects.bulk_create(made, ignore_conflicts=True)
        last = max((entry.sequence for entry in entries), default=locked.looked_at)
        Webhook.objects.filter(pk=webhook.pk).update(looked_at=last)
    return len(made)


def _deliveries(webhook: Webhook, entry: AuditEntry, now: datetime) -> list[WebhookDelivery]:
    details = json.loads(entry.content.text or "{}")
    found = events_of(entry.action, entry.object_key, details)
    return [
        WebhookDelivery(
            organisation_id=webhook.organisation_id,
            webhook=webhook,
            entry=entry,
            event=event.name,
            body=_body(webhook, entry, event.name, event.key),
            due_at=now,
        )
        for event in found
        if event.name in webhook.events
    ]


def _body(webhook: Webhook, entry: AuditEntry, event: str, key: str) -> str:
    """Write what is sent: no words of people, but where to ask about it."""
    said = {
        "event": event,
        "organisation": webhook.organisation.key,
        "sequence": entry.sequence,
        "at": entry.at.isoformat(),
        "kind": entry.object_kind,
        "key": key,
    }
    return json.dumps(said, ensure_ascii=False, sort_keys=True)


def deliver_due(webhook: Webhook, now: datetime, by: Post = post) -> int:
    """Send what is due to a webhook, in its order, until one is not taken; return how many were."""
    due = WebhookDelivery.objects.filter(webhook=webhook, state=State.WAITING, due_at__lte=now)
    taken = 0
    for delivery in due.select_related("webhook").order_by("pk")[:_DELIVERIES_A_ROUND]:
        if not _claim(delivery, now):
            continue
        if not _deliver(delivery, now, by):
            break
        taken += 1
    return taken


def _claim(delivery: WebhookDelivery, now: datetime) -> bool:
    """Count a try before it is made, so that no other worker makes the same one."""
    wait = _WAITS[min(delivery.tries, len(_WAITS) - 1)]
    mine = WebhookDelivery.objects.filter(
        pk=delivery.pk, state=State.WAITING, tries=delivery.tries, webhook__stopped_at=None
    )
    return mine.update(tries=F("tries") + 1, due_at=now + wait) == 1


def _deliver(delivery: WebhookDelivery, now: datetime, by: Post) -> bool:
    same = WebhookDelivery.objects.filter(pk=delivery.pk)
    try:
        status = _send(delivery, now, by)
    except (NotPublicError, NotTakenError) as refused:
        over = delivery.tries >= len(_WAITS)
        state = State.GIVEN_UP if over else State.WAITING
        status_told = getattr(refused, "status", None)
        same.update(state=state, status=status_told, problem=str(refused)[:300])
        return False
    same.update(state=State.DELIVERED, status=status, problem="", delivered_at=now)
    return True


def _send(delivery: WebhookDelivery, now: datetime, by: Post) -> int:
    body = delivery.body.encode()
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "attain",
        "Attain-Event": delivery.event,
        "Attain-Delivery": str(delivery.uuid),
        "Attain-Signature": sign(secret_of(delivery.webhook), now, body),
    }
    return by(delivery.webhook.address, body, headers)


def _told(by: Member, verb: str, webhook: Webhook) -> AuditEntry:
    details = {"address": webhook.address, "events": webhook.events}
    action, key = f"organisations.{verb}", str(webhook.uuid)
    return record(by=by, action=action, kind="webhook", key=key, details=details)
