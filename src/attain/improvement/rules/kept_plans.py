"""A plan as it is kept: what was asked for and what was found, as JSON and back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from attain.improvement.rules.candidates import Candidate, Lock, LockKind, Means, PlanRequest
from attain.improvement.rules.offering import Offer, PlanLacking, PlanUnit, Taken
from attain.improvement.rules.plans import RoadmapPlan, plan_of
from attain.measurement.hashes import sha256_of

Kept = Mapping[str, Any]


@dataclass(frozen=True)
class PlanBasis:
    """What a plan was made of: the request, and the offer that its candidates come from.

    Without a budget the means of the request hold all that every candidate costs together.
    """

    request: PlanRequest
    offer: Offer
    has_budget: bool
    currency: str
    first_month: str


def as_kept(basis: PlanBasis) -> dict[str, Any]:
    """Return what a plan was made of as JSON keeps it."""
    request, offer = basis.request, basis.offer
    return {
        "unit": offer.unit.value,
        "currency": basis.currency,
        "first_month": basis.first_month,
        "has_budget": basis.has_budget,
        "budget": list(request.means.budget),
        "capacity": list(request.means.capacity),
        "horizon": request.horizon,
        "candidates": [asdict(each) | {"after": list(each.after)} for each in request.candidates],
        "locks": [lock_as_kept(each) for each in request.locks],
        "apart": {key: [each.value for each in of] for key, of in offer.apart.items()},
        "unpriced": list(offer.unpriced),
        "done": sorted(offer.taken.done),
        "under_way": dict(offer.taken.under_way),
    }


def lock_as_kept(lock: Lock) -> dict[str, Any]:
    """Return a lock as JSON keeps it."""
    return {"step": lock.step, "kind": lock.kind.value, "quarter": lock.quarter}


def lock_from_kept(kept: Kept) -> Lock:
    """Return the lock that JSON keeps."""
    return Lock(kept["step"], LockKind(kept["kind"]), kept["quarter"])


def from_kept(kept: Kept) -> PlanBasis:
    """Return what a plan was made of."""
    candidates = tuple(Candidate(**{**each, "after": tuple(each["after"])})
                       for each in kept["candidates"])  # fmt: skip
    means = Means(tuple(kept["budget"]), tuple(kept["capacity"]))
    locks = tuple(map(lock_from_kept, kept["locks"]))
    offer = Offer(
        unit=PlanUnit(kept["unit"]),
        candidates=candidates,
        apart={key: tuple(map(PlanLacking, of)) for key, of in kept["apart"].items()},
        taken=Taken(frozenset(kept["done"]), kept["under_way"]),
        unpriced=tuple(kept["unpriced"]),
    )
    request = PlanRequest(candidates, means, kept["horizon"], locks)
    return PlanBasis(request, offer, kept["has_budget"], kept["currency"], kept["first_month"])


@dataclass(frozen=True)
class PlanWishes:
    """What a plan is asked for: its title, the means of each quarter, locks, and what it counts.

    Without a budget capacity alone limits the plan. Without a unit it is the roadmap's usual one.
    """

    title: str
    capacity: tuple[int, ...]
    budget: tuple[int, ...] | None = None
    locks: tuple[Lock, ...] = ()
    unit: PlanUnit | None = None

    def as_kept(self) -> dict[str, Any]:
        """Return the wishes as a job keeps them."""
        return {
            "title": self.title,
            "capacity": list(self.capacity),
            "budget": None if self.budget is None else list(self.budget),
            "locks": [lock_as_kept(each) for each in self.locks],
            "unit": self.unit.value if self.unit else None,
        }

    @classmethod
    def from_kept(cls, kept: Mapping[str, Any]) -> "PlanWishes":
        """Return the wishes that a job kept."""
        return cls(
            title=kept["title"],
            capacity=tuple(kept["capacity"]),
            budget=None if kept["budget"] is None else tuple(kept["budget"]),
            locks=tuple(map(lock_from_kept, kept["locks"])),
            unit=PlanUnit(kept["unit"]) if kept["unit"] else None,
        )


def kept_placements(plan: RoadmapPlan) -> list[dict[str, Any]]:
    """Return where the steps of a plan lie as JSON keeps it."""
    return [asdict(each) for each in plan.placements]


def plan_from_kept(
    request: PlanRequest, placements: Sequence[Kept], bound: int | None
) -> RoadmapPlan:
    """Return the plan that was kept of a request."""
    starts = {each["step"]: each["start"] for each in placements}
    return replace(plan_of(request, starts), bound=bound)


def fingerprint(kept: Kept) -> str:
    """Return the SHA-256 of what was kept, however a database ordered it."""
    return sha256_of(json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
