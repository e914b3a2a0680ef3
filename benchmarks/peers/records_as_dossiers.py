"""Write the dossier of every centre of the database, for the command line to judge."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from attain.website import starting

starting.ready()

from django_scopes import scopes_disabled  # noqa: E402

from attain.organisations.models import Centre  # noqa: E402
from attain.performance.queries import export_dossier  # noqa: E402

folder = Path(sys.argv[1])
folder.mkdir()
with scopes_disabled():
    for centre in Centre.objects.select_related("site", "programme", "organisation"):
        export_dossier(centre, folder / centre.key, datetime.now(UTC).date())
