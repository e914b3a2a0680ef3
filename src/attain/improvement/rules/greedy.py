"""The plan of a person in a hurry: what brings most for what it takes comes first.

It is a peer to measure the solver by, and where the solver starts from.
"""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heappop, heappush

from attain.improvement.rules.candidates import Candidate, PlanRequest, locks_by_step
from attain.improvement.rules.plan_faults import is_wanted
from attain.improvement.rules.plans import RoadmapPlan, plan_of
from attain.improvement.rules.precedence import in_order, possible_starts


def greedy_plan(request: PlanRequest, given: Mapping[str, int] | None = None) -> RoadmapPlan | None:
    """Place steps one after another, each in the earliest quarter that has the means for it.

    Steps with a given start come first, where they can have it; then locked steps, with all that
    they wait for; then those of the most value for their share of the means. None where a locked
    step found no place, which is no proof that none is.
    """
    board = _Board(request)
    for each in in_order(request.candidates):
        if given and each.key in given:
            board.place_at(each, given[each.key])
    locked = _locked(request)
    open_ones = [each for each in in_order(request.candidates) if each.key not in board.starts]
    if not all(board.place(each) for each in open_ones if each.key in locked):
        return None
    _fill(request, board, [each for each in open_ones if each.key not in locked])
    return plan_of(request, board.starts)


def _locked(request: PlanRequest) -> set[str]:
    """Return the steps that locks ask for, and all that these wait for."""
    known = request.by_key
    open_keys = [key for key, locks in locks_by_step(request.locks).items() if is_wanted(locks)]
    found: set[str] = set()
    while open_keys:
        key = open_keys.pop()
        if key not in found:
            found.add(key)
            open_keys.extend(known[key].after)
    return found


def _fill(request: PlanRequest, board: "_Board", left: Iterable[Candidate]) -> None:
    """Place what can be placed, best ratio first; a step joins in once all before it are there."""
    waiting: dict[str, list[Candidate]] = {}
    ready: list[tuple[Fraction, str, Candidate]] = []

    def offer(candidate: Candidate) -> None:
        missing = next((key for key in candidate.after if key not in board.starts), None)
        if missing is not None:
            waiting.setdefault(missing, []).append(candidate)
        elif candidate.value > 0:
            heappush(ready, (-_ratio(request, candidate), candidate.key, candidate))

    for candidate in left:
        offer(candidate)
    while ready:
        _, key, candidate = heappop(ready)
        if board.place(candidate):
            for later in waiting.pop(key, []):
                offer(later)


def _ratio(request: PlanRequest, candidate: Candidate) -> Fraction:
    """Return the value for the share that it takes of all the budget and of all the capacity."""
    budget, capacity = sum(request.means.budget), sum(request.means.capacity)
    taken = Fraction(candidate.cost, max(1, budget)) + Fraction(candidate.days, max(1, capacity))
    return candidate.value / max(taken, Fraction(1, 10**9))


class _Board:
    """The quarters with what is left in each, and where steps were placed."""

    def __init__(self, request: PlanRequest) -> None:
        self.request = request
        self.left = [
            list(pair) for pair in zip(request.means.budget, request.means.capacity, strict=True)
        ]
        self.starts: dict[str, int] = {}
        self._possible = possible_starts(request)
        self._known: Mapping[str, Candidate] = request.by_key

    def place(self, candidate: Candidate) -> bool:
        """Place a step as early as what it waits for and the means allow; False if nowhere."""
        possible = self._possible[candidate.key]
        return any(self.place_at(candidate, start) for start in possible)

    def place_at(self, candidate: Candidate, start: int) -> bool:
        """Place a step in a quarter, if all that it waits for has ended and the means are there."""
        ready = all(
            key in self.starts and self.starts[key] + self._known[key].quarters <= start
            for key in candidate.after
        )
        if ready and self._fits(candidate, start):
            self._take(candidate, start)
            return True
        return False

    def _fits(self, candidate: Candidate, start: int) -> bool:
        demands = enumerate(self.request.demands(candidate), start)
        return all(
            cost <= self.left[quarter][0] and days <= self.left[quarter][1]
            for quarter, (cost, days) in demands
        )

    def _take(self, candidate: Candidate, start: int) -> None:
        for quarter, (cost, days) in enumerate(self.request.demands(candidate), start):
            self.left[quarter][0] -= cost
            self.left[quarter][1] -= days
        self.starts[candidate.key] = start
