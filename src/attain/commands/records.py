"""The records of the workplace on the command line."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import django

from attain.commands.faults import refuse_option


def export_records(
    organisation: str, centre: str, out: Path, as_of: date | None
) -> tuple[str, ...]:
    """Write the records of a centre as a dossier; RefusedError where there is no such centre."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attain.website.settings")
    django.setup()
    # Tables exist only after Django is set up.
    from django_scopes import scopes_disabled

    from attain.performance.queries import export_dossier
    from attain.performance.queries.centres import centre_named

    with scopes_disabled():
        found = centre_named(organisation, centre)
        if found is None:
            expected = f"the key of a centre of {organisation}"
            raise refuse_option("CENTRE", centre, expected)
        return export_dossier(found, out, as_of or datetime.now(UTC).date())
