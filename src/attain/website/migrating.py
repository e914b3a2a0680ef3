"""Bringing the tables of the database to those of this version."""

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from attain.organisations import triggers
from attain.website import health
from attain.website.starting import CannotStartError


def migrate() -> list[str]:
    """Change the tables where need be, and return a line for each thing done."""
    version = health.database_version()
    if version.state is health.State.FAILED:
        raise CannotStartError(f"{version.name}: {version.found} {version.advice}")
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", verbosity=0, interactive=False)
    done = [f"{len(plan)} changes made." if plan else "The tables are those of this version."]
    # SQLite makes a changed table anew, and its triggers are lost with the old one.
    lost = triggers.missing(connection)
    if lost:
        triggers.install(connection)
        done.append(f"The audit trail is guarded again: {', '.join(lost)}.")
    return done
