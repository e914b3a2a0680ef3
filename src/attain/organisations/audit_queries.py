"""Finding entries of the audit trail by words and days."""

import json
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet

from attain.organisations.models import AuditEntry


def entries(
    words: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """Return entries, the latest first, of an action or object with the words, and of the days."""
    found = AuditEntry.objects.select_related("content").order_by("-sequence")
    if words:
        found = found.filter(Q(action__icontains=words) | Q(object_key__icontains=words))
    if since:
        found = found.filter(at__gte=datetime.combine(since, time(), UTC))
    if until:
        found = found.filter(at__lte=datetime.combine(until, time.max, UTC))
    return found


def content_of(entry: AuditEntry) -> dict[str, Any]:
    """Return what an entry says; nothing where that was erased."""
    try:
        said: dict[str, Any] = json.loads(entry.content.text)
    except ValueError:
        return {}
    return said
