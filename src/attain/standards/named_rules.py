"""Named rules: pure functions for what no requirement kind can say. The list is closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from attain.measurement.outcomes import Outcome, met_if
from attain.measurement.periods import months_until
from attain.standards.findings import Finding, not_applicable
from attain.standards.needs import NOTHING, Need, Step
from attain.standards.sentences import listed, say
from attain.standards.standing import Standing

RuleName = Literal["initiatives_address_misses"]


@dataclass(frozen=True)
class Named:
    """The finding of a named rule, and what it needs to be met."""

    find: Callable[[Standing], Finding]
    needs: Callable[[Standing], Need]
    can_be: frozenset[Outcome]


def initiatives_address_misses(standing: Standing) -> Finding:
    """Find whether improvement goes where the misses are.

    Each process with a metric that was off target in at least half of the last twelve months has
    an initiative. Not applicable where no process is that far off.
    """
    key = "initiatives_address_misses"
    asked = say("each process far off target has an initiative")
    addressed = {initiative.process for initiative in standing.initiatives}
    children = tuple(
        Finding(
            key=process,
            outcome=met_if(process in addressed),
            asked=say("%(process)s has an initiative", process=process),
            measured=say("an initiative") if process in addressed else say("no initiative"),
        )
        for process in _far_off(standing)
    )
    if not children:
        return not_applicable(key, asked, say("no process is off target half of the time"))
    met = all(child.outcome is Outcome.MET for child in children)
    counted = say("%(count)s processes", count=len(children))
    return Finding(key, met_if(met), asked, counted, children=children)


def _far_off(standing: Standing) -> list[str]:
    window = months_until(standing.last_month, 12)
    far_off = {
        metric.process.process
        for metric in standing.figures.metrics
        if 2 * sum(standing.tracks[metric.metric].judged.get(m) is False for m in window) >= 12
    }
    return sorted(far_off)


def _needs_of_initiatives(standing: Standing) -> Need:
    lacking = [
        child.key
        for child in initiatives_address_misses(standing).children
        if child.outcome is Outcome.NOT_MET
    ]
    if not lacking:
        return NOTHING
    text = say("start an initiative for %(processes)s", processes=listed(*lacking))
    return Step("initiatives of processes far off", text, len(lacking), ("initiatives",))


NAMED_RULES: Mapping[RuleName, Named] = {
    "initiatives_address_misses": Named(
        initiatives_address_misses,
        _needs_of_initiatives,
        frozenset({Outcome.MET, Outcome.NOT_MET, Outcome.NOT_APPLICABLE}),
    ),
}
