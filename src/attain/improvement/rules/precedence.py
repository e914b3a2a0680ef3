"""What has to come before what: the order of steps, circles, and the earliest possible starts."""

from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

from attain.improvement.rules.candidates import Candidate, Lock, PlanRequest, locks_by_step


def find_cycle(candidates: Sequence[Candidate]) -> tuple[str, ...] | None:
    """Return steps that wait for each other in a circle, the first named again at the end."""
    try:
        in_order(candidates)
    except CycleError as error:
        return tuple(error.args[1])
    return None


def in_order(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates so that each comes after those that it waits for."""
    known = {candidate.key: candidate for candidate in candidates}
    waits = {key: [b for b in each.after if b in known] for key, each in known.items()}
    return [known[key] for key in TopologicalSorter(waits).static_order()]


def possible_starts(request: PlanRequest) -> dict[str, range]:
    """Return the quarters in which each step can start; none where it never can.

    Windows, locks and what each step waits for are looked at, and whether each quarter by itself
    has the means; not what other steps take of them.
    """
    locks = locks_by_step(request.locks)
    known, found = request.by_key, dict[str, range]()
    for each in in_order(request.candidates):
        befores = [(found[key], known[key].quarters) for key in each.after]
        open_quarters = _own_starts(request, each, locks.get(each.key, []))
        if not all(starts for starts, _ in befores):
            open_quarters = range(0)
        ready = max((starts[0] + length for starts, length in befores if starts), default=0)
        found[each.key] = range(max(ready, open_quarters.start), open_quarters.stop)
    return found


def _own_starts(request: PlanRequest, candidate: Candidate, locks: Sequence[Lock]) -> range:
    """Return the stretch of quarters from the first start that has the means to the last."""
    fitting = [s for s in request.starts(candidate, locks) if has_means(request, candidate, s)]
    return range(fitting[0], fitting[-1] + 1) if fitting else range(0)


def has_means(request: PlanRequest, candidate: Candidate, start: int) -> bool:
    """Say whether each quarter of the work has the means for this step alone."""
    budget, capacity = request.means.budget, request.means.capacity
    return all(
        cost <= budget[quarter] and days <= capacity[quarter]
        for quarter, (cost, days) in enumerate(request.demands(candidate), start)
    )
