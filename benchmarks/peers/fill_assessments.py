"""Fill a database with sites that were each assessed by 69 items and closed.

Half of them by self-assessment, half by an external one; levels and targets are drawn per site, so
that no two sites aim at the same. Prints the number of sites.
"""

import sys
from datetime import UTC, datetime, timedelta
from random import Random

from attain.website import starting

starting.ready()

from django_scopes import scopes_disabled  # noqa: E402

from attain.assessments.actions.editions import enter_library_model  # noqa: E402
from attain.assessments.models import AgreedRating, Assessment, ModelEdition  # noqa: E402
from attain.assessments.queries.closing import closing_of  # noqa: E402
from attain.assessments.queries.editions import model_of  # noqa: E402
from attain.organisations.actions.accounts import open_account  # noqa: E402
from attain.organisations.actions.members import make_administrator  # noqa: E402
from attain.organisations.actions.places import add_region, add_site, found_organisation  # noqa: E402
from attain.organisations.models import Centre, Member, RoleHeld  # noqa: E402
from attain.organisations.rules import Role  # noqa: E402
from attain.performance.models import CoverageFigure  # noqa: E402
from attain.website.migrating import migrate  # noqa: E402

NOW = datetime.now(UTC)
SEED = 7


def main(sites: int) -> None:
    """Fill the database."""
    migrate()
    member = begin()
    region = add_region(key="all", name="All", by=member)
    for number in range(sites):
        key = f"site-{number:04d}"
        add_site(key=key, name=key, timezone="Europe/London", region=region,
                 channels=["phone"], by=member)  # fmt: skip
    edition = enter_library_model(by=member, key="centre-performance", now=NOW)
    random = Random(SEED)
    for number, centre in enumerate(Centre.objects.select_related("site", "organisation")):
        close(assess(centre, edition, member, ("self", "external")[number % 2], random))
        CoverageFigure.objects.create(
            organisation_id=centre.organisation_id, centre=centre, recorded_at=NOW,
            recorded_by=member, since=NOW.date() - timedelta(days=400),
            site_volume=200_000, assessed_volume=100_000 + number * 400,
        )  # fmt: skip
    sys.stdout.write(f"{sites}\n")


def begin() -> Member:
    """Begin the organisation with its lead."""
    owner = found_organisation(key="measured", name="Measured", timezone="Europe/London")
    account = open_account(email="lead@measured.example", name="Lead", password="long enough, this")
    member = make_administrator(organisation=owner, account=account)
    RoleHeld.objects.create(member=member, role=Role.PROGRAMME_LEAD)
    return member


def assess(
    centre: Centre, edition: ModelEdition, by: Member, kind: str, random: Random
) -> Assessment:
    """Make an assessment of a centre of which every item is agreed."""
    made = Assessment.objects.create(
        organisation_id=centre.organisation_id, title=f"{centre.name}, autumn", kind=kind,
        edition=edition, centre=centre, state="moderation", due_on=NOW.date(), seed=1,
        opened_by=by, opened_at=NOW,
    )  # fmt: skip
    AgreedRating.objects.bulk_create(
        AgreedRating(
            organisation_id=centre.organisation_id, assessment=made, item=item.key, number=1,
            level=(level := random.randint(0, 3)), target=max(level, random.randint(1, 3)),
            note="Seen on the floor.", agreed_by=by, agreed_at=NOW,
        )
        for item in model_of(edition).rated_items
    )  # fmt: skip
    return made


def close(assessment: Assessment) -> None:
    """Freeze an assessment as its action does."""
    Assessment.objects.filter(pk=assessment.pk).update(
        state="closed", closed_by=assessment.opened_by, closed_at=NOW,
        closing=closing_of(assessment, NOW),
    )  # fmt: skip


with scopes_disabled():
    main(int(sys.argv[1]))
