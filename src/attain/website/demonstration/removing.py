"""Removing the demonstration. What is decided or told is never deleted, so all tables go."""

import shutil

from django.core.management import call_command
from django.db import connection

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
    with connection.schema_editor() as editor:
        for table in connection.introspection.table_names():
            editor.execute(editor.sql_delete_table % {"table": editor.quote_name(table)})
    call_command("migrate", verbosity=0, interactive=False)
    remove_lake()


def remove_lake() -> None:
    """Remove the intervals, which lie beside the database."""
    shutil.rmtree(lake_of(ORGANISATION).parent, ignore_errors=True)
