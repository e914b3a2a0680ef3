"""The oracle's four outcomes: how they combine, and how they are counted."""

from fractions import Fraction
from typing import Any

MET, NOT_MET = "met", "not_met"
NOT_APPLICABLE, UNDETERMINED = "not_applicable", "undetermined"


def answer(outcome: str, **told: Any) -> dict[str, Any]:
    """Return what the contract fixes of a requirement: its outcome, and what it tells besides.

    `measured` stands where the contract fixes it. `missing` is what an undetermined requirement
    must name; `gaps`, where it differs, is what it may name besides. `left_out` must be named;
    `reason` is true where one is due. `children` are outcomes of single metrics and systems.
    """
    return {"outcome": outcome, **told}


def of_flag(good: bool) -> str:
    """Return met or not met."""
    return MET if good else NOT_MET


def all_of(outcomes: list[str]) -> str:
    """One not met decides, then one undetermined, then whether all are not applicable."""
    if NOT_MET in outcomes:
        return NOT_MET
    if UNDETERMINED in outcomes:
        return UNDETERMINED
    if all(outcome == NOT_APPLICABLE for outcome in outcomes):
        return NOT_APPLICABLE
    return MET


def judge_count(good: int, still_open: int, needed: Fraction) -> str:
    """Met if the known good suffice, not met if all the open ones could not help them to."""
    if good >= needed:
        return MET
    return NOT_MET if good + still_open < needed else UNDETERMINED


def judge_share(good: int, still_open: int, counted: int, least: Fraction) -> str:
    """It is the same for months, for shares of metrics and for volumes."""
    return judge_count(good, still_open, least * counted)
