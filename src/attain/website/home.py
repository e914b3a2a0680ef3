"""The home of a member: what waits for them, what is at risk, what changed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from attain.assessments.queries.estate import EstateAsked, ModelEstate, read_estate
from attain.assessments.queries.gaps import GapLine, gap_lines
from attain.certification.queries.estate import EstateRow, estate, tiers_counted
from attain.certification.queries.verdicts import DEFAULT_SCHEME, language_of
from attain.measurement.periods import last_full_month
from attain.organisations.pages import AuditEntry, Member, Notice
from attain.organisations.queries import (
    latest_changes,
    may_somewhere,
    unread_notices,
    visible_centres,
)
from attain.organisations.rules import Permission
from attain.performance.queries import MissingLine, missing_in
from attain.website.dates import Coming, coming_dates

SOON = timedelta(days=60)
_FEW = 8
_GAPS = 3


@dataclass(frozen=True)
class Home:
    """What a member's home shows; a part that their role may not see is empty."""

    notices: list[Notice]
    at_risk: list[EstateRow]
    tiers: list[tuple[int | None, int]]
    centres: int
    coming: list[Coming]
    missing: list[MissingLine]
    changes: list[AuditEntry]
    maturity: ModelEstate | None
    gaps: list[GapLine]
    titles_in: str


def home_of(member: Member, as_of: date, now: datetime) -> Home:
    """Return the home of a member as of a date."""
    rows, maturity = _estate(member, as_of, now), _maturity(member, as_of)
    return Home(
        notices=unread_notices(member, _FEW),
        at_risk=[row for row in rows if row.is_lost or row.is_at_risk][:_FEW],
        tiers=tiers_counted(rows),
        centres=len(rows),
        coming=coming_dates(member, as_of, now, as_of + SOON, is_own=True)[:_FEW],
        missing=_missing(member, as_of),
        changes=latest_changes(member, _FEW),
        maturity=maturity,
        gaps=gap_lines(maturity)[:_GAPS] if maturity else [],
        titles_in=language_of(DEFAULT_SCHEME),
    )


def _maturity(member: Member, as_of: date) -> ModelEstate | None:
    """Return the estate by the model that most centres were assessed by."""
    if not may_somewhere(member, Permission.READ_ASSESSMENTS):
        return None
    return read_estate(member, EstateAsked(as_of=as_of)).estate


def _estate(member: Member, as_of: date, now: datetime) -> list[EstateRow]:
    if not may_somewhere(member, Permission.READ_CERTIFICATION):
        return []
    return estate(member, as_of, now)


def _missing(member: Member, as_of: date) -> list[MissingLine]:
    if not may_somewhere(member, Permission.RECORD_FIGURES):
        return []
    centres = list(visible_centres(member, Permission.RECORD_FIGURES))
    lines = missing_in(centres, last_full_month(as_of))
    return [line for line in lines if line.count][:_FEW]
