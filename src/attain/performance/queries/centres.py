"""Finding centres without a member: for the command line, and for jobs."""

from attain.organisations.pages import Centre


def centre_named(organisation: str, key: str) -> Centre | None:
    """Return the centre of an organisation by its key, with what its figures need of it."""
    found = Centre.objects.select_related("site", "programme", "organisation")
    return found.filter(organisation__key=organisation, key=key).first()
