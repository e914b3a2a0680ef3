"""Why a step is not in a plan: the first reason that holds, from what was decided to what won."""

from collections.abc import Sequence
from enum import StrEnum

from attain.improvement.rules.candidates import (
    Candidate,
    Lock,
    LockKind,
    PlanRequest,
    locks_by_step,
)
from attain.improvement.rules.plans import RoadmapPlan
from attain.improvement.rules.precedence import has_means


class LeftOutReason(StrEnum):
    """Why a step was left out of a plan."""

    LOCKED_OUT = "locked_out"
    OUTSIDE_WINDOW = "outside_window"
    ABOVE_MEANS = "above_means"
    WAITS_FOR_LEFT_OUT = "waits_for_left_out"
    BRINGS_NOTHING = "brings_nothing"
    OTHERS_BRING_MORE = "others_bring_more"


def left_out(request: PlanRequest, plan: RoadmapPlan) -> dict[str, LeftOutReason]:
    """Return the steps that a plan leaves out, each with the reason."""
    locks, chosen = locks_by_step(request.locks), plan.starts
    return {
        each.key: _reason(request, each, locks.get(each.key, []), chosen.keys() >= set(each.after))
        for each in request.candidates
        if each.key not in chosen
    }


def _reason(
    request: PlanRequest, candidate: Candidate, locks: Sequence[Lock], is_ready: bool
) -> LeftOutReason:
    if any(lock.kind is LockKind.MUST_NOT for lock in locks):
        return LeftOutReason.LOCKED_OUT
    starts = request.starts(candidate, locks)
    if not starts:
        return LeftOutReason.OUTSIDE_WINDOW
    if not any(has_means(request, candidate, start) for start in starts):
        return LeftOutReason.ABOVE_MEANS
    if not is_ready:
        return LeftOutReason.WAITS_FOR_LEFT_OUT
    return LeftOutReason.OTHERS_BRING_MORE if candidate.value > 0 else LeftOutReason.BRINGS_NOTHING
