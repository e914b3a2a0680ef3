"""Reading the evidence of items."""

from collections.abc import Mapping
from uuid import UUID

from attain.assessments.models import Assessment, ItemEvidence
from attain.organisations.errors import UnknownError


def evidence_by_item(assessment: Assessment) -> Mapping[str, list[ItemEvidence]]:
    """Return what is shown for each item of an assessment, without what was withdrawn."""
    rows = assessment.evidence.filter(withdrawn_at=None)
    found: dict[str, list[ItemEvidence]] = {}
    for row in rows.select_related("file", "document", "metric", "added_by__account"):
        found.setdefault(row.item, []).append(row)
    return found


def evidence_of(assessment: Assessment, item: str) -> list[ItemEvidence]:
    """Return what was ever shown for an item, what was withdrawn among it."""
    rows = assessment.evidence.filter(item=item)
    return list(
        rows.select_related(
            "file", "document", "metric", "added_by__account", "withdrawn_by__account"
        )
    )


def find_evidence(assessment: Assessment, uuid: UUID) -> ItemEvidence:
    """Return evidence of an assessment; UnknownError where it has none such."""
    found = assessment.evidence.filter(uuid=uuid).first()
    if found is None:
        raise UnknownError
    found.assessment = assessment
    return found
