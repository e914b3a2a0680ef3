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


@dataclass(frozen=True)
class Service:
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


def in_time(load: Numbers, agents: Counts, service: Service) -> Numbers:
    """Return the share of contacts answered within the threshold, if nobody gives up."""
    return _in_time(load, agents, waiting(load, agents), service)


def _in_time(load: Numbers, agents: Numbers | Counts, waits: Numbers, service: Service) -> Numbers:
    spare = np.maximum(agents - load, 0.0)
    share: Numbers = 1 - waits * np.exp(-spare * service.threshold / service.handle)
    return share


def abandoning(load: Numbers, agents: Counts, service: Service) -> Numbers:
    """Return Erlang A: the share of contacts that give up, each after a patience of its own."""
    blocked = np.maximum(blocking(load, agents), _NEGLIGIBLE)
    impatience = service.handle / service.patience
    term, queue, lost = np.ones_like(load), np.zeros_like(load), np.zeros_like(load)
    for waiting_now in range(1, _LONGEST_QUEUE):
        term = term * load / (agents + waiting_now * impatience)
        queue += term
        lost += term * waiting_now * impatience
        if term.max(initial=0.0) < _NEGLIGIBLE:
            break
    share: Numbers = lost / (1 / blocked + queue) / np.maximum(load, _NEGLIGIBLE)
    return np.where(load > 0, np.minimum(share, 1.0), 0.0)


def answered_in_time(load: Numbers, agents: Counts, service: Service, lost: Numbers) -> Numbers:
    """Return the share of contacts offered that are answered within the threshold.

    Those that give up, a share `lost`, leave a lower load, on which Erlang C is asked: a usual
    approximation, exact where nobody gives up.
    """
    share: Numbers = (1 - lost) * in_time(load * (1 - lost), agents, service)
    return share


def agents_for(load: Numbers, service: Service, share: float) -> Counts:
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
