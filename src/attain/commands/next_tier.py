"""`attain certify --next`: what the next tier would take, and the earliest date."""

from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from attain.dossier.costs import read_costs
from attain.measurement.numbers import write_exact
from attain.standards.needs import Costs, Step
from attain.standards.rendering import first_few
from attain.standards.road import Plan, RequirementSteps, Road, what_would_it_take
from attain.standards.verdicts import Verdict


@dataclass(frozen=True)
class NextTier:
    """The road to the next tier, as text and as JSON."""

    verdict: Verdict
    road: Road | None
    costs: Costs

    def as_json(self) -> dict[str, Any] | None:
        """Return the road for another program, None where the highest tier is reached."""
        if self.road is None:
            return None
        plans = {"cheapest": self.road.cheapest, "earliest": self.road.earliest}
        told = {name: plan and self._plan_json(plan) for name, plan in plans.items()}
        return {"tier": self.road.tier, **told}

    def _plan_json(self, plan: Plan) -> dict[str, Any]:
        return {
            "by": plan.by.isoformat(),
            "months": plan.months,
            "cost": write_exact(plan.cost),
            "requirements": [self._requirement_json(part) for part in plan.requirements],
        }

    def _requirement_json(self, part: RequirementSteps) -> dict[str, Any]:
        steps = [
            {
                "what": step.key,
                "text": step.text,
                "amount": step.amount,
                "cost": write_exact(step.cost(self.costs)),
            }
            for step in part.steps
        ]
        return {"tier": part.tier, "key": part.requirement, "steps": steps}

    def as_text(self) -> str:
        """Write the road for a person."""
        scope = self.verdict.evidence.standing.figures.scope
        reached = f"tier {self.verdict.tier}" if self.verdict.tier else "no tier"
        heading = f"{scope.name}, as of {self.verdict.as_of}: {reached} is reached"
        if self.road is None:
            return f"{heading}, which is the highest.\n"
        return "\n".join([heading, "", *self._road_lines(self.road), ""])

    def _road_lines(self, road: Road) -> list[str]:
        if road.cheapest is None or road.earliest is None:
            return [f"Tier {road.tier} cannot be reached by steps that attain knows of."]
        cheapest = self._plan_lines(f"The cheapest way to tier {road.tier}", road.cheapest)
        if road.earliest == road.cheapest:
            return [*cheapest, "", "It is also the earliest.", "", *_ASSUMPTIONS]
        earliest = self._plan_lines(f"The earliest way to tier {road.tier}", road.earliest)
        return [*cheapest, "", *earliest, "", *_ASSUMPTIONS]

    def _plan_lines(self, title: str, plan: Plan) -> list[str]:
        by = f"by {plan.by}" if plan.months else "as soon as it is done"
        lines = [f"{title}: {by}, at a cost of {write_exact(plan.cost)}"]
        for tier, parts in groupby(plan.requirements, key=lambda part: part.tier):
            for part in parts:
                lines.append(f"  {part.requirement} (tier {tier})")
                lines += [
                    f"    - {text}" for text in first_few([self._priced(s) for s in part.steps])
                ]
        return (
            lines
            if len(lines) > 1
            else [*lines, "  nothing but going on measuring, and acting on each miss"]
        )

    def _priced(self, step: Step) -> str:
        return f"{step.text} [{write_exact(step.cost(self.costs))}]"


_ASSUMPTIONS = [
    "Assumes that the chosen metrics, systems and channels are on target from the next month on,",
    "that a missing figure that is supplied turns out on target, that everything goes on being",
    "measured, that each coming miss gets its action, and that what is met stays met. A step that",
    "serves two requirements is paid once.",
]


def find_road(verdict: Verdict, costs: Path | None) -> NextTier:
    """Find the road to the next tier, at the costs of a file or a unit each."""
    each = read_costs(costs, verdict.evidence.standing.figures) if costs else {}
    return NextTier(verdict, what_would_it_take(verdict, each), each)
