"""A worker that beats quickly, so that a test need not wait."""

import django

django.setup()

from attain.organisations.jobs.leases import Pace  # noqa: E402
from attain.organisations.jobs.worker import work  # noqa: E402

work(Pace(idle=0.05, beat=0.2, silence=2.0, patience=0.2))
