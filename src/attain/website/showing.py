"""The demonstration as a whole: loaded once, into an installation that holds nothing else."""

import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connections
from django_scopes import scopes_disabled

from attain.organisations.errors import RefusedActionError
from attain.organisations.pages import Organisation, RoleHeld
from attain.organisations.rules import Role
from attain.website.demonstration.loaded import is_loaded
from attain.website.demonstration.places import ORGANISATION
from attain.website.demonstration.removing import remove
from attain.website.migrating import migrate
from attain.website.starting import CannotStartError


def prepare(reset: bool) -> bool:
    """Make the demonstration ready, and say whether it had to be loaded for that."""
    migrate()
    _demand_nothing_else()
    if reset:
        _remove()
    if is_loaded():
        return False
    # Brings in what figures are generated with, which a demonstration that is there does without.
    from attain.website.demonstration.loading import load_demonstration

    load_demonstration(datetime.now(UTC).date(), progress=_tell)
    sys.stderr.write("\n")
    connections.close_all()
    return True


def _remove() -> None:
    try:
        remove()
    except RefusedActionError as error:
        raise CannotStartError(str(error)) from error
    migrate()


def _demand_nothing_else() -> None:
    others = Organisation.objects.exclude(key=ORGANISATION).values_list("name", flat=True)
    if others:
        raise CannotStartError(
            f"The database holds {', '.join(others)} as well, and the demonstration goes into an "
            "installation of its own. Name another folder by --data, or another database."
        )


def _tell(done: int, total: int, what: str) -> None:
    end = "\r" if sys.stderr.isatty() else "\n"
    sys.stderr.write(f"Loading the demonstration: {done} of {total}, {what[:40]:<40}{end}")
    sys.stderr.flush()


def announcement(address: str) -> str:
    """Say where the demonstration is, and how one signs in with each role."""
    from attain.website.demonstration.passwords import PASSWORD

    lines = [f"The demonstration answers at {address}", f"Everybody's password: {PASSWORD}"]
    return "\n".join([*lines, *_sign_ins(), "Ctrl-C ends it."])


def _sign_ins() -> Iterable[str]:
    with scopes_disabled():
        held = RoleHeld.objects.filter(member__organisation__key=ORGANISATION)
        rows = held.order_by("pk").values_list("role", "member__account__email")
        first: dict[str, str] = {}
        for role, email in rows:
            first.setdefault(role, email)
    return [f"  {role.words:<16}{first[role]}" for role in Role if role in first]
