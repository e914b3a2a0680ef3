"""What a model declares of its ratings: how they roll up, and when an item is red or amber."""

from enum import StrEnum
from typing import Literal, Self

from pydantic import model_validator

from attain.standards.definition import Definition


class Colour(StrEnum):
    """What an item's rating calls for."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"


class RollUp(Definition):
    """How the levels of items become one of their category, and of the whole.

    `lowest`: the lowest of them. `mean`: their mean, exact. `share_at_level`: the share of them on
    a level or above it, on their own targets where no level is named. `ladder`: categories are
    climbed in order, and the whole is the last one up to which every item is on its highest level.
    """

    rule: Literal["lowest", "mean", "share_at_level", "ladder"]
    """The rule."""
    level: int | None = None
    """The level of `share_at_level`."""

    @model_validator(mode="after")
    def _level_fits_the_rule(self) -> Self:
        if self.level is not None and self.rule != "share_at_level":
            raise ValueError(f"a level of {self.rule}; expected one with share_at_level alone")
        return self


class Colours(Definition):
    """When an item is red, amber or green: by its gap to the target, or by its level."""

    by: Literal["gap", "level"]
    """What is looked at: levels short of the target, or the level itself."""
    amber: int
    """By gap, the fewest levels short that are amber; by level, the highest that is amber."""
    red: int
    """By gap, the fewest levels short that are red; by level, the highest that is red."""

    @model_validator(mode="after")
    def _amber_lies_before_red(self) -> Self:
        if self.by == "gap" and not 0 < self.amber < self.red:
            raise ValueError(f"amber at {self.amber}, red at {self.red}; expected 0 < amber < red")
        if self.by == "level" and not self.red < self.amber:
            raise ValueError(f"red to {self.red}, amber to {self.amber}; expected red < amber")
        return self

    def of(self, level: int, target: int | None) -> Colour | None:
        """Return the colour of a level; None by gap where there is no target."""
        if self.by == "level":
            return _first_reached(-level, -self.red, -self.amber)
        if target is None:
            return None
        return _first_reached(target - level, self.red, self.amber)


def _first_reached(measured: int, red: int, amber: int) -> Colour:
    if measured >= red:
        return Colour.RED
    return Colour.AMBER if measured >= amber else Colour.GREEN
