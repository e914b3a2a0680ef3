"""Removing the demonstration. What is decided or told is never deleted, so all tables go."""

import shutil

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Organisation
from attain.performance.queries.volumes import lake_of
from attain.website.demonstration.places import ORGANISATION


def remove() -> None:
    """Make the database as it was before: without the demonstration, and without anything else.

    RefusedActionError where another organisation lives in it: the audit trail and the decisions of
    one organisation cannot be taken out of the tables that it shares with others.
    """
    others = Organisation.objects.exclude(key=ORGANISATION).values_list("name", flat=True)
    if others:
        raise RefusedActionError(
            f"The database also holds {', '.join(others)}, and what was decided in it is never"
            " deleted. Name another data folder, or another database."
        )
    executor = MigrationExecutor(connection)
    executor.migrate([(app, None) for app in sorted(executor.loader.migrated_apps)])
    call_command("migrate", verbosity=0, interactive=False)
    shutil.rmtree(lake_of(ORGANISATION).parent, ignore_errors=True)
