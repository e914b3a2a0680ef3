"""Queueing: what a staffed queue answers, by the formulas of Erlang over whole arrays.

Loads are in erlangs: contacts that arrive in the time that one takes to handle. Every formula
describes a queue that has settled, and each interval is taken as settled on its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
_NEGLIGIBLE = 1e-9
_LONGEST_QUEUE = 2_000
_SIMPSON = (1, 4, 2, 4, 2, 4, 2, 4, 1)


@dataclass(frozen=True)
class ServiceTimes:
    """How a channel is served: seconds to handle a contact, to answer it in time, of patience."""

    handle: Numbers | float
    threshold: float
    patience: float


def blocking(load: Numbers, agents: Counts) -> Numbers:
    """Return Erlang B: the share of contacts that find every agent busy and would not wait."""
    blocked = np.ones_like(load)
    for number in range(1, int(agents.max(initial=0)) + 1):
        fewer = load * blocked / (number + load * blocked)
        blocked = np.where(number <= agents, fewer, blocked)
    return blocked


def waiting(load: Numbers, agents: Counts) -> Numbers:
    """Return Erlang C: the share of contacts that wait, if nobody gives up.

    1 where the load reaches the agents: then the queue grows without end.
    """
    return _waiting(load, agents, blocking(load, agents))


def _waiting(load: Numbers, agents: Numbers | Counts, blocked: Numbers) -> Numbers:
    spare = agents - load * (1 - blocked)
    return np.where(agents > load, agents * blocked / np.maximum(spare, _NEGLIGIBLE), 1.0)


def in_time(load: Numbers, agents: Counts, service: ServiceTimes) -> Numbers:
    """Return the share of contacts answered within the threshold, if nobody gives up."""
    return _in_time(load, agents, waiting(load, agents), service)


def _in_time(
    load: Numbers, agents: Numbers | Counts, waits: Numbers, service: ServiceTimes
) -> Numbers:
    spare = np.maximum(agents - load, 0.0)
    share: Numbers = 1 - waits * np.exp(-spare * service.threshold / service.handle)
    return share


def outcomes(load: Numbers, agents: Counts, service: ServiceTimes) -> tuple[Numbers, Numbers]:
    """Return the shares of contacts that give up, and that are answered within the threshold.

    Erlang A: each contact has a patience of its own. A contact that waits is answered in time with
    the density of the offered wait, which is added up over the threshold by Simpson's rule.
    """
    blocked = np.maximum(blocking(load, agents), _NEGLIGIBLE)
    impatience = service.handle / service.patience
    queue, lost = _queue(load, agents, impatience)
    states = 1 / blocked + queue
    lost = np.where(load > 0, np.minimum(lost / np.maximum(load, _NEGLIGIBLE), states), 0.0)
    soon = _answered_after_a_wait(load, agents, impatience, service.threshold / service.handle)
    timely = np.minimum((1 / blocked - 1 + soon) / states, 1.0)
    return lost / states, np.where(load > 0, timely, 1.0)


def _queue(load: Numbers, agents: Counts, impatience: Numbers | float) -> tuple[Numbers, Numbers]:
    """Return how likely a queue is, and how many give up in it, beside all agents just busy."""
    term, queue, lost = np.ones_like(load), np.zeros_like(load), np.zeros_like(load)
    for length in range(1, _LONGEST_QUEUE):
        term = term * load / (agents + length * impatience)
        queue += term
        lost += term * length * impatience
        if term.max(initial=0.0) < _NEGLIGIBLE:
            break
    return queue, lost


def _answered_after_a_wait(
    load: Numbers, agents: Counts, impatience: Numbers | float, threshold: Numbers | float
) -> Numbers:
    total = np.zeros_like(load)
    for number, weight in enumerate(_SIMPSON):
        wait = threshold * number / (len(_SIMPSON) - 1)
        patient = np.exp(-impatience * wait)
        arrived = load * (1 - patient) / impatience
        total += weight * agents * patient * np.exp(arrived - agents * wait)
    share: Numbers = total * threshold / (3 * (len(_SIMPSON) - 1))
    return share


def agents_for(load: Numbers, service: ServiceTimes, share: float) -> Counts:
    """Return the fewest agents who answer a share of the contacts within the threshold."""
    needed = np.zeros(load.shape, dtype=np.int64)
    blocked, number = np.ones_like(load), 0
    open_ones = load > 0
    while open_ones.any():
        number += 1
        blocked = load * blocked / (number + load * blocked)
        agents = np.full_like(load, number)
        enough = _in_time(load, agents, _waiting(load, agents, blocked), service) >= share
        reached = open_ones & enough & (number > load)
        needed[reached] = number
        open_ones &= ~reached
    return needed
