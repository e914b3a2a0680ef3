"""Fill a database with sites and readings, and print a cookie of each user who is signed in."""

import sys
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from attain.website import starting

starting.ready()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402

from attain.measurement.periods import Month, months_until  # noqa: E402
from attain.organisations.actions.accounts import open_account  # noqa: E402
from attain.organisations.actions.members import make_administrator  # noqa: E402
from attain.organisations.actions.places import add_region, add_site, found_organisation  # noqa: E402
from attain.organisations.models import Centre, Member, RoleHeld  # noqa: E402
from attain.organisations.rules import Role  # noqa: E402
from attain.performance.models import Metric, Process, Reading, Target  # noqa: E402
from attain.website.migrating import migrate  # noqa: E402

# Ten years of some two hundred metrics a site come to five million readings at two hundred sites.
MONTHS = 120
BATCH = 20_000
NOW = datetime.now(UTC)
LAST = Month.of(NOW.date()).plus(-1)


def main(sites: int, readings: int, users: int) -> None:
    """Fill the database and print the cookies, one on a line."""
    migrate()
    member = begin()
    region = add_region(key="all", name="All", by=member)
    for number in range(sites):
        key = f"site-{number:04d}"
        add_site(key=key, name=key, timezone="Europe/London", region=region,
                 channels=["phone"], by=member)  # fmt: skip
    each = max(1, round(readings / sites / MONTHS))
    metrics = [metric for centre in Centre.objects.all() for metric in made(centre, each)]
    write(Target, (target(metric, member) for metric in metrics))
    write(Reading, (reading for metric in metrics for reading in of(metric, member)))
    sys.stdout.write("\n".join(cookie(user(member, number)) for number in range(users)))


def begin() -> Member:
    """Begin the organisation with its lead."""
    owner = found_organisation(key="measured", name="Measured", timezone="Europe/London")
    account = open_account(email="lead@measured.example", name="Lead", password="long enough, this")
    member = make_administrator(organisation=owner, account=account)
    RoleHeld.objects.create(member=member, role=Role.PROGRAMME_LEAD)
    return member


def user(lead: Member, number: int) -> Member:
    """Return one more user, who may see every site as the lead does."""
    email = f"user-{number}@measured.example"
    account = open_account(email=email, name=f"User {number}", password="long enough, this")
    found = Member.objects.create(organisation=lead.organisation, account=account)
    RoleHeld.objects.create(member=found, role=Role.PROGRAMME_LEAD)
    return found


def made(centre: Centre, count: int) -> list[Metric]:
    """Make the metrics of a centre."""
    owned = {"organisation_id": centre.organisation_id, "centre": centre}
    process = Process.objects.create(
        **owned, key="calls", name="Calls", facing="end_user_facing",
        low_volume=False, time_and_materials=False,
    )  # fmt: skip
    return Metric.objects.bulk_create(
        Metric(**owned, process=process, key=f"metric-{n:04d}", name=f"Metric {n}",
               aspect="service", better="higher") for n in range(count)
    )  # fmt: skip


def kept(metric: Metric, member: Member) -> dict[str, Any]:
    """Return what every recorded row of a metric has."""
    return {
        "organisation_id": metric.organisation_id, "centre_id": metric.centre_id, "metric": metric,
        "recorded_at": NOW, "recorded_by": member,
    }  # fmt: skip


def target(metric: Metric, member: Member) -> Target:
    """Return the target of a metric."""
    return Target(**kept(metric, member), since=date(2020, 1, 1), value=80)


def of(metric: Metric, member: Member) -> list[Reading]:
    """Return the readings of a metric."""
    months = months_until(LAST, MONTHS)
    return [
        Reading(**kept(metric, member), month=month, numerator=70 + month.index * 7 % 25)
        for month in months
    ]


def write(model: Any, rows: Any) -> None:
    """Write rows in batches."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        model.objects.bulk_create(batch)


def cookie(member: Member) -> str:
    """Return the cookie of a member who is signed in."""
    client = Client()
    backend = "django.contrib.auth.backends.ModelBackend"
    client.force_login(member.account, backend=backend)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


with scopes_disabled():
    main(*map(int, sys.argv[1:4]))
