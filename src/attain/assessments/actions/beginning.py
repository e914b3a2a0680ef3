"""What an assessment begins with: its seed, and what was agreed in one before it."""

import secrets
from dataclasses import asdict

from attain.assessments.models import AgreedRating, Assessment
from attain.assessments.rules.entries import Entry

_SEEDS = 2**31


def new_seed() -> int:
    """Return the seed by which the agreement of an assessment is drawn."""
    return secrets.randbelow(_SEEDS)


def taken_over(later: Assessment, origin: AgreedRating, *, item: str, entry: Entry) -> AgreedRating:
    """Return what was agreed before as the first agreement on an item of a later assessment.

    It keeps its reason, and who agreed on it and when.
    """
    return AgreedRating(
        organisation=later.organisation,
        assessment=later,
        item=item,
        number=1,
        rationale=origin.rationale,
        agreed_by_id=origin.agreed_by_id,
        agreed_at=origin.agreed_at,
        **asdict(entry),
    )
