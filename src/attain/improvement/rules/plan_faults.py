"""Why a plan cannot be made of what was asked: every fault at once, each naming its steps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from attain.improvement.rules.candidates import (
    Candidate,
    Lock,
    LockKind,
    PlanRequest,
    locks_by_step,
)
from attain.improvement.rules.precedence import find_cycle, has_means, possible_starts


class PlanFaultKind(StrEnum):
    """What is wrong with what was asked of a plan."""

    NO_QUARTERS = "no_quarters"
    MEANS_OF_UNEQUAL_LENGTH = "means_of_unequal_length"
    NEGATIVE_MEANS = "negative_means"
    HORIZON_TOO_SHORT = "horizon_too_short"
    NO_CAPACITY = "no_capacity"
    NOTHING_FITS = "nothing_fits"
    STEP_TWICE = "step_twice"
    NEGATIVE_DEMAND = "negative_demand"
    NO_DURATION = "no_duration"
    WINDOW_EMPTY = "window_empty"
    UNKNOWN_DEPENDENCY = "unknown_dependency"
    CYCLE = "cycle"
    LOCK_ON_UNKNOWN_STEP = "lock_on_unknown_step"
    LOCK_WITHOUT_QUARTER = "lock_without_quarter"
    LOCKS_CONTRADICT = "locks_contradict"
    LOCK_OUTSIDE_WINDOW = "lock_outside_window"
    LOCK_AGAINST_DEPENDENCY = "lock_against_dependency"
    LOCKS_ABOVE_BUDGET = "locks_above_budget"
    LOCKS_ABOVE_CAPACITY = "locks_above_capacity"
    LOCKS_ABOVE_MEANS = "locks_above_means"
    NONE_FOUND_IN_TIME = "none_found_in_time"


@dataclass(frozen=True)
class PlanFault:
    """What is wrong, and the steps that it is about, in the order in which they matter."""

    kind: PlanFaultKind
    steps: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the fault in a few words, its steps after it."""
        words = self.kind.replace("_", " ")
        return f"{words}: {' -> '.join(self.steps)}" if self.steps else words


class PlanRefusedError(Exception):
    """Raised with every fault of a request: no plan is made of a part of it."""

    def __init__(self, faults: Sequence[PlanFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(map(str, self.faults)))


K = PlanFaultKind


def refuse_faults(request: PlanRequest) -> None:
    """Refuse a request with any fault that can be told without looking for a plan."""
    # Later checks rely on the earlier ones: what waits for what is unclear while a key is there
    # twice, and when a locked step can start while steps wait in a circle.
    for check in (_of_means, _of_candidates, _of_dependencies, _of_locks, _of_wanted, _of_fit):
        if faults := list(check(request)):
            raise PlanRefusedError(faults)


def _of_means(request: PlanRequest) -> Iterator[PlanFault]:
    budget, capacity = request.means.budget, request.means.capacity
    if not budget:
        yield PlanFault(K.NO_QUARTERS)
    if len(budget) != len(capacity):
        yield PlanFault(K.MEANS_OF_UNEQUAL_LENGTH)
    if min((*budget, *capacity), default=0) < 0:
        yield PlanFault(K.NEGATIVE_MEANS)
    if request.horizon < len(budget):
        yield PlanFault(K.HORIZON_TOO_SHORT)


def _of_candidates(request: PlanRequest) -> Iterator[PlanFault]:
    seen: set[str] = set()
    for each in request.candidates:
        if each.key in seen:
            yield PlanFault(K.STEP_TWICE, (each.key,))
        seen.add(each.key)
        if min(each.cost, each.days) < 0:
            yield PlanFault(K.NEGATIVE_DEMAND, (each.key,))
        if each.quarters < 1:
            yield PlanFault(K.NO_DURATION, (each.key,))
        if each.earliest < 0 or (each.latest is not None and each.latest < each.earliest):
            yield PlanFault(K.WINDOW_EMPTY, (each.key,))


def _of_dependencies(request: PlanRequest) -> Iterator[PlanFault]:
    known = request.by_key
    for each in request.candidates:
        for before in each.after:
            if before not in known:
                yield PlanFault(K.UNKNOWN_DEPENDENCY, (each.key, before))
    if cycle := find_cycle(request.candidates):
        yield PlanFault(K.CYCLE, cycle)


def _of_locks(request: PlanRequest) -> Iterator[PlanFault]:
    known = request.by_key
    for key, locks in locks_by_step(request.locks).items():
        if key not in known:
            yield PlanFault(K.LOCK_ON_UNKNOWN_STEP, (key,))
        elif any(lock.kind is LockKind.AT and lock.quarter is None for lock in locks):
            yield PlanFault(K.LOCK_WITHOUT_QUARTER, (key,))
        elif _contradict(locks):
            yield PlanFault(K.LOCKS_CONTRADICT, (key,))


def _contradict(locks: Sequence[Lock]) -> bool:
    kinds = {lock.kind for lock in locks}
    quarters = {lock.quarter for lock in locks if lock.kind is LockKind.AT}
    return len(quarters) > 1 or (LockKind.MUST_NOT in kinds and len(kinds) > 1)


def _of_wanted(request: PlanRequest) -> Iterator[PlanFault]:
    """Yield why a locked step cannot be done even if nothing else were."""
    known, possible = request.by_key, possible_starts(request)
    for key, locks in locks_by_step(request.locks).items():
        if not is_wanted(locks) or possible[key]:
            continue
        asked = request.starts(known[key], locks)
        if not asked:
            yield PlanFault(K.LOCK_OUTSIDE_WINDOW, (key,))
        elif not any(has_means(request, known[key], start) for start in asked):
            yield PlanFault(K.LOCKS_ABOVE_MEANS, (key,))
        else:
            yield PlanFault(K.LOCK_AGAINST_DEPENDENCY, (key, *_first_blocked(known[key], possible)))


def is_wanted(locks: Sequence[Lock]) -> bool:
    """Say whether locks ask for their step."""
    return any(lock.kind is not LockKind.MUST_NOT for lock in locks)


def _first_blocked(wanted: Candidate, possible: Mapping[str, range]) -> tuple[str, ...]:
    blocked = [before for before in wanted.after if not possible[before]]
    # Where each of them can be done by itself, the last to be ready is too late.
    return tuple(blocked[:1]) or (max(wanted.after, key=lambda before: possible[before].start),)


def _of_fit(request: PlanRequest) -> Iterator[PlanFault]:
    """Yield that nothing fits at all, so that nobody reads an empty plan as advice."""
    locks = locks_by_step(request.locks)
    excluded = [k for k, of in locks.items() if of and not is_wanted(of)]
    left = [each for each in request.candidates if each.key not in excluded]
    possible = possible_starts(request)
    if left and not any(possible[each.key] for each in left):
        yield PlanFault(K.NOTHING_FITS if any(request.means.capacity) else K.NO_CAPACITY)
