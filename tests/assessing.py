"""What the tests of the assessments room share: a model entered, an assessment by two people."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from assessed import MODEL, TEXT
from attain.assessments.actions.assessing import (
    begin_moderation,
    name_assessor,
    open_assessment,
    submit_part,
)
from attain.assessments.actions.editions import publish, write_draft
from attain.assessments.actions.rating import NEW, rate
from attain.assessments.models import Assessment, AssessorPart, ModelEdition
from attain.assessments.rules.entries import Entry
from attain.assessments.rules.stages import AssessmentKind
from attain.organisations.rules import Role
from estate import Estate

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
DUE = date(2026, 12, 18)


@dataclass(frozen=True)
class Assessed:
    """An assessment of a centre, and the parts of its assessors."""

    assessment: Assessment
    mine: AssessorPart
    theirs: AssessorPart


def publish_model(estate: Estate, text: str = TEXT) -> ModelEdition:
    """Enter a small model and publish it."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    draft = write_draft(by=lead, text=text, now=NOW)
    return publish(by=lead, edition=draft, seen=draft.version, now=NOW)


def open_one(estate: Estate, edition: ModelEdition | None = None) -> Assessed:
    """Open an assessment of a centre by a site lead and a QA manager, each with all categories."""
    lead = estate.member(Role.PROGRAMME_LEAD)
    assessment = open_assessment(
        by=lead,
        title="Autumn self-assessment",
        kind=AssessmentKind.SELF,
        edition=edition or publish_model(estate),
        due_on=DUE,
        now=NOW,
        centre=estate.centre,
    )
    parts = [
        name_assessor(
            by=lead,
            assessment=assessment,
            assessor=estate.member(role),
            categories=[],
            due_on=DUE,
            now=NOW,
        )
        for role in (Role.SITE_LEAD, Role.QA_MANAGER)
    ]
    return Assessed(assessment, *parts)


def rate_all(part: AssessorPart, **levels: int) -> None:
    """Rate every item of the small model, those that are not named on level 1."""
    for item in MODEL.rated_items:
        entry = Entry(level=levels.get(item.key, 1), target=3)
        rate(by=part.assessor, part=part, item=item.key, seen=NEW, entry=entry, now=NOW)


def hand_in(part: AssessorPart, levels: Mapping[str, int] | None = None) -> AssessorPart:
    """Rate a part whole and hand it in."""
    rate_all(part, **(levels or {}))
    return submit_part(by=part.assessor, part=part, seen=part.version, now=NOW)


def in_moderation(
    estate: Estate,
    mine: Mapping[str, int],
    theirs: Mapping[str, int],
    edition: ModelEdition | None = None,
) -> Assessed:
    """Have an assessment rated by two people and begin its moderation."""
    assessed = open_one(estate, edition)
    hand_in(assessed.mine, mine)
    hand_in(assessed.theirs, theirs)
    lead = estate.member(Role.PROGRAMME_LEAD)
    moved = begin_moderation(
        by=lead, assessment=assessed.assessment, seen=assessed.assessment.version, now=NOW
    )
    return replace(assessed, assessment=moved)
