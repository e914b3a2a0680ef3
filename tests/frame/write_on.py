"""Write into the installation of ATTAIN_DATA until killed: regions, and an entry for each."""

import itertools
import sys

import django

django.setup()

from django.db import transaction  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402

from attain.organisations.actions import audit  # noqa: E402
from attain.organisations.models import Organisation, Region  # noqa: E402

with scopes_disabled():
    owner, _ = Organisation.objects.get_or_create(
        key="northwind", defaults={"name": "Northwind", "timezone": "UTC"}
    )
    last = int(sys.argv[1]) if len(sys.argv) > 1 else None
    for number in itertools.count(Region.objects.count()):
        if number == last:
            break
        with transaction.atomic():
            region = Region.objects.create(organisation=owner, key=f"r{number}", name="Région")
            audit.record(
                by=None,
                organisation=owner,
                action="organisations.add_region",
                kind="region",
                key=region.key,
            )
