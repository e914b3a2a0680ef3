"""The oracle's reading of the intervals: whether they attain, and whose volume counts."""

from datetime import date
from fractions import Fraction
from typing import Any

from contract.contract_files import Files, Row, amount, day, moment, month_of
from contract.oracle_counting import (
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNDETERMINED,
    answer,
    judge_share,
)


def service_level(known: Files, named: list[str], least: Fraction) -> dict[str, Any]:
    """A share of the volume offered, over the channels that the tier names and the centre has."""
    channels = [each for each in named if each in known["header"]["channels"]]
    # Where none of the named channels is declared it is not applicable.
    if not channels:
        return answer(NOT_APPLICABLE, measured=None)
    good = still_open = counted = 0
    missing: set[str] = set()
    for channel in channels:
        volumes = channel_volumes(known, channel)
        good += volumes[MET]
        still_open += volumes[UNDETERMINED]
        counted += sum(volumes.values())
        if volumes[UNDETERMINED]:
            missing.add(f"service_levels {channel}")
        if not sum(volumes.values()):
            missing.add(f"intervals {channel}")
    # A channel with no counted interval leaves it undetermined: its volume is unknown.
    unknown = any(name.startswith("intervals") for name in missing)
    outcome = UNDETERMINED if unknown else judge_share(good, still_open, counted, least)
    measured = Fraction(good, counted) if counted else None
    return answer(outcome, measured=measured, missing=missing)


def channel_volumes(known: Files, channel: str) -> dict[str, int]:
    """Return what was offered in a channel's intervals of the last 12 months, as each is judged."""
    volumes = {MET: 0, NOT_MET: 0, UNDETERMINED: 0}
    levels = [row for row in known["service_levels"] if row["channel"] == channel]
    for row in known["intervals"]:
        # The date in the dossier's zone decides the month and the target.
        local = moment(row["start"]).astimezone(known["zone"]).date()
        if row["channel"] == channel and known["last"] - 12 < month_of(local) <= known["last"]:
            volumes[attainment(row, local, levels)] += int(amount(row["offered"]))
    return volumes


def attainment(row: Row, local: date, levels: list[Row]) -> str:
    """The share within the threshold, of offered or answered, reaches the target in force."""
    counts = {column: amount(row[column]) for column in ("offered", "answered", "within_threshold")}
    # Where none was answered it does not attain, whatever its target is taken of. (Where none
    # was offered either it does not count: its volume is 0.)
    if counts["answered"] == 0:
        return NOT_MET
    in_force = [each for each in levels if day(each["from"]) <= local]
    # Without a target in force it may fall either side.
    if not in_force:
        return UNDETERMINED
    level = max(in_force, key=lambda each: day(each["from"]))
    share = counts["within_threshold"] / counts[level["of"]]
    return MET if share >= amount(level["target"]) else NOT_MET
