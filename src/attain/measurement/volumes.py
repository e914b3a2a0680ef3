"""Volumes of contacts: the service-level target of a channel, and what its intervals attained."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from attain.measurement.counting import Tally
from attain.measurement.periods import Month

Basis = Literal["offered", "answered"]
# Contacts offered per channel and local month. A month is listed where it has a counted interval.
Volumes = Mapping[str, Mapping[Month, Tally]]


@dataclass(frozen=True)
class ServiceLevelTarget:
    """The share of contacts to be answered within the threshold, from a local date on."""

    channel: str
    start: date
    share: Fraction
    of: Basis


def target_in_force(targets: Iterable[ServiceLevelTarget], day: date) -> ServiceLevelTarget | None:
    """Return the target whose date is the latest on or before `day`, or None."""
    started = [target for target in targets if target.start <= day]
    return max(started, key=lambda target: target.start, default=None)


def attains(
    offered: int, answered: int, within: int, target: ServiceLevelTarget | None
) -> bool | None:
    """Say whether an interval with contacts offered attains its service level.

    None answered does not attain, whatever the basis; without a target it may fall either side.
    """
    if answered == 0:
        return False
    if target is None:
        return None
    basis = offered if target.of == "offered" else answered
    return within * target.share.denominator >= target.share.numerator * basis


def total(volumes: Mapping[Month, Tally], months: Iterable[Month]) -> Tally:
    """Add up the volume of the months that have any."""
    counted = [volumes[month] for month in months if month in volumes]
    good, unknown = sum(each.good for each in counted), sum(each.open for each in counted)
    return Tally(good, unknown, sum(each.total for each in counted))
