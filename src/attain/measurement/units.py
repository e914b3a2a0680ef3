"""The units in which a threshold is stated."""

from enum import StrEnum
from fractions import Fraction


class Unit(StrEnum):
    """What a number counts or compares. A threshold names its unit and its reader checks it."""

    SHARE = "share"
    MONTHS = "months"
    COUNT = "count"
    LEVEL = "level"

    @property
    def words(self) -> str:
        """What a threshold in this unit is, in words."""
        return {
            Unit.SHARE: "a share from 0 to 1",
            Unit.MONTHS: "a whole number of months",
            Unit.COUNT: "a whole number",
            Unit.LEVEL: "the whole number of a level",
        }[self]

    def admits(self, value: Fraction) -> bool:
        """Say whether a value can be in this unit: shares lie from 0 to 1, the rest are whole."""
        if self is Unit.SHARE:
            return 0 <= value <= 1
        return value.denominator == 1 and value >= 0
