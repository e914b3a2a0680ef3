"""Judge every centre of the database anew, as the page of the estate does."""

import sys
from datetime import UTC, datetime

from attain.website import starting

starting.ready()

from django_scopes import scopes_disabled  # noqa: E402

from attain.certification.queries.estate import rows_of  # noqa: E402
from attain.organisations.models import Centre  # noqa: E402

with scopes_disabled():
    centres = list(Centre.objects.select_related("site", "programme", "organisation"))
    now = datetime.now(UTC)
    rows = rows_of(centres, now.date(), now)
sys.stdout.write(f"{len(rows)} verdicts\n")
