"""Requirement kind: service level attained in the intervals that carry enough of the volume."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from attain.measurement.counting import Tally
from attain.measurement.outcomes import Outcome
from attain.measurement.periods import months_until
from attain.standards.findings import Finding, not_applicable
from attain.standards.kinds.base import Evidence, RequirementKind, ShareThreshold
from attain.standards.kinds.tracking import stay_on_target
from attain.standards.needs import IMPOSSIBLE, NOTHING, Need, Step, all_needs, enough_needs
from attain.standards.sentences import Share, listed, say

WINDOW = 12


class IntervalAttainment(RequirementKind):
    """The intervals that attain their service level carry enough of the contacts offered.

    Counts the intervals with contacts offered of the last twelve months, over all the named
    channels in which the centre is contacted. A named and declared channel without a counted
    interval leaves the whole undetermined: its volume is unknown.
    """

    kind: Literal["interval_attainment"]
    channels: tuple[str, ...]
    """The channels that are counted, where the centre is contacted in them."""
    share_of_volume: ShareThreshold
    """The share of the contacts offered that attaining intervals must carry."""

    def find(self, evidence: Evidence) -> Finding:
        """Judge the volume over all channels together; each channel is shown for information."""
        share = evidence.thresholds[self.share_of_volume]
        asked = say(
            "attaining intervals carry %(share)s of the contacts offered", share=Share(share.value)
        )
        volumes = self._volumes(evidence)
        if not volumes:
            named = listed(*self.channels)
            reason = say("the centre is not contacted by %(channels)s", channels=named)
            return not_applicable(self.kind, asked, reason)
        silent = [channel for channel, tally in volumes.items() if tally.total == 0]
        tally = sum(volumes.values(), Tally(0, 0, 0))
        outcome = Outcome.UNDETERMINED if silent else tally.reaches_share(share.value)
        children = tuple(_of_channel(c, t, share.value) for c, t in volumes.items())
        return Finding(
            key=self.kind,
            outcome=outcome,
            asked=asked,
            measured=f"{tally.good}/{tally.total}" if tally.total else None,
            threshold=say("at least %(share)s of the volume", share=Share(share.value)),
            sources=(share.source,),
            children=children,
            missing=tuple(name for child in children for name in child.missing),
        )

    def _volumes(self, evidence: Evidence) -> dict[str, Tally]:
        declared = evidence.standing.figures.scope.channels
        return {c: evidence.standing.volume(c, WINDOW) for c in self.channels if c in declared}

    def needs(self, evidence: Evidence, horizon: int) -> Need:
        """Attain on enough channels in the coming months, and measure a channel without intervals.

        A month to come is taken to bring the volume of the month that leaves the window (where
        that month is empty, the mean of the channel's months); a channel that is not chosen
        attains in it as it did in the month that leaves.
        """
        if self.find(evidence).outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            return NOTHING
        volumes = self._volumes(evidence)
        coming = {c: _coming(evidence, c, horizon) for c, tally in volumes.items() if tally.total}
        grown = sum(month.added for months in coming.values() for month in months)
        total = sum(volumes.values(), Tally(0, 0, 0))
        share = evidence.thresholds[self.share_of_volume].value
        needed = -(-share.numerator * (total.total + grown) // share.denominator) - total.good
        options = [
            (month.gain, stay_on_target(channel, number))
            for channel, months in coming.items()
            for number, month in enumerate(months, start=1)
            if month.gain
        ]
        silent = [_measure(c) for c, tally in volumes.items() if not tally.total]
        if silent and not horizon:
            return IMPOSSIBLE
        return all_needs([*silent, enough_needs(needed, options)])


@dataclass(frozen=True)
class _ComingMonth:
    """What a coming month on target adds to the attaining volume, and to the volume."""

    gain: int
    added: int


def _coming(evidence: Evidence, channel: str, horizon: int) -> list[_ComingMonth]:
    volumes = evidence.standing.figures.volumes.get(channel, {})
    window = months_until(evidence.standing.last_month, WINDOW)
    filled = [volumes[month] for month in window if month in volumes]
    mean = sum(tally.total for tally in filled) // len(filled)
    leaving = [volumes.get(month) for month in window[:horizon]]
    return [_ComingMonth(t.total - t.good, 0) if t else _ComingMonth(mean, mean) for t in leaving]


def _measure(channel: str) -> Step:
    text = say("measure the intervals of %(channel)s, on target", channel=channel)
    return Step(f"intervals {channel}", text, 1, (f"intervals {channel}", "intervals"))


def _of_channel(channel: str, tally: Tally, share: Fraction) -> Finding:
    missing = []
    if tally.total == 0:
        missing.append(say("intervals %(channel)s", channel=channel))
    if tally.open:
        missing.append(say("service_levels %(channel)s", channel=channel))
    return Finding(
        key=channel,
        outcome=tally.reaches_share(share) if tally.total else Outcome.UNDETERMINED,
        asked=say(
            "for information: what attaining intervals of %(channel)s carry", channel=channel
        ),
        measured=f"{tally.good}/{tally.total}" if tally.total else None,
        missing=tuple(missing),
        for_information=True,
    )
