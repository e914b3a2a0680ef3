"""Whether the demonstration is there: asked at each start, without what makes its figures."""

from django_scopes import scopes_disabled

from attain.organisations.models import AuditEntry
from attain.website.demonstration.places import ORGANISATION

LOADED = "website.load_demonstration"


def is_loaded() -> bool:
    """Say whether the demonstration is there whole."""
    with scopes_disabled():
        return AuditEntry.objects.filter(chain=ORGANISATION, action=LOADED).exists()
