"""Whether what works beside the web is sound: the lake, the workers, the mail, the audit trail."""

import sys
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from attain.lake.snapshots import snapshot_of
from attain.measurement.faults import RefusedError
from attain.organisations import trail, triggers
from attain.organisations.jobs.leases import Pace
from attain.organisations.jobs.models import Worker
from attain.organisations.pages import Organisation
from attain.performance.queries.volumes import lake_of
from attain.website.health import (
    Check,
    State,
    database_version,
    disk,
    migrations,
    starting_checks,
)


def all_checks() -> list[Check]:
    """Return every check; those that need the tables only where there are tables."""
    begun = [version(), *starting_checks(), disk()]
    if any(check.state is State.FAILED for check in begun):
        return begun
    return [*begun, *map(_safely, (guard, tails, lakes, workers, jobs, mail))]


def _safely(check: Callable[[], Check]) -> Check:
    try:
        return check()
    except DatabaseError as error:
        connection.close()
        return Check(_("Database"), State.FAILED, str(error).strip().split("\n")[0])


def version() -> Check:
    """Say by which version everything runs."""
    python = ".".join(map(str, sys.version_info[:3]))
    return Check(_("Version"), State.OK, f"attain {settings.VERSION}, Python {python}")


def guard() -> Check:
    """Look whether the database refuses to change the audit trail."""
    name, lost = _("Guard of the audit trail"), triggers.missing(connection)
    if lost:
        advice = _("Run: %(command)s") % {"command": "attain migrate; attain audit verify"}
        return Check(name, State.FAILED, ", ".join(lost), advice)
    return Check(name, State.OK, _("the database refuses changes"))


def tails(only: str | None = None) -> Check:
    """Look whether the last entries of each chain of the audit trail hold, or of one alone."""
    name, found = _("Audit trail"), list(trail.verify_tails(only))
    broken = [one.broken for one in found if one.broken]
    if broken:
        told = ", ".join(f"{one.chain} {one.sequence}: {one.why}" for one in broken)
        advice = _("Run: %(command)s") % {"command": "attain audit verify"}
        return Check(name, State.FAILED, told, advice)
    count = sum(one.length for one in found)
    return Check(name, State.OK, _("%(count)d entries, the last ones hold") % {"count": count})


def lakes(only: str | None = None) -> Check:
    """Look whether the lake of each organisation, or of one alone, can be read."""
    name, lost, read = _("Lake"), list[str](), 0
    keys = Organisation.objects.order_by("key").values_list("key", flat=True)
    for key in [only] if only else keys:
        table = lake_of(key)
        if not (table / "_delta_log").is_dir():
            continue
        try:
            missing = [file for file in snapshot_of(table).files if not (table / file).is_file()]
        except (RefusedError, OSError) as error:
            lost.append(f"{key}: {error}")
            continue
        read += 1
        lost += [f"{key}: {missing[0]} is missing"] if missing else []
    if lost:
        return Check(name, State.FAILED, "; ".join(lost), _("Restore a backup."))
    return Check(name, State.OK, _("%(count)d organisations with intervals") % {"count": read})


def workers() -> Check:
    """Look whether somebody does the long work."""
    silence = timedelta(seconds=Pace().silence)
    alive = Worker.objects.filter(beat_at__gte=Now() - silence).count()
    name, found = _("Workers"), _("%(count)d at work") % {"count": alive}
    if not alive:
        advice = _("Run beside the server: %(command)s") % {"command": "attain worker"}
        return Check(name, State.WARNING, found, advice)
    return Check(name, State.OK, found)


def jobs() -> Check:
    """Look whether jobs wait for long, or were given up."""
    waiting = DBTaskResult.objects.ready()
    late = waiting.filter(enqueued_at__lt=Now() - timedelta(minutes=15)).count()
    parked = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    found = _("%(waiting)d wait, %(late)d of them for over 15 minutes; %(parked)d have failed") % {
        "waiting": waiting.count(),
        "late": late,
        "parked": parked,
    }
    if late or parked:
        return Check(_("Jobs"), State.WARNING, found, _("See the list of jobs for the reasons."))
    return Check(_("Jobs"), State.OK, found)


def mail() -> Check:
    """Look whether mail can leave."""
    name = _("Mail")
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        found = _("is written into %(folder)s") % {"folder": settings.EMAIL_FILE_PATH}
        advice = _("Name a server by ATTAIN_MAIL_URL, so that invitations reach people.")
        return Check(name, State.WARNING, found, advice)
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with get_connection():
            pass
    except OSError as error:
        said = f"{where}: {error}"
        return Check(name, State.FAILED, said, _("See that ATTAIN_MAIL_URL names a server."))
    return Check(name, State.OK, where)


def checks_of(organisation: Organisation) -> list[Check]:
    """Return the checks as an organisation sees them: nothing of others, and no place of a disk."""
    of_this = (lambda: tails(organisation.key), lambda: lakes(organisation.key))
    plain = (version, database_version, migrations, disk, guard, workers)
    return [_safely(check) for check in (*plain, *of_this)]
