"""The four outcomes of a requirement, and how outcomes join.

Missing is never zero: what cannot be told is undetermined, and stays so until it cannot matter.
"""

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum


class Outcome(StrEnum):
    """What was found of a requirement."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    UNDETERMINED = "undetermined"

    @property
    def is_lacking(self) -> bool:
        """Whether something must still be done or supplied: not met, or undetermined."""
        return self in (Outcome.NOT_MET, Outcome.UNDETERMINED)


def all_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes that must all hold.

    One not met sinks the whole; failing that, one undetermined keeps it open; what is not
    applicable drops out, and where nothing is left the whole is not applicable.
    """
    found = set(outcomes)
    for decisive in (Outcome.NOT_MET, Outcome.UNDETERMINED, Outcome.MET):
        if decisive in found:
            return decisive
    return Outcome.NOT_APPLICABLE


def any_of(outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes of which one must hold: the mirror of `all_of`."""
    found = set(outcomes)
    for decisive in (Outcome.MET, Outcome.UNDETERMINED, Outcome.NOT_MET):
        if decisive in found:
            return decisive
    return Outcome.NOT_APPLICABLE


def at_least(needed: int, outcomes: Iterable[Outcome]) -> Outcome:
    """Join outcomes of which `needed` must hold; what is not applicable drops out."""
    counts = Counter(outcomes)
    if not counts.keys() - {Outcome.NOT_APPLICABLE}:
        return Outcome.NOT_APPLICABLE
    if counts[Outcome.MET] >= needed:
        return Outcome.MET
    reachable = counts[Outcome.MET] + counts[Outcome.UNDETERMINED] >= needed
    return Outcome.UNDETERMINED if reachable else Outcome.NOT_MET


def met_if(condition: bool | None) -> Outcome:
    """Say met or not met of something that is known, undetermined where it is open."""
    if condition is None:
        return Outcome.UNDETERMINED
    return Outcome.MET if condition else Outcome.NOT_MET
