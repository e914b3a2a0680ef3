"""The navigation by job, showing only what a role may use."""

from django.http import HttpRequest


def context(request: HttpRequest) -> dict[str, object]:
    """Give every page who asks, as a member, and the entries of the navigation."""
    return {"member": getattr(request, "member", None), "navigation": []}
