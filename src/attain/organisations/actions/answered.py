"""Writes that programs asked for under a key, kept with how they were answered."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django_scopes import scopes_disabled

from attain.organisations.models import AnsweredRequest, ApiToken

KEPT = timedelta(days=30)


def begin(
    *, token: ApiToken, key: str, content_hash: str, now: datetime
) -> tuple[AnsweredRequest, bool]:
    """Note that a write is asked for; return the note, and whether it is the first of its key."""
    try:
        with transaction.atomic():
            note = AnsweredRequest.objects.create(
                organisation=token.organisation,
                token=token,
                key=key,
                content_hash=content_hash,
                at=now,
            )
    except IntegrityError:
        return AnsweredRequest.objects.get(token=token, key=key), False
    return note, True


def finish(note: AnsweredRequest, status: int, body: str) -> None:
    """Keep how a write was answered."""
    note.status, note.body = status, body
    note.save(update_fields=["status", "body"])


def forget(note: AnsweredRequest) -> None:
    """Forget a write that failed by a fault of attain, so that it may be asked for again."""
    note.delete()


def prune(now: datetime) -> int:
    """Forget answers that are long given: their keys mean new requests again; return how many."""
    with scopes_disabled():
        return AnsweredRequest.objects.filter(at__lt=now - KEPT).delete()[0]
